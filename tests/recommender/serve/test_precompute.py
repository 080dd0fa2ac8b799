"""Scores worked out beforehand give the answers that would be given without them."""

from __future__ import annotations

import shutil
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from graph_schema.errors import ConfigError, ModelError
from graph_schema.model import NodeRef
from recommender.knowledge.tasks import TASKS
from recommender.language.answers import Answer
from recommender.serve import precompute as module
from recommender.serve import takers
from recommender.serve.precompute import precompute
from recommender.serve.recommender import Recommender, open_recommender
from recommender.serve.score_table import ScoreTable
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import CALIBRATED, TODAY, city, write_home

LINEAR = sorted(set(TASKS) - {"partners"})


def opened(home: Path, *, reading: bool) -> Recommender:
    found = open_recommender(home)
    return Recommender(found.snapshot, found.bundle, WordEncoder, home / "scores" / "v1" if reading else None)


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    home = write_home(folder, city().written(folder / "snapshots"), "content-knn", CALIBRATED)
    precompute(home)
    return home


@pytest.fixture
def home(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "home"))


def without_scorers(home: Path, monkeypatch: pytest.MonkeyPatch) -> Recommender:
    """Return a recommender that can only read what was worked out beforehand."""
    recommender = opened(home, reading=True)
    for task in LINEAR:
        assert recommender.scores.kept(task) is not None
    monkeypatch.setattr(recommender.bundle, "scorer", lambda task: pytest.fail(f"{task} was computed"))
    return recommender


def answers(recommender: Recommender, task: str) -> list[Answer]:
    data = recommender.bundle.data(task)
    askers = [data.query_ref(row) for row in range(0, data.n_queries, 9)]
    return [recommender.recommend(task, asker, n=4, as_of=TODAY) for asker in askers]


@pytest.mark.parametrize("task", LINEAR)
def test_lists_are_those_that_the_model_gives(home: Path, task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, computing = without_scorers(home, monkeypatch), opened(home, reading=False)
    assert answers(reading, task) == answers(computing, task)


@pytest.mark.parametrize("task", LINEAR)
def test_who_takes_a_candidate_is_read_too(home: Path, task: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are those that would be computed if all askers were scored then and not the likeliest alone."""
    monkeypatch.setattr(takers, "_ASKERS_SCORED", 10_000)
    reading, computing = without_scorers(home, monkeypatch), opened(home, reading=False)
    data = computing.bundle.data(task)
    for column in range(0, data.n_candidates, 2):
        candidate = data.candidate_ref(column)
        assert reading.reverse(task, candidate, as_of=TODAY) == computing.reverse(task, candidate, as_of=TODAY)


def test_a_second_run_goes_on_where_the_first_stopped(home: Path) -> None:
    task = "programs"
    table = opened(home, reading=True).scores.table(task)
    (table.folder / "000000000.f4").unlink()
    told: list[tuple[int, int | None]] = []
    found = {
        each.task: each for each in precompute(home, progress=lambda _what, done, total: told.append((done, total)))
    }
    assert sorted(found) == LINEAR, "companies for companies would be the square of them"
    assert {name: each.scored for name, each in found.items() if each.scored} == {task: table.n_askers}
    assert told == [(table.n_askers, table.n_askers)]
    assert table.finished


def test_scores_that_the_model_no_longer_gives_are_not_read_and_made_anew(home: Path) -> None:
    recommender = opened(home, reading=True)
    table = recommender.scores.table("programs")
    true = table.rows(np.arange(table.n_askers))
    table.write(np.arange(table.n_askers), true + 1)
    assert recommender.scores.kept("programs") is None
    assert not recommender.scores.agrees("programs")
    precompute(home, ["programs"])
    assert np.array_equal(table.rows(np.arange(table.n_askers)), true)


def test_a_server_that_runs_takes_up_what_was_finished_since(home: Path) -> None:
    scores = opened(home, reading=True).scores
    (scores.table("experts").folder / "finished").unlink()
    assert scores.kept("experts") is None
    scores.table("experts").finish()
    assert isinstance(scores.kept("experts"), ScoreTable)


def test_a_server_whose_scores_were_deleted_computes_again(home: Path) -> None:
    reading, computing = opened(home, reading=True), opened(home, reading=False)
    assert reading.scores.kept("programs") is not None
    shutil.rmtree(home / "scores")
    assert answers(reading, "programs") == answers(computing, "programs")


def test_scores_of_other_models_are_deleted(home: Path) -> None:
    (home / "scores" / "v0" / "programs").mkdir(parents=True)
    precompute(home, ["programs"])
    assert [path.name for path in (home / "scores").iterdir()] == ["v1"]


def test_a_disk_without_room_is_told_before_anything_is_scored(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(home / "scores")
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))
    with pytest.raises(ConfigError, match=r"take 0\.0 GB more .* free some space, or name single tasks with --task"):
        precompute(home)
    assert not (home / "scores").exists()


def test_what_is_there_already_needs_no_room(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module.shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))
    assert {each.scored for each in precompute(home)} == {0}


def test_scores_that_are_not_finite_are_refused_before_they_are_written(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scores = opened(home, reading=True).scores
    rows = np.arange(2)
    wrong = np.full((2, len(scores._bundle.data("programs").known.candidates)), np.nan, dtype=np.float32)
    monkeypatch.setattr(scores._bundle, "scorer", lambda _task: SimpleNamespace(score=lambda _asked: wrong))
    with pytest.raises(ModelError, match="not finite"):
        scores.computed("programs", rows)


def test_opened_without_a_folder_nothing_is_looked_for(home: Path) -> None:
    scores = opened(home, reading=False).scores
    assert scores.kept("programs") is None
    with pytest.raises(ModelError, match="without a folder of scores"):
        scores.table("programs")


def test_one_who_does_not_ask_is_told_so_as_without(home: Path) -> None:
    with pytest.raises(Exception, match="cannot ask for") as read:
        opened(home, reading=True).recommend("programs", NodeRef("Program", "P7"), as_of=TODAY)
    with pytest.raises(type(read.value)):
        opened(home, reading=False).recommend("programs", NodeRef("Program", "P7"), as_of=TODAY)
