"""Least and most that a notice admits: years in business, staff, yearly sales."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from loaders.eligibility.choices import of_a_partner, one_is_enough
from loaders.eligibility.findings import Finding
from loaders.eligibility.money import SUM, krw
from loaders.eligibility.passages import Passage

_LEAST: Final = ("이상", "초과", "부터", "넘", "경과한", "지난")
_MOST: Final = ("이내", "이하", "미만", "까지", "지나지 아니", "지나지 않", "경과하지 아니", "경과하지 않")
_CMP: Final = "|".join((*_LEAST, *_MOST))
_JOINT: Final = r"\s*(?:[~∼～-]|이며|이고|,|부터)?\s*"
_ASIDE: Final = r"\*{0,2}\s?(?:\([^()\d]{1,12}\)\s?)?(?:[이을]\s?(?=지나|경과|넘|초과))?"


@dataclass(frozen=True, slots=True)
class Limits:
    """Least and most admitted; None where there is no such bound."""

    least: float | None = None
    most: float | None = None

    def and_(self, other: Limits) -> Limits | None:
        """Return what both admit; None where that is nothing."""
        least = max((each for each in (self.least, other.least) if each is not None), default=None)
        most = min((each for each in (self.most, other.most) if each is not None), default=None)
        return None if least is not None and most is not None and least > most else Limits(least, most)


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of limit.

    ``field`` is the id of the rule that judges it. ``found`` finds a range behind its word (업력 7년 이내) or before it
    (5인 이상 사업장); a match behind ``never_behind``, before ``never_before`` or with ``never_within`` in it is
    something else; ``spoken`` finds that the text speaks of it at all, ``beyond`` that some are admitted beyond the
    limit (신산업은 10년까지).
    """

    field: str
    found: re.Pattern[str]
    never_behind: re.Pattern[str]
    never_before: re.Pattern[str]
    never_within: re.Pattern[str]
    spoken: re.Pattern[str]
    beyond: re.Pattern[str]
    value: Callable[[str, str], float]


def _range(quantity: str, unit: str, aside: str = _ASIDE) -> str:
    """Return the pattern of one or two bounds of a quantity; the unit of the first may be left out before ``~``."""
    return (
        rf"(?P<a>{quantity})\s?(?P<au>{unit})?{aside}(?P<ac>{_CMP})?"
        rf"(?:{_JOINT}(?P<b>{quantity})\s?(?P<bu>{unit}){aside}(?P<bc>{_CMP})?)?"
    )


def _years(number: str, unit: str) -> float:
    return float(number) / 12 if unit.endswith("월") else float(number)


def _heads(number: str, _unit: str) -> float:
    return float(number.replace(",", ""))


def _won(written: str, _unit: str) -> float:
    return krw(written)


_YEARS: Final = _range(r"(?<!\d)\d{1,2}", r"년|개월|월(?=\s이상)")
_HEADS: Final = _range(
    r"(?<![\d,])\d{1,3}(?:,\d{3})?|(?<!\d)\d{4}",
    r"인|명",
    _ASIDE + r"(?:\s?(?:상시\s?)?(?:종업원|근로자)\s?(?=이상|이하|미만))?",
)
_SALES: Final = _range(SUM, r"(?!)|")
_BETWEEN: Final = r"[^\d☞※.;:()\n]{0,12}?"
_AGED: Final = (
    r"업력|창업|설립|개업|개시|영업자\s?시작|(?<![가-힣])(?<!에서 )영업(?=\s\d)"
    r"|사업자\s?등록(?:일|을?\s?(?:한|필한)\s?후|\s?후(?=\s?\d))"
    r"|(?:영업|사업)\s?(?:신고|등록)일?\s?(?:\([^()]{1,24}\)\s?)?(?:완료\s?)?후"
    r"|(?:영업|사업자?)\s?(?:신고|등록|허가)(?:일?로부터|한\s?지|을\s?한\s?지)?(?=\s?\d)"
)
_COUNTED: Final = (
    r"상시\s?근로자|상시\s?종업원|근로자|종업원|종사자|피보험자|직장\s?가입자|임직원|(?:재직|고용)\s?(?:인원|인력)|(?<![가-힣])직원"
    r"|(?:기업|업체|사업장)\s?\("
)
_PLACES: Final = r"(?:사업장|기업|업체|사업체|중소|중견|우선지원|제조|소공인|소상인)"
_OF_A_TRADE: Final = r"(?:[가-힣]{2,8}(?<![한된인의로는은을를할고와과며])\s)?"
"""A field of trade that stands between a number and the companies it is of."""

_NOTHING: Final = re.compile(r"(?!)")
_NO_AGE: Final = r"근무|재직|고용|유지|거래|실적|투자|경력|신규|수출|상용|특허|재무제표|폐업"
_KINDS: Final = (
    _Kind(
        "age",
        re.compile(
            rf"(?:{_AGED})(?:\s?\([가-힣\s]{{2,12}}\))?{_BETWEEN}{_YEARS}|{_YEARS.replace('?P<', '?P<t')}\*{{0,2}}\s?"
            r"(?:의\s?)?(?:[가-힣]{2,4}\s(?=스타트업|창업(?:기업|자)))?(?:(?:초기|기술)\s?창업|(?:\(예비\)\s?)?창업|스타트업|(?:계속\s?|정상\s?)?영업|가동"
            r"|(?:사업을?\s?)?(?:실제\s?)?(?:영위|운영(?=\s?(?:중|하고|해|한\s?(?:자|기업|업체|업소|사업[자장체]|소상공인)))))"
        ),
        re.compile(r"(?:만|최근|향후|공장\s?등록\s?후)\s?$"),
        re.compile(r"근무|재직"),
        re.compile(r"\s-\s|협약|선정|채용|수혜|BI|졸업"),
        re.compile(
            r"업력|(?:창업|설립|개업)\s?(?:한지|한 지|일로부터|후|일)?\s?\d{1,2}\s?년"
            r"|\(\s?\d{1,2}\s?년\s?(?:미만|이내|이하)\s?\)|(?<!\d)\d{1,2}\s?(?:년|개월)이?\s?(?:이상|이내|미만|이하|지나지)"
            rf"(?:(?!{_NO_AGE})[^.☞※]){{0,28}}(?:창업|운영|가동|영업|영위|사업장|경과|제조|경영|업무를\s?수행)"
            r"|\d\.?\s?이후\s?(?:에\s)?(?:창업|설립|개업)|\d\.?\s이전부터\s[^☞※]{0,30}(?:사업자\s?등록|영업|유지)|\d\s?개년\s?(?:결산|재무)"
            r"|운영\s?기간\s?\d{1,3}\s?일|영업\s?\d{1,2}\s?(?:개월|월|년)\s?이상|소재\s?\d{1,2}\s?년\s?이상"
            rf"|\d{{1,2}}\s?(?:년|개월)\s?(?:이상|이전에?)\s(?:(?!{_NO_AGE})[^.☞※]){{0,24}}(?:본사|공장|지사|사업장|소재)"
        ),
        re.compile(
            r"(?:신\s?산업|초격차|딥\s?테크|첨단|실감형?|콘텐츠|해당\s?분야)(?:[^☞※(]{0,12}\([^()☞※]{1,60}\))?[^☞※]{0,16}?"
            r"\d{1,2}\s?년\s?(?:이내|미만|이하|까지)"
            r"|\d{1,2}\s?년까지\s?(?:가능|인정|허용)"
            r"|\([^()☞※]{0,8}(?:신\s?산업|초격차|딥\s?테크)[^()☞※]{0,14}?\d{1,2}\s?년\s?\)"
            r"|\d{1,2}\s?년\s?(?:이내|미만|이하)(?:인|의)?\s?(?:창업\s?)?기업\s?(?:또는|혹은|이거나)\s?[^\s☞※]{1,8}\s?기업"
        ),
        _years,
    ),
    _Kind(
        "size",
        re.compile(
            rf"(?:{_COUNTED}){_BETWEEN}{_HEADS}|{_HEADS.replace('?P<', '?P<t')}"
            rf"\s?(?:의\s?|규모의?\s?)?{_OF_A_TRADE}{_PLACES}"
        ),
        re.compile(r"(?:당|소속)\s?$|신규\s?(?:채용|고용)[^가-힣]*$"),
        re.compile(r"신규|(?:기업|업체|사업장)의?\s?경우|채용(?:한|하|할|된|후)|구성|주민|순증|증가"),
        _NOTHING,
        re.compile(
            r"(?:근로자|종업원|피보험자|임직원)\s?(?:수|\d)|(?<!\d)\d{1,4}\s?(?:인|명)\s?(?:이상|이하|미만)\s?[^\s]*(?:기업|사업장|업체)"
            r"|(?:근로자|종업원|상주\s?인[력원])[이가]?\s?\d{1,3}\s?(?:인|명)|1인\s?(?:자영업자|소상공인|사업자)"
        ),
        re.compile(
            r"(?:제조업|건설업|운수업|광업)[^☞※\d]{0,16}?\d{1,2}\s?[인명]\s?미만\s?(?:\)|까지|가능)"
            r"|\d\s?[인명]\s?미만(?:도|인?\s?경우(?:도|에도)?)?\s?(?:신청\s?|지원\s?|참여\s?)?(?:가능|허용)"
        ),
        _heads,
    ),
    _Kind(
        "revenue",
        re.compile(rf"매출(?:액)?\)?{_BETWEEN}{_SALES}"),
        re.compile(r"(?:카드|판매)\s?$"),
        re.compile(r"증가|감소|피해"),
        _NOTHING,
        re.compile(r"매출|\d\s?[만천백억]\s?(?:불|달러|\$)|수출\s?(?:액|실적)?\s?(?:U?S?\$\s?)?\d|수출액|판매액"),
        _NOTHING,
        _won,
    ),
)
_EXCEPTED = re.compile(
    r"(?:인|의|한)?\s?(?:창업|중소)?\s?(?:기업|업체|경우|사업자|자)?(?:[은는의]|에는)?\s?(?:경우)?(?:에?는)?\s?예외"
)
"""What stands behind a limit that frees whoever is within it of another condition."""
_IN_PART = re.compile(r"(?:인|의)?\s?(?:기업|업체|사업자|자)[은는]\s[^☞※.;\n]{4,48}?만\s?(?:신청|지원|참여)\s?가능")
"""What stands behind a limit of those who get only a part of what is given."""
_AROUND: Final = 8
"""Letters beside a number that say what it counts: the longest words for it have six, and a blank on either side."""
_ONE_OF = re.compile(
    r"(?:(?<!창업)기업|소상공인|업체|(?<!창업)사업자)(?:\([^()]{0,12}\))?\s?(?:,|및|또는|혹은)\s?(?:[가-힣]{2,6}\s)?$"
    r"|(?<!예비 )(?<!초기 )(?<!예비창업자 )(?<!예비창업 )(?:또는|혹은)\s?(?:최근\s?\d\s?년\s?)?(?:연\s?)?$"
)
"""What stands before a limit that only one of several groups of applicants has: 일반 소상공인 및 창업 1년 미만."""
_OR_ELSE = re.compile(
    r"(?:인|의|한)?\s?(?:기업|업체|자)?\s?(?:이?거나|또는|혹은)\s[^☞※.;\d]{0,12}(?:매출|수출|근로자|종업원|업력|투자|특허|고용)"
)
"""What stands behind a limit beside which another condition is enough: 매출 50억원 이상 또는 수출 10만불 이상."""
_ONE_OF_BEFORE: Final = 30
"""Letters before a limit in which ``_ONE_OF`` may end; its longest form has 27."""
_TRACK = re.compile(
    r"(?:^\s*(?:[-①-⑩]\s?)?|\s[-①-⑩]\s?)(?!\s?(?:청년|근로자|참여자|구직자))(?:\([^()]{2,14}\)|[^:\-☞※]{2,20}\s?:)"
)
"""The head of one of several groups of applicants, such as ``- (유망기업)`` or ``- 잠재기업 :``."""
_CONDITION = re.compile(
    r"\((?:수출\s?실적|매출액?|업력|소재지|규모)\)|(?:소재지|매출액?|업력|규모|업종|근로자|종업원|인원|요건|기준)[^:()]{0,6}:"
)
"""Heads of conditions of everybody, such as ``② 매출액 :``."""
_ALL_NEEDED = re.compile(r"(?:모두|각\s?항목을?|동시에)\s?(?:충족|만족|해당)")


def read_limits(passage: Passage) -> dict[str, Finding[Limits]]:
    """Read the limits that a passage sets, by field (``age`` in years, ``size`` in heads, ``revenue`` in KRW).

    Where the passage sets two that differ, or speaks of one in words that are not understood, the finding has no value;
    where it admits some beyond the limit, the limit is doubtful.
    """
    return {kind.field: found for kind in _KINDS if (found := _read(kind, passage))}


def _read(kind: _Kind, passage: Passage) -> Finding[Limits] | None:
    matches = (match for match in kind.found.finditer(passage.text) if not _is_other(kind, passage.text, match))
    read = [(limits, match) for match in matches if (limits := _limits(kind, match))]
    spans = tuple(passage.span(match) for _, match in read)
    matched = [match for _, match in read]
    if (
        read
        and all(limits == read[0][0] for limits, _ in read)
        and _holds_for_all(passage.text, matched)
        and not any(one_is_enough(passage.text, match.start()) for match in matched)
    ):
        beyond = kind.beyond.search(passage.text)
        return Finding(read[0][0], (*spans, *([passage.span(beyond)] if beyond else ())), doubtful=beyond is not None)
    if not read and (spoken := kind.spoken.search(passage.text)):
        spans = (passage.between(spoken.start(), min(spoken.end() + 16, len(passage.text))),)
    return Finding(None, spans) if spans else None


def _holds_for_all(text: str, matches: list[re.Match[str]]) -> bool:
    """Whether a limit is set for every group of applicants that the text tells apart."""
    if any(_OR_ELSE.match(text, match.end()) for match in matches):
        return False
    if any(_ONE_OF.search(text[max(0, match.start() - _ONE_OF_BEFORE) : match.start()]) for match in matches):
        return False
    if _ALL_NEEDED.search(text):
        return True
    heads = [track for track in _TRACK.finditer(text) if not of_a_partner(track[0])]
    tracks = [] if any(_CONDITION.search(head[0]) for head in heads) else [head.start() for head in heads]
    within = {bisect(tracks, match.start()) for match in matches}
    return len(tracks) <= 1 or 0 in within or len(within) == len(tracks)


def _is_other(kind: _Kind, text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - _AROUND) : match.start()]
    behind = text[match.start() : match.end() + _AROUND]
    if _EXCEPTED.match(text, match.end()) or _IN_PART.match(text, match.end()):
        return True
    return bool(
        kind.never_behind.search(before) or kind.never_before.search(behind) or kind.never_within.search(match[0])
    )


def _limits(kind: _Kind, match: re.Match[str]) -> Limits | None:
    bounds = list(_bounds(kind, match))
    least = next((value for value, compared in bounds if compared in _LEAST), None)
    most = next((value for value, compared in bounds if compared in _MOST), None)
    if kind.field == "size":
        least, most = _whole(least, "초과", bounds, 1), _whole(most, "미만", bounds, -1)
    if (least is None and most is None) or (least is not None and most is not None and least > most):
        return None
    return Limits(least, most)


def _whole(value: float | None, word: str, bounds: list[tuple[float, str]], step: int) -> int | None:
    """Return the bound as the last whole number that it admits."""
    return None if value is None else int(value) + (step if (value, word) in bounds else 0)


def _bounds(kind: _Kind, match: re.Match[str]) -> Iterator[tuple[float, str]]:
    """Yield each bound and how it compares; the first of ``3~7년`` is the least."""
    named = match.groupdict()
    side = "" if named.get("a") else "t"
    first, second = (
        (named.get(side + name), named.get(f"{side}{name}u") or "", named.get(f"{side}{name}c")) for name in "ab"
    )
    if second[0] is not None:
        if first[0] is not None:
            yield kind.value(first[0], first[1] or second[1]), first[2] or "이상"
        yield kind.value(second[0], second[1]), second[2] or "이하"
    elif first[0] is not None and first[2] and (first[1] or kind.field == "revenue"):
        yield kind.value(first[0], first[1]), first[2]
