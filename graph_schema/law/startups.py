"""Start-ups by age: 중소기업창업 지원법 제2조 and, in new industries, 제25조 제4항."""

from __future__ import annotations

from datetime import date

import numpy as np
import numpy.typing as npt

from graph_schema.law.days import Days, add_years
from graph_schema.law.rows import in_force
from graph_schema.law.truth import Truth


def is_startup(founded: npt.ArrayLike, on: date, founded_until: npt.ArrayLike | None = None) -> Truth:
    """Whether business began not longer ago than the law allows.

    ``founded``: days, NaT where unknown; with ``founded_until`` the first and last that are possible. Between the usual
    limit and that of new industries it is not known, because the industries that the ministry names are not.
    """
    first = np.asarray(founded, dtype="datetime64[D]")
    last = first if founded_until is None else np.asarray(founded_until, dtype="datetime64[D]")
    usual, longest = _last_day(first, "startup", on), _last_day(last, "new_industry", on)
    today = np.datetime64(on, "D")
    if not in_force("startups", "startup", on):
        return np.where(first > today, -1, 0).astype(np.int8)
    ended = np.fmax(_last_day(last, "startup", on), longest) < today
    return np.select([first > today, usual >= today, ended], [-1, 1, -1], 0).astype(np.int8)


def _last_day(founded: Days, kind: str, on: date) -> Days:
    """Last day of a kind of start-up, NaT where no row holds."""
    years = max((row.figure for row in in_force("startups", kind, on)), default=np.nan)
    return add_years(founded, np.full(founded.shape, years))
