"""One task: try the scorers on a later window, weigh them, train what serves on everything."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import numpy as np

from graph_schema.errors import ModelError
from graph_schema.progress import Progress
from recommender.bundle import TaskModel
from recommender.queries import Floats
from recommender.scorer_protocols import Estimator, Scorer
from recommender.scorers.blend import standard, weighted_sum
from recommender.scorers.families import FAMILIES, make_estimator
from recommender.scorers.stored import Arrays, Stored
from recommender.task_data import TaskData
from recommender.tasks import TASKS
from recommender.text import DEFAULT_ENCODER
from recommender.validation import Window, chunks, dated_days, ndcg, new_pairs

CONTENT_ONLY = "content-knn"
_STEPS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)
_ROUNDS = 3
_MARGIN = 1e-9


@dataclass(frozen=True)
class TrainConfig:
    """What is tried and how it is judged.

    The last ``valid_share`` of a task's dated pairs are the validation window, judged on at most ``valid_askers``
    askers; with fewer than ``min_positives`` dated pairs, or fewer than ``min_valid`` in the window, content serves.
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
    valid_askers: int = 1_000
    min_positives: int = 30
    min_valid: int = 10
    include_synthetic: bool = True


@dataclass(frozen=True)
class TrainedTask:
    """What serves a task, with the arrays of its scorers by scorer name."""

    model: TaskModel
    arrays: Mapping[str, Arrays]


DataBefore = Callable[[date | None], TaskData]
"""The task as it was known before a day; None: everything that training may see."""


def train_task(data_before: DataBefore, config: TrainConfig, progress: Progress) -> TrainedTask:
    """Choose by NDCG@10 on the validation window among the scorers and their blend; the simpler one wins a draw."""
    data, seed = data_before(None), config.seed
    estimators = {name: make_estimator(name, config.settings.get(name)) for name in config.scorers}
    start = _valid_start(data, config)
    if start is None:
        note = "too few dated pairs to learn from or to judge by: ranked by content alone"
        return _finish(data, {CONTENT_ONLY: 1.0}, {CONTENT_ONLY: _content(estimators)}, seed, {"note": note})
    known = data_before(start)
    rng = np.random.default_rng(seed)
    window = new_pairs(known, data).sample(config.valid_askers, rng)
    scores: dict[str, Floats] = {}
    settled: dict[str, Estimator] = {}
    for done, (name, estimator) in enumerate(estimators.items()):
        progress(f"validate {data.task.name}", done, len(estimators))
        scorer = estimator.fit(known, np.random.default_rng(seed))
        scores[name] = checked(scorer, known, window)
        settled[name] = scorer.settled if isinstance(scorer, Stored) else estimator
    progress(f"validate {data.task.name}", len(estimators), len(estimators))
    weights, figures = choose(scores, known, window)
    facts = {"ndcg": figures, "valid_from": start.isoformat(), "valid_askers": len(window.askers)}
    if len(weights) == 1:
        facts["note"] = "the blend did not beat the best single scorer on the validation window, so that one serves"
    return _finish(data, weights, {name: settled[name] for name in weights}, seed, facts)


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


def checked(scorer: Scorer, data: TaskData, window: Window) -> Floats:
    """Scores over the window; raises ``ModelError`` where one is not finite, since NaN would count as a hit."""
    parts = [scorer.score(data.queries_at(rows)) for rows in chunks(window.askers)]
    scores = np.vstack(parts) if parts else np.zeros((0, data.n_candidates), dtype=np.float32)
    if not np.isfinite(scores).all():
        raise ModelError(f"scorer {scorer.name!r} gave scores that are not finite for {data.task.name}; leave it out")
    return scores


def _valid_start(data: TaskData, config: TrainConfig) -> date | None:
    """First day of the validation window, None where there are too few dated pairs."""
    days = dated_days(data)
    if len(days) < config.min_positives:
        return None
    start = days[int(len(days) * (1.0 - config.valid_share))]
    inside, earlier = int((days >= start).sum()), int((days < start).sum())
    if inside < config.min_valid or earlier < config.min_valid:
        return None
    return date.fromisoformat(str(start))


def _content(estimators: Mapping[str, Estimator]) -> Estimator:
    return estimators[CONTENT_ONLY] if CONTENT_ONLY in estimators else make_estimator(CONTENT_ONLY)


def _finish(
    data: TaskData, weights: Mapping[str, float], estimators: Mapping[str, Any], seed: int, facts: Mapping[str, Any]
) -> TrainedTask:
    """Train what serves on all that may be seen."""
    scorers: Sequence[Scorer] = [estimators[name].fit(data, np.random.default_rng(seed)) for name in weights]
    model = TaskModel(
        scorer=next(iter(weights)) if len(weights) == 1 else "blend",
        weights=dict(weights),
        configs={name: asdict(estimators[name]) for name in weights},
        positives=len(data.positives),
        synthetic_share=data.synthetic_share,
        **{"ndcg": {}, **facts},
    )
    return TrainedTask(model, {s.name: s.arrays() for s in scorers if isinstance(s, Stored)})
