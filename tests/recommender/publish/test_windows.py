"""Training chooses on one window and judges on the next, as long, ending with the last dated pair."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from recommender.knowledge.splits import ALWAYS, LinkedPairs
from recommender.publish.windows import Shares, windows_of

SHARES = Shares(newest=0.15, least=30, least_inside=10)


def pairs(days: list[date]) -> LinkedPairs:
    size = len(days)
    first = np.array(days, dtype="datetime64[D]")
    return LinkedPairs((), (), np.zeros(size, np.int64), np.zeros(size, np.int64), first, np.full(size, -1))


def daily(count: int, start: date = date(2024, 1, 1)) -> list[date]:
    return [start + timedelta(days=day) for day in range(count)]


def test_both_windows_are_of_one_length_and_the_second_ends_with_the_last_pair() -> None:
    found = windows_of(pairs(daily(1000)), SHARES, None)
    assert found is not None
    assert found.months == 5
    assert found.test == (date(2026, 4, 28), date(2026, 9, 27))
    assert found.valid == (date(2025, 11, 27), date(2026, 4, 28))


def test_undated_pairs_and_those_from_a_day_on_do_not_count() -> None:
    assert windows_of(pairs([ALWAYS.astype(object)] * 500), SHARES, None) is None
    found = windows_of(pairs(daily(1000)), SHARES, date(2025, 1, 1))
    assert found is not None
    assert found.test[1] == date(2025, 1, 1)


def test_too_few_pairs_give_no_window() -> None:
    assert windows_of(pairs(daily(29)), SHARES, None) is None
    assert windows_of(pairs([date(2024, 1, 1)] * 100 + [date(2025, 1, 1)] * 5), SHARES, None) is None
