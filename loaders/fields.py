"""Typed reading of one row's fields that collects every fault instead of stopping at the first."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone

from graph_schema.errors import Fault

KOREA = timezone(timedelta(hours=9), "KST")
"""Korea keeps no summer time, so a fixed offset is exact."""

_DATE = re.compile(r"(\d{4})[-./]?\s?(\d{1,2})[-./]?\s?(\d{1,2})\.?")
_COMPACT_DATE = re.compile(r"\d{8}")
_DAMAGED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?")
_MOST = 2**63 - 1
_YES = {"true", "1", "y", "yes", "예", "o", "참"}
_NO = {"false", "0", "n", "no", "아니오", "x", "거짓"}


def parse_date(text: str) -> date | None:
    """Read ``YYYYMMDD``, ``YYYY-MM-DD``, ``YYYY.MM.DD`` or ``YYYY/MM/DD``; None where it is no date of 1900–2100."""
    compact = text.strip()
    match = _DATE.fullmatch(compact)
    if match is None or (compact.isdigit() and not _COMPACT_DATE.fullmatch(compact)):
        return None
    try:
        found = date(*map(int, match.groups()))
    except ValueError:
        return None
    return found if _EARLIEST <= found <= _LATEST else None


def korean_date(text: str) -> date | None:
    """Read an ISO time in UTC as the day in Korea (15:00Z is midnight of the next day); None where it is no such time.

    None too where the day is not one of 1900–2100.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        found = moment.astimezone(KOREA).date()
    except OverflowError:  # at the ends of the calendar
        return None
    return found if _EARLIEST <= found <= _LATEST else None


@dataclass
class Fields:
    """The named texts of one row; methods return a value or None and note a fault where a text cannot be read."""

    values: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return the text without outer blanks; None where the field is empty or absent."""
        return self.values.get(name, "").strip() or None

    def prose(self, name: str) -> str | None:
        """Return a long text in which damaged characters (controls, as old conversions left them) show as U+FFFD.

        A summary with one bad character is still worth keeping; in names and codes the catalog refuses them.
        """
        text = self.text(name)
        return _DAMAGED.sub("\ufffd", text) if text else None

    def required(self, name: str) -> str:
        """Return the text; an empty one is a fault."""
        found = self.text(name)
        if found is None:
            self.fault(name, "this field must not be empty", "fill it in")
        return found or ""

    def items(self, name: str, separator: str) -> list[str]:
        """Return the non-empty parts of a joined text, in order, each once."""
        parts = (part.strip() for part in self.values.get(name, "").split(separator))
        return list(dict.fromkeys(part for part in parts if part))

    def items_in_order(self, name: str, separator: str) -> list[str]:
        """Return the parts of a joined text with its repetitions, for lists that go beside each other."""
        text = self.values.get(name, "").strip()
        return [part.strip() for part in text.split(separator)] if text else []

    def day(self, name: str) -> date | None:
        """Return a date."""
        text = self.text(name)
        found = parse_date(text) if text else None
        if text and found is None:
            self.fault(name, "not a date between 1900 and 2100", "write it as YYYY-MM-DD")
        return found

    def korean_day(self, name: str) -> date | None:
        """Return the day in Korea of a time in UTC."""
        text = self.text(name)
        found = korean_date(text) if text else None
        if text and found is None:
            self.fault(name, "not an ISO time between 1900 and 2100", "write it as 2025-01-23T15:00:00Z")
        return found

    def number(self, name: str, *, least: float = 0) -> float | None:
        """Return a finite number of at least ``least`` in plain digits; thousands may be set off with commas."""
        text = self.text(name)
        if text is None:
            return None
        found = float(text.replace(",", "")) if _NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(found) or found < least:
            self.fault(name, f"not a number of at least {least:g}", "write digits only, such as 1250.5")
            return None
        return found

    def integer(self, name: str, *, least: int = 0) -> int | None:
        """Return a whole number of at least ``least`` and at most 64 bits, to the last digit."""
        text = self.text(name)
        if text is None or self.number(name, least=least) is None:
            return None
        whole, _, fraction = text.replace(",", "").partition(".")
        if fraction.strip("0"):
            self.fault(name, "not a whole number", "write it without a fraction")
            return None
        if int(whole) > _MOST:
            self.fault(name, f"greater than {_MOST}", "check the number and its unit")
            return None
        return int(whole)

    def boolean(self, name: str) -> bool | None:
        """Return a truth value."""
        text = self.text(name)
        if text is None:
            return None
        if text.lower() in _YES | _NO:
            return text.lower() in _YES
        self.fault(name, "neither yes nor no", "write true or false (예 or 아니오)")
        return None

    def fault(self, name: str, reason: str, remedy: str) -> None:
        """Note that the field ``name`` cannot be used."""
        self.faults.append(Fault(name, self.values.get(name, ""), reason, remedy))
