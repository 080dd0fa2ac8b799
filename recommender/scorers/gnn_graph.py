"""What the network sees of a task: a ``HeteroData`` graph, and batches of askers that may not be in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from scipy import sparse
from torch import Tensor

from graph_schema.catalog import RELATION_TYPES
from recommender.queries import Floats, Queries
from recommender.scorers.graph_library import HeteroData
from recommender.task_data import TaskData

ASKER, CANDIDATE = "asker", "candidate"
HISTORY = "history"
EdgeKey = tuple[str, str, str]
POPULARITY_HALF_LIVES = (90.0, 365.25, 5 * 365.25)


@dataclass(frozen=True)
class Projection:
    """Principal components of text embeddings: ``mean`` (d,), ``axes`` (d, k) scaled to unit variance."""

    mean: Floats
    axes: Floats

    @classmethod
    def fit(cls, vectors: Mapping[str, Floats], dimension: int) -> Projection:
        """Find the first ``dimension`` components of all distinct texts of a snapshot."""
        text = np.vstack([v for v in vectors.values() if len(v)]) if vectors else np.zeros((0, 1), np.float32)
        text = text[np.any(text != 0, axis=1)]
        if not len(text):
            return cls(np.zeros(text.shape[1], np.float32), np.zeros((text.shape[1], dimension), np.float32))
        mean = text.mean(axis=0)
        centred = text - mean
        values, axes = np.linalg.eigh((centred.T @ centred / len(text)).astype(np.float64))
        order = np.argsort(-values)[:dimension]
        scaled = axes[:, order] / np.sqrt(np.maximum(values[order], 1e-6))
        # The sign of a component is arbitrary: fixing it makes equal data give equal inputs.
        scaled *= np.where(scaled[np.abs(scaled).argmax(axis=0), np.arange(len(order))] < 0, -1.0, 1.0)
        padded = np.zeros((text.shape[1], dimension))
        padded[:, : len(order)] = scaled
        return cls(mean.astype(np.float32), padded.astype(np.float32))

    def __call__(self, text: Floats) -> Floats:
        """Project; rows without text give zeros."""
        has_text = np.any(text != 0, axis=1, keepdims=True)
        return np.asarray(np.where(has_text, np.clip((text - self.mean) @ self.axes, -4.0, 4.0), 0.0), np.float32)


def build_graph(data: TaskData, projection: Projection) -> HeteroData:
    """Return the graph that ``data`` knows: askers, candidates, and every other label it is linked with.

    An organisation that both asks and may be recommended is there twice, once in each role. Every relation runs in
    both directions. ``x`` is text and attributes, ``popularity`` of candidates (C, 3) their decayed shares of pairs.
    """
    graph = HeteroData()
    graph[ASKER].x = _inputs(projection, data.queries_at(np.arange(data.n_queries)))
    candidates = np.hstack([projection(data.candidate_text), data.candidate_attributes])
    graph[CANDIDATE].x = torch.from_numpy(candidates)
    graph[CANDIDATE].popularity = torch.from_numpy(_popularity(data))
    all_edges = _all_edges(data)
    for label in sorted({end for key in all_edges for end in (key[0], key[2])} - {ASKER, CANDIDATE}):
        graph[label].x = torch.from_numpy(projection(data.vectors[label]))
    for key, edges in all_edges.items():
        graph[key].edge_index = edges
        graph[key[2], f"back_{key[1]}", key[0]].edge_index = edges.flip(0)
    return graph


def asker_batch(data: TaskData, projection: Projection, queries: Queries) -> tuple[Tensor, dict[EdgeKey, Tensor]]:
    """Return inputs of a batch of askers, (Q, features), and its edges from the nodes of the graph."""
    edges = {}
    for name, links in queries.links.items():
        far, matrix = _far(data, data.query_far[name], links)
        edges[far, _plain(name), ASKER] = _incoming(matrix)
    edges[CANDIDATE, HISTORY, ASKER] = _incoming(queries.history)
    return _inputs(projection, queries), edges


def _plain(name: str) -> str:
    """Name of a relation without ``__``, which the graph library reserves."""
    return name.replace("__", "-")


def _inputs(projection: Projection, queries: Queries) -> Tensor:
    return torch.from_numpy(np.hstack([projection(queries.text), queries.attributes]))


def _popularity(data: TaskData) -> Floats:
    """Decayed counts as log of their ratio to the mean: raw counts drift as history grows."""
    columns = []
    for half_life in POPULARITY_HALF_LIVES:
        counts = np.bincount(data.positives.candidate, data.recency(half_life), minlength=data.n_candidates)
        columns.append(np.log1p(counts / max(float(counts.mean()), 1e-9)) if counts.any() else counts)
    return np.column_stack(columns).astype(np.float32)


def _all_edges(data: TaskData) -> dict[EdgeKey, Tensor]:
    edges: dict[EdgeKey, Tensor] = {(CANDIDATE, HISTORY, ASKER): _incoming(data.history)}
    for name, links in data.query_links.items():
        far, matrix = _far(data, data.query_far[name], links)
        edges[far, _plain(name), ASKER] = _incoming(matrix)
    for name, links in data.candidate_links.items():
        far, matrix = _far(data, data.candidate_far[name], links)
        if far != ASKER:  # those are seen from the asker already
            edges[far, _plain(name), CANDIDATE] = _incoming(matrix)
    inside = set(data.query_space.labels) | set(data.candidate_space.labels)
    for relation in RELATION_TYPES:
        if relation.name in data.graph and not {relation.source, relation.target} & inside:
            edges[relation.source, _plain(relation.name), relation.target] = _outgoing(data.graph[relation.name])
    return edges


def _far(data: TaskData, label: str, links: sparse.csr_array) -> tuple[str, sparse.csr_array]:
    """Node type at the far end, and the links with its nodes as columns."""
    for type_, space in ((ASKER, data.query_space), (CANDIDATE, data.candidate_space)):
        if label in space.members:
            cells = links.tocoo()
            column = space.rows(label, cells.col)
            inside = column >= 0
            shape = (links.shape[0], len(space))
            kept = (cells.data[inside], (cells.row[inside], column[inside]))
            return type_, sparse.coo_array(kept, shape=shape).tocsr()
    return label, links


def _incoming(matrix: sparse.csr_array) -> Tensor:
    """Edges from the columns to the rows of a matrix, as (2, edges)."""
    cells = matrix.tocoo()
    return _edge_index(cells.col, cells.row)


def _outgoing(matrix: sparse.csr_array) -> Tensor:
    cells = matrix.tocoo()
    return _edge_index(cells.row, cells.col)


def _edge_index(source: npt.NDArray[np.generic], target: npt.NDArray[np.generic]) -> Tensor:
    return torch.from_numpy(np.stack([source, target]).astype(np.int64))
