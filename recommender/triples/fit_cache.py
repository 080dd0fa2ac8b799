"""Trained scorers in use, so that rows of one report which share a part train it once."""

from __future__ import annotations

import hashlib

from recommender.triples.data import Triples
from recommender.triples.protocols import FitContext, TripleEstimator, TripleScorer

_KEPT = 40
"""Fits kept in one run: more than all parts of all rows have."""


class FitCache:
    """Scorers by estimator, seed, device and triples; the oldest go when there are too many.

    No dataclass: what is kept is no setting, and must not show in the description of an estimator that holds it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, int, str, str], TripleScorer] = {}

    def fit(self, estimator: TripleEstimator, triples: Triples, context: FitContext) -> TripleScorer:
        """Return the scorer that ``estimator`` trains, trained when it is first asked for."""
        digest = hashlib.sha256(triples.train.tobytes() + triples.valid.tobytes()).hexdigest()
        key = (repr(estimator), context.seed, context.device, digest)
        if key not in self._kept:
            while len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[key] = estimator.fit(triples, context)
        return self._kept[key]
