"""What the checks share: sorted codes of pairs, chances, and one window as they see it."""

from __future__ import annotations

from math import comb
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.bench.leak_checks.evidence import (
    FEWEST,
    Evidence,
    chance,
    contained,
    distinct,
    edge_file,
    far_more_often,
)
from tests.recommender.folders import World

ROWS = [
    ("u0", "i0", "2020-01-01", "train"),
    ("u0", "i1", "2020-02-01", "train"),
    ("u1", "i0", "2020-02-01", "train"),
    ("u1", "i2", "2020-03-01", "valid"),
    ("u0", "i2", "2020-04-01", "test"),
    ("u1", "i1", "2020-04-01", "test"),
]


def evidence(folder: Path, window: str = "test") -> Evidence:
    stage = World(list(ROWS)).stage(folder, "valid" if window == "valid" else "test")
    return Evidence(stage.known.dataset, stage)


@given(st.lists(st.integers(-9, 9)))
def test_distinct_sorts_and_drops_what_comes_twice(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))


@given(st.lists(st.integers(-9, 9)), st.sets(st.integers(-9, 9)))
def test_contained_tells_each_value_apart(values: list[int], of: set[int]) -> None:
    found = contained(np.array(values, dtype=np.int64), np.array(sorted(of), dtype=np.int64))
    assert found.tolist() == [value in of for value in values]


@pytest.mark.parametrize(
    ("hits", "drawn", "marked", "total"), [(1, 2, 3, 10), (2, 4, 4, 9), (0, 3, 2, 8), (3, 3, 3, 3)]
)
def test_chance_is_that_of_drawing_as_many_or_more(hits: int, drawn: int, marked: int, total: int) -> None:
    ways = sum(comb(marked, each) * comb(total - marked, drawn - each) for each in range(hits, drawn + 1))
    assert chance(hits, drawn, marked, total) == pytest.approx(ways / comb(total, drawn))


def test_of_nothing_anything_is_by_chance() -> None:
    assert chance(3, 2, 2, 0) == 1.0
    assert chance(2, 9, 9, 2) == pytest.approx(1.0), "more drawn than there are"


@pytest.mark.parametrize(
    ("hits", "of", "base_hits", "base_of", "far"),
    [
        (50, 100, 10, 100, True),
        (49, 100, 10, 100, False),
        (FEWEST, 4, 0, 4, False),
        (20, 40, 0, 40, True),
        (0, 0, 0, 40, False),
        (20, 40, 0, 0, False),
    ],
)
def test_far_more_often_takes_five_times_the_share_and_more_than_chance(
    hits: int, of: int, base_hits: int, base_of: int, *, far: bool
) -> None:
    assert far_more_often(hits, of, base_hits, base_of) is far


def test_rows_of_a_window_are_learned_from_asked_for_or_neither(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "other").mkdir()
    valid, test = evidence(tmp_path / "one", "valid"), evidence(tmp_path / "other")
    assert valid.learned.sum() == 3
    assert (valid.wanted.sum(), test.wanted.sum()) == (1, 2)
    assert not (test.learned & test.wanted).any()
    assert {test.name(int(code)).en for code in test.answers} == {"u0 with i2", "u1 with i1"}
    assert {valid.name(int(code)).en for code in valid.future} == {"u1 with i2", "u0 with i2", "u1 with i1"}


def test_pairs_that_are_known_or_of_nobody_asked_are_not_open(tmp_path: Path) -> None:
    found = evidence(tmp_path)
    every = distinct(np.arange(len(found.queries) * len(found.candidates), dtype=np.int64))
    open_ = found.open(every)
    assert not contained(open_, found.learned_pairs).any()
    assert contained(found.answers, open_).all()
    assert found.file == edge_file(found.dataset.target) == "edges/User__BUYS__Item.csv"
