"""What a notice gives: the most that one applicant gets, and the share of the cost that it bears itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from typing import Final

from loaders.eligibility.findings import Finding
from loaders.eligibility.money import Sum, sums
from loaders.eligibility.passages import Passage, Span

_APPLICANT: Final = (
    r"(?:기업|업체|개\s?사|점포|매장|사업장|사|지원\s?대상|지원\s?기업|소상공인|과제|(?<![가-힣])개소|법인|동일인|대상자|(?<![가-힣])팀)\s?"
    r"(?:\([^()]{1,8}\)\s?)?(?:당|별)"
)
_OTHERS: Final = (
    r"(?:(?<![법일])인|명|편|대|근로자|건|종|채널|회|월|년도|팀원|작품|품목|제품|곳|실|세대|가구|프로젝트|프로그램)"
    r"\s?(?:당|별)"
)
_PER = re.compile(rf"(?P<applicant>{_APPLICANT})(?!\s?상이)|(?P<other>{_OTHERS})")
_BREAK = re.compile(r"\s-\s|※|☞|\n|ㆍ\s")
_MONTHLY = re.compile(
    r"(?:월|매월|개월|매달|월평균)\s?(?:간\s?)?(?:[가-힣]{1,4}비\s?)?(?:최대\s?)?(?:약\s?)?(?:각각\s?)?(?:\d[\d,]*\s?[~∼～-]\s?)?$"
    r"|×\s?$|인건비\s?(?:일부\s?)?\(?\s?(?:최대\s?)?(?:약\s?)?$"
)
_RATE = re.compile(r"(?<!연 )(?<!연간 )\d\s?(?:회|일|건|대|박)(?:에|당)?\s?(?:최대\s?)?(?:\d[\d,]*\s?[~∼～-]\s?)?$")
"""A sum a day or a time, of which a most may be told beside it."""
_OF_THE_STATE = re.compile(r"총\s?국비\s?$")
"""What the state pays in all for a project that may be cut into several."""
_AVERAGE = re.compile(r"평균\s?$")
_TOTAL = re.compile(
    r"(?:예산|총액|총\s?사업비|규모|총|총\s?상금|산정특례금액|출연금|협약)\s?(?:규모\s?)?(?:약\s?|:\s?)?$"
)
_WHOLE_OF_ONE = re.compile(r"(?<![가-힣] )총\s?$")
_WITHIN = re.compile(r"\s?(?:\([^()]{0,30}\)\s?)?(?:이내|한도|까지)")
"""How a whole is bounded that one applicant gets: 총 30백만원 이내."""
_REPLACED = re.compile(r"\s?(?:이내|한도|까지|이하)?\s?(?:→|⇒|➝|->)|\s?(?:\([^()]{0,12}\)\s?)?(?:우선\s?)?추천")
"""What stands behind a sum that another took the place of, or for which one is only recommended."""
_OF_SEVERAL = re.compile(r"\s?\(\s?(?:총\s?)?\d{1,3}\s?개?\s?(?:과제|기업|업체|사|팀|컨소시엄)[^()]{0,6}각")
_EACH = re.compile(r"(?<!\d)\d{1,3}\s?개?\s?(?:과제|기업|업체|사|팀|컨소시엄)[^()]{0,6}각\s?(?:최대\s?)?$")
"""A sum of several applicants together, and that of each of them."""
_NOT_GIVEN = re.compile(r"\s?(?:이상|초과)")
_A_UNIT = re.compile(r"\s?(?:이내|한도|까지|이하)?\s?/\s?(?:건|대|회|인|명|편)")
_ANOTHERS = re.compile(r"(?:구매|발주|수요)\s?기업\s?$")
"""The other firm of a deal, whose sum is not the applicant's."""
_OF_AN_ITEM = re.compile(
    r"(?:운송료|운송비|항공료|통역비|출장비용?)\s?\(\s?(?:최대\s?)?$"
    r"|(?:숙박비|체재비|교통비|식비|발송비|현장\s?운영비)\s?(?:지원\s?)?(?:\(\s?)?(?:(?:기업|업체|1?사)당\s?)?(?:최대\s?)?$"
)
"""A sum for one cost of several."""
_ITEM_BEHIND = re.compile(r"\s?(?:이내|한도|까지)?\s?\)\s?(?:편도|왕복)\s?(?:항공|운송|교통)")
_PRIZE = re.compile(
    r"(?:(?<![가-힣])대상|최우수상|우수상|장려상|금상|은상|동상)"
    r"\s?(?:\(?\d{1,2}[인팀명점]\)?\s?)?(?:각\s?)?$"
)
"""A sum that only who wins a contest gets."""
_WAGES = re.compile(r"인건비\s?(?:일부\s?)?\(?\s?(?:최대\s?)?(?:약\s?)?$")
_WAGES_A_MONTH = re.compile(r"\s?\(\s?월")
"""The whole of wages, whose monthly part stands behind it."""
_COST_OF = re.compile(r"([가-힣]{1,8}(?:비|료|수당|응원금))\s?\(?\s?(?:최대\s?)?$")
"""The cost that a sum pays, of which a benefit may name several with a sum each."""
_YOUNG = re.compile(r"청년\s?(?:\d\s?명\s?)?(?:에게\s?)?\d\s?년간\s?(?:최대\s?)?$")
_LARGE: Final = 1e9
"""A sum from which 내외 alone, with no word for whom, tells of a whole programme."""
_ABOUT = re.compile(r"\s?내외")
_PROJECT = re.compile(r"(?:프로젝트|작품|프로그램)\s?(?:당|별)[^☞※.]{0,10}$")
_YEARLY = re.compile(r"연(?:간)?\s?(?:최대\s?)?$")
_BESIDE = re.compile(
    r"\s?(?:\([^()]{0,12}\)\s?)?(?:이내|한도|내외|이하|까지)?\s?(?:,|또는|/|및)\s?(?:\(?[가-힣ㆍ]{2,10}\)?\s?[(:]?\s?)?(?:최대\s?)?"
)
"""What joins a sum to the one before it, with which it shares for whom it is meant: 운전자금 1억원, 시설자금 5억원."""
_UPTO_BEFORE = re.compile(
    r"(?:최대|최고|한도|상한|까지)[^\d]{0,14}$|정액\s?$|(?:지원금|장려금|(?:[가-힣]비|[가-힣]료)(?:\s중)?)\s?$|[\d천만억]\s?[~∼～-]\s?$|원\s?[~∼～-]\s?$"
)
_UPTO_AFTER = re.compile(
    r"\s?(?:\([^()]{0,30}\))?\s?(?:\)\s?)?(?:이내|한도|까지|내외|이하|범위|[~∼～]|을?\s?한도)|,\s?\S{0,8}\s?\d"
)
_LOOK: Final = 24
"""Half the characters before an amount in which its bound, or what it is for, stands. Set by hand on labelled notices.
"""
_NEAR: Final = 10
"""Characters before an amount that speak of it alone and of no other."""
_WHOLE: Final = 100.0
"""Percent."""
_MALFORMED = re.compile(r"\d,\d{4,}|\d,\d{1,2}(?!\d)[^\d.]{0,2}원")
_COST: Final = (
    r"(?:비용|사업비|경비|물류비|보험료|참가비|항공료|개발비|임차료|수수료|납부액|소비금액|구축비|소요비용|인증비|제작비"
    r"|설치비|임차비|입점\s?(?:지원)?비|임대료|장치비|송출비|검사비|시험비|소비액|실비|금액)"
)
_SHARE = re.compile(
    rf"{_COST}\s?(?:\([^()]{{1,20}}\))?(?:의|을|를|중|에\s?대해)?\s?(?:일부|기업\s?유형별로?)?\s?\(?"
    rf"(?:최대\s[^\s%]{{1,14}},\s)?(?:최대\s?)?"
    r"(?:(?P<first>\d{1,3})\s?%?\s?[~∼～-]\s?)?(?P<second>\d{1,3})\s?%(?!\s?(?:할인|이상))\s?(?:이내|까지|이하|범위|한도)?\)?"
    r"\s?(?:\([^()%]{1,30}\)\s?(?=지원|환급|보조))?(?:내에서\s?)?(?:를\s?)?(?:최대\s[^\s%]{1,14}까지\s)?(?:(?:정부|차등|국비|도비|시비|사후|현금|실비)\s?){0,2}"
    r"(?=지원|환급|보조|\)|,|\((?:[가-힣]{2,3}당\s?)?(?:최대|한도))"
)
_TIMES: Final = "×"
"""A rate of a unit price is no share of what was spent."""
_ONE_COST: Final = r"(?:항공\s?(?:료|임|비|권)|운송(?:료|비)|통역(?:료|비)|숙박비|체재비|여비)"
"""Costs of a journey, of which a notice pays a share beside others that it pays in full."""
_JOURNEY = re.compile(rf"{_ONE_COST}(?!의)[^☞※.%]{{0,24}}?(?!100)\d{{2}}\s?%")
_UNSAID = re.compile(
    rf"{_COST}의?\s?\d{{1,3}}\s?%?\s?[~∼～-]\s?100\s?%"
    rf"|부담금의\s?\d{{1,3}}\s?%|(?:사업비|소요액|공급가액)의\s?\d{{1,2}}\s?%|지원금\s?\d{{2}}\s?%"
    rf"|(?:비|료)\s?(?:및\s?[가-힣]{{2,4}}비\s?)?(?!100)\d{{2}}\s?%\s?\("
    rf"|(?:비|료)\s?\(\s?(?:\d\s?[인사]\s?){{1,2}}(?!100)\d{{2}}\s?%\s?\)|{_ONE_COST}[^☞※.%]{{0,24}}?(?!100)\d{{2}}\s?%"
)
"""A share up to all of the cost, or of one item of several."""
_RAISED = re.compile(rf"{_COST}의?\s?\d{{1,3}}\s?%[^☞※]{{0,40}}?%p?\s?(?:가산|추가)")
"""A share that some applicants have raised."""
_OWN = re.compile(
    r"(?:자부담|(?<![가-힣])자담|자기\s?부담|기업\s?부담|민간\s?부담)(?!금의\s?\d)"
    r"(?:금|률|비)?[^\d☞※.]{0,10}(?P<own>\d{1,3})\s?%"
)
_IN_FULL = re.compile(r"(?:비|료|편도)\s?100\s?%")
_ONE_OF = re.compile(r"(?:[가-힣]{2}(?<!한도)(?<!이내),|지원\s-)\s?$")
_LISTED_ON = re.compile(
    r"\s?\)?\s?,\s?(?:[가-힣]{1,8}\s?)?[가-힣]{1,4}(?:비|료)(?![가-힣])|\s?\)?\s?,\s?(?:편도|왕복)\s?(?:항공|운송)"
)
"""A list of costs before and behind the one of which a share is given."""
_LOAN: Final = re.compile(r"발주서|대출|매출|담보|기성")


_INSURANCE: Final = re.compile(r"보험(?!금)")
_INSURED: Final = re.compile(
    r"(?:보증|보험|보장|보상|가입)\s?(?:가입\s?)?(?:금액|한도|금)\s?(?:한도\s?)?(?:[은:]\s?)?(?:최대\s?)?$"
)
"""What an insurance covers, where a notice pays its premium: no sum that an applicant gets."""
_A_MONTH = re.compile(r"(?:월|매월)\s?(?:최대\s?)?$")
_ITEM = re.compile(r"\s-\s")
_UNCLEAR_BEHIND: Final = (_OF_AN_ITEM, _PRIZE, _AVERAGE, _RATE, _OF_THE_STATE)
_UNCLEAR_BEFORE: Final = (_ITEM_BEHIND, _NOT_GIVEN)
"""Words behind or before which a sum is no one applicant's most."""


class _Per(Enum):
    """For whom a sum is meant."""

    APPLICANT = 2
    ANYBODY = 1
    OTHER = 0
    UNCLEAR = -1


_GIVEN: Final = frozenset({_Per.APPLICANT, _Per.ANYBODY})


def read_amount(passage: Passage, title: Passage | None = None) -> Finding[float] | None:
    """Read the most that one applicant gets, in KRW; a sum a month or a head is left to people.

    So is one beside which another item of the list gives a sum a month, and what is insured where the title tells that
    a premium is paid.
    """
    text = passage.text
    insured = title is not None and _INSURANCE.search(title.text) is not None
    if malformed := _MALFORMED.search(text):
        return Finding(None, (passage.span(malformed),))
    judged = [(each, _Per.UNCLEAR if insured and _covered(text, each) else per) for each, per in _judged(text)]
    by = {kind: [each for each, per in judged if per is kind] for kind in _Per}
    chosen = by[_Per.APPLICANT] or ([] if by[_Per.OTHER] else by[_Per.ANYBODY])
    if not by[_Per.APPLICANT] and _add_up(text, [*by[_Per.ANYBODY], *by[_Per.UNCLEAR]]):
        return Finding(None, tuple(_span(passage, each) for each, _ in judged[:2]))
    if chosen:
        best = max(chosen, key=lambda each: each.krw)
        beside = (each for each in by[_Per.OTHER] if _exceeds(text, each, best) or _monthly_beside(text, each, best))
        if other := next(beside, None):
            return Finding(None, (_span(passage, other), _span(passage, best)))
        return Finding(best.krw, (_span(passage, best),))
    return Finding(None, tuple(_span(passage, each) for each, _ in judged[:2])) if judged else None


def _exceeds(text: str, each: Sum, best: Sum) -> bool:
    """Whether a sum is that of one project, of which an applicant may have more than a company gets otherwise."""
    return each.krw > best.krw and _PROJECT.search(text[max(0, each.start - _LOOK) : each.start]) is not None


def _monthly_beside(text: str, each: Sum, best: Sum) -> bool:
    """Whether a sum is paid each month beside another one, as an item of its own in the same list."""
    between = text[min(each.end, best.end) : max(each.start, best.start)]
    return _A_MONTH.search(text[: each.start]) is not None and _ITEM.search(between) is not None


def _covered(text: str, each: Sum) -> bool:
    """Whether a sum is what an insurance covers."""
    return _INSURED.search(text[max(0, each.start - _LOOK) : each.start]) is not None


def _add_up(text: str, given: list[Sum]) -> bool:
    """Whether several costs are paid with a sum each, one of them fixed: no one of these is the most."""
    costs = [cost for each in given if (cost := _COST_OF.search(text[max(0, each.start - _LOOK) : each.start]))]
    return len({cost[1] for cost in costs}) > 1 and any("최대" not in cost[0] for cost in costs)


def _judged(text: str) -> Iterator[tuple[Sum, _Per]]:
    """Yield the sums that are not the whole programme's; one that is joined to another shares for whom it is."""
    before, meant = 0, None
    for each in sums(text):
        per = _meant_for(text, each)
        if per is _Per.UNCLEAR and meant in _GIVEN and _BESIDE.fullmatch(text, before, each.start):
            per = meant
        before, meant = each.end, per
        if per is not None:
            yield each, per


def _span(passage: Passage, each: Sum) -> Span:
    """Return the span of a sum with the word or two before it."""
    lead = passage.text[max(0, each.start - _NEAR) : each.start]
    return passage.between(each.start - len(lead) + lead.find(" ") + 1, each.end)


def _meant_for(text: str, each: Sum) -> _Per | None:
    """Return for whom a sum is meant; None where it is the whole programme's."""
    before = text[max(0, each.start - _LOOK * 2) : each.start]
    if _WAGES.search(before) and _WAGES_A_MONTH.match(text, each.end):
        return _Per.APPLICANT
    if _MONTHLY.search(before) or _YOUNG.search(before) or _A_UNIT.match(text, each.end):
        return _Per.OTHER
    if _ANOTHERS.search(before) or _REPLACED.match(text, each.end) or _OF_SEVERAL.match(text, each.end):
        return None
    if any(words.search(before) for words in _UNCLEAR_BEHIND) or any(
        words.match(text, each.end) for words in _UNCLEAR_BEFORE
    ):
        return _Per.UNCLEAR
    return _named_for(text, each, before)


def _named_for(text: str, each: Sum, before: str) -> _Per | None:
    """Return for whom a sum is meant by the words before it that name somebody, or tell that it is a most."""
    breaks = [match.end() for match in _BREAK.finditer(before)]
    before = before[breaks[-1] :] if breaks else before
    named = list(_PER.finditer(before))
    if named or _EACH.search(before):
        return _Per.APPLICANT if not named or named[-1]["applicant"] else _Per.OTHER
    if _TOTAL.search(before):
        bounded = _WHOLE_OF_ONE.search(before) and _WITHIN.match(text, each.end)
        return _Per.ANYBODY if bounded else None
    upto = _UPTO_BEFORE.search(before) or _UPTO_AFTER.match(text, each.end)
    whole = each.krw >= _LARGE and _ABOUT.match(text, each.end) and not _YEARLY.search(before)
    return _Per.ANYBODY if upto and not whole else _Per.UNCLEAR


def read_own_share(passage: Passage) -> Finding[float] | None:
    """Read the least share of the cost, in per cent, that the applicant bears."""
    if more := _RAISED.search(passage.text):
        return Finding(None, (passage.span(more),))
    if match := _OWN.search(passage.text):
        return Finding(float(match["own"]), (passage.span(match),))
    borne = {match: _WHOLE - most for match in _SHARE.finditer(passage.text) if (most := _given(passage.text, match))}
    if (
        borne
        and (cost := _JOURNEY.search(passage.text))
        and all(cost.start() <= m.end() and m.start() <= cost.end() for m in borne)
    ):
        return Finding(None, (passage.span(cost),))
    if not borne:
        unsaid = _UNSAID.search(passage.text)
        return Finding(None, (passage.span(unsaid),)) if unsaid else None
    spans = tuple(passage.span(match) for match in borne)
    whole = _IN_FULL.search(passage.text) or any(
        _ONE_OF.search(passage.text, 0, match.start()) or _LISTED_ON.match(passage.text, match.end()) for match in borne
    )
    return Finding(None if whole or len(set(borne.values())) > 1 else borne.popitem()[1], spans)


def _given(text: str, match: re.Match[str]) -> float | None:
    """Return the per cent of the cost that is given; None where it is no share of a cost, or all of it."""
    around = text[max(0, match.start() - _NEAR) : match.end()]
    most = max(float(match["first"] or 0), float(match["second"]))
    return most if not (_LOAN.search(around) or _TIMES in around) and 0 < most < _WHOLE else None
