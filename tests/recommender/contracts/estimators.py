"""What every estimator that recommends keeps to."""

from __future__ import annotations

import copy
import inspect
from dataclasses import dataclass, replace
from typing import Any, ClassVar

import numpy as np
import pytest
import torch
from safetensors.numpy import load, save
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn, Column, NumberColumn
from recommender.knowledge.known import Estimator, Known, Questions, Rows, Scorer
from recommender.knowledge.unseen import as_guests
from recommender.measure.arrays import Floats
from tests.recommender.contracts.settings import assert_same_content, assert_settings_survive_json
from tests.recommender.scorers.small import WORLDS, ask, one_item

GIVEN = [(1, 0), (1, 1), (2, 3)]
SMALL = ("rich", "bare", "empty", "partners")
_FIRST_CHANCE, _OTHER_CHANCE = 1, 2
"""Any two seeds of the process that differ: a fit that draws from it gives other scores."""


@dataclass(frozen=True)
class Watched:
    """A fit of what, its scores as bytes, whether it moved the chance of the process, what changed of what is given."""

    of: tuple[Estimator, Known]
    scorer: Scorer
    scores: bytes
    moved_chance: bool
    changed: str


class EstimatorContract:
    """Subclasses name an estimator that is quick to train, and worlds where the small ones are not enough.

    An estimator without chance says so by the name ``_rng`` of what it does not use.
    """

    fits: ClassVar[dict[tuple[int, int, int], Watched]] = {}
    """By the identity of what made them, which is kept beside them so that none is taken for another, and chance."""

    @pytest.fixture
    def estimator(self) -> Estimator:
        raise NotImplementedError

    @pytest.fixture(params=SMALL)
    def known(self, request: pytest.FixtureRequest) -> Known:
        return WORLDS[request.param]

    @pytest.fixture(params=("rich", "no text", "bare"))
    def known_of_guests(self, request: pytest.FixtureRequest) -> Known:
        """Worlds whose askers are no candidates: of a guest it is not known who worked with it."""
        return WORLDS[request.param]

    @pytest.fixture
    def questions(self, known: Known) -> Questions:
        """Give one who brings nothing, one who brings two and one who brings one."""
        return ask(known, [4, 0, 2], GIVEN)

    @pytest.fixture
    def first(self, estimator: Estimator, known: Known, questions: Questions) -> Watched:
        """Fit once for all tests that only ask; a scorer that remembers its questions fails among them."""
        return self.watched(estimator, known, questions, _FIRST_CHANCE)

    @pytest.fixture
    def again(self, estimator: Estimator, known: Known, questions: Questions) -> Watched:
        """Fit a second time, once for all tests that hold it against the first."""
        return self.watched(estimator, known, questions, _OTHER_CHANCE)

    @pytest.fixture
    def scorer(self, first: Watched) -> Scorer:
        return first.scorer

    def watched(self, estimator: Estimator, known: Known, questions: Questions, chance: int) -> Watched:
        """Fit and ask with that chance of the process, unless it was done before."""
        key = id(estimator), id(known), chance
        if key not in self.fits:
            assert known.history.shape[1] == questions.context.shape[1]  # both are computed once and shared by all
            before = copy.deepcopy((known, questions))
            torch.manual_seed(chance)
            state = torch.get_rng_state()
            scorer = fit(estimator, known)
            scores = scorer.score(questions).tobytes()
            moved = not torch.equal(torch.get_rng_state(), state)
            self.fits[key] = Watched((estimator, known), scorer, scores, moved, _changed((known, questions), before))
        return self.fits[key]

    def scores(self, estimator: Estimator, known: Known, questions: Questions, seed: int = 3) -> Floats:
        return fit(estimator, known, seed).score(questions)

    def test_settings_survive_json(self, estimator: Estimator) -> None:
        assert_settings_survive_json(estimator)

    def test_gives_a_finite_float32_score_to_every_candidate(self, scorer: Scorer, questions: Questions) -> None:
        assert_scores(scorer.score(questions), questions)

    def test_one_seed_gives_the_same_scores_to_the_bit(
        self, again: Watched, scorer: Scorer, questions: Questions
    ) -> None:
        assert again.scores == scorer.score(questions).tobytes()

    def test_another_seed_changes_only_what_has_chance(
        self, estimator: Estimator, known: Known, questions: Questions
    ) -> None:
        if "_rng" in inspect.signature(estimator.fit).parameters:
            first, second = (self.scores(estimator, known, questions, seed) for seed in (1, 2))
            assert first.tobytes() == second.tobytes()

    def test_it_neither_depends_on_the_chance_of_the_process_nor_moves_it(self, first: Watched, again: Watched) -> None:
        assert not first.moved_chance
        assert not again.moved_chance
        assert first.scores == again.scores

    def test_what_is_given_stays_as_it_was(self, first: Watched, again: Watched) -> None:
        assert first.changed == again.changed == ""

    def test_scores_can_be_changed_without_changing_the_scorer(self, scorer: Scorer, questions: Questions) -> None:
        first = scorer.score(questions)
        kept = first.copy()
        first[:] = np.nan
        np.testing.assert_array_equal(scorer.score(questions), kept)

    def test_without_any_known_pair_scores_are_finite(
        self, estimator: Estimator, known: Known, questions: Questions
    ) -> None:
        none = replace(known, pairs=known.pairs.take(np.zeros(0, np.int64)))
        assert_scores(self.scores(estimator, none, questions), questions)
        nothing = ask(known, [0, 1])
        assert_scores(self.scores(estimator, none, nothing), nothing)

    def test_one_candidate_gets_a_score(self, estimator: Estimator) -> None:
        known = one_item()
        questions = ask(known, [2, 0], [(1, 0)])
        assert_scores(self.scores(estimator, known, questions), questions)

    def test_one_question_is_answered(self, scorer: Scorer, questions: Questions) -> None:
        one = questions.take(np.array([1]))
        assert_scores(scorer.score(one), one)

    def test_no_question_has_no_score(self, scorer: Scorer, questions: Questions) -> None:
        none = questions.take(np.zeros(0, np.int64))
        assert_scores(scorer.score(none), none)

    def test_who_brings_nothing_is_answered(self, scorer: Scorer, known: Known) -> None:
        nothing = ask(known, [4])
        assert_scores(scorer.score(nothing), nothing)

    def test_scores_do_not_depend_on_who_else_is_asked(self, scorer: Scorer, questions: Questions) -> None:
        together = scorer.score(questions)
        for place in range(len(questions)):
            alone = scorer.score(questions.take(np.array([place])))
            np.testing.assert_allclose(alone[0], together[place], rtol=1e-5, atol=1e-5)

    def test_a_guest_that_equals_a_node_gets_the_scores_of_the_node(
        self, estimator: Estimator, known_of_guests: Known
    ) -> None:
        known = known_of_guests
        nodes = ask(known, [4, 3, 4], [(2, 1)])  # they have no pairs of their own, so neither is its own neighbour
        lone = replace(known, pairs=known.pairs.take(known.pairs.query < 3))
        scorer = fit(estimator, lone)
        guests = replace(nodes, query=np.array([1, 0, 1]), guests=as_guests(lone, np.array([3, 4])))
        self.assert_alike(scorer.score(guests), scorer.score(nodes))

    def assert_alike(self, guests: Floats, nodes: Floats) -> None:
        """Hold scores of guests against those of the nodes that they equal."""
        np.testing.assert_allclose(guests, nodes, rtol=1e-4, atol=1e-5)

    def test_a_guest_of_whom_nothing_is_known_is_answered(self, estimator: Estimator, known_of_guests: Known) -> None:
        known = known_of_guests
        nobody = as_guests(known, np.array([3]))
        nodes = replace(nobody.nodes, columns=tuple(_emptied(each) for each in nobody.nodes.columns))
        links = {key: sparse.csr_array(each.shape, dtype=each.dtype) for key, each in nobody.links.items()}
        questions = replace(ask(known, [0]), guests=Rows(nodes, links, None))
        assert_scores(self.scores(estimator, known, questions), questions)

    def test_the_order_of_questions_does_not_matter(self, scorer: Scorer, questions: Questions) -> None:
        order = np.random.default_rng(0).permutation(len(questions))
        there = scorer.score(questions.take(order))
        np.testing.assert_allclose(there, scorer.score(questions)[order], rtol=1e-5, atol=1e-5)

    def test_restored_it_scores_the_same_to_the_bit(
        self, estimator: Any, scorer: Any, known: Known, questions: Questions
    ) -> None:
        """Its arrays survive the file that bundles keep them in; an estimator without ``restore`` is fitted again."""
        if not hasattr(estimator, "restore"):
            return
        arrays = load(save(scorer.arrays()))
        restored = copy.deepcopy(estimator).restore(copy.deepcopy(known), arrays)
        assert restored.score(questions).tobytes() == scorer.score(questions).tobytes()
        again = restored.arrays()
        assert again.keys() == arrays.keys()
        for name, each in arrays.items():
            np.testing.assert_array_equal(again[name], each)


def fit(estimator: Estimator, known: Known, seed: int = 3) -> Scorer:
    """Fit a copy, so that what is given to other tests stays as it is."""
    return copy.deepcopy(estimator).fit(known, np.random.default_rng(seed))


def _changed(now: object, before: object) -> str:
    """Say what of what is given is no longer as it was."""
    try:
        assert_same_content(now, before)
    except AssertionError as error:
        return str(error) or "something"
    return ""


def _emptied(column: Column) -> Column:
    if isinstance(column, CategoryColumn):
        return replace(column, members=sparse.csr_array(column.members.shape, dtype=np.float32))
    return replace(column, values=np.full(1, np.nan)) if isinstance(column, NumberColumn) else column


def assert_scores(scores: Floats, questions: Questions) -> None:
    """(Q, C) of finite float32."""
    assert scores.shape == (len(questions), questions.n_candidates)
    assert scores.dtype == np.float32
    assert np.isfinite(scores).all()
