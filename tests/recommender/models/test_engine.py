"""Rows of the engine in a report."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.contender import config_of, hash_of
from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.estimator import EngineEstimator
from recommender.models import engine
from recommender.models.engine import ENGINE, engine_contenders, learning_seconds, questions_within
from recommender.scorers.lightgcn import LightGcn
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


@pytest.mark.parametrize("candidates", [1, 300, 1_000, 20_000, 200_000])
@pytest.mark.parametrize("sizes", [[10_000] * 8, [2_000, 700, 30, 0]])
def test_a_row_learns_from_as_many_questions_as_its_budget_has_time_for(candidates: int, sizes: list[int]) -> None:
    """Work is counted, not time: the questions of all episodes by the seconds of one, and the fixed part."""
    config, episodes = quick(), np.array(sizes)
    budgets = (0.1, 1.0, 2.0, 5.0, 9.9, 10.0, 20.0, 60.0)
    found = [questions_within(minutes, candidates, episodes, config) for minutes in budgets]
    assert found == sorted(found), "more time never means fewer"

    def needed(bound: int) -> float:
        return 8.0 + np.minimum(bound, episodes).sum() * learning_seconds(candidates, config)

    for minutes, asked in zip(budgets, found, strict=True):
        most = 1_000 if minutes < 10 else 3_000
        assert 50 <= asked <= most
        assert needed(asked) <= 60 * minutes or asked == 50
        assert needed(asked + 1) > 60 * minutes or asked == most, "no time is left unused"


def test_what_recommends_among_some_ten_thousands_learns_in_full_by_the_default_budget() -> None:
    config, many = replace(quick(), pool=1_000), np.full(8, 10_000)
    assert [questions_within(20.0, candidates, many, config) for candidates in (300, 17_000, 60_000)] == [3_000] * 3
    assert questions_within(1.0, 17_000, many, config) < questions_within(2.0, 17_000, many, config) < 1_000
    assert questions_within(6.0, 37_490, many, config) == 1_000, "as the folders of awards are measured"
    few = np.full(8, 150)
    assert questions_within(1.0, 415, few, config) == questions_within(2.0, 415, few, config) == 1_000


def test_where_a_budget_counts_it_stands_in_the_settings_of_every_row(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = RecommendBench(shop().write(tmp_path), {}).known("valid")

    def settings(minutes: float) -> list[str]:
        rows = engine_contenders(known, minutes, "cpu")
        return [hash_of(config_of(each)) for variants in rows.values() for each in variants]

    assert settings(1.0) == settings(2.0), "so few candidates that one minute is enough"
    monkeypatch.setattr(engine, "_FEWEST_QUESTIONS", 1)
    monkeypatch.setattr(engine, "_POOLED_SECONDS", 0.02)
    assert not set(settings(1.0)) & set(settings(2.0))


def test_a_companion_that_is_trained_for_every_episode_must_fit_the_budget(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = RecommendBench(clubs().write(tmp_path), {}).known("valid")
    work = LightGcn().work(known)
    monkeypatch.setattr(engine, "_WORK_A_MINUTE", work / 1.5)

    def companions(minutes: float) -> set[str]:
        row = engine_contenders(known, minutes, "cpu")[ENGINE][0]
        return {each.name for each in row.config.more} if isinstance(row, EngineEstimator) else set()

    assert companions(2.0) - companions(1.0) == {"lightgcn"}


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
