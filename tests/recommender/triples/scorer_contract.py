"""What every scorer of triples keeps to."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import ClassVar

import numpy as np
import pytest
import torch

from recommender.bench.contender import config_of
from recommender.triples.data import Queries, Triples
from recommender.triples.protocols import FitContext, TripleEstimator, TripleScorer
from tests.recommender.contracts.settings import assert_same_content, assert_settings_survive_json
from tests.recommender.triples.graphs import families, two_labels


class TripleScorerContract:
    """Subclasses name an estimator that is quick to train."""

    fitted: ClassVar[dict[tuple[str, str], TripleScorer]] = {}
    """Scorers by the settings of their estimator and the graph they were fitted to."""

    @pytest.fixture
    def estimator(self) -> TripleEstimator:
        raise NotImplementedError

    @pytest.fixture
    def of_labels(self, estimator: TripleEstimator) -> TripleScorer:
        return self.fitted_once(estimator, two_labels)

    @pytest.fixture
    def of_families(self, estimator: TripleEstimator) -> TripleScorer:
        return self.fitted_once(estimator, families)

    def fitted_once(self, estimator: TripleEstimator, graph: Callable[[], Triples]) -> TripleScorer:
        """Fit once for all tests that only ask; a scorer that remembers its queries fails among them."""
        key = json.dumps(config_of(estimator)), graph.__name__
        if key not in self.fitted:
            self.fitted[key] = estimator.fit(graph(), FitContext(seed=3))
        return self.fitted[key]

    def test_gives_a_finite_float32_score_to_every_entity(self, of_labels: TripleScorer) -> None:
        scores = of_labels.score(Queries(np.array([0, 6, 3]), np.array([0, 2, 1])))
        assert scores.shape == (3, 9)
        assert scores.dtype == np.float32
        assert np.isfinite(scores).all()

    def test_one_seed_gives_one_scorer(self, estimator: TripleEstimator, of_families: TripleScorer) -> None:
        queries = Queries(np.arange(10), np.arange(10) % 6)
        again = estimator.fit(families(), FitContext(seed=3))
        np.testing.assert_array_equal(again.score(queries), of_families.score(queries))

    def test_scores_do_not_depend_on_who_else_is_asked(self, of_families: TripleScorer) -> None:
        queries = Queries(np.array([4, 9, 4]), np.array([0, 5, 0]))
        together = of_families.score(queries)
        alone = np.concatenate([of_families.score(block) for block in queries.blocks(1)])
        np.testing.assert_allclose(together, alone, rtol=1e-4, atol=1e-4)

    def test_a_fit_neither_depends_on_what_torch_drew_before_nor_moves_it(self, estimator: TripleEstimator) -> None:
        queries, scores = Queries(np.arange(10), np.arange(10) % 6), []
        for before in (1, 2):
            torch.manual_seed(before)
            state = torch.get_rng_state()
            scores.append(estimator.fit(families(), FitContext(seed=3)).score(queries))
            assert torch.equal(torch.get_rng_state(), state)
        np.testing.assert_array_equal(*scores)

    def test_settings_survive_json(self, estimator: TripleEstimator) -> None:
        assert_settings_survive_json(estimator)

    def test_what_is_given_stays_as_it_was(self, estimator: TripleEstimator) -> None:
        triples, queries = families(), Queries(np.arange(10), np.arange(10) % 6)
        before = copy.deepcopy((triples, queries))
        estimator.fit(triples, FitContext()).score(queries)
        assert_same_content((triples, queries), before)

    def test_the_order_of_queries_does_not_matter(self, of_families: TripleScorer) -> None:
        queries, order = Queries(np.arange(10), np.arange(10) % 6), np.random.default_rng(0).permutation(10)
        scores, there = of_families.score(queries)[order], of_families.score(queries[order])
        np.testing.assert_allclose(scores, there, rtol=1e-4, atol=1e-4)

    def test_no_query_has_no_score(self, of_labels: TripleScorer) -> None:
        none = np.empty(0, dtype=np.int64)
        assert of_labels.score(Queries(none, none)).shape == (0, 9)
