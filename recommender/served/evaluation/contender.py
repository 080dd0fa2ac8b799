"""One row of an evaluation, and the row that says what chance gives."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.scorer_protocols import Estimator
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class Contender:
    """One row of the report: ``variants`` are tried on valid, the best is tested; ``simple`` ones are to be beaten."""

    name: str
    variants: tuple[Estimator, ...]
    simple: bool = True


@dataclass(frozen=True)
class Chance:
    """score(q, c) = 0: every order is equally likely, and realistic ties make its figures exact."""

    name: str = "chance"

    def fit(self, data: TaskData, _rng: np.random.Generator) -> ChanceScorer:
        """Learn how many candidates there are."""
        return ChanceScorer(self.name, data.n_candidates)


@dataclass(frozen=True)
class ChanceScorer:
    """All candidates alike."""

    name: str
    candidates: int

    def score(self, queries: Queries) -> Floats:
        """Zeros, shape (Q, C)."""
        return np.zeros((len(queries), self.candidates), dtype=np.float32)
