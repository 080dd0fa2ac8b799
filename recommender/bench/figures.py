"""Figures of a run: metrics with intervals by slice and seed, comparisons on the same queries, groups of queries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from graph_schema.errors import ConfigError, EvaluationError
from graph_schema.wording import Wording
from recommender.bench.bench import Bench, Slice, WindowQuestions
from recommender.bench.outcome import SeedOutcome
from recommender.bench.run import ContenderRun
from recommender.measure.arrays import Values
from recommender.measure.bootstrap import Difference, Interval
from recommender.measure.ranks import PositiveRanks
from recommender.measure.resampling import Resampling
from recommender.measure.restricted_ranks import restrict
from recommender.measure.triple_metrics import compute_any

SAMPLES = 2_000
"""Bounds of a 95 % interval then differ from draw to draw by some hundredths of its width."""
Metric = Callable[[PositiveRanks], Values]
"""From the ranks of the answers to a finite value of each question, shape (Q,)."""


@dataclass(frozen=True)
class ModelFigures:
    """One row in figures.

    ``slices``: by slice and metric, the mean over queries of the mean over seeds. ``by_seed``: the same of each seed.
    ``spread``: by metric, the standard deviation over seeds of the mean over all queries, 0 with one seed.
    ``values``: by slice, the mean over seeds of each metric and query, shape (Q of the slice, metrics).
    """

    row: ContenderRun
    slices: Mapping[str, Mapping[str, Interval]]
    by_seed: tuple[Mapping[str, Mapping[str, Interval]], ...]
    spread: Mapping[str, float]
    values: Mapping[str, Values]

    @property
    def name(self) -> str:
        """Name of the row."""
        return self.row.name

    @property
    def whole(self) -> Values:
        """Mean over seeds of each metric and query of the window, shape (Q, metrics)."""
        return self.values["all"]


@dataclass(frozen=True)
class Comparison:
    """``model`` minus, and divided by, ``against`` on the same queries."""

    model: str
    against: str
    slice: str
    metric: str
    difference: Difference
    ratio: Interval | None


@dataclass(frozen=True)
class WindowFigures:
    """All rows of one window in figures, best first, with what compares them; ``failed`` rows have none."""

    questions: WindowQuestions
    metrics: tuple[str, ...]
    models: tuple[ModelFigures, ...]
    failed: tuple[ContenderRun, ...]
    groups: Mapping[str, npt.NDArray[np.int64]]

    @property
    def failures(self) -> dict[str, Wording]:
        """Why each of the rows that could not be run could not, by name."""
        return {row.name: row.failure for row in self.failed if row.failure}

    def model(self, name: str) -> ModelFigures | None:
        """Return a row by name, None where it was not run."""
        return next((each for each in self.models if each.name == name), None)

    def compare(self, model: str, against: str, slice_: str, metric: str) -> Comparison | None:
        """Compare two rows on one slice; None where one is not there, or the slice is empty."""
        ours, theirs = self.model(model), self.model(against)
        if ours is None or theirs is None or ours is theirs or slice_ not in ours.values:
            return None
        column = self.metrics.index(metric)
        resampling = Resampling(self.groups[slice_], samples=SAMPLES)
        difference, ratio = resampling.compare(ours.values[slice_][:, column], theirs.values[slice_][:, column])
        return Comparison(model, against, slice_, metric, difference, ratio)


def window_figures(
    bench: Bench, rows: Sequence[ContenderRun], own: Mapping[str, Metric] | None = None
) -> WindowFigures:
    """Compute all figures of the test window of ``bench``, with metrics of one's ``own`` by name after the others.

    Raises what ``refuse_taken_names`` does, and ``EvaluationError`` where the values of one are none.
    """
    questions = bench.questions("test")
    refuse_taken_names(bench, own or {})
    metrics: dict[str, Metric] = {name: partial(compute_any, metric=name) for name in bench.metrics}
    metrics |= {name: _checked(name, metric) for name, metric in (own or {}).items()}
    present = [each for each in questions.slices if each.queries.any()]
    groups = {each.name: questions.groups[each.queries] for each in present}
    models = [
        _model_figures(
            row, present, {name: Resampling(mine, samples=SAMPLES) for name, mine in groups.items()}, metrics
        )
        for row in rows
        if not row.failure
    ]
    models.sort(key=lambda each: -each.slices["all"][bench.metrics[0]].mean)
    failed = tuple(row for row in rows if row.failure)
    return WindowFigures(questions, tuple(metrics), tuple(models), failed, groups)


def refuse_taken_names(bench: Bench, own: Mapping[str, Metric]) -> None:
    """Raise ``ConfigError`` where a metric of one's own has the name of another."""
    if taken := {*bench.metrics} & own.keys():
        names = ", ".join(sorted(taken))
        raise ConfigError(
            Wording(
                f"이미 있는 지표 이름: {names}. 직접 만든 지표의 이름을 바꾸십시오",
                f"metrics {names} are there already; give yours another name",
            )
        )


def _model_figures(
    row: ContenderRun, slices: Sequence[Slice], resamplings: Mapping[str, Resampling], metrics: Mapping[str, Metric]
) -> ModelFigures:
    means: dict[str, dict[str, Interval]] = {}
    by_seed: list[dict[str, dict[str, Interval]]] = [{} for _ in row.outcomes]
    values: dict[str, Values] = {}
    spread: dict[str, float] = {}
    whole = [table(outcome, metrics) for outcome in row.outcomes]
    for each in slices:
        seeds = np.stack(
            [
                all_values[each.queries] if each.answers is None else table(outcome, metrics, each)
                for all_values, outcome in zip(whole, row.outcomes, strict=True)
            ]
        )
        values[each.name] = seeds.mean(axis=0)
        columns = np.concatenate([values[each.name], *seeds], axis=1)
        found = resamplings[each.name].intervals(columns)
        parts = [found[start : start + len(metrics)] for start in range(0, len(found), len(metrics))]
        means[each.name], *rest = (dict(zip(metrics, part, strict=True)) for part in parts)
        for mine, intervals in zip(by_seed, rest, strict=True):
            mine[each.name] = intervals
        if each.name == "all" and len(seeds) > 1:
            spread = dict(zip(metrics, map(float, seeds.mean(axis=1).std(axis=0, ddof=1)), strict=True))
    return ModelFigures(row, means, tuple(by_seed), spread or dict.fromkeys(metrics, 0.0), values)


def _checked(name: str, metric: Metric) -> Metric:
    """Refuse values that are not one finite number a question."""

    def values(ranks: PositiveRanks) -> Values:
        found = np.asarray(metric(ranks), dtype=np.float64)
        if found.shape != (len(ranks),) or not np.isfinite(found).all():
            of_shape = found.shape == (len(ranks),)
            raise EvaluationError(
                Wording(
                    f"지표 {name}의 값은 질의 {len(ranks)}개마다 유한한 수 하나여야 합니다. "
                    + ("유한하지 않은 값이 있습니다" if of_shape else f"지금 배열의 모양: {found.shape}"),
                    f"metric {name} must give a finite number to each of {len(ranks)} questions, and gave "
                    f"{'some that are not finite' if of_shape else f'shape {found.shape}'}",
                )
            )
        return found

    return values


def table(outcome: SeedOutcome, metrics: Mapping[str, Metric], part: Slice | None = None) -> Values:
    """Each metric of each query, shape (Q, metrics); with ``part``, of its answers alone and the queries with one."""
    ranks = outcome.ranks
    if part is not None and part.answers is not None:
        ranks, _ = restrict(ranks, part.answers[outcome.answers] & part.queries[ranks.query])
    return np.stack([metric(ranks) for metric in metrics.values()], axis=1)


def by_group(
    models: Sequence[ModelFigures], groups: Sequence[npt.NDArray[np.bool_]], metric: str
) -> dict[str, list[float]]:
    """Mean of a metric over each group of queries, NaN for an empty one, by model."""
    found = {}
    for model in models:
        values = np.mean([compute_any(each.ranks, metric) for each in model.row.outcomes], axis=0)
        found[model.name] = [float(values[group].mean()) if group.any() else float("nan") for group in groups]
    return found


def by_answers(
    models: Sequence[ModelFigures], groups: Sequence[npt.NDArray[np.bool_]], metric: str
) -> dict[str, list[float]]:
    """Mean of a metric where only the answers of a group count and the others are masked, by model."""
    found = {}
    for model in models:
        line = []
        for group in groups:
            means = []
            for outcome in model.row.outcomes:
                chosen = group[outcome.answers]
                if chosen.any():
                    means.append(float(compute_any(restrict(outcome.ranks, chosen)[0], metric).mean()))
            line.append(float(np.mean(means)) if means else float("nan"))
        found[model.name] = line
    return found
