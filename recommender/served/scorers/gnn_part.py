"""The part of a graph that one training step looks at, so that a step costs what it uses, not what the city holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from torch import Tensor

from recommender.engine.graph_library import HeteroData
from recommender.served.scorers.gnn_inputs import ASKER, CANDIDATE, EdgeKey


@dataclass(frozen=True)
class GraphPart:
    """``x`` of the nodes that are looked at, by type; edges by relation, numbered by their rows.

    ``chosen``: rows of the candidates that are ranked. The edges into the batch of askers keep their rows there.
    """

    x: dict[str, Tensor]
    into_candidates: dict[EdgeKey, Tensor]
    into_askers: dict[EdgeKey, Tensor]
    chosen: Tensor


def cut_out(graph: HeteroData, chosen: Tensor, seen: Tensor, into_askers: Mapping[EdgeKey, Tensor]) -> GraphPart:
    """Keep the ``chosen`` candidates (indices), the batch's neighbours, and theirs.

    Of the askers only those that are ``seen`` (flags, shape (askers,)) count as neighbours. What is left out would
    change no vector of a chosen candidate or of the batch.
    """
    used = {type_: torch.zeros(len(x), dtype=torch.bool) for type_, x in graph.collect("x").items()}
    is_chosen = used[CANDIDATE].clone()
    is_chosen[chosen] = True
    kept = {key: edges for key, edges in graph.edge_index_dict.items() if key[2] == CANDIDATE}
    kept = {key: edges[:, is_chosen[edges[1]]] for key, edges in kept.items()}
    both = [{k: e[:, seen[e[0]]] if k[0] == ASKER else e for k, e in group.items()} for group in (kept, into_askers)]
    for group in both:
        for key, edges in group.items():
            used[key[0]][edges[0]] = True
    used[CANDIDATE] |= is_chosen
    row = {type_: flags.cumsum(0) - 1 for type_, flags in used.items()}
    return GraphPart(
        {type_: x[used[type_]] for type_, x in graph.collect("x").items()},
        {key: torch.stack([row[key[0]][edges[0]], row[CANDIDATE][edges[1]]]) for key, edges in both[0].items()},
        {key: torch.stack([row[key[0]][edges[0]], edges[1]]) for key, edges in both[1].items()},
        row[CANDIDATE][chosen],
    )
