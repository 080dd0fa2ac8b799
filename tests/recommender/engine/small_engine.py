"""An engine small enough for tests, and a world whose rule it can learn."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recommender.engine.episodes import EpisodeConfig, Style
from recommender.engine.network_config import NetworkConfig
from recommender.engine.trained_parts import EngineConfig
from recommender.engine.trees import TreesConfig
from recommender.knowledge.known import Known, Questions
from tests.recommender.folders import BUYS, Row, World
from tests.recommender.scorers.small import taken

TIMELESS = Style(span=0.0, fresh=False, cold=False, given_share=0.0, lead_given=False, least=1)
ROWS = [(0, 0), (0, 1), (1, 1), (1, 2), (1, 3)]
"""User 0 took items 0 and 1, user 1 took items 1, 2 and 3."""


def quick(style: Style = TIMELESS, *, epochs: int = 1, count: int = 2) -> EngineConfig:
    """Return settings with which training takes a fraction of a second."""
    network = NetworkConfig(heads=2, hidden=8, epochs=epochs)
    episodes = EpisodeConfig(count=count, max_queries=80)
    return EngineConfig(style, episodes, network=network, trees=TreesConfig(rounds=5), device="cpu")


def two_baskets() -> Known:
    """Two users of kinds a and b, four items of kinds x and y; see ``ROWS``."""
    columns = {"User": {"kind": list("abaab")}, "Item": {"kind": list("xxyy")}}
    return taken(ROWS, columns=columns)


def clubs(*, n_users: int = 90, n_items: int = 60, n_clubs: int = 6, seed: int = 0) -> World:
    """Users take eight items of their club alone, all items alike; five are train, one valid, two test."""
    rng = np.random.default_rng(seed)
    rows: list[Row] = []
    for user in range(n_users):
        mine = np.flatnonzero(np.arange(n_items) % n_clubs == user % n_clubs)
        splits = ["train"] * 5 + ["valid"] + ["test"] * 2
        for item, split in zip(rng.choice(mine, 8, replace=False), splits, strict=True):
            rows.append((f"u{user:03}", f"i{item:03}", "", split))
    world = World(rows, BUYS)
    world.add("nodes/User", "id", [(f"u{user:03}",) for user in range(n_users)])
    return world.add("nodes/Item", "id", [(f"i{item:03}",) for item in range(n_items)])


def known_of(world: World, folder: Path) -> tuple[Known, Questions]:
    """Return what is known before the test window of a world, and who is asked in it."""
    stage = world.stage(folder)
    return stage.known, stage.questions
