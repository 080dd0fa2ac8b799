"""What a run is expected to take, from the sizes of its data alone."""

from __future__ import annotations

import pytest

from recommender.bench.bench import Bench
from recommender.bench.contender import Contender, Role
from recommender.bench.estimate import _completing, estimate_run, estimate_work
from recommender.bench.recommend_bench import RecommendBench
from recommender.bench.schedule import Work
from tests.recommender.folders import shop

SIMPLE = Contender("popularity", (1, 2))
ENGINE = Contender("auto", (1, 2, 3), Role.ENGINE)
SHUFFLED = Contender("engine-shuffled-graph", (1,), Role.CONTROL, most_seeds=2)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return RecommendBench(shop().write(tmp_path_factory.mktemp("shop")), {})


def test_fits_count_settings_seeds_and_what_a_control_is_given(bench: Bench) -> None:
    assert estimate_run(bench, [SIMPLE], 5, 20.0).fits == 2 + 2
    assert estimate_run(bench, [SIMPLE, ENGINE, SHUFFLED], 5, 20.0).fits == (2 + 2) + (3 + 5) + 2


def test_simple_models_alone_take_nothing_of_the_engine(bench: Bench) -> None:
    alone, together = (estimate_run(bench, rows, 5, 20.0) for rows in ([SIMPLE], [SIMPLE, ENGINE]))
    assert alone.engine_minutes == 0 < together.engine_minutes
    assert alone.simple_minutes == together.simple_minutes
    assert alone.memory_mib < together.memory_mib


def test_more_seeds_take_longer_but_for_a_control_of_few(bench: Bench) -> None:
    two, five = (estimate_run(bench, [ENGINE], seeds, 20.0).engine_minutes for seeds in (2, 5))
    assert five > two
    few, many = (estimate_run(bench, [SHUFFLED], seeds, 20.0).engine_minutes for seeds in (2, 5))
    assert few == many


def test_a_tiny_set_takes_what_learning_takes_at_least(bench: Bench) -> None:
    """600 edges: 40 s of one core were measured for both rows with two seeds, where products of sizes say 2.4 s."""
    assert 20 / 60 < estimate_run(bench, [ENGINE, SHUFFLED], 2, 0.5).engine_minutes < 120 / 60
    assert estimate_run(bench, [SIMPLE], 2, 0.5).simple_minutes > 4 * 0.1 / 60
    for role in (Role.SIMPLE, Role.ENGINE):
        assert estimate_work(bench, [Contender("any", (1,), role)], 0.5)[Work("any", "test", "fit")] > 0.1


def test_the_budget_bounds_a_training_of_triples() -> None:
    small, large = _completing(10_432, 135, 20.0), _completing(10**9, 10**6, 20.0)
    assert 0 < small < 2
    assert large == pytest.approx(20.0)
