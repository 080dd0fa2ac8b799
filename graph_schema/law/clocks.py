"""Legal clocks of complaints: 민원 처리에 관한 법률 and its decree."""

from __future__ import annotations

from datetime import date
from typing import Final

from graph_schema.errors import NotFoundError
from graph_schema.law.days import nth_working_day
from graph_schema.law.rows import LawRow, in_force, table
from graph_schema.wording import Wording

_DAYS: Final = "working days"


def clock(kind: str, on: date) -> LawRow:
    """Return the row that sets a clock on a day; raises ``NotFoundError`` where there is none."""
    rows = in_force("clocks", kind, on)
    if not rows:
        kinds = ", ".join(dict.fromkeys(row.kind for row in table("clocks")))
        raise NotFoundError(
            Wording(
                f"{kind!r}: {on} 현재 시행 중인 처리기간이 법령 자료에 없습니다. 있는 종류: {kinds}",
                f"the law as it is held sets no clock {kind!r} on {on}; it knows {kinds}",
            )
        )
    return rows[0]


def deadline(kind: str, received: date) -> date:
    """Last day on which a complaint of a kind is to be dealt with, counted as 민원 처리에 관한 법률 제19조 제2항 does.

    The day of receipt counts, Saturdays, Sundays and public holidays do not. Raises ``NotFoundError`` for a kind that
    has no clock in working days, and outside the years of which the holidays are known.
    """
    row = clock(kind, received)
    if row.unit != _DAYS:
        raise NotFoundError(
            Wording(
                f"{kind!r}: 마지막 날을 계산할 수 없는 종류입니다. {row.ko}({row.cited})",
                f"{kind!r} has no last day: {row.en} ({row.cited}), {row.figure:g} {row.unit}",
            )
        )
    return nth_working_day(received, round(row.figure))
