"""Reading delimited public files."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.files import read_table, require_values


def test_columns_are_read_as_text_in_the_order_asked(tmp_path: Path) -> None:
    """A country code NA and a leading zero stay what they are, columns not asked for are left out."""
    with gzip.open(tmp_path / "a.csv.gz", "wt", encoding="utf-8") as file:
        file.write('id,extra,country\n007,x,NA\n"8,5",y,\n')
    table = read_table(tmp_path / "a.csv.gz", ("country", "id"))
    assert table.to_pydict() == {"country": ["NA", ""], "id": ["007", "8,5"]}


def test_a_file_without_header_or_quoting(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text('6" nail\tisa\tnail\n', encoding="utf-8")
    table = read_table(tmp_path / "a.txt", ("h", "r", "t"), delimiter="\t", header=False)
    assert table.to_pylist() == [{"h": '6" nail', "r": "isa", "t": "nail"}]


def test_an_absent_file_is_named_with_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"gone\.csv is not there; give the folder"):
        read_table(tmp_path / "gone.csv", ("id",))


@pytest.mark.parametrize("content", [b"", b"name\nx\n", b"id,name\n1,2,3\n", b"id,name\n\xff\xfe,1\n"])
def test_what_is_not_as_published_is_named(tmp_path: Path, content: bytes) -> None:
    """An empty file, a column that is not there, a row too long, bytes that are no UTF-8."""
    (tmp_path / "a.csv").write_bytes(content)
    with pytest.raises(SourceError, match=r"a\.csv cannot be read as a table"):
        read_table(tmp_path / "a.csv", ("id",))


def test_empty_values_are_counted(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,name\n1,\n2,x\n3,\n", encoding="utf-8")
    table = read_table(tmp_path / "a.csv", ("id", "name"))
    require_values(tmp_path / "a.csv", table, ("id",))
    with pytest.raises(SourceError, match="name is empty in 2 of 3 rows"):
        require_values(tmp_path / "a.csv", table, ("id", "name"))
