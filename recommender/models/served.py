"""What may serve a task: a few simple scorers, and what learns: the engine in a size for a city, and pretrained."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from recommender.engine.episodes import EpisodeConfig, Style
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.network_config import NetworkConfig
from recommender.engine.pretrained.canonical_episodes import CanonicalEpisodeConfig
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator
from recommender.engine.seasonal import Seasonal
from recommender.engine.trained_parts import EngineConfig, TrainedPartsCache, companion_name
from recommender.engine.trees import TreesConfig
from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.stages import Stage
from recommender.models.engine import ENGINE, MOST_BLENDED, scorers_beside
from recommender.models.pretrained import FINE_TUNED, PRETRAINED, fine_tuned
from recommender.scorers.attribute_factors import AttributeFactors
from recommender.scorers.conditional_popularity import ConditionalPopularity
from recommender.scorers.content import has_text
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from recommender.scorers.facts import attribute_facts
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.popularity import Popularity, span_days
from recommender.scorers.registry import attribute_factors, simple_blends
from recommender.scorers.simple_blend import SimpleBlend

SIMPLE: Final = (
    "popularity",
    "recent-popularity",
    "conditional-popularity",
    "attribute-factors",
    "content-knn",
    "item-knn",
    "graph-walk",
    "simple-blend",
)
Variants = dict[str, tuple[Estimator, ...]]
_FACTORS: Final = AttributeFactors()
_WITH_FACTORS: Final = {companion_name(0, _FACTORS): 0.5}
_MIXES: Final = (
    Mix({"lambdarank": 0.5}, 0.5, _WITH_FACTORS),
    Mix({"lambdarank": 0.5}, 0.5),
    Mix({"lambdarank": 0.3}, 0.7),
    Mix({"lambdarank": 0.8}, 0.2),
)
"""In order of preference, the most even first: where several are about as good on valid, an average is the safest."""
_BESIDE: Final[Mapping[str, float]] = {FINE_TUNED: 1.0, SimpleBlend.name: 0.6}
"""Beside trees and network, and so before all blends without: on the valid windows of Thüringen's two and Slovenia's
calls .667, .645 and .275 in NDCG@10, where trees and network alone have .628, .599 and .251, and .665, .641 and .262
with half of the simple scores."""

_TUNED_EPOCHS: Final = 10
"""On valid windows of public sets .4936 in NDCG@10, mean over twelve, against .4940 after 25, for two fifths of it."""


@dataclass(frozen=True)
class EngineSize:
    """What `dure train` trains to serve: the engine, or the pretrained network; how much they learn from.

    The cost of training grows with the product of all.

    Chosen on valid windows of the demonstration: twice the windows or three times the questions gave .003 on
    programmes for three times the time.
    """

    windows: int = 2
    """Past windows that it learns from; 1 or more."""
    questions: int = 300
    """Questions of each at most."""
    pool: int = 120
    """Candidates that it tells apart for a question, about so many."""
    rounds: int = 60
    """Trees."""
    epochs: int = 4
    """Passes of the network over the questions."""
    batch: int = 16
    """Questions of a step of the network: so few are learned from that larger steps would be too few."""


def simple_rows(known: Known) -> Variants:
    """Return the simple scorers by name, each with the settings that are tried on the valid window."""
    rows: Variants = {"popularity": (Popularity(),)}
    span = span_days(known)
    if span:
        rows["recent-popularity"] = tuple(Popularity(span * share) for share in (0.125, 0.5))
    described = bool(attribute_facts(known.queries) or known.adjacency(known.task.query))
    if described:
        rows["conditional-popularity"] = tuple(ConditionalPopularity(smoothing=each) for each in (2.0, 10.0, 50.0))
        rows["attribute-factors"] = attribute_factors(known)
    rows["content-knn"] = content_rows(known)
    rows["item-knn"] = (ItemKnn(shrinkage=0.5), ItemKnn(shrinkage=2.0))
    rows["graph-walk"] = tuple(GraphWalk(restart) for restart in (0.15, 0.5))
    blends = simple_blends(known) if known.is_candidate.sum() <= MOST_BLENDED else ()
    return rows | ({SimpleBlend.name: blends} if blends else {})


def content_rows(known: Known) -> tuple[Estimator, ...]:
    """Return the scorers by likeness; the first needs no known pair."""
    share = 0.5 if has_text(known, known.task.query) else 0.0
    near = tuple(ContentKnn(1_000, 0.05, each) for each in (share, 1.6 * share))
    return (ContentMatch(), *near, ContentKnn(1_000, 0.05, 1.6 * share, hops=2))


def engine_rows(valid: Stage, size: EngineSize) -> tuple[Estimator, ...]:
    """Return the engine with its blends, in order of preference; ``valid`` is the window that they are chosen on."""
    cache, style = TrainedPartsCache(), Style.of(valid)
    config = EngineConfig(
        style,
        EpisodeConfig(count=size.windows, length=1.0, max_queries=size.questions),
        pool=size.pool,
        network=NetworkConfig(epochs=size.epochs, batch_size=size.batch),
        trees=TreesConfig(rounds=size.rounds),
        more=(Seasonal(style.span, _FACTORS),),
    )
    config = replace(config, beside=scorers_beside(valid.known, config, pretrained_rows(valid, size)[0]))
    shares = {each.name: _BESIDE[each.name] for each in config.beside}
    mixes = (*(replace(mix, beside=shares) for mix in reversed(_MIXES[:2]) if shares), *_MIXES)
    # Where none who asks is new, the window cannot tell how newcomers are answered best. The scorer that suits them
    # does better: .656 for .595 and .598 for .574 on Thüringen's valid windows, asked by guests.
    among = bool((np.diff(valid.questions.context.indptr) == 0).any())
    return tuple(EngineEstimator(ENGINE, config, replace(mix, newcomers=among), cache) for mix in mixes)


def pretrained_rows(valid: Stage, size: EngineSize) -> tuple[Estimator, ...]:
    """Return the pretrained network carried on by windows as many as the engine's, and as it is."""
    episodes = CanonicalEpisodeConfig(size.windows, size.questions, pool=size.pool)
    tuned = fine_tuned(FineTuning(Style.of(valid), episodes, epochs=_TUNED_EPOCHS))
    return tuple(replace(each, pool=size.pool) for each in (tuned, PretrainedEstimator()))


LEARNED: Final[Mapping[str, Callable[[Stage, EngineSize], tuple[Estimator, ...]]]] = {
    ENGINE: engine_rows,
    PRETRAINED: pretrained_rows,
}
"""What learns, by name, in order of preference: where they are about as good on valid, the first serves."""


def learned_rows(valid: Stage, size: EngineSize, names: Collection[str] = tuple(LEARNED)) -> tuple[Estimator, ...]:
    """Return the variants, in order of preference, of the one row by which what learns competes to serve."""
    return tuple(row for name, rows in LEARNED.items() if name in names for row in rows(valid, size))
