"""Rows of the pretrained engine in a report."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.bench.recommend_bench import RecommendBench
from recommender.lab.available import Means, available_models
from recommender.models.pretrained import FINE_TUNED, PRETRAINED, pretrained_contenders
from tests.recommender.folders import consortia, people, shop


@pytest.mark.parametrize("world", [shop, consortia, people])
def test_every_row_ranks_every_kind_of_world(world: object, tmp_path: Path) -> None:
    bench = RecommendBench(world().write(tmp_path), {})  # type: ignore[operator]
    rows = pretrained_contenders(bench.known("valid"))
    assert list(rows) == [PRETRAINED, FINE_TUNED]
    for name, (estimator,) in rows.items():
        assert estimator.name == name
        outcome = bench.rank(bench.fit(estimator, "valid", 0), "valid", name)
        assert np.isfinite(outcome.lists.scores).all()


def test_they_run_where_they_are_named_alone(tmp_path: Path) -> None:
    bench = RecommendBench(shop().write(tmp_path), {})
    assert {PRETRAINED, FINE_TUNED} <= available_models(bench, Means((PRETRAINED,)))[1].keys()
    assert not {PRETRAINED, FINE_TUNED} & available_models(bench, Means(("auto",)))[1].keys()
