"""Which candidates a question is looked for among."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.engine import pool
from recommender.engine.pool import best_of_each, blocked_cells
from tests.recommender.engine.small_engine import ROWS
from tests.recommender.scorers.small import ask, partners, taken


def test_no_candidates_known_pairs_and_the_asker_are_blocked() -> None:
    known = taken(ROWS)
    known = replace(known, is_candidate=np.array([True, True, True, False]))
    blocked = blocked_cells(ask(known, [4, 3], [(0, 1)]), known)
    assert blocked.tolist() == [[False, True, False, True], [False, False, False, True]]
    ourselves = partners([(0, 1)])
    assert blocked_cells(ourselves.history_of(np.array([0])), ourselves).tolist() == [[True, True, False, False, False]]


def test_the_best_of_every_source_are_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_LEAST_EACH", 1)
    one = np.array([[5, 4, 3, 0, 0, 0]], np.float32)
    other = np.array([[0, 0, 0, 0, 1, 2]], np.float32)
    assert np.flatnonzero(best_of_each([one, other], 4)).tolist() == [0, 1, 4, 5]
    assert np.flatnonzero(best_of_each([one, other], 2)).tolist() == [0, 5]


def test_what_a_source_gives_nothing_is_not_its_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_LEAST_EACH", 3)
    assert np.flatnonzero(best_of_each([np.array([[0, 2, 0, -1, 0]], np.float32)], 1)).tolist() == [1]


def test_few_candidates_are_all_chosen_but_blocked_ones() -> None:
    assert best_of_each([np.array([[0, -np.inf, 1]], np.float32)], 3).tolist() == [[True, False, True]]


@given(st.integers(0, 2**32 - 1))
def test_blocked_cells_are_never_chosen(seed: int) -> None:
    rng = np.random.default_rng(seed)
    blocked = rng.random((4, 200)) < 0.5
    scores = [np.where(blocked, -np.inf, rng.integers(0, 3, blocked.shape)).astype(np.float32) for _ in range(2)]
    chosen = best_of_each(scores, 120)
    assert chosen.any()
    assert not (chosen & blocked).any()
