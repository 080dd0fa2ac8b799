"""The pretrained engine keeps to the contract of estimators, as it is and fine-tuned."""

from __future__ import annotations

import pytest

from recommender.engine.pretrained.canonical_episodes import CanonicalEpisodeConfig
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator
from tests.recommender.contracts.estimators import EstimatorContract
from tests.recommender.engine.small_engine import TIMELESS

TUNING = FineTuning(TIMELESS, CanonicalEpisodeConfig(windows=3), least=1, epochs=1)
VARIANTS = {"pretrained": PretrainedEstimator(), "fine-tuned": PretrainedEstimator("fine-tuned", tuning=TUNING)}


class TestPretrained(EstimatorContract):
    """It keeps to it whatever there is to learn from."""

    @pytest.fixture(params=VARIANTS)
    def estimator(self, request: pytest.FixtureRequest) -> PretrainedEstimator:
        return VARIANTS[request.param]
