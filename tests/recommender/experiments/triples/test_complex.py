"""ComplexEstimator keeps to the contract of scorers of triples."""

from __future__ import annotations

import pytest

from recommender.experiments.triples.complex import ComplexEstimator
from tests.recommender.experiments.triples.scorer_contract import TripleScorerContract


class TestComplex(TripleScorerContract):
    """Complex keeps to it."""

    @pytest.fixture
    def estimator(self) -> ComplexEstimator:
        return ComplexEstimator(8)
