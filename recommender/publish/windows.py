"""The windows by which training decides: one to choose settings on, then one as long to be tested on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from recommender.knowledge.splits import ALWAYS, Cuts, LinkedPairs

DAYS_A_MONTH: Final = 365.25 / 12
"""In the mean of four years."""


@dataclass(frozen=True)
class Shares:
    """How dated pairs are shared out: about ``newest`` of them to be tested on.

    With fewer than ``least`` pairs before the windows, or fewer than ``least_inside`` in one, there are none.
    """

    newest: float
    least: int
    least_inside: int


@dataclass(frozen=True)
class Windows:
    """Two windows of ``months`` months each, the second ending with the last dated pair."""

    cuts: Cuts
    months: int

    @property
    def valid(self) -> tuple[date, date]:
        """First day of the window that is chosen on, and the day after its last."""
        return self.cuts.valid_from, self.cuts.test_from

    @property
    def test(self) -> tuple[date, date]:
        """The same of the window that is tested on."""
        return self.cuts.test_from, self.cuts.end


def windows_of(pairs: LinkedPairs, shares: Shares, before: date | None) -> Windows | None:
    """Cut the dated pairs before a day into windows of one length; None where they are too few."""
    days = np.sort(pairs.first[pairs.first > ALWAYS])
    days = days if before is None else days[days < np.datetime64(before, "D")]
    if len(days) < shares.least:
        return None
    end = _day(days[-1]) + timedelta(days=1)
    newest = (end - _day(days[int(len(days) * (1.0 - shares.newest))])).days
    months = max(1, round(newest / DAYS_A_MONTH))
    first, second = (end - timedelta(days=round(months * back * DAYS_A_MONTH)) for back in (2, 1))
    edges = np.array([first, second, end], dtype="datetime64[D]").astype(np.int64)
    sizes = np.histogram(days.astype("datetime64[D]").astype(np.int64), edges)[0]
    earlier = int((days < np.datetime64(first)).sum())
    if earlier < shares.least or sizes.min() < shares.least_inside:
        return None
    return Windows(Cuts(first, second, end), months)


def _day(moment: np.datetime64) -> date:
    day: date = moment.astype("datetime64[D]").astype(object)
    return day
