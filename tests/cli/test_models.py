"""Training from the command line: what serves before and after, and nothing that is lost by the way."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from api.feedback_journal import FeedbackJournal
from recommender.engine.estimator import EngineEstimator
from recommender.publish.registry import ModelRegistry
from tests.api.test_rejections import event
from tests.command_line import Run
from tests.recommender.fixtures import WordEncoder, planted_city


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the snapshot of a small city once; each test trains on a copy."""
    home = tmp_path_factory.mktemp("city")
    planted_city().snapshot(home)
    return home


@pytest.fixture
def registry(run: Run, home: Path, snapshots: Path, monkeypatch: pytest.MonkeyPatch) -> ModelRegistry:
    """Give a home with a snapshot; experts and spaces have no pairs there, so they are trained at once."""
    assert run
    monkeypatch.setattr("recommender.publish.training.load_encoder", lambda _name, _cache: WordEncoder())
    shutil.copytree(snapshots, home)
    return ModelRegistry(home / "models")


def _train(run: Run, *arguments: object) -> dict[str, object]:
    result = run("train", *arguments, "--json")
    assert result.exit_code == 0, result.output
    told: dict[str, object] = json.loads(result.stdout)
    return told


def test_training_one_task_leaves_the_others_in_service_and_says_what_served_before(
    run: Run, registry: ModelRegistry
) -> None:
    first = _train(run, "--task", "experts", "--task", "spaces")
    assert (first["in_service"], first["previous"]) == (True, None)
    second = _train(run, "--task", "experts", "--reason", "a trial")
    assert registry.current() == second["model_version"]
    assert second["previous"] == first["model_version"]
    assert second["compared_with_previous"] is False
    content = {"scorer": "content-knn", "verdict": "content"}
    assert second["tasks"] == {name: {"before": content, "now": content} for name in ("experts", "spaces")}
    assert [row["reason"] for row in registry.history()] == ["trained experts, spaces", "a trial"]
    said = run("train", "--task", "experts").stdout
    assert "experts: content-knn (content) → content-knn (content: Dated links are too few" in said
    assert f"carried over from {first['model_version']}" in said
    assert f"is in service in place of {second['model_version']}" in said


def test_a_model_is_not_let_in_where_tasks_would_be_lost(run: Run, registry: ModelRegistry) -> None:
    first = _train(run, "--task", "experts", "--task", "spaces")["model_version"]
    refused = run("train", "--task", "experts", "--until", "2025-06-01", "--json")
    assert refused.exit_code == 1
    told = json.loads(refused.stdout)
    assert told["in_service"] is False
    assert registry.current() == first
    assert Path(told["model_card"]).exists()
    again = run("models", "promote", told["model_version"])
    assert again.exit_code == 1
    assert "does not answer spaces" in str(again.exception)
    let_go = run("models", "promote", told["model_version"], "--drop-tasks", "--reason", "spaces are closed")
    assert let_go.exit_code == 0
    assert "spaces: content-knn → no longer answered" in let_go.stdout
    assert registry.current() == told["model_version"]
    assert registry.history()[-1]["reason"] == "spaces are closed"


def test_a_model_may_be_written_without_serving(run: Run, registry: ModelRegistry) -> None:
    told = _train(run, "--task", "experts", "--no-promote")
    assert told["in_service"] is False
    assert registry.current() is None
    assert registry.versions() == [told["model_version"]]
    assert "is written, but not in service" in run("train", "--task", "experts", "--no-promote").stdout


def test_a_learned_model_that_fails_is_told_and_ends_the_command_with_one(
    run: Run, registry: ModelRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A simple scorer serves, but who trains by night must see that nothing was learned."""

    def exhausted(*_: object) -> None:
        raise MemoryError("no room")

    monkeypatch.setattr(EngineEstimator, "fit", exhausted)
    shown = run("train", "--task", "programs", "--jobs", 1)
    assert shown.exit_code == 1
    assert "programs: content-knn (failed: The learned model could not be made" in shown.stdout
    assert "  engine failed: engine: MemoryError: no room" in shown.stdout
    assert str(shown.exception) == "programs: engine failed, engine: MemoryError: no room"
    assert registry.current() == registry.versions()[-1]
    result = run("train", "--task", "programs", "--jobs", 1, "--json")
    assert result.exit_code == 1
    said = json.loads(result.stdout)
    assert (said["verdicts"], said["unjudged"]) == ({"programs": "failed"}, {})
    assert said["failed"] == {"programs": {"engine": dict.fromkeys(("ko", "en"), "engine: MemoryError: no room")}}
    assert _train(run, "--task", "experts")["failed"] == said["failed"], "what is carried over says what it said"


def test_the_list_shows_when_each_served(run: Run, registry: ModelRegistry) -> None:
    first, second = (str(_train(run, "--task", "experts")["model_version"]) for _ in range(2))
    back = json.loads(run("models", "rollback", "--reason", "worse", "--json").stdout)
    assert (back["model_version"], back["previous"]) == (first, second)
    served = json.loads(run("models", "list", "--json").stdout)["served"]
    assert [each["until"] is None for each in served[first]] == [False, True]
    assert served[second] == [{"from": served[first][0]["until"], "until": served[first][1]["from"]}]
    assert "… now" in run("models", "list").stdout
    assert registry.current() == first


def test_a_journal_full_of_nonsense_leaves_training_working_and_is_reported(
    run: Run, registry: ModelRegistry, home: Path
) -> None:
    with closing(FeedbackJournal(home / "feedback.sqlite")) as journal:
        journal.append("portal", [event(number, "rejected", "not_relevant") for number in range(8)])
    with closing(sqlite3.connect(home / "feedback.sqlite")) as raw, raw:
        raw.execute("UPDATE feedback SET occurred_at = '9999-12-31T23:00:00+00:00' WHERE sequence <= 6")
        raw.execute("UPDATE feedback SET item = x'ff00', task = 3 WHERE sequence = 7")
    told = _train(run, "--task", "experts")
    assert told["unusable_feedback"] == [
        {
            "why": {
                "ko": "occurred_at이 2000년부터 내일까지의 시간대 있는 시각이 아님",
                "en": "occurred_at is not a time with its zone between 2000 and tomorrow",
            },
            "count": 6,
            "first": [1, 2, 3, 4, 5],
        },
        {"why": {"ko": "알 수 없는 과제", "en": "unknown task"}, "count": 1, "first": [7]},
    ]
    rows = json.loads((registry.path(str(told["model_version"])) / "rejections.json").read_text())
    assert [row[3] for row in rows] == ["2026-03-02"]
    said = run("train", "--task", "experts").stdout
    assert "feedback left out: 6 × occurred_at is not a time" in said
    assert "(sequence 1, 2, 3, 4, 5, …)" in said
    run("feedback", "withdraw", *range(1, 8), "--reason", "nonsense")
    assert _train(run, "--task", "experts")["unusable_feedback"] == []
