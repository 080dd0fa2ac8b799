"""A weighted sum of scorers, each brought to the same scale per asker."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Floats
from recommender.measure.standard_scores import standard
from recommender.served.queries import Queries
from recommender.served.scorer_protocols import Scorer


@dataclass(frozen=True)
class BlendScorer:
    """score(q, c) = Σ_m w_m · (s_m(q, c) − mean_c s_m(q, ·)) / std_c s_m(q, ·), with weights w_m ≥ 0.

    A member that does not tell candidates apart for an asker (item-kNN for one without history) adds nothing.
    """

    members: Sequence[Scorer]
    weights: Mapping[str, float]
    name: str = "blend"

    def score(self, queries: Queries) -> Floats:
        """Sum the members' standard scores."""
        return weighted_sum((standard(member.score(queries)), self.weights[member.name]) for member in self.members)


def weighted_sum(scores: Iterable[tuple[Floats, float]]) -> Floats:
    """Sum of scores times their weights; at least one, all of one shape (Q, C)."""
    return np.asarray(sum(weight * of for of, weight in scores), dtype=np.float32)


def in_words(weights: Mapping[str, float]) -> str:
    """Name the one scorer, or the members of a blend with their weights."""
    return " + ".join(f"{weight:g} {name}" if len(weights) > 1 else name for name, weight in weights.items())
