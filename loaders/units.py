"""Units of money that a table tells once for many cells: in a line above its header, or in the header of a column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Final

MONEY: Final = {
    "원": 1,
    "krw": 1,
    "천원": 10**3,
    "만원": 10**4,
    "십만원": 10**5,
    "백만원": 10**6,
    "천만원": 10**7,
    "억원": 10**8,
    "십억원": 10**9,
    "백억원": 10**10,
    "조원": 10**12,
}
"""Units of money by how many KRW they are."""
_OTHERS: Final = frozenset(
    "명 인 개 개사 개소 개월 건 곳 호 호실 대 년 월 일 세 층 % ㎡ m2 m² 제곱미터 평".split()  # noqa: SIM905 - a table of words
)
"""Units of what is no money."""
PLACES: Final = frozenset({"시도", "시군구", "읍면동", "시·도", "시·군·구", "읍·면·동", "광역", "기초"})
"""Words below a header that part a place; read together they say it in full."""
_LINE: Final = re.compile(r"(?:단위|unit)\s?[:：]?\s?(?P<units>[^)\]]*)", re.IGNORECASE)
_BETWEEN: Final = re.compile(r"[,/;·]")
_IN_BRACKETS: Final = re.compile(r"[(\[](?P<unit>[^()\[\]\d]+)[)\]]")
_BEHIND: Final = re.compile(r"(?P<name>.+?)\s?[(\[](?P<unit>[^()\[\]]*)[)\]]")
_NUMBER: Final = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?"
_AMOUNT: Final = rf"[+-]?{_NUMBER}"
_BOUND: Final = r"(?:\s?(?:이상|초과|이하|이내|미만))?"
_BARE: Final = re.compile(rf"{_AMOUNT}{_BOUND}(?:\s?[~∼〜-]?\s?{_AMOUNT}{_BOUND})?")
"""An amount, or a band of two, without a unit of its own."""


def is_unit(cell: str) -> bool:
    """Whether a cell of a header names a unit, or stands in brackets as one."""
    text = _word(cell)
    return text in MONEY or text in _OTHERS or _IN_BRACKETS.fullmatch(cell.strip()) is not None


def with_unit(header: str, cell: str) -> str:
    """Return a header with the unit of money that stands below it; other units tell nothing."""
    found = _IN_BRACKETS.fullmatch(cell.strip())
    unit = _word(found["unit"] if found else cell)
    return f"{header}({unit})" if header and unit in MONEY else header


def without_unit(header: str) -> tuple[str, int | None]:
    """Return a header without the unit of money behind its name, and how many KRW that is; None where it has none."""
    found = _BEHIND.fullmatch(header.strip())
    factor = MONEY.get(_word(found["unit"])) if found else None
    if found and factor:
        return found["name"], factor
    return header, 1 if "krw" in header.casefold() else None


def unit_line(lines: Iterable[Sequence[str]]) -> str:
    """Return the units that a line above a header tells, as they are written; empty where none does."""
    found = (_LINE.search(",".join(filter(None, map(str.strip, cells)))) for cells in lines)
    return next((match["units"].strip(" ,") for match in found if match), "")


def krw_of(units: str) -> int | None:
    """Return how many KRW the unit of money among ``units`` is, 1 where none is of money, None where it is unknown."""
    words = [*filter(None, map(_word, _BETWEEN.split(units)))]
    money = {MONEY[word] for word in words if word in MONEY}
    if len(money) > 1 or not {*words} <= MONEY.keys() | _OTHERS:
        return None
    return money.pop() if money else 1


def in_krw(cell: str, factor: int) -> str:
    """Return an amount, or a band, in KRW; a cell with a unit of its own stays, and so does what is no amount."""
    text = unicodedata.normalize("NFKC", cell).strip()
    if not _BARE.fullmatch(text):
        return cell
    return re.sub(_NUMBER, lambda match: _times(match[0], factor), text)


def _times(amount: str, factor: int) -> str:
    return f"{(Decimal(amount.replace(',', '')) * factor).normalize():f}"


def _word(text: str) -> str:
    return re.sub(r"\s", "", text).casefold()
