"""What every scorer of triples keeps to."""

from __future__ import annotations

import copy
import json
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest
import torch

from recommender.bench.contender import config_of
from recommender.measure.arrays import Floats
from recommender.triples.data import Queries, Triples
from recommender.triples.protocols import FitContext, TripleEstimator, TripleScorer, restored
from tests.recommender.contracts.settings import assert_same_content, assert_settings_survive_json
from tests.recommender.triples.graphs import families, two_labels

_FIRST_CHANCE, _OTHER_CHANCE = 1, 2
"""Any two seeds of the process that differ: a fit that draws from it gives other scores."""


@dataclass(frozen=True)
class Watched:
    """A scorer, its scores (10, entities), whether torch's chance moved, and what was given with a copy from before."""

    scorer: TripleScorer
    scores: Floats
    moved_chance: bool
    given: tuple[Triples, Queries]
    before: tuple[Triples, Queries]


class TripleScorerContract:
    """Subclasses name an estimator that is quick to train."""

    fitted: ClassVar[dict[str, TripleScorer]] = {}
    """Scorers of the graph of two labels by the settings of their estimator."""
    fits: ClassVar[dict[tuple[str, int], Watched]] = {}
    """Fits to the graph of families, by the settings of their estimator and torch's chance."""

    @pytest.fixture
    def estimator(self) -> TripleEstimator:
        raise NotImplementedError

    @pytest.fixture
    def of_labels(self, estimator: TripleEstimator) -> TripleScorer:
        """Fit once for all tests that only ask; a scorer that remembers its queries fails among them."""
        key = json.dumps(config_of(estimator))
        if key not in self.fitted:
            self.fitted[key] = estimator.fit(two_labels(), FitContext(seed=3))
        return self.fitted[key]

    @pytest.fixture
    def first(self, estimator: TripleEstimator) -> Watched:
        return self.watched(estimator, _FIRST_CHANCE)

    @pytest.fixture
    def again(self, estimator: TripleEstimator) -> Watched:
        return self.watched(estimator, _OTHER_CHANCE)

    @pytest.fixture
    def of_families(self, first: Watched) -> TripleScorer:
        return first.scorer

    def watched(self, estimator: TripleEstimator, chance: int) -> Watched:
        """Fit and ask with that chance of torch, once for all tests that only ask or hold two fits together."""
        key = json.dumps(config_of(estimator)), chance
        if key not in self.fits:
            given = families(), Queries(np.arange(10), np.arange(10) % 6)
            before = copy.deepcopy(given)
            torch.manual_seed(chance)
            state = torch.get_rng_state()
            scorer = copy.deepcopy(estimator).fit(given[0], FitContext(seed=3))  # a copy: rows share what they trained
            scores = scorer.score(given[1])
            moved = not torch.equal(torch.get_rng_state(), state)
            self.fits[key] = Watched(scorer, scores, moved, given, before)
        return self.fits[key]

    def test_gives_a_finite_float32_score_to_every_entity(self, of_labels: TripleScorer) -> None:
        scores = of_labels.score(Queries(np.array([0, 6, 3]), np.array([0, 2, 1])))
        assert scores.shape == (3, 9)
        assert scores.dtype == np.float32
        assert np.isfinite(scores).all()

    def test_one_seed_gives_one_scorer(self, again: Watched, of_families: TripleScorer) -> None:
        queries = Queries(np.arange(10), np.arange(10) % 6)
        np.testing.assert_array_equal(again.scores, of_families.score(queries))

    def test_scores_do_not_depend_on_who_else_is_asked(self, of_families: TripleScorer) -> None:
        queries = Queries(np.array([4, 9, 4]), np.array([0, 5, 0]))
        together = of_families.score(queries)
        alone = np.concatenate([of_families.score(block) for block in queries.blocks(1)])
        np.testing.assert_allclose(together, alone, rtol=1e-4, atol=1e-4)

    def test_a_fit_neither_depends_on_what_torch_drew_before_nor_moves_it(self, first: Watched, again: Watched) -> None:
        assert not first.moved_chance
        assert not again.moved_chance
        np.testing.assert_array_equal(first.scores, again.scores)

    def test_settings_survive_json(self, estimator: TripleEstimator) -> None:
        assert_settings_survive_json(estimator)

    def test_what_is_given_stays_as_it_was(self, first: Watched, again: Watched) -> None:
        for each in (first, again):
            assert_same_content(each.given, each.before)

    def test_the_order_of_queries_does_not_matter(self, of_families: TripleScorer) -> None:
        queries, order = Queries(np.arange(10), np.arange(10) % 6), np.random.default_rng(0).permutation(10)
        scores, there = of_families.score(queries)[order], of_families.score(queries[order])
        np.testing.assert_allclose(scores, there, rtol=1e-4, atol=1e-4)

    def test_no_query_has_no_score(self, of_labels: TripleScorer) -> None:
        none = np.empty(0, dtype=np.int64)
        assert of_labels.score(Queries(none, none)).shape == (0, 9)

    def test_made_again_of_its_arrays_it_scores_the_same_to_the_bit(
        self, estimator: TripleEstimator, first: Watched
    ) -> None:
        """With another seed, so that what has chance is not merely fitted again."""
        given, queries = first.given
        again = restored(copy.deepcopy(estimator), given, first.scorer.arrays(), FitContext(seed=4))
        np.testing.assert_array_equal(again.score(queries), first.scores)
