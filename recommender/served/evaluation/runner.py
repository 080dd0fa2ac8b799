"""One evaluation from a snapshot to its figures: tune on valid, refuse leaks, test once."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from graph_schema.progress import Progress, silent
from recommender.knowledge.splits import SLICES, Pairs, Window, choose_cuts, sample, task_pairs, window
from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Floats, Values
from recommender.measure.bootstrap import Interval, interval, paired_difference
from recommender.measure.calibration import Curve, calibration_error
from recommender.measure.exposure import Exposure
from recommender.measure.metrics import compute
from recommender.measure.ranks import PositiveRanks, concatenate, rank_positives
from recommender.measure.resources import Measured
from recommender.served.evaluation.contender import Contender
from recommender.served.evaluation.figures import (
    EvaluationReport,
    Reliability,
    RunList,
    ScorerFigures,
    Settings,
    WindowFacts,
)
from recommender.served.evaluation.later_links import LaterLinks, months_later
from recommender.served.evaluation.leaks import refuse_leaks
from recommender.served.scorer_protocols import Estimator, Scorer
from recommender.served.task_data import TaskData
from recommender.snapshot.snapshot import Snapshot

_CALIBRATION_ASKERS: Final = 1_000
_BLOCK_CELLS: Final = 20_000_000
"""Scores held at a time, which bounds memory: 80 MB of float32."""


@runtime_checkable
class Calibrated(Scorer, Protocol):
    """A scorer whose standard scores have a meaning."""

    @property
    def months(self) -> int:
        """Time within which a link is promised."""
        ...

    @property
    def curve(self) -> Curve:
        """Probability by standard score."""
        ...


@dataclass(frozen=True)
class _Stage:
    """A window and the data from before it, checked for leaks."""

    window: Window
    data: TaskData
    drawn_from: int
    pairs: Pairs


@dataclass(frozen=True)
class _Outcome:
    ranks: PositiveRanks
    exposure: Exposure
    run: tuple[RunList, ...]
    reliability: Reliability | None


def evaluate(
    snapshot: Snapshot,
    task: Task,
    contenders: Sequence[Contender],
    vectors: Mapping[str, Floats],
    settings: Settings | None = None,
    progress: Progress = silent,
) -> EvaluationReport:
    """Compare ``contenders`` on ``task`` by a global time split.

    ``vectors`` are the text embeddings of ``encode_snapshot``. Each contender learns from facts before the valid
    window with each of its variants, the best by ``settings.main`` learns anew from facts before the test window with
    every seed, and only then is the test window looked at. Raises ``EvaluationError`` where time cannot be split, a
    scorer gives no number, or what is learned from holds the answer.
    """
    settings = settings or Settings()
    pairs = task_pairs(snapshot, task, include_synthetic=settings.include_synthetic)
    cuts = settings.cuts or choose_cuts(pairs)
    valid = _stage(snapshot, task, vectors, pairs, window(pairs, "valid", cuts.valid_from, cuts.test_from), settings)
    test = _stage(snapshot, task, vectors, pairs, window(pairs, "test", cuts.test_from, cuts.end), settings)
    steps = 2 * len(contenders)
    chosen = []
    for done, contender in enumerate(contenders):
        progress("tune on valid", done, steps)
        chosen.append(_choose(contender, valid, settings))
    figures = []
    for done, (contender, (estimator, valid_main)) in enumerate(zip(contenders, chosen, strict=True)):
        progress("test", len(contenders) + done, steps)
        figures.append(_test(contender, estimator, valid_main, test, settings))
    progress("test", steps, steps)
    best, scorers = _compared(figures, test.window, settings)
    return EvaluationReport(
        snapshot.id,
        task.name,
        task.ko,
        task.en,
        settings,
        len(pairs.candidates),
        cuts,
        _facts(valid),
        _facts(test),
        scorers,
        best,
    )


def _stage(
    snapshot: Snapshot, task: Task, vectors: Mapping[str, Floats], pairs: Pairs, whole: Window, settings: Settings
) -> _Stage:
    data = TaskData(snapshot, task, vectors, before=whole.start, include_synthetic=settings.include_synthetic)
    asked = sample(whole, settings.max_queries)
    refuse_leaks(data, pairs, whole)
    return _Stage(asked, data, len(whole), pairs)


def _choose(contender: Contender, stage: _Stage, settings: Settings) -> tuple[Estimator, float]:
    """Return the variant with the best main metric on valid, and that value; the first among equals."""
    values = []
    for estimator in contender.variants:
        scorer = estimator.fit(stage.data, np.random.default_rng(settings.seeds[0]))
        ranks = _rank(scorer, stage, settings.exposure_at, 0).ranks
        values.append(float(compute(ranks, settings.main).mean()))
    best = int(np.argmax(values))
    return contender.variants[best], values[best]


def _test(
    contender: Contender, estimator: Estimator, valid_main: float, stage: _Stage, settings: Settings
) -> ScorerFigures:
    outcomes: list[_Outcome] = []
    fitting = scoring = Measured()
    for seed in settings.seeds:
        with Measured() as fit_cost:
            scorer = estimator.fit(stage.data, np.random.default_rng(seed))
        with Measured() as score_cost:
            outcomes.append(_rank(scorer, stage, settings.exposure_at, settings.run_depth if not outcomes else 0))
        if len(outcomes) == 1:
            fitting, scoring = fit_cost, score_cost
        elif _same(outcomes[0].ranks, outcomes[1].ranks):  # the second seed shows it
            outcomes.pop()
            break
    names = dict.fromkeys((settings.main, *settings.metrics))
    by_seed = {name: np.stack([compute(each.ranks, name) for each in outcomes]) for name in names}
    config = _config(estimator)
    return ScorerFigures(
        name=contender.name,
        simple=contender.simple,
        config=config,
        config_hash=hashlib.sha256(json.dumps(config, sort_keys=True).encode()).hexdigest()[:12],
        tried=len(contender.variants),
        valid_main=valid_main,
        slices=_slices({name: values.mean(axis=0) for name, values in by_seed.items()}, stage.window, settings),
        spread={name: _spread(values) for name, values in by_seed.items()},
        seeds=len(outcomes),
        coverage=float(np.mean([each.exposure.coverage() for each in outcomes])),
        gini=float(np.mean([each.exposure.gini() for each in outcomes])),
        fit_seconds=fitting.seconds,
        score_seconds=scoring.seconds,
        peak_mib=max(fitting.peak_mib, scoring.peak_mib),
        values=by_seed[settings.main].mean(axis=0),
        run=outcomes[0].run,
        reliability=outcomes[0].reliability,
    )


def _rank(scorer: Scorer, stage: _Stage, exposure_at: int, run_depth: int) -> _Outcome:
    """Score a window block by block and keep only what metrics need."""
    asked, candidates = stage.window, stage.data.n_candidates
    exposure, parts, run = Exposure(candidates, exposure_at), [], []
    size = max(1, _BLOCK_CELLS // max(1, candidates))
    for start in range(0, len(asked), size):
        rows = slice(start, start + size)
        scores = scorer.score(stage.data.queries(asked.asked[rows]))
        known = asked.known[rows]
        parts.append(rank_positives(scores, asked.positives[rows], known))
        exposure.add(scores, known)
        if run_depth:
            run += _lists(stage, start, scores, run_depth)
    held = _reliability(scorer, stage) if isinstance(scorer, Calibrated) and stage.window.name == "test" else None
    return _Outcome(concatenate(parts), exposure, tuple(run), held)


def _reliability(scorer: Calibrated, stage: _Stage) -> Reliability | None:
    """Hold probabilities against the first months of the window; None where it is shorter than what they speak of."""
    start, end = stage.window.start, months_later(stage.window.start, scorer.months)
    if end > stage.window.end:
        return None
    links = LaterLinks.of(stage.data, stage.pairs, end, _CALIBRATION_ASKERS)
    bins = links.bins(scorer, scorer.curve)
    plain = tuple((float(said), float(came), float(size)) for said, came, size in bins)
    return Reliability(scorer.months, calibration_error(bins), links.events, start.isoformat(), end.isoformat(), plain)


def _lists(stage: _Stage, start: int, scores: Floats, depth: int) -> list[RunList]:
    """Best candidates of each query of a block, those masked left out; equal scores in the candidates' order."""
    lists = []
    for row, values in enumerate(scores):
        masked = stage.window.known[[start + row]].indices
        order = np.argsort(-values, kind="stable")
        order = order[~np.isin(order, masked)][:depth]
        refs = tuple(str(stage.data.candidate_ref(int(column))) for column in order)
        lists.append(RunList(str(stage.window.asked[start + row]), refs, tuple(map(float, values[order]))))
    return lists


def _slices(values: Mapping[str, Values], asked: Window, settings: Settings) -> dict[str, dict[str, Interval]]:
    """Intervals by slice and metric; a slice without queries is left out."""
    members: dict[str, npt.NDArray[np.bool_]] = {"all": np.ones(len(asked), dtype=bool)}
    members |= {name: asked.members(name) for name in SLICES}
    return {
        name: {
            metric: interval(each[inside], groups=asked.groups[inside], samples=settings.samples)
            for metric, each in values.items()
        }
        for name, inside in members.items()
        if inside.any()
    }


def _compared(
    figures: Sequence[ScorerFigures], asked: Window, settings: Settings
) -> tuple[str | None, tuple[ScorerFigures, ...]]:
    """Sort best first and compare each with the simple scorer that did best on test, the hardest one to beat."""
    ordered = sorted(figures, key=lambda each: -float(each.values.mean()))
    simple = next((each for each in ordered if each.simple), None)
    if simple is None:
        return None, tuple(ordered)
    compared = [
        each
        if each is simple
        else dataclasses.replace(
            each,
            against=paired_difference(each.values, simple.values, groups=asked.groups, samples=settings.samples),
        )
        for each in ordered
    ]
    return simple.name, tuple(compared)


def _facts(stage: _Stage) -> WindowFacts:
    asked = stage.window
    queries = {"all": len(asked)} | {name: int(asked.members(name).sum()) for name in SLICES}
    return WindowFacts(
        asked.start.isoformat(),
        asked.end.isoformat(),
        queries,
        int(asked.positives.nnz),
        len(np.unique(asked.groups)),
        stage.drawn_from,
    )


def _same(one: PositiveRanks, other: PositiveRanks) -> bool:
    return bool((one.above == other.above).all() and (one.tied == other.tied).all())


def _spread(values: npt.NDArray[np.float64]) -> float:
    """Sample standard deviation over seeds of the mean over queries; ``values`` has shape (seeds, Q)."""
    return float(values.mean(axis=1).std(ddof=1)) if len(values) > 1 else 0.0


def _config(estimator: Estimator) -> dict[str, object]:
    """Return the settings of an estimator, a frozen dataclass, fit for JSON."""
    fields = dataclasses.asdict(estimator) if dataclasses.is_dataclass(estimator) else {"name": estimator.name}
    plain: dict[str, object] = json.loads(json.dumps(fields, default=str))
    return {"estimator": type(estimator).__name__, **plain}
