"""ComplexEstimator keeps to the contract of scorers of triples."""

from __future__ import annotations

import pytest

from recommender.triples.complex import ComplexEstimator
from tests.recommender.triples.scorer_contract import TripleScorerContract


class TestComplex(TripleScorerContract):
    """Complex keeps to it."""

    @pytest.fixture
    def estimator(self) -> ComplexEstimator:
        return ComplexEstimator(8)
