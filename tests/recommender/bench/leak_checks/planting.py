"""Folders in which leaks are planted, and what is said of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.bench.leaks import refuse_leaks
from tests.recommender.folders import World, columns

WINDOWS = ("valid", "test")


def passes(world: World, folder: Path, *windows: str) -> None:
    for window in windows or WINDOWS:
        stage = world.stage(folder, window)
        refuse_leaks(stage.known.dataset, stage)


def is_refused(world: World, folder: Path, match: str, window: str = "test") -> None:
    stage = world.stage(folder, window)
    with pytest.raises(EvaluationError, match=match):
        refuse_leaks(stage.known.dataset, stage)


def noise(world: World, size: int, seed: int = 1) -> list[tuple[str, str]]:
    """Pairs of a query and a candidate by chance."""
    rng = np.random.default_rng(seed)
    near, far = (sorted({str(row[end]) for row in world.target}) for end in (0, 1))
    return [(near[rng.integers(len(near))], far[rng.integers(len(far))]) for _ in range(size)]


def with_column(world: World, label: str, name: str, values: list[object]) -> World:
    ids = [str(row[0]) for row in world.files[f"nodes/{label}"][1]]
    return world.add(f"nodes/{label}", f"id,{name}", columns(ids, values))
