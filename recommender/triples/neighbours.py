"""Entities near the anchor, whatever is asked: common neighbours, weighed as by Adamic and Adar."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Floats
from recommender.triples.data import Queries, Triples
from recommender.triples.protocols import FitContext, TripleScorer


@dataclass(frozen=True)
class NeighboursEstimator:
    """Sum over common neighbours, each weighed by its degree or not."""

    weighed: bool = True
    """By 1 / log degree (Adamic & Adar 2003); else their number."""

    def fit(self, triples: Triples, context: FitContext) -> NeighboursScorer:
        """Lay out who is next to whom."""
        head, _, tail = triples.train.T
        shape = (triples.n_entities, triples.n_entities)
        pairs = (np.concatenate((head, tail)), np.concatenate((tail, head)))
        adjacency = sparse.csr_array((np.ones(len(pairs[0]), dtype=np.float32), pairs), shape=shape)
        adjacency.data[:] = 1.0
        degree = adjacency.sum(axis=0)
        weight = 1.0 / np.log(np.maximum(degree, 2.0)) if self.weighed else np.ones(triples.n_entities)
        context.progress("common neighbours", 1, 1)
        return NeighboursScorer(adjacency, weight.astype(np.float32), triples.n_relations)


class NeighboursScorer(TripleScorer):
    """Adjacency (N, N), and the weight of each common neighbour (N,)."""

    def __init__(self, adjacency: sparse.csr_array, weight: Floats, n_relations: int) -> None:
        super().__init__(n_relations)
        self._adjacency, self._weighted = adjacency, sparse.csr_array(adjacency.multiply(weight[None, :]))

    def score(self, queries: Queries) -> Floats:
        """Return the weights of the neighbours shared with each anchor."""
        rows = self._weighted[queries.anchor] @ self._adjacency
        return np.asarray(rows.toarray(), dtype=np.float32)
