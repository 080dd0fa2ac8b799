"""Tests of reading saved files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.errors import SourceError
from loaders.files import file_kind, text_encoding
from loaders.reading import element_values, json_document, xml_items
from loaders.tables import Shape, csv_rows, table_rows
from tests.loaders.graphs import write_csv

CELLS = st.text(st.characters(codec="cp949", exclude_categories=["Cc", "Cs"]), max_size=20)


@pytest.mark.parametrize(
    ("encoding", "found"), [("utf-8", "utf-8-sig"), ("utf-8-sig", "utf-8-sig"), ("cp949", "cp949")]
)
def test_the_encoding_is_found(encoding: str, found: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("이름,값\n똠방각하,1\n", encoding=encoding)

    assert text_encoding(path).name == found
    assert [row.values for row in csv_rows(path, ["이름", "값"])] == [{"이름": "똠방각하", "값": "1"}]


def test_a_character_on_the_border_of_two_chunks_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("x\n" + "a" * ((1 << 20) - 3) + "가나다\n", encoding="utf-8")

    assert text_encoding(path).name == "utf-8-sig"


@settings(max_examples=50)
@given(rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5), encoding=st.sampled_from(["utf-8", "cp949"]))
def test_cells_come_back_as_they_were_written(
    rows: list[tuple[str, str]], encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    written = [{"이름": first, "값, 둘": second} for first, second in rows]
    path = write_csv(tmp_path_factory.mktemp("cells") / "a.csv", written, encoding)

    told = [row for row in written if any(cell.strip() for cell in row.values())]
    assert [dict(row.values) for row in csv_rows(path, ["이름"])] == told


def test_rows_carry_the_number_that_a_spreadsheet_shows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('x,y\n1,"두\n줄"\n2,b\n', encoding="utf-8")

    assert [(row.number, row.values["x"]) for row in csv_rows(path, ["x"])] == [(2, "1"), (3, "2")]


def test_headers_may_have_another_name_and_odd_blanks(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(" 기업명 ,전용  면적\n두루,3\n", encoding="utf-8")

    (row,) = table_rows(path, Shape(["name"], {"기업명": "name"}))
    assert row.values == {"name": "두루", "전용 면적": "3"}


def test_missing_columns_are_named_as_the_file_would_name_them(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [{"전화": "1"}])

    with pytest.raises(SourceError, match="columns missing: 기업명; found: 전화"):
        list(table_rows(path, Shape(["name"], {"기업명": "name"})))


@pytest.mark.parametrize(
    ("content", "kind"), [(' \n{"a": 1}', "json"), ("[1]", "json"), ("\n<a/>", "xml"), ("이름,값", "csv")]
)
def test_kinds_of_file_are_told_apart(content: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_text(content, encoding="utf-8-sig")

    assert file_kind(path) == kind


def test_broken_json_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('{"data": [', encoding="utf-8")

    with pytest.raises(SourceError, match=r"a\.json is not complete JSON.*fetch it again"):
        json_document(path)


def test_json_in_cp949_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"이름": "두루"}, ensure_ascii=False), encoding="cp949")

    assert json_document(path) == {"이름": "두루"}


def test_xml_is_read_item_by_item_with_blank_lines_before_it(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("\n\n<r><i><a>1</a><b>두 <span>줄</span></b></i><i><a>2</a></i></r>", encoding="utf-8")

    assert [element_values(item) for item in xml_items(path, lambda e: e.tag == "i")] == [
        {"a": "1", "b": "두 줄"},
        {"a": "2"},
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("<r><i></r>", "not complete XML"),
        ('<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "declares a document type"),
        (f'<?xml version="1.0"?>\n<!-- {"x" * 5000} -->\n<!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>', "a document type"),
        (f"<!-- {'x' * (1 << 21)} --><!doctype r><r/>", "declares a document type"),
        ("<!-- never closed", "not complete XML"),
    ],
)
def test_broken_or_cunning_xml_is_refused(content: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(content, encoding="utf-8")

    with pytest.raises(SourceError, match=told):
        list(xml_items(path, lambda e: e.tag == "i"))


def test_xml_is_read_in_the_encoding_that_it_is_in_whatever_it_declares(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    for declared, encoding in (("EUC-KR", "cp949"), ("euc-kr", "utf-8"), ("UTF-8", "utf-16")):
        path.write_bytes(f'<?xml version="1.0" encoding="{declared}"?><r><i><a>가상 공고</a></i></r>'.encode(encoding))
        assert [element_values(item) for item in xml_items(path, lambda e: e.tag == "i")] == [{"a": "가상 공고"}]


def test_a_document_type_within_a_text_is_no_document_type(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text("<r><i><a><![CDATA[<!DOCTYPE html>]]></a></i></r>", encoding="utf-8")

    assert [element_values(item) for item in xml_items(path, lambda e: e.tag == "i")] == [{"a": "<!DOCTYPE html>"}]


def test_json_nested_beyond_reason_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text("[" * 60_000 + "]" * 60_000, encoding="utf-8")

    with pytest.raises(SourceError, match="nested deeper than any answer"):
        json_document(path)
