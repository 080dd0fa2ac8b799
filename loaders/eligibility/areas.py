"""Which regions a notice is open to, from its list of regions, its hashtags or the prefix of its title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from loaders import regions

_PREFIX = re.compile(r"\[(?P<provinces>[^\]]+)\]\s*(?P<place>\S*)")
_JOINED = re.compile(r"[ㆍ·・,@/]")
_PLACE = re.compile(r"[가-힣]{1,4}(?:특례시|시|군|구)")
_NO_PLACES = (
    "도시",
    "전시",
    "상시",
    "수시",
    "즉시",
    "동시",
    "임시",
    "공시",
    "연구",
    "기구",
    "지구",
    "요구",
    "도구",
    "직군",
)
"""Endings of common words that look like a city's name."""


@dataclass(frozen=True, slots=True)
class Areas:
    """Regions that a notice is open to; ``nationwide`` is None where nothing tells. Codes are sorted."""

    nationwide: bool | None = None
    codes: tuple[str, ...] = ()


def parse_areas(listed: Iterable[str], title: str = "") -> Areas:
    """Read regions from ``listed`` (a list of regions, or tags among which regions stand), else from the title.

    A list of all provinces means nationwide, unless the title names one. A city among the tags, or behind the province
    of a title (``[경기] 고양시 …``), narrows its province; a place there that is not known makes the areas unknown,
    since the whole province would be too wide. Names that are no region are left alone.
    """
    tags = list(listed)
    named = {code for name in tags for code in _codes(name)}
    prefix = _read_prefix(title)
    if regions.covers_all(named) or "00" in named:
        return Areas() if len(prefix.provinces) == 1 else Areas(nationwide=True)
    if regions.covers_all(prefix.provinces):
        return Areas(nationwide=True)
    found = _narrowed(named, {code for name in tags if (code := regions.district_named(name, named))})
    if not found:
        found = set(prefix.provinces)
    if found == set(prefix.provinces) and len(found) == 1:
        if prefix.unknown:
            return Areas()
        found = set(prefix.places) or found
    return Areas(nationwide=False, codes=tuple(sorted(found))) if found else Areas()


@dataclass(frozen=True, slots=True)
class _Prefix:
    """What a title begins with: the provinces in brackets, the places behind them, and whether one is not known."""

    provinces: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    unknown: bool = False


def title_provinces(title: str) -> tuple[str, ...]:
    """Return the provinces in a title's brackets."""
    return _read_prefix(title).provinces


@lru_cache(maxsize=64)
def _read_prefix(title: str) -> _Prefix:
    match = _PREFIX.match(title.strip())
    if match is None:
        return _Prefix()
    provinces = tuple(code for name in _JOINED.split(match["provinces"]) for code in regions.province_codes(name))
    if len(provinces) != 1:
        return _Prefix(provinces)
    words = [word for word in _JOINED.split(match["place"]) if word]
    province = regions.table()[provinces[0]].name
    places = {word: regions.find(f"{province} {word}") for word in words}
    known = tuple(code for code in places.values() if code and code != provinces[0])
    unknown = any(code == provinces[0] and _is_place(word) for word, code in places.items())
    return _Prefix(provinces, known, unknown)


def _is_place(word: str) -> bool:
    return _PLACE.fullmatch(word) is not None and not word.endswith(_NO_PLACES)


def _narrowed(provinces: set[str], places: set[str]) -> set[str]:
    """Return the places, and the provinces in which none of them lies."""
    return places | {code for code in provinces if not any(place.startswith(code) for place in places)}


def _codes(name: str) -> tuple[str, ...]:
    return ("00",) if name.strip() == "전국" else regions.province_codes(name)
