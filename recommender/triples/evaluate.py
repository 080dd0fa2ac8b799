"""Filtered ranks of a scorer on one split, both sides, block by block."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from recommender.measure.arrays import Floats, Indices
from recommender.measure.triple_ranks import TripleRanks, concatenate, filtered_ranks
from recommender.triples.data import Answers, Queries, Triples, both_sides

BLOCK_CELLS = 4_000_000
"""Scores held at a time."""


def split_queries(triples: Triples, split: Indices) -> tuple[Queries, Indices]:
    """Return the queries of both sides of a split, tail side first, and their answers."""
    return both_sides(split, triples.n_relations)


def rank_split(triples: Triples, split: Indices, score: Callable[[Queries], Floats]) -> TripleRanks:
    """Rank every answer of ``split`` among the candidates that no split knows as an answer."""
    queries, answers = split_queries(triples, split)
    known = Answers.of(triples.known, triples.n_entities, triples.n_relations)
    size = max(1, BLOCK_CELLS // triples.n_entities)
    parts = []
    for start in range(0, len(queries), size):
        block = queries[start : start + size]
        candidates = triples.candidates(block) if triples.several_types else None
        parts.append(filtered_ranks(score(block), answers[start : start + size], known.rows(block), candidates))
    return concatenate(parts)


def mean_reciprocal_rank(ranks: TripleRanks) -> float:
    """Return the mean over queries of one over the realistic rank."""
    from recommender.measure.metrics import mrr

    return float(np.mean(mrr(ranks.as_positive_ranks())))
