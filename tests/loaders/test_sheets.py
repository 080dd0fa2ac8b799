"""Tests of looking over what many rows say together."""

from __future__ import annotations

import pytest

from graph_schema.model import NodeRef
from loaders import regions
from loaders.records import RowRecords
from loaders.sheets import ColumnRecords, Looked, look_over


def looked(rows: list[RowRecords]) -> Looked:
    return look_over(ColumnRecords.of("test", rows))


def company(id_: str, **values: object) -> RowRecords:
    records = RowRecords("test", id_)
    ref = records.node(NodeRef("Company", id_), **values)
    records.link(ref, "LOCATED_IN", regions.mention(records, "41281"))
    return records


def test_rows_that_say_the_same_give_one_text_in_any_company() -> None:
    """What stands before a row, and what is wrong with that, does not change the row's text."""
    other = RowRecords("test", "t")
    other.mention(NodeRef("Topic", "t"), name="소재")
    first = looked([company("brn:1", name="두레")]).written
    again = looked([other, company("brn:2", name=None), company("brn:1", name="두레")]).written

    assert first[0] == again[2]
    assert len({*again}) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "두레", "products": None}, {"name": "두레", "products": "None"}),
        ({"name": "두레", "products": None}, {"name": "두레", "products": ""}),
        ({"name": "두레", "products": "나사"}, {"name": "두레", "address": "나사"}),
        ({"name": "두레"}, {"name": "두레", "products": None}),
        ({"name": "두레", "employees": 1}, {"name": "두레", "employees": 11}),
    ],
)
def test_rows_that_say_other_things_give_other_texts(one: dict[str, object], other: dict[str, object]) -> None:
    """An absent value is no text, and a value is one of its own property."""
    assert len({*looked([company("brn:1", **one), company("brn:1", **other)]).written}) == 2


def test_only_rows_that_may_break_the_catalog_are_doubted() -> None:
    """A row is doubted for any of its records; what code tables say was checked before."""
    rows = [company("brn:1", name="두레"), company(" ", name="두레"), company("brn:3", name="a\x00"), company("brn:4")]

    assert looked(rows).doubtful == {1, 2, 3}


def test_nothing_is_found_in_no_rows() -> None:
    assert looked([]) == (set(), [])
