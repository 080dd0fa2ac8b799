"""Chances of a choice, times the chance that it can be made in the window."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.engine.seasonal import Seasonal
from recommender.knowledge.known import Estimator
from recommender.scorers.attribute_factors import AttributeFactors
from tests.recommender.contracts.estimators import EstimatorContract
from tests.recommender.scorers.small import ask, taken

FACTORS = AttributeFactors(dimension=2, epochs=2)
HALF_A_YEAR = 182.0 * 86_400


class TestSeasonal(EstimatorContract):
    """It keeps to the contract of estimators."""

    @pytest.fixture
    def estimator(self) -> Estimator:
        return Seasonal(HALF_A_YEAR, FACTORS)


def test_what_is_taken_in_spring_gives_way_in_a_window_of_autumn() -> None:
    """The newest pair is of 3 July; both items were taken as often, the first in autumns."""
    days = ["2023-10-01", "2024-10-01", "2023-04-01", "2024-04-01", "2025-07-03"]
    known = taken([(0, 0), (1, 0), (0, 1), (1, 1), (2, 2)], days)
    scores = Seasonal(HALF_A_YEAR, FACTORS).fit(known, np.random.default_rng(0)).score(ask(known, [4]))[0]
    plain = FACTORS.fit(known, np.random.default_rng(0)).score(ask(known, [4]))[0]
    shares = scores / plain
    assert shares[0] == pytest.approx(1 - (1 - shares[3]) * 3 / (3 + _weights(days[:2], days[-1])), abs=1e-3)
    assert shares[0] > shares[3] > shares[1]


def _weights(days: list[str], now: str) -> float:
    ages = (np.datetime64(now) - np.array(days, dtype="datetime64[D]")).astype(float)
    return float(np.exp2(-ages / (2 * 365.25)).sum())


def test_without_dates_the_chances_stand_alone() -> None:
    known = taken([(0, 0), (1, 1)])
    scores = Seasonal(0.0, FACTORS).fit(known, np.random.default_rng(0)).score(ask(known, [4]))
    assert (scores == FACTORS.fit(known, np.random.default_rng(0)).score(ask(known, [4]))).all()
