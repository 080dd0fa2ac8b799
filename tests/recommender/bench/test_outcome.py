"""What is kept of a window: lists, answers, reliability; and agreement with an independent tool."""

from __future__ import annotations

import ir_measures
import numpy as np
import pytest
from ir_measures import AP, RR, P, R, Success, nDCG
from scipy import sparse

from graph_schema.errors import EvaluationError
from recommender.bench.outcome import Collector, checked, ranked_answers, top_lists
from recommender.measure.calibration import calibration_error, reliability
from recommender.measure.metrics import compute
from recommender.measure.ranks import rank_positives

THEIRS = {
    "ndcg@10": nDCG @ 10,
    "ndcg@20": nDCG @ 20,
    "mrr": RR,
    "map": AP,
    "precision@10": P @ 10,
    "hits@1": Success @ 1,
    "hits@10": Success @ 10,
    "recall@20": R @ 20,
}


def random_window(seed: int, queries: int = 30, candidates: int = 150) -> tuple[np.ndarray, ...]:
    """Scores without ties, positives, masked pairs."""
    rng = np.random.default_rng(seed)
    scores = np.stack([rng.permutation(candidates) for _ in range(queries)]).astype(np.float32) / candidates
    positives = rng.random((queries, candidates)) < rng.choice([0.01, 0.05, 0.3], (queries, 1))
    positives[np.arange(queries), rng.integers(candidates, size=queries)] = True
    masked = (rng.random((queries, candidates)) < 0.1) & ~positives
    return scores, positives, masked


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("ours", THEIRS)
def test_metrics_agree_with_ir_measures(seed: int, ours: str) -> None:
    """To 1e-9 on random runs without ties; recall is theirs times positives over min(positives, k)."""
    scores, positives, masked = random_window(seed)
    ranks = rank_positives(scores, sparse.csr_array(positives), sparse.csr_array(masked))
    mine = compute(ranks, ours)
    qrels = [ir_measures.Qrel(str(q), str(c), 1) for q, c in np.argwhere(positives)]
    # Their reader takes scores as single floats of C, so places stand in for scores.
    run = [ir_measures.ScoredDoc(str(q), str(c), float(scores[q, c])) for q, c in np.argwhere(~masked)]
    found = {each.query_id: each.value for each in ir_measures.iter_calc([THEIRS[ours]], qrels, run)}
    theirs = np.array([found[str(q)] for q in range(len(scores))])
    if ours == "recall@20":
        theirs = theirs * positives.sum(axis=1) / np.minimum(positives.sum(axis=1), 20)
    np.testing.assert_allclose(mine, theirs, atol=1e-9, rtol=0)


def test_lists_are_best_first_without_masked_ones_and_ties_in_order() -> None:
    scores = np.array([[1.0, 3.0, 2.0, 2.0, 9.0]], dtype=np.float32)
    masked = sparse.csr_array(np.array([[0, 0, 0, 0, 1]]))
    ((columns, values),) = top_lists(scores, masked, 3)
    assert columns.tolist() == [1, 2, 3]
    assert values.tolist() == [3.0, 2.0, 2.0]
    ((columns, _),) = top_lists(scores, masked, 10)
    assert columns.tolist() == [1, 2, 3, 0]


def test_answers_follow_the_order_of_the_ranks() -> None:
    scores = np.array([[0.1, 0.9, 0.5], [0.3, 0.3, 0.2]], dtype=np.float32)
    positives = sparse.csr_array(np.array([[1, 1, 0], [1, 1, 1]]))
    assert ranked_answers(scores, positives).tolist() == [1, 0, 0, 1, 2]


def test_columns_of_an_outcome_are_those_of_all_nodes() -> None:
    """Candidates may be some of the nodes; answers and lists name the nodes."""
    collector = Collector(2, 1)
    nothing = sparse.csr_array((1, 2))
    collector.add(np.array([[1.0, 2.0]], np.float32), sparse.csr_array([[1, 0]]), nothing, np.array([3, 7]))
    outcome = collector.outcome()
    assert outcome.answers.tolist() == [3]
    assert outcome.lists.columns.tolist() == [7, 3]
    assert outcome.coverage == 0.5


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_scores_that_cannot_be_ranked_are_refused_by_name(value: float) -> None:
    with pytest.raises(EvaluationError, match=r"mine gave .* to candidate 1 of query 0"):
        checked(np.array([[1.0, value]]), (1, 2), "mine")


def test_scores_of_a_wrong_shape_are_refused_by_name() -> None:
    with pytest.raises(EvaluationError, match=r"mine gave scores of shape \(1, 2\)"):
        checked(np.zeros((1, 2)), (2, 2), "mine")


def test_reliability_of_a_true_and_of_a_boasting_model() -> None:
    rng = np.random.default_rng(0)
    chance = rng.random(100_000)
    true = rng.random(100_000) < chance
    assert calibration_error(reliability(chance, true)) < 0.01
    assert calibration_error(reliability(np.ones(1000), np.arange(1000) % 4 == 0)) == pytest.approx(0.75)
