"""Who takes part in an evaluation, and the engine as one of them."""

from __future__ import annotations

import pytest

from graph_schema.errors import ModelError
from recommender.knowledge.tasks import get_task
from recommender.publish.contenders import Engine, all_contenders, contenders, simple_contenders
from recommender.publish.task_training import TrainConfig
from recommender.served.evaluation.contender import Contender
from recommender.served.evaluation.figures import Settings
from recommender.served.evaluation.runner import evaluate
from recommender.served.scorers.families import FAMILIES, GRIDS, LEARNED
from tests.recommender.served.evaluation.graphs import circle_vectors, two_circles

SIMPLE = tuple(name for name in FAMILIES if name not in LEARNED)


def test_every_scorer_takes_part_with_its_grid() -> None:
    contenders = {each.name: each for each in all_contenders()}
    assert set(contenders) == {"chance", *FAMILIES, "engine"}
    assert set(GRIDS) <= set(FAMILIES)
    for name, grid in GRIDS.items():
        assert len(contenders[name].variants) == len(grid) > 1
    assert {name for name, each in contenders.items() if not each.simple} <= {"engine", *LEARNED}


def test_an_unknown_scorer_is_named() -> None:
    with pytest.raises(ModelError, match="unknown scorer 'oracle'"):
        contenders(("oracle",))


@pytest.mark.slow
def test_all_simple_scorers_and_the_engine_run_through() -> None:
    """On two circles everything that sees who filed with whom, or reads, stands above chance."""
    snapshot = two_circles(patents=400).snapshot()
    engine = Engine(TrainConfig(scorers=SIMPLE, min_positives=10, min_valid=4))
    contenders = (*simple_contenders(), Contender("engine", (engine,), simple=False))
    settings = Settings(samples=200, seeds=(0, 1))
    report = evaluate(snapshot, get_task("partners"), contenders, circle_vectors(snapshot), settings)
    chance = report.scorer("chance").slices["all"]["ndcg@10"].mean
    for name in ("content-knn", "item-knn", "graph-walk", "engine"):
        assert report.scorer(name).slices["all"]["ndcg@10"].mean > chance
