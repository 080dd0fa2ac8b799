"""Industries that a notice's target names in words or codes, where they are clear, and words that only narrow them."""

from __future__ import annotations

import re
from typing import Final

from loaders import industries
from loaders.eligibility.findings import Finding
from loaders.eligibility.ksic_ranges import AdmittedIndustries
from loaders.eligibility.passages import Passage

_FIRMS: Final = r"(?:중소|중견|벤처|소|대)?(?:\s?[ㆍ·,]\s?(?:중소|중견|벤처))*\s?(?:기업|업체|업종|사업자)"
_IT: Final = r"(?:IT|ICT|SW|S/W|소프트웨어|정보통신)"
_NAMED: Final = (
    (("C",), re.compile(rf"(?<!비)제조업(?!무)|제조\s?{_FIRMS}|(?<![가-힣])중소\s?제조(?=\s?(?:기업|업체|업))")),
    (("J",), re.compile(rf"{_IT}(?:\s?[ㆍ·/]\s?(?:{_IT}|CT))*\s?(?:분야\s?|산업\s?|관련\s?)?{_FIRMS}")),
    (("581",), re.compile(r"출판사")),
    (("59",), re.compile(r"(?:영화|영상물|영상\s?콘텐츠)(?:\([^()]{1,30}\))?\s?제작사")),
    (("752",), re.compile(r"여행사|여행업체")),
    (("F",), re.compile(rf"건설업(?!무)|건설\s?{_FIRMS}")),
    (("56",), re.compile(r"음식점업?|외식업(?:체|소)?")),
    (("55",), re.compile(r"숙박업(?:체|소)?")),
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<code>[A-U]\d{2,5})(?![0-9A-Za-z])(?:\s?[~∼～-]\s?[A-U]?(?P<last>\d{2})(?!\d))?"
)
_JOINED = re.compile(
    r"\S{0,2}\s?(?:및|또는|혹은|,|ㆍ|·|/|등(?![가-힣]))"
    r"(?!\s?(?:중소|중견|소기업|소상공|사업장|예비|연출자|수요|아래|법인|개인|1인))|[을를]?\s?제외"
)
_JOINED_BEFORE = re.compile(r"[가-힣]{2,}\s?(?:및|또는|ㆍ|·|/)\s?$")
_NEAR: Final = 16
"""Characters on either side of a trade that tell whether it is admitted or kept out."""
_PARTLY = re.compile(r"우대|중심|컨소시엄|제외|소상공인|전\s?[ㆍ·]?\s?후방")
"""Words of a target of which a trade is only a part."""
_ANY = re.compile(r"(?:전|모든)\s?업종|업종\s?(?:제한\s?없|무관|불문)")
_NARROW: Final = re.compile(
    r"[가-힣A-Za-z/ㆍ·()]{0,12}"
    r"(?:분야|관련(?!\s?법|\s?규정)|산업(?!단지|용)|업종|품목|업계|부품|콘텐츠|반도체|바이오|의료기기|모빌리티|로봇|에너지|환경|뷰티|식품"
    r"|관광|물류|유통|헬스케어|소비재|생산|방산|전자|화장품|섬유|솔루션|팹리스|핀테크)"
    r"[^☞※.\n]{0,12}?(?:기업|업체|사업자|회사|소상공인|제조|벤처|산업체|영위|창업|사업장)"
    r"|(?<![가-힣])(?!혁신|우수|유망|핵심|독자|자체|해당|관련|보유|공공|특허|혁신적)[가-힣A-Za-z]{2,8}\s?기술을?\s?(?:보유|활용|적용|가진)"
    r"|뿌리\s?기업|관련\s?업종|전\s?[ㆍ·]?\s?후방\s?(?:연관|산업|관련|기업)|KSIC|표준산업분류|영위\s?사업|공급\s?기업|참가사|전시\s?품목|3D\s?프린팅"
)
"""Words that narrow the industries without naming one of KSIC."""
_BARRED = re.compile(r"[가-힣]{0,8}\s?(?:업종|분야|제조업|서비스업|도소매업|유통업|요식업)")
"""Trades in a text of those who are left out."""
_MEANT = re.compile(rf"제조(?:업)?\s?{_FIRMS}[을를]?\s?대상")
"""Manufacturers as those for whom a purpose says that a notice is."""
_TITLED: Final = re.compile(
    r"바이오|뷰티|핀테크|3D\s?프린팅|소비재|소모성자재|반도체|헬스케어|의료기기|로봇|기계|가전|광융합|광학|홀로그램|섬유|패션|화장품|식품|수산물|해양기업"
    r"|산림|녹색기후|게임|영화|다큐멘터리|로케이션|출판|프랜차이즈"
)
"""Fields in a title that tell that a notice is not for every trade where its target is silent."""


def read_trades(
    passage: Passage,
    listed: AdmittedIndustries,
    title: Passage,
    left_out: Passage | None = None,
    purpose: Passage | None = None,
) -> tuple[AdmittedIndustries, Finding[tuple[str, ...]] | None]:
    """Read industries from a target, beside those that the register lists, and tell what they stand on.

    A list of the register holds; the text narrows a list of everything, and makes any list doubtful where it names
    fewer industries, or names them in words that are no KSIC names. Where neither speaks, a field in the title is left
    to people, and so are those that a field of the register leaves out or for which the purpose says a notice is.
    """
    if anybody := _ANY.search(passage.text):
        everyone = AdmittedIndustries(every=True) if listed.every is None else listed
        return everyone, Finding(("all",), (passage.span(anybody),))
    codes, matches = _named(passage.text)
    narrowed = _NARROW.search(passage.text)
    joined = bool(_PARTLY.search(passage.text)) or any(_is_joined(passage.text, match) for match in matches)
    joined |= bool(matches and narrowed and narrowed.end() < min(match.start() for match in matches))
    spans = tuple(passage.span(match) for match in matches)
    chosen = AdmittedIndustries(every=False, divisions=codes)
    if codes and not joined:
        if listed.every is None and not listed.divisions:
            return chosen, Finding(codes, spans)
        if listed.every:
            return chosen, Finding(codes, spans, doubtful=True)
        fewer = set(codes) < set(listed.divisions)
        return listed, Finding(listed.divisions, spans, doubtful=True) if fewer else None
    if codes or narrowed:
        found = spans or (passage.span(narrowed),) if narrowed else spans
        return listed, Finding(None, found)
    elsewhere = ((left_out, _BARRED), (purpose, _MEANT), (title, _TITLED)) if listed == AdmittedIndustries() else ()
    spoken = (each.span(match) for each, words in elsewhere if each and (match := words.search(each.text)))
    span = next(spoken, None)
    return listed, Finding(None, (span,)) if span else None


def _named(text: str) -> tuple[tuple[str, ...], list[re.Match[str]]]:
    """Return the codes named, sections as their divisions, and where; codes of KSIC win over names."""
    coded = {match: codes for match in _CODE.finditer(text) if (codes := _coded(match))}
    if coded:
        return tuple(sorted({code for codes in coded.values() for code in codes})), list(coded)
    named = {match: codes for codes, pattern in _NAMED if (match := pattern.search(text))}
    found = (code for codes in named.values() for code in codes)
    divisions = (industries.divisions(code) if code.isalpha() else (code,) for code in found)
    return tuple(sorted({each for codes in divisions for each in codes})), list(named)


def _coded(match: re.Match[str]) -> tuple[str, ...]:
    """Return the code of revision 11 that is written, or the divisions of a range (C10~34); empty where it is none."""
    code = industries.normalise_code(match["code"])
    if code is None or not match["last"]:
        return (code,) if code else ()
    return tuple(each for each in industries.divisions() if code[:2] <= each <= match["last"])


def _is_joined(text: str, match: re.Match[str]) -> bool:
    """Whether another trade stands beside a name that matched, so that taking it alone would shut companies out."""
    if match.re is _CODE:
        return False
    behind = text[match.end() : match.end() + _NEAR].lstrip()
    before = text[max(0, match.start() - _NEAR) : match.start()]
    return bool(_JOINED.match(behind) or _JOINED_BEFORE.search(before))
