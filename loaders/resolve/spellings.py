"""The names under which registers may know one organisation, each with what makes it one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final, Literal, NamedTuple

from graph_schema.other_names import LETTERS, other_names
from loaders import regions
from loaders.names import institution_ref, normalise, unfold
from loaders.resolve.bodies import head_of_unit, in_short, meant_by

How = Literal["name", "spelling", "bracket", "known", "former", "unit", "branch"]

_BRACKET = re.compile(r"(?P<outer>[^()/]{2,}?)\s*(?:\((?P<inner>[^()]{2,})\)|/\s*(?P<unit>[^()/]{2,}))\s*")
_FORMER = re.compile(r"^(?:\(?[구舊前]\)|[구舊前][.,:\s]\s*)")
_FUNDED = re.compile(r"(?P<head>.+(?:대학교|대학|과학기술원))\s*(?:연구)?\s*산학협력단")
_NATIONAL = re.compile(r"국립(?:대학법인)?(?=.+대학교)")
_INITIALS = re.compile(r"(?!(?i:erica))[A-Za-z&-]{2,}")
_BRANCH = re.compile(
    r"(?P<head>.{2,}?)(?P<kind>지역본부|지원본부|지원단|지점|지사|지부|지회|사무소|영업소|출장소|분원|공장|센터|(?:기업)?부설연구소|연구소)"
)
_OWN_WORD: Final = frozenset({"부설연구소", "기업부설연구소"})
_LATIN = re.compile(r"[a-z]+")
_LONGEST_INITIALS: Final = 5
"""Syllables of which initials are used (LG, KT, NHN); longer words are not spelled by letters."""
_SHORTEST_PLACE: Final = 3
"""Letters from which a word in 시, 군 or 구 is a place (고양시) and no word of two letters (역시)."""
_PARTS: Final = ("남부", "북부", "동부", "서부", "중부")
"""Parts of a province that have offices of their own: 경기남부지역본부."""
_SHORTEST_HEAD: Final = 3
"""Letters before a place at the end of a name: fewer are no name by themselves."""

_LETTER_OF: Final = {sound: letter for letter, sound in LETTERS.items()}
_LETTER: Final = re.compile("|".join(sorted(_LETTER_OF, key=len, reverse=True)))
_LETTERS: Final = re.compile(f"(?:{_LETTER.pattern}){{2,}}")
_WORDS: Final = {
    "bio": "바이오",
    "care": "케어",
    "chem": "켐",
    "china": "차이나",
    "chemical": "케미컬",
    "company": "컴퍼니",
    "consulting": "컨설팅",
    "design": "디자인",
    "digital": "디지털",
    "eng": "이엔지",
    "energy": "에너지",
    "engineering": "엔지니어링",
    "food": "푸드",
    "foods": "푸드",
    "global": "글로벌",
    "group": "그룹",
    "holdings": "홀딩스",
    "industry": "인더스트리",
    "korea": "코리아",
    "lab": "랩",
    "labs": "랩스",
    "link": "링크",
    "media": "미디어",
    "medical": "메디컬",
    "net": "넷",
    "network": "네트워크",
    "networks": "네트웍스",
    "partners": "파트너스",
    "pharm": "팜",
    "pharma": "파마",
    "plus": "플러스",
    "robot": "로봇",
    "robotics": "로보틱스",
    "science": "사이언스",
    "smart": "스마트",
    "soft": "소프트",
    "software": "소프트웨어",
    "solution": "솔루션",
    "solutions": "솔루션즈",
    "studio": "스튜디오",
    "system": "시스템",
    "systems": "시스템즈",
    "tec": "텍",
    "tech": "테크",
    "technology": "테크놀로지",
    "the": "더",
}
"""English words that names of Korean companies are made of, as they are written in Korean."""
_VARIANTS: Final = {
    "&": "앤",
    "＆": "앤",
    "테크놀러지": "테크놀로지",
    "테크날리지": "테크놀로지",
    "코포레이션": "코퍼레이션",
    "콘설팅": "컨설팅",
    "메디칼": "메디컬",
    "케미칼": "케미컬",
    "디지탈": "디지털",
    "써비스": "서비스",
    "씨스템": "시스템",
    "싸이언스": "사이언스",
    "리써치": "리서치",
    "화운데이션": "파운데이션",
    "컴파니": "컴퍼니",
    "쏠루션": "솔루션",
    "네트웍": "네트워크",
    "네트워크스": "네트웍스",
    "에너텍": "에너테크",
    "더블류": "더블유",
    "쓰리디": "3디",
    "제이엔에스": "제이앤에스",
}
"""Ways of writing one sound, and the one that is taken."""


class Spelling(NamedTuple):
    """A normalised name, and how it belongs to the organisation that it was taken from."""

    key: str
    how: How


@cache
def _other_names() -> dict[str, list[tuple[str, How]]]:
    """By normalised name, the name that the law or the organisation itself gave to the same body."""
    found: dict[str, list[tuple[str, How]]] = {}
    for each in other_names():
        found.setdefault(normalise(each.name), []).append((normalise(each.current), each.how))
    return found


@cache
def _former_names() -> dict[str, list[str]]:
    """By present normalised name, the other names of the same body."""
    found: dict[str, list[str]] = {}
    for other, present in _other_names().items():
        for key, _ in present:
            found.setdefault(key, []).append(other)
    return found


@cache
def _places() -> tuple[str, ...]:
    """Names of provinces, cities and districts, with and without their kind, the longest first."""
    names = {name for region in regions.table().values() for name in (region.name, region.short, region.former)}
    words = {word for name in names for word in name.split()}
    stems = {word[:-1] for word in words if len(word) >= _SHORTEST_PLACE and word[-1] in "시군구"}
    parts = {region.short + part for region in regions.table().values() if region.short for part in _PARTS}
    return tuple(sorted((words | stems | parts) - {""}, key=lambda word: (-len(word), word)))


def spellings(name: str, *, company: bool) -> list[Spelling]:
    """Return the keys under which an organisation may be known, its own normalised name first, each once.

    ``spelling``: the same sounds in Korean letters; ``bracket``: what stands outside and inside of brackets;
    ``known`` and ``former``: other names of public bodies, and what calls itself former; ``unit``: the university of
    its industry foundation (산학협력단); ``branch``: the head of an office that is named after a place, or of a unit.
    """
    found: dict[str, How] = {normalise(name) if company else institution_ref(name).id: "name"}
    for key, how in (*_bracketed(name, company=company), *_parents(name)):
        found.setdefault(key, how)
    if not company:
        for key, how in _of_body(name):
            found.setdefault(key, how)
        for key, how in list(found.items()):
            for other, why in _other_names().get(key, []):
                found.setdefault(other, why if how == "name" else how)
        for key, how in list(found.items()):
            found.setdefault(in_short(key), "spelling" if how == "name" else how)
    for key, how in list(found.items()):
        found.setdefault(_sounded(key), "spelling" if how == "name" else how)
    return [Spelling(key, how) for key, how in found.items() if any(map(str.isalnum, key))]


def also_called(name: str) -> list[str]:
    """Return further normalised names under which the graph may hold the organisation that people call ``name``.

    Former, short and present names of public bodies in either direction, Latin letters as they sound and the letters
    of what sounds like them (KT, 케이티); not the university of a foundation or the head of a branch, which are others.
    """
    given = {normalise(name), institution_ref(name).id}
    own = ("name", "spelling", "known", "former")
    found = {
        each.key: None
        for is_company in (True, False)
        for each in spellings(name, company=is_company)
        if each.how in own
    }
    for key in list(found):
        found |= dict.fromkeys(_former_names().get(key, ()))
    for key in list(found):
        found[_spelled(key)] = None
    return [key for key in found if key not in given]


def _bracketed(name: str, *, company: bool) -> Iterator[Spelling]:
    text = unfold(name)
    for form in ("(주)", "(유)", "(합)", "(재)", "(사)", "(복)", "(학)", "(의)"):
        text = text.replace(form, " ")
    match = _BRACKET.fullmatch(text.strip())
    if match is None or text.strip().startswith("대한민국"):
        return
    outer, inner = match["outer"], match["inner"]
    if inner and not company and bool(_INITIALS.fullmatch(outer)) != bool(_INITIALS.fullmatch(inner)):
        # One is the other's initials, and the longer is the name: 한국과학기술원(KAIST), KAIST(한국과학기술원).
        outer, inner = (inner, outer) if _INITIALS.fullmatch(outer) else (outer, inner)
        yield Spelling(normalise(outer), "spelling")
    else:
        yield Spelling(normalise(outer), "branch" if match["unit"] else "bracket")
    if inner:
        named = _FORMER.sub("", inner)
        yield Spelling(normalise(named), "bracket" if named == inner else "former")


def _of_body(name: str) -> Iterator[Spelling]:
    """Yield the body that a public name means by its head, and the one whose unit bears it."""
    for key in meant_by(name):
        yield Spelling(key, "spelling")
    head = head_of_unit(name)
    if head:
        yield Spelling(head, "branch")
        if _NATIONAL.match(head):
            yield Spelling(_NATIONAL.sub("", head), "branch")


def _parents(name: str) -> Iterator[Spelling]:
    key = normalise(name)
    funded = _FUNDED.fullmatch(key)
    if funded:
        yield Spelling(funded["head"], "unit")
    if funded or _NATIONAL.match(key):
        national = _NATIONAL.sub("", funded["head"] if funded else key)
        yield Spelling(national, "unit" if funded else "former")
    branch = _BRANCH.fullmatch(key)
    if branch:
        head = _without_places(branch["head"])
        if head != branch["head"] or branch["kind"] in _OWN_WORD:
            yield Spelling(head, "branch")


def _without_places(text: str) -> str:
    """Take names of places off the end, as long as a name of three letters is left."""
    place = next(
        (place for place in _places() if text.endswith(place) and len(text) >= len(place) + _SHORTEST_HEAD), None
    )
    return _without_places(text.removesuffix(place)) if place else text


def _sounded(key: str) -> str:
    """Write what is Latin as it sounds, where it is initials or made of common words, and variants in one way."""
    text = _LATIN.sub(lambda match: _read_aloud(match[0]) or match[0], key)
    for variant, taken in _VARIANTS.items():
        text = text.replace(variant, taken)
    return text


def _spelled(key: str) -> str:
    """Write the letters that a name begins with, two at least, as letters: 케이티 is kt, 엘지전자 lg전자."""
    begins = _LETTERS.match(key)
    if begins is None:
        return key
    return "".join(_LETTER_OF[sound] for sound in _LETTER.findall(begins[0])) + key[begins.end() :]


@cache
def _read_aloud(word: str) -> str | None:
    """Read initials, with or without a common word at either end; None where it is neither."""
    if word in _WORDS:
        return _WORDS[word]
    for length in range(len(word) - 1, 2, -1):
        if word[-length:] in _WORDS and (begins := _read_aloud(word[:-length])):
            return begins + _WORDS[word[-length:]]
        if word[:length] in _WORDS and (ends := _read_aloud(word[length:])):
            return _WORDS[word[:length]] + ends
    return "".join(map(LETTERS.__getitem__, word)) if len(word) <= _LONGEST_INITIALS else None
