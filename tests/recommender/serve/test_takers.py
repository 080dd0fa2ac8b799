"""Who is likely to take a candidate: a few are chosen roughly, and compared by their scores and their past use."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.standard_scores import deviation
from recommender.serve.takers import EligibleAskers, comparable, counted_use, likely_askers, with_use


def everyone(admitted: np.ndarray) -> EligibleAskers:
    return EligibleAskers(admitted, np.zeros(len(admitted), dtype=bool))


def test_the_likeliest_of_the_admitted_are_scored_in_the_order_of_their_rows() -> None:
    retrieved = np.array([3.0, 0.0, 2.0, 1.0], np.float32)
    admitted = np.array([False, True, True, True])
    assert likely_askers(retrieved, np.zeros(4), everyone(admitted), 2).tolist() == [2, 3]
    assert likely_askers(retrieved, np.zeros(4), everyone(admitted), 9).tolist() == [1, 2, 3]


def test_who_tells_of_what_is_asked_for_is_scored_first() -> None:
    retrieved = np.array([3.0, 0.0, 2.0, 1.0], np.float32)
    who = EligibleAskers(np.array([True, True, True, False]), np.array([True, False, True, False]))
    assert likely_askers(retrieved, np.zeros(4), who, 1).tolist() == [1]
    assert likely_askers(retrieved, np.zeros(4), who, 2).tolist() == [0, 1]


def test_who_used_such_help_often_is_likelier_at_the_same_retrieval_score() -> None:
    retrieved, everybody = np.zeros(3, np.float32), np.ones(3, dtype=bool)
    assert likely_askers(retrieved, np.array([0.0, 4.0, 1.0]), everyone(everybody), 1).tolist() == [1]
    assert with_use(retrieved, np.array([0.0, np.e - 1, np.e**2 - 1])) == pytest.approx([0.0, 0.3, 0.6])


def test_past_use_does_not_rank_those_of_whom_the_scores_say_nothing() -> None:
    activity = np.array([9.0, 1.0, 4.0, 2.0])
    told = np.array([0.0, 0.0, 0.0, 1.5], np.float32)
    assert counted_use(told, activity).tolist() == [0.0, 0.0, 0.0, 2.0]
    assert counted_use(np.array([0.1, 0.2, 0.3, 0.4], np.float32), activity).tolist() == activity.tolist()


def test_lists_are_brought_to_one_scale_and_not_each_to_its_own() -> None:
    """Of whom little is known all scores are near each other; its first is not as sure as another's."""
    scores = np.array([[0.1, 0.0, 0.0, 0.0], [8.0, 4.0, 0.0, 0.0]], np.float32)
    unsure, sure = comparable(scores[:, 0], deviation(scores)[:, 0], np.zeros(2))
    assert sure == pytest.approx(80 * unsure)
    alike = comparable(scores[:, 0] * 5, deviation(scores * 5)[:, 0], np.zeros(2))
    assert alike == pytest.approx([unsure, sure]), "the scale of a scorer tells nothing"


def test_equal_scores_of_all_are_equal() -> None:
    assert comparable(np.ones(3, np.float32), np.zeros(3, np.float32), np.zeros(3)).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.filterwarnings("error")
def test_where_nobody_is_admitted_nobody_is_compared() -> None:
    assert likely_askers(np.ones(2, np.float32), np.ones(2), everyone(np.zeros(2, dtype=bool)), 5).tolist() == []
    assert comparable(np.zeros(0, np.float32), np.zeros(0, np.float32), np.zeros(0)).shape == (0,)
