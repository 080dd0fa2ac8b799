"""Tests of the source ``nst``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.errors import SourceError
from loaders.frame import load
from loaders.recognition import source_of
from loaders.registry import SOURCES
from loaders.sources.nst import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything, read_csv

ANSWER = FILES / "nst.xml"
HEADER = "대분류코드,대분류명,중분류코드,중분류명,소분류코드,소분류명"


class TestNst(LoaderContract):
    """The contract on an answer of NTIS."""

    source = "nst"
    spoil: ClassVar = {"소분류코드": "060000"}

    def valid_file(self) -> Path:
        return ANSWER


def _fields(store: EmbeddedStore) -> dict[str, tuple[str, str | None, int]]:
    return {row["id"]: (row["name"], row["name_en"], row["level"]) for row in everything(store)["TechField"]}


def _table(path: Path, *rows: str, header: str = HEADER) -> Path:
    path.write_text("\n".join((header, *rows)), encoding="cp949")
    return path


def test_an_answer_of_one_code_an_item_gives_the_tree(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [ANSWER], store, quarantine_dir=tmp_path)

    assert _fields(store) == {
        "nst:EE": ("정보/통신", "Information/Communication", 1),
        "nst:EE06": ("소프트웨어", "Software", 2),
        "nst:EE0602": ("S/W솔루션", "S/W Solution", 3),
        "nst:NA": ("수학", "Mathematics", 1),
        "nst:NA01": ("대수학", "Algebra", 2),
    }
    assert ends(store, "TechField", "PART_OF", "TechField") == {
        ("nst:EE06", "nst:EE"),
        ("nst:EE0602", "nst:EE06"),
        ("nst:NA01", "nst:NA"),
    }


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        "대분류코드,대분류코드한글명,중분류코드,중분류코드한글명,소분류코드,소분류코드한글명",
        "대분류 코드,대분류 코드명,중분류 코드,중분류 코드명,소분류 코드,소분류 코드명",
    ],
)
def test_a_table_has_its_levels_side_by_side(header: str, store: EmbeddedStore, tmp_path: Path) -> None:
    rows = ("EE,정보/통신,EE06,소프트웨어,EE0602,S/W솔루션", "NA,수학,NA01,대수학,,")
    report = load(SOURCE, [_table(tmp_path / "a.csv", *rows, header=header)], store, quarantine_dir=tmp_path)

    assert (report.read, report.loaded, report.quarantined) == (2, 2, 0)
    assert {id_: name for id_, (name, _, _) in _fields(store).items()} == {
        "nst:EE": "정보/통신",
        "nst:EE06": "소프트웨어",
        "nst:EE0602": "S/W솔루션",
        "nst:NA": "수학",
        "nst:NA01": "대수학",
    }


def test_a_code_printed_before_its_name_is_no_part_of_it(store: EmbeddedStore, tmp_path: Path) -> None:
    load(
        SOURCE,
        [_table(tmp_path / "a.csv", "EE,EE. 정보/통신,EE06,EE06. 소프트웨어,,")],
        store,
        quarantine_dir=tmp_path,
    )

    assert {name for name, _, _ in _fields(store).values()} == {"정보/통신", "소프트웨어"}


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        ("EE,정보/통신,EE06,소프트웨어,EA0602,가상", "소분류코드", "does not begin with the code above it"),
        ("EA,기계,,,EE0602,S/W솔루션", "소분류코드", "does not begin with the code above it"),
        ("EE,정보/통신,,,EE06,소프트웨어", "소분류코드", "not a code of the classification"),
        (",정보/통신,,,,", "대분류코드", "this field must not be empty"),
        ("060000,정보통신,,,,", "대분류코드", "not a code of the classification"),
        ("EE,정보/통신,EE06,,,", "중분류명", "this field must not be empty"),
    ],
)
def test_a_row_whose_levels_do_not_agree_waits(
    row: str, field: str, reason: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    report = load(SOURCE, [_table(tmp_path / "a.csv", row)], store, quarantine_dir=tmp_path)

    assert report.quarantine_file is not None
    assert [(fault["field"], fault["reason"]) for fault in read_csv(report.quarantine_file)] == [(field, reason)]


@pytest.mark.parametrize("order", [("nst", "ntis-projects"), ("ntis-projects", "nst")])
def test_codes_of_projects_get_the_names_of_the_table(
    order: tuple[str, str], store: EmbeddedStore, tmp_path: Path
) -> None:
    """A project names its field by code alone, or in words of its own; the table says what it is called."""
    text = (FILES / "ntis_projects.xml").read_text(encoding="utf-8")
    projects = tmp_path / "projects.xml"
    projects.write_text(text.replace("S/W솔루션", "").replace(">소프트웨어<", ">소프트 웨어<"), encoding="utf-8")
    files = {"nst": ANSWER, "ntis-projects": projects}
    for name in order:
        load(SOURCES[name], [files[name]], store, quarantine_dir=tmp_path)

    fields = _fields(store)
    assert (fields["nst:EE0602"][0], fields["nst:EE06"][0]) == ("S/W솔루션", "소프트웨어")
    assert ends(store, "Project", "IN_FIELD", "TechField") == {
        ("1799000042", "nst:EE0602"),
        ("1799000043", "nst:EE0602"),
    }
    again = load(SOURCES[order[0]], [files[order[0]]], store, quarantine_dir=tmp_path)
    assert (again.loaded, _fields(store)) == (0, fields)


def test_a_level_that_is_left_empty_is_told_by_the_code(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [_table(tmp_path / "a.csv", ",,,,EE0602,S/W솔루션")], store, quarantine_dir=tmp_path)

    assert _fields(store) == {
        "nst:EE": ("EE", None, 1),
        "nst:EE06": ("EE06", None, 2),
        "nst:EE0602": ("S/W솔루션", None, 3),
    }


def test_files_of_either_shape_are_recognised(tmp_path: Path) -> None:
    table = _table(tmp_path / "download.csv", "EE,정보/통신,EE06,소프트웨어,EE0602,S/W솔루션")

    assert {source_of(path).name for path in (ANSWER, table)} == {"nst"}


def test_an_error_in_place_of_codes_is_told(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(
        "<ntis><status><recode>1001</recode><remsg>승인되지 않은 키</remsg></status></ntis>", encoding="utf-8"
    )
    with pytest.raises(SourceError, match=r"승인되지 않은 키 \(code 1001\)"):
        list(SOURCE.read(path))
