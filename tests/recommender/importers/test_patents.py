"""Korean patents as two experiment folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.patents import CO_FILED, FILED, IN_FIELD, PART_OF, organisation_id
from recommender.importers.registry import import_set
from recommender.knowledge.folder.read import read_dataset
from tests.recommender.importers.contents import edge_rows, node_rows

HEADER = (
    "applicationNumber,applicationDate,inventionTitle,ipc,registerStatus,registrationNumber,registrationDate,"
    "applicant_orgs,n_person_applicants_dropped,abstract,source_file"
)
ROWS = [
    (
        "1020150000001,20150102,연삭  장치,B24B 3/34|B24B 49/12|G01N 21/88,등록,1,20200101,"
        '(주)에어박스|서울대학교산학협력단,0,"날개, ""덕트""",x.xml'
    ),
    "1020220000002,20220301,덕트,F24F 7/00,공개,,,주식회사 에어박스 | 서울대학교 산학협력단 | 한국전력공사,0,,x.xml",
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return _write(tmp_path, ROWS)


def _write(folder: Path, rows: list[str]) -> Path:
    (folder / "patents_orgs_only.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8-sig")
    return folder


@pytest.fixture
def made(source: Path, tmp_path: Path) -> list[Path]:
    return import_set("patents", source, tmp_path / "sets")


@pytest.mark.parametrize("name", ["(주)에어박스", "㈜에어박스", "주식회사 에어박스", " 에어 박스", "에어박스(주)"])
def test_spellings_of_one_organisation_meet(name: str) -> None:
    assert organisation_id(name) == "에어박스"


@pytest.mark.parametrize("name", ["주식회사", "(주)"])
def test_a_name_that_is_a_legal_form_alone_stays(name: str) -> None:
    assert organisation_id(name) == name


def test_a_patent_has_its_text_and_day_and_nothing_later(made: list[Path]) -> None:
    """Status and registration come after the filing."""
    for folder in made:
        assert node_rows(folder, "Patent") == [
            {"id": "1020150000001", "filed_on": "2015-01-02", "title": "연삭 장치", "abstract": '날개, "덕트"'},
            {"id": "1020220000002", "filed_on": "2022-03-01", "title": "덕트", "abstract": ""},
        ]


def test_an_organisation_filed_what_any_of_its_spellings_filed(made: list[Path]) -> None:
    rows = [row for row in edge_rows(made[0], FILED) if row["src"] == "에어박스"]
    assert [(row["dst"], row["time"]) for row in rows] == [
        ("1020150000001", "2015-01-02"),
        ("1020220000002", "2022-03-01"),
    ]
    assert {row["id"]: row["name"] for row in node_rows(made[0], "Organisation")} == {
        "서울대학교산학협력단": "서울대학교 산학협력단",
        "에어박스": "(주)에어박스",
        "한국전력공사": "한국전력공사",
    }


def test_fields_are_subclasses_once_each_with_the_tree_above(made: list[Path]) -> None:
    assert edge_rows(made[0], IN_FIELD) == [
        {"src": "1020150000001", "dst": "B24B"},
        {"src": "1020150000001", "dst": "G01N"},
        {"src": "1020220000002", "dst": "F24F"},
    ]
    assert {"src": "B24B", "dst": "B24"} in edge_rows(made[0], PART_OF)
    assert {"src": "B24", "dst": "B"} in edge_rows(made[0], PART_OF)
    levels = {row["id"]: row["level"] for row in node_rows(made[0], "TechField")}
    assert (levels["B"], levels["B24"], levels["B24B"], len(levels)) == ("1", "2", "3", 9)


def test_every_two_applicants_of_a_patent_filed_together_that_day(made: list[Path]) -> None:
    rows = [tuple(row.values()) for row in edge_rows(made[1], CO_FILED)]
    assert rows == [
        ("서울대학교산학협력단", "에어박스", "2015-01-02"),
        ("서울대학교산학협력단", "에어박스", "2022-03-01"),
        ("서울대학교산학협력단", "한국전력공사", "2022-03-01"),
        ("에어박스", "한국전력공사", "2022-03-01"),
    ]


def test_the_applicant_folder_does_not_tell_who_filed_together(made: list[Path]) -> None:
    assert read_dataset(made[0]).spec.name == "patents-applicant"
    assert not (made[0] / "edges" / "Organisation__CO_FILED_WITH__Organisation.csv").exists()


def test_patents_of_one_applicant_each_make_no_pair(tmp_path: Path) -> None:
    rows = [row.replace("|서울대학교산학협력단", "") for row in ROWS[:1]]
    _, co_applicant = import_set("patents", _write(tmp_path, rows), tmp_path / "sets")
    assert edge_rows(co_applicant, CO_FILED) == []


@pytest.mark.parametrize("day", ["2015", "20151332", "gestern"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, day: str) -> None:
    source = _write(tmp_path, [ROWS[1].replace("20220301", day)])
    with pytest.raises(SourceError, match=f"applicationDate '{day}' is not a date"):
        import_set("patents", source, tmp_path / "sets")


def test_a_number_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="1 application numbers stand twice"):
        import_set("patents", _write(tmp_path, [*ROWS, ROWS[1]]), tmp_path / "sets")
