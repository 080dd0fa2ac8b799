"""Filtered ranks of completed triples, by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from graph_schema.errors import EvaluationError
from recommender.measure.metrics import compute, hits, mrr
from recommender.measure.ranks import rank_positives
from recommender.measure.triple_ranks import concatenate, filtered_ranks

NOTHING = sparse.csr_array((1, 5), dtype=np.float32)


def _known(*columns: int, width: int = 5) -> sparse.csr_array:
    cells = (np.ones(len(columns), dtype=np.float32), (np.zeros(len(columns), dtype=np.int64), np.array(columns)))
    return sparse.csr_array(cells, shape=(1, width))


def test_a_clear_order_gives_the_same_rank_under_every_rule() -> None:
    ranks = filtered_ranks(np.array([[0.9, 0.1, 0.5, 0.4, 0.0]]), np.array([3]), NOTHING)
    assert (ranks.optimistic.tolist(), ranks.realistic.tolist(), ranks.pessimistic.tolist()) == ([3], [3.0], [3])


def test_other_known_answers_do_not_count_and_the_target_stays_though_it_is_known() -> None:
    ranks = filtered_ranks(np.array([[0.9, 0.1, 0.5, 0.4, 0.0]]), np.array([3]), _known(0, 3))
    assert ranks.realistic.tolist() == [2.0]


def test_ties_span_from_the_best_to_the_worst_place() -> None:
    """One above, four tied: places 2 to 5."""
    ranks = filtered_ranks(np.array([[0.9, 0.4, 0.4, 0.4, 0.4]]), np.array([2]), NOTHING)
    assert (ranks.optimistic.tolist(), ranks.realistic.tolist(), ranks.pessimistic.tolist()) == ([2], [3.5], [5])


def test_metrics_are_expected_values_over_the_places_of_a_tie() -> None:
    ranks = filtered_ranks(np.array([[0.9, 0.4, 0.4, 0.4, 0.4]]), np.array([2]), NOTHING).as_positive_ranks()
    assert mrr(ranks) == pytest.approx([(1 / 2 + 1 / 3 + 1 / 4 + 1 / 5) / 4])
    assert hits(ranks, 3) == pytest.approx([2 / 4])


def test_only_candidates_compete() -> None:
    candidates = np.array([[False, True, True, True, True]])
    ranks = filtered_ranks(np.array([[0.9, 0.1, 0.5, 0.4, 0.0]]), np.array([3]), NOTHING, candidates)
    assert ranks.realistic.tolist() == [2.0]


def test_blocks_join_in_their_order() -> None:
    one = filtered_ranks(np.array([[0.9, 0.1, 0.5, 0.4, 0.0]]), np.array([0]), NOTHING)
    other = filtered_ranks(np.array([[0.9, 0.1, 0.5, 0.4, 0.0]]), np.array([4]), NOTHING)
    assert concatenate([one, other]).optimistic.tolist() == [1, 5]


@pytest.mark.parametrize(
    ("scores", "target", "known", "candidates", "message"),
    [
        ([[0.0, np.nan, 0.0, 0.0, 0.0]], [0], NOTHING, None, "entity 1 for query 0 is nan"),
        ([[0.0, 1.0, 0.0]], [0], NOTHING, None, "known has shape"),
        ([[0.0] * 5], [0, 1], NOTHING, None, "2 targets for 1 queries"),
        ([[0.0] * 5], [0], NOTHING, [[False, True, True, True, True]], "not a candidate"),
    ],
)
def test_what_cannot_be_ranked_is_refused(
    scores: list[list[float]],
    target: list[int],
    known: sparse.csr_array,
    candidates: list[list[bool]] | None,
    message: str,
) -> None:
    mask = None if candidates is None else np.array(candidates)
    with pytest.raises(EvaluationError, match=message):
        filtered_ranks(np.array(scores), np.array(target), known, mask)


@given(st.integers(0, 10_000))
def test_the_shared_ranks_agree_when_the_other_answers_are_its_known_pairs(seed: int) -> None:
    rng = np.random.default_rng(seed)
    scores = rng.integers(0, 4, (3, 8)).astype(np.float32)
    target = rng.integers(0, 8, 3)
    known = rng.random((3, 8)) < 0.3
    known[np.arange(3), target] = False
    right = sparse.csr_array((np.ones(3), (np.arange(3), target)), shape=(3, 8))
    mine = filtered_ranks(scores, target, sparse.csr_array(known)).as_positive_ranks()
    theirs = rank_positives(scores, right, sparse.csr_array(known))
    for metric in ("mrr", "hits@3", "ndcg@3"):
        assert compute(mine, metric) == pytest.approx(compute(theirs, metric))
