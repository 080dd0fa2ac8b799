"""When one can apply: fixed dates, until the budget is spent, always, first come, or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from loaders.fields import parse_date

_DATE = r"\d{8}|['’]?(?:\d{4}|\d{2})\s?(?:[-./]|년)\s?\d{1,2}\s?(?:[-./]|월)\s?\d{1,2}(?:\.|일)?"
_DAY_ALONE = r"\d{1,2}\s?(?:[-./]|월)\s?\d{1,2}(?:\.|일)?"
_CLOCK = (
    r"(?:\s?\([월화수목금토일](?:요일)?\))?,?"
    r"(?:\s?\(?(?:오전|오후)?\s?\d{1,2}\s?(?::\s?\d{2}(?::\d{2})?|시(?:\s?\d{1,2}\s?분)?)\)?)?"
)
_RANGE = re.compile(
    rf"(?P<start>{_DATE})?{_CLOCK}\s*(?:부터)?\s*[~∼～]\s*(?:(?P<end>{_DATE})|(?P<day>{_DAY_ALONE}))?{_CLOCK}(?:\s?까지)?"
)
_SINGLE = re.compile(rf"(?:~\s*)?(?P<end>{_DATE}){_CLOCK}(?:\s*(?:까지|마감))?")
_YEAR_MONTH_DAY = 3
"""Parts of a date that has its year."""
_SHORT_YEAR = 2
"""Digits of a year written as 26."""
_PARTS = re.compile(r"\d+")
_FILLED = re.compile(
    r"(?:모집|접수|선정)?\s?(?:완료|마감)\s?시\s?까지|(?:인원|정원|목표)[^~]{0,6}(?:충족|달성|마감)\s?시"
)
_BUDGET = re.compile(r"(?:예산|사업비|자금|재원|한도|기금|물량)[^~]*소진")
_FIRST_COME = re.compile(r"선착순")
_ALWAYS = re.compile(r"상시|수시\s*(?:접수|모집|신청|지원)|연중\s*수시|연중\s*접수")


@dataclass(frozen=True, slots=True)
class ApplicationWindow:
    """An application window; both days belong to it. ``kind`` is one of the catalog's ``WINDOW_KINDS``."""

    kind: str
    start: date | None = None
    end: date | None = None
    text: str | None = None


def parse_window(text: str | None) -> ApplicationWindow:
    """Read an application window as registers write it; ``text`` is kept where it says more than two dates.

    Words for the kind win over dates, since ``2026-01-05 ~ 예산 소진시까지`` may close any day; the dates are kept
    beside the kind. A text without either, a day that does not exist and an end before the start are unknown.
    """
    written = " ".join((text or "").split())
    if not written:
        return ApplicationWindow("unknown")
    start, end = _days(written)
    kind = _kind(written)
    if kind:
        return ApplicationWindow(kind, start, end, written)
    fixed = end is not None and (_RANGE.fullmatch(written) or _SINGLE.fullmatch(written))
    return ApplicationWindow("fixed", start, end, written) if fixed else ApplicationWindow("unknown", text=written)


def window_of(start: date | None, end: date | None) -> ApplicationWindow:
    """Return the window of two dates that a register holds apart."""
    if end is None or (start and start > end):
        return ApplicationWindow("unknown", start=start if end is None else None)
    return ApplicationWindow("fixed", start, end)


def _kind(written: str) -> str | None:
    if _BUDGET.search(written):
        return "until_budget"
    if _FIRST_COME.search(written):
        return "first_come"
    if _ALWAYS.search(written):
        return "always"
    return "until_filled" if _FILLED.search(written) else None


def _days(written: str) -> tuple[date | None, date | None]:
    match = _RANGE.search(written)
    if match:
        start = _day(match["start"])
        written_end = match["end"] or (f"{start.year}-{match['day']}" if start and match["day"] else match["day"])
        end = _day(written_end)
        broken = (match["start"] and not start) or (written_end and not end) or (start and end and start > end)
        return (None, None) if broken else (start, end)
    single = _SINGLE.fullmatch(written)
    return None, _day(single["end"]) if single else None


def _day(text: str | None) -> date | None:
    """Read a day of which the year is written first, with four digits or two; None where it does not exist."""
    parts = _PARTS.findall(text or "")
    if len(parts) == _YEAR_MONTH_DAY:
        year = parts[0] if len(parts[0]) > _SHORT_YEAR else f"20{parts[0]}"
        return parse_date(f"{year}-{int(parts[1]):02}-{int(parts[2]):02}")
    return parse_date(re.sub(r"\s", "", text)) if text else None
