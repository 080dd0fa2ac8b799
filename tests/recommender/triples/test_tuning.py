"""Settings are chosen on valid, by pilots where training all would take long."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.triples.neighbours import NeighboursEstimator, NeighboursScorer
from recommender.triples.protocols import FitContext
from recommender.triples.rules import RulesEstimator, RulesScorer
from recommender.triples.tuning import TunedEstimator, subsample
from tests.recommender.triples.graphs import families
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestTuned(TripleScorerContract):
    """The choice among settings keeps to it."""

    @pytest.fixture
    def estimator(self) -> TunedEstimator:
        return TunedEstimator((NeighboursEstimator(), NeighboursEstimator(weighed=False)))


def test_the_better_variant_on_valid_is_kept() -> None:
    scorer = TunedEstimator((NeighboursEstimator(), RulesEstimator())).fit(families(), FitContext())
    assert isinstance(scorer, RulesScorer)


def test_pilots_decide_and_their_variant_is_trained() -> None:
    tuned = TunedEstimator((NeighboursEstimator(), RulesEstimator()), (RulesEstimator(), NeighboursEstimator()))
    assert isinstance(tuned.fit(families(), FitContext()), NeighboursScorer)


def test_a_draw_is_the_same_each_time_and_keeps_the_order() -> None:
    triples = np.arange(300).reshape(100, 3)
    once, again = subsample(triples, 10), subsample(triples, 10)
    np.testing.assert_array_equal(once, again)
    assert (np.diff(once[:, 0]) > 0).all()
    assert len(subsample(triples, 1_000)) == 100
