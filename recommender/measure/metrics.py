"""Ranking metrics of each query, as their expected value over random orders within ties."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Indices, Values
from recommender.measure.ranks import PositiveRanks


def recall(ranks: PositiveRanks, k: int) -> Values:
    """Share of the positives in the top ``k``, of as many as fit: divided by min(positives, k). Shape (Q,)."""
    return _per_query(ranks, _chance_in_top(ranks, k)) / np.minimum(ranks.counts, k)


def precision(ranks: PositiveRanks, k: int) -> Values:
    """Share of the top ``k`` that is positive. Shape (Q,)."""
    return _per_query(ranks, _chance_in_top(ranks, k)) / k


def ndcg(ranks: PositiveRanks, k: int) -> Values:
    """Discounted gain 1 / log2(rank + 1) over the top ``k``, divided by the best possible one. Shape (Q,).

    Järvelin & Kekäläinen (2002); ties as in McSherry & Najork (2008), "Computing information retrieval performance
    measures efficiently in the presence of tied scores".
    """
    gains = np.concatenate(([0.0], np.cumsum(1.0 / np.log2(np.arange(2, k + 2)))))
    end = np.minimum(ranks.above + ranks.tied, k)
    expected = (gains[end] - gains[np.minimum(ranks.above, k)]) / ranks.tied
    return np.asarray(_per_query(ranks, expected) / gains[np.minimum(ranks.counts, k)])


def hits(ranks: PositiveRanks, k: int) -> Values:
    """Chance that the top ``k`` holds any positive: 1 or 0 without ties. Shape (Q,)."""
    best = ranks.first
    above, tied, positives = ranks.above[best], ranks.tied[best], ranks.tied_positives[best]
    slots = np.clip(k - above, 0, tied)
    missed = np.ones(len(ranks))
    for drawn in range(int(slots.max(initial=0))):
        chance = np.maximum(tied - positives - drawn, 0) / np.maximum(tied - drawn, 1)
        missed = np.where(drawn < slots, missed * chance, missed)
    return np.asarray(1.0 - missed)


def mrr(ranks: PositiveRanks) -> Values:
    """One over the rank of the best positive. Shape (Q,); its mean is the mean reciprocal rank."""
    best = ranks.first
    ties = np.stack([ranks.above[best], ranks.tied[best], ranks.tied_positives[best]], axis=1)
    unique, inverse = np.unique(ties, axis=0, return_inverse=True)
    values = np.array([_expected_reciprocal(*map(int, row)) for row in unique], dtype=np.float64)
    return np.asarray(values[inverse.reshape(-1)])


def average_precision(ranks: PositiveRanks) -> Values:
    """Mean over all positives of the precision at their rank, full depth. Shape (Q,); its mean is MAP.

    Within a tie of n candidates and p positives behind A positives, the positive at place j of the tie is expected to
    have A + 1 + (p - 1)(j - 1)/(n - 1) positives at or before it, so the sum over j has a closed form.
    """
    deepest = int((ranks.above + ranks.tied).max(initial=0))
    harmonic = np.concatenate(([0.0], np.cumsum(1.0 / np.arange(1, deepest + 1))))
    step = (ranks.tied_positives - 1) / np.maximum(ranks.tied - 1, 1)
    inverse = harmonic[ranks.above + ranks.tied] - harmonic[ranks.above]
    expected = ((ranks.positives_above + 1 - step * (ranks.above + 1)) * inverse) / ranks.tied + step
    return np.asarray(_per_query(ranks, expected) / ranks.counts)


AT_K: Mapping[str, Callable[[PositiveRanks, int], Values]] = MappingProxyType(
    {"recall": recall, "ndcg": ndcg, "hits": hits, "precision": precision}
)
FULL_DEPTH: Mapping[str, Callable[[PositiveRanks], Values]] = MappingProxyType({"mrr": mrr, "map": average_precision})


def compute(ranks: PositiveRanks, metric: str) -> Values:
    """Values of a metric by its name, ``mrr``, ``map`` or ``<recall|ndcg|hits|precision>@<k>``. Shape (Q,).

    Raises ``EvaluationError`` for a name that is not known.
    """
    name, _, depth = metric.partition("@")
    if name in FULL_DEPTH and not depth:
        return FULL_DEPTH[name](ranks)
    if name in AT_K and depth.isdecimal() and int(depth) > 0:
        return AT_K[name](ranks, int(depth))
    known = ", ".join([*FULL_DEPTH, *(f"{each}@k" for each in AT_K)])
    raise EvaluationError(
        Wording(
            f"알 수 없는 지표: {metric!r}. 있는 지표: {known} (k는 1 이상)",
            f"unknown metric {metric!r}; known are {known} with k at least 1",
        )
    )


def _chance_in_top(ranks: PositiveRanks, k: int) -> Values:
    """Chance of each positive to stand in the top ``k``, shape (P,)."""
    return np.asarray(np.clip((k - ranks.above) / ranks.tied, 0.0, 1.0))


def _per_query(ranks: PositiveRanks, values: Values) -> Values:
    return np.bincount(ranks.query, weights=values, minlength=len(ranks)).astype(np.float64)


def _expected_reciprocal(above: int, tied: int, positives: int) -> float:
    """Mean of 1 / (above + X), X the first of ``positives`` places drawn without replacement from ``tied``."""
    places: Indices = np.arange(1, tied - positives + 2)
    ratios = (tied - positives - places[:-1] + 1) / (tied - places[:-1])
    chances = positives / tied * np.concatenate(([1.0], np.cumprod(ratios)))
    return float((chances / (above + places)).sum())
