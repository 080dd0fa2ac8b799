"""One task: choose and weigh scorers on a window, test them on later ones, train what serves on everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from graph_schema.progress import Progress
from recommender.knowledge.splits import Pairs, task_pairs
from recommender.knowledge.tasks import TASKS
from recommender.measure.arrays import Arrays, Floats
from recommender.measure.standard_scores import standard
from recommender.publish.bundle import TaskModel
from recommender.publish.later_windows import Later, Shares, Spans, compare, spans_of
from recommender.publish.probability import calibrated
from recommender.publish.promotion import Promotion, Verdict, judge
from recommender.served.scorer_protocols import Estimator, Scorer
from recommender.served.scorers.blend import in_words, weighted_sum
from recommender.served.scorers.families import FAMILIES, LEARNED, make_estimator, variants
from recommender.served.scorers.stored import Stored
from recommender.served.task_data import TaskData
from recommender.served.validation import Window, checked, ndcg, new_pairs
from recommender.text.encoder import DEFAULT_ENCODER

CONTENT_ONLY = "content-knn"
_CHALLENGER = "challenger"
_STEPS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
_ROUNDS = 3
_MARGIN = 1e-9


@dataclass(frozen=True)
class TrainConfig:
    """What is tried and how it is judged.

    The newest ``test_share`` of a task's dated pairs make the last window, one as long lies before it, and the last
    ``valid_share`` of what is earlier still is chosen by; each is judged on at most ``valid_askers`` askers. With fewer
    than ``min_positives`` dated pairs, or fewer than ``min_valid`` in a window, there is none.
    """

    tasks: tuple[str, ...] = tuple(TASKS)
    until: date | None = None
    """Only what was known before this day is learnt from."""
    seed: int = 0
    scorers: tuple[str, ...] = tuple(FAMILIES)
    settings: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """Settings of scorers by name, where they are not the usual ones."""
    encoder: str = DEFAULT_ENCODER
    valid_share: float = 0.15
    test_share: float = 0.15
    valid_askers: int = 1_000
    min_positives: int = 30
    min_valid: int = 10
    include_synthetic: bool = True
    force: bool = False
    """Let what is learned serve although it did not beat the best simple scorer; a person answers for it."""


@dataclass(frozen=True)
class TrainedTask:
    """What serves a task, with the arrays of its scorers by scorer name."""

    model: TaskModel
    arrays: Mapping[str, Arrays]


DataBefore = Callable[[date | None], TaskData]
"""The task as it was known before a day; None: everything that training may see."""


def train_task(data_before: DataBefore, config: TrainConfig, progress: Progress) -> TrainedTask:
    """Choose what serves, train it on all that may be seen, and learn what its scores mean.

    Settings and weights are chosen by NDCG@10 on a window. Where something learned does best there, it serves only if
    it beats the best simple scorer on two later windows (``promotion``), or if ``config.force`` says so.
    """
    data, seed = data_before(None), config.seed
    spans = spans_of(data, Shares(config.valid_share, config.test_share, config.min_positives, config.min_valid))
    if spans is None:
        promotion, estimator = (
            Promotion(Verdict.CONTENT),
            make_estimator(CONTENT_ONLY, config.settings.get(CONTENT_ONLY)),
        )
        return _finish(data, {CONTENT_ONLY: 1.0}, {CONTENT_ONLY: estimator}, seed, {"promotion": promotion})
    choice = _choose_scorers(data_before, spans, config, progress)
    laters = _later(data_before, spans, choice, config, progress)
    pairs = task_pairs(data.snapshot, data.task, include_synthetic=data.include_synthetic)
    promotion, weights = _promote(choice, laters, pairs, spans, config)
    facts: dict[str, Any] = {
        "promotion": promotion,
        "ndcg": choice.figures,
        "valid_from": spans.choose.isoformat(),
        "valid_askers": choice.askers,
    }
    if laters:
        progress(f"calibrate {data.task.name}", 0, 1)
        served, links = (
            [each.served(weights) for each in laters],
            [each.links(pairs, config.valid_askers) for each in laters],
        )
        facts["calibration"] = calibrated(links[0], served[0], links[1], served[1], spans.months)
        progress(f"calibrate {data.task.name}", 1, 1)
    return _finish(data, weights, {name: choice.estimators[name] for name in weights}, seed, facts)


@dataclass(frozen=True)
class _Choice:
    """The best settings of each scorer, the weights that did best, and NDCG@10 of each and of the blend."""

    estimators: Mapping[str, Estimator]
    weights: Mapping[str, float]
    figures: Mapping[str, float]
    askers: int

    @property
    def is_learned(self) -> bool:
        """Whether what did best has weights that were learnt from links."""
        return len(self.weights) > 1 or bool(LEARNED & set(self.weights))

    @property
    def simple(self) -> tuple[str, ...]:
        """Scorers to be beaten."""
        return tuple(name for name in self.estimators if name not in LEARNED)

    @property
    def words(self) -> str:
        """What did best, in words."""
        return in_words(self.weights)


def _choose_scorers(data_before: DataBefore, spans: Spans, config: TrainConfig, progress: Progress) -> _Choice:
    known, later = data_before(spans.choose), data_before(spans.tests[0] if spans.tests else None)
    window = new_pairs(known, later).sample(config.valid_askers, np.random.default_rng(config.seed))
    scores: dict[str, Floats] = {}
    settled: dict[str, Estimator] = {}
    step = f"validate {known.task.name}"
    for done, name in enumerate(config.scorers):
        progress(step, done, len(config.scorers))
        best = -1.0
        for estimator in _tried(name, config):
            scorer = estimator.fit(known, np.random.default_rng(config.seed))
            found = checked(scorer, known, window)
            figure = ndcg(found, known, window)
            if figure > best + _MARGIN:
                best, scores[name] = figure, found
                settled[name] = scorer.settled if isinstance(scorer, Stored) else estimator
    progress(step, len(config.scorers), len(config.scorers))
    weights, figures = choose(scores, known, window)
    return _Choice(settled, weights, figures, len(window.askers))


def _tried(name: str, config: TrainConfig) -> tuple[Estimator, ...]:
    """Return the settings to compare: those of the grid, or the ones that the configuration names."""
    return (make_estimator(name, config.settings[name]),) if name in config.settings else variants(name)


def _later(
    data_before: DataBefore, spans: Spans, choice: _Choice, config: TrainConfig, progress: Progress
) -> list[Later]:
    """Train what is to be compared before each later window; only what serves where nothing is to be compared."""
    wanted = {*choice.weights, *choice.simple} if choice.is_learned else {*choice.weights}
    estimators = {name: of for name, of in choice.estimators.items() if name in wanted}
    laters: list[Later] = []
    for start, end in zip(spans.tests, spans.test_ends, strict=True):
        known = data_before(start)
        progress(f"test {known.task.name} later", len(laters), len(spans.tests))
        laters.append(Later.fit(known, end, estimators, config.seed))
    return laters


def _promote(
    choice: _Choice, laters: Sequence[Later], pairs: Pairs, spans: Spans, config: TrainConfig
) -> tuple[Promotion, Mapping[str, float]]:
    """Return the verdict and the weights of what serves."""
    if not choice.is_learned:
        return Promotion(Verdict.SIMPLE, baseline=choice.words), choice.weights
    if not choice.simple:
        return Promotion(Verdict.ALONE, choice.words), choice.weights
    simple = {name: {name: 1.0} for name in choice.simple}
    if laters:
        compared = compare(laters, pairs, {_CHALLENGER: choice.weights, **simple}, config.valid_askers)
        windows = tuple(day.isoformat() for day in (*spans.tests, spans.end))
        promotion = replace(judge(_CHALLENGER, compared, windows), challenger=choice.words)
    else:
        best = max(simple, key=lambda name: choice.figures[name])
        promotion = Promotion(Verdict.UNTESTED, choice.words, best)
    if promotion.verdict is Verdict.LEARNED:
        return promotion, choice.weights
    if config.force:
        return promotion.forced(), choice.weights
    return promotion, simple[promotion.baseline]


def choose(scores: Mapping[str, Floats], data: TaskData, window: Window) -> tuple[dict[str, float], dict[str, float]]:
    """Weights (≥ 0) of what serves, and the NDCG@10 of every scorer and of the blend.

    Coordinate ascent over a small grid, starting from the best single scorer: the weights are few and the window is
    small, so a finer search would fit its noise.
    """
    figures = {name: ndcg(of, data, window) for name, of in scores.items()}
    best = max(figures, key=lambda name: figures[name])
    weights = dict.fromkeys(scores, 0.0) | {best: 1.0}
    members = {name: standard(of) for name, of in scores.items()}
    top = ndcg(members[best], data, window)
    for _ in range(_ROUNDS):
        before = top
        for name in scores:
            for step in _STEPS:
                trial = weights | {name: step}
                if step == weights[name] or not any(trial.values()):
                    continue
                figure = ndcg(weighted_sum([(members[each], w) for each, w in trial.items() if w]), data, window)
                if figure > top + _MARGIN:
                    top, weights = figure, trial
        if top <= before + _MARGIN:
            break
    used = {name: weight for name, weight in weights.items() if weight > 0}
    figures["blend"] = top
    if len(used) == 1 or top <= figures[best] + _MARGIN:
        used = {best: 1.0}
    return used, figures


def _finish(
    data: TaskData, weights: Mapping[str, float], estimators: Mapping[str, Any], seed: int, facts: Mapping[str, Any]
) -> TrainedTask:
    """Train what serves on all that may be seen."""
    scorers: list[Scorer] = [estimators[name].fit(data, np.random.default_rng(seed)) for name in weights]
    model = TaskModel(
        scorer=next(iter(weights)) if len(weights) == 1 else "blend",
        weights=dict(weights),
        configs={name: asdict(estimators[name]) for name in weights},
        positives=len(data.positives),
        synthetic_share=data.synthetic_share,
        rejections=len(data.rejected),
        **{"ndcg": {}, **facts},
    )
    return TrainedTask(model, {s.name: s.arrays() for s in scorers if isinstance(s, Stored)})
