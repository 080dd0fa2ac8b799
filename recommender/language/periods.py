"""The days that words of time stand for: a year, a month, a day, so many years ago, the so manieth year."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import Final

from recommender.language.numerals import SMALL, small

Period = tuple[date, date]
"""First and last possible day."""
DAY: Final = (
    r"(?P<year>(?<!\d)(?:19|20)?\d{2})\s?(?:년도?|[.\-/])\s?(?:(?P<month>\d{1,2})\s?(?:월"
    r"|[.\-/])?\s?(?:(?P<day>\d{1,2})\s?[일.]?)?)?"
)
"""Pattern of a year, with or without a month and a day; ``calendar_days`` reads it."""
SPOKEN: Final = (
    r"(?P<when>올해|올(?=\s(?:\d|[초봄]|여름))|금년|작년|지난해|재작년|지난\s?달|이번\s?달|이달|지난(?=\s\d))"
    r"(?:\s?(?P<month>\d{1,2})월(?:\s?(?P<day>\d{1,2})일)?)?"
)
"""Pattern of a year or a month as it is spoken of; ``spoken_period`` reads it."""
YEARS_AGO: Final = rf"(?P<years>{SMALL})\s?[년해]\s?전"
MONTHS_AGO: Final = rf"(?P<number>{SMALL})\s?(?P<unit>개월|달)\s?전"
TIMES: Final = (DAY, SPOKEN, YEARS_AGO, MONTHS_AGO)
"""Patterns of a time that was; ``time_said`` reads each of them."""
_CENTURY: Final = 100
"""Years written with two digits are of the current one, or of the last where they would lie ahead."""
_LONGEST_SHORT: Final = 50
"""Years back that are written with two digits: 98년 창업."""


def calendar_years_ago(match: re.Match[str], today: date) -> Period | None:
    """Return the calendar year of what was so many years ago."""
    return _days(today.year - small(match["years"]), None, None)


def nth_year(match: re.Match[str], today: date) -> Period | None:
    """Return the period of who is in a year of business, counted by days or by calendar years."""
    years = small(match["years"])
    return (_years_before(today, years) + timedelta(1), date(today.year - years + 1, 12, 31)) if years else None


def elapsed(match: re.Match[str], today: date) -> Period | None:
    """Return the period of what is so many years or months old, counted by days or by the calendar."""
    number, months = small(match["number"]), match.groupdict().get("months")
    if months:
        number = 12 * number + int(months)
    elif match["unit"] not in {"개월", "달"}:
        return _years_before(today, number + 1) + timedelta(1), date(today.year - number, 12, 31)
    return _months_old(today, number)


def _months_old(today: date, months: int) -> Period:
    last = _months_before(today, months)
    return _months_before(today, months + 1) + timedelta(1), last.replace(day=monthrange(last.year, last.month)[1])


def _years_before(day: date, years: int) -> date:
    return _months_before(day, 12 * years)


def _months_before(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def calendar_days(match: re.Match[str], today: date) -> Period | None:
    """Return the days that a year, a month or a day stand for; None where there is no such day."""
    year = int(match["year"])
    if year < _CENTURY:
        year += today.year // _CENTURY * _CENTURY
        year -= _CENTURY if year > today.year else 0
        if today.year - year > _LONGEST_SHORT:
            return None
    groups = match.groupdict()
    return _days(year, groups.get("month"), groups.get("day"))


def half_year(_: re.Match[str], today: date) -> Period:
    """Return the period of what is half a year old."""
    return _months_old(today, 6)


def _days(year: int, month: str | None, day: str | None) -> Period | None:
    try:
        if month is None:
            return date(year, 1, 1), date(year, 12, 31)
        if day is None:
            return date(year, int(month), 1), date(year, int(month), monthrange(year, int(month))[1])
        return date(year, int(month), int(day)), date(year, int(month), int(day))
    except ValueError:
        return None


def spoken_period(match: re.Match[str], today: date) -> Period | None:
    """Return the days of a year or month as it is spoken of: 작년 3월, 지난달."""
    when, day = match["when"].replace(" ", ""), match.groupdict().get("day")
    if when in {"지난달", "이번달", "이달"}:
        month = _months_before(today.replace(day=1), 1 if when == "지난달" else 0)
        return _days(month.year, str(month.month), None)
    if when == "지난":
        return _days(today.year - (int(match["month"] or 0) >= today.month), match["month"], day)
    year = today.year - {"올해": 0, "올": 0, "금년": 0, "작년": 1, "지난해": 1, "재작년": 2}[when]
    return _days(year, match["month"], day)


def time_said(match: re.Match[str], today: date) -> Period | None:
    """Return the days that what one of ``TIMES`` matched stands for."""
    groups = match.groupdict()
    if groups.get("year"):
        return calendar_days(match, today)
    if groups.get("when"):
        return spoken_period(match, today)
    return calendar_years_ago(match, today) if groups.get("years") else elapsed(match, today)
