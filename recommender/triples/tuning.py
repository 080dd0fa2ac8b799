"""The choice among settings of one scorer by its MRR on valid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Arrays, Indices
from recommender.triples.data import Triples
from recommender.triples.evaluate import mean_reciprocal_rank, rank_split
from recommender.triples.protocols import FitContext, TripleEstimator, TripleScorer, restored


@dataclass(frozen=True)
class TunedEstimator:
    """The best of ``variants`` on valid."""

    variants: tuple[TripleEstimator, ...]
    """Of one scorer, with the settings to choose among; 1 or more."""
    pilots: tuple[TripleEstimator, ...] = ()
    """One a variant, shorter to train, to choose among where training all would take long; empty: variants compete."""
    most: int = 1_000
    """Triples of valid that decide at most; 1 or more."""

    def fit(self, triples: Triples, context: FitContext) -> TripleScorer:
        """Train the variants, or the pilots and then the chosen variant."""
        if len(self.variants) == 1 or not len(triples.valid):
            return self.variants[0].fit(triples, context)
        window = subsample(triples.valid, self.most)
        scorers = [estimator.fit(triples, context) for estimator in self.pilots or self.variants]
        best = _best([mean_reciprocal_rank(rank_split(triples, window, scorer.score)) for scorer in scorers])
        return self.variants[best].fit(triples, context) if self.pilots else scorers[best]

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> TripleScorer:
        """Return the scorer of what was trained: the arrays of any variant say which they are of."""
        return restored(self.variants[0], triples, arrays, context)


def subsample(triples: Indices, most: int) -> Indices:
    """Return at most so many of the triples, the same ones each time."""
    if len(triples) <= most:
        return triples
    return triples[np.sort(np.random.default_rng(0).permutation(len(triples))[:most])]


def _best(values: Sequence[float]) -> int:
    return int(np.argmax(values))
