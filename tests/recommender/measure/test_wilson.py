"""Interval of a share."""

from __future__ import annotations

import pytest

from recommender.measure.wilson import wilson_interval


def test_bounds_of_a_textbook_case() -> None:
    """Of 10 cases 8: .4902 to .9433."""
    assert wilson_interval(8, 10) == pytest.approx((0.4902, 0.9433), abs=1e-4)


def test_bounds_stay_between_none_and_all() -> None:
    assert wilson_interval(0, 0) == (0.0, 1.0)
    assert wilson_interval(0, 5)[0] == pytest.approx(0, abs=1e-12)
    assert wilson_interval(5, 5)[1] == pytest.approx(1)
