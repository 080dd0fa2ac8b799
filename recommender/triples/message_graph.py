"""The graph as typed messages: for each directed relation, sums over the neighbours of each receiving entity."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import torch
from torch import Tensor

from recommender.measure.arrays import Indices
from recommender.triples.data import both_sides


@dataclass(frozen=True)
class _Bags:
    """Sums of rows: row i of the result belongs to ``owner[i]`` and adds ``source[start[i]:start[i + 1]]``."""

    owner: Tensor
    source: Tensor
    start: Tensor

    @classmethod
    def of(cls, owner: Indices, source: Indices, device: str) -> _Bags:
        """Group pairs by owner; ``owner`` is sorted."""
        owners, start = np.unique(owner, return_index=True)
        return cls(*(torch.as_tensor(each, device=device) for each in (owners, source, start)))

    def sum(self, rows: Tensor) -> Tensor:
        return torch.nn.functional.embedding_bag(self.source, rows, self.start, mode="sum")


@dataclass(frozen=True)
class MessageGraph:
    """Edges of both directions. ``forward[d]`` sums sources per receiver; ``backward[d]`` its transpose, on its rows.

    ``sources`` (E,), sorted, ``relations`` and ``receivers`` (E,) list all edges by source; ``first`` (N + 1,) says
    where those of each source start. ``counts`` (2R, N): how many edges of each relation reach an entity.
    """

    forward: tuple[_Bags, ...]
    backward: tuple[_Bags, ...]
    relations: Tensor
    receivers: Tensor
    first: Tensor
    counts: Tensor

    @classmethod
    def of(cls, triples: Indices, n_entities: int, n_relations: int, device: str) -> MessageGraph:
        """Lay out the triples and their inverses."""
        queries, receivers = both_sides(triples, n_relations)
        order = np.lexsort((queries.anchor, receivers, queries.relation))
        source, relation, target = queries.anchor[order], queries.relation[order], receivers[order]
        limits = np.searchsorted(relation, np.arange(2 * n_relations + 1))
        forward, backward = [], []
        for start, end in pairwise(limits.tolist()):
            bags = _Bags.of(target[start:end], source[start:end], device)
            rows = np.unique(target[start:end], return_inverse=True)[1].reshape(-1)
            by_source = np.argsort(source[start:end], kind="stable")
            forward.append(bags)
            backward.append(_Bags.of(source[start:end][by_source], rows[by_source], device))
        by_source = np.argsort(queries.anchor, kind="stable")
        first = np.searchsorted(queries.anchor[by_source], np.arange(n_entities + 1))
        counts = np.bincount(relation * n_entities + target, minlength=2 * n_relations * n_entities)
        arrays = (queries.relation[by_source], receivers[by_source], first)
        relations, ends, starts = (torch.as_tensor(array, device=device) for array in arrays)
        shaped = torch.as_tensor(counts.reshape(2 * n_relations, n_entities), dtype=torch.float32, device=device)
        return cls(tuple(forward), tuple(backward), relations, ends, starts, shaped)


class TypedSum(torch.autograd.Function):
    """Sum over incoming edges (u, d, v) of ``state[u] * weight[d]``, receiver by receiver.

    Neighbours are added before they are weighed, once for each pair of receiver and relation, so that no message is
    ever held for a single edge: on dense graphs this saves most of the work and of the memory.
    """

    @staticmethod
    def forward(ctx: Any, state: Tensor, weight: Tensor, graph: MessageGraph) -> Tensor:
        """``state`` (N, W), ``weight`` (2R, W); returns (N, W)."""
        total = torch.zeros_like(state)
        sums = []
        for bags, row in zip(graph.forward, weight, strict=True):
            added = bags.sum(state) if len(bags.owner) else state[:0]
            total.index_add_(0, bags.owner, added * row)
            sums.append(added)
        ctx.graph, ctx.sums = graph, sums
        ctx.save_for_backward(weight)
        return total

    @staticmethod
    def backward(ctx: Any, *gradients: Tensor) -> tuple[Tensor, Tensor, None]:
        """Send the gradient back along the edges."""
        (gradient,), (weight,) = gradients, ctx.saved_tensors
        of_state, of_weight = torch.zeros_like(gradient), torch.zeros_like(weight)
        for d, (there, back) in enumerate(zip(ctx.graph.forward, ctx.graph.backward, strict=True)):
            if not len(there.owner):
                continue
            received = gradient[there.owner]
            of_weight[d] = (received * ctx.sums[d]).sum(dim=0)
            of_state.index_add_(0, back.owner, back.sum(received * weight[d]))
        return of_state, of_weight, None
