"""What is known weighs by its age, by one rule."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.recommender.scorers.small import taken

DAY = 86_400.0
TIMES = np.array(["2020-01-21", "2020-01-11", "NaT", "2020-02-01"], dtype="datetime64[s]")


def test_recency_halves_with_each_half_life() -> None:
    """What has no date is as old as the oldest pair, what came with the question is new."""
    known = taken([(0, 0), (1, 1)], ["2020-01-01", "2020-01-11"])
    known = replace(known, start=np.datetime64("2020-01-21", "s"))
    assert known.recency(TIMES, 10 * DAY) == pytest.approx([1.0, 0.5, 0.25, 1.0])


def test_recency_is_one_where_no_age_can_be_told() -> None:
    undated, dated = taken([(0, 0)]), taken([(0, 0)], ["2020-01-01"])
    for known, half_life in ((undated, 10 * DAY), (dated, 0.0)):
        assert known.recency(TIMES, half_life).tolist() == [1, 1, 1, 1]
    assert replace(undated, start=TIMES[0]).recency(TIMES, 10 * DAY) == pytest.approx([1.0, 0.5, 1.0, 1.0])
