"""Support by the ERDF in Thüringen as two experiment folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.registry import import_set
from recommender.importers.thueringen import is_company
from tests.recommender.importers.contents import answers_of, edge_rows, node_rows, write_lines

AWARDED = ("Organisation", "AWARDED", "Measure")
HEADER = "org,measure,year,granted,paid"
AWARDS = [
    "a,m1,2009,0.0,5.0",  # a payment without an approval: the first row of its pair
    "a,m1,2010,0.0,5.0",  # goes on
    "a,m1,2011,7.0,0.0",  # a new approval
    "a,m2,2012,7.0,0.0",
    "b,m2,2008,7.0,0.0",
    "b,m1,2011,7.0,0.0",
    "city,m1,2009,7.0,0.0",
    "city,m2,2014,7.0,0.0",
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_lines(tmp_path / "awards.csv.gz", [HEADER, *reversed(AWARDS)])
    write_lines(tmp_path / "orgs.csv.gz", ["org,name", "a,Alpha GmbH", "b,Beta AG", "city,Stadt Gera"])
    write_lines(tmp_path / "measures.csv", ["measure,text", "m1,Messeförderung", "m2,Existenzgründung"])
    return tmp_path


@pytest.fixture
def made(source: Path, tmp_path: Path) -> list[Path]:
    return import_set("thueringen", source, tmp_path / "sets")


def test_payments_that_follow_are_no_awards(made: list[Path]) -> None:
    rows = [row for row in edge_rows(made[0], AWARDED) if (row["src"], row["dst"]) == ("a", "m1")]
    assert [row["time"] for row in rows] == ["2009-01-01", "2011-01-01"]


def test_the_test_asks_from_2012_on_and_valid_for_2011(made: list[Path]) -> None:
    assert answers_of(made[0], "valid") == {"b": {"m1"}}
    assert answers_of(made[0], "test") == {"a": {"m2"}, "city": {"m2"}}


def test_the_second_folder_is_of_companies(made: list[Path]) -> None:
    assert [row["name"] for row in node_rows(made[1], "Organisation")] == ["Alpha GmbH", "Beta AG"]
    assert answers_of(made[1], "test") == {"a": {"m2"}}


@pytest.mark.parametrize(
    "name",
    [
        "Alpha GmbH & Co. KG",
        "ALPHA GMBH",
        "Alpha mbH",
        "Beta AG",
        "Gamma SE",
        "Agrargenossenschaft e. G.",
        "Handel eG Gera",
        "Laborchemie Gesellschaft mit beschränkter Haftung",
        "Relax Unternehmergesellschaft (haftungsbeschränkt)",
        "Druck LIMITED",
        "IBYKUS Aktiengesellschaft für Technik",
    ],
)
def test_legal_forms_of_companies(name: str) -> None:
    assert is_company(name)


@pytest.mark.parametrize("name", ["Stadt Gera", "Kulturverein e. V.", "Arbeitsgemeinschaft der Kammern"])
def test_other_bodies_are_no_companies(name: str) -> None:
    assert not is_company(name)


def test_an_amount_that_is_none_is_refused(source: Path, tmp_path: Path) -> None:
    write_lines(source / "awards.csv.gz", [HEADER, "a,m1,2009,viel,0"])
    with pytest.raises(SourceError, match="granted 'viel' is not an amount; fetch"):
        import_set("thueringen", source, tmp_path / "sets")
