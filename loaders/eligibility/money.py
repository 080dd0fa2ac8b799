"""Sums of Korean won as notices write them: ``1억 3천만 원``, ``50백만원``, ``12,000천원``, ``100~200만원``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

_UNITS: Final = {
    "조": 10**12,
    "천억": 10**11,
    "백억": 10**10,
    "십억": 10**9,
    "억": 10**8,
    "천만": 10**7,
    "백만": 10**6,
    "십만": 10**5,
    "만": 10**4,
    "천": 10**3,
    "백": 10**2,
}
_SPOKEN: Final = 10**4
"""What thousands count behind 억 without a unit of their own."""
_BELOW: Final = {"천": ("", "십", "백"), "백": ("", "십")}
"""Small units and those behind them that share one 만 or 억 with them: 1천2백만, 3백50만."""
_NUMBER: Final = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,4})?"
_UNIT: Final = "|".join(_UNITS)
_ALONE = re.compile(r"(?P<unit>[천백십]만)\s?원")
_TERM = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<unit>{_UNIT})?")
SUM: Final = (
    rf"(?:{_NUMBER}\s?(?:{_UNIT})\s?){{1,3}}(?:원|(?=한도|이내|까지|내외|이하|범위)|(?![가-힣\d불]))|{_NUMBER}\s?원"
    r"|(?<![\d억] )(?<![\d가-힣.,])(?:천|백|십)만\s?원"
)
"""A sum: up to three numbers with units and perhaps 원, a number with 원, or a unit of ten thousands with 원."""
_SUM = re.compile(SUM)
_OTHER_CURRENCY = re.compile(r"\s?(?:불|달러|엔|유로|위안)")


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum in KRW and where it stands in its text."""

    krw: float
    start: int
    end: int


def sums(text: str) -> Iterator[Sum]:
    """Yield the sums of a text, in order, those in other currencies left out."""
    for match in _SUM.finditer(text):
        if not _OTHER_CURRENCY.match(text, match.end()):
            yield Sum(krw(match[0]), match.start(), match.end())


def krw(written: str) -> float:
    """Return the value of what ``SUM`` matches; 1억5천 is 150 million, as it is spoken."""
    total = 0.0
    if alone := _ALONE.match(written):
        return float(_UNITS[alone["unit"]])
    terms = list(_TERM.finditer(written))
    for term, behind in zip_longest(terms, terms[1:]):
        unit = _UNITS.get(term["unit"], 1)
        counted = _counted(term["unit"], behind["unit"] if behind else None)
        spoken = _SPOKEN if total >= _UNITS["억"] and term["unit"] == "천" and counted == 1 else 1
        total += float(term["number"].replace(",", "")) * unit * spoken * counted
    return total


def _counted(unit: str | None, behind: str | None) -> int:
    """Return what the unit of the number behind counts for both: 1천2백만 is 12 million."""
    if unit in _BELOW and behind and _UNITS[behind] >= _SPOKEN and behind[:-1] in _BELOW[unit]:
        return _UNITS[behind[-1]]
    return 1
