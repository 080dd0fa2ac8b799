"""Tests of finding rows of one file that speak of the same thing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from loaders.duplicates import Earlier, RowHash, SeenRows
from loaders.records import RowRecords


def row(number: int, subject: int, name: str = "") -> RowHash:
    records = RowRecords("test", str(subject))
    records.node(NodeRef("Topic", str(subject)), name=name)
    return RowHash.of([number], [records.records[0].identity], [name])[0]


@given(
    st.lists(st.lists(st.tuples(st.integers(0, 30), st.sampled_from("가나")), max_size=20), max_size=9),
    st.integers(1, 9),
)
def test_it_agrees_with_a_plain_dictionary(portions: list[list[tuple[int, str]]], run_rows: int) -> None:
    seen, first, number = SeenRows(run_rows=run_rows), dict[int, tuple[int, str]](), 0
    for portion in portions:
        rows, expected = [], []
        for subject, name in portion:
            number += 1
            rows.append(row(number, subject, name))
            earlier, said = first.setdefault(subject, (number, name))
            expected.append(None if earlier == number else Earlier(earlier, same=said == name))

        assert seen.note(rows) == expected


def test_runs_stay_few_as_rows_grow() -> None:
    seen = SeenRows(run_rows=10)
    for number in range(1_000):
        assert seen.note([row(number, number)]) == [None]

    assert sum(map(len, seen.runs)) + len(seen.recent) == 1_000
    assert len(seen.runs) <= 7
    assert {run.dtype.itemsize for run in seen.runs} == {20}
