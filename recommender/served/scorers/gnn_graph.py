"""What the network is trained on: a ``HeteroData`` graph, and batches of askers as tensors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from scipy import sparse
from torch import Tensor

from recommender.engine.graph_library import HeteroData
from recommender.served.queries import Queries
from recommender.served.scorers.gnn_inputs import (
    ASKER,
    CANDIDATE,
    EdgeKey,
    Projection,
    all_matrices,
    asker_inputs,
    code_vectors,
    into,
    own_inputs,
    popularity,
    with_means,
)
from recommender.served.task_data import TaskData


def build_graph(data: TaskData, projection: Projection) -> HeteroData:
    """Return the graph that ``data`` knows: askers, candidates, and every other label it is linked with.

    An organisation that both asks and may be recommended is there twice, once in each role. Every relation runs in
    both directions. By node type: ``own`` text and attributes; ``x`` the same beside the means of ``own`` over the
    neighbours of each relation, which never change and so are computed once; ``popularity`` of candidates (C, 3).
    """
    matrices = all_matrices(data)
    own = {
        ASKER: own_inputs(projection, data.query_text, data.query_attributes),
        CANDIDATE: own_inputs(projection, data.candidate_text, data.candidate_attributes),
    }
    for label in sorted({end for key in matrices for end in (key[0], key[2])} - set(own)):
        own[label] = own_inputs(projection, data.vectors[label], code_vectors(label, len(data.vectors[label])))
    graph = HeteroData()
    for type_, values in own.items():
        graph[type_].own = torch.from_numpy(values)
        graph[type_].x = torch.from_numpy(with_means(values, into(type_, matrices), own))
    for key, matrix in matrices.items():
        graph[key].edge_index = _edge_index(matrix)
    graph[CANDIDATE].popularity = torch.from_numpy(popularity(data))
    return graph


def asker_batch(
    data: TaskData, projection: Projection, queries: Queries, own: Mapping[str, Tensor]
) -> tuple[Tensor, dict[EdgeKey, Tensor]]:
    """Return ``x`` of a batch of askers, (Q, features), and its edges from the nodes whose ``own`` are given."""
    x, matrices = asker_inputs(data, projection, queries, {type_: values.numpy() for type_, values in own.items()})
    return torch.from_numpy(x), {key: _edge_index(matrix) for key, matrix in matrices.items()}


def _edge_index(matrix: sparse.csr_array) -> Tensor:
    """Edges from the columns to the rows of a matrix, (2, edges)."""
    cells = matrix.tocoo()
    return torch.from_numpy(np.stack([cells.col, cells.row]).astype(np.int64))
