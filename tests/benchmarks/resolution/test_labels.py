"""The labelled pairs: what they may hold, and that they can be drawn again."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.resolution import third
from benchmarks.resolution.rows import COLUMNS, LABELS, Pools, draw, find_pools


def _rows() -> list[dict[str, str]]:
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_all_series_are_labelled_with_words_that_scoring_knows() -> None:
    rows = _rows()
    assert tuple(rows[0]) == COLUMNS
    assert Counter(row["half"] for row in rows) == {"dev": 156, "held": 156, "second": 60, "third": 315, "fourth": 115}
    assert {row["same"] for row in rows} == {"yes", "no", "unclear"}


def test_no_name_of_the_file_that_is_not_to_be_passed_on_and_none_of_a_person() -> None:
    for row in _rows():
        for side in "12":
            assert not (row[f"file_{side}"] == "corporations" and row[f"name_{side}"])
            assert not re.search(r"예비\s?창업자", row[f"name_{side}"])


@pytest.fixture(scope="module")
def pools(shared_data: Path) -> Pools:
    return find_pools(shared_data)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("second", [False, True])
def test_the_same_seed_draws_the_pairs_that_were_labelled(pools: Pools, *, second: bool) -> None:
    drawn = [
        (stratum, one.file, str(one.row or ""), other.file, str(other.row or ""))
        for stratum, one, other in draw(pools, second=second)
    ]
    kept = ("stratum", "file_1", "row_1", "file_2", "row_2")
    halves = {"second"} if second else {"dev", "held"}
    rows = [row for row in _rows() if row["stratum"] != "renamed" and row["half"] in halves]
    assert drawn == [tuple(row[name] for name in kept) for row in rows]


@pytest.mark.parametrize("series", ["third", "fourth"])
def test_pairs_of_a_later_series_hold_a_name_that_none_before_has(series: str) -> None:
    fresh = {row.name for row in third.read_names() if (row.file == third.AUTUMN) == (series == "fourth")}
    labelled = [row for row in _rows() if row["half"] == series]
    others = {frozenset((row["name_1"], row["name_2"])) for row in _rows() if row["half"] != series}
    for row in labelled:
        names = frozenset((row["name_1"], row["name_2"]))
        assert not names.isdisjoint(fresh)
        assert names not in others
        assert len({"".join(name.split()) for name in names}) == len(names)


@pytest.mark.shared
@pytest.mark.slow
@pytest.mark.parametrize("fourth", [False, True])
def test_a_later_series_is_drawn_again_by_its_seed(shared_data: Path, *, fourth: bool) -> None:
    drawn = [
        (stratum, one.file, str(one.row or ""), other.file, str(other.row or ""))
        for stratum, one, other in third.draw(third.find_pools(shared_data, fourth=fourth), fourth=fourth)
    ]
    kept = ("stratum", "file_1", "row_1", "file_2", "row_2")
    half = "fourth" if fourth else "third"
    rows = [row for row in _rows() if row["half"] == half and row["stratum"] != "read"]
    assert drawn == [tuple(row[name] for name in kept) for row in rows]
