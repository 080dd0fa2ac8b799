"""How much a company sells in a year, as it says itself: each sum of money belongs to a noun or a verb near it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.numerals import AMOUNT, amount
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import ASKER, is_ahead, is_anothers, is_asked, is_over, is_stated, is_wished

_SALES: Final = (
    r"(?:매\s?출(?:액|\s?규모|\s?신고액)?|매상|판매액|(?<=[년해도]\s)(?:실적|외형)(?!\s?(?:증명|제출|보고))"
    r"|(?i:revenue|sales)|(?:판"
    r"|번)\s(?:게|것이|돈이|금액이))"
)
_OTHER_MONEY: Final = (
    r"자본금|이익|수익|순익|수출|투자|대출|융자|보증금|월세|임대료|지원금|보조금|지원|계약|대금|외상|연봉|월급|급여"
    r"|인건비"
    r"|빚|부채|채무|체납|세금|국세|지방세|부가세|법인세|소득세|자금|비용|경비|권리금|시설|설비|견적|단가|가격|수주"
    r"|자산|거래액|손실"
    r"|적자|상금|과제|사업비|예산|관리비|이자|원금|카드|재고|운영비|재료비|수수료|매입"
)
_MONEY: Final = re.compile(rf"(?P<sales>{_SALES})(?!처|원가|채권|총이익)|(?P<other>{_OTHER_MONEY})")
"""What a sum of money may be of; the last such word before it has it."""
SUM: Final = re.compile(
    rf"(?P<vague>(?:(?<![가-힣])(?:약|대략|한)|\b(?i:about|around|roughly|nearly|almost|some))\s)?(?:(?P<amount>{AMOUNT})"
    rf"|(?<![\d.,])(?P<short>[1-9]천(?:\s?[1-9]백)?)(?=\s*$"
    rf"|\s?[/,.]|\s(?!원)|(?:이|입|정도|쯤|에)))"
)
_UNITS: Final = {"원": 1.0, "천원": 1e3, "만원": 1e4, "백만원": 1e6, "백만": 1e6, "천만원": 1e7, "억원": 1e8, "억": 1e8}
_MOST_DIGITS: Final = 20
"""No sum of money has more; a longer row of digits must not become a number that cannot be held."""
IN_UNITS: Final = re.compile(
    rf"{_SALES}(?:\s?\((?:20)?\d{{2}}년?도?\))?\s?"
    rf"[(\[](?:단위\s?[:：]?\s?)?(?P<unit>{'|'.join(_UNITS)})[^()\]]{{0,8}}[)\]]\s?[:：=]?\s?"
    r"(?P<number>\d[\d,]*+(?:\.\d{1,3})?)(?!\s?(?:[-~]\s?\d|[조억만천백원]))"
)
"""A sum under a heading that gives its unit, as in a form: 매출액(백만원): 1,250."""
_UNIT_ALONE: Final = re.compile(r"[(\[](?:단위\s?[:：]?\s?)?$")
"""Before a unit in brackets that is none of its own sum."""
_SHORT_UNIT: Final = 1e4
"""Thousands of sales told without a unit are of ten thousand won: 매출 9천."""
_TIME: Final = re.compile(
    r"(?P<year>(?<!\d)(?:(?:19|20)\d{2}(?=\s?년|\s?[:：]|\s?\))|\d{2}(?=\s?년(?!\s?[차째전간]))))"
    r"|(?P<said>재작년|그\s?전(?:년|\s?해)|작년|지난해|전년|올해|금년|이번\s?해)(?!\s?(?:보다|대비|에\s비해"
    r"|만\s못))|(?P<ago>\d)\s?년\s?전"
)
_YEAR_BEHIND: Final = re.compile(r"\s?(?:원)?\s?\(\s?(?:20)?(?P<year>\d{2})\s?(?:년|\))")
_UP_TO: Final = re.compile(
    r"(?:\s?(?:년도?|도|에는?|엔|의|기준|말|결산|한\s?해|동안|총|연간?|저희|우리|저희가|우리가|올린|낸|회사|전체|처음"
    r"|드디어|겨우|[:,(]))*\s?"
)
"""What may stand between a year and the word for sales that it is of."""
_ANY_SUM: Final = re.compile(AMOUNT)
_YEARS_AGO: Final = {"재작년": 2, "그전년": 2, "그전": 2, "작년": 1, "지난": 1, "전년": 1}
_CENTURY: Final = 100
"""Years written with two digits are of the current one."""
_FORM: Final = re.compile(
    r"(?:연간|연|총|한\s?해(?:로는|에는)?|년|해|도|기준|말|결산|약|대략|한|대충|거의|딱|겨우|고작|전부|모두|다|합쳐서?|합해서?|대략"
    r"|평균|나|실제|실제로|결국|오히려|규모|동안|정도|뭐|저희|우리|저희는|우리는|당사는|아직|이제|지금|현재|전체"
    r"|연매출|국내외|회사)"
    r"(?:[은는이가도의]|으로|에|에는|엔)?[:,.)]?"
    rf"|[(]?(?:(?:19|20)?\d{{2}}년?도?|작년|재작년|지난해|전년|올해|금년|\d년\s?전)(?:도|말|분|기준)?(?:[은는의]|에"
    rf"|엔|에는|에도|까지)?[:,)]?"
    rf"|{AMOUNT}(?:에서|이었는데|이었고|보다|,)?|\S*(?:[늘줄뛰오올]어서?|[아어려져쳐나와해]서|[요죠][.,]?|다[.,]"
    rf"|[었았였]는데"
    rf"|인데|는데|지만|[었았였]고|[하되]고|면서|라서|해서|까지|은요|이요\??)|아니[라고]|(?:감소|증가|하락|성장"
    rf"|상승)한|늘어난|줄어든|오른|떨어진|→|->|[:：,(]"
)
"""A word that may stand between one for sales and their sum; any other is a noun that has the sum for itself."""
_ADJACENT: Final = re.compile(r"^(?:[은는이가도을로]요?|\s?[:：])?\s?(?:[은는이가도]|\s?[:：])?\s?$")
_BEHIND: Final = re.compile(rf"^(?:의|짜리|어치)?\s?(?:연\s?)?{_SALES}(?!\s(?:[을를]\s)?\S{{0,4}}[린낸한]\s)")
_NEXT_YEAR_TOO: Final = re.compile(
    rf"^\s?(?:원)?(?:이?고|,)?\s(?:재작년|작년|지난해|올해|(?:20)?\d{{2}}년)(?:은|는|에는?|엔"
    rf"|도)?\s{AMOUNT}(?:\s?원)?(?:의|어치)?\s{_SALES}"
)
"""Another year's sum behind one, and the word for sales behind both: 작년은 3억, 재작년은 2억 매출이었습니다."""
_SOLD: Final = re.compile(
    r"^\s?(?:원)?\s?(?:어치)?(?:[을를]|으로|로)?\s?(?:팔았|팔음|팔고|팜(?=\s|$|[.,])|판매했|판매함|벌었|벌음"
    r"|신고했|신고하였|신고함"
    r"|마감했|마감함|기록했|기록함)|^\s?(?:원)?\s했(?=거든|습니|어요|슈|지요|네요)"
)
"""Verbs of selling, earning and reporting, which tell of sales without a word for them where a year is told."""
NO_SALES: Final = re.compile(
    rf"{_SALES}(?:[은이]|도|\s?[:：]|이라고는|이라 할 (?:것|게|건)[은이]?)?\s?(?:아직(?:은|까지)?\s?|여태\s?"
    rf"|현재\s?)?(?:전혀\s?|하나도\s?|한\s?푼도\s?|거의\s(?!없))?"
    r"(?:없음|없습니다|없어요|없다(?!시피)|없고|없는\s(?:상태|상황|단계|초기|스타트업|회사|신생)|없지만|없구|0\s?원"
    r"|0(?:이에요|입니다|임|\s*$|[.,/])|제로|전무"
    r"|영\s?원|발생\s?(?:전|안|하지)"
    r"|안\s?(?:나[오왔옵와]|났|생겼)|나오지\s?않|(?:無|무|[xX×])(?=\s*$|\s?[/,.)]))"
)
_BOUND: Final = re.compile(
    r"^\s?(?:원)?짜리\s(?:계약|공사|주문|수주|오더|일감)|^\s?(?:원)?(?:씩|을|를)?\s?(?:나오|하|찍|올리|벌|내)던\s"
    r"|^\s?(?:원)?(?:이|에|을|를)?\s?(?:(?![\d에으이]|밖에)[가-힣]{1,4}\s){0,2}?(?:넘|안\s?[되됐돼됩된]|못\s?[미되됐돼됩된]|모자)|^\s?(?:불|달러"
    r"|위안|엔|유로|\$|USD)"
    r"|^\s?(?:으?로)\s\S{1,4}\s것"
    r"|^\s?(?:원)?\s?(?:을|를)?\s?(?:예상|전망|추정|기대|찍[는고]|이상|이하|미만|사이|부족|모자|(?=\S+지\s?(?:않|못))"
    r"|초과|넘|돌파|까지(?!\s(?:떨|줄|늘|올))|에서|보다"
    r"|이?\s?(?:도|채)?\s?안|될까"
    r"|(?:이|에)?\s?못|이?\s?아니|이나?\s?(?:늘|줄|증가|감소|떨어|올(?!렸))|(?:늘|줄|증가|감소|떨어)|\s?(?:→|->|=>))"
)
ABOUT: Final = re.compile(
    r"^\s?(?:원)?\s?(?:정도|가량|쯤|내외|남짓|전후|대(?=[\s의이인입요예라고.,]|$)|[초중후]반|언저리|안팎|여\s?원?"
    r"|선(?=[이에])|수준)"
)
_OTHER_PERIOD: Final = re.compile(
    r"(?:자회사|계열사|그룹|자회사 포함|계열사 포함|(?<!\d)월|\d월|(?:한|두|세|석|넉|네|\d{1,2})\s?(?:달"
    r"|개월)(?:간|동안|\s동안)?|달에|매달|매월|하루|하루에|어제|그제|오늘|지난\s?주|이번\s?주|주말|평일|지난\s?달|이번\s?달|일"
    r"|주|온라인"
    r"|오프라인|매장|지점|해외"
    r"|국내|분기|상반기|하반기|누적|목표|예상|수출|건당|인당|명당|사람당|평당|객단가|점포당)(?:에|만|의)?\s?(?:평균\s?)?$"
)
_WAS_ONCE: Final = re.compile(r"^\s?(?:원)?(?:이었|였)(?:다가|는데|으나|지만|던)")
_ONCE: Final = re.compile(
    r"(?:(?<!년 )(?<!\d)전(?:에는?|엔|만\s?해도)|예전|과거|한때|한창|당시|처음|초기|초창기|시절|때)(?:에는?|엔|에|는"
    r"|만\s?해도)?\s(?:[^\s.,!?]+\s){0,2}?$"
)
"""A time that is over and has no year."""
_GOAL: Final = re.compile(r"목표|예상|계획|내년|향후|년 (?:안|내|뒤|후)에|까지(?!\s(?:떨|줄|늘|올|갔))")
_REACHED: Final = re.compile(r"^\s?[을를]?\s?(?:달성|기록)(?:했|하였|함|한\s|\s*$)")
_TO: Final = re.compile(r"^\s?(?:원)?(?:으로|로|까지)\s")
_PLAN_VERB: Final = re.compile(r"늘리(?!고 있|었)|늘릴|줄이|줄일|키우|확대하|확대할|늘어날|올리(?!었)|올릴|만들")
_REACH: Final = 80
"""Characters before a sum in which the word that it belongs to, and the year, are looked for."""


@dataclass(frozen=True, slots=True)
class _Sales:
    """A sum of the asker's sales and the year that it is of, None where none is told."""

    mention: Mention
    won: float
    year: int | None
    start: int
    """Where the word for sales begins that stands right before the sum, else the sum."""


def revenues(said: Clauses, today: date) -> Iterator[Reading]:
    """Yield what the text says of a year's sales, in won; of several years' the newest hold, older ones are guesses."""
    nouns = list(said.find(_MONEY))
    found = [each for mention in said.find(SUM) if (each := _sales(said, mention, nouns, today))]
    years = {each.year for each in found if each.year is not None}
    newest = max(years, default=today.year)
    for each in sorted(found, key=lambda each: -(each.year or today.year)):
        old = each.year is not None and each.year < max(newest, today.year - 1)
        stated = Weight.CURRENT if len(years) > 1 and each.year == newest else Weight.STATED
        vague = each.mention.match["vague"] or ABOUT.match(each.mention.after)
        weight = Weight.GUESS if old or vague else stated
        yield Reading("revenue_krw", each.won, each.start, each.mention.end, weight)
    for mention in said.find(IN_UNITS):
        if is_stated(mention) and not _OTHER_PERIOD.search(mention.before):
            yield reading(mention, "revenue_krw", won_of(mention.match))
    for mention in said.find(NO_SALES):
        if not (is_anothers(mention) or is_asked(mention)):
            yield reading(mention, "revenue_krw", 0.0)


def _sales(said: Clauses, money: Mention, nouns: Sequence[Mention], today: date) -> _Sales | None:
    """Return what a sum says of the asker's sales of a year, None where it is of something else."""
    if _UNIT_ALONE.search(money.before):
        return None
    place = bisect_right(nouns, money.start, key=lambda noun: noun.end) - 1
    noun = nouns[place] if place >= 0 and money.start - nouns[place].end <= _REACH else None
    year = _year(said, money, noun, today)
    if not (_is_of_sales(said, money, noun, year) and _is_yearly(money)):
        return None
    won = won_of(money.match)
    stated = noun is not None and _ADJACENT.match(said.text[noun.end : money.start])
    return _Sales(money, won, year, noun.start if noun and stated else money.start)


def _is_of_sales(said: Clauses, money: Mention, noun: Mention | None, year: int | None) -> bool:
    if year is not None and noun is None and _NEXT_YEAR_TOO.match(money.later):
        return True
    if _BEHIND.match(money.after) or (year is not None and _SOLD.match(money.after)):
        return noun is None or noun.match["sales"] is not None or noun.end < money.start - len(money.before)
    if year is None and (
        is_over(money)
        or _WAS_ONCE.match(money.after)
        or _ONCE.search(said.text[max(0, money.start - _REACH) : money.start])
    ):
        return False
    return noun is not None and noun.match["sales"] is not None and _has(said, noun, money)


def _has(said: Clauses, noun: Mention, money: Mention) -> bool:
    """Whether a sum is that of a word for sales before it, and the sales are the asker's."""
    between = said.text[noun.end : money.start]
    if is_anothers(noun) and not ASKER.search(between):
        return False
    if _OTHER_PERIOD.search(noun.before) and not _TIME.search(_ANY_SUM.split(between)[-1]):
        return False
    words = re.split(r"\s|→|->", between)
    return bool(_ADJACENT.match(between) or not any(words) or _FORM.fullmatch([word for word in words if word][-1]))


def _year(said: Clauses, money: Mention, noun: Mention | None, today: date) -> int | None:
    """Return the year of a sum: told behind it, between it and its noun or the sum before it, or before the noun."""
    behind = _YEAR_BEHIND.match(money.after)
    if behind:
        return int(behind["year"]) + today.year // _CENTURY * _CENTURY
    between = said.text[noun.end : money.start] if noun else money.before
    stated = list(_TIME.finditer(_ANY_SUM.split(between)[-1]))
    if not stated and noun:
        stated = [match for match in _TIME.finditer(noun.before) if _UP_TO.fullmatch(noun.before, match.end())]
    if not stated:
        return None
    last = stated[-1]
    if last["year"]:
        year = int(last["year"])
        return year if year >= _CENTURY else year + today.year // _CENTURY * _CENTURY
    return today.year - (int(last["ago"]) if last["ago"] else _YEARS_AGO.get(re.sub(r"\s|해", "", last["said"]), 0))


def _is_yearly(money: Mention) -> bool:
    """Whether a sum is of a whole year of the asker's, that was."""
    before = _ANY_SUM.split(money.before)[-1]
    if _OTHER_PERIOD.search(money.before) or _GOAL.search(before) or _BOUND.match(money.after):
        return False
    if _TO.match(money.after) and _PLAN_VERB.search(money.after):
        return False
    return is_stated(money) and (bool(_REACHED.match(money.after)) or not (is_wished(money) or is_ahead(money)))


def won_of(match: re.Match[str]) -> float:
    """Return the won of what ``SUM`` or ``IN_UNITS`` matched."""
    groups = match.groupdict()
    if groups.get("unit"):
        return float(groups["number"].replace(",", "")[:_MOST_DIGITS]) * _UNITS[groups["unit"]]
    return amount(groups["amount"]) if groups["amount"] else amount(groups["short"]) * _SHORT_UNIT
