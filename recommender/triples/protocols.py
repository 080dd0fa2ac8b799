"""The seam of triple completion: an untrained estimator fits known triples, a trained scorer answers queries."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from typing import Protocol, cast

from graph_schema.progress import Progress, silent
from recommender.measure.arrays import Arrays, Floats
from recommender.triples.data import Queries, Triples


class TripleScorer(ABC):
    """A trained thing that orders entities as answers of directed queries."""

    def __init__(self, n_relations: int) -> None:
        self.n_relations = n_relations

    @abstractmethod
    def score(self, queries: Queries) -> Floats:
        """Return finite scores of all entities, shape (Q, N), higher is better; known answers like any other."""

    def arrays(self) -> Arrays:
        """Return what ``restored`` makes the scorer of again; empty where that takes a new fit, which has no chance."""
        return {}


@dataclass(frozen=True)
class FitContext:
    """What every fit is given besides data: the seed, the torch device, and who hears of progress."""

    seed: int = 0
    device: str = "cpu"
    progress: Progress = field(default=silent, compare=False)


class TripleEstimator(Protocol):
    """An untrained scorer: a frozen dataclass of its settings."""

    def fit(self, triples: Triples, context: FitContext) -> TripleScorer:
        """Train on ``triples.train``; ``valid`` may decide when to stop, ``test`` is never read."""
        ...


class RestorableTripleEstimator(TripleEstimator, Protocol):
    """An estimator that makes its scorer again without training."""

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> TripleScorer:
        """Return the scorer whose ``arrays`` these are: over the same triples it scores the same to the bit."""
        ...


def restored(estimator: TripleEstimator, triples: Triples, arrays: Arrays, context: FitContext) -> TripleScorer:
    """Return the scorer whose ``arrays`` these are; one that has none is fitted again."""
    if not arrays:
        return estimator.fit(triples, context)
    return cast(RestorableTripleEstimator, estimator).restore(triples, arrays, context)
