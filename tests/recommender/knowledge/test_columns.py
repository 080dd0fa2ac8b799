"""Tests of the kinds that a node file's columns are read as."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.knowledge.columns import (
    CategoryColumn,
    Column,
    DateColumn,
    Given,
    NumberColumn,
    TextColumn,
    equal_cells,
    parse_times,
    read_column,
)


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        (["1", "", "2.5e3"], NumberColumn),
        (["2026-03-02", "", "2026-03-02T10:00:00Z"], DateColumn),
        (["PRC", "HES", "PRC"] * 9, CategoryColumn),
        ([f"a long sentence about machine number {at}" for at in range(30)], TextColumn),
        (["|", ""], TextColumn),
        (["", " "], type(None)),
    ],
)
def test_a_column_is_of_the_kind_that_all_its_values_have(values: list[str], kind: type[Column]) -> None:
    assert isinstance(read_column("any", values), kind)


def test_several_values_may_share_a_field() -> None:
    column = read_column("ipc", ["A|B", "B|C", "A|C", "A|B|C", ""])
    assert isinstance(column, CategoryColumn)
    assert column.categories == ("A", "B", "C")
    np.testing.assert_array_equal(column.members.toarray()[:4], [[1, 1, 0], [0, 1, 1], [1, 0, 1], [1, 1, 1]])


@pytest.mark.parametrize(
    ("wanted", "cells"),
    [
        ("A", ["A", " A", "A "]),
        (" A ", ["A", " A", "A "]),
        ("10", ["10", " 10 "]),
        (10, ["10", " 10 ", "10.0", "1e1", "+10"]),
        (10.0, ["10", " 10 ", "10.0", "1e1", "+10"]),
        (9_007_199_254_740_993, ["9007199254740993"]),
        (True, ["true", "TRUE ", "1", "1.0"]),
        (False, ["false", "False", "0", "0.0"]),
    ],
)
def test_cells_are_equal_by_what_they_mean(wanted: Given, cells: list[str]) -> None:
    """White space does not count, numbers are numbers, and an empty cell is equal to nothing."""
    every = ["A", " A", "A ", "B", "", " ", "10", " 10 ", "10.0", "1e1", "+10", "11", "9007199254740993"]
    every += ["9007199254740992", "true", "TRUE ", "1", "1.0", "false", "False", "0", "0.0", "nan", "yes"]
    found = equal_cells(every, wanted)
    assert [cell for cell, same in zip(every, found, strict=True) if same] == cells


@pytest.mark.parametrize(
    ("different", "rows", "category"), [(10, 10, True), (11, 11, False), (11, 44, True), (11, 43, False)]
)
def test_categories_are_ten_at_most_or_a_quarter_of_the_filled_cells(
    different: int, rows: int, *, category: bool
) -> None:
    """Empty cells do not count."""
    values = [f"k{at % different}" for at in range(rows)] + [""] * 50
    assert isinstance(read_column("any", values), CategoryColumn) is category


def test_one_value_of_another_kind_makes_the_column_no_longer_of_that_kind() -> None:
    assert isinstance(read_column("any", ["1", "2", "x"]), CategoryColumn)
    assert isinstance(read_column("any", ["2026-03-02", "2026"]), CategoryColumn)
    assert isinstance(read_column("any", ["2026-03-02", "1"]), CategoryColumn)


def test_values_stay_with_their_rows() -> None:
    numbers = read_column("n", [" 2", "", "1e1", "2"])
    assert isinstance(numbers, NumberColumn)
    np.testing.assert_array_equal(numbers.values, [2, np.nan, 10, 2])
    np.testing.assert_array_equal(numbers.take(np.array([2, 0])).values, [10, 2])
    days = read_column("d", ["2026-03-02T01:00:00+09:00", "", "2020-01-01"])
    assert isinstance(days, DateColumn)
    assert days.values[0] == np.datetime64("2026-03-01T16:00:00"), "a moment is taken at its UTC value"
    assert np.isnat(days.values[1])
    assert days.take(np.array([2])).values.tolist() == [np.datetime64("2020-01-01", "s").item()]
    text = read_column("t", ["one two three four five six seven", "", *(f"a b c d e f {at}" for at in range(20))])
    assert isinstance(text, TextColumn)
    assert text.values[:2] == ("one two three four five six seven", "")
    assert text.take(np.array([1, 0])).values == (text.values[1], text.values[0])
    assert (numbers.name, days.name, text.name) == ("n", "d", "t")


def test_a_separator_that_leaves_no_fewer_values_splits_nothing() -> None:
    """A|B and C|D are two values, and would be four."""
    column = read_column("any", ["A|B", "C|D", "A|B"])
    assert isinstance(column, CategoryColumn)
    assert column.categories == ("A|B", "C|D")
    assert column.members.toarray().tolist() == [[1, 0], [0, 1], [1, 0]]
    assert column.take(np.array([1])).members.toarray().tolist() == [[0, 1]]


def test_what_is_no_day_is_told_and_what_is_empty_is_not() -> None:
    times, bad = parse_times(["2026-02-30", "", "2026-02-28", "tomorrow", " 2026-03-01 "])
    assert bad.tolist() == [True, False, False, True, False]
    assert np.isnat(times).tolist() == [True, True, False, True, False]
    assert times[4] == np.datetime64("2026-03-01")
