"""The engine against the true rule: one window, the share of the gap, and a city that is really the same."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from benchmarks.oracle import closed, main, rebuilt
from graph_schema.errors import ConfigError
from loaders.synthesize.synthesis import synthesize
from recommender.publish.registry import ModelRegistry
from recommender.publish.succession import promote
from recommender.publish.task_training import TrainConfig
from recommender.publish.training import train
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
        snapshot = write_snapshot(store, home.snapshots)
    config = TrainConfig(tasks=("programs",), scorers=("popularity", "engine"), engine=SMALL_ENGINE)
    promote(ModelRegistry(home.models), train(snapshot, home.path, config, encoder=WordEncoder()), "a test")
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
    assert task["askers"] == model["askers"]
    assert task["days"] == list(model["promotion"]["windows"])
    assert task["rule"]["mean"] > served["best_simple"]["mean"] + 0.1
    assert served["share"]["low"] <= served["share"]["mean"] <= served["share"]["high"] < 1
    table = (tmp_path / "oracle.md").read_text(encoding="utf-8")
    assert "| programs |" in table
    assert "| programs, without rules |" in table


def test_another_city_is_refused_with_the_remedy(home: Home) -> None:
    snapshot = open_snapshot(home.snapshots)
    with EmbeddedStore(home.graph, read_only=True) as store:
        assert len(rebuilt(store, snapshot, 7, UNTIL).players.companies) == 400
        with pytest.raises(ConfigError, match=r"400 companies, seed 8, .* give the --seed and --until"):
            rebuilt(store, snapshot, 8, UNTIL)


def test_the_share_of_the_gap_is_paired() -> None:
    """An engine half-way on every question is half-way in every resampling; without a gap there is no share."""
    simple, rule = np.array([0.0, 0.2, 0.4, 0.1]), np.array([1.0, 0.4, 0.8, 0.7])
    found = closed(simple, (simple + rule) / 2, rule, np.arange(4))
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))
    assert closed(simple, rule, simple, np.arange(4)) is None
