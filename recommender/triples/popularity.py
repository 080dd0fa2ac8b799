"""How often an entity answers a relation at all, whoever asks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Floats
from recommender.triples.data import Queries, Triples, both_sides
from recommender.triples.protocols import FitContext, TripleScorer


@dataclass(frozen=True)
class PopularityEstimator:
    """Counts of each answer of each directed relation; what no training triple says counts 0."""

    def fit(self, triples: Triples, context: FitContext) -> TriplePopularityScorer:
        """Count."""
        queries, answers = both_sides(triples.train, triples.n_relations)
        cells = 2 * triples.n_relations * triples.n_entities
        counts = np.bincount(queries.relation * triples.n_entities + answers, minlength=cells)
        context.progress("popularity", 1, 1)
        return TriplePopularityScorer(counts.reshape(-1, triples.n_entities).astype(np.float32), triples.n_relations)


class TriplePopularityScorer(TripleScorer):
    """Counts, (2R, N)."""

    def __init__(self, counts: Floats, n_relations: int) -> None:
        super().__init__(n_relations)
        self._counts = counts

    def score(self, queries: Queries) -> Floats:
        """Return the logarithm of one plus the count."""
        return np.log1p(self._counts[queries.relation])
