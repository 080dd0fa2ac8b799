"""What competes to serve a task suits its data, and its size."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.catalogue import ModelChoice
from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.episodes import Style
from recommender.engine.estimator import EngineEstimator
from recommender.engine.pretrained.estimator import PretrainedEstimator
from recommender.knowledge.known import Estimator
from recommender.knowledge.task_data import TaskData, TaskInput
from recommender.knowledge.tasks import get_task
from recommender.lab.available import Resources, available_models
from recommender.lab.experiment import Experiment, Request
from recommender.models import served
from recommender.models.served import LEARNED, SIMPLE, EngineSize, learned_rows, simple_rows
from recommender.publish.task_training import TrainConfig, trial_of
from recommender.scorers.registry import simple_contenders
from tests.recommender.contracts.estimators import EstimatorContract
from tests.recommender.engine.small_engine import clubs
from tests.recommender.fixtures import SMALL_ENGINE, planted_city
from tests.recommender.folders import World, consortia, people, shop
from tests.recommender.scorers.small import WORLDS


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> RecommendBench:
    return RecommendBench(shop().write(tmp_path_factory.mktemp("shop")), {})


class TestFirstToServe(EstimatorContract):
    """What is preferred to serve keeps to the contract of estimators."""

    @pytest.fixture
    def estimator(self, bench: RecommendBench) -> Estimator:
        return learned_rows(bench.stage("valid"), SMALL_ENGINE)[0]


@pytest.mark.parametrize("world", [shop, consortia, people])
def test_every_variant_ranks_every_kind_of_world(world: Callable[[], World], tmp_path: Path) -> None:
    bench = RecommendBench(world().write(tmp_path), {})
    for estimator in learned_rows(bench.stage("valid"), SMALL_ENGINE):
        outcome = bench.rank(bench.fit(estimator, "valid", 0), "valid", "served")
        assert np.isfinite(outcome.lists.scores).all()


def test_the_row_of_the_bench_is_what_training_lets_compete(tmp_path: Path) -> None:
    snapshot = planted_city().snapshot(tmp_path)
    trial = trial_of(TaskData(snapshot, get_task("programs"), {}, TaskInput()), config := TrainConfig(("programs",)))
    assert trial is not None
    (learned,) = (each for each in trial.contenders(config) if each.name == "engine")
    others = available_models(trial.bench, Resources(("served",)))[1]
    assert others == {"served": learned.variants}
    assert {type(each) for each in learned.variants} == {EngineEstimator, PretrainedEstimator}
    assert len(learned.variants) == sum(
        len(rows(trial.bench.stage("valid"), EngineSize())) for rows in LEARNED.values()
    )


def test_simple_scorers_and_pretrained_weights_count_beside_what_is_learned(tmp_path: Path) -> None:
    """As in the engine of experiments; first where they may, since an average is the safest."""
    data = TaskData(planted_city().snapshot(tmp_path), get_task("programs"), {}, TaskInput())
    trial = trial_of(data, TrainConfig(("programs",)))
    assert trial is not None
    valid = trial.bench.stage("valid")
    candidates = int(valid.is_candidate.sum())
    for pool, beside in ((candidates, {"fine-tuned", "simple-blend"}), (candidates - 1, {"simple-blend"})):
        rows = learned_rows(valid, replace(SMALL_ENGINE, pool=pool), ("engine",))
        mixes = [each.mix for each in rows if isinstance(each, EngineEstimator)]
        assert set(mixes[0].beside) == set(mixes[1].beside) == beside
        assert not any(mix.beside for mix in mixes[2:])


def test_a_part_alone_and_where_it_is_not_named(bench: RecommendBench) -> None:
    valid = bench.stage("valid")
    rows = learned_rows(valid, SMALL_ENGINE, ("popularity", "pretrained"))
    assert {type(each) for each in rows} == {PretrainedEstimator}
    assert learned_rows(valid, SMALL_ENGINE, SIMPLE) == ()
    assert not available_models(bench, Resources(("popularity",)))[1]
    assert "served" not in available_models(bench, Resources(("auto",)))[1]
    assert "served" in available_models(bench, Resources(("all",)))[1]


@pytest.mark.parametrize(("world", "dated"), [(shop, True), (clubs, False)])
def test_a_report_says_what_falls_away_in_a_folder(world: Callable[[], World], tmp_path: Path, *, dated: bool) -> None:
    world().write(tmp_path / "data")
    wanted = ModelChoice(("served",), only=True)
    experiment = Experiment(Request(tmp_path / "data", tmp_path / "out", wanted, encoder="none"))
    assert [each.name for each in experiment.contenders] == ["served"]
    (note,) = experiment.notes
    assert "a folder has no rules of eligibility as a service has, so it ranks without them" in note.en
    assert ("nor any season" in note.en) is ("철도 보지" in note.ko) is (not dated)
    assert (Style.of(experiment.bench.stage("valid")).span > 0) is dated
    plain = Experiment(Request(tmp_path / "data", tmp_path / "out", ModelChoice(("ease",)), encoder="none"))
    assert plain.notes == ()


def test_all_simple_scorers_compete_where_the_data_let_them() -> None:
    known = WORLDS["rich"]
    rows = simple_rows(known)
    assert tuple(rows) == SIMPLE
    assert rows["simple-blend"] == simple_contenders(known)["simple-blend"], "as many settings as experiments try"


def test_the_blend_does_not_compete_over_more_candidates_than_its_linear_model_is_quick_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = WORLDS["rich"]
    candidates = int(known.is_candidate.sum())
    for most, competes in ((candidates, True), (candidates - 1, False)):
        monkeypatch.setattr(served, "MOST_BLENDED", most)
        assert ("simple-blend" in simple_rows(known)) is competes
