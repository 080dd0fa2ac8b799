"""LightGCN on a small graph."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers import lightgcn_training
from recommender.scorers.lightgcn import LightGcn
from tests.recommender.scorers.small import ask, partners, taken

BLOCKS = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3), (3, 2), (3, 3)]
CONFIG = LightGcn(embedding_size=8, steps=30, device="cpu")


def test_a_query_never_seen_gets_what_goes_with_what_it_brings() -> None:
    known = taken(BLOCKS)
    scores = CONFIG.fit(known, np.random.default_rng(0)).score(ask(known, [4, 4], [(0, 0), (1, 3)]))
    assert scores[0, :2].min() > scores[0, 2:].max()
    assert scores[1, 2:].min() > scores[1, :2].max()


def test_a_sample_of_candidates_stands_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lightgcn_training, "STEP_CELLS", 8)
    known = taken(BLOCKS)
    scores = CONFIG.fit(known, np.random.default_rng(0)).score(ask(known, [4], [(0, 0)]))[0]
    assert scores[:2].min() > scores[2:].max()


def test_partners_are_found_from_the_asker_himself() -> None:
    known = partners([(0, 1), (1, 2), (0, 2), (3, 4)])
    scores = CONFIG.fit(known, np.random.default_rng(0)).score(ask(known, [3, 0]))
    assert scores[0, 4] > scores[0, :3].max()
    assert scores[1, 1:3].min() > scores[1, 3:].max()


def test_the_seed_decides() -> None:
    known = taken(BLOCKS)
    asked = ask(known, [4], [(0, 0)])
    one, same, other = (CONFIG.fit(known, np.random.default_rng(seed)).score(asked) for seed in (1, 1, 2))
    assert (one == same).all()
    assert (one != other).any()
