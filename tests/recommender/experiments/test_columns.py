"""Tests of the kinds that a node file's columns are read as."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.experiments.columns import CategoryColumn, Column, DateColumn, NumberColumn, TextColumn, read_column


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
