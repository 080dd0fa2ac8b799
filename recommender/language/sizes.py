"""How many work for a company and how much it sells, as it says itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.numerals import AMOUNT, COUNT, amount, count
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import is_anothers, is_asked, is_stated, is_wished

STAFF_WORD: Final = (
    r"(?:상시\s?근로자|근로자|종업원|임\s?직원|직\s?원|고용\s?인원|현재 인원|총\s?인원|사원|팀원|구성원"
    r"|정규직|(?:상시|상근|상주)\s?인력|(?:고용|[4사]대)\s?보험 (?:가입자|가입 인원|피보험자)|스태프"
    r"|[4사]대\s?보험\s?(?:들어간|가입한|가입된|되는|든)\s?(?:사람|직원)"
    r"|스탭|(?i:staff)|종사자"
    r"|고용한 (?:사람|인원)|근무\s?인원|근무자|상시\s?고용|일하는 (?:사람|분)"
    r"|일꾼|인부|식구)"
)
_NUMBER: Final = rf"(?P<number>{COUNT})\s?(?:명|인(?![가-힣])|인(?=이|입|인|으로|규모|의 )|사람|분(?=이|의|과|\s|$))"
_APPROXIMATE: Final = r"(?P<vague>약|대략|한)?\s?"
_BARE_HEADS: Final = r"(?:(?<=[다요.,]\s)|(?<![가-힣] )(?<![가-힣]))인원(?=[은는이]\s?(?:총\s?)?(?:약\s?)?\d)"
_HEADCOUNT: Final = re.compile(
    rf"(?:{STAFF_WORD}|{_BARE_HEADS})(?:분)?(?:들)?(?:[은는이가을를도]|은요|이요\?|\s?수(?:[은는가도]|\s?[:：])?|\s?총원|\s?[:：])?\s?"
    rf"(?:(?P<present>지금은?|현재는?)\s)?(?:모두\s(?:합쳐|합해서?)|모두|총|다 합쳐|저 빼고|저를? 제외하고"
    rf"|(?:대표|사장) 제외)?\s?"
    r"(?:(?:알바|아르바이트|일용직|파트타임)(?:는|를)?\s?(?:말고|빼고|제외하고)\s?"
    r"|[가-힣]{2,5}\s?\d{1,3}\s?명\s?(?:을\s)?포함(?:해서|하여|해)?\s?(?:총\s)?)?"
    rf"{_APPROXIMATE}{_NUMBER}"
)
_STAFF_AFTER: Final = re.compile(rf"{_APPROXIMATE}{_NUMBER}(?:의|이|가)?\s?(?:정규\s?|상시\s?)?{STAFF_WORD}")
_TOGETHER: Final = (
    rf"(?P<number>{COUNT})"
    r"(?:\s?(?:명|인(?![가-힣])|인(?=이|입|인)|사람|분(?=이))|(?=이|입|\s*$|[.,])|(?<=[가-힣])(?=인데))"
)
_WITH_OWNER: Final = re.compile(
    r"(?<![가-힣])(?P<owner>(?:저희?|대표(?:이사|자)?|사장|원장|점주|본인|나)(?:님)?(?:를|을)?\s?(?:포함|까지))(?:해서|하여"
    r"|해)?\s?(?:총|모두)?\s?" + _TOGETHER
)
_AT_WORK: Final = re.compile(
    rf"(?:총|모두|현재|지금)?\s?{_APPROXIMATE}{_TOGETHER}(?:이서|서|이|가)?\s?(?:함께\s|같이\s)?"
    r"(?=근무(?!할)|일하|일합|일해|일함|재직)"
)
_NOW: Final = re.compile(
    rf"(?:지금은?|현재는?|이제는?|(?:늘|줄)어(?:서|나)?\s(?:총|모두)?|(?:저희|우리|당사)(?:\s?(?:본사|회사"
    rf"|가게|공장))?[은는]|우린|저흰)\s?(?:모두|총|직원|고작|겨우|달랑)?\s?{_APPROXIMATE}{_NUMBER}"
)
_CHANGED: Final = re.compile(
    rf"{STAFF_WORD}(?:\s?수)?[은는이가을를]?\s?(?:(?:줄|늘)어(?:서)?\s)?{COUNT}"
    rf"(?:\s?(?:명|인)(?:에서|을|\s?(?:→|->|=>|⇒))|[을를])\s?"
    rf"(?P<number>{COUNT})\s?(?:명|인|사람|분)?(?:으로|로|이)?\s?(?P<verb>\S*)"
)
_CHANGED_TO: Final = re.compile(
    rf"{STAFF_WORD}(?:\s?수)?[은는이가을를]?\s(?:\S{{1,6}}\s){{0,3}}?"
    rf"(?P<number>{COUNT})\s?(?:명|인|사람)?(?:으로|로)\s(?P<verb>\S*)"
)
_BESIDE_OWNER: Final = re.compile(
    rf"(?<![가-힣])(?:저|나|대표|사장)(?:님)?\s?(?:말고|외에|빼고)\s?(?:직원(?:이)?\s)?{_NUMBER}(?:이)?\s?(?:더\s?)?(?=있|일하|일합|일해|근무)"
)
"""How many there are beside the owner; needs a word for staff."""
_KEPT: Final = re.compile(
    rf"(?<![가-힣])사람은\s?(?:(?:저|나|대표)\s?빼고\s)?{_NUMBER}(?:을|를)?\s?(?=쓰고|쓰는|씁니다|써요|두고|데리고)"
)
_LEFT: Final = re.compile(
    rf"(?<!부부 )(?<!둘 )(?:{_NUMBER}"
    r"|(?P<alone>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열))(?:이|만)?\s?남(?:았|아(?! 있던))"
)
"""How many are left after some have gone; needs a word for staff."""
_CORRECTED: Final = re.compile(rf"{STAFF_WORD}[은는이가]?\s?{COUNT}\s?(?:명|인)이?\s?아니[라고]\s?{_NUMBER}")
_BARE: Final = re.compile(
    r"(?:임\s?직원|직원|종업원|근로자|스태프|정규직|고용\s?인원|(?<![가-힣] )(?<![가-힣])인원)"
    r"\s?(?:수)?(?:[은는이가]|은요|이요\?)?\s?[:：]?"
    r"\s?(?P<number>\d{1,5}(?!,?\d)|(?:열|스물|서른|마흔|쉰)\s?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)?"
    r"|하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)(?:\s?명)?(?=\s?(?:[/,.;]|$|\n)|에\s|이고|이랑|이며|이서|입니다|이에요|이요|\s(?:있습|있어요|있고|뿐|데리고|두고|쓰고)|\s매출|\s[가-힣]{2,4}\s?[:：])"
)
_OWNER_WORDS: Final = re.compile(
    r"(?<![가-힣])(?:1|일)인\s?(?:기업|사업|회사|창업|미용|가게|샵|개발)|(?:저|나)\s?혼자(?:서)?\s?(?:예요"
    r"|이에요|입니다|임|운영|일|합니다|해요|하|다)"
    r"|(?<![가-힣])혼자(?:서)?\s(?:\S{1,8}\s)?(?!\S*(?:고민|걱정|준비|공부|연구|생각|살림|창업|노력))"
    r"\S{1,10}[을를]\s(?:꾸려|꾸리|운영|하고 있|합니다|해요)"
    r"|(?:직원|종업원)(?:[은이]|이라고는)?\s저\s?(?:하나|혼자)?\s?(?:뿐|밖에)|(?<![가-힣])저\s?하나(?:뿐|밖에)"
    r"|(?<![가-힣])혼자(?:예요|이에요|입니다)(?=\s*$|[.,!])"
    r"|(?<![가-힣])혼자(?:서)?\s?(?:운영|일하|일합|일해|합니다|해요|하고 있|하는|다 (?:하|합|해))"
    r"|나홀로\s?(?:사장|운영|가게)"
)
_NO_STAFF: Final = re.compile(
    rf"{STAFF_WORD}(?:[은는이도을를]|들은)?\s?(?:한\s?명도?|하나도|아무도|아직|따로|별도로)?\s?"
    r"(?:無|없음|없다|없습니다|없어요|없고|없구|없지만|없이(?!는|도)|없는(?= (?:1인|일인|가게|업체|회사|온라인|개인"
    r"|소상공인|무인))|없(?=\s*$)|없어서|0\s?명"
    r"|안\s?(?:둬요|둡니다|두고|써요|씁니다|쓰고)|한\s?명도\s(?:안\s?[두둡쓰씁써]|(?:두|쓰|고용하)지\s?않))"
)
_NOT_FOR_LONG: Final = re.compile(r"\s?(?:시작|창업|출발|개업)|[을를들]|이\s?많|\s?(?:지원|대상|창조|전용|육성)")
"""What follows where it began without staff, or where such companies are its customers."""
_GONE: Final = re.compile(
    r"^(?:이나|[이가을를은는도])?\s?(?:\S+\s){0,3}?"
    r"(?:부족|모자라|모자란|퇴사|퇴직|그만|나갔|나가|떠났|떠나|이직|육아|휴직|휴가|병가|출산|내보|감원|정리"
    r"|충원|증원|해고|줄|늘|결원)"
)
_NOT_ALL: Final = re.compile(
    r"^(?:당(?=\s)|도(?=\s)|[이가만]?\s?(?:더\s)?있(?:으면|었으면)|[이가만]\s?더"
    r"|에서|에게|포함|씩|이?\s?(?:미만|이하|이상|초과|넘|안팎|이내|채 안|도 안)|이?던|이?었던"
    r"|이?었|였|까지|부터"
    r"|에\s[가-힣]{2,6}\s?(?:\d{1,3}|한|두|세|네)\s?명|\s?[한두]\s?명|\s?(?:더|추가)\s|[을를]?\s?(?:더|추가)|째|중(?=\s(?!\d{1,3}\s?명)))"
)
_OF_WHOM: Final = re.compile(r"^\s?중(?:에)?\s(?:\d{1,3}|한|두|세|네)\s?명")
"""Some of those that there are, whatever is told of them: 직원 6명 중 2명이 곧 그만둡니다."""
_WHAT_IT_IS: Final = re.compile(
    r"(?:의|인|이|으로|\s?규모)?\s?(?:규모|있|운영|근무|일하|회사|기업|업체|공장|중소|소|이며|이고|입니다)"
)
"""A number that tells of the company, whatever the clause goes on to wish for: 직원 5명인 회사로 판로를 찾고 싶다."""
_ROUGHLY: Final = re.compile(r"^이?\s?(?:정도|가량|쯤|내외|남짓|전후)")
_SOME_OF_THEM: Final = re.compile(
    r"(?:외국인|청년|장애인|신규|생산직|사무직|파트타임|시간제|계약직|비정규직|홀|주방|영업|연구|개발)\s?$"
)
_OVER: Final = re.compile(rf"{STAFF_WORD}(?:\s?수)?[은는이가]?\s?(?:약\s?)?(?P<number>\d[\d,]*+)\s?여\s?(?:명|인)")
_THEN: Final = re.compile(
    r"실제로(?:는)?\s?$|(?:당시|초기|처음|시작할 때|예전|과거|원래|한때|전성기)(?:에|엔|에는|는|은)?\s(?:\S+\s){0,2}?$"
)
_PRESENT: Final = re.compile(r"지금|현재|이제")
_PERMANENT: Final = re.compile(r"정규직")
_AND_OTHERS: Final = re.compile(r"계약직|비정규직|파트|시간제|알바|아르바이트")
_NO_MORE: Final = re.compile(r"밖에 없|뿐")

_OF_YEAR: Final = r"(?:20\d{2}|\d{2})년(?:도)?(?:\s?(?:기준|말|결산|에))?"
_REVENUE: Final = re.compile(
    rf"(?<!수출)(?<!수출 )매\s?출(?:액|\s?규모|\s?신고액)?(?:\s?\({_OF_YEAR}\))?(?:[은는이가도]요?|\s?[:：])?\s?"
    rf"(?:{_OF_YEAR}\s)?(?:연간"
    rf"|연|총|한 해|(?:작년|전년|지난해)\s?(?:기준|말)?)?\s?"
    rf"(?P<vague>약|대략|한)?\s?(?P<amount>{AMOUNT})"
)
_REVENUE_CHANGED: Final = re.compile(
    rf"매출(?:액)?[은는이가을를]?\s?(?:{AMOUNT})(?:에서|까지\s\S{{1,6}})\s?(?:(?:작년|지난해|지금|올해)[에은는]?\s)?"
    rf"(?P<amount>{AMOUNT})(?:으로|로)\s?(?P<verb>\S*)"
)
_REVENUE_FILED: Final = re.compile(
    rf"(?:작년|전년|지난해)에?\s(?:한\s해\s)?(?:동안\s)?(?:총\s|전부\s|모두\s)?(?:매출(?:액)?을\s?)?(?P<amount>{AMOUNT})"
    r"(?:(?:으로|로)?\s(?=신고|마감|기록)|\s?(?:원\s?)?(?:어치)?[를을]?\s?(?=팔았|판매했))"
)
_REVENUE_CORRECTED: Final = re.compile(rf"매출(?:액)?[은는이가]?\s?(?:{AMOUNT})이?\s?아니[라고]\s?(?P<amount>{AMOUNT})")
_REVENUE_OF_YEARS: Final = re.compile(
    rf"매출(?:액)?[은이]?\s[^.!?\n]{{0,24}}?,\s?(?:작년|지난해|전년)[에은]?\s?(?P<amount>{AMOUNT})"
)
_REVENUE_BY_YEAR: Final = re.compile(
    rf"매출(?:액)?[은이]?\s?(?:20\d{{2}}년(?:에|도)?(?:엔|에는)?\s?{AMOUNT}\s?(?:,|→|->|에서)\s?){{1,3}}"
    rf"(?P<year>20\d{{2}})년(?:에|도)?(?:엔|에는)?\s?(?P<amount>{AMOUNT})"
)
_REVENUE_FELL: Final = re.compile(
    rf"매출(?:액)?[^.!?\n]{{0,40}}?(?:작년|지난해)(?:엔|에는|에|은)?\s(?P<amount>{AMOUNT})(?:까지|으로|로)\s?(?P<verb>\S*)"
)
_REVENUE_TOLD: Final = re.compile(
    rf"매출(?:액)?(?:[^.!?\n]{{0,40}}?(?:저희는|우리는)|[은이]?\s?(?:작|적|크지 않)아요[.,]?)\s(?P<amount>{AMOUNT})"
    r"(?=이었|였|입니다|이에요|이요|인데)"
)
"""Sales that are told apart from the word for them, after somebody else's or after what one thinks of them."""
_REVENUE_BEFORE: Final = re.compile(
    rf"(?<![가-힣])(?:연|작년에?|지난해에?)\s(?P<amount>{AMOUNT})\s?(?:의\s)?매출(?=\s*$|[.,]|[을이]?\s?(?:올렸|냈|기록했|나왔))"
)
_REVENUE_GROWN: Final = re.compile(
    rf"{AMOUNT}(?:이던|였던|이었던|하던)\s매출(?:액)?[이은]\s(?:(?:작년|지난해|지금|올해)[에은는]?\s)?"
    rf"(?P<amount>{AMOUNT})(?:으로|로)\s?(?P<verb>\S*)"
)
_NO_REVENUE: Final = re.compile(
    r"매출(?:액)?[은이]?\s?(?:아직\s?)?(?:전혀\s?)?(?:없음|없습니다|없어요|없다|0\s?원|0(?:이에요|입니다|임|\s*$))"
)
_BOUND: Final = re.compile(
    r"^\s?(?:원)?\s?(?:조금|좀|살짝|약간)\s?(?:안|못|넘|모자)|^\s?(?:불|달러|위안|엔|유로|\$|USD)|^\s?(?:으?로)\s\S{1,4}\s것|^\s?(?:원)?\s?(?:을|를)?\s?(?:예상|전망|추정|기대|찍[는고]|이상|이하|미만|초과|넘|안팎|돌파|까지|에서"
    r"|이?\s?(?:도|채)?\s?안"
    r"|(?:이|에)?\s?못|이?\s?아니|이나?\s?(?:늘|줄|증가|감소|떨어|올)|(?:늘|줄|증가|감소|떨어))"
)
_ABOUT: Final = re.compile(r"^\s?(?:원)?\s?(?:정도|가량|쯤|내외|남짓|전후|대(?=[\s의이인입]|$)|여\s?원?)")
_OTHER_PERIOD: Final = re.compile(
    r"(?:자회사|계열사|그룹|자회사 포함|계열사 포함|월|한\s?달|하루|일|주|온라인|오프라인|매장|지점|해외"
    r"|국내|분기|상반기|하반기|누적|목표|예상|수출"
    r"|건당|객단가|점포당)\s?$"
)
_GOAL: Final = re.compile(r"목표|예상|계획|내년|향후|년 (?:안|내|뒤|후)에|까지")
_REACHED: Final = re.compile(r"^\s?[을를]?\s?(?:달성|기록)(?:했|하였|함|한\s|\s*$)")
_YEAR: Final = re.compile(r"(?P<year>(?:19|20)\d{2})\s?년")
_YEAR_BEHIND: Final = re.compile(r"\s?\(\s?(?P<year>(?:19|20)\d{2})\s?년")
_CHANGED_VERB: Final = re.compile(
    r"(?:늘었|늘어|늘렸|늘린|증가했|증가하였|증가|줄었|줄어|줄였|감소했|감소하였|감소|되었|됐|성장|올랐|떨어|내려|뛰었|확대했|반토막|급감)"
)
_PLAN_VERB: Final = re.compile(r"늘리|늘릴|줄이|줄일|키우|확대하|확대할|늘어날|올리")


def employees(said: Clauses) -> Iterator[Reading]:
    """Yield how many employees the text tells of; the owner, who is none, is taken off where counted in."""
    staffed = re.search(STAFF_WORD, said.text)
    for pattern, holds, weight in _HEADCOUNTS:
        for mention in said.find(pattern) if staffed or pattern not in _NEED_STAFF else ():
            if holds(mention):
                yield _headcount(mention, weight)
    yield from _no_employees(said)


def _no_employees(said: Clauses) -> Iterator[Reading]:
    for pattern in (_NO_STAFF, _OWNER_WORDS):
        for mention in said.find(pattern):
            if not (is_anothers(mention) or is_asked(mention) or _NOT_FOR_LONG.match(mention.after)):
                yield reading(mention, "employees", 0)


def _counts(mention: Mention) -> bool:
    """Whether a number of people is that of the asker's employees now."""
    after = mention.after
    if _NO_MORE.match(after):
        return not is_anothers(mention)
    then = _THEN.search(mention.before) and not _PRESENT.match(mention.match[0])
    once = then or (not _OF_WHOM.match(after) and (_NOT_ALL.match(after) or _GONE.match(after)))
    return is_stated(mention) and not (once or _is_planned(mention))


def _is_planned(mention: Mention) -> bool:
    return is_wished(mention) and not _WHAT_IT_IS.match(mention.after)


def _has_changed(mention: Mention) -> bool:
    """Whether a change of the asker's has happened, not been planned."""
    verb = mention.match["verb"] + mention.after
    planned = _PLAN_VERB.search(verb) or is_wished(mention)
    return bool(_CHANGED_VERB.search(verb)) and is_stated(mention) and not planned


def _headcount(mention: Mention, weight: Weight) -> Reading:
    groups = mention.match.groupdict()
    number = count(groups["number"] or groups["alone"])
    if groups.get("owner"):
        number = max(number - 1, 0)
    if groups.get("present"):
        weight = Weight.CURRENT
    some = _SOME_OF_THEM.search(mention.before) or (
        _PERMANENT.match(mention.match[0]) and _AND_OTHERS.search(mention.later)
    )
    if some or groups.get("vague") or _ROUGHLY.match(mention.after):
        weight = Weight.GUESS
    return reading(mention, "employees", number, weight)


_HEADCOUNTS: Final[tuple[tuple[re.Pattern[str], Callable[[Mention], bool], Weight], ...]] = (
    (_CHANGED, _has_changed, Weight.CURRENT),
    (_CHANGED_TO, _has_changed, Weight.CURRENT),
    (_CORRECTED, is_stated, Weight.CURRENT),
    (_WITH_OWNER, _counts, Weight.CURRENT),
    (_NOW, _counts, Weight.CURRENT),
    (_LEFT, is_stated, Weight.CURRENT),
    (_BESIDE_OWNER, is_stated, Weight.STATED),
    (_KEPT, _counts, Weight.STATED),
    (_HEADCOUNT, _counts, Weight.STATED),
    (_STAFF_AFTER, _counts, Weight.STATED),
    (_AT_WORK, _counts, Weight.STATED),
    (_BARE, _counts, Weight.STATED),
    (_OVER, is_stated, Weight.GUESS),
)
"""Ways to tell of employees, whether a mention of one does, and what it weighs."""
_NEED_STAFF: Final = (_NOW, _LEFT, _BESIDE_OWNER)
"""Ways that tell of employees only where the text has a word for staff."""


def revenues(said: Clauses, today: date) -> Iterator[Reading]:
    """Yield what the text says of a year's sales, in won; sums of older years are guesses."""
    for pattern, holds, weight in _REVENUES:
        for mention in said.find(pattern):
            if holds(mention):
                year = int(mention.match.groupdict().get("year") or today.year)
                held = weight if year >= today.year - 1 else Weight.GUESS
                yield reading(mention, "revenue_krw", amount(mention.match["amount"]), held)
    for mention in said.find(_REVENUE):
        if _is_yearly(mention):
            yield reading(mention, "revenue_krw", amount(mention.match["amount"]), _revenue_weight(mention, today))
    for mention in said.find(_NO_REVENUE):
        if not (is_anothers(mention) or is_asked(mention)):
            yield reading(mention, "revenue_krw", 0.0)


def _is_past(mention: Mention) -> bool:
    return is_stated(mention) and not is_wished(mention)


_REVENUES: Final[tuple[tuple[re.Pattern[str], Callable[[Mention], bool], Weight], ...]] = (
    (_REVENUE_CHANGED, _has_changed, Weight.CURRENT),
    (_REVENUE_GROWN, _has_changed, Weight.CURRENT),
    (_REVENUE_FELL, _has_changed, Weight.CURRENT),
    (_REVENUE_TOLD, _is_past, Weight.STATED),
    (_REVENUE_BEFORE, _is_past, Weight.STATED),
    (_REVENUE_BY_YEAR, _is_past, Weight.CURRENT),
    (_REVENUE_CORRECTED, is_stated, Weight.CURRENT),
    (_REVENUE_OF_YEARS, _is_past, Weight.CURRENT),
    (_REVENUE_FILED, _is_past, Weight.STATED),
)
"""Ways to tell of sales that were, whether a mention of one does, and what it weighs."""


def _is_yearly(mention: Mention) -> bool:
    if _OTHER_PERIOD.search(mention.before) or _GOAL.search(mention.before) or _BOUND.match(mention.after):
        return False
    return is_stated(mention) and (bool(_REACHED.match(mention.after)) or not is_wished(mention))


def _revenue_weight(mention: Mention, today: date) -> Weight:
    behind = _YEAR_BEHIND.match(mention.after)
    years = [behind["year"]] if behind else _YEAR.findall(mention.before + mention.match[0])
    old = years and int(years[-1]) < today.year - 1
    if old or mention.match["vague"] or _ABOUT.match(mention.after):
        return Weight.GUESS
    return Weight.STATED
