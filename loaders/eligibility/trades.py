"""Industries that a notice's target names in words or codes, where they are clear, and words that only narrow them."""

from __future__ import annotations

import re
from typing import Final

from loaders import industries
from loaders.eligibility.fields_of_trade import FIELDS, TITLED
from loaders.eligibility.findings import Finding
from loaders.eligibility.ksic_ranges import AdmittedIndustries
from loaders.eligibility.passages import Passage

_FIRMS: Final = r"(?:중소|중견|벤처|소|대)?(?:\s?[ㆍ·,]\s?(?:중소|중견|벤처))*\s?(?:기업|업체|업종|사업자)"
_IT: Final = r"(?:IT|ICT|SW|S/W|소프트웨어|정보통신)"
_NAMED: Final = (
    (
        ("C",),
        re.compile(
            rf"(?<!비)제조업(?!무)|제조\s?{_FIRMS}|(?<![가-힣])중소\s?(?:[ㆍ·]?\s?제조|\(\s?제조\s?\))(?=\s?(?:기업|업체|업))"
        ),
    ),
    (("J",), re.compile(rf"{_IT}(?:\s?[ㆍ·/]\s?(?:{_IT}|CT))*\s?(?:분야\s?|산업\s?|관련\s?)?{_FIRMS}")),
    (("581",), re.compile(r"출판사")),
    (
        ("59",),
        re.compile(
            r"(?:영화|영상물|영상\s?콘텐츠|드라마|다큐멘터리|방송\s?영상\s?독립)(?:\([^()]{1,30}\))?\s?제작(?:사|업체)"
            r"|(?:영화|다큐멘터리)\s?연출자\s?또는[^☞※.\n]{1,12}제작사"
        ),
    ),
    (("60",), re.compile(r"(?:채널사용|종합유선방송)\s?사업자")),
    (("752",), re.compile(r"여행사|여행업체")),
    (("F",), re.compile(rf"건설업(?!무)|건설\s?{_FIRMS}")),
    (("56",), re.compile(r"음식점업?|외식업(?:체|소|종)?|제과점|카페(?=[\s,ㆍ·]|$)")),
    (("55",), re.compile(r"숙박업(?:체|소|종)?|(?:관광)?호텔업|민박|펜션")),
    (("G",), re.compile(r"도\s?[ㆍ·]?\s?소매업(?:체|종)?")),
    (
        ("47",),
        re.compile(
            r"(?<!도)(?<!도[ㆍ·])소매업(?:체|종)?|나들가게|슈퍼마켓|(?:지역|중소)\s?서점"
            r"|(?<![가-힣])서점(?=\s?(?:등|[,ㆍ·)]|$))"
        ),
    ),
    (
        ("96",),
        re.compile(r"이\s?[ㆍ·]?\s?미용업(?:체|소)?|(?<![가-힣·ㆍ])미용업(?:체|소)?|세탁업(?:체|소)?|세탁소|목욕장업?"),
    ),
    (
        ("49",),
        re.compile(
            r"(?:화물|택시)\s?(?:자동차\s?)?운송\s?(?:사업자|업체|업자?)|전세\s?버스\s?(?:운송)?\s?(?:사업자|업체|회사)"
        ),
    ),
    (("18",), re.compile(r"인쇄업(?:체|종)?|인쇄\s?(?:소공인|업체)")),
    (("95",), re.compile(r"자동차\s?(?:전문)?\s?정비\s?(?:업체|업소|사업자|업)")),
)
_CODE = re.compile(
    r"(?<![A-Za-z0-9])(?P<code>[A-U]\d{2,5}|(?<=업\()[A-U](?=\)))(?![0-9A-Za-z])"
    r"(?:\s?[~∼～-]\s?[A-U]?(?P<last>\d{2})(?!\d))?"
)
_PURSUED: Final = re.compile(
    r"(?<![가-힣])[가-힣ㆍ·]{1,12}(?<![사창기취실동영작졸휴폐협수파])업[종체]?(?:\([^()]{1,24}\))?[을를에]?\s?"
    r"(?:등[을를에]?\s?)?(?:영위|해당(?!\s?없)|종사)"
)
"""A trade that a company has to pursue, whether or not its name is known."""
_RELATED = re.compile(r"\s?관련")
_KEPT_OUT = re.compile(r"\)?[」』’'\"]?\s?(?:은|는|을|를)?\s?제외")
_JOINED = re.compile(
    r"(?:\([A-U][^()가-힣]{0,8}\)|\S{0,2})\s?(?:및|또는|혹은|,|ㆍ|·|/|등(?![가-힣]))"
    r"(?!\s?(?:중소|중견|소기업|소상공|사업장|예비|연출자|수요|아래|법인|개인|1인|(?:[가-힣]{2,6}\s관련\s)?비영리|협회|대학|연구기관))"
    r"|[을를]?\s?제외"
)
_JOINED_BEFORE = re.compile(
    r"[가-힣]{2,}(?<!중소)(?<!중견)\s?(?:및|또는|ㆍ|·|/)\s?$|[가-힣](?<![기창산])업(?:\([^()]{1,12}\))?\s?,\s?$"
)
_NEAR: Final = 16
"""Characters on either side of a trade that tell whether it is admitted or kept out."""
_ASIDE = re.compile(r"(?:단|다만)\s?,[^☞※.\n]*$")
"""A proviso before a trade, which holds for a part of what is offered."""
_ASIDE_BEFORE: Final = 40
"""Letters before a trade in which a proviso may begin."""
_PARTLY = re.compile(
    r"대상\s?업종\s?붙임|중심|(?<!도입기업과 공급기업 간 )컨소시엄|[,ㆍ및]\s?[가-힣ㆍ]{0,10}\s?(?:직접\s?)?생산자"
    r"|제외|소상공인\s?(?:및|또는|[,ㆍ·과])|(?:및|또는|[,ㆍ·과])\s?(?:[가-힣]{2,4}\s소재\s)?소상공인|전\s?[ㆍ·]?\s?후방"
    r"|업(?:종)?(?:은|의\s?경우)?\s?:?\s?(?:상시\s?근로자\s?)?\d{1,3}\s?[인명]"
)
"""Words of a target of which a trade is only a part."""
_BUT = re.compile(r"업(?:종|체)?[을를은는]?\s?(?:등\s?)?제외")
"""Trades that are left out of all."""
_ROUGHLY = re.compile(r"^(?:ICT|IT|정보통신)(?!.*(?:SW|S/W|소프트)).*(?:분야|관련)")
"""A field of information technology, not of software, which makers of its devices are of too."""
_ANY = re.compile(r"(?:전|모든)\s?(?:업종|(?:산업|기술)\s?분야)|업종\s?(?:제한\s?없|무관|불문)")
_ASKED: Final = (
    r"기업|업체|업소|사업자|회사|소상공인|소공인|제조|벤처|산업체|영위|창업|사업장|스타트업|브랜드|제작사|개발사(?!업)|기획사|협회원|가맹점"
    r"|농가|어가|[농어]업인|경영체|선주|뮤지션|자로서"
)
"""Words of companies behind the field that they are asked to be in."""
_BETWEEN: Final = 26
"""Letters between a field and the companies of it: 의 기획, 제작, 배급 및 유통과 관련된 국내 has 22."""
_BY_FIELD: Final = (
    r"(?:[가-힣A-Za-z/ㆍ·()]{0,12}(?<!지원)(?<!신청)(?<!로컬)(?<!로컬 )(?<!수요)(?<!전)(?<!전 )(?<!해당)(?<!해당 )분야"
    r"|산업(?!\(농공|발전법|\s?(?:단지|용|통상|부|체|센터|재산|재해|안전|인력|분류|기술진흥|기술단지|진흥))"
    rf"|관련(?!\s?법|\s?규정)|업종(?!\s?전환|과\s?다른|\s?변경)|품목(?!별)|업계|{FIELDS})"
    rf"(?:(?!도입|구축을|바우처|구매|인재|채용)[^☞※.\n]){{0,{_BETWEEN}}}?(?:{_ASKED})"
)
_LISTED: Final = r"(?:지원|모집|참가|산업|신청|세부|대상|기술)\s?분야\s?[:)]"
"""What stands before a list of fields."""
_OF_A_FIELD: Final = re.compile(_BY_FIELD)
_NARROW: Final = re.compile(
    rf"{_BY_FIELD}"
    r"|(?<![가-힣])(?!혁신|우수|유망|핵심|독자|자체|해당|관련|보유|공공|특허|혁신적)[가-힣A-Za-z]{2,8}\s?기술을?\s?(?:보유|활용|적용|가진)"
    r"|뿌리\s?기업|관련\s?업종|전\s?[ㆍ·]?\s?후방\s?(?:연관|산업|관련|기업)|KSIC|표준산업분류|영위\s?사업|공급\s?기업|참가사|농업\s?(?:회사\s?)?법인|영농\s?조합|통신판매업[자체]|운수업[체자]|(?<![가-힣])광고\s?(?:대행사|회사)|(?:분야|산업)\s?중심\s?업종|전시\s?품목|3D\s?프린팅"
    rf"|{_LISTED}|(?<![가-힣])물기업|업종별|{_PURSUED.pattern}"
    r"|(?<![가-힣])[가-힣ㆍ·]{2,10}(?<![사창기취실동영작졸])(?<!통신판매)업(?:자)?\s?(?:신고|등록|허가|면허)"
)
"""Words that narrow the industries without naming one of KSIC."""
_OLDER_FIELDS = re.compile(
    r"(?:신\s?산업|초격차|딥\s?테크)[^☞※.\n]{0,16}?1\d\s?년|\d{1,2}\s?년[^☞※.\n]{0,8}\((?:신\s?산업|초격차|딥\s?테크)[^()]{0,24}\)"
)
"""Fields whose companies may be older than others, which narrow nothing."""
_BARRED = re.compile(r"[가-힣]{0,8}\s?(?:업종|분야|제조업|서비스업|도소매업|유통업|요식업)")
"""Trades in a text of those who are left out."""
_MEANT = re.compile(rf"제조(?:업)?\s?{_FIRMS}[을를]?\s?대상")
"""Manufacturers as those for whom a purpose says that a notice is."""
_FOR_A_FIELD: Final = re.compile(
    rf"(?:{FIELDS})[가-힣ㆍ·]{{0,8}}\s?(?:관련\s|분야\s?)?(?:[가-힣]{{2,4}}\s)?(?:기업|업체|스타트업|창업)"
)
"""Companies of a field as those for whom a purpose says that a notice is."""
_TITLED: Final = re.compile(TITLED)
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
        return everyone, Finding(("all",), (passage.span(anybody),), doubtful=_BUT.search(passage.text) is not None)
    text = _OLDER_FIELDS.sub(lambda match: " " * len(match[0]), passage.text)
    codes, matches = _named(text)
    narrowed = _NARROW.search(text)
    occurrences = (match for known in matches for match in known.re.finditer(text))
    starts = [match.start() for match in occurrences if not _RELATED.match(text, match.end())]
    coded = bool(matches) and matches[0].re is _CODE
    partly = _PARTLY.search(text)
    joined = bool(partly and not coded) or any(_is_joined(text, match, starts) for match in matches)
    field = _OF_A_FIELD.search(text) if matches and not coded else None
    matches_from = min((match.start() for match in matches), default=0)
    joined |= bool(field and field.end() <= matches_from) or _pursues_more(text, matches)
    within = bool(partly or re.search(_LISTED, text) or any(_ROUGHLY.search(match[0]) for match in matches)) or bool(
        field and re.search(r"[ ㆍ·/]", text[field.start() : matches_from])
    )
    spans = tuple(passage.span(match) for match in matches)
    chosen = AdmittedIndustries(every=False, divisions=codes)
    if codes and not joined:
        if listed.every is None and not listed.divisions:
            return chosen, Finding(codes, spans, doubtful=within)
        if listed.every:
            return chosen, Finding(codes, spans, doubtful=True)
        fewer = within or set(codes) < set(listed.divisions)
        return listed, Finding(listed.divisions, spans, doubtful=True) if fewer else None
    if codes or narrowed:
        found = spans or (passage.span(narrowed),) if narrowed else spans
        return listed, Finding(None, found)
    elsewhere = (
        ((left_out, _BARRED), (purpose, _MEANT), (title, _TITLED), (purpose, _FOR_A_FIELD))
        if listed == AdmittedIndustries()
        else ()
    )
    spoken = (each.span(match) for each, words in elsewhere if each and (match := words.search(each.text)))
    span = next(spoken, None)
    return listed, Finding(None, (span,)) if span else None


def _named(text: str) -> tuple[tuple[str, ...], list[re.Match[str]]]:
    """Return the codes named, sections as their divisions, and where; codes of KSIC win over names."""
    found = {match: codes for match in _CODE.finditer(text) if (codes := _coded(match)) and not _kept_out(text, match)}
    if not found:
        official, names = industries.named_in_text()
        found = {match: (names[industries.letters(match[0])],) for match in official.finditer(text)}
        rest = official.sub(lambda match: " " * len(match[0]), text) if found else text
        found |= {match: codes for codes, pattern in _NAMED if (match := pattern.search(rest))}
    chosen = {code for codes in found.values() for code in codes}
    divisions = (industries.divisions(code) if code.isalpha() else (code,) for code in chosen)
    return tuple(sorted({each for codes in divisions for each in codes})), list(found)


def _pursues_more(text: str, matches: list[re.Match[str]]) -> bool:
    """Whether a text asks for a trade beside those whose names are known."""
    named = [match.span() for known in matches for match in known.re.finditer(text)]
    pursued = _PURSUED.finditer(text) if named else ()
    return any(not any(start < each.end() and each.start() < end for start, end in named) for each in pursued)


def _coded(match: re.Match[str]) -> tuple[str, ...]:
    """Return the code of revision 11 that is written, or the divisions of a range (C10~34); empty where it is none."""
    code = industries.normalise_code(match["code"])
    if code is None or not match["last"]:
        return (code,) if code else ()
    return tuple(each for each in industries.divisions() if code[:2] <= each <= match["last"])


def _kept_out(text: str, match: re.Match[str]) -> bool:
    """Whether a code is one that is not admitted, such as the last of 도매업(G46), 주류 도매업(G46331)은 제외."""
    return _KEPT_OUT.match(text, match.end()) is not None


def _is_joined(text: str, match: re.Match[str], starts: list[int]) -> bool:
    """Whether another trade stands beside a name that matched, so that taking it alone would shut companies out.

    One of the trades that are read themselves, which begin at ``starts``, is none.
    """
    if match.re is _CODE:
        return False
    before = text[max(0, match.start() - _ASIDE_BEFORE) : match.start()]
    if _ASIDE.search(before):
        return True
    behind = text[match.end() : match.end() + _NEAR].lstrip()
    joined = _JOINED.match(behind)
    if joined:
        skipped = len(text[match.end() : match.end() + _NEAR]) - len(behind)
        next_one = match.end() + skipped + joined.end()
        joined = None if any(next_one <= start <= next_one + 1 for start in starts) else joined
    if _JOINED_BEFORE.search(before) and not any(match.start() - _NEAR <= start < match.start() for start in starts):
        return True
    return bool(joined)
