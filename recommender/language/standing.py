"""What a company says of itself that may bar it from support."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.predicates import is_past, is_sought
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import EXISTS, is_anothers, is_of_persons, is_over, is_stated, is_wished

_NOW: Final = r"중(?!이었|에)"
_DONE: Final = r"(?:(?:했|됐|되었)(?!던|다가|었)|됨(?=\s|$|[.,!]))"
_TAX: Final = r"(?:국세|지방세|세금|부가세|부가가치세|소득세|법인세|종소세|종합소득세|재산세|원천세|주민세)"
_LOAN: Final = r"(?:대출|빚|카드론|이자|융자|상환|할부|원금|원리금|카드값|카드대금|신용카드|금융권)"
_SUM: Final = r"(?:약\s?)?(?:[\d,]+\s?[천백십]?(?:만|억)?\s?원(?:[이가은]|정도)?\s?(?:정도가?\s?)?)?"
_NOT_BEFORE: Final = r"(?<!안 )(?<!못 )(?<!안)(?<!않고 )"
"""A verb is denied by the word right before it, in any ending: 안 밀렸어라."""
_BEHIND: Final = (
    rf"{_NOT_BEFORE}"
    r"밀(?:려|렸(?!었)|린(?!\s?(?:적|것|건|거|게|일|돈|데|바|세금|금액)?[이도은]?"
    r"\s?(?:하나|한\s?번|전혀)?\s?(?:도\s)?없|\s?적))"
)
_GAP: Final = r"(?:(?!월세|임대료|관리비|대금|보험|급여|임금|외상|완납|없)[^.,!?\n]){0,20}?"
"""What may stand between a debt and what is told of it, no other debt among it."""
_UNPAID: Final = (
    r"(?:미납\s?(?:상태|중(?!이었|에)|입니다|이에요)|못\s?(?:냈|냄|낸(?!\s?적)|내고\s?있|갚고\s?있|갚았|내서\s|납부했"
    r"|납부하고\s?있)"
    r"|안\s?(?:냈|내고\s?있))"
)
_OWES: Final = (
    rf"(?:하고\s?있|하는 중|{EXISTS}|{_NOW}|{_DONE}|상태|된\s(?:상태|게|것|금액)|되어|돼|으로|로\s"
    rf"|[과와]\s[^.,\n]{{0,15}}?(?:{EXISTS}|{_NOW}))"
)
_STANDING: Final = {
    "closed": (
        (
            rf"폐업(?:을|\s?신고(?:를|까지|도|는)?)?\s?(?:다\s|모두\s)?(?:{_DONE}|냈(?!다가)|마친\s?(?:상태|지)|하였|처리\s?(?:{_DONE}|완료"
            rf"|하고(?!\s?싶))|하고(?![^.!\n]{{0,20}}(?:싶|려|예정"
            rf"|계획|생각))|자(?=입|예|이에)|함(?=\s|$|[.,])|상태|한 상태"
            rf"|마쳤|완료|한\s?지\s(?:이제\s|벌써\s)?(?:\d{{1,2}}|한|두|세|몇)\s?(?:년|해|개월|달"
            rf"|주)\s?(?:이\s)?(?:됐|되었|됩|넘었|지났|입니다)"
            r"|한 (?:개인|소상공인|자영업자|사장))"
        ),
        (
            r"(?:가게|식당|매장|사업|사업체|회사|공장|장사|카페)[를을도]?\s?(?:완전히\s)?(?:접었(?!다가)|접음"
            r"|접은 (?:상태|지)|접고 (?:쉬|지금)|정리했|닫았(?!다가))"
        ),
        r"문을?\s?닫(?:았(?!다가)|고\s(?:지금은?\s|현재\s)?쉬|은\s?(?:상태|지)|게 됐)",
    ),
    "suspended": (
        (
            rf"(?:휴업|휴점|휴폐업)\s?(?:신고[는를]?\s(?:(?!안|못)\S+\s){{1,4}}?해\s?(?:놨|놓|뒀|둔)"
            rf"|신고(?:를)?\s?(?:했"
            rf"|하고|마|완|냈|해\s?(?:놨|놓|뒀|두))|{_NOW}|상태|하고 있)"
        ),
    ),
    "tax_arrears": (
        rf"{_TAX}{_GAP}(?:\d{{1,3}}(?:,\d{{3}})*\s?[천백십]?(?:만|억)?\s?원[이가도은]?\s(?:정도\s|좀\s|조금\s)?)?{_BEHIND}",
        rf"{_TAX}\s?(?:[\d,]+만?\s?원\s)?체납(?:자)?(?=\s*[.!\n]|\s*$|입니다|이에요|예요)",
        rf"체납(?:이|액이?|세금이|금이?|된 세금이)?\s?(?:조금\s|좀\s)?{_SUM}(?:{EXISTS}|{_NOW}|상태|되어 있|돼 있)",
        rf"{_TAX}{_GAP}{_UNPAID}",
        rf"{_TAX}{_GAP}체납\s?(?:{_OWES}|입니다)",
        rf"{_TAX}\s?체납(?:액|금)(?:[은이]|\s?[:：])?\s?(?:약\s)?[1-9][\d,]*\s?[천백]?만?\s?원",
        r"(?<![가-힣])체납자(?=예요|입니다|이에요|임(?=\s|$|[.,]))",
        r"체납으로\s(?:\S+\s)?(?:거절|압류|제한|탈락)",
    ),
    "overdue": (
        (
            rf"{_LOAN}[^.,\n]{{0,12}}?연체\s?(?:[를을]?\s?{_DONE}|{_NOW}|라서?(?=\s)|상태|되어|되고|돼|하고 있|입니다"
            rf"|[가이]\s?{EXISTS})"
        ),
        rf"{_LOAN}[^.,\n]{{0,12}}?{_BEHIND}",
        rf"{_LOAN}{_GAP}{_UNPAID}",
        rf"(?<![가-힣])연체\s?(?:{_NOW}|상태|가\s?{EXISTS})|연체자(?=입|예|이에)",
    ),
    "unregistered": (
        (
            r"사업자\s?(?:등록(?:증|번호)?)?[은는이을를가도]?\s?(?:(?:아직|여태|아직까지|지금까지|따로|별도로)도?\s)?(?:없(?=[이는습어음고다])|아직(?=이|입"
            r"|\s*$"
            r"|[.,])|안\s?(?:했|한|함(?=\s*(?:$|[,./]))|냈"
            r"|낸|된|됐|되어|내고\s(?!싶))|하지\s?않)"
        ),
        (
            r"아직\s사업자[는가도]?\s?없(?=[이는습어음고다])|(?:아직\s)?사업자\s?(?:를\s)?내기\s?전(?=입|이에"
            r"|이라|이고"
            r"|임|\s*$)"
        ),
        (
            r"사업자\s?미등록|사업자\s?등록(?:증)?\s?(?:전(?=입|이|임|\s*$)|미(?:등록|발급))|미등록\s?(?:사업|상태"
            r"|프리랜서|업체)"
        ),
    ),
}
_PATTERNS: Final = {name: re.compile("|".join(patterns)) for name, patterns in _STANDING.items()}
_OTHER_DEBT: Final = re.compile(r"대금|월세|임대료|관리비|미수|납품|물품|보험|연금|급여|임금")
_SETTLED: Final = re.compile(
    r"완납|다 (?:냈|갚|납부|내고|낸)|갚았|(?:다\s|모두\s|전부\s|싹\s)?(?:정리|청산|정산)(?:했|됐|되었|하였|함)"
    r"|해결(?:했|됐|되)|납부(?:했|완료)|해소"
)
_NO_LONGER: Final = re.compile(r"^\S{0,2}?(?:다가|었다|었었|던\s)|^\S{0,2}?었(?:는데|지만|으나|고)")
"""An ending that says that it was so and is over: 밀렸다가, 휴업 신고했다가."""
_RESUMED: Final = re.compile(
    r"다시\s(?:\S+\s){0,2}?(?:열었|시작했|시작해서|(?:영업|장사|운영)(?:했|하고\s?있|\s?중))|재개(?:했|하였|함|중)"
)
_ONE_OF_SEVERAL: Final = re.compile(
    r"(?:(?<![가-힣])(?:지점|분점|\d호점|하나|한\s?(?:곳|군데|개)|나머지|다른\s?(?:곳|가게|매장|지점)))[은는이가만]?\s$"
)
"""A part of the business, which has others."""
_REGISTERED: Final = re.compile(r"사업자\S{0,4}\s?(?:등록\S{0,2}\s)?(?:냈(?!다가)|했(?:습|어|고|음)|나왔|받았)")
_BY_INSTALMENTS: Final = re.compile(r"체납[^.,\n]{0,20}?(?:분할\s?납부|분납|징수\s?유예|납부\s?유예)")
_SINCE: Final = re.compile(
    r"재(?:창업|개업)(?:해|했|하여|한|\s*$|[,.])|다시 (?:시작했|열었|창업했|개업했)|(?:지금은?"
    r"|현재는?)\s[^.!?\n]{0,20}?(?:영업|운영|장사)|새로 (?:시작했|시작해서|열었|차렸)"
)
_FORMER: Final = re.compile(r"(?:전\s?대표|전임자)(?:이|은|가|는)\s")
"""Of who led it before, whose debts are no concern of the company's."""
_ONCE_RUN: Final = re.compile(r"(?:예전|이전|옛날|(?<![가-힣])전)에\s(?:제가\s)?(?:운영|장사|영업)?\s?(?:하던|했던)\s")
"""Heads a sentence on an earlier business, whose end is not that of the present one."""
_NOT_CLOSED: Final = re.compile(r"폐업(?:[은을]|\s?신고[는를]?)?\s?(?:아직\s)?(?:안\s|하지\s?않)")
_FOR_THE_DAY: Final = re.compile(r"(?:요일|시|에는|명절)\S*\s?$")


def standings(said: Clauses) -> Iterator[Reading]:
    """Yield what may bar the asker from support, by the names of ``TextFacts.standing``."""
    for name, pattern in _PATTERNS.items():
        for mention in said.find(pattern):
            if _is_so(mention, name) and not (name == "closed" and _is_open(said, mention)):
                yield reading(mention, "standing", name)
    for mention in said.find(_BY_INSTALMENTS):
        if not is_anothers(mention):
            yield reading(mention, "standing", "tax_arrears", Weight.GUESS)


def _is_open(said: Clauses, mention: Mention) -> bool:
    """Whether another business ended, or it began again after, or the end was not registered."""
    earlier = _ONCE_RUN.search(mention.earlier + mention.match[0])
    return bool(earlier or _SINCE.search(said.text, mention.end) or _NOT_CLOSED.search(said.text))


def _is_so(mention: Mention, name: str) -> bool:
    then = is_past(mention) or is_over(mention) or is_sought(mention)
    if then or _FORMER.search(mention.before) or is_of_persons(mention) or not is_stated(mention):
        return False
    if _is_over(mention, name) or (name in {"closed", "suspended"} and _ONE_OF_SEVERAL.search(mention.before)):
        return False
    settled = _SETTLED.search(mention.later)
    if settled and not re.search(_TAX, mention.later[: settled.start()]):
        return False
    if name in {"overdue", "tax_arrears"}:
        deferred = _BY_INSTALMENTS.search(mention.match[0] + mention.later)
        return not (_OTHER_DEBT.search(mention.before) or deferred or is_wished(mention))
    return not (_FOR_THE_DAY.search(mention.before) or (name == "suspended" and is_wished(mention)))


def _is_over(mention: Mention, name: str) -> bool:
    """Whether the sentence says that it was so once: it opened again, or registered since."""
    since = {"suspended": _RESUMED, "unregistered": _REGISTERED}.get(name)
    return bool(_NO_LONGER.match(mention.after) or (since and since.search(mention.later)))
