"""Who takes part in an evaluation, and the few settings each may choose among on the valid window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from graph_schema.progress import silent
from recommender.publish.probability import CalibratedScorer
from recommender.publish.task_training import TrainConfig, train_task
from recommender.served.evaluation.contender import Chance, Contender
from recommender.served.scorer_protocols import Scorer
from recommender.served.scorers.families import FAMILIES, LEARNED, restore, variants
from recommender.served.task_data import TaskData


@dataclass(frozen=True)
class Engine:
    """What would serve: chosen and blended on the last part of what ``data`` knows, then trained on all of it."""

    config: TrainConfig = field(default_factory=TrainConfig)
    name: str = "engine"

    def fit(self, data: TaskData, rng: np.random.Generator) -> Scorer:
        """Train as ``dure train`` does, on nothing later than ``data.before``."""
        seed = int(rng.integers(2**31))
        config = replace(self.config, seed=seed)
        trained = train_task(lambda day: data if day is None else data.known_before(day), config, silent)
        scorer = restore(trained.model.weights, trained.model.configs, data, trained.arrays, seed)
        calibration = trained.model.calibration
        if calibration is None or not calibration.scores:
            return scorer
        return CalibratedScorer(scorer, calibration, self.name)


def contenders(names: Sequence[str]) -> tuple[Contender, ...]:
    """Return the scorers ``names`` with their grids; raises ``ModelError`` for one that does not exist."""
    return tuple(Contender(name, variants(name), name not in LEARNED) for name in names)


def simple_contenders() -> tuple[Contender, ...]:
    """Return chance and the scorers without trained weights."""
    return (Contender("chance", (Chance(),)), *contenders([name for name in FAMILIES if name not in LEARNED]))


def all_contenders() -> tuple[Contender, ...]:
    """Return the simple scorers, the learned ones, and the engine as it would serve."""
    learned = contenders([name for name in FAMILIES if name in LEARNED])
    return (*simple_contenders(), *learned, Contender("engine", (Engine(),), simple=False))
