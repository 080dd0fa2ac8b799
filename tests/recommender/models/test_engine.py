"""Rows of the engine in a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.contender import config_of, hash_of
from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.estimator import EngineEstimator
from recommender.models.engine import ENGINE, engine_contenders
from tests.recommender.engine.small_engine import clubs, quick
from tests.recommender.folders import consortia, people, shop

ROWS = ["engine", "engine-without-gnn", "gnn", "engine-without-graph", "engine-shuffled-graph"]


def small(estimator: EngineEstimator) -> EngineEstimator:
    config = estimator.config
    fast = quick(config.style)
    return replace(estimator, config=replace(config, episodes=fast.episodes, network=fast.network, trees=fast.trees))


@pytest.mark.parametrize("world", [shop, consortia, people, clubs])
def test_rows_and_variants_differ_in_their_settings(world: object, tmp_path: Path) -> None:
    bench = RecommendBench(world().write(tmp_path), {})  # type: ignore[operator]
    rows = engine_contenders(bench.known("valid"), 20.0, "cpu")
    assert list(rows) == ROWS
    for name, variants in rows.items():
        assert all(each.name == name for each in variants)
        assert len({hash_of(config_of(each)) for each in variants}) == len(variants)
    assert all(each.cache is rows[ENGINE][0].cache for variants in rows.values() for each in variants)


def test_the_most_even_blend_is_preferred_and_each_has_its_like_without_the_network(tmp_path: Path) -> None:
    """Companions together weigh half as much as networks and trees."""
    bench = RecommendBench(shop().write(tmp_path), {})
    contenders = engine_contenders(bench.known("valid"), 20.0, "cpu")
    rows = {name: [each.mix for each in row if isinstance(each, EngineEstimator)] for name, row in contenders.items()}
    first, alone = rows[ENGINE][0], rows["engine-without-gnn"][0]
    assert (dict(first.trees), first.network) == ({"binary": 0.25, "lambdarank": 0.25}, 0.5)
    assert (dict(alone.trees), alone.network) == ({"binary": 0.5, "lambdarank": 0.5}, 0.0)
    assert first.simple == alone.simple
    assert not first.simple or sum(first.simple.values()) == pytest.approx(0.5)
    assert rows[ENGINE] == rows["engine-shuffled-graph"]
    assert rows[ENGINE][-len(rows["engine-without-gnn"]) :] == rows["engine-without-gnn"]


def test_every_variant_scores(tmp_path: Path) -> None:
    """Settings are made small; what is blended, and with what, is as it is in a report."""
    bench = RecommendBench(clubs(n_users=45, n_items=30, n_clubs=3).write(tmp_path), {})
    for variants in engine_contenders(bench.known("valid"), 0.5, "cpu").values():
        made: dict[str, EngineEstimator] = {}
        for each in variants:
            estimator = small(each)
            estimator = replace(estimator, config=replace(estimator.config, more=estimator.config.more[-1:]))
            # One companion, the quickest to fit, stands for all.
            names = [f"{scorer.name}-0" for scorer in estimator.config.more]
            together = {name: sum(estimator.mix.simple.values()) for name in names if estimator.mix.simple}
            mix = replace(estimator.mix, simple=together)
            made[repr(mix)] = replace(estimator, mix=mix)
        assert made
        for estimator in made.values():
            outcome = bench.rank(bench.fit(estimator, "valid", 0), "valid", estimator.name)
            assert len(outcome.lists.scores) > 0
            assert np.isfinite(outcome.lists.scores).all()
