"""Years counted on from a day, and working days as the law on complaints counts them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.errors import NotFoundError
from graph_schema.law.rows import in_force, table
from graph_schema.wording import Wording

Days = npt.NDArray[np.datetime64]
_SATURDAY: Final = 5
"""``date.weekday`` from which a day is of the weekend."""


def add_years(start: Days, years: npt.NDArray[np.float64]) -> Days:
    """``start`` and a number of years (parts of a year as months) later; 29 February becomes 1 March."""
    months = start.astype("datetime64[M]")
    within = start - months.astype("datetime64[D]")
    known = ~np.isnan(years)
    shift = np.where(known, np.round(np.where(known, years, 0) * 12), 0).astype("timedelta64[M]")
    later = (months + shift).astype("datetime64[D]") + within
    return np.where(known, later, np.datetime64("NaT"))


def is_working_day(day: date) -> bool:
    """Whether a day is neither a Saturday, a Sunday nor a public holiday.

    Raises ``NotFoundError`` outside the years of which the holidays are known.
    """
    years = {row.valid_from.year for row in table("holidays") if row.valid_from}
    if day.year not in years:
        raise NotFoundError(
            Wording(
                f"{day.year}년의 공휴일 자료가 없습니다(있는 자료: {min(years)}~{max(years)}년). "
                "graph_schema/law/tables/holidays.csv에 추가하십시오",
                f"public holidays of {day.year} are not known, only those of {min(years)} to {max(years)}; "
                "add them to graph_schema/law/tables/holidays.csv",
            )
        )
    return day.weekday() < _SATURDAY and not in_force("holidays", "holiday", day)


def nth_working_day(first: date, count: int) -> date:
    """Return the ``count``-th working day from ``first`` on, that day included where it is one."""
    day = first
    while True:
        count -= is_working_day(day)
        if count <= 0:
            return day
        day += timedelta(days=1)
