"""Popularity: how many queries a candidate is known to be paired with, all of the past or the recent past."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats

DAY: Final = 86_400.0
"""Seconds."""


@dataclass(frozen=True)
class Popularity:
    """score(c) = Σ_pairs of c 2^(−age / half_life), ``Known.recency``; without a half-life each pair counts 1.

    With a half-life it is the recent popularity of Ji et al., "A Re-visit of the Popularity Baseline in Recommender
    Systems" (2020).
    """

    half_life: float | None = None
    """Days after which a pair counts half, above 0; None counts old and new alike."""
    rows: bool = False
    """Whether a pair that stands there several times counts each time; else its newest row counts alone."""

    @property
    def name(self) -> str:
        """Name of the row in reports."""
        return "popularity" if self.half_life is None else "recent-popularity"

    def fit(self, known: Known, _rng: np.random.Generator) -> PopularityScorer:
        """Count pairs by candidate."""
        if self.rows:
            weight = known.recency(known.pairs.time, (self.half_life or 0.0) * DAY)
            counts = np.bincount(known.pairs.candidate, weight, len(known.candidates))
        else:
            counts = np.asarray(decayed_history(known, self.half_life).sum(axis=0)).reshape(-1)
        return PopularityScorer(counts.astype(np.float32))


@dataclass(frozen=True)
class PopularityScorer:
    """``counts``: of each candidate, shape (C,)."""

    counts: Floats

    def score(self, questions: Questions) -> Floats:
        """Give everybody the same scores."""
        return np.tile(self.counts, (len(questions), 1))


def decayed_history(known: Known, half_life: float | None) -> sparse.csr_array:
    """Known pairs with the weight of their newest row, shape (query nodes, C)."""
    if half_life is None or not len(known.pairs):
        return known.history
    weight = known.recency(known.pairs.time, half_life * DAY)
    order = np.lexsort((-weight, known.pairs.candidate, known.pairs.query))
    query, candidate = known.pairs.query[order], known.pairs.candidate[order]
    newest = np.ones(len(order), dtype=bool)
    newest[1:] = (query[1:] != query[:-1]) | (candidate[1:] != candidate[:-1])
    cells = (weight[order][newest], (query[newest], candidate[newest]))
    return sparse.coo_array(cells, shape=known.history.shape).tocsr()


def span_days(known: Known) -> float:
    """Days from the oldest dated pair to now; 0 where fewer than two moments are known."""
    return 0.0 if np.isnat(known.oldest) else float((known.now - known.oldest) / np.timedelta64(1, "s")) / DAY
