"""Rows of a list as offices keep it."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.list_rows import ListReader, read_day
from recommender.knowledge.dataset import BadRow

TEXT = '\ufeff기업명,사업 명,연도\r\n (주)가나 ,"수출, 지원",2021\r\n\r\n다라,창업,2022\r\n'
ROWS = [
    {"기업명": "(주)가나", "사업 명": "수출, 지원", "연도": "2021"},
    {"기업명": "다라", "사업 명": "창업", "연도": "2022"},
]


def _write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(text.encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_list_in_either_encoding_of_korean_offices(tmp_path: Path, encoding: str) -> None:
    text = TEXT if encoding == "utf-8" else TEXT.removeprefix("\ufeff")
    bad: list[BadRow] = []
    reader = ListReader(_write(tmp_path, text, encoding), bad)
    assert reader.columns == ["기업명", "사업 명", "연도"]
    assert [(row.line, row.values) for row in reader] == [(2, ROWS[0]), (4, ROWS[1])]
    assert bad == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_separators_are_told_by_the_header(tmp_path: Path, delimiter: str) -> None:
    path = _write(tmp_path, delimiter.join("ab") + "\n" + delimiter.join(("1,5", "2")) + "\n")
    assert [row.values for row in ListReader(path, [])] == [{"a": "1,5", "b": "2"}]


def test_a_row_of_another_length_is_told_with_line_and_remedy(tmp_path: Path) -> None:
    bad: list[BadRow] = []
    reader = ListReader(_write(tmp_path, "a,b\n1,2,3\n4,5\n6\n"), bad)
    assert [row.values["a"] for row in reader] == ["4"]
    assert [(each.line, each.field, each.value) for each in bad] == [(2, "row", "1, 2, 3"), (4, "row", "6")]
    assert str(bad[0].reason) == "3 fields where the header has 2"
    assert "quote separators" in bad[0].remedy.en


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty; its first line"),
        (b"a,a\n1,2\n", "has column a more than once"),
        ("가".encode("utf-16"), "is neither UTF-8 nor CP949"),
        (b'a,b\n"1,2\n', r"line 2: .*; a quotation mark is probably not closed"),
    ],
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    (tmp_path / "list.csv").write_bytes(content)
    with pytest.raises(SourceError, match=told):
        list(ListReader(tmp_path / "list.csv", []))


def test_a_long_cell_is_read_and_the_bound_of_the_process_is_left_alone(tmp_path: Path) -> None:
    """Between two rows too, when others read."""
    (tmp_path / "list.csv").write_text(f"a,b\n1,{'x' * 300_000}\n2,y\n", encoding="utf-8")
    csv.field_size_limit(before := 131_072)  # what it is in a new process
    rows = iter(ListReader(tmp_path / "list.csv", []))
    assert csv.field_size_limit() == before
    assert len(next(rows).values["b"]) == 300_000
    assert csv.field_size_limit() == before
    assert next(rows).values == {"a": "2", "b": "y"}
    assert csv.field_size_limit() == before


def test_an_absent_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.csv cannot be read"):
        ListReader(tmp_path / "gone.csv", [])


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-05", date(2024, 3, 5)),
        ("2024.3.5.", date(2024, 3, 5)),
        ("2024/03/05", date(2024, 3, 5)),
        ("20240305", date(2024, 3, 5)),
        ("2024년 3월 5일", date(2024, 3, 5)),
        ("2024-03-05 13:45:00", date(2024, 3, 5)),
        ("2024-03-05T00:00:00Z", date(2024, 3, 5)),
        ("2024.03", date(2024, 3, 1)),
        ("202403", date(2024, 3, 1)),
        ("2024년 3월", date(2024, 3, 1)),
        ("2024", date(2024, 1, 1)),
        ("2024년", date(2024, 1, 1)),
        ("2024년도", date(2024, 1, 1)),
    ],
)
def test_days_months_and_years_in_their_usual_forms(text: str, day: date) -> None:
    assert read_day(text) == day


@pytest.mark.parametrize(
    "text", ["", "작년", "24.03.05", "2024-13-01", "20240230", "0024", "3024", "45356", "05/03/2024"]
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_day(text) is None
