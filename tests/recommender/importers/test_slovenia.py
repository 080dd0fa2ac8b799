"""Public calls of Slovenia as two experiment folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.importers.awards import CARRIED_OUT
from recommender.importers.registry import import_set
from tests.recommender.importers.contents import answers_of, candidates_of, edge_rows, node_rows, stage_of, write_lines

AWARDED = ("Organisation", "AWARDED", "Call")
CALL, DIRECT = "JAVNI RAZPIS", "NEPOSREDNA POTRDITEV"
MANY = [f"o{number:02}" for number in range(40)]
AWARDS = [
    *(f"{org},old,2009,{CALL},mill {org}" for org in MANY),
    f"o00,old,2012,{CALL},again",  # an older call goes on
    f"o01,direct,2012,{DIRECT},named",
    f"o01,new11,2011,{CALL},dam",
    f"new,new11,2011,{CALL},dike",  # without history
    f"o02,new11,2012,{CALL},late",
    *(f"{org},new12,2012,{CALL},lab {org}" for org in MANY),
    f"new,new12,2013,{CALL},lab",
]


@pytest.fixture
def made(tmp_path: Path) -> list[Path]:
    rows = [row.split(",") for row in AWARDS]
    lines = [f"{org},{call},{year},1.5,{text},F,O,{mode},X" for org, call, year, mode, text in rows]
    write_lines(tmp_path / "awards.csv.gz", ["org,programme,year,amount,operation,fund,op,mode,field", *lines])
    lines = [f"{org},Podjetje,GORENJSKA,KRANJ" for org in [*MANY, "new"]]
    write_lines(tmp_path / "orgs.csv.gz", ["org,name,region,municipality", *lines])
    lines = [f"{call},razpis {call},1,X,2009" for call in ("old", "direct", "new11", "new12")]
    write_lines(tmp_path / "programmes.csv.gz", ["programme,title,n_calls,mode,first_year", *lines])
    return import_set("slovenia", tmp_path, tmp_path / "sets")


def test_projects_that_were_confirmed_directly_do_not_count(made: list[Path]) -> None:
    for folder in made:
        assert [row["id"] for row in node_rows(folder, "Call")] == ["new11", "new12", "old"]


def test_a_new_call_asks_for_organisations_with_history(made: list[Path]) -> None:
    assert answers_of(made[0], "valid") == {"new11": {"o01"}}
    assert answers_of(made[0], "test") == {"new12": {*MANY, "new"}}
    assert candidates_of(made[0], "valid") == set(MANY)


def test_what_an_older_call_gives_out_asks_nothing(made: list[Path]) -> None:
    """Context rows of a call that is not asked are in no question and in nothing that is learned."""
    splits = {(row["src"], row["dst"], row["time"][:4]): row["split"] for row in edge_rows(made[0], AWARDED)}
    assert splits["o00", "old", "2012"] == "test_context"
    assert splits["o02", "new11", "2012"] == "test_context"
    assert len(stage_of(made[0], "test").questions.given) == 0


def test_projects_are_known_before_the_window(made: list[Path]) -> None:
    texts = {row["id"]: row["text"] for row in node_rows(made[0], "Project")}
    days = {texts[row["dst"]]: row["time"] for row in edge_rows(made[0], CARRIED_OUT)}
    assert (days["dam"], days["lab o00"]) == ("2011-01-01", "2012-01-01")
    (known,) = stage_of(made[0], "test").known.relations
    assert known.time.max().astype(str)[:4] == "2011"


def test_an_organisation_asks_for_the_new_calls_alone(made: list[Path]) -> None:
    assert candidates_of(made[1], "valid") == candidates_of(made[1], "test") == {"new11", "new12"}
    valid, test = answers_of(made[1], "valid"), answers_of(made[1], "test")
    assert {**valid, **test} == {org: {"new12"} for org in MANY} | {
        "o01": {"new11", "new12"},
        "o02": {"new11", "new12"},
    }


def test_valid_asks_other_organisations_than_the_test(made: list[Path]) -> None:
    """About a fifth, by a hash of the id; what they are awarded is not learned from."""
    valid, test = answers_of(made[1], "valid"), answers_of(made[1], "test")
    assert not set(valid) & set(test)
    assert 4 <= len(valid) <= 13
    assert {row["time"][:4] for row in edge_rows(made[1], AWARDED) if row["split"] == "train"} == {"2009"}
    assert len(stage_of(made[1], "test").known.pairs) == 40


def test_older_calls_give_nothing_out_in_the_window_of_organisations(made: list[Path]) -> None:
    assert not [row for row in edge_rows(made[1], AWARDED) if row["dst"] == "old" and row["time"] >= "2011"]
