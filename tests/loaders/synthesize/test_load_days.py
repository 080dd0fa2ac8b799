"""The made-up city counts as loaded twice: what is new since the first load, what has changed, what stayed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pyarrow as pa
import pytest

from graph_schema.catalog import element_type
from graph_schema.model import NodeType
from loaders.synthesize.load_days import LoadDays

BEFORE, UNTIL = date(2026, 2, 22), date(2026, 3, 1)


@pytest.fixture(scope="module")
def dated(tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
    days = LoadDays((UNTIL - date(1970, 1, 1)).days, 7)
    return {name: days.dated(name, table) for name, table in tables.items()}


def _days(table: pa.Table) -> list[tuple[date, date]]:
    return [
        (first, last.astimezone(UTC).date())
        for first, last in zip(table["first_seen"].to_pylist(), table["loaded_at"].to_pylist(), strict=True)
    ]


def test_all_is_of_the_first_load_or_the_second(dated: dict[str, pa.Table]) -> None:
    assert {day for table in dated.values() for day in _days(table)} == {
        (BEFORE, BEFORE), (BEFORE, UNTIL), (UNTIL, UNTIL),
    }  # fmt: skip
    assert set(dated["Company"]["loaded_at"].to_pylist()) <= {
        datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (BEFORE, UNTIL)
    }


@pytest.mark.parametrize(
    ("name", "day"),
    [("Need", "raised_on"), ("Technology", "applied_on"), ("Company__APPLIED_TO__Program", "on")],
)
def test_what_is_of_the_last_week_came_with_the_second_load(dated: dict[str, pa.Table], name: str, day: str) -> None:
    table = dated[name]
    new = [first == UNTIL for first, _ in _days(table)]
    assert new == [on >= BEFORE for on in table[day].to_pylist()]
    assert any(new)


def test_a_relationship_comes_with_its_younger_end(dated: dict[str, pa.Table]) -> None:
    needs, about = dated["Need"], dated["Need__ABOUT__Topic"]
    young, with_them = (
        {end for end, (first, _) in zip(table[key].to_pylist(), _days(table), strict=True) if first == UNTIL}
        for table, key in ((needs, "id"), (about, "src"))
    )
    assert young == with_them != set()


def test_some_companies_and_needs_have_changed_and_nothing_else(dated: dict[str, pa.Table]) -> None:
    changed = {name: sum(day == (BEFORE, UNTIL) for day in _days(table)) for name, table in dated.items()}
    assert {name for name, count in changed.items() if count} == {"Company", "Need"}
    assert all(isinstance(element_type(name), NodeType) for name, count in changed.items() if count)
    assert 20 < changed["Company"] < 200


def test_the_days_are_the_same_each_time(dated: dict[str, pa.Table], tables: dict[str, pa.Table]) -> None:
    again = LoadDays((UNTIL - date(1970, 1, 1)).days, 7)
    assert all(again.dated(name, table).equals(dated[name]) for name, table in tables.items())
