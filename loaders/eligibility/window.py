"""When one can apply: fixed dates, until the budget is spent, always, first come, or unknown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from loaders.fields import parse_date

_DATE = r"\d{8}|\d{4}\s?[-./]\s?\d{1,2}\s?[-./]\s?\d{1,2}\.?"
_RANGE = re.compile(rf"(?P<start>{_DATE})?\s*[~∼～]\s*(?P<end>{_DATE})?")
_SINGLE = re.compile(rf"(?:~\s*)?(?P<end>{_DATE})(?:\s*(?:까지|마감))?")
_BUDGET = re.compile(r"(?:예산|사업비|자금|재원|한도|기금|물량)[^~]*소진")
_FIRST_COME = re.compile(r"선착순")
_ALWAYS = re.compile(r"상시|수시\s*(?:접수|모집|신청|지원)|연중\s*수시|연중\s*접수")


@dataclass(frozen=True, slots=True)
class Window:
    """An application window; both days belong to it. ``kind`` is one of the catalog's ``WINDOW_KINDS``."""

    kind: str
    start: date | None = None
    end: date | None = None
    text: str | None = None


def parse_window(text: str | None) -> Window:
    """Read an application window as registers write it; ``text`` is kept where it says more than two dates.

    Words for the kind win over dates, since ``2026-01-05 ~ 예산 소진시까지`` may close any day; the dates are kept
    beside the kind. A text without either, a day that does not exist and an end before the start are unknown.
    """
    written = " ".join((text or "").split())
    if not written:
        return Window("unknown")
    start, end = _days(written)
    kind = _kind(written)
    if kind:
        return Window(kind, start, end, written)
    fixed = end is not None and (_RANGE.fullmatch(written) or _SINGLE.fullmatch(written))
    return Window("fixed", start, end, written) if fixed else Window("unknown", text=written)


def window_of(start: date | None, end: date | None) -> Window:
    """Return the window of two dates that a register holds apart."""
    if end is None or (start and start > end):
        return Window("unknown", start=start if end is None else None)
    return Window("fixed", start, end)


def _kind(written: str) -> str | None:
    if _BUDGET.search(written):
        return "until_budget"
    if _FIRST_COME.search(written):
        return "first_come"
    return "always" if _ALWAYS.search(written) else None


def _days(written: str) -> tuple[date | None, date | None]:
    match = _RANGE.search(written)
    if match:
        start, end = (_day(match[name]) for name in ("start", "end"))
        broken = (match["start"] and not start) or (match["end"] and not end) or (start and end and start > end)
        return (None, None) if broken else (start, end)
    single = _SINGLE.fullmatch(written)
    return None, _day(single["end"]) if single else None


def _day(text: str | None) -> date | None:
    return parse_date(re.sub(r"\s", "", text)) if text else None
