"""Estimators by their settings as plain values, so that a bundle can name what serves."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, cast

import numpy as np

from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.engine.episodes import EpisodeConfig, Style
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.network_config import NetworkConfig
from recommender.engine.pretrained.canonical_episodes import CanonicalEpisodeConfig
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator
from recommender.engine.seasonal import Seasonal
from recommender.engine.trained_parts import EngineConfig
from recommender.engine.trees import TreesConfig
from recommender.knowledge.known import Estimator, Known, Restorable, Scorer
from recommender.measure.arrays_file import read_arrays
from recommender.scorers.attribute_factors import AttributeFactors
from recommender.scorers.basket_knn import BasketKnn
from recommender.scorers.common_neighbours import CommonNeighbours
from recommender.scorers.conditional_popularity import ConditionalPopularity
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from recommender.scorers.ease import Ease
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.lightgcn import LightGcn
from recommender.scorers.popularity import Popularity
from recommender.scorers.simple_blend import SimpleBlend
from recommender.scorers.svd_cosine import SvdCosine

_TYPES: Final[Mapping[str, type[Any]]] = {
    each.__name__: each
    for each in (
        AttributeFactors,
        BasketKnn,
        CommonNeighbours,
        ConditionalPopularity,
        ContentKnn,
        ContentMatch,
        Ease,
        EngineConfig,
        EngineEstimator,
        EpisodeConfig,
        FineTuning,
        GraphWalk,
        ItemKnn,
        CanonicalEpisodeConfig,
        LightGcn,
        Mix,
        NetworkConfig,
        Popularity,
        PretrainedEstimator,
        Seasonal,
        SimpleBlend,
        Style,
        SvdCosine,
        TreesConfig,
    )
}


def estimator_of(config: object) -> Estimator:
    """Return the estimator whose settings ``bench.contender.config_of`` wrote; raises ``ModelError`` for others."""
    return cast(Estimator, estimator_among(_TYPES, config))


def estimator_among(types: Mapping[str, type[Any]], config: object) -> Any:
    """Return the estimator of some settings whose types are among ``types``; raises ``ModelError`` for others."""
    try:
        found = _value(types, config)
        _ = found.fit
    except (KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            Wording(
                f"모델의 설정을 읽을 수 없습니다({error}). 다른 버전에서 만든 모델이므로 다시 학습하십시오",
                f"the settings of the model cannot be read ({error}); it was made by another version: train again",
            )
        ) from error
    return found


def restored(estimator: Estimator, path: Path, known: Known, seed: int) -> Scorer:
    """Return the scorer whose arrays are in a file; one without is fitted again, which takes a moment.

    Raises ``EvaluationError`` where the arrays do not suit what is known.
    """
    if path.exists():
        return cast(Restorable, estimator).restore(known, read_arrays(path))
    return estimator.fit(known, np.random.default_rng(seed))


def _value(types: Mapping[str, type[Any]], config: object) -> Any:
    if isinstance(config, list | tuple):
        return tuple(_value(types, each) for each in config)
    if not isinstance(config, Mapping):
        return config
    values = {name: _value(types, each) for name, each in config.items() if name != "type"}
    return types[str(config["type"])](**values) if "type" in config else values
