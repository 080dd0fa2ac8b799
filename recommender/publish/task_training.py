"""One task on the bench: settings chosen on a window, judged on the next, what serves carried to all that is known."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np

from graph_schema.errors import ConfigError, EvaluationError, ModelError
from graph_schema.progress import Progress
from graph_schema.wording import Wording
from recommender.bench.contender import Contender, Role, config_of
from recommender.bench.parts import PartStore
from recommender.bench.recommend_bench import RecommendBench
from recommender.bench.run import WORK, ContenderRun, Runner
from recommender.knowledge.known import Estimator, Known, Scorer
from recommender.knowledge.oracle import ORACLE, Oracle
from recommender.knowledge.splits import Cuts, task_pairs
from recommender.knowledge.task_data import ALL_KNOWN, TaskData
from recommender.knowledge.tasks import TASKS
from recommender.measure.arrays import Arrays, Values
from recommender.measure.bootstrap import paired_difference
from recommender.measure.gap import GapClosed
from recommender.measure.triple_metrics import compute_any
from recommender.models.admitted import RuleMask
from recommender.models.engine import ENGINE
from recommender.models.served import LEARNED, SIMPLE, EngineSize, content_rows, learned_rows, simple_rows
from recommender.publish.bundle import TaskModel
from recommender.publish.later_links import LaterLinks
from recommender.publish.probability import Calibration, calibrated
from recommender.publish.promotion import Compared, Promotion, PromotionVerdict, judge
from recommender.publish.windows import Shares, Windows, windows_of
from recommender.text.encoder import DEFAULT_ENCODER

_FIGURE: Final = "ndcg@10"
_IN_SERVICE: Final = "in service"


@dataclass(frozen=True)
class TrainConfig:
    """What is tried and how it is judged.

    The newest ``test_share`` of a task's dated pairs make the window that is tested on, and what lies as long before it
    the one that settings are chosen on. With fewer than ``min_positives`` or ``min_valid``, nothing is chosen.
    """

    tasks: tuple[str, ...] = tuple(TASKS)
    """Names of ``TASKS``."""
    until: date | None = None
    """Only what was known before this day is learned from."""
    seed: int = 0
    """Of everything drawn."""
    scorers: tuple[str, ...] = (*SIMPLE, *LEARNED)
    """What competes: names of ``SIMPLE`` and ``LEARNED``."""
    engine: EngineSize = field(default_factory=EngineSize)
    """Size of the engine, which bounds time and memory of its training."""
    encoder: str = DEFAULT_ENCODER
    """Text encoder of the bundle, by name or path."""
    test_share: float = 0.15
    """Share of the dated pairs, the newest, that are tested on; above 0, below ½."""
    valid_askers: int = 1_000
    """Askers of either window at most, drawn by chance."""
    min_positives: int = 30
    """Dated pairs before both windows, fewer teach nothing."""
    min_valid: int = 10
    """Dated pairs in either window; by fewer, chance would choose."""
    include_synthetic: bool = True
    """Learn from made-up facts too; a city without records of its own has no others."""
    force: bool = False
    """Let what is learned serve although it did not beat the best simple scorer; a person answers for it."""


def check_scorers(names: Sequence[str]) -> None:
    """Raise ``ConfigError`` for a scorer that does not exist."""
    known = (*SIMPLE, *LEARNED)
    for name in names:
        if name not in known:
            raise ConfigError(
                Wording(
                    f"알 수 없는 추천 방식: {name!r}. 다음 가운데 하나를 적으십시오: {', '.join(known)}",
                    f"unknown scorer {name!r}; known are {', '.join(known)}",
                )
            )


@dataclass(frozen=True)
class TrainedTask:
    """What serves a task, with what its training found."""

    model: TaskModel
    arrays: Arrays


def train_task(
    data: TaskData,
    config: TrainConfig,
    progress: Progress,
    *,
    serving: TaskModel | None = None,
    oracle: Oracle | None = None,
) -> TrainedTask:
    """Choose what serves, judge it, and let it know all that may be known.

    Settings are chosen on one window and tested once on the next (``Runner``). The engine serves only where it beats
    the best simple scorer there (``promotion``), or if ``config.force`` says so; and what serves now, as ``serving``
    says, goes on where it is better than what would replace it. ``oracle`` decides nothing; it shows how much of what
    can be known the engine knows.
    """
    trial = trial_of(data, config)
    if trial is None:
        data = _with_cuts(data, ALL_KNOWN)
        chosen = content_rows(data.known)[0]
        return _finished(data, chosen, chosen.fit(data.known, np.random.default_rng(config.seed)), config.seed)
    return _Training(trial, config, progress, oracle).run(serving)


@dataclass(frozen=True)
class TaskTrial:
    """A task with the windows by which it is decided, on the bench that ranks behind the rules."""

    data: TaskData
    windows: Windows
    bench: RecommendBench
    admission: RuleMask

    def contenders(self, config: TrainConfig) -> list[Contender]:
        """Return what ``config`` lets compete, the simple scorers first."""
        simple = simple_rows(self.bench.known("valid"))
        found = [Contender(name, rows) for name, rows in simple.items() if name in config.scorers]
        learned = learned_rows(self.bench.stage("valid"), config.engine, config.scorers)
        if learned:
            found.append(Contender(ENGINE, learned, Role.ENGINE, prefers_first=True))
        return found


def trial_of(data: TaskData, config: TrainConfig) -> TaskTrial | None:
    """Cut a task into windows and draw who is asked in them; None where its dated pairs are too few."""
    pairs = task_pairs(data.snapshot, data.task, include_synthetic=config.include_synthetic)
    shares = Shares(config.test_share, config.min_positives, config.min_valid)
    windows = windows_of(pairs, shares, config.until)
    if windows is None:
        return None
    data = _with_cuts(data, windows.cuts)
    bench = RecommendBench(data.dataset, data.text, most=config.valid_askers)
    admission = RuleMask(data, {"valid": windows.valid, "test": windows.test}, bench.stage("valid"))
    return TaskTrial(data, windows, bench.behind(admission.behind), admission)


def _with_cuts(data: TaskData, cuts: Cuts) -> TaskData:
    return TaskData(data.snapshot, data.task, data.vectors, replace(data.read, cuts=cuts))


class _Training:
    """A trial at work."""

    def __init__(self, trial: TaskTrial, config: TrainConfig, progress: Progress, oracle: Oracle | None) -> None:
        self.trial, self.config, self._oracle = trial, config, oracle
        self.data, self.windows, self.bench = trial.data, trial.windows, trial.bench
        self._progress = progress

    def run(self, serving: TaskModel | None) -> TrainedTask:
        with tempfile.TemporaryDirectory(prefix="dure-train-") as scratch:
            store = PartStore(Path(scratch) / "parts", {})
            runner = Runner(self.bench, store, (self.config.seed,), self._report)
            rows = [row for row in runner.run(self.trial.contenders(self.config)) if not row.failure]
            if not rows:
                task = self.data.task
                raise ModelError(
                    Wording(
                        f"과제 {task.name}({task.ko}): 학습할 수 있는 방식이 없습니다. 이 과제를 빼고 학습하십시오",
                        f"nothing could be trained for {task.name}; leave the task out",
                    )
                )
            promotion, row = self._promoted(rows)
            estimator = _estimator(row)
            if serving is not None and config_of(estimator) != serving.config:
                kept = runner.run([Contender(_IN_SERVICE, (serving.estimator,))])[0]
                if not kept.failure and self._is_better(kept, row):
                    promotion, row, estimator = self._kept(promotion, kept, row), kept, serving.estimator
        scorer = self._fit(estimator, "test")
        facts = {
            "promotion": promotion,
            "ndcg": {each.name: float(self._values(each).mean()) for each in rows},
            "valid_from": self.windows.cuts.valid_from.isoformat(),
            "askers": len(self.bench.given_questions("test")),
            "calibration": self._calibration(estimator, scorer),
            "rules": self.trial.admission.figures(self.bench.stage("test")),
            "gap_closed": self._gap_closed(rows),
        }
        return _finished(self.data, estimator, scorer, self.config.seed, **facts)

    def _report(self, what: str, done: int, total: int | None) -> None:
        """Tell of the task as a whole: its rows are many and short."""
        if what == WORK:
            self._progress(f"train {self.data.task.name}, seconds", done, total)

    def _promoted(self, rows: Sequence[ContenderRun]) -> tuple[Promotion, ContenderRun]:
        """Return the verdict and the row that serves."""
        by_name = {row.name: row for row in rows}
        simple = [row for row in rows if row.name != ENGINE]
        best = max(simple, key=lambda row: self._values(row).mean(), default=None)
        learned = by_name.get(ENGINE)
        if learned is None:
            assert best is not None
            return Promotion(PromotionVerdict.SIMPLE, baseline=best.name), best
        if best is None:
            return Promotion(PromotionVerdict.ALONE, ENGINE), learned
        compared = Compared({row.name: self._values(row) for row in rows}, self.bench.questions("test").groups)
        promotion = judge(ENGINE, compared, tuple(day.isoformat() for day in self.windows.test))
        if promotion.verdict is PromotionVerdict.LEARNED:
            return promotion, learned
        return (promotion.forced(), learned) if self.config.force else (promotion, by_name[promotion.baseline])

    def _gap_closed(self, rows: Sequence[ContenderRun]) -> GapClosed | None:
        """Ask the oracle on the same window; it knows by itself who may have what, so no rules stand before it."""
        learned = next((row for row in rows if row.name == ENGINE), None)
        simple = [row for row in rows if row.name != ENGINE]
        if self._oracle is None or learned is None or not simple:
            return None
        scorer = self._oracle.scorer(self.bench.known("test"), self.windows.test)
        if scorer is None:
            return None
        ranks = self.bench.behind(None).rank(scorer, "test", ORACLE).ranks
        best = max(simple, key=lambda row: self._values(row).mean())
        engine, baseline = ((row.name, self._values(row)) for row in (learned, best))
        groups = self.bench.questions("test").groups
        return GapClosed.of(engine, baseline, np.asarray(compute_any(ranks, _FIGURE)), groups)

    def _is_better(self, one: ContenderRun, other: ContenderRun) -> bool:
        groups = self.bench.questions("test").groups
        return paired_difference(self._values(one), self._values(other), groups=groups).low > 0

    def _kept(self, promotion: Promotion, kept: ContenderRun, other: ContenderRun) -> Promotion:
        """Say that what serves goes on, by how much it is better than what would have replaced it."""
        names = {_IN_SERVICE: self._values(kept), other.name: self._values(other)}
        found = judge(_IN_SERVICE, Compared(names, self.bench.questions("test").groups), promotion.windows)
        return replace(found, verdict=PromotionVerdict.KEPT)

    def _values(self, row: ContenderRun) -> Values:
        return np.asarray(compute_any(row.outcomes[0].ranks, _FIGURE))

    def _fit(self, estimator: Estimator, stage: Any) -> Scorer:
        """Train before a window as ``Runner`` does; the engine keeps what it has trained."""
        scorer: Scorer = self.bench.fit(estimator, stage, self.config.seed)
        return scorer

    def _calibration(self, estimator: Estimator, scorer: Scorer) -> Calibration | None:
        """Learn the meaning of scores on the first window and judge it on the second."""
        everything, askers = self.data.known, self.config.valid_askers // 2
        spans = self.windows.valid, self.windows.test
        events = [len(np.unique(self.bench.questions(stage).groups)) for stage in ("valid", "test")]
        try:
            learned, judged = (
                LaterLinks.of(everything, span, number, askers) for span, number in zip(spans, events, strict=True)
            )
        except EvaluationError:
            return None
        return calibrated(learned, self._fit(estimator, "valid"), judged, scorer, self.windows.months)


def _estimator(row: ContenderRun) -> Estimator:
    estimator: Estimator = row.contender.variants[row.chosen]
    return estimator


def _finished(data: TaskData, estimator: Estimator, scorer: Scorer, seed: int, **facts: Any) -> TrainedTask:
    """Let what was judged know all that may be known: its weights go over, what has none is fitted again."""
    final = _carried(scorer, data.known)
    fitted_again = final is None
    if final is None:
        final = estimator.fit(data.known, np.random.default_rng(seed))
    model = TaskModel(
        scorer=estimator.name,
        config=config_of(estimator),
        positives=int(data.known.history.nnz),
        synthetic_share=data.synthetic_share,
        rejections=len(data.rejected),
        fitted_again=fitted_again,
        **{"promotion": Promotion(PromotionVerdict.CONTENT), "ndcg": {}, **facts},
    )
    arrays: Mapping[str, Any] = final.arrays() if hasattr(final, "arrays") else {}
    return TrainedTask(model, dict(arrays))


def _carried(scorer: Scorer, known: Known) -> Scorer | None:
    """Return a scorer over a newer state of knowledge; None where it has no weights, or other features are there."""
    weights = scorer.arrays() if hasattr(scorer, "arrays") else {}
    try:
        over: Scorer | None = scorer.over(known) if weights and hasattr(scorer, "over") else None
    except EvaluationError:
        return None
    return over
