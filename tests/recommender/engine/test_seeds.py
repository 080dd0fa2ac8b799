"""What a question starts from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.seeds import Seeding
from recommender.knowledge.known import Pairs, Questions
from tests.recommender.engine.small_engine import ROWS, two_baskets
from tests.recommender.scorers.small import ask, partners, taken

DAY = 86_400.0


def test_given_candidates_count_once_with_the_mean_of_their_weights() -> None:
    known = two_baskets()
    pairs = Pairs(
        np.array([0, 0, 0]),
        np.array([1, 1, 2]),
        np.full(3, np.datetime64("NaT"), dtype="datetime64[s]"),
        np.array([1, 3, 4], np.float32),
    )
    seeds = Seeding(known, 0.0)(Questions(np.array([4]), pairs, 4))
    assert seeds.count.toarray().tolist() == [[0, 1, 1, 0]]
    assert seeds.weight.toarray().tolist() == [[0, 2, 4, 0]]
    assert seeds.sizes.tolist() == [2]
    assert seeds.asker is None


def test_attributes_of_the_question_and_of_what_is_given() -> None:
    seeds = Seeding(two_baskets(), 0.0)(ask(two_baskets(), [4], [(0, 0), (0, 3)]))
    assert seeds.profile is not None
    assert seeds.profile.toarray().tolist() == [[0.0, 1.0]]
    assert seeds.members is not None
    assert seeds.members.toarray() == pytest.approx(np.full((1, 2), 0.5**0.5))


def test_recency_halves_with_each_window_and_what_came_with_the_question_is_new() -> None:
    days = ["2020-01-01", *["2020-01-15"] * (len(ROWS) - 1)]
    known = replace(taken(ROWS, days), start=np.datetime64("2020-01-21", "s"))
    times = np.array(["2020-01-11", "2020-02-01", "NaT"], dtype="datetime64[s]")
    pairs = Pairs(np.zeros(3, int), np.arange(3), times, np.ones(3, np.float32))
    seeds = Seeding(known, 10 * DAY)(Questions(np.array([4]), pairs, 4))
    assert seeds.recency.toarray()[0] == pytest.approx([0.5, 1.0, 0.25, 0.0])


def test_candidates_that_ask_start_from_themselves() -> None:
    known = partners([(0, 1), (1, 2)])
    seeds = Seeding(known, 0.0)(known.history_of(np.array([0, 4])))
    assert seeds.count.toarray().tolist() == [[1, 1, 0, 0, 0], [0, 0, 0, 0, 1]]
    assert seeds.weight[0, 0] == 2.0
    assert seeds.asker is not None
    assert seeds.asker.tolist() == [0, 4]


def test_text_of_what_is_given_is_the_scaled_mean() -> None:
    text = np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.float32)
    known = replace(taken(ROWS), vectors={"Item": text})
    seeds = Seeding(known, 0.0)(ask(known, [4, 3], [(0, 0), (0, 1)]))
    assert seeds.text is None
    assert seeds.member_text is not None
    assert seeds.member_text == pytest.approx(np.array([[0.5**0.5, 0.5**0.5], [0, 0]]))
