"""Tests of finding rows of one file that speak of the same thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from loaders.duplicates import Earlier, SeenRows
from loaders.records import Record, RowRecords


def row(subject: int, name: str = "") -> list[Record]:
    records = RowRecords("test", str(subject))
    records.node(NodeRef("Topic", str(subject)), name=name)
    return records.records


@given(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("가나")), max_size=120), st.integers(1, 9))
def test_it_agrees_with_a_plain_dictionary(rows: list[tuple[int, str]], run_rows: int) -> None:
    seen, first = SeenRows(run_rows=run_rows), dict[int, tuple[int, str]]()
    for number, (subject, name) in enumerate(rows):
        expected = None
        if subject in first:
            earlier, said = first[subject]
            expected = Earlier(earlier, same=said == name)
        else:
            first[subject] = (number, name)

        assert seen.note(number, row(subject, name)) == expected


def test_runs_stay_few_as_rows_grow() -> None:
    seen = SeenRows(run_rows=10)
    for number in range(1_000):
        assert seen.note(number, row(number)) is None

    assert sum(map(len, seen.runs)) + len(seen.recent) == 1_000
    assert len(seen.runs) <= 7
    assert {run.dtype.itemsize for run in seen.runs} == {20}
