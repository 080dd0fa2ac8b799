"""The bound on cells of CSV is the process's own before and after every read."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from graph_schema.long_cells import LONGEST_CELL, long_cells


@pytest.fixture(autouse=True)
def bound() -> Iterator[int]:
    """Set a bound that nobody else would, and put the old one back whatever a test does."""
    before = csv.field_size_limit(1_234)
    yield 1_234
    csv.field_size_limit(before)


def test_the_bound_holds_within_and_is_given_back_even_after_a_failure(bound: int) -> None:
    with pytest.raises(csv.Error, match="limit"), long_cells(5_000):
        list(csv.reader(["x" * 5_001]))
    assert csv.field_size_limit() == bound
    with long_cells():
        assert csv.field_size_limit() == LONGEST_CELL
        assert next(csv.reader(["x" * 200_000])) == ["x" * 200_000]
    assert csv.field_size_limit() == bound


def test_a_bound_that_another_sets_meanwhile_stays() -> None:
    with long_cells():
        csv.field_size_limit(4_321)
    assert csv.field_size_limit() == 4_321


def test_threads_that_read_at_once_each_have_the_room_that_they_need(bound: int) -> None:
    def read(turn: int) -> int:
        with long_cells(2_000 + turn):
            return len(next(csv.reader(["x" * (2_000 + turn)]))[0])

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(read, range(400))) == [2_000 + turn for turn in range(400)]
    assert csv.field_size_limit() == bound
