"""PopularityEstimator keeps to the contract of scorers of triples."""

from __future__ import annotations

import pytest

from recommender.triples.popularity import PopularityEstimator
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestPopularity(TripleScorerContract):
    """Popularity keeps to it."""

    @pytest.fixture
    def estimator(self) -> PopularityEstimator:
        return PopularityEstimator()
