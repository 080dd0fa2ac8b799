"""Typed reading of one row's fields that collects every fault instead of stopping at the first."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Final, TypeVar

from graph_schema.errors import Fault
from graph_schema.wording import Wording

Value = TypeVar("Value")

KOREA = timezone(timedelta(hours=9), "KST")
"""Korea keeps no summer time, so a fixed offset is exact."""

_DATE = re.compile(
    r"(?P<year>\d{4})\s?[-./년]?\s?(?P<month>\d{1,2})\s?[-./월]?\s?(?P<day>\d{1,2})\s?[.일]?"
    r"(?:\s?\([월화수목금토일]\))?(?:[T\s]\s?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
)
_COMPACT_DATE = re.compile(r"\d{8}(?:\d{6})?")
_DAMAGED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_EARLIEST, _LATEST = date(1900, 1, 1), date(2100, 12, 31)
_NUMBER = re.compile(r"[+-]?(?:\d+|\d{1,3}(?:,\d{3})+)(?:\.\d*)?")
_UNITS = re.compile(r"^[₩￦\\]\s?|\s?(?:원|명|인|개|건|년|㎡|m2|m²)$")
_ROUNDED = re.compile(r"[+-]?\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_MOST = 2**63 - 1
"""The largest integer that Arrow, DuckDB and Neo4j all hold."""
_MOST_DIGITS = len(str(_MOST))
_REMEMBERED: Final = 1 << 14
"""Values of a column repeat: so many days and numbers are read once."""
_YES = {"true", "1", "y", "yes", "t", "예", "네", "o", "○", "참", "여", "유", "있음", "해당"}
_NO = {"false", "0", "n", "no", "f", "아니오", "아니요", "아님", "x", "×", "거짓", "부", "무", "없음", "해당없음"}
_NOTHING = {"없음", "해당없음", "미상", "n/a", "null", "#n/a"}
"""Words that stand where a number or a day is not known."""
_SHEET_ERROR = re.compile(r"#(?:REF!|NAME\?|VALUE!|DIV/0!|NUM!|NULL!|SPILL!|CALC!|#+)")
"""What a spreadsheet shows where a formula fails, or where a column is too narrow for a number."""
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How an export keeps a spreadsheet from taking a text for a number."""
_FORMULA = re.compile(r"=[A-Z0-9(+@$'-].*", re.IGNORECASE)
_UNREAD_SIGN: Final = "\ufffd"
EMPTY: Final = Wording("비워 둘 수 없는 항목입니다", "this field must not be empty")
"""What is wrong with a field that has to say something."""
_BLANKS = re.compile(r"\s")
_DASH_SIGNS: Final = "-‐‑‒–—―−ー"
_DASHES = re.compile(f"[{_DASH_SIGNS}]+")
_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]+")


def clean(text: str) -> str:
    """Return a text without signs that nobody sees, its Korean composed, without blanks around it."""
    if text.isascii():
        return text.strip()
    seen = text if text.isprintable() else _INVISIBLE.sub("", text)
    return unicodedata.normalize("NFC", seen).strip()


def text_of(cleaned: str) -> str | None:
    """Return a text that ``clean`` has left; None where it is empty, or a dash for nothing."""
    return None if not cleaned or (cleaned[0] in _DASH_SIGNS and _DASHES.fullmatch(cleaned)) else cleaned


def is_doubtful(text: str) -> bool:
    """Whether a text may hold what no name or code does: a formula, its error, or a sign that could not be read."""
    return "#" in text or "=" in text or _UNREAD_SIGN in text


def _word(text: str) -> str:
    return _BLANKS.sub("", text).lower()


@lru_cache(maxsize=_REMEMBERED)
def _is_nothing(text: str) -> bool:
    return _word(text) in _NOTHING


@lru_cache(maxsize=_REMEMBERED)
def _digits_of(text: str) -> str:
    return _UNITS.sub("", unicodedata.normalize("NFKC", text)).strip()


@lru_cache(maxsize=_REMEMBERED)
def _number_of(text: str) -> float:
    """Read plain digits, thousands set off or not; not a number where there are other signs."""
    return float(text.replace(",", "")) if _NUMBER.fullmatch(text) else math.nan


@lru_cache(maxsize=_REMEMBERED)
def parse_date(text: str) -> date | None:
    """Read ``YYYYMMDD``, ``YYYY-MM-DD`` (or with dots, slashes, 년·월·일), a time behind it left out.

    None where it is no date of 1900–2100.
    """
    compact = clean(text)
    if compact.isdigit() and not _COMPACT_DATE.fullmatch(compact):
        return None
    match = _DATE.fullmatch(compact[:8] if compact.isdigit() else compact)
    if match is None:
        return None
    try:
        found = date(int(match["year"]), int(match["month"]), int(match["day"]))
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


@dataclass(slots=True)
class Fields:
    """The named texts of one row; methods return a value or None and note a fault where a text cannot be read."""

    values: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)

    def text(self, name: str) -> str | None:
        """Return the text as ``clean`` leaves it; None where the field is empty, absent or a dash for nothing.

        A formula, its error, and a sign that could not be read are faults; #N/A is nothing, and ``="01"`` is 01.
        """
        found = self._cell(name)
        return self._sure(name, found) if found and is_doubtful(found) else found

    def _cell(self, name: str) -> str | None:
        raw = self.values.get(name)
        if not raw:
            return None
        return text_of(raw.strip() if raw.isascii() else clean(raw))

    def _sure(self, name: str, text: str) -> str | None:
        """Return a doubtful text where it is sound."""
        if quoted := _AS_TEXT.fullmatch(text):
            return text_of(quoted[1].strip())
        if _FORMULA.fullmatch(text):
            self.fault(
                name,
                Wording("계산되지 않은 수식입니다", "a formula that was not calculated"),
                Wording(
                    "엑셀에서 열어 다시 저장하거나 값을 적으십시오",
                    "open and save it in a spreadsheet, or write the value",
                ),
            )
        elif _SHEET_ERROR.fullmatch(text):
            self.fault(
                name,
                Wording("스프레드시트의 오류 값입니다", "an error of a spreadsheet"),
                Wording("값을 적거나 칸을 비우십시오", "write the value, or leave the cell empty"),
            )
        elif _UNREAD_SIGN in text:
            self.fault(
                name,
                Wording("읽을 수 없는 글자가 있습니다", "a character of it cannot be read"),
                Wording("그 글자를 고쳐 적으십시오", "write that character anew"),
            )
        else:
            return None if text.upper() == "#N/A" else text
        return None

    def prose(self, name: str) -> str | None:
        """Return a long text in which damaged characters (controls, as old conversions left them) show as U+FFFD.

        A summary with one bad character is still worth keeping; in names and codes the catalog refuses them.
        """
        text = self._cell(name)
        return _DAMAGED.sub(_UNREAD_SIGN, text) if text else None

    def required(self, name: str) -> str:
        """Return the text; an empty one is a fault."""
        return self.needed(Fields.text, name, Wording("값을 적으십시오", "fill it in")) or ""

    def needed(self, read: Callable[[Fields, str], Value | None], name: str, remedy: Wording) -> Value | None:
        """Return what ``read`` makes of a field that must say something; a word such as 없음 is a fault too."""
        found = read(self, name)
        if found is None and not any(each.field == name for each in self.faults):
            self.fault(name, EMPTY, remedy)
        return found

    def items(self, name: str, separator: str) -> list[str]:
        """Return the non-empty parts of a joined text, in order, each once."""
        parts = (part.strip() for part in (self.text(name) or "").split(separator))
        return list(dict.fromkeys(part for part in parts if part))

    def items_in_order(self, name: str, separator: str) -> list[str]:
        """Return the parts of a joined text with its repetitions, for lists that go beside each other."""
        text = self.text(name)
        return [part.strip() for part in text.split(separator)] if text else []

    def day(self, name: str) -> date | None:
        """Return a date."""
        text = self._known(name)
        found = parse_date(text) if text else None
        if text and found is None:
            self.fault(
                name,
                Wording("1900년부터 2100년 사이의 날짜가 아닙니다", "not a date between 1900 and 2100"),
                Wording("YYYY-MM-DD로 적으십시오", "write it as YYYY-MM-DD"),
            )
        return found

    def korean_day(self, name: str) -> date | None:
        """Return the day in Korea of a time in UTC."""
        text = self._known(name)
        found = korean_date(text) if text else None
        if text and found is None:
            self.fault(
                name,
                Wording("1900년부터 2100년 사이의 ISO 시각이 아닙니다", "not an ISO time between 1900 and 2100"),
                Wording("2025-01-23T15:00:00Z처럼 적으십시오", "write it as 2025-01-23T15:00:00Z"),
            )
        return found

    def number(self, name: str, *, least: float = 0) -> float | None:
        """Return a finite number of at least ``least`` in plain digits; thousands may be set off with commas."""
        return self._number(name, least, such_as="1250.5")

    def _number(self, name: str, least: float, such_as: str) -> float | None:
        text = self._digits(name)
        if text is None:
            return None
        found = _number_of(text)
        if math.isfinite(found) and found >= least:
            return found
        if _ROUNDED.fullmatch(text):
            self.fault(
                name,
                Wording("엑셀 등에서 반올림된 수입니다", "a spreadsheet has rounded it"),
                Wording(
                    "열 서식을 숫자(정수)로 바꾸고 다시 입력하십시오",
                    "show the column as whole numbers, and enter it again",
                ),
            )
        else:
            self.fault(
                name,
                Wording(f"{least:g} 이상인 수가 아닙니다", f"not a number of at least {least:g}"),
                Wording(f"{such_as}처럼 숫자로만 적으십시오", f"write digits only, such as {such_as}"),
            )
        return None

    def integer(self, name: str, *, least: int = 0) -> int | None:
        """Return a whole number of at least ``least`` and at most 64 bits, to the last digit."""
        text = self._digits(name)
        if text and text.isascii() and text.isdigit() and len(text) < _MOST_DIGITS and int(text) >= least:
            return int(text)
        if text is None or self._number(name, least, such_as="1250") is None:
            return None
        whole, _, fraction = text.replace(",", "").partition(".")
        if fraction.strip("0"):
            self.fault(
                name,
                Wording("정수가 아닙니다", "not a whole number"),
                Wording("소수점 없이 적으십시오", "write it without a fraction"),
            )
            return None
        if int(whole) > _MOST:
            self.fault(
                name,
                Wording(f"{_MOST}보다 큽니다", f"greater than {_MOST}"),
                Wording("수와 단위를 확인하십시오", "check the number and its unit"),
            )
            return None
        return int(whole)

    def boolean(self, name: str) -> bool | None:
        """Return a truth value."""
        text = self.text(name)
        if text is None:
            return None
        word = _word(text)
        if word in _YES or word in _NO:
            return word in _YES
        self.fault(
            name,
            Wording("예도 아니오도 아닙니다", "neither yes nor no"),
            Wording("true 또는 false(예 또는 아니오)로 적으십시오", "write true or false (예 or 아니오)"),
        )
        return None

    def _known(self, name: str) -> str | None:
        """Return the text, None too where a word says that it is not known."""
        text = self.text(name)
        return None if text and _is_nothing(text) else text

    def _digits(self, name: str) -> str | None:
        """Return the text of a number in plain digits (full-width ones too), without its unit."""
        text = self._known(name)
        return _digits_of(text) if text else None

    def contradiction(self, names: tuple[str, str], reason: Wording, remedy: Wording) -> None:
        """Note that two fields contradict each other, so that neither can be used."""
        for name in names:
            self.fault(name, reason, remedy)

    def fault(self, name: str, reason: Wording, remedy: Wording) -> None:
        """Note that the field ``name`` cannot be used."""
        found = Fault(name, self.values.get(name, ""), reason, remedy)
        if found not in self.faults:  # some fields are read twice
            self.faults.append(found)
