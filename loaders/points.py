"""Points of places that have no coordinates of their own: the neighbourhood that an address names, else its district.

A point is as exact as what it stands for, and says so: nobody's door is shown.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from loaders import regions

_TABLE: Final = Path(__file__).with_name("points.csv")
"""A point inside each city, county, district and neighbourhood (읍면동): boundaries of the National Geographic
Information Institute of 2023-09-15, under the codes of 2025; a city with districts has their middle, and a district of
Incheon of 2026 the point of a neighbourhood in its middle.
"""
_BETWEEN_WORDS: Final = re.compile(r"[\s,()]+")
_PART: Final = re.compile(r"제?\d+(?=동$)")
"""Number of an administrative part of a neighbourhood: 주엽1동 is in 주엽동."""


class Point(NamedTuple):
    """Degrees of latitude and longitude (WGS 84), and of what: ``neighbourhood`` or ``district``."""

    lat: float | None = None
    lon: float | None = None
    point_of: str | None = None


NOWHERE: Final = Point()


@cache
def neighbourhoods(district: str) -> Mapping[str, Point]:
    """Return the points of a district's neighbourhoods by name, of a city with those of its districts."""
    parts = [code for code, region in regions.table().items() if district in (code, region.parent)]
    named = [(name, point) for code in parts for name, point in _table().get(code, {}).items() if name]
    once = {name for name, _ in named if sum(name == each for each, _ in named) == 1}
    return {name: point for name, point in named if name in once}


def point_at(place: str | None, addresses: Iterable[str | None]) -> Point:
    """Return the point of a place, by the code of its region and what is known of its address.

    A province is too wide to be a point.
    """
    if place is None:
        return NOWHERE
    around = [code for code in regions.ancestors(place) if code in _table()]
    words = [word for address in addresses if address for word in _BETWEEN_WORDS.split(address)]
    for code in around:
        known = neighbourhoods(code)
        for word in words:
            if found := known.get(word) or known.get(_PART.sub("", word)):
                return found
    return next((_table()[code][""] for code in around if "" in _table()[code]), NOWHERE)


def columns_of(points: Sequence[Point]) -> dict[str, list[float | str | None]]:
    """Return points as columns of the catalog."""
    return {name: [getattr(point, name) for point in points] for name in Point._fields}


@cache
def _table() -> Mapping[str, Mapping[str, Point]]:
    """Points by code of the region and by name of the neighbourhood, empty for the region itself."""
    found: dict[str, dict[str, Point]] = {}
    with _TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kind = "neighbourhood" if row["neighbourhood"] else "district"
            point = Point(float(row["lat"]), float(row["lon"]), kind)
            found.setdefault(row["code"], {})[row["neighbourhood"]] = point
    return found
