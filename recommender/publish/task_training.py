"""One task on the bench: settings chosen on a window, judged on the next, what serves carried to all that is known."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
from recommender.engine.pretrained.estimator import PretrainedEstimator
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
from recommender.models.carried import carried
from recommender.models.engine import ENGINE
from recommender.models.pretrained import PRETRAINED
from recommender.models.served import LEARNED, SIMPLE, EngineSize, content_rows, learned_rows, simple_rows
from recommender.publish.bundle import TaskModel, TriedSettings
from recommender.publish.later_links import LaterLinks
from recommender.publish.probability import Calibration, calibrated
from recommender.publish.promotion import IN_SERVICE, Compared, Promotion, PromotionVerdict, judge
from recommender.publish.text_share import TextShare, chosen_text_share
from recommender.publish.windows import Shares, Windows, windows_of
from recommender.text.encoder import DEFAULT_ENCODER

_FIGURE: Final = "ndcg@10"


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
    """Let what is learned serve whatever the comparisons say; a person answers for it.

    That with the best simple scorer is made and told; that with what serves now is not made.
    """


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


@dataclass(frozen=True)
class Unjudged:
    """What serves a task could not be compared with what would replace it, and so goes on; ``why`` says how so."""

    why: Wording


def train_task(
    data: TaskData,
    config: TrainConfig,
    progress: Progress,
    *,
    serving: TaskModel | None = None,
    oracle: Oracle | None = None,
) -> TrainedTask | Unjudged:
    """Choose what serves, judge it, and let it know all that may be known.

    Settings are chosen on one window and tested once on the next (``Runner``). The engine serves only where it beats
    the best simple scorer there (``promotion``), or if ``config.force`` says so; and what serves now, as ``serving``
    says, goes on where it is better than what would replace it, or could not be compared with it. ``oracle`` decides
    nothing; it shows how much of what can be known the engine knows. Raises ``ModelError`` where nothing could be
    trained, or with ``config.force`` not what is learned.
    """
    trial = trial_of(data, config)
    if trial is None:
        data = _with_cuts(data, ALL_KNOWN)
        verdict, chosen = _unchosen(data.known, config)
        before = "" if serving is None or serving.config == config_of(chosen) else serving.scorer
        scorer = chosen.fit(data.known, np.random.default_rng(config.seed))
        promotion = Promotion(verdict, before=before)
        return _finished(data, chosen, scorer, config.seed, promotion=promotion, ndcg={})
    return _Training(trial, config, progress, oracle).run(serving)


def _unchosen(known: Known, config: TrainConfig) -> tuple[PromotionVerdict, Estimator]:
    """Return what serves where links are too few to choose by.

    From a few links on the weights that were learned elsewhere are ahead of likeness of texts on every public set that
    they have not seen (``docs/pretraining.md``); without any, they have little to go by.
    """
    if PRETRAINED in config.scorers and len(known.pairs.query):
        return PromotionVerdict.ELSEWHERE, PretrainedEstimator(pool=config.engine.pool)
    return PromotionVerdict.CONTENT, content_rows(known)[0]


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


@dataclass(frozen=True)
class _Chosen:
    """The row that is to serve, and why."""

    promotion: Promotion
    row: ContenderRun

    @property
    def estimator(self) -> Estimator:
        estimator: Estimator = self.row.contender.variants[self.row.chosen]
        return estimator


class _Training:
    """A trial at work."""

    def __init__(self, trial: TaskTrial, config: TrainConfig, progress: Progress, oracle: Oracle | None) -> None:
        self.trial, self.config, self._oracle = trial, config, oracle
        self.data, self.windows, self.bench = trial.data, trial.windows, trial.bench
        self._progress = progress

    def run(self, serving: TaskModel | None) -> TrainedTask | Unjudged:
        with tempfile.TemporaryDirectory(prefix="dure-train-") as scratch:
            store = PartStore(Path(scratch) / "parts", {})
            runner = Runner(self.bench, store, (self.config.seed,), self._report)
            ran = runner.run(self.trial.contenders(self.config))
            rows, failed = [row for row in ran if not row.failure], _failures(ran)
            self._refuse(rows, failed)
            chosen = self._promoted(rows, failed)
            if serving is not None and config_of(chosen.estimator) != serving.config:
                held = self._against(serving, runner, chosen)
                if isinstance(held, Unjudged):
                    return held
                chosen = held
        estimator = chosen.estimator
        scorer = self._fit(estimator, "test")
        facts = {
            "promotion": chosen.promotion,
            "ndcg": {each.name: float(self._values(each).mean()) for each in rows},
            "valid_from": self.windows.cuts.valid_from.isoformat(),
            "askers": len(self.bench.given_questions("test")),
            "calibration": self._calibration(estimator, scorer),
            "rules": self.trial.admission.figures(self.bench.stage("test")),
            "gap_closed": self._gap_closed(rows),
            "tried": tuple(each for row in rows for each in _tried(row)),
            "text_share": self._text_share(estimator),
        }
        return _finished(self.data, estimator, scorer, self.config.seed, **facts)

    def _report(self, what: str, done: int, total: int | None) -> None:
        """Tell of the task as a whole: its rows are many and short."""
        if what == WORK:
            self._progress(f"train {self.data.task.name}, seconds", done, total)

    def _refuse(self, rows: Sequence[ContenderRun], failed: Mapping[str, Wording]) -> None:
        """Raise ``ModelError`` where nothing is left to serve, or not what an operator chose."""
        task, why = self.data.task, Wording.joined(_named(name, each) for name, each in failed.items())
        if self.config.force and ENGINE in failed:
            raise ModelError(
                Wording(
                    f"과제 {task.name}({task.ko}): --force로 지정한 학습 모델을 만들지 못했습니다({why.ko}). 원인을 "
                    "고치거나 --force 없이 학습하십시오",
                    f"{task.name}: the learned model that --force asks for could not be made ({why.en}); mend the "
                    "cause, or train without --force",
                )
            )
        if not rows:
            raise ModelError(
                Wording(
                    f"과제 {task.name}({task.ko}): 학습할 수 있는 방식이 없습니다({why.ko}). 이 과제를 빼고 "
                    "학습하십시오",
                    f"nothing could be trained for {task.name} ({why.en}); leave the task out",
                )
            )

    def _promoted(self, rows: Sequence[ContenderRun], failed: Mapping[str, Wording]) -> _Chosen:
        """Return the verdict and the row that serves."""
        by_name = {row.name: row for row in rows}
        simple = [row for row in rows if row.name != ENGINE]
        best = max(simple, key=lambda row: self._values(row).mean(), default=None)
        learned = by_name.get(ENGINE)
        if learned is None:
            assert best is not None
            verdict = PromotionVerdict.FAILED if ENGINE in failed else PromotionVerdict.SIMPLE
            return _Chosen(Promotion(verdict, baseline=best.name, failed=failed), best)
        if best is None:
            return _Chosen(Promotion(PromotionVerdict.ALONE, ENGINE, failed=failed), learned)
        compared = Compared({row.name: self._values(row) for row in rows}, self.bench.questions("test").groups)
        judged = judge(ENGINE, compared, tuple(day.isoformat() for day in self.windows.test))
        promotion = replace(judged, failed=failed)
        if promotion.verdict is PromotionVerdict.LEARNED:
            return _Chosen(promotion, learned)
        if self.config.force:
            return _Chosen(promotion.forced(), learned)
        return _Chosen(promotion, by_name[promotion.baseline])

    def _against(self, serving: TaskModel, runner: Runner, chosen: _Chosen) -> _Chosen | Unjudged:
        """Let what serves go on where it is better than what was chosen, or could not be compared with it.

        An operator's choice is not compared. Nor is what this version cannot open: it could not serve either.
        """
        promotion, row = replace(chosen.promotion, before=serving.scorer), chosen.row
        if self.config.force and row.name == ENGINE:
            return _Chosen(promotion, row)
        try:
            contender = Contender(IN_SERVICE, (serving.estimator,))
        except ModelError as error:
            return _Chosen(replace(promotion, failed={**promotion.failed, IN_SERVICE: error.wording}), row)
        before = runner.run([contender])[0]
        if before.failure:
            return _goes_on(serving.scorer, row.name, before.failure)
        names = {IN_SERVICE: self._values(before), row.name: self._values(row)}
        groups = self.bench.questions("test").groups
        ahead = paired_difference(*names.values(), groups=groups)
        if ahead.low <= 0:
            return _Chosen(replace(promotion, before_ahead=ahead), row)
        found = judge(IN_SERVICE, Compared(names, groups), promotion.windows)
        kept = replace(found, verdict=PromotionVerdict.KEPT, failed=promotion.failed, before=serving.scorer)
        return _Chosen(kept, before)

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

    def _values(self, row: ContenderRun) -> Values:
        return np.asarray(compute_any(row.outcomes[0].ranks, _FIGURE))

    def _fit(self, estimator: Estimator, stage: Any) -> Scorer:
        """Train before a window as ``Runner`` does; the engine keeps what it has trained."""
        scorer: Scorer = self.bench.fit(estimator, stage, self.config.seed)
        return scorer

    def _text_share(self, estimator: Estimator) -> TextShare | None:
        """Learn what the words of a company without a history are worth; of made-up companies nothing is learned."""
        if self.data.mostly_synthetic:
            return None
        scorer = self._fit(estimator, "valid")
        described = self.data.described
        return chosen_text_share(self.bench.stage("valid"), estimator, scorer, self.config.seed, described)

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


def _failures(ran: Sequence[ContenderRun]) -> dict[str, Wording]:
    """Return what happened to each row that failed; of a row with scorers of several names, to which of them."""
    found = {}
    for row in ran:
        if row.failure:
            several = len({each.name for each in row.contender.variants}) > 1
            found[row.name] = _named(row.failed_at, row.failure) if several else row.failure
    return found


def _named(name: str, why: Wording) -> Wording:
    return Wording(f"{name}: {why.ko}", f"{name}: {why.en}")


def _goes_on(serving: str, other: str, why: Wording) -> Unjudged:
    return Unjudged(
        Wording(
            f"서비스 중인 방식({serving})을 다시 학습하지 못해 새 방식({other})과 비교하지 못했으므로 그대로 둡니다"
            f"({why.ko}). 원인을 고쳐 다시 학습하거나, 비교 없이 학습 모델을 쓰려면 --force로 학습하십시오",
            f"what serves ({serving}) could not be trained again to be compared with what would replace it ({other}), "
            f"so it stays ({why.en}); mend the cause and train again, or with --force to let the learned model serve "
            "uncompared",
        )
    )


def _tried(row: ContenderRun) -> Iterator[TriedSettings]:
    for place, each in enumerate(row.tried):
        yield TriedSettings(row.name, each.config, each.valid.get(_FIGURE), each.behind, place == row.chosen)


def _finished(data: TaskData, estimator: Estimator, scorer: Scorer, seed: int, **facts: Any) -> TrainedTask:
    """Let what was judged know all that may be known: its weights go over, what has none is fitted again."""
    final = carried(scorer, data.known)
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
        **facts,
    )
    arrays: Mapping[str, Any] = final.arrays() if hasattr(final, "arrays") else {}
    return TrainedTask(model, dict(arrays))
