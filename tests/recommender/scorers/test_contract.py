"""Every simple scorer keeps to the contract of estimators."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.knowledge.known import Estimator
from recommender.measure.arrays import Floats
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.registry import MAKERS, simple_contenders
from tests.recommender.contracts.estimators import EstimatorContract
from tests.recommender.scorers.small import WORLDS, small

VARIANTS = simple_contenders(WORLDS["rich"])
WALK = "graph-walk"
EACH = {
    (name, type(each).__name__): small(each) for name in MAKERS if name != WALK for each in reversed(VARIANTS[name])
}
"""The first variant of each class of every row."""


class TestSimpleScorers(EstimatorContract):
    """Simple scorers keep to it."""

    @pytest.fixture(params=EACH, ids="-".join)
    def estimator(self, request: pytest.FixtureRequest) -> Estimator:
        return EACH[request.param]


class TestWalk(EstimatorContract):
    """A walker cannot come back to a guest, so its scores are not those of the node, but in their order."""

    @pytest.fixture
    def estimator(self) -> Estimator:
        return GraphWalk()

    def assert_alike(self, guests: Floats, nodes: Floats) -> None:
        np.testing.assert_array_equal(np.argsort(-guests, axis=1), np.argsort(-nodes, axis=1))
