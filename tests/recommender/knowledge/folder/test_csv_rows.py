"""Rows of CSV files are found where Arrow reads them, on the lines that a text editor shows."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import csv

from recommender.knowledge.folder.csv_rows import find_rows


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("\n\r\n", []),
        ("id", [1]),
        ("id\na\nb\n", [1, 2, 3]),
        ("\n\nid\n\na\n \n", [3, 5, 6]),
        ("id\r\n\r\na\r\nb", [1, 3, 4]),
        ("id\ra\rb", [1, 2, 3]),
        ('id,x\na,"1\n2\n\n3"\nb,4\n', [1, 2, 6]),
        ('id,x\n"a ""\n"" b",1\nc,2\n', [1, 2, 4]),
        ('id,x\na,5" disc\nb,7" single\n', [1, 2, 3]),
        ('id,x\na,"5" disc, "7"\nb,1\n', [1, 2, 3]),
    ],
)
def test_rows_begin_on_the_lines_of_the_file(text: str, lines: list[int]) -> None:
    rows = find_rows(text.encode())
    assert rows.lines.tolist() == lines
    assert rows.open_line is None
    assert [text.encode()[start : start + 1] in (b"\n", b"\r") for start in rows.starts] == [False] * len(lines)


@pytest.mark.parametrize(
    ("text", "line"),
    [('id\n"a\nb\n', 2), ('id,x\n\na,1\nb,"c ""\n', 4), ('"', 1), ('id\n"a"\nb"\n', None), ('id,x\na,""\n', None)],
)
def test_a_quotation_that_is_never_closed_is_found_where_it_opens(text: str, line: int | None) -> None:
    assert find_rows(text.encode()).open_line == line


def test_the_longest_row_is_measured_in_bytes() -> None:
    assert find_rows('id,x\n가,"1\n2"\nb,3\n'.encode()).longest == len('가,"1\n2"\n'.encode())


@given(st.text(st.sampled_from('ab,"\n\r é'), max_size=60))
def test_there_are_as_many_rows_as_arrow_reads(text: str) -> None:
    """Whatever stands in them; a file whose last quotation is open is not read."""
    data = f"id,x\n{text}".encode()
    rows = find_rows(data)
    if rows.open_line is not None:
        return
    skipped: list[int] = []

    def skip(row: csv.InvalidRow) -> str:
        skipped.append(row.number)
        return "skip"

    table = csv.read_csv(
        pa.BufferReader(data),
        csv.ReadOptions(use_threads=False),
        csv.ParseOptions(newlines_in_values=True, invalid_row_handler=skip),
        csv.ConvertOptions(column_types={"id": pa.string(), "x": pa.string()}),
    )
    assert len(rows.starts) == 1 + table.num_rows + len(skipped)
    assert all(number <= len(rows.starts) for number in skipped)
