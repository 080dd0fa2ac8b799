"""Industries that a notice's target names in words or codes, where they are clear, and words that only narrow them."""

from __future__ import annotations

import re
from typing import Final

from loaders import industries
from loaders.eligibility.findings import Finding
from loaders.eligibility.ksic_ranges import Industries
from loaders.eligibility.passages import Passage

_FIRMS: Final = r"(?:중소|중견|벤처|소|대)?(?:\s?[ㆍ·,]\s?(?:중소|중견|벤처))*\s?(?:기업|업체|업종|사업자)"
_IT: Final = r"(?:IT|ICT|SW|S/W|소프트웨어|정보통신)"
_NAMED: Final = (
    (("C",), re.compile(rf"제조업(?!무)|제조\s?{_FIRMS}|(?<![가-힣])중소\s?제조(?=\s?(?:기업|업체|업))")),
    (("J",), re.compile(rf"{_IT}(?:\s?[ㆍ·/]\s?(?:{_IT}|CT))*\s?(?:분야\s?|산업\s?|관련\s?)?{_FIRMS}")),
    (("581",), re.compile(r"출판사")),
    (("752",), re.compile(r"여행사|여행업체")),
    (("F",), re.compile(rf"건설업(?!무)|건설\s?{_FIRMS}")),
    (("56",), re.compile(r"음식점업?|외식업(?:체|소)?")),
    (("55",), re.compile(r"숙박업(?:체|소)?")),
)
_CODE = re.compile(r"(?<![A-Za-z0-9])(?P<code>[A-U]\d{2,5})(?![0-9A-Za-z])")
_JOINED = re.compile(
    r"(?:및|또는|혹은|,|ㆍ|·|/|or)\s?(?!중소|중견|소상공|사업장|예비|수요|기관|기업|업체|대학|아래)[가-힣A-Za-z]{1,12}?(?:업(?!체\s?당)|기업|업체|서비스)"
    r"|또는\s?수출|(?:및|또는)\s?(?:판매|유통)"
)
_JOINED_BEFORE = re.compile(r"(?:기업|업체|업|[가-힣]{2,})\s?(?:및|또는|ㆍ|·|/)\s?$")
_NARROW: Final = re.compile(
    r"[가-힣A-Za-z/ㆍ·()]{0,12}(?:분야|관련|산업(?!단지|용)|업종|품목|업계|부품|콘텐츠|반도체|바이오|의료기기|모빌리티|로봇|에너지|환경|뷰티|식품|관광"
    r"|물류|유통|헬스케어|소재산업|소비재|생산|방산|전자|화장품|섬유|농식품|솔루션)"
    r"[^☞※.\n]{0,12}?(?:기업|업체|사업자|회사|소상공인|제조|벤처|산업체|영위)"
)


def read_trades(passage: Passage, listed: Industries) -> tuple[Industries, Finding[tuple[str, ...]] | None]:
    """Read industries from a target, beside those that the register lists, and tell what they stand on.

    A list of the register holds; the text narrows a list of everything, and makes any list doubtful where it names
    industries in words that are no KSIC names.
    """
    codes, matches = _named(passage.text)
    narrowed = _NARROW.search(passage.text)
    joined = any(_is_joined(passage.text, match) for match in matches)
    joined |= bool(matches and narrowed and narrowed.end() < min(match.start() for match in matches))
    spans = tuple(passage.span(match) for match in matches)
    chosen = Industries(every=False, divisions=codes)
    if codes and not joined:
        if listed.every is None and not listed.divisions:
            return chosen, Finding(codes, spans)
        if listed.every:
            return chosen, Finding(codes, spans, doubtful=True)
        return listed, None
    if codes or narrowed:
        found = spans or (passage.span(narrowed),) if narrowed else spans
        return listed, Finding(None, found)
    return listed, None


def _named(text: str) -> tuple[tuple[str, ...], list[re.Match[str]]]:
    """Return the codes named, sections as their divisions, and where."""
    found: set[str] = set()
    matches = []
    for match in _CODE.finditer(text):
        if code := industries.normalise_code(match["code"]):
            found.add(code)
            matches.append(match)
    if matches:
        return tuple(sorted(found)), matches
    for codes, pattern in _NAMED:
        if match := pattern.search(text):
            matches.append(match)
            found |= {each for code in codes for each in (industries.divisions(code) if code.isalpha() else (code,))}
    return tuple(sorted(found)), matches


def _is_joined(text: str, match: re.Match[str]) -> bool:
    """Whether another trade stands beside the one that matched, so that taking it alone would shut companies out."""
    behind = text[match.end() : match.end() + 16].lstrip()
    before = text[max(0, match.start() - 14) : match.start()]
    return bool(_JOINED.match(behind) or _JOINED_BEFORE.search(before))
