"""Who takes part in an evaluation, and the few settings each may choose among on the valid window."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Final

import numpy as np

from graph_schema.progress import silent
from recommender.evaluation.contender import Chance, Contender
from recommender.scorer_protocols import Scorer
from recommender.scorers.families import FAMILIES, make_estimator, restore
from recommender.task_data import TaskData
from recommender.task_training import TrainConfig, train_task

GRIDS: Final[Mapping[str, Sequence[Mapping[str, object]]]] = MappingProxyType(
    {
        "popularity": [{"half_life_days": days} for days in (182.6, 365.25, 1095.75, 7305.0)],
        "content-knn": [{"history_weight": weight} for weight in (0.0, 0.5, 1.0, 2.0)],
        "peer-popularity": [{"smoothing": smoothing} for smoothing in (1.0, 5.0, 25.0)],
        "item-knn": [{"shrinkage": shrinkage} for shrinkage in (0.0, 2.0, 10.0)],
        "graph-walk": [{"restart": restart} for restart in (0.1, 0.2, 0.5)],
    }
)
"""Settings by scorer that are tried on valid; a scorer that is not named here keeps its usual ones."""
LEARNED: Final = frozenset({"gnn"})
"""Scorers with trained weights, which must beat the best of the others."""


@dataclass(frozen=True)
class Engine:
    """What would serve: chosen and blended on the last part of what ``data`` knows, then trained on all of it."""

    config: TrainConfig = field(default_factory=TrainConfig)
    name: str = "engine"

    def fit(self, data: TaskData, rng: np.random.Generator) -> Scorer:
        """Train as ``dure train`` does, on nothing later than ``data.before``."""

        def data_before(day: date | None) -> TaskData:
            before = data.before if day is None else day
            return TaskData(
                data.snapshot, data.task, data.vectors, before=before, include_synthetic=data.include_synthetic
            )

        seed = int(rng.integers(2**31))
        trained = train_task(data_before, replace(self.config, seed=seed), silent)
        return restore(trained.model.weights, trained.model.configs, data, trained.arrays, seed)


def contenders(names: Sequence[str]) -> tuple[Contender, ...]:
    """Return the scorers ``names`` with their grids; raises ``ModelError`` for one that does not exist."""
    return tuple(
        Contender(name, tuple(make_estimator(name, each) for each in GRIDS.get(name, [{}])), name not in LEARNED)
        for name in names
    )


def simple_contenders() -> tuple[Contender, ...]:
    """Return chance and the scorers without trained weights."""
    return (Contender("chance", (Chance(),)), *contenders([name for name in FAMILIES if name not in LEARNED]))


def all_contenders() -> tuple[Contender, ...]:
    """Return the simple scorers, the learned ones, and the engine as it would serve."""
    learned = contenders([name for name in FAMILIES if name in LEARNED])
    return (*simple_contenders(), *learned, Contender("engine", (Engine(),), simple=False))
