"""Places of which no table tells where they lie: estates, quarters, parts of a province; and the region they name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from loaders import regions
from loaders.eligibility.fields_of_trade import FIELDS
from loaders.eligibility.passages import Passage

_SEATED: Final = (
    r"(?:소재(?!\s?[ㆍ·,]?\s?(?:지|부품|산업|기술|개발|분야|전문|가공|제조|및|를))"
    r"|(?:에|에서)\s?(?:소재|위치|본사|본점|사업장|공장|주소|입주|있는))"
)
_INSIDE: Final = r"(?:(?:내|안)(?:에|의|에서)?(?![가-힣])|관내|입주)"
_FIRMS: Final = r"(?:의\s?)?(?:중소|중견|제조|소상공인|기업|업체)"
_AREA = re.compile(
    rf"(?<![가-힣A-Za-z])(?P<name>[가-힣A-Za-z]{{0,14}}(?:"
    rf"(?:산업\s?단지|농공\s?단지|복합\s?단지|산단|(?<![험지흥전력리])공단|밸리|특구|클러스터|자유무역지역|경제자유구역|혁신도시|[가-힣]지구)"
    rf"(?=\s?(?:{_SEATED}|{_INSIDE}|중소|제조|기업(?!\s?협의)))"
    rf"|[동서남북중]부(?:권역?|지역)?(?=\s?(?:{_SEATED}|{_INSIDE}|{_FIRMS}))"
    rf"|(?<![허표작산인판상식증채소])권역?(?=\s?(?:{_SEATED}|{_INSIDE}|{_FIRMS}))"
    rf"|[가-힣](?<![해당국모든전각타])지역(?=\s?(?:{_SEATED}|{_INSIDE}|의?\s?(?:중소|중견)))"
    rf"|[가-힣]{{2}}[동읍면](?=\s?(?:{_SEATED}|관내))"
    rf"))"
    rf"|(?<![가-힣])(?P<seat>[가-힣]{{2,12}}?)\s?(?={_SEATED})"
)
"""A place by what kind of place it is, or whatever stands before the words of a seat."""
_NO_PLACE = re.compile(
    r"국내|전국|대한민국|한국|비수도권|시군|[내안]에?$|이전|예정|단계|진행|과정|국외|해외|본사|본점|지[사점]|사업장|사업자|사업체|공장|주소|영업소|사무소|연구소|센터|기업|업체|회사|법인|점포|매장|시설|기관|학교|대학"
    r"|해당|현재|등록|등기|기준|증명|모두|실제|[관도시군구역]내|지역|지방|[이가은는을를의과와로나]$|상$|중$|및$|또는$|중인$|주된|법령|법률|각각"
    rf"|(?:첨단|핵심|복합|기능성|원료|친환경|경량|{FIELDS})$"
)
"""Words before 소재 that name no place, or the materials (소재) of a trade."""


_LONGEST: Final = 9
"""Letters of the longest name of a region before a place, 강원특별자치도, and the blank behind it."""
_STEM: Final = 2
"""Letters from which a word may begin with a region's name."""


@dataclass(frozen=True, slots=True)
class Locality:
    """A place that no table knows; ``codes`` are the regions that its name or the word before it is certain to name."""

    start: int
    end: int
    codes: tuple[str, ...]


def localities(passage: Passage, within: Collection[str], known: Collection[tuple[int, int]]) -> Iterator[Locality]:
    """Yield the places of a target that no table knows, but for those that overlap what is ``known``."""
    for match in _AREA.finditer(passage.text):
        name = match["name"] or match["seat"]
        start, end = match.start(), match.start() + len(name)
        if any(first < end and start < last for first, last in known) or (match["seat"] and _NO_PLACE.search(name)):
            continue
        before = re.search(r"([가-힣]{2,8})\s$", passage.text[max(0, start - _LONGEST) : start])
        codes = _beginning(name, within)
        if not codes and before and (codes := _whole(before[1], within)):
            start -= len(before[0])
        yield Locality(start, end, codes)


def _beginning(name: str, within: Collection[str]) -> tuple[str, ...]:
    """Return the regions whose name a word begins with: 구미국가산업단지, 경기북부."""
    prefixes = (name[:length] for length in range(min(len(name) - 1, _LONGEST), _STEM - 1, -1))
    return next((codes for prefix in prefixes if (codes := _whole(prefix, within))), ())


def _whole(word: str, within: Collection[str]) -> tuple[str, ...]:
    """Return the regions of which a word is the whole name; none where several cities bear it."""
    city = regions.city_named(word, tuple(within))
    return regions.province_codes(word) or ((city,) if city else ())
