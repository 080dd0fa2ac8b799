"""The runner: tuning on valid, test once, seeds, slices, comparisons, refusals."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.knowledge.splits import Cuts
from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Floats
from recommender.served.evaluation.contender import Chance, Contender
from recommender.served.evaluation.figures import EvaluationReport, Settings
from recommender.served.evaluation.runner import evaluate
from recommender.served.queries import Queries
from recommender.served.scorers.content import ContentNeighbours
from recommender.served.scorers.popularity import Popularity
from recommender.served.task_data import TaskData
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.served.evaluation.graphs import circle_vectors, five_patents, two_circles

PARTNERS = get_task("partners")
SETTINGS = Settings(samples=300, seeds=(0, 1, 2))
CHANCE = Contender("chance", (Chance(),))


@dataclass(frozen=True)
class Recorded:
    """Scores at random and writes down what it was given: the day, and how many askers were scored."""

    log: list[tuple[str, date | None]] = field(default_factory=list, compare=False)
    weight: float = 1.0
    nan: bool = False
    name: str = "recorded"

    def fit(self, data: TaskData, rng: np.random.Generator) -> RecordedScorer:
        self.log.append((f"fit {self.weight}", data.before))
        values = rng.random(data.n_candidates).astype(np.float32)
        if self.nan:
            values[0] = np.nan
        return RecordedScorer(self, data, values)


@dataclass(frozen=True)
class RecordedScorer:
    """The same random scores for everyone."""

    config: Recorded
    data: TaskData
    values: Floats
    name: str = "recorded"

    def score(self, queries: Queries) -> Floats:
        self.config.log.append((f"score {self.config.weight}", self.data.before))
        return np.tile(self.values, (len(queries), 1))


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return two_circles().snapshot()


@pytest.fixture(scope="module")
def report(snapshot: Snapshot) -> EvaluationReport:
    contenders = (
        CHANCE,
        Contender("popularity", (Popularity(), Popularity(half_life_days=90.0))),
        Contender("content-knn", (ContentNeighbours(history_weight=0.0), ContentNeighbours())),
        Contender("random", (Recorded(),), simple=False),
    )
    return evaluate(snapshot, PARTNERS, contenders, circle_vectors(snapshot), replace(SETTINGS, run_depth=3))


def test_what_tells_the_circles_apart_wins(report: EvaluationReport) -> None:
    """Text knows the circle, popularity does not, chance knows nothing."""
    assert report.scorers[0].name == report.best_simple == "content-knn"
    best, chance = (report.scorer(name).slices["all"]["ndcg@10"] for name in ("content-knn", "chance"))
    assert best.low > chance.high
    against = report.scorer("chance").against
    assert against is not None
    assert against.high < 0
    assert against.p_value < 0.05
    assert report.scorers[0].against is None


def test_chance_is_exactly_what_a_random_order_gives(report: EvaluationReport) -> None:
    """One positive among n free candidates is expected in the top 10 with 10 / n; here that is at least 10 / 19."""
    assert report.scorer("chance").slices["all"]["recall@10"].mean >= 10 / 19 - 1e-9
    assert report.scorer("chance").gini < 0.35


def test_conditions_are_told(report: EvaluationReport, snapshot: Snapshot) -> None:
    assert (report.snapshot_id, report.task, report.data, report.candidates) == (snapshot.id, "partners", "real", 20)
    assert report.valid.end == report.test.start == report.cuts.test_from.isoformat()
    assert report.test.queries["all"] == sum(report.test.queries[name] for name in ("warm", "few_shot", "cold"))
    assert report.test.events <= report.test.queries["all"]


def test_only_a_scorer_that_depends_on_its_seed_is_run_with_every_seed(report: EvaluationReport) -> None:
    random, popularity = report.scorer("random"), report.scorer("popularity")
    assert (random.seeds, popularity.seeds) == (3, 1)
    assert random.spread["mrr"] > 0 == popularity.spread["mrr"]


def test_run_lists_leave_out_what_is_known(report: EvaluationReport) -> None:
    run = report.scorer("popularity").run
    assert len(run) == report.test.queries["all"]
    for ranked in run:
        assert len(ranked.candidates) == len(set(ranked.candidates)) <= 3
        assert ranked.query not in ranked.candidates
        assert list(ranked.scores) == sorted(ranked.scores, reverse=True)


def test_settings_are_chosen_on_valid_and_test_is_looked_at_once(snapshot: Snapshot) -> None:
    """Every variant is fitted before the valid window; only one is ever fitted before the test window, after that."""
    log: list[tuple[str, date | None]] = []
    variants = tuple(Recorded(log, weight) for weight in (1.0, 2.0, 3.0))
    settings = replace(SETTINGS, seeds=(5,))
    report = evaluate(snapshot, PARTNERS, (CHANCE, Contender("r", variants)), circle_vectors(snapshot), settings)
    days = [day for _, day in log]
    assert days == sorted(days, key=lambda day: day or date.max)
    assert days.count(report.cuts.valid_from) == 6
    assert log[-2:] == [(f"fit {report.scorer('r').config['weight']}", report.cuts.test_from), *log[-1:]]
    assert days.count(report.cuts.test_from) == 2


def test_the_same_evaluation_twice_gives_the_same_figures(snapshot: Snapshot, report: EvaluationReport) -> None:
    contenders = (Contender("popularity", (Popularity(), Popularity(half_life_days=90.0))),)
    again = evaluate(snapshot, PARTNERS, contenders, circle_vectors(snapshot), SETTINGS)
    assert again.scorer("popularity").slices == report.scorer("popularity").slices


def test_small_blocks_give_the_same_figures(
    snapshot: Snapshot, report: EvaluationReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("recommender.served.evaluation.runner._BLOCK_CELLS", 60)
    contenders = (Contender("popularity", (Popularity(), Popularity(half_life_days=90.0))),)
    again = evaluate(snapshot, PARTNERS, contenders, circle_vectors(snapshot), replace(SETTINGS, run_depth=3))
    assert again.scorer("popularity").slices == report.scorer("popularity").slices
    assert again.scorer("popularity").run == report.scorer("popularity").run


def test_a_large_window_is_sampled_and_says_so(snapshot: Snapshot) -> None:
    report = evaluate(snapshot, PARTNERS, (CHANCE,), circle_vectors(snapshot), replace(SETTINGS, max_queries=3))
    assert report.test.queries["all"] == 3 < report.test.drawn_from


def test_named_cuts_are_kept(snapshot: Snapshot) -> None:
    cuts = Cuts(date(2018, 1, 1), date(2019, 1, 1), date(2020, 1, 1))
    report = evaluate(snapshot, PARTNERS, (CHANCE,), circle_vectors(snapshot), replace(SETTINGS, cuts=cuts))
    assert (report.test.start, report.test.end) == ("2019-01-01", "2020-01-01")


def test_without_a_simple_scorer_nothing_is_compared(snapshot: Snapshot) -> None:
    contender = Contender("random", (Recorded(),), simple=False)
    report = evaluate(snapshot, PARTNERS, (contender,), circle_vectors(snapshot), SETTINGS)
    assert report.best_simple is None
    assert report.scorers[0].against is None


def test_progress_ends_at_its_total(snapshot: Snapshot) -> None:
    seen: list[tuple[str, int, int | None]] = []
    evaluate(snapshot, PARTNERS, (CHANCE,), circle_vectors(snapshot), SETTINGS, lambda *step: seen.append(step))
    assert seen == [("tune on valid", 0, 2), ("test", 1, 2), ("test", 2, 2)]


def test_a_scorer_that_gives_no_number_is_refused(snapshot: Snapshot) -> None:
    with pytest.raises(EvaluationError, match="not finite"):
        evaluate(snapshot, PARTNERS, (Contender("nan", (Recorded(nan=True),)),), circle_vectors(snapshot), SETTINGS)


def test_a_leak_stops_the_run(snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the data forgets its day, nothing is fitted at all."""
    log: list[tuple[str, date | None]] = []

    def forgetful(*args: object, before: date, include_synthetic: bool) -> TaskData:
        assert before
        return TaskData(*args, before=None, include_synthetic=include_synthetic)

    monkeypatch.setattr("recommender.served.evaluation.runner.TaskData", forgetful)
    with pytest.raises(EvaluationError, match="dated in or after the valid window"):
        evaluate(snapshot, PARTNERS, (Contender("r", (Recorded(log),)),), circle_vectors(snapshot), SETTINGS)
    assert log == []


def test_too_little_data_is_refused() -> None:
    snapshot = five_patents().snapshot()
    settings = replace(SETTINGS, cuts=Cuts(date(2021, 1, 1), date(2022, 1, 1), date(2023, 1, 1)))
    with pytest.raises(EvaluationError, match="the valid window 2021-01-01 to 2022-01-01 holds no new pair"):
        evaluate(snapshot, PARTNERS, (CHANCE,), {}, settings)
