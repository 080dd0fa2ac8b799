"""A slow, plain reading of the metrics' definitions, for rankings given as lists of candidates."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise, permutations
from statistics import fmean

import numpy as np
from scipy import sparse

Metric = Callable[[Sequence[int], set[int]], float]


def recall(k: int) -> Metric:
    return lambda ranking, wanted: len(wanted & set(ranking[:k])) / min(len(wanted), k)


def precision(k: int) -> Metric:
    return lambda ranking, wanted: len(wanted & set(ranking[:k])) / k


def hits(k: int) -> Metric:
    return lambda ranking, wanted: float(bool(wanted & set(ranking[:k])))


def ndcg(k: int) -> Metric:
    def metric(ranking: Sequence[int], wanted: set[int]) -> float:
        gain = sum(1 / math.log2(place + 2) for place, item in enumerate(ranking[:k]) if item in wanted)
        return gain / sum(1 / math.log2(place + 2) for place in range(min(k, len(wanted))))

    return metric


def reciprocal_rank(ranking: Sequence[int], wanted: set[int]) -> float:
    return 1 / (1 + min(ranking.index(item) for item in wanted))


def average_precision(ranking: Sequence[int], wanted: set[int]) -> float:
    places = sorted(ranking.index(item) + 1 for item in wanted)
    return fmean(nth / place for nth, place in enumerate(places, start=1))


METRICS: dict[str, Metric] = {
    "recall@3": recall(3),
    "precision@3": precision(3),
    "hits@1": hits(1),
    "hits@3": hits(3),
    "ndcg@3": ndcg(3),
    "ndcg@10": ndcg(10),
    "mrr": reciprocal_rank,
    "map": average_precision,
}


def over_all_orders(scores: Sequence[float], wanted: set[int], known: set[int], metric: Metric) -> float:
    """Mean of a metric over every order of the candidates that sorts the scores, ties in every way."""
    free = [item for item in range(len(scores)) if item not in known]
    orders = [
        order
        for order in permutations(free)
        if all(scores[first] >= scores[second] for first, second in pairwise(order))
    ]
    return fmean(metric(order, wanted) for order in orders)


def matrix(rows: Sequence[set[int]], candidates: int) -> sparse.csr_array:
    """Sparse pattern of the given columns of each row."""
    dense = np.zeros((len(rows), candidates), dtype=np.int8)
    for row, columns in enumerate(rows):
        dense[row, sorted(columns)] = 1
    return sparse.csr_array(dense)
