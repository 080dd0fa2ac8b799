"""Some positives alone: the same as masking the others."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from recommender.bench.outcome import ranked_answers
from recommender.measure.metrics import compute
from recommender.measure.ranks import rank_positives
from recommender.measure.restricted_ranks import restrict


@settings(max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 6), st.integers(2, 12), st.integers(1, 4))
def test_restricted_ranks_equal_a_ranking_with_the_others_masked(
    seed: int, queries: int, candidates: int, levels: int
) -> None:
    """With many ties, for every metric."""
    rng = np.random.default_rng(seed)
    scores = rng.integers(levels, size=(queries, candidates)).astype(np.float32)
    positives = rng.random((queries, candidates)) < 0.5
    positives[:, 0] = True
    counted = rng.random(candidates) < 0.5
    matrix = sparse.csr_array(positives)
    chosen = counted[ranked_answers(scores, matrix)]
    ranks, kept = restrict(rank_positives(scores, matrix), chosen)
    left = positives & counted
    np.testing.assert_array_equal(kept, left.any(axis=1))
    if kept.any():
        masked = sparse.csr_array((positives & ~counted)[kept])
        wanted = rank_positives(scores[kept], sparse.csr_array(left[kept]), masked)
        for metric in ("mrr", "map", "recall@3", "ndcg@3", "hits@2", "precision@3"):
            np.testing.assert_allclose(compute(ranks, metric), compute(wanted, metric))
