"""The graph neural network as a scorer; torch is imported when one is trained, and not to score."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from recommender.measure.arrays import Arrays, Floats
from recommender.served.queries import Queries
from recommender.served.scorers.gnn_scoring import GnnScoring
from recommender.served.scorers.gnn_settings import GnnSettings
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class Gnn(GnnSettings):
    """Inductive heterogeneous network over text, attributes and neighbourhood; see ``gnn_network.AskerNetwork``."""

    def fit(self, data: TaskData, rng: np.random.Generator) -> GnnScorer:
        """Train; raises ``ModelError`` where no pair has a date."""
        from recommender.served.scorers.gnn_model import train

        arrays, epochs = train(self, data, rng)
        return GnnScorer(replace(self, epochs=epochs), GnnScoring.of(data, arrays))

    def restore(self, data: TaskData, arrays: Arrays) -> GnnScorer:
        """Make the scorer again from what ``arrays`` gave."""
        return GnnScorer(self, GnnScoring.of(data, arrays))


@dataclass(frozen=True)
class GnnScorer:
    """``settled``: the settings with the number of epochs that was found best."""

    settled: Gnn
    scoring: GnnScoring

    @property
    def name(self) -> str:
        """Name in reports."""
        return self.settled.name

    def score(self, queries: Queries) -> Floats:
        """Represent the askers by their text, attributes, links and history, and compare them with the candidates."""
        return self.scoring.score(queries)

    def arrays(self) -> Arrays:
        """Weights, and the states of all nodes that an asker can be linked with."""
        return self.scoring.arrays
