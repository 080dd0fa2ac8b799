"""Features of a candidate alone."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.engine.static import static_features
from tests.recommender.scorers.small import taken

HALF_A_YEAR = 182.0 * 86_400


def test_what_was_taken_in_the_same_part_of_earlier_years_is_in_season() -> None:
    """The newest pair is of 3 July: item 0 was taken in autumns, item 1 in springs."""
    days = ["2023-10-01", "2024-10-01", "2023-04-01", "2024-04-01", "2025-07-03"]
    known = taken([(0, 0), (1, 0), (0, 1), (1, 1), (2, 2)], days)
    table, names = static_features(known, (), HALF_A_YEAR)
    season = table[:, names.index("season")]
    assert season[0] > season[3] > season[1]
    assert season[3] == pytest.approx(np.log(HALF_A_YEAR / (365.25 * 86_400) + 0.01), abs=1e-4)


def test_windows_of_a_year_and_what_has_no_time_have_no_season() -> None:
    known = taken([(0, 0)], ["2024-01-01"])
    assert "season" not in static_features(known, (), 366.0 * 86_400)[1]
    assert "season" not in static_features(taken([(0, 0)]), (), 0.0)[1]
