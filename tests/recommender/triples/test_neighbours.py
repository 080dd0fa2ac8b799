"""NeighboursEstimator keeps to the contract of scorers of triples."""

from __future__ import annotations

import pytest

from recommender.triples.neighbours import NeighboursEstimator
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestNeighbours(TripleScorerContract):
    """Neighbours keeps to it."""

    @pytest.fixture
    def estimator(self) -> NeighboursEstimator:
        return NeighboursEstimator()
