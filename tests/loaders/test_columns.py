"""Many rows that are read by column become what each of them would have become by itself."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.load_drills import mutated, sample_rows
from graph_schema.errors import Fault
from loaders import frame
from loaders.columns import ColumnFields
from loaders.fields import Fields
from loaders.frame import load
from loaders.records import Record
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, write_csv
from tests.loaders.test_memory import changed, outcome

BY_COLUMN: Final = [name for name, source in SOURCES.items() if source.transform_columns]
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CELLS = st.text(max_size=12) | st.sampled_from(
    (
        "",
        " ",
        "-",
        "—",
        "없음",
        "가나",
        "가\u200b나",
        "\uac00",
        "\u1100\u1161",
        "１２",
        "12",
        "1,200원",
        "-1",
        "a\x00",
        "\ud800",
    )
)
READERS: Final[dict[str, tuple[Callable[[ColumnFields], Sequence[object]], Callable[[Fields], object]]]] = {
    "texts": (lambda rows: rows.texts("x"), lambda fields: fields.text("x")),
    "required": (lambda rows: rows.required("x"), lambda fields: fields.required("x")),
    "read": (lambda rows: rows.read(Fields.integer, "x"), lambda fields: fields.integer("x")),
}


def by_itself(rows: Sequence[Mapping[str, str]], read: Callable[[Fields], object]) -> list[tuple[object, list[Fault]]]:
    found = []
    for row in rows:
        fields = Fields(row)
        found.append((read(fields), fields.faults))
    return found


@pytest.mark.parametrize("reader", READERS)
@given(st.lists(CELLS | st.none(), max_size=6))
def test_a_column_is_read_as_its_cells_are(reader: str, cells: list[str | None]) -> None:
    """Whatever stands in the other rows; an absent field is an empty one."""
    rows = [{} if cell is None else {"x": cell} for cell in cells]
    columns, one = READERS[reader]
    read = ColumnFields(rows)
    values = columns(read)

    assert [(value, read.faults[at]) for at, value in enumerate(values)] == by_itself(rows, one)


def test_a_text_is_read_once_and_its_fault_noted_in_every_row() -> None:
    asked: list[tuple[str, str]] = []

    def reader(fields: Fields, one: str, other: str) -> int | None:
        asked.append((fields.values[one], fields.values[other]))
        return fields.integer(one)

    rows = [{"x": "1", "y": "가"}, {"x": "?", "y": "가"}, {"x": "1", "y": "가"}, {"x": "?", "y": "가"}, {"x": "1"}]
    read = ColumnFields(rows)

    assert read.read(reader, "x", "y") == [1, None, 1, None, 1]
    assert sorted(asked) == [("1", ""), ("1", "가"), ("?", "가")]
    assert {at: [fault.value for fault in faults] for at, faults in read.faults.items()} == {1: ["?"], 3: ["?"]}


def test_the_next_rows_need_not_be_read_again_but_for_faults() -> None:
    asked: list[str] = []

    def reader(fields: Fields, name: str) -> int | None:
        asked.append(fields.values[name])
        return fields.integer(name)

    first = ColumnFields([{"x": "1"}, {"x": "?"}])
    first.read(reader, "x")
    then = ColumnFields([{"x": "?"}, {"x": "1"}], first.known)

    assert then.read(reader, "x") == [None, 1]
    assert sorted(asked) == ["1", "?", "?"]
    assert list(then.faults) == [0]


def record_key(record: Record) -> tuple[str, bool, str, list[tuple[str, str]]]:
    values = sorted((name, repr(value)) for name, value in record.values.items())
    return record.element.name, record.stub, record.shared, values


@st.composite
def odd_rows(draw: st.DrawFn, sample: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Draw rows of a sample in which some cells are odd, or those of another row."""
    rows = []
    for _ in range(draw(st.integers(1, 6))):
        row = dict(draw(st.sampled_from(sample)))
        for name in draw(st.lists(st.sampled_from(list(row)), max_size=3)):
            row[name] = draw(CELLS | st.sampled_from([other[name] for other in sample]))
        rows.append(row)
    return rows


@pytest.mark.parametrize("source", BY_COLUMN)
def test_what_rows_say_and_their_faults_do_not_depend_on_each_other(source: str) -> None:
    @given(odd_rows(sample_rows(source, 12)))
    def told(rows: list[dict[str, str]]) -> None:
        read = ColumnFields(rows)
        records = SOURCES[source].transformed(read)
        for at, row in enumerate(rows):
            fields = Fields(row)
            alone, together = SOURCES[source].transform(fields), records.row(at)
            assert together.source_id == alone.source_id
            assert [*map(record_key, together.records)] == [*map(record_key, alone.records)]
            assert read.faults[at] == fields.faults

    told()


@pytest.mark.parametrize("files", ["some", "whole"])
@pytest.mark.parametrize("source", BY_COLUMN)
def test_rows_told_by_column_give_the_same_report_quarantine_and_graph(
    source: str,
    files: str,
    migrated: tuple[EmbeddedStore, EmbeddedStore],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Each store is loaded three times from the same mutated files, one of them row by row."""
    rng = random.Random(f"{source} {files}")  # noqa: S311 - no secret
    monkeypatch.setattr(frame, "_PORTION_ROWS", 7)
    by_column = replace(SOURCES[source], whole=files == "whole")
    sample = sample_rows(source, 12)
    others = [mutated(rng.choice(sample), rng) for _ in range(30)]
    rows = [list(row.values()) for row in sample]
    for day in range(3):
        cells: list[dict[str, Any]] = [dict(zip(sample[0], row, strict=False)) for row in rows]
        path = write_csv(tmp_path / "rows.csv", [dict.fromkeys(sample[0], "") | row for row in cells])
        now = NOW + timedelta(days=day)
        outcomes = [
            outcome(load(each, [path], store, quarantine_dir=tmp_path / name, now=now))
            for name, each, store in zip(
                ("column", "row"), (by_column, replace(by_column, transform_columns=None)), migrated, strict=True
            )
        ]

        assert outcomes[0] == outcomes[1]
        assert everything(migrated[0]) == everything(migrated[1])
        rows = changed(rows, others, rng)
