"""The seam of all scorers: a batch of queries in, scores over all candidates out."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from recommender.measure.arrays import Floats
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData


class Scorer(Protocol):
    """A trained thing that orders candidates."""

    @property
    def name(self) -> str:
        """Name in reports."""
        ...

    def score(self, queries: Queries) -> Floats:
        """Return finite scores, shape (Q, C), higher is better; known pairs are scored like any other."""
        ...


class Estimator(Protocol):
    """An untrained scorer: a frozen dataclass of its settings, and how to train it."""

    @property
    def name(self) -> str:
        """Name of the scorers it makes."""
        ...

    def fit(self, data: TaskData, rng: np.random.Generator) -> Scorer:
        """Train on what ``data`` knows; equal ``rng`` states give equal scorers."""
        ...
