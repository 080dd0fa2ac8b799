"""Reads cells that say where something is: names as people write them, shorter, older or without their province."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final, NamedTuple

from graph_schema.wording import Wording
from loaders import regions
from loaders.remarks import remark

_FORMER: Final = {
    **dict.fromkeys(("일산", "일산구"), "고양시"),
    **dict.fromkeys(("마산", "마산시", "진해시"), "창원시"),
    **dict.fromkeys(("송탄", "송탄시"), "평택시"),
    **dict.fromkeys(("온양", "온양시"), "아산시"),
    **dict.fromkeys(("대천", "대천시"), "보령시"),
    **dict.fromkeys(("점촌", "점촌시"), "문경시"),
    **dict.fromkeys(("삼천포", "삼천포시"), "사천시"),
    **dict.fromkeys(("장승포", "장승포시"), "거제시"),
    **dict.fromkeys(("여천시", "여천군"), "여수시"),
    "청원군": "청주시",
    "연기군": "세종특별자치시",
    "북제주군": "제주시",
    "남제주군": "서귀포시",
    "이리시": "익산시",
    "정주시": "정읍시",
    "미금시": "남양주시",
    "충무시": "통영시",
    "동광양시": "광양시",
    "승주군": "순천시",
    "옥구군": "군산시",
    "금릉군": "김천시",
    "선산군": "구미시",
    "영일군": "포항시",
    "월성군": "경주시",
    "영풍군": "영주시",
    "중원군": "충주시",
    "제원군": "제천시",
    "명주군": "강릉시",
    "진양군": "진주시",
    "춘성군": "춘천시",
    "원성군": "원주시",
}
"""Cities and counties that are part of another now, and names of places that are none of law, by what they lie in."""
_KIND: Final = re.compile(r"(?:시|군|구)$")
_SHORTEST_STEM: Final = 2
"""Letters of a name without its 시, 군 or 구: one letter is a word of its own (서, 동)."""
_COARSE: Final = Wording(
    "시군구를 알 수 없어 시도까지만 읽은 지역", "places of which the province alone is known, not the district"
)


class Place(NamedTuple):
    """The code of a place, None where nothing tells it, and the names of those that it may be where several are."""

    code: str | None
    choices: tuple[str, ...] = ()


def place(text: str) -> str | None:
    """Return the code of the narrowest region that a cell names; None where it names none, or several."""
    return read_place(text).code


@lru_cache(maxsize=4096)
def read_place(text: str) -> Place:
    """Read a cell that says where something is.

    Beside what ``regions.find`` reads: names without their 시, 군 or 구 (강남, 고양 일산동구), and former ones (여주군,
    마산시), without their province too where one alone has them. Where a word behind the province is not known, the
    province is taken and the report of the load says so.
    """
    found = regions.find(text)
    if found and len(found) > regions.PROVINCE_DIGITS:
        return Place(found)
    within, words = regions.split(text)
    if not words:
        return Place(found)
    codes = _named(words[0], within)
    if len(codes) == 1:
        return Place(_narrower(codes[0], words[1:]))
    if codes and not found:
        return Place(None, tuple(regions.full_name(code) for code in codes))
    if found and regions.has_districts(found):
        remark(_COARSE, f"{regions.table()[found].short or regions.table()[found].name} {words[0]}")
    return Place(found, tuple(regions.full_name(code) for code in codes))


def _narrower(code: str, words: list[str]) -> str:
    """Return the district that the next word names of a city, else the city."""
    inner = [each for each in (_named(words[0], ()) if words else ()) if code in regions.ancestors(each)]
    return inner[0] if len(inner) == 1 else code


def _named(word: str, within: tuple[str, ...]) -> tuple[str, ...]:
    """Return the regions of a name, those of the provinces ``within`` where there are any."""
    plain = word.replace("특례시", "시")
    today = _FORMER.get(plain, "")
    county = f"{plain[:-1]}시" if plain.endswith("군") else ""
    known = regions.local_names()
    codes = (
        known.get(plain)
        or (known.get(today) or regions.province_codes(today) if today else ())
        or _stems().get(plain)
        or known.get(county, ())
    )
    return tuple(dict.fromkeys(code for code in codes if not within or code[: regions.PROVINCE_DIGITS] in within))


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """Names of cities, counties and districts without 시, 군 or 구, and the codes of those that have them."""
    found: dict[str, tuple[str, ...]] = {}
    for region in regions.table().values():
        name = region.name.split()[-1]
        stem = _KIND.sub("", name)
        if region.parent and stem != name and len(stem) >= _SHORTEST_STEM:
            found[stem] = (*found.get(stem, ()), region.code)
    return found


def forget() -> None:
    """Forget what was made of names, since other regions are known now."""
    read_place.cache_clear()
    _stems.cache_clear()
