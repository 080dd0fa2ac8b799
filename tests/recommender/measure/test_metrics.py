"""Metrics: by hand, against a slow reference, under ties and masks, and their invariants."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.errors import EvaluationError
from recommender.measure.metrics import compute
from recommender.measure.ranks import concatenate, rank_positives
from tests.recommender.measure.reference import METRICS, matrix, over_all_orders


def _value(metric: str, scores: list[float], wanted: set[int], known: set[int] | None = None) -> float:
    ranks = rank_positives(
        np.array([scores], dtype=np.float64), matrix([wanted], len(scores)), matrix([known or set()], len(scores))
    )
    return float(compute(ranks, metric)[0])


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("recall@1", 0.0),
        ("recall@2", 0.5),
        ("recall@10", 1.0),
        ("precision@2", 0.5),
        ("hits@1", 0.0),
        ("hits@2", 1.0),
        ("mrr", 1 / 2),
        ("map", (1 / 2 + 2 / 4) / 2),
        ("ndcg@4", (1 / np.log2(3) + 1 / np.log2(5)) / (1 + 1 / np.log2(3))),
    ],
)
def test_two_positives_at_ranks_two_and_four(metric: str, expected: float) -> None:
    assert _value(metric, [0.9, 0.8, 0.7, 0.6, 0.5], {1, 3}) == pytest.approx(expected, abs=1e-12)


def test_recall_divides_by_what_fits_into_the_list() -> None:
    """With three positives and a list of two, two found are all that could be found."""
    assert _value("recall@2", [3, 2, 1, 0], {0, 1, 2}) == 1.0


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("recall@1", 1 / 4),
        ("recall@2", 2 / 4),
        ("hits@2", 2 / 4),
        ("precision@2", 1 / 4),
        ("mrr", (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4),
        ("map", (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4),
        ("ndcg@2", (1 + 1 / np.log2(3)) / 4),
    ],
)
def test_one_positive_among_four_equal_scores(metric: str, expected: float) -> None:
    """A scorer that says nothing gets what a random order gets, neither 1 nor 0."""
    assert _value(metric, [5, 5, 5, 5], {2}) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(
    ("metric", "expected"),
    [
        ("hits@1", 1 / 2),
        ("hits@2", 1 - 1 / 6),
        ("mrr", 1 / 2 + (1 / 3) / 2 + (1 / 6) / 3),
        (
            "map",
            ((1 + 1) / 2 + (1 + 2 / 3) / 2 + (1 + 2 / 4) / 2 + (1 / 2 + 2 / 3) / 2 + 1 / 2 + (1 / 3 + 1 / 2) / 2) / 6,
        ),
    ],
)
def test_two_positives_among_four_equal_scores(metric: str, expected: float) -> None:
    """Over the six placings of two positives: the best is first in 3, second in 2, third in 1."""
    assert _value(metric, [5, 5, 5, 5], {0, 3}) == pytest.approx(expected, abs=1e-12)


def test_known_pairs_are_no_candidates() -> None:
    """The best candidate is known already, so the positive behind it is first; the tie with it is gone too."""
    assert _value("mrr", [9, 8, 7], {1}) == 0.5
    assert _value("mrr", [9, 8, 7], {1}, known={0}) == 1.0
    assert _value("hits@1", [8, 8, 7], {1}, known={0}) == 1.0


@pytest.mark.parametrize("metric", METRICS)
def test_agrees_with_the_slow_reference_without_ties(metric: str) -> None:
    rng = np.random.default_rng(3)
    scores = rng.standard_normal((60, 40))
    picks = [rng.permutation(40) for _ in range(60)]
    wanted = [set(map(int, pick[: 1 + row % 7])) for row, pick in enumerate(picks)]
    known = [set(map(int, pick[20 : 20 + row % 9])) for row, pick in enumerate(picks)]
    values = compute(rank_positives(scores, matrix(wanted, 40), matrix(known, 40)), metric)
    for row in range(60):
        ranking = [int(item) for item in np.argsort(-scores[row]) if int(item) not in known[row]]
        assert values[row] == pytest.approx(METRICS[metric](ranking, wanted[row]), abs=1e-9)


@settings(max_examples=60)
@given(data=st.data())
def test_ties_count_as_the_mean_over_all_orders(data: st.DataObject) -> None:
    """Exact under any pattern of ties, positives and known pairs among six candidates."""
    scores = data.draw(st.lists(st.integers(0, 2), min_size=3, max_size=6))
    roles = data.draw(st.lists(st.sampled_from("pkn"), min_size=len(scores), max_size=len(scores)))
    wanted = {item for item, role in enumerate(roles) if role == "p"} or {0}
    known = {item for item, role in enumerate(roles) if role == "k"} - wanted
    for name, metric in METRICS.items():
        expected = over_all_orders(scores, wanted, known, metric)
        assert _value(name, [float(score) for score in scores], wanted, known) == pytest.approx(expected, abs=1e-12)


@settings(max_examples=40)
@given(seed=st.integers(0, 10_000), shift=st.floats(-5, 5), steep=st.floats(0.1, 3))
def test_invariants(seed: int, shift: float, steep: float) -> None:
    """A perfect ranking gives 1, order alone matters, the columns' order does not."""
    rng = np.random.default_rng(seed)
    size = int(rng.integers(4, 30))
    scores = rng.integers(-4, 5, (3, size)).astype(np.float64)
    positives = matrix([set(map(int, rng.permutation(size)[: int(rng.integers(1, 4))])) for _ in range(3)], size)
    ranks = rank_positives(scores, positives)
    perfect = rank_positives(positives.toarray() * 10.0 + rng.random(scores.shape), positives)
    order = rng.permutation(size)
    permuted = rank_positives(scores[:, order], positives[:, order])
    monotone = rank_positives(np.exp(steep * scores) + shift, positives)
    for metric in METRICS:
        values = compute(ranks, metric)
        assert ((values >= 0) & (values <= 1 + 1e-12)).all()
        assert compute(permuted, metric) == pytest.approx(values, abs=1e-12)
        assert compute(monotone, metric) == pytest.approx(values, abs=1e-12)
        if not metric.startswith("precision"):
            assert compute(perfect, metric) == pytest.approx(np.ones(3), abs=1e-12)


def test_blocks_joined_give_what_the_whole_gives() -> None:
    rng = np.random.default_rng(1)
    scores = rng.integers(0, 5, (7, 12)).astype(np.float32)
    positives = matrix([{row, row + 3} for row in range(7)], 12)
    whole = rank_positives(scores, positives)
    joined = concatenate([rank_positives(scores[rows], positives[rows]) for rows in (slice(0, 3), slice(3, 7))])
    for metric in METRICS:
        assert (compute(joined, metric) == compute(whole, metric)).all()


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_scores_that_are_not_finite_are_refused(bad: float) -> None:
    with pytest.raises(EvaluationError, match="1 scores are not finite, the first at query 0, candidate 2"):
        _value("mrr", [1, 2, bad], {0})


def test_a_positive_that_is_known_is_refused() -> None:
    with pytest.raises(EvaluationError, match="the answer was given away"):
        _value("mrr", [1, 2, 3], {0}, known={0})


def test_a_query_without_a_positive_is_refused() -> None:
    with pytest.raises(EvaluationError, match="query 0 has no positive"):
        _value("mrr", [1, 2, 3], set())


def test_shapes_that_differ_are_refused() -> None:
    with pytest.raises(EvaluationError, match="differ in shape"):
        rank_positives(np.zeros((1, 3)), matrix([{0}], 4))


@pytest.mark.parametrize("name", ["auc", "ndcg", "mrr@3", "hits@0", "recall@x"])
def test_unknown_metrics_are_named(name: str) -> None:
    with pytest.raises(EvaluationError, match=f"unknown metric '{name}'"):
        _value(name, [1, 2], {0})
