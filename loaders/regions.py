"""Regions of Korea: the code table, the names they go by, and the nodes that a mention of one needs."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from graph_schema.model import NodeRef
from loaders.records import Record, RowRecords, shared
from loaders.sheets import Mentioned

SOURCE: Final = "regions"
"""Mentions carry the code table's own provenance, so that whoever mentions a region first writes the same."""

_TABLE = Path(__file__).parent / "samples" / "regions.csv"
PROVINCE_DIGITS: Final = 2
"""Digits of a province in the codes of the Ministry of the Interior and Safety."""
DISTRICT_DIGITS: Final = 5
"""Digits of a city, county or district."""
_CODE = re.compile(r"(?P<code>\d{10}|\d{5}|\d{2})(?:\.0+)?")
"""A legal-dong code has ten digits, of which the first five are the district."""
_MERGED = {"전남광주": ("46", "29"), "전남광주통합특별시": ("46", "29"), "광주전남": ("46", "29")}
_BLOCKS = {
    "수도권": ("11", "28", "41"),
    "대경권": ("27", "47"),
    "동남권": ("26", "31", "48"),
    "호남권": ("29", "46", "52"),
    "충청권": ("30", "36", "43", "44"),
    "부울경": ("26", "31", "48"),
    "영남권": ("26", "27", "31", "47", "48"),
    "경상권": ("26", "27", "31", "47", "48"),
    "전라권": ("29", "46", "52"),
    "강원권": ("51",),
    "제주권": ("50",),
    "대구경북": ("27", "47"),
    "충청도": ("43", "44"),
    "전라도": ("46", "52"),
    "경상도": ("47", "48"),
}
"""Areas of several provinces by the names that notices give them."""
_RENUMBERED: Final = {"42": "51", "45": "52"}
"""Provinces that became special ones kept the last digits of their districts' codes."""
_MOVED: Final = {"47720": "27720", "28170": "28177", "41195": "41192", "41197": "41194", "41199": "41196"}
_LEFT: Final = {("47", "군위군"): "27720"}
"""Counties by their names in the province that they left."""
_KIND = re.compile(r"(?:특례시|시|군)$")
_SHORTEST_STEM = 2
"""Letters of a city's name without its 시, 군 or 구: one letter is a word of its own (서, 동)."""
_CITY: Final = 2
"""Level of cities, counties and districts below a province."""


_aliases: Final[dict[str, str]] = {}
"""Codes of a list that a store has read, by which districts go that the table knows under others; see ``beside``."""


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
        return 1 if not self.parent else 2 if len(self.parent) == PROVINCE_DIGITS else 3


_SINCE: Final = {
    code: Region(code, name, "", "", "28")
    for code, name in (("28125", "제물포구"), ("28155", "영종구"), ("28275", "서해구"), ("28290", "검단구"))
}
"""Districts of Incheon since 1 July 2026, beside those that they were made of: older rows and notices name these."""
_added: Final[dict[str, Region]] = {}
"""Regions of a store that the table does not know; see ``beside``."""


@cache
def table() -> dict[str, Region]:
    """Return all regions by code: 17 provinces, their cities, counties and districts, the districts of cities."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: Region(**row) for row in csv.DictReader(file)} | _SINCE


@cache
def provinces() -> frozenset[str]:
    """Return the codes of the 17 provinces."""
    return frozenset(code for code in table() if len(code) == PROVINCE_DIGITS and code not in _added)


@cache
def _province_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = dict(_MERGED | _BLOCKS)
    for added in _added.values():
        if not added.parent:
            names[added.name] = (*names.get(added.name, ()), added.code)
    for code in provinces():
        region = table()[code]
        names |= dict.fromkeys(filter(None, (region.name, region.short, region.former)), (code,))
    return names


@cache
def local_names() -> dict[str, tuple[str, ...]]:
    """Names below the provinces, without blanks, and the codes that bear each; 덕양구 goes without its city too."""
    found: dict[str, tuple[str, ...]] = {}
    for region in table().values():
        if region.parent:
            own = {re.sub(r"\s", "", region.name), region.name.split()[-1], region.former} - {""}
            found |= {name: (*found.get(name, ()), region.code) for name in own}
    return found


@cache
def _by_letter() -> dict[str, list[str]]:
    """Names below the provinces by their first letter."""
    found: dict[str, list[str]] = {}
    for name in local_names():
        found.setdefault(name[0], []).append(name)
    return found


def province_codes(name: str) -> tuple[str, ...]:
    """Return the provinces that a name stands for (전남광주 and 수도권 stand for several); empty where it is none."""
    return _province_names().get(name.strip(), ())


def district_named(name: str, within: Iterable[str]) -> str | None:
    """Return the city, county or district whose name, with its 시, 군 or 구, is the whole of ``name``.

    ``within`` are the provinces in which to look, all where there are none. None where several bear the name.
    """
    compact = re.sub(r"\s", "", name).replace("특례시", "시")
    return _only(local_names().get(compact, ()), tuple(within))


def blocks() -> frozenset[str]:
    """Return the names of areas of several provinces, such as 충청권."""
    return frozenset(_BLOCKS)


def city_named(name: str, within: tuple[str, ...] = ()) -> str | None:
    """Return the city, county or district of a name with or without its 시 or 군; None where several bear it."""
    return district_named(name, within) or _only(_stems().get(name, ()), within)


@lru_cache(maxsize=4096)
def find(text: str) -> str | None:
    """Return the code of the narrowest region that ``text`` names from its start; None where it names none.

    Reads a code (of a legal dong too), ``경기도 고양시 일산동구``, ``고양시일산동구``, ``경기 고양``, ``고양특례시``;
    what follows is left unread. A district whose name several cities have (중구) needs its province. Where nothing
    below the province is known by its name, the province is returned.
    """
    words = text.split()
    code = _CODE.fullmatch(words[0]) if words else None
    if code:
        return _find_code(code["code"])
    within, rest = _province_first(words)
    if not rest and len(within) > 1:  # one province of several former ones, where the store has it
        return next((each.code for each in _added.values() if each.name == words[0] and not each.parent), None)
    local = _find_local(rest, within)
    return local or (within[0] if len(within) == 1 else None)


def _find_code(code: str) -> str | None:
    code = code[:DISTRICT_DIGITS]
    code = _RENUMBERED.get(code[:PROVINCE_DIGITS], code[:PROVINCE_DIGITS]) + code[PROVINCE_DIGITS:]
    code = _MOVED.get(code) or _aliases.get(code, code)
    # A legal dong of a province itself ends in zeros; Sejong has no districts.
    wider = (code, f"{code[:4]}0", code[:PROVINCE_DIGITS]) if code[PROVINCE_DIGITS:] in ("000", "110") else (code,)
    return next((each for each in wider if each in table()), None)


def _province_first(words: list[str]) -> tuple[tuple[str, ...], str]:
    """Return the provinces that stand first, and what follows without blanks."""
    joined = "".join(words).replace("특례시", "시")
    if words and (codes := province_codes(words[0])):
        return codes, "".join(words[1:]).replace("특례시", "시")
    # Written without a blank; a short name could begin another word.
    full = [name for name in _province_names() if joined.startswith(name) and name[-1] in "시도"]
    name = max(full, key=len, default="")
    return province_codes(name), joined.removeprefix(name)


def _find_local(joined: str, within: tuple[str, ...]) -> str | None:
    left = next(
        (code for (province, name), code in _LEFT.items() if province in within and joined.startswith(name)), None
    )
    if left:
        return left
    fitting = [
        name
        for name in _by_letter().get(joined[:1], ())
        if joined.startswith(name) and _only(local_names()[name], within)
    ]
    if fitting:
        return _only(local_names()[max(fitting, key=len)], within)
    return _only(_stems().get(joined, ()), within) if within else None


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """Names of cities and counties as they are written behind their province, without 시 or 군."""
    found: dict[str, tuple[str, ...]] = {}
    for region in table().values():
        stem = _KIND.sub("", region.name)
        if region.level == _CITY and stem != region.name and len(stem) >= _SHORTEST_STEM:
            found[stem] = (*found.get(stem, ()), region.code)
    return found


def _only(codes: tuple[str, ...], within: tuple[str, ...]) -> str | None:
    """Return the one code that lies in one of the provinces, all where none is given."""
    fitting = [code for code in codes if not within or code[:PROVINCE_DIGITS] in within]
    return fitting[0] if len(fitting) == 1 else None


def ancestors(code: str) -> list[str]:
    """Return the code and those it is part of, narrowest first."""
    chain = [code]
    while table()[chain[-1]].parent:
        chain.append(table()[chain[-1]].parent)
    return chain


@cache
def city(code: str) -> str | None:
    """Return the city or county, or the district of a metropolis, that a region is or lies in; None for a province."""
    own = ancestors(code)
    return own[-2] if len(own) > 1 else None


def mention(records: RowRecords, code: str) -> NodeRef:
    """Add a region and those it is part of to a row's records; return its node."""
    records.records.extend(_mentioned(code))
    return NodeRef("Region", code)


@cache
def mentioned(code: str | None) -> Mentioned:
    """Return a region as ``mention`` adds it; nothing where there is no code."""
    return Mentioned((code,), _mentioned(code)) if code else Mentioned()


@cache
def _mentioned(code: str) -> tuple[Record, ...]:
    own = RowRecords(SOURCE, code)
    for each in ancestors(code):
        region = table()[each]
        ref = own.mention(NodeRef("Region", each), name=region.name, code=each, level=region.level, source_id=each)
        if region.parent:
            own.link(ref, "PART_OF", NodeRef("Region", region.parent), source_id=each)
    return shared(own)


def split(text: str) -> tuple[tuple[str, ...], list[str]]:
    """Return the provinces that a text begins with, and the words behind them; no words where it is a code."""
    words = text.split()
    if not words or _CODE.fullmatch(words[0]):
        return (), []
    if codes := province_codes(words[0]):
        return codes, words[1:]
    within, rest = _province_first(words)
    return within, ([rest] if within and rest else [] if within else words)


def full_name(code: str) -> str:
    """Return the name of a region behind that of its province."""
    province = table()[code[:PROVINCE_DIGITS]]
    return f"{province.name} {table()[code].name}" if table()[code].parent else province.name


@cache
def has_districts(code: str) -> bool:
    """Whether the table knows parts of a region."""
    return any(region.parent == code for region in table().values())


@contextmanager
def beside(stored: Iterable[Region]) -> Iterator[None]:
    """Know the regions that a store has beside those of the table, until the end of the block.

    A district of a province that takes the place of others keeps the code that it had in them, so that a place is one
    node whichever list was loaded.
    """
    own = {each.code: each for each in stored if each.code not in table()}
    for each in own.values():
        above = own.get(each.code[:PROVINCE_DIGITS])
        former = _MERGED.get(above.name, ()) if above and each.parent else ()
        if former and (code := district_named(each.name, former)):
            _aliases[each.code] = code
    _added.update({code: each for code, each in own.items() if code not in _aliases})
    table().update(_added)
    _forget()
    try:
        yield
    finally:
        for code in _added:
            del table()[code]
        _added.clear()
        _aliases.clear()
        _forget()


def added() -> tuple[str, ...]:
    """Return the codes of what is known beside the table; other ones may give a row another meaning."""
    return (*sorted(_added), *sorted(_aliases))


def _forget() -> None:
    for each in (_province_names, local_names, _by_letter, _stems, find, city, mentioned, _mentioned, has_districts):
        each.cache_clear()


def covers_all(codes: Iterable[str]) -> bool:
    """Whether ``codes`` hold every province, which is how registers write "nationwide"."""
    return provinces() <= set(codes)
