"""The forms by which texts call the regions of a snapshot: 충청남도, 충남; 고양시, 고양, Goyang; 일산동구, 일산."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Final

from recommender.language.places import SUFFIX
from recommender.language.romanization import romanized
from recommender.snapshot.snapshot import Snapshot

_SHORTEST_NAME: Final = 2
"""Syllables: one alone (동, 서) stands in too many words to be a place."""
_HALF_PROVINCE: Final = re.compile(r"(.).([남북])도")
"""충청남도 is called 충남."""
_SPECIAL: Final = re.compile(r"(?P<name>.{2})(?:특별자치|특별|광역)(?P<kind>[시도])")
_LARGE_CITIES: Final = frozenset({"수원시", "고양시", "용인시", "창원시", "화성시"})
"""지방자치법 제198조: cities of a million people, called 특례시."""
_SIDE: Final = re.compile(r"[동서남북중]구$")
"""일산동구 and 일산서구 are together called 일산, which is in their city."""


NEIGHBOURHOODS: Final[Mapping[str, str]] = {
    name: code
    for code, names in {
        "41281": "행신동 원흥동 원흥지구 삼송동 삼송지구 지축동 지축지구 향동동 토당동 벽제동 관산동",
        "41285": "마두동 정발산동 식사동 설문동",
        "41287": "주엽동 탄현동 덕이동",
        "41480": "운정신도시",
        "41135": "판교",
        "41590": "동탄",
        "11500": "마곡",
        "11200": "성수동",
        "11545": "가산디지털단지",
        "11530": "구로디지털단지",
        "11440": "상암동 망원동",
        "11560": "여의도 문래동",
    }.items()
    for name in names.split()
}
"""Neighbourhoods that people name without their town, no other of the country bearing the name, and the codes of the
districts that they are in."""


def region_names(snapshot: Snapshot) -> dict[str, list[tuple[str, str]]]:
    """Ids and full names of the regions by each form that texts call them by."""
    return snapshot.derived("names of regions", partial(_read_names, snapshot))


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
    for form, code in NEIGHBOURHOODS.items():
        named.setdefault(form, []).extend((id_, name) for id_, name in rows if id_ == code)
    for form in [form for form in named if not SUFFIX.search(form)]:
        named.setdefault(romanized(form), []).extend(named[form])
    return named


def _common(name: str) -> Iterator[str]:
    """Yield what else people call a special city or province, or a large city: 서울시, 제주도, 고양특례시."""
    if special := _SPECIAL.fullmatch(name):
        yield special["name"] + special["kind"]
    if name in _LARGE_CITIES:
        yield f"{name[:-1]}특례시"
