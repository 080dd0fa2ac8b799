"""Rows of the engine in a report: the engine, and the engine with a part taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

import numpy as np

from recommender.engine.episodes import EpisodeConfig, Style, most_questions
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.pretrained.estimator import FineTuning
from recommender.engine.trained_parts import EngineConfig, TrainedPartsCache, companion_name
from recommender.engine.trees import Objective
from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.stages import build_stage
from recommender.measure.arrays import Indices
from recommender.models.pretrained import FINE_TUNED, fine_tuned
from recommender.scorers.conditional_popularity import ConditionalPopularity
from recommender.scorers.content_knn import ContentKnn
from recommender.scorers.ease import Ease
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.lightgcn import LightGcn
from recommender.scorers.registry import blended_contents, recent_popularity
from recommender.scorers.simple_blend import SimpleBlend

ENGINE: Final = "engine"
_TREES: Final[Mapping[Objective, float]] = {"binary": 0.5, "lambdarank": 0.5}
"""Even: which is better changes with the set and the metric."""
_NETWORK_SHARES: Final = (0.5, 0.7, 1.0)
"""The most even blend first: where several are about as good on valid, an average is the safest."""
_COMPANIONS_SHARE: Final = 0.5
"""Of all companions together, beside 1 for networks and trees."""
_SHARES_BESIDE: Final[Mapping[str, float]] = {FINE_TUNED: 1.0, SimpleBlend.name: 0.3}
"""Of the blend of simple scorers .15 to 1 were tried on the valid windows of six award sets: .3 gained .011 and .016 on
Thüringen's two; it lost on Miyagi's and on Slovenia's calls, where the choice on valid leaves it out."""
MOST_BLENDED: Final = 5_000
"""Candidates up to which the blend is fitted: the linear model in it costs what their cube does."""
_TREES_ALONE: Final = tuple(Mix({name: 1.0}) for name in _TREES)
_MOST_WORK: Final = 6e10
"""Products of a training of LightGCN beyond which the engine does without it: it is trained for each episode."""
_WORK_A_MINUTE: Final = 3.3e9
"""Products of LightGCN for each minute of the budget: five trainings of so many take half of it on one core."""
_LONG_BUDGET: Final = 10.0
"""Minutes from which as many questions are learned from as help."""
_MOST_QUESTIONS: Final = (1_000, 3_000)
"""Of an episode, below ``_LONG_BUDGET`` and from it on; more were not seen to help."""
_FEWEST_QUESTIONS: Final = 50
"""Of an episode, however little time there is: fewer teach nothing, and the fixed work is then most of a training."""
_FIXED_SECONDS: Final = 8.0
"""Of one core, to train on hardly any data, as in ``bench.estimate``: parts learn in many small steps."""
_POOLED_SECONDS: Final = 2.5e-5
"""Of one core, to learn from one candidate in the pool of a question: trees and networks together."""
_SCORED_SECONDS: Final = 3e-7
"""Of one core, to describe a question by one candidate, in the pool or not."""


def engine_contenders(known: Known, budget_minutes: float, device: str) -> dict[str, tuple[Estimator, ...]]:
    """Return the rows with their variants, in order of preference; ``known`` is that of the valid window."""
    stage = build_stage(known.dataset, "valid", known.vectors)
    config = plan(known, Style.of(stage), budget_minutes, device)
    cache = TrainedPartsCache()

    def row(name: str, mixes: Sequence[Mix], settings: EngineConfig = config) -> tuple[Estimator, ...]:
        return tuple(EngineEstimator(name, settings, mix, cache) for mix in mixes)

    names = [companion_name(place, each) for place, each in enumerate(config.more)]
    beside = {each.name: _SHARES_BESIDE[each.name] for each in config.beside}
    together = [mix for share in _NETWORK_SHARES for mix in _with_others(_blend(share), names, beside)]
    simple = [Mix(simple={name: 1.0}) for name in names]
    alone = [*_with_others(_blend(0.0), names, beside), *_TREES_ALONE, *simple]
    without = replace(config, graph="none", more=(), beside=())
    rewired = replace(config, graph="shuffled")
    return {
        ENGINE: row(ENGINE, [*together, *alone]),
        "engine-without-gnn": row("engine-without-gnn", alone),
        "gnn": row("gnn", [Mix(network=1.0)]),
        "engine-without-graph": row("engine-without-graph", [_blend(0.0), *_TREES_ALONE], without),
        "engine-shuffled-graph": row("engine-shuffled-graph", [*together, *alone], rewired),
    }


def plan(known: Known, style: Style, budget_minutes: float, device: str) -> EngineConfig:
    """Choose sizes by the size of the data and the budget, never by the clock, so that two runs are alike."""
    # Windows of half the length show the same pairs from more moments.
    episodes = EpisodeConfig(count=8, length=0.5, draws=2) if style.span > 0 else EpisodeConfig()
    companions = _companions(known, style, device, budget_minutes)
    config = EngineConfig(style, episodes, device=device, more=companions)
    sizes = most_questions(known, style, episodes)
    asked = questions_within(budget_minutes, int(known.is_candidate.sum()), sizes, config)
    config = replace(config, episodes=replace(episodes, max_queries=asked))
    return replace(config, beside=scorers_beside(known, config, fine_tuned(FineTuning(config.style))))


def questions_within(budget_minutes: float, candidates: int, sizes: Indices, config: EngineConfig) -> int:
    """Return the questions of an episode at most, so that one core learns from all of them in about the budget.

    ``sizes`` are those of the episodes without a bound: where all of them fit, a longer budget changes nothing.
    """
    most = _MOST_QUESTIONS[budget_minutes >= _LONG_BUDGET]
    bounds = np.arange(_FEWEST_QUESTIONS, most + 1)
    # Of all episodes by the bound: those of fewer questions have all of theirs.
    asked = np.minimum(bounds[:, None], sizes).sum(axis=1)
    fitting = _FIXED_SECONDS + asked * learning_seconds(candidates, config) <= 60 * budget_minutes
    return int(bounds[max(fitting.sum() - 1, 0)])


def learning_seconds(candidates: int, config: EngineConfig) -> float:
    """Return the seconds of one core that learning takes for each question of an episode."""
    each = _POOLED_SECONDS * min(candidates, config.pool) + _SCORED_SECONDS * candidates
    return (1 + config.cold_share) * each


def scorers_beside(known: Known, config: EngineConfig, tuned: Estimator) -> tuple[Estimator, ...]:
    """Return what counts in the blend alone: the pretrained network, ``tuned``, and the blend of simple scorers."""
    candidates, found = int(known.is_candidate.sum()), list[Estimator]()
    # Where the pool holds all candidates: else it would describe a pool of its own for every question.
    if candidates <= config.pool:
        found.append(tuned)
    if candidates <= MOST_BLENDED and (contents := blended_contents(known)):
        found.append(SimpleBlend(recent_popularity(known), Ease(), contents[0], popularity_weight=0.1))
    return tuple(found)


def _blend(network: float) -> Mix:
    """Blend networks, at a share of 0 to 1, with both kinds of trees."""
    return Mix({name: part * (1.0 - network) for name, part in _TREES.items() if network < 1}, network)


def _with_others(mix: Mix, companions: Sequence[str], beside: Mapping[str, float]) -> list[Mix]:
    """Return a mix with all that there is beside networks and trees, with less and less of it, and without."""
    shared = {name: _COMPANIONS_SHARE / len(companions) for name in companions}
    found = [replace(mix, simple=shared), mix] if companions else [mix]
    names = [*beside]
    fewer = [{name: beside[name] for name in names[:count]} for count in range(len(names), -1, -1)]
    return [replace(each, beside=some) for some in fewer for each in found]


def _companions(known: Known, style: Style, device: str, budget_minutes: float) -> tuple[Estimator, ...]:
    """Scorers of the bench that know what the engine's own sources do not, for the way that the window asks."""
    found: list[Estimator] = []
    if style.cold:
        found += [
            ContentKnn(1_000, 0.05, 0.8, hops=2),
            ContentKnn(100, 0.05, 0.8),
            ConditionalPopularity(smoothing=2.0),
        ]
    elif known.same_label and known.relations:
        found.append(ItemKnn("links", 0.3, 0.7, 0.7))
    elif style.span <= 0:
        light = LightGcn(device=device)
        found += [light] if light.work(known) <= min(_MOST_WORK, budget_minutes * _WORK_A_MINUTE) else []
        found.append(ItemKnn(shrinkage=2.0))
    return tuple(found)
