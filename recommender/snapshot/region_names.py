"""The forms by which texts call the regions of a snapshot: 충청남도, 충남; 고양시, 고양, Goyang; 일산동구, 일산."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final

from recommender.language.places import SUFFIX
from recommender.language.romanization import romanized
from recommender.snapshot.neighbourhoods import QUARTERS, neighbourhoods
from recommender.snapshot.snapshot import Snapshot

_SHORTEST_NAME: Final = 2
"""Syllables: one alone (동, 서) stands in too many words to be a place."""
_HALF_PROVINCE: Final = re.compile(r"(.).([남북])도")
"""충청남도 is called 충남."""
_SPECIAL: Final = re.compile(r"(?P<name>.{2})(?:특별자치|특별|광역)(?P<kind>[시도])")
_LARGE_CITIES: Final = frozenset({"수원시", "고양시", "용인시", "창원시", "화성시"})
"""지방자치법 제198조: cities of a million people, called 특례시."""
_LATIN_KINDS: Final = {"구": "gu", "동": "dong", "읍": "eup", "면": "myeon"}
"""How kinds of districts and neighbourhoods are written behind their names in English."""
_SIDE: Final = re.compile(r"[동서남북중]구$")
"""일산동구 and 일산서구 are together called 일산, which is in their city."""


def region_names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Ids and full names of the regions by each form that texts call them by."""
    return snapshot.derived("names of regions", partial(_read_names, snapshot))


def place_names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """``region_names``, and those of the districts by the names of their neighbourhoods."""
    return snapshot.derived("names of places", partial(_read_places, snapshot))


def _read_places(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    towns = region_names(snapshot)
    table = snapshot.nodes("Region")
    name_of = dict(zip(table.column("id").to_pylist(), map(str, table.column("name").to_pylist()), strict=True))
    named = dict(towns)
    for form, codes in neighbourhoods().items():
        # A town's name that is a neighbourhood's elsewhere stays the town's: 성주, 부여.
        districts = [(code, name_of[code]) for code in sorted(codes) if code in name_of]
        if form not in towns and districts:
            named[form] = districts
    return named | _in_latin({form: named[form] for form in named.keys() - towns.keys()}, "동읍면")


def _read_names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    table = snapshot.nodes("Region")
    rows = list(zip(table.column("id").to_pylist(), map(str, table.column("name").to_pylist()), strict=True))
    ids = {name: id_ for id_, name in rows}
    named: dict[str, list[tuple[str, str]]] = {}
    for id_, name in rows:
        last = name.split()[-1]
        for form in {last, SUFFIX.sub("", last), *_common(last)}:
            if len(form) >= _SHORTEST_NAME:
                named.setdefault(form, []).append((id_, name))
    for id_, name in rows:
        if province := _HALF_PROVINCE.fullmatch(name):
            named.setdefault(f"{province[1]}{province[2]}", []).append((id_, name))
        city, _, district = name.rpartition(" ")
        common = _SIDE.sub("", district)
        if common != district and len(common) >= _SHORTEST_NAME and city in ids:
            named.setdefault(common, [(ids[city], city)])
    for form, code in QUARTERS.items():
        named.setdefault(form, []).extend((id_, name) for id_, name in rows if id_ == code)
    for form in [form for form in named if not SUFFIX.search(form)]:
        named.setdefault(romanized(form), []).extend(named[form])
    return named | _in_latin(named, "구동")


def _in_latin(
    named: Mapping[str, Sequence[tuple[str, str]]], kinds: Collection[str]
) -> dict[str, list[tuple[str, str]]]:
    """Return districts or neighbourhoods by their names in English: Buk-gu, Yeonnam-dong."""
    latin: dict[str, list[tuple[str, str]]] = {}
    for form in sorted(named):
        if form[-1] in kinds:
            latin.setdefault(f"{romanized(form[:-1])}-{_LATIN_KINDS[form[-1]]}", []).extend(named[form])
    return latin


def _common(name: str) -> Iterator[str]:
    """Yield what else people call a special city or province, or a large city: 서울시, 제주도, 고양특례시."""
    if special := _SPECIAL.fullmatch(name):
        yield special["name"] + special["kind"]
    if name in _LARGE_CITIES:
        yield f"{name[:-1]}특례시"
