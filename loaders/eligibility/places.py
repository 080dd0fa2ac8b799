"""Where a notice's text says that applicants are: provinces, cities, counties and districts, and who is left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from loaders import regions
from loaders.eligibility.areas import Areas, parse_areas, title_provinces
from loaders.eligibility.findings import Finding
from loaders.eligibility.localities import localities
from loaders.eligibility.passages import Passage, Passages, Span

_NO_HANGUL = r"(?<![가-힣])"
_AGENCY = r"(?![가-힣]{0,10}(?:협회|진흥원|재단|센터|테크노|신용|지사|상공회의소|대학|교육청|연구원|본부))"
_LOCATIVE = (
    r"\s?(?:도\s?|시\s?)?(?:소재|지역|권역|내(?![가-힣])|내에|관내|도내|시내|에\s?(?:소재|위치|본사|사업장|주소)|인\s)"
)
_FIRMS = r"\s?(?:의\s?)?(?:중소|중견|기업|업체|소상공인|제조|창업|벤처|스타트업|예비)"
_BEHIND_SHORT = r"(?=[^가-힣]|$|에|의|로|인|내|와|과|소재|관내|지역|중소|소상)"
_TURNED = re.compile(r"비수도권|위기\s?지역|인구\s?감소|[을를]\s?제외한?|이외|전국")
_ANYWHERE = re.compile(r"관내\s?[ㆍ·,/]\s?관외|지역\s?(?:제한\s?없|무관|불문)|소재지\s?(?:제한\s?없|무관|불문)")
"""Words that let in applicants of everywhere."""
_SOME = re.compile(
    r"\d{1,2}\s?개\s?(?:참여|대상|협약)\s?(?:시\s?[ㆍ·,]?\s?군(?:\s?[ㆍ·,]?\s?구)?|시|군|구)(?!\s?\([가-힣]{2,4}\s?[,ㆍ·])"
)
"""Cities and districts that are counted and not named."""
_VISITED = re.compile(r"로케이션|관광객")
"""Titles of notices for those who come to a place and may be from anywhere."""
_HERE = re.compile(r"(?<![가-힣])(?:(?P<own>[관도시]내)|[군구]내|지역\s?내)(?:에|의|에서)?(?![가-힣])")
"""Within the province or city whose notice it is, where it names no district, or within one of its parts."""
_SEATED = re.compile(r"\s?(?:지역\s?)?(?:소재|관내|에\s?(?:소재|위치|본사|사업장|주소))")
"""What stands behind the stem of a city's name where nothing else tells that it is one: 예산 내 is within a budget."""
_MINISTRY = re.compile(r"[가-힣]{2,}(?:부|처|청|위원회)")
_WORD = re.compile(r"[가-힣]{2,4}")
_LIST: Final = 40
"""Characters before a place in which the list that it ends may stand."""
_LISTED_BEFORE = re.compile(r"(?:(?<![가-힣])[가-힣]{2,4}\s?[,ㆍ·/]\s?)+$")
_COUNTED = re.compile(r"\d{1,2}개\s?(?:시\s?[ㆍ·,]?\s?군(?:\s?[ㆍ·,]?\s?구)?|시|군|구)\s?\((?P<words>[^()]{4,120})\)")
"""Cities and districts that are counted before they are listed: 3개 시ㆍ군(가, 나, 다)."""
_LISTED_BEHIND = re.compile(r"(?:\s?[,ㆍ·/]\s?[가-힣]{2,4}(?![가-힣]|\s[가-힣]{1,4}[시군구](?![가-힣])))+")
_SHORTEST_FULL: Final = 3
"""Characters from which a name is whole (고양시): shorter ones (고양, 중구) are words too, or of many places."""


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of a text; ``code`` is empty where no table knows it."""

    code: str
    span: Span


def read_areas(
    listed: Collection[str], passages: Passages, authority: str | None
) -> tuple[Areas, Finding[tuple[str, ...]] | None]:
    """Read regions from a list or tags, the title and the target, and tell what they stand on.

    The text narrows a province to its cities and districts. Where it contradicts the list, the finding is doubtful.
    Without list, prefix or place, a notice of a ministry whose target is at hand is nationwide.
    """
    title = passages.title.text
    named, prefix = _provinces_of(listed), title_provinces(title)
    contradicted = len(prefix) == 1 and regions.covers_all(named)
    visited = _VISITED.search(title) is not None
    areas = parse_areas(() if contradicted else listed, title)
    if areas.nationwide:
        return _contradicted(areas, passages)
    if areas.codes:
        wider = _ANYWHERE.search(passages.target.text) or _SOME.search(passages.target.text)
        return _narrowed(areas, passages, doubtful=contradicted or visited or wider is not None)
    if named or prefix:
        return areas, Finding(None, (passages.title.between(0, len(title)),))
    if anywhere := _ANYWHERE.search(passages.target.text):
        return Areas(nationwide=True), Finding(("nationwide",), (passages.target.span(anywhere),))
    return _from_text(passages, authority, visited=visited)


def _provinces_of(listed: Collection[str]) -> set[str]:
    return {code for name in listed for code in regions.province_codes(name)}


def _contradicted(areas: Areas, passages: Passages) -> tuple[Areas, Finding[tuple[str, ...]] | None]:
    inside = list(_places(passages.target))
    found = [*_places(passages.title), *inside, *_unknown(passages.target, (), inside)]
    spans = tuple(place.span for place in found)
    return areas, Finding(("nationwide",), spans, doubtful=True) if found else None


def _narrowed(areas: Areas, passages: Passages, *, doubtful: bool) -> tuple[Areas, Finding[tuple[str, ...]] | None]:
    """Take the districts that title, target or purpose name within the provinces; others are a contradiction."""
    provinces = tuple({code[: regions.PROVINCE_DIGITS] for code in areas.codes})
    title, target, purpose = (
        list(_places(each, provinces)) for each in (passages.title, passages.target, passages.purpose)
    )
    inside = [place for place in [*title, *target] if place.code[: regions.PROVINCE_DIGITS] in provinces]
    districts = [place for place in inside if _is_district(place)]
    whole = any(not _is_district(place) for place in target if place.code in provinces)
    if not districts and not whole:
        districts = [
            place for place in purpose if _is_district(place) and place.code[: regions.PROVINCE_DIGITS] in provinces
        ]
    elif whole and districts and not any(map(_is_district, title)):
        # A district beside its whole province may narrow it or be an example.
        kept = Areas(nationwide=False, codes=areas.codes)
        return kept, Finding(areas.codes, tuple(place.span for place in districts), doubtful=True)
    unknown = [place.span for place in _unknown(passages.target, provinces, target)]
    outside = [place for place in target if place.code[: regions.PROVINCE_DIGITS] not in provinces]
    turned = outside and not inside
    spans = (*(place.span for place in (outside if turned else districts or inside or title)), *unknown)
    codes = areas.codes
    if districts and all(len(code) == regions.PROVINCE_DIGITS for code in codes):
        named = set(_narrowest({place.code for place in districts}))
        codes = tuple(sorted(named | {code for code in codes if not any(each.startswith(code) for each in named)}))
    if doubtful and not spans:
        spans = (passages.title.between(0, len(passages.title.text)),)
    kept = Areas(nationwide=False, codes=codes)
    return kept, Finding(codes, spans, doubtful=bool(doubtful or turned or unknown)) if spans else None


def _is_district(place: _Place) -> bool:
    return len(place.code) > regions.PROVINCE_DIGITS


def _from_text(
    passages: Passages, authority: str | None, *, visited: bool
) -> tuple[Areas, Finding[tuple[str, ...]] | None]:
    within = _provinces_of(() if authority is None else (authority,))
    places = list(_places(passages.target, tuple(within)))
    unknown = list(_unknown(passages.target, tuple(within), places))
    turned = _TURNED.search(passages.target.text)
    codes = _narrowest({place.code for place in (*places, *unknown) if place.code})
    if codes and not turned:
        spans = tuple(place.span for place in (*places, *unknown))
        return Areas(nationwide=False, codes=codes), Finding(codes, spans, doubtful=visited or bool(unknown))
    if places or turned or (unknown and not within):
        only = turned and turned[0] == "전국" and not places
        spans = (*(place.span for place in (*places, *unknown)), *((passages.target.span(turned),) if turned else ()))
        return (Areas(nationwide=True), Finding(("nationwide",), spans)) if only else (Areas(), Finding(None, spans))
    elsewhere = [*_places(passages.title, tuple(within)), *_places(passages.purpose, tuple(within))]
    here = _HERE.search(passages.target.text)
    near = (passages.target.span(here),) if here else ()
    if here and here["own"] and len(within) == 1 and {place.code for place in elsewhere} <= within:
        codes = tuple(within)
        return Areas(nationwide=False, codes=codes), Finding(codes, near)
    if elsewhere or within or here:
        spans = (
            tuple(place.span for place in (*elsewhere, *unknown)) or near or (Span("authority", 0, authority or ""),)
        )
        return Areas(), Finding(None, spans)
    if authority and _MINISTRY.fullmatch(authority) and not passages.empty:
        return Areas(nationwide=True), Finding(("nationwide",), (Span("authority", 0, authority),))
    return Areas(), None


def _narrowest(codes: set[str]) -> tuple[str, ...]:
    wider = {each for code in codes for each in regions.ancestors(code)[1:]}
    return tuple(sorted(codes - wider))


def _places(passage: Passage, within: Collection[str] = ()) -> Iterator[_Place]:
    """Yield the regions that a passage names, those below a province with it or within ``within``.

    What stands in a list beside one (``사하, 강서, 사상구``) is taken for regions too where it is their names.
    """
    text, listed_until = passage.text, 0
    for match in _pattern().finditer(text):
        if match.start() < listed_until and not match["province"] and len(match[0]) < _SHORTEST_FULL:
            continue  # 남구 of a list belongs to the province of the list
        province = regions.province_codes(match["province"] or match["alone"] or match["short"] or match["block"] or "")
        around = province or tuple(within)
        name = match["place"] or match["stem"]
        code = _district(name, around) if name else None
        if match["stem"] and not around and _SEATED.match(text, match.end()):
            code = regions.city_named(name)
        for each in (code,) if code else province:
            yield _Place(each, passage.span(match))
        behind = _LISTED_BEHIND.match(text, match.end())
        listed_until = behind.end() if behind else listed_until
        before = (
            None if match["province"] else _LISTED_BEFORE.search(text, max(0, match.start() - _LIST), match.start())
        )
        for beside in (before, behind):
            for word in _WORD.findall(beside[0]) if beside else ():
                for each in _named(word, (code[: regions.PROVINCE_DIGITS],) if code else around):
                    yield _Place(each, passage.span(match))
    for match in _COUNTED.finditer(text):
        for word in _WORD.findall(match["words"]):
            yield from (_Place(each, passage.span(match)) for each in _named(word, tuple(within)))


def _unknown(target: Passage, within: Collection[str], known: Iterable[_Place]) -> Iterator[_Place]:
    """Yield the places of a target that no table knows, with the region that they are certain to lie in."""
    spans = [(place.span.start - target.start, len(place.span.quote)) for place in known]
    taken = [(start, start + length) for start, length in spans]
    for each in localities(target, within, taken):
        for code in each.codes or ("",):
            yield _Place(code, target.between(each.start, each.end))


def _named(word: str, within: tuple[str, ...]) -> tuple[str, ...]:
    """Return the region of a word of a list, with or without 시, 군 or 구; empty where it is none."""
    codes = regions.province_codes(word)
    found = {_district(word + kind, within) for kind in ("", "시", "군", "구")} - {None} if not codes and within else ()
    return codes or tuple(code for code in found if code)


def _district(name: str, within: tuple[str, ...]) -> str | None:
    code = regions.district_named(name, within)
    if code or not within:
        return code if len(name) >= _SHORTEST_FULL or within else None
    found = {regions.find(f"{regions.table()[each].name} {name}") for each in within} - {None, *within}
    return found.pop() if len(found) == 1 else None


@cache
def _pattern() -> re.Pattern[str]:
    """Match a place or the stem of its name, perhaps behind its province, or a province alone."""
    table = tuple(regions.table().values())
    full = {name for region in table if not region.parent for name in (region.name, region.former) if name}
    short = "|".join(region.short for region in table if not region.parent)
    local = {region.name.split()[-1] for region in table if region.parent}
    shorts = {region.short for region in table}
    stems = {name[:-1] for name in local if name[-1] in "시군" and len(name) >= _SHORTEST_FULL} - shorts
    places = (
        f"{name[:-1]}(?:특례)?{name[-1]}" if len(name) >= _SHORTEST_FULL else name + _BEHIND_SHORT
        for name in _longest_first(local)
    )
    return re.compile(
        rf"{_NO_HANGUL}(?:"
        rf"(?:(?P<province>{'|'.join([*_longest_first(full), short])})(?:도|시)?\s?)?"
        rf"(?:(?P<place>{'|'.join(places)}){_AGENCY}|(?P<stem>{'|'.join(_longest_first(stems))})(?={_LOCATIVE}))"
        rf"|(?P<alone>{'|'.join(_longest_first(full))}){_AGENCY}"
        rf"|(?P<short>{short})(?:도|시)?(?={_LOCATIVE})"
        rf"|(?P<block>{'|'.join(_longest_first(set(regions.blocks())))})(?:역|\s?지역)?(?={_LOCATIVE}|{_FIRMS}))"
    )


def _longest_first(names: set[str]) -> list[str]:
    return sorted(names, key=lambda name: (-len(name), name))
