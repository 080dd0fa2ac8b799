"""Awards as experiment folders, whatever list they are from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.bench.leaks import refuse_leaks
from recommender.importers.awards import (
    CARRIED_OUT,
    Award,
    AwardSet,
    AwardTask,
    award_day,
    award_rows,
    awards_folder,
    descriptions,
    require_known,
)
from recommender.knowledge.dataset import EdgeKey
from recommender.knowledge.folder.write import write_folder
from tests.recommender.importers.contents import answers_of, candidates_of, edge_rows, node_rows, stage_of, write_lines

AWARDED: EdgeKey = ("Organisation", "AWARDED", "Programme")
WINDOWS = (date(2020, 1, 1), date(2021, 1, 1))
AWARDS = [
    Award("a", "p", date(2018, 5, 1)),
    Award("a", "p", date(2018, 5, 1)),  # twice a day
    Award("a", "p", date(2021, 5, 1)),  # again in the test
    Award("b", "q", date(2019, 1, 1)),
    Award("b", "p", date(2020, 2, 1)),
    Award("a", "q", date(2021, 3, 1)),
    Award("b", "r", date(2021, 3, 1)),  # a programme nobody had
    Award("c", "p", date(2021, 4, 1)),  # an organisation without history
]
ORGANISATIONS = {"a": {"name": "A"}, "b": {"name": "B"}, "c": {"name": "C"}, "d": {"name": "never awarded"}}
ITEMS = {"p": {"title": "P"}, "q": {"title": "Q"}, "r": {"title": "R"}, "s": {"title": "never given"}}


def _write(path: Path, awards: list[Award], task: AwardTask | None = None) -> Path:
    task = task or AwardTask("awards", "en", "Awards.", WINDOWS)
    return write_folder(path / "set", awards_folder(task, AwardSet(awards, ORGANISATIONS, ITEMS)))


def test_only_a_first_award_by_a_known_programme_to_a_known_organisation_is_asked(tmp_path: Path) -> None:
    folder = _write(tmp_path, AWARDS)
    assert answers_of(folder, "valid") == {"b": {"p"}}
    assert answers_of(folder, "test") == {"a": {"q"}}
    assert candidates_of(folder, "test") == {"p", "q"}
    stage = stage_of(folder, "test")
    refuse_leaks(stage.known.dataset, stage)


def test_repeats_are_rows_of_their_own_day_and_those_of_a_day_are_its_weight(tmp_path: Path) -> None:
    """A number of all awards of a pair would tell before the window what comes in it."""
    rows = [row for row in edge_rows(_write(tmp_path, AWARDS), AWARDED) if (row["src"], row["dst"]) == ("a", "p")]
    assert [(row["time"], row["weight"]) for row in rows] == [("2018-05-01", "2"), ("2021-05-01", "1")]


def test_nodes_without_an_award_are_left_out(tmp_path: Path) -> None:
    folder = _write(tmp_path, AWARDS)
    assert node_rows(folder, "Organisation") == [{"id": each, "name": each.upper()} for each in "abc"]
    assert node_rows(folder, "Programme") == [{"id": each, "title": each.upper()} for each in "pqr"]


def test_a_project_is_known_from_its_day_on(tmp_path: Path) -> None:
    """Texts of the window's own projects would tell what was supported."""
    awards = [*AWARDS, Award("a", "p", date(2019, 7, 1), "a mill"), Award("b", "p", date(2021, 7, 1), "a dam")]
    folder = _write(tmp_path, awards)
    assert [row["text"] for row in node_rows(folder, "Project")] == ["a mill", "a dam"]
    assert [row["time"] for row in edge_rows(folder, CARRIED_OUT)] == ["2019-07-01", "2021-07-01"]
    (known,) = stage_of(folder, "test").known.relations
    assert len(known) == 1


def test_items_ask_for_organisations_in_the_reverse_task(tmp_path: Path) -> None:
    task = AwardTask("reverse", "", "", WINDOWS, reverse=True, more={"candidate_seen": True})
    folder = _write(tmp_path, AWARDS, task)
    assert answers_of(folder, "test") == {"q": {"a"}, "r": {"b"}}
    assert candidates_of(folder, "test") == {"a", "b"}


def test_awards_with_a_split_are_divided_by_it(tmp_path: Path) -> None:
    awards = [
        Award("a", "p", date(2018, 1, 1), split="train"),
        Award("b", "q", date(2018, 1, 1), split="train"),
        Award("a", "q", None, split="valid"),
        Award("b", "p", None, split="test"),
    ]
    folder = _write(tmp_path, awards, AwardTask("split", "", "", refit="train"))
    assert answers_of(folder, "valid") == {"a": {"q"}}
    assert answers_of(folder, "test") == {"b": {"p"}}


def test_a_day_is_a_day_or_a_year(tmp_path: Path) -> None:
    assert award_day(tmp_path, "2014-03-02") == date(2014, 3, 2)
    assert award_day(tmp_path, "2014") == date(2014, 1, 1)


@pytest.mark.parametrize("text", ["", "14", "2014-13-01", "year"])
def test_a_day_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SourceError, match=f"'{text}' is neither an ISO day nor a year; fetch"):
        award_day(tmp_path, text)


def test_descriptions_are_read_by_their_key(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.csv", ["id,name,more", "x, two  words ,1"])
    assert descriptions(tmp_path / "a.csv", "id", ("name",)) == {"x": {"name": "two words"}}
    write_lines(tmp_path / "a.csv", ["id,name", ",1"])
    with pytest.raises(SourceError, match="id is empty in 1 of 1 rows"):
        descriptions(tmp_path / "a.csv", "id", ("name",))
    with pytest.raises(SourceError, match=r"id is empty"):
        award_rows(tmp_path / "a.csv", ("id", "name"), ("id", "name"))


def test_an_award_of_what_no_file_describes_is_refused(tmp_path: Path) -> None:
    awards = [Award("a", "p", date(2018, 1, 1)), Award("a", "x", date(2018, 1, 1))]
    with pytest.raises(SourceError, match="'x' is in no other file; fetch all files"):
        require_known(tmp_path, awards, AwardSet(awards, ORGANISATIONS, ITEMS))
