"""The engine against the true rule: one window, the share of the gap, and a city that is really the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from benchmarks.oracle import main
from cli.city import CityOracle, rebuilt
from loaders.synthesize.synthesis import synthesize
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import promote
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import TrainInput, train
from recommender.snapshot.snapshot import open_snapshot, write_snapshot
from stores.embedded import EmbeddedStore
from stores.home import Home
from tests.loaders.synthesize.surroundings import fill
from tests.recommender.fixtures import SMALL_ENGINE, WordEncoder

UNTIL = date(2026, 3, 1)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """Return a home with a city of 400 companies and a model of it."""
    home = Home(tmp_path_factory.mktemp("home"))
    with EmbeddedStore(home.graph) as store:
        fill(store)
        synthesize(store, companies=400, seed=7, until=UNTIL)
        write_snapshot(store, home.snapshots)
    snapshot = open_snapshot(home.snapshots)
    config = TrainConfig(tasks=("programs",), scorers=("popularity", "engine"), engine=SMALL_ENGINE)
    with EmbeddedStore(home.graph, read_only=True) as store:
        beside = TrainInput(oracle=CityOracle(rebuilt(store, snapshot, 7, UNTIL)))
    version = train(snapshot, home.path, config, encoder=WordEncoder(), beside=beside)
    promote(ModelRegistry(home.models), version, "a test")
    return home


def test_the_rule_is_asked_on_the_window_that_the_model_was_tested_on(home: Home, tmp_path: Path) -> None:
    """The figures of the scorers are those of the model, and the rule is far ahead of them."""
    main(["--home", str(home.path), "--out", str(tmp_path)])
    facts = json.loads((tmp_path / "oracle.json").read_text(encoding="utf-8"))
    task = facts["tasks"][0]
    model = json.loads((home.models / facts["model"] / "bundle.json").read_text(encoding="utf-8"))["tasks"]["programs"]
    served = task["served"]
    assert served["scorers"]["popularity"] == model["ndcg"]["popularity"] == served["best_simple"]["mean"]
    assert served["engine"]["mean"] == pytest.approx(model["ndcg"]["engine"])
    assert task["bare"]["best_simple"]["mean"] <= served["best_simple"]["mean"]
    assert task["gained"]["mean"] == pytest.approx(served["engine"]["mean"] - task["bare"]["engine"]["mean"])
    assert task["rules"] == model["rules"]
    known = model["gap_closed"]
    assert (known["model"], known["baseline"]) == ("engine", "popularity")
    assert known["oracle"] == pytest.approx(task["rule"]["mean"])
    assert [known[name] for name in ("share", "low", "high")] == pytest.approx(
        [served["share"][name] for name in ("mean", "low", "high")]
    )
    card = (home.models / facts["model"] / "model_card.md").read_text(encoding="utf-8")
    assert f"The true rule (oracle) has NDCG@10 {known['oracle']:.4f}; engine closes " in card
    assert task["askers"] == model["askers"]
    assert task["days"] == list(model["promotion"]["windows"])
    assert task["rule"]["mean"] > served["best_simple"]["mean"] + 0.1
    assert served["share"]["low"] <= served["share"]["mean"] <= served["share"]["high"] < 1
    table = (tmp_path / "oracle.md").read_text(encoding="utf-8")
    assert "| programs |" in table
    assert "| programs, without rules |" in table
