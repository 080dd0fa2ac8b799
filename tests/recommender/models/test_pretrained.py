"""Rows of the pretrained engine in a report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.catalogue import ModelChoice
from recommender.bench.model_names import PRETRAINED_ROWS, SERVED
from recommender.bench.recommend_bench import RecommendBench
from recommender.lab.available import Resources, available_models
from recommender.lab.experiment import Experiment, Request
from recommender.models.pretrained import FINE_TUNED, PRETRAINED, pretrained_contenders
from tests.recommender.folders import World, consortia, people, shop


@pytest.mark.parametrize("world", [shop, consortia, people])
def test_every_row_ranks_every_kind_of_world(world: Callable[[], World], tmp_path: Path) -> None:
    bench = RecommendBench(world().write(tmp_path), {})
    rows = pretrained_contenders(bench.known("valid"))
    assert list(rows) == [PRETRAINED, FINE_TUNED]
    for name, (estimator,) in rows.items():
        assert estimator.name == name
        outcome = bench.rank(bench.fit(estimator, "valid", 0), "valid", name)
        assert np.isfinite(outcome.lists.scores).all()


def test_they_run_where_they_are_named_alone(tmp_path: Path) -> None:
    bench = RecommendBench(shop().write(tmp_path), {})

    def others(*models: str) -> set[str]:
        return set(available_models(bench, Resources(models))[1])

    assert others(PRETRAINED) == others("ease", FINE_TUNED) == {PRETRAINED, FINE_TUNED} == set(PRETRAINED_ROWS)
    assert not {PRETRAINED, FINE_TUNED} & others("auto")
    assert others(PRETRAINED, "auto") == {PRETRAINED, FINE_TUNED} | others("auto")
    assert others("all") == {PRETRAINED, FINE_TUNED, SERVED} | others("auto")


def test_they_are_asked_of_unseen_queries_too(tmp_path: Path) -> None:
    """They are models of their own; a control has no row there. Each comes alone, with the simple ones."""
    shop().write(tmp_path / "data")
    wanted = ModelChoice((PRETRAINED,))
    findings = Experiment(Request(tmp_path / "data", tmp_path / "out", wanted, seeds=1, encoder="none")).run()
    assert findings.hidden is not None
    for window in (findings.test, findings.hidden):
        names = {each.name for each in window.models}
        assert PRETRAINED in names
        assert "ease" in names
        assert not names & {"auto", "gnn", FINE_TUNED}
