"""Negatives that were chosen with knowledge of the window."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.bench.catalogue import ModelChoice
from recommender.bench.leaks import refuse_informed_negatives
from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.knowledge.known import Known
from recommender.knowledge.stages import Stage
from recommender.lab.experiment import Experiment, Request
from recommender.measure.arrays import Floats, Indices
from tests.recommender.bench.models import PopularScorer
from tests.recommender.engine.small_engine import clubs, quick
from tests.recommender.folders import World, shop


def drawn(stage: Stage, rng: np.random.Generator, *, informed: bool) -> Indices:
    known = stage.known.history.toarray() > 0
    if informed:
        known[stage.questions.query] |= stage.positives.toarray() > 0
    query = rng.integers(known.shape[0], size=20_000)
    weight = 1.0 + stage.known.history.sum(axis=0)
    candidate = rng.choice(known.shape[1], p=weight / weight.sum(), size=20_000)
    free = ~known[query, candidate]
    return np.stack([query[free], candidate[free]], axis=1)


def test_negatives_that_avoid_the_answers_are_refused(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    negatives = drawn(stage, np.random.default_rng(8), informed=True)
    with pytest.raises(EvaluationError, match=r"0 of \d+ negatives are answers .* where \d+ are to be expected"):
        refuse_informed_negatives(negatives, stage)


def test_negatives_drawn_from_all_that_is_not_known_pass(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    refuse_informed_negatives(drawn(stage, np.random.default_rng(8), informed=False), stage)


def test_negatives_in_narrow_integers_pass(tmp_path: Path) -> None:
    """One byte holds each of 60 queries and 80 candidates but not their product, as four do not in a large folder."""
    world = shop()
    # Products that overflow fall among the codes of the first two users, which are no answers here.
    world.target = [row for row in world.target if row[0] not in ("u00", "u01") or row[3] == "train"]
    stage = world.stage(tmp_path)
    negatives = drawn(stage, np.random.default_rng(8), informed=False)
    refuse_informed_negatives(negatives.astype(np.int8), stage)


def test_few_negatives_without_an_answer_prove_nothing(tmp_path: Path) -> None:
    stage = shop().stage(tmp_path)
    refuse_informed_negatives(drawn(stage, np.random.default_rng(8), informed=True)[:200], stage)
    refuse_informed_negatives(np.empty((0, 2), dtype=np.int64), stage)


class ShowingScorer(PopularScorer):
    """Shows the negatives that it was fitted to."""

    def __init__(self, known: Known, negatives: Indices) -> None:
        super().__init__(np.bincount(known.pairs.candidate, minlength=len(known.candidates)).astype(np.float32))
        self.negatives = negatives


@dataclass(frozen=True)
class Sampler:
    """Draws negatives from a window that it was shown behind the back of the run."""

    window: Stage = field(compare=False)
    informed: bool
    name: str = "sampler"

    def fit(self, known: Known, rng: np.random.Generator) -> ShowingScorer:
        return ShowingScorer(known, drawn(self.window, rng, informed=self.informed))


def run(folder: Path, *, informed: bool) -> None:
    sampler = Sampler(shop().stage(folder / "data"), informed)
    request = Request(folder / "data", folder / "out", ModelChoice(("sampler",), only=True), seeds=1, encoder="none")
    Experiment(request, available=lambda *_: ({"sampler": (sampler,)}, {})).run()


def test_a_run_refuses_a_scorer_that_shows_informed_negatives(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"sampler: 0 of \d+ negatives are answers of the test window"):
        run(tmp_path, informed=True)
    assert not (tmp_path / "out" / "metrics.json").exists()


def test_a_run_takes_a_scorer_whose_negatives_know_nothing_of_the_window(tmp_path: Path) -> None:
    run(tmp_path, informed=False)
    assert (tmp_path / "out" / "metrics.json").is_file()


def test_what_the_engine_learns_from_is_the_same_whatever_the_answers_are(tmp_path: Path) -> None:
    """Rows drawn for its training among them: other answers of the same questions change no score by a bit."""

    def scores(world: World, name: str) -> Floats:
        bench = RecommendBench(world.write(tmp_path / name), {})
        engine = EngineEstimator("engine", quick(), Mix({"binary": 0.5}, 0.5))
        return bench.fit(engine, "test", 0).score(bench.given_questions("test"))

    others = clubs()
    had = {row[:2] for row in others.target}
    free = iter([f"i{item:03}" for item in range(60)] * 90)
    others.target = [
        (row[0], next(item for item in free if (row[0], item) not in had), *row[2:]) if row[3] == "test" else row
        for row in others.target
    ]
    assert {row[:2] for row in others.of("test")}.isdisjoint(row[:2] for row in clubs().of("test"))
    np.testing.assert_array_equal(scores(clubs(), "one"), scores(others, "other"))
