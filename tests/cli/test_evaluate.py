"""What may serve a task is compared as training compares it, without putting anything into service."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph_schema.errors import EvaluationError
from recommender.models.served import SIMPLE
from recommender.publish.bundle import read_bundle_spec
from recommender.publish.registry import ModelRegistry
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import train
from recommender.snapshot.snapshot import open_snapshot
from tests.command_line import Run
from tests.recommender.fixtures import WordEncoder, planted_city


@pytest.fixture
def city(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a home with a snapshot of calls, half of which are barred to all askers."""
    assert run
    graph = planted_city()
    graph.node("Region", "11", name="서울특별시", code="11")
    for place in range(12):
        graph.node("Program", f"Q{place:02}", title="서울 공고", kind="grant", nationwide=False)
        graph.link(("Program", "TARGETS", "Region"), f"Q{place:02}", "11")
    graph.snapshot(home)
    monkeypatch.setattr("recommender.text.encoder.load_encoder", lambda _name, _cache: WordEncoder())
    return home


def evaluated(run: Run, *arguments: object) -> dict[str, Any]:
    result = run("evaluate", "--task", "programs", *arguments, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_figures_are_those_by_which_training_decides(run: Run, city: Path) -> None:
    found = evaluated(run, "--seeds", 1)
    config = TrainConfig(("programs",), include_synthetic=False)
    version = train(open_snapshot(city / "snapshots"), city, config, encoder=WordEncoder())
    trained = read_bundle_spec(ModelRegistry(city / "models").path(version)).tasks["programs"]
    figures = {name: model["slices"]["all"]["ndcg@10"]["mean"] for name, model in found["models"].items()}
    assert figures.pop("served") == pytest.approx(trained.ndcg["engine"])
    assert figures == pytest.approx({name: value for name, value in trained.ndcg.items() if name != "engine"})
    assert set(figures) <= {*SIMPLE}
    assert trained.promotion is not None
    assert found["best_simple"] == trained.promotion.baseline
    assert trained.rules is not None
    assert "window, region" in next(note for note in found["notes"] if "behind the rules" in note)
    assert ModelRegistry(city / "models").current() is None


def test_simple_scorers_alone_are_those_that_may_serve(run: Run, city: Path) -> None:
    found = evaluated(run, "--simple", "--seeds", 1)
    assert set(found["models"]) <= {*SIMPLE}
    assert found["models"]["popularity"]["asked"]
    assert (city / "reports" / "programs" / "metrics.json").is_file()
    shown = run("evaluate", "--task", "programs", "--simple", "--seeds", 1)
    assert "popularity" in shown.stdout
    assert "report.html" in shown.stdout


def test_what_is_kept_of_a_run_is_not_taken_for_another_code_of_the_rules(
    run: Run, city: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = evaluated(run, "--simple", "--seeds", 1)["hashes"]
    assert city
    monkeypatch.setattr("recommender.lab.experiment.code_version", lambda kind: f"changed {kind}")
    after = evaluated(run, "--simple", "--seeds", 1)["hashes"]
    assert after == before | {"code_version": "changed serve"}


def test_a_task_with_too_few_dated_facts_is_told_with_what_serves_then(run: Run, city: Path) -> None:
    assert city
    for options, more in (((), "; load more, or let made-up facts take part with --synthetic"), (("--synthetic",), "")):
        result = run("evaluate", "--task", "experts", *options)
        assert isinstance(result.exception, EvaluationError)
        assert str(result.exception) == (
            "experts: too few dated facts for windows to choose and to test on, so `dure train` serves it by likeness "
            f"of texts{more or '; load more'}"
        )
