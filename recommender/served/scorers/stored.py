"""Scorers whose training is too long to be repeated when a bundle is opened."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from recommender.measure.arrays import Arrays
from recommender.served.scorer_protocols import Estimator, Scorer
from recommender.served.task_data import TaskData


@runtime_checkable
class Stored(Protocol):
    """Such a scorer."""

    @property
    def settled(self) -> Estimator:
        """Its estimator with everything fixed that training chose, to be trained once more on more data."""
        ...

    def arrays(self) -> Arrays:
        """Return all that training found."""
        ...


@runtime_checkable
class Restorable(Protocol):
    """The estimator of such a scorer."""

    def restore(self, data: TaskData, arrays: Arrays) -> Scorer:
        """Make the scorer again from its arrays; ``data`` is what it was trained on."""
        ...
