"""Ranks count what stands above and beside each positive, whatever the order of rows, ties and blocks."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from graph_schema.errors import EvaluationError
from recommender.measure.ranks import PositiveRanks, concatenate, rank_positives

FIELDS = ("query", "above", "tied", "tied_positives", "positives_above", "counts")


@st.composite
def rankings(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Scores with many ties, positives of every query, and known pairs beside them."""
    shape = draw(st.integers(1, 5)), draw(st.integers(2, 7))
    cells = st.lists(st.integers(0, 3), min_size=shape[0] * shape[1], max_size=shape[0] * shape[1])
    scores = np.array(draw(cells), dtype=np.float32).reshape(shape)
    kind = np.array(draw(cells)).reshape(shape)
    positives = kind == 3
    positives[~positives.any(axis=1), 0] = True
    return scores, positives, (kind == 2) & ~positives


def ranked(scores: np.ndarray, positives: np.ndarray, known: np.ndarray) -> PositiveRanks:
    return rank_positives(scores, sparse.csr_array(positives), sparse.csr_array(known))


def counted(scores: np.ndarray, positives: np.ndarray, known: np.ndarray) -> list[tuple[int, ...]]:
    """Count for each positive of each query, as the definition says."""
    rows = []
    for query in range(len(scores)):
        open_ = ~known[query]
        mine = scores[query, positives[query]]
        rows += sorted(
            (
                query,
                int((scores[query, open_] > score).sum()),
                int((scores[query, open_] == score).sum()),
                int((mine == score).sum()),
                int((mine > score).sum()),
            )
            for score in mine.tolist()
        )
    return rows


@given(rankings())
@settings(max_examples=150, deadline=None)
def test_every_count_is_that_of_the_definition(case: tuple[np.ndarray, np.ndarray, np.ndarray]) -> None:
    found = ranked(*case)
    assert list(zip(*(getattr(found, name).tolist() for name in FIELDS[:-1]), strict=True)) == counted(*case)
    assert found.counts.tolist() == case[1].sum(axis=1).tolist()
    assert found.query[found.first].tolist() == list(range(len(found)))


@given(rankings(), st.integers(0, 5))
@settings(max_examples=75, deadline=None)
def test_blocks_of_queries_join_to_the_whole(case: tuple[np.ndarray, np.ndarray, np.ndarray], at: int) -> None:
    at = min(max(at, 1), len(case[0]))
    parts = [ranked(*(each[rows] for each in case)) for rows in (slice(None, at), slice(at, None))]
    joined, whole = concatenate([part for part in parts if len(part)]), ranked(*case)
    for name in FIELDS:
        np.testing.assert_array_equal(getattr(joined, name), getattr(whole, name))


def test_scores_are_left_as_they_are() -> None:
    scores = np.array([[1.0, 2.0, 3.0]])
    ranked(scores, np.array([[True, False, False]]), np.array([[False, False, True]]))
    assert scores.tolist() == [[1.0, 2.0, 3.0]]


def test_stored_zeros_count_as_entries() -> None:
    positives = sparse.csr_array((np.zeros(1), np.array([1]), np.array([0, 1])), shape=(1, 3))
    assert rank_positives(np.array([[3.0, 2.0, 1.0]]), positives).above.tolist() == [1]


@pytest.mark.parametrize(
    ("scores", "positives", "known", "said"),
    [
        ([[np.nan, 1.0]], [[1, 0]], [[0, 0]], "1 scores are not finite, the first at query 0, candidate 0"),
        ([[1.0, np.inf]], [[1, 0]], [[0, 0]], "first at query 0, candidate 1"),
        ([[1.0, 2.0]], [[0, 0]], [[0, 0]], "query 0 has no positive"),
        ([[1.0, 2.0]], [[1, 0]], [[1, 0]], "the answer was given away"),
        ([[1.0, 2.0, 3.0]], [[1, 0]], [[0, 0]], "differ in shape"),
    ],
)
def test_what_cannot_be_ranked_is_named(
    scores: list[list[float]], positives: list[list[int]], known: list[list[int]], said: str
) -> None:
    with pytest.raises(EvaluationError, match=said):
        ranked(np.array(scores), np.array(positives), np.array(known))
