"""Every simple scorer keeps to the contract of estimators."""

from __future__ import annotations

import pytest

from recommender.knowledge.known import Estimator
from recommender.scorers.registry import MAKERS, simple_contenders
from tests.recommender.contracts.estimators import EstimatorContract
from tests.recommender.scorers.small import WORLDS, small

VARIANTS = simple_contenders(WORLDS["rich"])
EACH = {(name, type(each).__name__): small(each) for name in MAKERS for each in reversed(VARIANTS[name])}
"""The first variant of each class of every row."""


class TestSimpleScorers(EstimatorContract):
    """Simple scorers keep to it."""

    @pytest.fixture(params=EACH, ids="-".join)
    def estimator(self, request: pytest.FixtureRequest) -> Estimator:
        return EACH[request.param]
