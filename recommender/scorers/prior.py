"""The prior: what orders candidates that a scorer leaves tied, and all of them where it knows nothing of a question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Flags, Floats
from recommender.scorers.conditional_popularity import ConditionalPopularity, ConditionalScorer

_LEAST: Final = 1e-3
"""Weight of the prior against the best score of a question: it orders ties and empty rows, and little else."""


@dataclass(frozen=True)
class Prior:
    """Popularity among past queries that share facts with the one that asks; plain popularity where it has none."""

    popularity: ConditionalScorer

    def under(self, scores: Floats, questions: Questions) -> Floats:
        """Order by the prior what ``scores``, (Q, C), leave tied: rows are scaled to a best of 1, in place.

        A scorer says nothing of a candidate by 0, and nothing of a question by a row of zeros.
        """
        scores /= _best(scores)
        prior = self.popularity.score(questions)
        prior *= np.float32(_LEAST) / _best(prior)
        scores += prior
        return scores


def is_prior_alone(scores: Floats) -> Flags:
    """Which questions a scorer says nothing of, so that the prior orders their row of ``scores``, (Q, C); (Q,)."""
    best = scores.max(axis=1, initial=0.0)
    return np.asarray((scores.min(axis=1, initial=0.0) >= 0) & (best > 0) & (best < 2 * _LEAST))


def as_prior_alone(scores: Floats) -> Floats:
    """Return (Q, C) in the same order by question, on the scale that ``is_prior_alone`` knows."""
    low = scores.min(axis=1, initial=np.inf, keepdims=True)
    spread = scores.max(axis=1, initial=-np.inf, keepdims=True) - low
    scaled = np.divide(np.float32(_LEAST) * (scores - low), spread, out=np.zeros_like(scores), where=spread > 0)
    return np.asarray(scaled, dtype=np.float32)


def prior_of(known: Known) -> Prior:
    """Count what is popular."""
    return Prior(ConditionalPopularity().fit(known, np.random.default_rng(0)))


def _best(scores: Floats) -> Floats:
    best = np.abs(scores).max(axis=1, initial=0.0, keepdims=True)
    return np.where(best > 0, best, np.float32(1.0))
