"""What every estimator that recommends keeps to."""

from __future__ import annotations

import copy
import inspect
from dataclasses import replace

import numpy as np
import pytest
import torch

from recommender.knowledge.known import Asked, Estimator, Known
from recommender.measure.arrays import Floats
from tests.recommender.contracts.settings import assert_same_content, assert_settings_survive_json
from tests.recommender.scorers.small import WORLDS, ask, one_item

GIVEN = [(1, 0), (1, 1), (2, 3)]
SMALL = ("rich", "bare", "empty", "partners")


class EstimatorContract:
    """Subclasses name an estimator that is quick to train, and worlds where the small ones are not enough.

    An estimator without chance says so by the name ``_rng`` of what it does not use.
    """

    @pytest.fixture
    def estimator(self) -> Estimator:
        raise NotImplementedError

    @pytest.fixture(params=SMALL)
    def known(self, request: pytest.FixtureRequest) -> Known:
        return WORLDS[request.param]

    @pytest.fixture
    def asked(self, known: Known) -> Asked:
        """Give one who brings nothing, one who brings two and one who brings one."""
        return ask(known, [4, 0, 2], GIVEN)

    def scores(self, estimator: Estimator, known: Known, asked: Asked, seed: int = 3) -> Floats:
        return copy.deepcopy(estimator).fit(known, np.random.default_rng(seed)).score(asked)

    def test_settings_survive_json(self, estimator: Estimator) -> None:
        assert_settings_survive_json(estimator)

    def test_gives_a_finite_float32_score_to_every_candidate(
        self, estimator: Estimator, known: Known, asked: Asked
    ) -> None:
        assert_scores(self.scores(estimator, known, asked), asked)

    def test_one_seed_gives_the_same_scores_to_the_bit(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        first, second = (self.scores(estimator, known, asked) for _ in range(2))
        assert first.tobytes() == second.tobytes()

    def test_another_seed_changes_only_what_has_chance(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        if "_rng" in inspect.signature(estimator.fit).parameters:
            first, second = (self.scores(estimator, known, asked, seed) for seed in (1, 2))
            assert first.tobytes() == second.tobytes()

    def test_it_neither_depends_on_the_chance_of_the_process_nor_moves_it(
        self, estimator: Estimator, known: Known, asked: Asked
    ) -> None:
        scores = []
        for before in (1, 2):
            torch.manual_seed(before)
            state = torch.get_rng_state()
            scores.append(self.scores(estimator, known, asked).tobytes())
            assert torch.equal(torch.get_rng_state(), state)
        assert scores[0] == scores[1]

    def test_what_is_given_stays_as_it_was(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        assert known.history.shape[1] == asked.context.shape[1]  # both are computed once and shared by all
        before = copy.deepcopy((known, asked))
        self.scores(estimator, known, asked)
        assert_same_content((known, asked), before)

    def test_scores_can_be_changed_without_changing_the_scorer(
        self, estimator: Estimator, known: Known, asked: Asked
    ) -> None:
        scorer = copy.deepcopy(estimator).fit(known, np.random.default_rng(3))
        first = scorer.score(asked)
        kept = first.copy()
        first[:] = np.nan
        np.testing.assert_array_equal(scorer.score(asked), kept)

    def test_without_any_known_pair_scores_are_finite(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        none = replace(known, pairs=known.pairs.take(np.zeros(0, np.int64)))
        assert_scores(self.scores(estimator, none, asked), asked)
        nothing = ask(known, [0, 1])
        assert_scores(self.scores(estimator, none, nothing), nothing)

    def test_one_candidate_gets_a_score(self, estimator: Estimator) -> None:
        known = one_item()
        asked = ask(known, [2, 0], [(1, 0)])
        assert_scores(self.scores(estimator, known, asked), asked)

    def test_one_question_is_answered(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        one = asked.take(np.array([1]))
        assert_scores(self.scores(estimator, known, one), one)

    def test_no_question_has_no_score(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        none = asked.take(np.zeros(0, np.int64))
        assert_scores(self.scores(estimator, known, none), none)

    def test_who_brings_nothing_is_answered(self, estimator: Estimator, known: Known) -> None:
        nothing = ask(known, [4])
        assert_scores(self.scores(estimator, known, nothing), nothing)

    def test_scores_do_not_depend_on_who_else_is_asked(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        scorer = copy.deepcopy(estimator).fit(known, np.random.default_rng(3))
        together = scorer.score(asked)
        for place in range(len(asked)):
            alone = scorer.score(asked.take(np.array([place])))
            np.testing.assert_allclose(alone[0], together[place], rtol=1e-5, atol=1e-5)

    def test_the_order_of_questions_does_not_matter(self, estimator: Estimator, known: Known, asked: Asked) -> None:
        scorer = copy.deepcopy(estimator).fit(known, np.random.default_rng(3))
        order = np.random.default_rng(0).permutation(len(asked))
        there = scorer.score(asked.take(order))
        np.testing.assert_allclose(there, scorer.score(asked)[order], rtol=1e-5, atol=1e-5)


def assert_scores(scores: Floats, asked: Asked) -> None:
    """(Q, C) of finite float32."""
    assert scores.shape == (len(asked), asked.n_candidates)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
