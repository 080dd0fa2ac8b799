"""Regions of Korea: the code table, the names they go by, and the nodes that a mention of one needs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders.records import RowRecords

SOURCE: Final = "regions"
"""Mentions carry the code table's own provenance, so that whoever mentions a region first writes the same."""

_TABLE = Path(__file__).parent / "samples" / "regions.csv"
_PROVINCE_DIGITS = 2
_MERGED = {"전남광주": ("46", "29")}
_BLOCKS = {
    "수도권": ("11", "28", "41"),
    "대경권": ("27", "47"),
    "동남권": ("26", "31", "48"),
    "호남권": ("29", "46", "52"),
    "충청권": ("30", "36", "43", "44"),
}


@dataclass(frozen=True, slots=True)
class Region:
    """A province (two digits) or a city, county or district (five digits)."""

    code: str
    name: str
    short: str
    former: str
    parent: str

    @property
    def level(self) -> int:
        """1 for a province, 2 for a city or county, 3 for a district of a city."""
        return 1 if not self.parent else 2 if len(self.parent) == _PROVINCE_DIGITS else 3


@cache
def table() -> dict[str, Region]:
    """Return all regions by code: 17 provinces, the 31 cities and counties of Gyeonggi, Goyang's districts."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Region(**row) for row in csv.DictReader(file)}


def provinces() -> frozenset[str]:
    """Return the codes of the 17 provinces."""
    return frozenset(code for code in table() if len(code) == _PROVINCE_DIGITS)


@cache
def _province_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = dict(_MERGED | _BLOCKS)
    for code in provinces():
        region = table()[code]
        names |= dict.fromkeys(filter(None, (region.name, region.short, region.former)), (code,))
    return names


@cache
def _local_names() -> dict[str, str]:
    """Names below the provinces, without blanks; 광주시 is the city in Gyeonggi, 광주 the metropolis."""
    return {re.sub(r"\s", "", r.name): r.code for r in table().values() if r.parent}


def province_codes(name: str) -> tuple[str, ...]:
    """Return the provinces that a name stands for (전남광주 and 수도권 stand for several); empty where it is none."""
    return _province_names().get(name.strip(), ())


def find(text: str) -> str | None:
    """Return the code of the narrowest region that ``text`` names from its start; None where it names none.

    Reads a code, ``경기도 고양시 일산동구``, ``고양시일산동구``, ``경기 고양시``; what follows is left unread. A city
    of another province than Gyeonggi is not in the table, so the province is returned.
    """
    words = text.split()
    if not words:
        return None
    if words[0] in table():
        return words[0]
    province = province_codes(words[0])
    if len(province) > 1:
        return None
    if province and province != ("41",):
        return province[0]
    local = _find_local("".join(words[1:] if province else words))
    return local or (province[0] if province else None)


def _find_local(joined: str) -> str | None:
    fitting = [name for name in _local_names() if joined.startswith(name)]
    return _local_names()[max(fitting, key=len)] if fitting else None


def ancestors(code: str) -> list[str]:
    """Return the code and those it is part of, narrowest first."""
    chain = [code]
    while table()[chain[-1]].parent:
        chain.append(table()[chain[-1]].parent)
    return chain


def mention(records: RowRecords, code: str) -> NodeRef:
    """Add a region and those it is part of to a row's records; return its node."""
    own = RowRecords(SOURCE, code)
    for each in ancestors(code):
        region = table()[each]
        ref = own.mention(NodeRef("Region", each), name=region.name, code=each, level=region.level, source_id=each)
        if region.parent:
            own.link(ref, "PART_OF", NodeRef("Region", region.parent), source_id=each)
    records.records.extend(own.records)
    return NodeRef("Region", code)


def covers_all(codes: Iterable[str]) -> bool:
    """Whether ``codes`` hold every province, which is how registers write "nationwide"."""
    return provinces() <= set(codes)
