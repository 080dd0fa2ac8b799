"""Numbers as registers publish them: exactly, or as a band (``5~9명``, ``10억~50억 미만``, ``50명 이상``)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, NamedTuple

from graph_schema.wording import Wording
from loaders.eligibility.money import SUM, krw
from loaders.fields import Fields

_LEAST: Final = {"이상": 0, "초과": 1}
_MOST: Final = {"이하": 0, "이내": 0, "미만": -1}
"""What a bound adds to the last whole number on its side of the band."""
_COMPARED: Final = "|".join((*_LEAST, *_MOST))
_TILDE: Final = r"\s?[~∼〜-]\s?"
_JOINT: Final = rf"{_TILDE}|(?<=[상과])\s"
"""What stands between two bounds: a sign, or a blank behind 이상 or 초과."""
_HEADS: Final = r"\d{1,3}(?:,\d{3})+|\d{1,9}"
_PLAIN: Final = r"(?:\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.\d+)?"
"""A sum in digits alone, as spreadsheets write it; the sales of no company have more."""
_WON: Final = rf"{SUM}|{_PLAIN}"


class Band(NamedTuple):
    """Least and most that a number may be; equal where it is known exactly, ``most`` None where nothing bounds it."""

    least: float
    most: float | None


def employees(fields: Fields, name: str) -> Band | None:
    """Return a number of people; a text that is none is a fault."""
    return _read(
        fields,
        name,
        _Quantity(_HEADS, r"\s?(?:명|인)", _heads),
        Wording("12, 5~9 또는 50명 이상처럼 적으십시오", "write 12, 5~9 or 50명 이상"),
    )


def revenue(fields: Fields, name: str) -> Band | None:
    """Return a sum of KRW; a text that is none is a fault."""
    return _read(
        fields,
        name,
        _Quantity(_WON, r"\s?원", _won),
        Wording("1,850,000,000, 10억~50억 또는 5억 미만처럼 적으십시오", "write 1,850,000,000, 10억~50억 or 5억 미만"),
    )


class _Quantity(NamedTuple):
    number: str
    unit: str
    value: Callable[[str], float]


def _heads(text: str) -> float:
    return float(text.replace(",", ""))


def _won(text: str) -> float:
    return _heads(text) if re.fullmatch(_PLAIN, text) else krw(text)


def _read(fields: Fields, name: str, of: _Quantity, remedy: Wording) -> Band | None:
    text = fields.text(name)
    found = _band(text, of) if text else None
    if text and found is None:
        fields.fault(name, Wording("수도 구간도 아닙니다", "neither a number nor a band"), remedy)
    return found


def _band(text: str, of: _Quantity) -> Band | None:
    """Read one bound or two; the first of two takes the unit of the second where it has none (``10~50억``)."""
    bound = rf"({of.number})(?:{of.unit})?\s?({_COMPARED})?"
    match = re.fullmatch(rf"{bound}(?:(?:{_JOINT})(?:{bound})?)?", text)
    if match is None:
        return None
    first, compared, second, ended = match.groups()
    if second is None:
        return _one(of.value(first), compared, open_end=bool(re.search(rf"{_TILDE}$", text)))
    low, high = of.value(first if _has_unit(first) else first + _unit(second)), of.value(second)
    least, most = low + _LEAST.get(compared or "이상", 0), high + _MOST.get(ended or "이하", 0)
    return Band(least, most) if compared not in _MOST and ended not in _LEAST and least <= most else None


def _one(value: float, compared: str | None, *, open_end: bool) -> Band | None:
    if compared in _MOST:
        return None if open_end else Band(0, max(value + _MOST[compared], 0))
    if compared in _LEAST or open_end:
        return Band(value + _LEAST.get(compared or "이상", 0), None)
    return Band(value, value)


def _has_unit(written: str) -> bool:
    return bool(re.search(r"[가-힣]", written))


def _unit(written: str) -> str:
    """Return the unit of a sum of one term, ``""`` where it has none."""
    found = re.fullmatch(r"[\d,.]+\s?([가-힣]*?)원?", written)
    return found[1] if found else ""
