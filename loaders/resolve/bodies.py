"""What the name of a public body says of the body that is meant: by its head, as its unit, by its province."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from graph_schema.other_names import other_names
from loaders import regions
from loaders.names import institution_kind, legal_form, normalise, unfold

_FORM: Final = re.compile(r"(?:재단법인|사단법인|사회복지법인|학교법인|\((?:재|사|복|학|의)\))\s*")
_HEAD: Final = re.compile(r"(?:(?<=[부청처회단])|(?<=(?<!위)원)|(?<=센터)|(?<=본부)|(?<=연구소))장$")
_CHAIR: Final = "위원장"
_TITLE: Final = re.compile(r"\s*(?:대표이사|이사장|원장|센터장|단장|총장)$|(?<=부)\s*장관$")
_UNIVERSITY: Final = re.compile(r"(?P<head>.+?대학교)\s*(?P<unit>.+)")
_COLLEGE: Final = re.compile(r"(?P<head>[^\s()]+대)\s*(?P<unit>(?!학)[^\s()]*(?:창업|벤처|스타트업).*)")
_BODY: Final = re.compile(r"(?P<head>\S{3,})\s+(?P<unit>.+)")
_UNIT: Final = re.compile(r"(?:센터|사업단|지원단|추진단|본부|허브|인재개발원|메이커스페이스)$")
_UNIT_OF_UNIVERSITY: Final = re.compile(rf"(?:{_UNIT.pattern}|대학원$|연구소$|연구원$|기술원$)")
_OF_ITS_OWN: Final = re.compile(r"(?i)캠퍼스(?!타운)|erica|에리카|병원|의료|기술지주|산학협력단|조합|동문|부설|입구")
"""Campuses have a foundation of their own, hospitals and holdings are corporations, and 부설 bodies often are."""
_HAS_UNITS: Final = frozenset({"agency", "association", "institute"})
"""Kinds whose units are no bodies: what a city names after itself may be run by anybody."""
_SHORTEST_BODY: Final = 3
"""Letters of the shortest name that is left where a part is taken away."""
_SHORTEST_FIRM: Final = 4
"""Letters from which a company that runs programmes is known without its legal form."""
_SHORTEST_TITLED: Final = 5
"""Letters before a blank and a title from which they are no person's name."""
_NO_BODY: Final = re.compile(r"$|\(|대학|립|교육")
"""What follows a province in no short name of its bodies: 전라남도립 is not 전남립, nor 전남대학교 the province's."""


def meant_by(name: str) -> Iterator[str]:
    """Yield the normalised name of the body that acts where its head is named: 가나재단 이사장, 가나진흥원장.

    A company that runs programmes is meant without its legal form too, where no public body could be called so.
    """
    for text in _led(_plain(name)):
        yield normalise(text)
    bare = normalise(name)
    if legal_form(name) and institution_kind(bare) == "other" and len(bare) >= _SHORTEST_FIRM:
        yield bare


def head_of_unit(name: str) -> str | None:
    """Return the normalised name of the university, agency, association or institute whose unit bears ``name``."""
    plain = _plain(name)
    for text in (plain, *_led(plain)):
        found = _UNIVERSITY.fullmatch(text) or _COLLEGE.fullmatch(text)
        if found and _is_unit(found["unit"], _UNIT_OF_UNIVERSITY) and not _begins_with_province(found["unit"]):
            return normalise(found["head"]) + "학교" * found["head"].endswith("대")
        found = _BODY.fullmatch(text)
        if found and _is_unit(found["unit"], _UNIT) and _has_units(found["head"]):
            return normalise(found["head"])
    return None


@cache
def _provinces() -> tuple[tuple[str, str], ...]:
    """Full and former names of provinces, the longest first, each with its short name."""
    found = {
        name: region.short
        for region in (regions.table()[code] for code in regions.provinces())
        for name in (region.name, region.former)
        if name
    }
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))


def in_short(key: str) -> str:
    """Return a normalised name with the province that it begins with in short: 경상북도경제진흥원 is 경북경제진흥원."""
    for name, short in _provinces():
        if key.startswith(name) and not _NO_BODY.match(key, len(name)):
            return short + key.removeprefix(name)
    return key


def _plain(name: str) -> str:
    return " ".join(_FORM.sub("", unfold(name)).split())


def _led(text: str) -> Iterator[str]:
    """Yield what is left of a name that ends with the head of the body: the letter 장 alone, or the whole title."""
    if text.endswith(_CHAIR):
        yield text[:-1] + "회"
    if _HEAD.search(text):
        yield text[:-1]
    rest = _TITLE.sub("", text)
    if rest == text or len(rest) < _SHORTEST_BODY:
        return
    kind, apart = institution_kind(rest), text[len(rest)] == " "
    unlike_person = kind != "other" or (apart and len(rest) >= _SHORTEST_TITLED)
    if rest.endswith("부") or (kind != "government" and unlike_person):
        yield rest


@cache
def _short_names() -> frozenset[str]:
    return frozenset(each.name.casefold() for each in other_names() if each.how == "known")


def _has_units(head: str) -> bool:
    return institution_kind(head) in _HAS_UNITS or head.casefold() in _short_names()


def _is_unit(text: str, units: re.Pattern[str]) -> bool:
    return units.search(text) is not None and _OF_ITS_OWN.search(text) is None


def _begins_with_province(text: str) -> bool:
    """Whether a unit of a university is named after a province, as campuses are."""
    return any(text.startswith(short) for _, short in _provinces())
