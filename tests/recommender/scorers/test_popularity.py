"""Popularity, recent and not."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers.popularity import Popularity, span_days
from tests.recommender.scorers.small import ask, taken

RNG = np.random.default_rng(0)


def test_every_query_gets_the_number_of_queries_that_took_a_candidate() -> None:
    known = taken([(0, 1), (1, 1), (2, 3), (2, 3)])
    scores = Popularity().fit(known, RNG).score(ask(known, [0, 4]))
    assert scores.tolist() == [[0, 2, 0, 1], [0, 2, 0, 1]]
    assert scores.dtype == np.float32


def test_rows_count_a_pair_as_often_as_it_stands_there() -> None:
    known = taken([(0, 1), (1, 1), (2, 3), (2, 3), (2, 3)])
    assert Popularity(rows=True).fit(known, RNG).score(ask(known, [0])).tolist() == [[0, 2, 0, 3]]


def test_a_pair_counts_half_after_the_half_life() -> None:
    known = taken([(0, 1), (1, 1), (2, 3)], ["2020-01-01", "2020-01-11", "2020-01-21"])
    scores = Popularity(half_life=10.0).fit(known, RNG).score(ask(known, [0]))
    assert scores[0] == pytest.approx([0, 0.75, 0, 1.0], abs=1e-4)


def test_of_a_pair_seen_twice_the_newest_day_counts() -> None:
    known = taken([(0, 1), (0, 1), (1, 2)], ["2020-01-01", "2020-01-11", "2020-01-21"])
    scores = Popularity(half_life=10.0).fit(known, RNG).score(ask(known, [0]))
    assert scores[0] == pytest.approx([0, 0.5, 1.0, 0], abs=1e-4)


def test_undated_pairs_are_as_old_as_the_oldest() -> None:
    known = taken([(0, 0), (1, 1), (2, 2)], ["NaT", "2020-01-11", "2020-01-21"])
    scores = Popularity(half_life=10.0).fit(known, RNG).score(ask(known, [0]))
    assert scores[0] == pytest.approx([0.5, 0.5, 1.0, 0], abs=1e-4)


def test_nothing_known_gives_zeros() -> None:
    known = taken([])
    assert Popularity(half_life=3.0).fit(known, RNG).score(ask(known, [0])).tolist() == [[0, 0, 0, 0]]
    assert span_days(known) == 0
