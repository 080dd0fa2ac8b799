"""DistMultEstimator keeps to the contract of scorers of triples."""

from __future__ import annotations

import pytest

from recommender.triples.distmult import DistMultEstimator
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestDistMult(TripleScorerContract):
    """DistMult keeps to it."""

    @pytest.fixture
    def estimator(self) -> DistMultEstimator:
        return DistMultEstimator(8)
