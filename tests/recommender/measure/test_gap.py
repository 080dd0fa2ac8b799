"""The share of a gap between a baseline and the oracle."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.measure.gap import GapClosed, share_closed

SIMPLE, ORACLE = np.array([0.0, 0.2, 0.4, 0.1]), np.array([1.0, 0.4, 0.8, 0.7])


def test_the_share_of_the_gap_is_paired() -> None:
    """A model half-way on every question is half-way in every resampling; without a gap there is no share."""
    found = share_closed(SIMPLE, (SIMPLE + ORACLE) / 2, ORACLE, np.arange(4))
    assert found is not None
    assert (found.mean, found.low, found.high) == pytest.approx((0.5, 0.5, 0.5))
    assert share_closed(SIMPLE, ORACLE, SIMPLE, np.arange(4)) is None


def test_what_is_shown_of_it_says_nothing_where_the_oracle_is_not_ahead() -> None:
    found = GapClosed.of(("engine", (SIMPLE + ORACLE) / 2), ("ease", SIMPLE), ORACLE, np.arange(4))
    assert found.oracle == pytest.approx(0.725)
    assert found.shown == "50% [50%, 50%]"
    assert GapClosed.of(("engine", ORACLE), ("ease", SIMPLE), SIMPLE, np.arange(4)).shown == ""
