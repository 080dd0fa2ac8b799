"""RescalEstimator keeps to the contract of scorers of triples."""

from __future__ import annotations

import pytest

from recommender.triples.rescal import RescalEstimator
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestRescal(TripleScorerContract):
    """Rescal keeps to it."""

    @pytest.fixture
    def estimator(self) -> RescalEstimator:
        return RescalEstimator(8)
