"""Rows of the engine in a report: the engine, and the engine with a part taken away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from recommender.experiments.baselines.conditional_popularity import ConditionalPopularity
from recommender.experiments.baselines.content_knn import ContentKnn
from recommender.experiments.baselines.item_knn import ItemKnn
from recommender.experiments.baselines.lightgcn import LightGcn
from recommender.experiments.engine.episodes import EpisodeConfig, Style
from recommender.experiments.engine.estimator import EngineEstimator, Mix
from recommender.experiments.engine.workshop import WorkshopConfig, Workshops, companion_name
from recommender.experiments.known import Estimator, Known
from recommender.experiments.stages import build_stage

ENGINE = "engine"
_WITH_NETWORK: Final = (
    Mix(network=1.0),
    Mix({"binary": 0.15}, 0.85),
    Mix({"binary": 0.3}, 0.7),
    Mix({"binary": 0.5}, 0.5),
    Mix({"binary": 0.25, "lambdarank": 0.25}, 0.5),
    Mix({"lambdarank": 0.3}, 0.7),
)
_WITHOUT_NETWORK: Final = (
    Mix({"binary": 1.0}),
    Mix({"lambdarank": 1.0}),
    Mix({"binary": 0.5, "lambdarank": 0.5}),
)
_BLENDED: Final = (_WITH_NETWORK[0], _WITH_NETWORK[4])
_COMPANION_SHARES: Final = (0.5, 1.0)
_MOST_WORK: Final = 6e10
"""Products of a training of LightGCN beyond which the engine does without it: it is trained for each episode."""
_LONG_BUDGET = 10.0
"""Minutes from which as many questions are learned from as help."""


def engine_contenders(known: Known, budget_minutes: float, device: str) -> dict[str, tuple[Estimator, ...]]:
    """Return the rows with their variants, to be chosen from on valid; ``known`` is that of the valid window."""
    stage = build_stage(known.dataset, "valid", known.vectors)
    config = plan(known, Style.of(stage), budget_minutes, device)
    workshops = Workshops()

    def row(name: str, mixes: Sequence[Mix], settings: WorkshopConfig = config) -> tuple[Estimator, ...]:
        return tuple(EngineEstimator(name, settings, mix, workshops) for mix in mixes)

    names = [companion_name(place, each) for place, each in enumerate(config.more)]
    simple = [Mix(simple={name: 1.0}) for name in names]
    alone = [*_WITHOUT_NETWORK, *_with_companions(_WITHOUT_NETWORK[-1], names), *simple]
    together = [*_WITH_NETWORK, *(mix for each in _BLENDED for mix in _with_companions(each, names))]
    without = replace(config, graph="none", more=())
    rewired = replace(config, graph="shuffled")
    return {
        ENGINE: row(ENGINE, [*together, *alone]),
        "engine-without-gnn": row("engine-without-gnn", alone),
        "gnn": row("gnn", [Mix(network=1.0)]),
        "engine-without-graph": row("engine-without-graph", _WITHOUT_NETWORK, without),
        "engine-shuffled-graph": row("engine-shuffled-graph", [*together, *alone], rewired),
    }


def plan(known: Known, style: Style, budget_minutes: float, device: str) -> WorkshopConfig:
    """Choose sizes by the size of the data and the budget, never by the clock, so that two runs are alike."""
    queries = 3_000 if budget_minutes >= _LONG_BUDGET else 1_000
    # Windows of half the length show the same pairs from more moments.
    episodes = EpisodeConfig(count=8, length=0.5, max_queries=queries, draws=2)
    if style.span <= 0:
        episodes = EpisodeConfig(max_queries=queries)
    return WorkshopConfig(style, episodes, device=device, more=_companions(known, style, device))


def _with_companions(mix: Mix, names: Sequence[str]) -> list[Mix]:
    """Blend a mix with each companion's scores, at half its weight or the same."""
    return [replace(mix, simple={name: share}) for name in names for share in _COMPANION_SHARES]


def _companions(known: Known, style: Style, device: str) -> tuple[Estimator, ...]:
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
        found += [light] if light.work(known) <= _MOST_WORK else []
        found.append(ItemKnn(shrinkage=2.0))
    return tuple(found)
