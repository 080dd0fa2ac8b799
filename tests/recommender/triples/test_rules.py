"""Path rules, counted by hand."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.triples.data import Queries
from recommender.triples.protocols import FitContext
from recommender.triples.rules import RulesEstimator
from tests.recommender.triples.graphs import families, untyped
from tests.recommender.triples.scorer_contract import TripleScorerContract

NONE = np.empty((0, 3), dtype=np.int64)


class TestRules(TripleScorerContract):
    """Rules keeps to it."""

    @pytest.fixture
    def estimator(self) -> RulesEstimator:
        return RulesEstimator()


def test_the_inverse_of_a_relation_is_found_and_answers_what_is_hidden() -> None:
    """24 pairs of parent and child, of which 12 are known the other way round: confidence one half."""
    triples = families()
    scorer = RulesEstimator().fit(triples, FitContext())
    [rule] = [rule for rule in scorer.rules if rule.relation == 1 and rule.body == (3,)]
    assert (rule.support, rule.confidence) == (12, 0.5)
    head, _, tail = triples.test[0]
    assert scorer.score(Queries(np.array([head]), np.array([1])))[0].argmax() == tail


def test_two_steps_count_pairs_that_hold_among_pairs_reached() -> None:
    """0-2 and 1-2 by relation 0, 2-3 and 2-4 by relation 1; relation 2 holds for 0-3 and 1-4, half of the four."""
    train = np.array([[0, 0, 2], [1, 0, 2], [2, 1, 3], [2, 1, 4], [0, 2, 3], [1, 2, 4]])
    scorer = RulesEstimator().fit(untyped(5, 3, train, NONE, NONE), FitContext())
    [rule] = [rule for rule in scorer.rules if rule.relation == 2 and rule.body == (0, 1)]
    assert (rule.support, rule.confidence) == (2, 0.5)


def test_independent_rules_add_up_as_noisy_or() -> None:
    train = np.array([[0, 0, 1], [2, 0, 3], [0, 1, 1], [2, 1, 3], [4, 0, 5], [4, 1, 5], [6, 0, 7]])
    scorer = RulesEstimator().fit(untyped(8, 2, train, NONE, NONE), FitContext())
    mine = [rule for rule in scorer.rules if rule.relation == 1 and rule.body == (0,)]
    assert [rule.confidence for rule in mine] == [0.75]
    scores = scorer.score(Queries(np.array([6]), np.array([1])))[0]
    assert scores[7] == pytest.approx(-np.log(0.25), rel=1e-5)


def test_bodies_beyond_the_budget_of_paths_are_left_out() -> None:
    scorer = RulesEstimator(budget=0).fit(families(), FitContext())
    assert {len(rule.body) for rule in scorer.rules} == {1}
