"""Which candidates a question is looked for among."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
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


def chosen_by_hand(sources: list[np.ndarray], size: int, least: int) -> np.ndarray:
    """Choose cell by cell: of each source the highest that are above 0, of equal ones the first."""
    if sources[0].shape[1] <= size:
        return sources[0] > -np.inf
    found = np.zeros(sources[0].shape, dtype=bool)
    each = max(least, size // len(sources))
    for values in sources:
        for row in range(len(values)):
            order = sorted(range(values.shape[1]), key=lambda at: (-values[row, at], at))
            found[row, [at for at in order[:each] if values[row, at] > 0]] = True
    return found


@pytest.mark.parametrize("size", [1, 2, 5, 9, 10, 40])
@given(seed=st.integers(0, 2**16))
@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_pool_is_what_each_source_puts_first(monkeypatch: pytest.MonkeyPatch, size: int, seed: int) -> None:
    """Sources with many equal scores, some below 0 and some blocked."""
    monkeypatch.setattr(pool, "_LEAST_EACH", 2)
    rng = np.random.default_rng(seed)
    blocked = rng.random((3, 10)) < 0.2
    sources = [(rng.integers(-2, 5, (3, 10)) / 4).astype(np.float32) for _ in range(1 + seed % 3)]
    for values in sources:
        values[blocked] = -np.inf
    np.testing.assert_array_equal(best_of_each(sources, size), chosen_by_hand(sources, size, 2))


@given(seed=st.integers(0, 2**16))
@settings(max_examples=20)
def test_scores_that_are_all_different_choose_alike_wherever_candidates_stand(seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.permuted(np.tile(np.arange(1, 201, dtype=np.float32), (2, 1)), axis=1)
    order = rng.permutation(200)
    np.testing.assert_array_equal(best_of_each([values[:, order]], 100), best_of_each([values], 100)[:, order])
    assert best_of_each([values], 100).sum(axis=1).tolist() == [100, 100]
    np.testing.assert_array_equal(best_of_each([values * 8], 100), best_of_each([values], 100))


def test_a_guest_is_no_candidate_and_what_is_given_may_be_asked_again_where_the_task_says_so() -> None:
    ourselves = partners([(0, 1)])
    asked = replace(ask(ourselves, [0], [(0, 3)]), guests=ourselves.rows_of("Company"))
    assert blocked_cells(asked, ourselves).tolist() == [[False, False, False, True, False]]
    spec = ourselves.dataset.spec
    for known, itself, wanted in ((False, True, [0]), (True, False, [3]), (False, False, [])):
        mask = spec.mask.model_copy(update={"known": known, "self_": itself})
        dataset = replace(ourselves.dataset, spec=spec.model_copy(update={"mask": mask}))
        blocked = blocked_cells(ask(ourselves, [0], [(0, 3)]), replace(ourselves, dataset=dataset))
        assert np.flatnonzero(blocked).tolist() == wanted
