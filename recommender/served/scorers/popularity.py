"""Popularity: what many took recently."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class Popularity:
    """score(c) = Σ over askers q with (q, c) of 2^(-age of the pair / half-life): the same for every asker.

    The half-life follows Ji et al., "A Re-visit of the Popularity Baseline in Recommender Systems", 2020: without
    one, what was popular years ago stays on top.
    """

    half_life_days: float = 365.25
    name: str = "popularity"

    def fit(self, data: TaskData, _rng: np.random.Generator) -> PopularityScorer:
        """Count known pairs."""
        weights = data.recency(self.half_life_days)
        counts = np.bincount(data.positives.candidate, weights, minlength=data.n_candidates)
        return PopularityScorer(self.name, counts.astype(np.float32))


@dataclass(frozen=True)
class PopularityScorer:
    """``counts``: decayed number of askers per candidate, shape (C,)."""

    name: str
    counts: Floats

    def score(self, queries: Queries) -> Floats:
        """Repeat the counts for every asker."""
        return np.tile(self.counts, (len(queries), 1))
