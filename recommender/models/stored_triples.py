"""Estimators for triples by their settings as plain values, so that a saved model can name what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, cast

from recommender.models.stored import estimator_among
from recommender.triples.complex import ComplexEstimator
from recommender.triples.distmult import DistMultEstimator
from recommender.triples.ease import EaseEstimator
from recommender.triples.engine import TripleEngineEstimator
from recommender.triples.factorization import FactorizationConfig
from recommender.triples.message_passing import PathNetworkEstimator
from recommender.triples.neighbours import NeighboursEstimator
from recommender.triples.popularity import PopularityEstimator
from recommender.triples.protocols import TripleEstimator
from recommender.triples.rescal import RescalEstimator
from recommender.triples.rules import RulesEstimator
from recommender.triples.stack import StackConfig
from recommender.triples.tuning import TunedEstimator

_TYPES: Final[Mapping[str, type[Any]]] = {
    each.__name__: each
    for each in (
        ComplexEstimator,
        DistMultEstimator,
        EaseEstimator,
        FactorizationConfig,
        NeighboursEstimator,
        PathNetworkEstimator,
        PopularityEstimator,
        RescalEstimator,
        RulesEstimator,
        StackConfig,
        TripleEngineEstimator,
        TunedEstimator,
    )
}


def triple_estimator_of(config: object) -> TripleEstimator:
    """Return the estimator whose settings ``bench.contender.config_of`` wrote; raises ``ModelError`` for others."""
    return cast(TripleEstimator, estimator_among(_TYPES, config))
