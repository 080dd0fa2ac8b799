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
