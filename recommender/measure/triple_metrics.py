"""Reciprocal ranks of single answers under the three rules for ties, beside the metrics that all rankings share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from recommender.measure.arrays import Values
from recommender.measure.metrics import compute
from recommender.measure.ranks import PositiveRanks
from recommender.measure.triple_ranks import TripleRanks

TIE_RULES: Final[Mapping[str, Callable[[TripleRanks], Values]]] = MappingProxyType(
    {
        "mrr_optimistic": lambda ranks: 1.0 / ranks.optimistic,
        "mrr_realistic": lambda ranks: 1.0 / ranks.realistic,
        "mrr_pessimistic": lambda ranks: 1.0 / ranks.pessimistic,
    }
)


def compute_any(ranks: PositiveRanks, metric: str) -> Values:
    """Values of a metric of ``metrics.compute``, or of ``TIE_RULES`` by each query's best positive; shape (Q,)."""
    if metric not in TIE_RULES:
        return compute(ranks, metric)
    best = ranks.first
    return TIE_RULES[metric](TripleRanks(ranks.above[best] + 1, ranks.above[best] + ranks.tied[best]))
