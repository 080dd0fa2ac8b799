"""Which regions a notice is open to, from its list of regions, its hashtags or the prefix of its title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from loaders import regions

_PREFIX = re.compile(r"\[(?P<provinces>[^\]]+)\]\s*(?P<place>\S*)")
_JOINED = re.compile(r"[ㆍ·・,@/]")


@dataclass(frozen=True, slots=True)
class Areas:
    """Regions that a notice is open to; ``nationwide`` is None where nothing tells. Codes are sorted."""

    nationwide: bool | None = None
    codes: tuple[str, ...] = ()


def parse_areas(listed: Iterable[str], title: str = "") -> Areas:
    """Read regions from ``listed`` (a list of regions, or tags among which regions stand), else from the title.

    A list of all provinces means nationwide. A title such as ``[경기] 고양시 …`` narrows a single province down to the
    city. Names that are no region are left alone.
    """
    found = {code for name in listed for code in _codes(name)}
    prefixed, place = title_prefix(title)
    if not found:
        found = set(prefixed)
    if regions.covers_all(found) or "00" in found:
        return Areas(nationwide=True)
    if not found:
        return Areas()
    if place and found == {place[:2]}:
        found = {place}
    return Areas(nationwide=False, codes=tuple(sorted(found)))


def title_prefix(title: str) -> tuple[tuple[str, ...], str | None]:
    """Return the provinces in a title's brackets and the city named behind them; several cities count as none."""
    match = _PREFIX.match(title.strip())
    if match is None:
        return (), None
    codes = tuple(code for name in _JOINED.split(match["provinces"]) for code in regions.province_codes(name))
    if len(codes) != 1:
        return codes, None
    place = regions.find(f"{match['provinces']} {match['place']}")
    several = _JOINED.search(match["place"])
    return codes, place if place and place != codes[0] and not several else None


def _codes(name: str) -> tuple[str, ...]:
    return ("00",) if name.strip() == "전국" else regions.province_codes(name)
