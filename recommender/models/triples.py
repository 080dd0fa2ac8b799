"""Rows of a report on triples: simple models with the settings tried on valid, and the engine with its controls."""

from __future__ import annotations

from dataclasses import replace

from recommender.triples.complex import ComplexEstimator
from recommender.triples.data import Triples
from recommender.triples.distmult import DistMultEstimator
from recommender.triples.ease import EaseEstimator
from recommender.triples.engine import engine_variants
from recommender.triples.neighbours import NeighboursEstimator
from recommender.triples.plan import plan_parts
from recommender.triples.popularity import PopularityEstimator
from recommender.triples.protocols import TripleEstimator
from recommender.triples.rules import RulesEstimator
from recommender.triples.tuning import TunedEstimator

Rows = dict[str, tuple[TripleEstimator, ...]]


def simple_contenders(triples: Triples, budget_minutes: float = 10.0) -> Rows:
    """Return the simple models by name, each with its variants; the best variant on valid is tested."""
    parts = plan_parts(triples, budget_minutes)
    rows: Rows = {
        "relation popularity": (PopularityEstimator(),),
        "common neighbours": (NeighboursEstimator(weighed=False), NeighboursEstimator()),
        "path rules": (RulesEstimator(), RulesEstimator(confidence=0.02), RulesEstimator(per_relation=300)),
    }
    if "EASE" in parts:
        rows["EASE"] = tuple(EaseEstimator(ridge) for ridge in (5.0, 10.0, 20.0, 40.0, 80.0))
    decoder = parts["ComplEx"]
    assert isinstance(decoder, TunedEstimator)
    rows["ComplEx"] = (decoder,)
    rows["DistMult"] = (_as_distmult(decoder),)
    return rows


def engine_contenders(triples: Triples, budget_minutes: float = 10.0) -> Rows:
    """Return the engine, the graph encoder alone, the engine without it, and over a shuffled graph."""
    return {name: (row,) for name, row in engine_variants(triples, budget_minutes).items()}


def _as_distmult(decoder: TunedEstimator) -> TunedEstimator:
    """Return DistMult tuned as ComplEx is, at the same number of weights."""

    def turned(estimators: tuple[TripleEstimator, ...]) -> tuple[TripleEstimator, ...]:
        return tuple(
            DistMultEstimator(2 * each.rank, training=each.training)
            for each in estimators
            if isinstance(each, ComplexEstimator)
        )

    return replace(decoder, variants=turned(decoder.variants), pilots=turned(decoder.pilots))
