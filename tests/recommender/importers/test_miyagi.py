"""Subsidies of Miyagi as two experiment folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.miyagi import read_awards
from recommender.importers.registry import import_set
from tests.recommender.importers.contents import answers_of, edge_rows, node_rows, write_lines

AWARDED = ("Organisation", "AWARDED", "Programme")
AWARDS = [
    "a,p1,2018-04-01,5",
    "a,p2,2021-04-01,5",  # the payment of p1 under another title
    "a,p4,2021-05-01,5",
    "b,p4,2017-01-01,5",
    "b,p3,2019-01-01,5",
    "c,p3,2018-01-01,5",
    "c,p4,2020-06-01,5",
    "city,p4,2021-06-01,5",
    "d,p1,2018-01-01,",
    "d,p5,2018-01-01,",
    "e,p5,2018-02-01,",
    "e,p4,2020-02-01,",
    "c,p5,2021-02-01,",
]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_lines(tmp_path / "awards.csv.gz", ["org,programme,date,amount", *AWARDS])
    kinds = dict.fromkeys("abcde", "company") | {"city": "local_gov"}
    write_lines(tmp_path / "orgs.csv.gz", ["org,name,kind", *(f"{org},社{org},{kind}" for org, kind in kinds.items())])
    titles = {
        "p1": "水田活用直接支払交付金",
        "p2": "水田活用の直接支払交付金",
        "p3": "経営所得安定対策",
        "p4": "働き方改革推進支援助成金",
        "p5": "業務改善助成金",
    }
    write_lines(
        tmp_path / "programmes.csv.gz",
        ["programme,title,n_titles,first", *(f"{each},{title},1,2015-01-01" for each, title in titles.items())],
    )
    return tmp_path


@pytest.fixture
def made(source: Path, tmp_path: Path) -> list[Path]:
    return import_set("miyagi", source, tmp_path / "sets")


def test_local_governments_are_dropped(made: list[Path]) -> None:
    for folder in made:
        assert [row["id"] for row in node_rows(folder, "Organisation")] == list("abcde")


def test_the_payment_for_paddy_fields_is_one_programme_under_all_its_titles(made: list[Path]) -> None:
    days = [row["time"] for row in edge_rows(made[0], AWARDED) if row["dst"] == "p1" and row["src"] == "a"]
    assert days == ["2018-04-01", "2021-04-01"]
    assert answers_of(made[0], "test") == {"a": {"p4"}, "c": {"p5"}}


def test_the_second_folder_has_no_payment_to_farms(made: list[Path]) -> None:
    assert [row["id"] for row in node_rows(made[1], "Programme")] == ["p4", "p5"]
    assert answers_of(made[1], "test") == {"c": {"p5"}}
    assert answers_of(made[1], "valid") == {"e": {"p4"}}


def test_a_programme_has_its_title_and_no_amount(made: list[Path]) -> None:
    assert node_rows(made[0], "Programme")[0] == {"id": "p1", "title": "水田活用直接支払交付金"}
    assert set(edge_rows(made[0], AWARDED)[0]) == {"src", "dst", "time", "weight"}


def test_awards_are_read_with_programmes_as_published(source: Path) -> None:
    assert {award.item for award in read_awards(source).awards} == {"p1", "p2", "p3", "p4", "p5"}


def test_an_organisation_that_is_not_described_is_refused(source: Path, tmp_path: Path) -> None:
    write_lines(source / "awards.csv.gz", ["org,programme,date,amount", "x,p1,2018-01-01,1"])
    with pytest.raises(SourceError, match="'x' is in no other file"):
        import_set("miyagi", source, tmp_path / "sets")
