"""Awards of SBIR as two experiment folders."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.registry import import_set
from tests.recommender.importers.contents import answers_of, candidates_of, edge_rows, node_rows, stage_of, write_lines

TO_TOPIC = ("Organisation", "AWARDED", "Topic")
AWARDS = [
    "1,a,2008,NASA,Sensor,cold plasma",
    "2,b,2009,Department of Defense / Navy,Valve,",
    "3,c,2009,Department of Defense,Radar,",  # which branch is not said
    "4,c,2009,,Lamp,",
    "5,b,2011,NASA,Probe,",
    "6,a,2014,Department of Defense / Navy,Hull,",
    "7,a,2015,Department of Defense,Tower,",
]
TOPICS = [
    't1,Lidar,"Light,  fast",Navy | Department of Defense,2012-05-01,x,SBIR,Phase I',
    "t2,Sonar,Sound,NASA,2013-02-01,x,SBIR,Phase I",
    "t3,Nobody,None,NASA,2014-02-01,x,SBIR,Phase I",
    "t4,Early,None,NASA,2011-02-01,x,SBIR,Phase I",
]
WINNERS = ["t1,91,a,2014", "t2,92,b,2015", "t2,93,z,2015", "t4,94,b,2012"]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    write_lines(tmp_path / "phase2_awards.csv.gz", ["award,firm,year,programme,title,abstract", *AWARDS])
    lines = ["a,Alpha", "b,[individual awardee]", "c,Gamma", "z,Zeta"]
    write_lines(tmp_path / "firms.csv.gz", ["firm,name", *lines])
    write_lines(tmp_path / "topics.csv.gz", ["topic,name,description,agency,released,closes,program,phase", *TOPICS])
    write_lines(tmp_path / "topic_winners.csv", ["topic,award,firm,year", *WINNERS])
    return tmp_path


@pytest.fixture
def made(source: Path, tmp_path: Path) -> list[Path]:
    return import_set("sbir", source, tmp_path / "sets")


def test_agencies_that_are_not_named_or_have_no_branch_do_not_count(made: list[Path]) -> None:
    assert [row["id"] for row in node_rows(made[0], "Agency")] == ["Department of Defense / Navy", "NASA"]


def test_a_firm_asks_for_its_next_agency(made: list[Path]) -> None:
    assert answers_of(made[0], "valid") == {"b": {"NASA"}}
    assert answers_of(made[0], "test") == {"a": {"Department of Defense / Navy"}}


def test_a_project_has_title_and_abstract(made: list[Path]) -> None:
    assert "Sensor cold plasma" in {row["text"] for row in node_rows(made[0], "Project")}


def test_a_masked_name_is_no_text(made: list[Path]) -> None:
    for folder in made:
        assert {row["id"]: row["name"] for row in node_rows(folder, "Organisation")}["b"] == ""


def test_awards_before_2013_stand_as_topics_of_their_firms(made: list[Path]) -> None:
    train = {(row["src"], row["dst"]) for row in edge_rows(made[1], TO_TOPIC) if row["split"] == "train"}
    assert train == {("a", "1"), ("b", "2"), ("c", "3"), ("c", "4"), ("b", "5")}


def test_topics_ask_by_the_year_of_their_release(made: list[Path]) -> None:
    """Z has no Phase II before, nobody won t3, and t4 was won before 2013."""
    assert answers_of(made[1], "valid") == {"t1": {"a"}}
    assert answers_of(made[1], "test") == {"t2": {"b"}}
    assert candidates_of(made[1], "test") == {"a", "b", "c"}


def test_no_winner_of_valid_is_known_in_the_test(made: list[Path]) -> None:
    assert len(stage_of(made[1], "test").known.pairs) == 5


def test_topics_and_awards_name_agencies_alike(made: list[Path]) -> None:
    rows = {row["id"]: row for row in node_rows(made[1], "Topic")}
    assert rows["2"]["agency"] == rows["t1"]["agency"] == "Department of Defense|Navy"
    assert rows["t1"]["text"] == "Lidar Light, fast"


def test_a_topic_that_is_not_there_is_refused(source: Path, tmp_path: Path) -> None:
    write_lines(source / "topic_winners.csv", ["topic,award,firm,year", "t9,91,a,2014"])
    with pytest.raises(SourceError, match=r"topic 't9' is not in topics\.csv\.gz"):
        import_set("sbir", source, tmp_path / "sets")
