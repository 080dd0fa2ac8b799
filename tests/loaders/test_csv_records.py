"""Records are cut each by itself, and nothing of the process is changed for it."""

from __future__ import annotations

import csv

from loaders.csv_records import csv_records


def test_a_long_cell_is_cut_and_the_bound_of_the_process_is_left_alone() -> None:
    """While the records are taken too, however many are."""
    csv.field_size_limit(before := 131_072)  # what it is in a new process
    records = csv_records(["a,b\n", f'1,"{"x" * 300_000}"\n', '2,"y"\n'], ",")
    assert next(records).cells == ["a", "b"]
    assert csv.field_size_limit() == before
    assert len(next(records).cells[1]) == 300_000
    assert csv.field_size_limit() == before
    records.close()
    assert csv.field_size_limit() == before


def test_records_of_two_files_are_taken_by_turns() -> None:
    long = f'1,"{"x" * 300_000}"\n'
    files = [csv_records([long, long], ",") for _ in range(2)]
    assert [len(record.cells[1]) for pair in zip(*files, strict=True) for record in pair] == [300_000] * 4
