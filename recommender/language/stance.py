"""Whose fact a mention states, and whether it holds now: not another's, asked, wished, denied or past."""

from __future__ import annotations

import re
from typing import Final

from recommender.language.clauses import CLAUSE_END, PAST, Mention
from recommender.language.described import describes_another
from recommender.language.predicates import is_condition, is_hearsay, is_refused, is_sought

WISH: Final = r"싶|희망|원하|원함|필요|준비|예정|계획|받으려|하려|되려|채용|뽑|구하|구합|구해|모집"
"""Pattern of words that wish or plan."""
_GOAL: Final = re.compile(
    rf"{WISH}|려고|려는|목표|달성|꿈|소원|바라[보봅봐본]|^\s?[을를]\s?보고\s?있|검토|고민|신청(?:했|하|중|함)|구인"
)
IS: Final = (
    r"(?:이긴|이야(?![가-힣])|입니|이고|이며|인데|이에|예요|에요|임|이다|이라|이지만|이면서|이기도|이어|이구|인(?=\s))"
)
"""Pattern of a copula after a noun."""
EXISTS: Final = r"있(?!으면|나|을|는지|었|던|어야|어도|다면|지 않|지는)"
"""Pattern of a verb that says that there is something now."""
_ANOTHER: Final = re.compile(
    r"(?:거래처|거래 ?업체|(?:납품|공급) ?업체(?=\s?[쪽측])|고객사?|협력(?:업체|사|회사)|납품처|공급처|공급사|매입처"
    r"|매출처|경쟁\s?(?:사|업체)"
    r"|모회사|모기업|자회사|계열사|관계사|본청|원청사?"
    r"|의뢰(?:인|사|\s?(?:기업|업체|회사))|하청|하도급|대기업|발주처|수요처|바이어|타사"
    r"|(?:(?:납품|거래|공급|투자|출자|입점|입주|근무|대출|협력|소개|인수)(?:하던|하려는|할|하는|한|했던|해\s?준"
    r"|해\s?있는)|다니던|(?:대표|이사|임원|직원)(?:으?로\s있던|였던|이던))\s"
    r"(?:[가-힣]{1,4}\s?)?(?:회사|법인|업체|기업|직장|벤처캐피탈|은행|마트|백화점|가게|공장|식당|매장|쇼핑몰|센터|병원"
    r"|학교|호텔)"
    r"|(?:다른|이전|예전|옛|(?<![가-힣])전) (?:회사|업체|기업"
    r"|가게|직장|사업장?|매장|식당|점포)"
    r"|(?:(?<![가-힣])(?:거기|저기|그쪽|저쪽)|(?<![가-힣])[거저](?=긴\s)|(?<![가-힣])그\s?(?:집|회사|가게|업체|공장|친구|사람|양반))|상대(?:방|편)|임차인|동업자|세입자|친구|지인|배우자|남편|아내|와이프|부모님|아버지"
    r"|아버님|어머니|아들(?:내미|래미|녀석|놈)?|(?<![가-힣])(?:큰|작은|막내)?딸(?:아이|애|내미|래미|년)?|(?:큰|작은|막내)\s?(?:애|아이)|사위|며느리|장인|장모|조카|사촌|외?삼촌|이모|처남|처제|할머니|할아버지|시댁|처가|시아버지|시어머니|시부모"
    r"|(?:주변|이웃|근처|옆|앞|윗|아랫|아래층|위층|\d\s?층) ?(?:가게|상가|상인|업체|식당|매장|공장|집|회사)|건물주"
    r"|임대인|파트너사?"
    r"|투자사|입주사|회원사|프랜차이즈 본사"
    r"|(?<![가-힣])(?:(?:사촌|친|큰|작은|막내)?\s?(?:형|누나|동생|오빠|언니)|매형|형부|올케|시누이|고모|선배|후배|동창|처형))"
    r"(?:님|들|네)?(?:\s?[쪽측])?(?:\s?(?:회사|가게|업체|기업|식당|공장|매장|카페|학원|농장|집|사장|대표|담당자|지점장|점장|팀장|과장))?(?:\s(?:한|두|세|네|몇|여러"
    r"|\d{1,3})\s?(?:곳|군데|개\s?사|명|분)|\s(?:하나|둘|셋|넷|모두|다))?"
    r"(?:(?:[은는이가의도]|긴(?=\s)|께서|에는|에서는|이라는)(?=\s|$)|\s?$)"
)
"""Another as the subject of the clause, or right before what is told of it: 거래처는 …, 협력업체 직원."""
_FIRM: Final = (
    r"(?:회사|기업|업체|공장|가게|매장|식당|카페|점포|사업장|사업|농장|학원|미용실|약국|마트|병원|법인|곳"
    r"|[가-힣]{1,4}집)"
)
_PARTNER: Final = (
    r"(?:거래처|고객사?|경쟁\s?(?:사|업체)|협력(?:사|업체)|모회사|원청사?|하청|발주처|납품처|바이어|파트너사|입점사"
    r"|회원사|손님)"
)
_THEIR_FIRM: Final = re.compile(
    rf"(?:(?<![가-힣])(?!저희|우리|동네)[가-힣]{{1,5}}네\s(?:\S+\s)?{_FIRM}"
    r"|(?:납품|공급|거래|투자|위탁|의뢰|입점|외주|하청|임대|지원|추천|소개|관리|협력|생산)\S{0,2}\s?"
    rf"(?:받는|받은|하는|한|주는|해\s?주는|맡긴|맡기는)\s{_FIRM}"
    r"|(?:분|씨|님|사람|친구)(?:이|가|께서)\s(?:\S+\s)?(?:하|운영하|다니|차리|하시|운영하시|차린|세운|연)(?:는|던|신)?\s"
    rf"{_FIRM}"
    rf"|(?<![가-힣])(?:아는|친한|모르는|알고\s지내는)\s(?:\S+\s)?(?:분|사장|대표|언니|형|동생|사람|{_FIRM})"
    rf"|(?:옆|앞|뒤|근처|주변|맞은편|건너편)에\s(?:있는|있던|생긴)\s(?:\S+\s)?{_FIRM}"
    rf"|(?<![가-힣])(?:어떤|어느|여느|웬만한|유명한|딴|큰)\s{_FIRM}"
    r"|(?<![가-힣])(?:같은|옆|이웃|맞은편|건너편|근처|주변|아랫|윗|바로\s옆)\s?"
    rf"(?:(?:건물|상가|골목|시장|동네|층|단지|산단|아파트)\s)?(?:(?:지하\s)?\d층\s)?(?:\S{{1,6}}\s)?{_FIRM}"
    r"|(?:접은|망한|닫은|폐업한|정리한|넘긴|팔았던|그만둔|말아먹은|(?:일하|다니|근무하)던|(?:전에|예전에|옛날에)\s(?:제가\s|내가\s)?(?:운영)?하던"
    rf"|(?<![가-힣])(?:첫|첫\s?번째|먼저|이전에?|예전|옛|지난번|먼젓번))\s(?:\S{{1,4}}\s)?{_FIRM}"
    r"|(?:가맹|대리)점주|가맹\s?본[부사]|프랜차이즈\s본[부사]"
    rf"|{_PARTNER}인\s[^\s.,!?]+|{_PARTNER}\s?(?:중에?서?|가운데)\s(?:\S+\s){{0,3}}?[^\s.,!?]+|{_PARTNER}\s(?:대부분|대다수|상당수|일부|절반)"
    rf"|(?:{_PARTNER}|(?:옆|앞|윗|아랫|이웃|근처)\s?(?:가게|집|회사|공장)|친구\s?회사)\s(?:사장|대표|담당자|직원|점장)"
    r")(?:님|들|네|님네|님들)?(?:[은는이가도]|께서)(?=\s)"
)
"""A firm that is told apart as somebody's, as one that is dealt with or near, or as one of a time before."""
_HEADQUARTERS: Final = re.compile(
    r"(?:가맹점|프랜차이즈|체인점|대리점)\S*\s[^.!?\n]{0,20}(?<![가-힣])본[부사][은는이가]\s(?:(?!저희|우리|제\s|저는|당사)[^.,!?\n])*$"
)
"""The head office of who has a franchise of it."""
_THEN_HEAD: Final = re.compile(
    r"(?:(?<![가-힣])(?:예전|옛날|과거|한때|전성기|당시)(?:에는|에|엔|는|은)?|(?<![가-힣])처음(?:에는|엔)"
    r"|(?<![가-힣])(?:코로나|[가-힣]{1,4}하기|망하기)\s?(?:이전|전)(?:에는|엔|에|까지는?|만\s?해도)"
    r"|\d\s?년\s전만\s?해도|(?<![가-힣])(?<![년월주달일]\s)전에는)\s"
)
"""A time that is over, at the head of a clause."""
_SINCE_THEN: Final = re.compile(r"지금|현재|이제|요즘|부터|이후|다가\s|\d{4}년")
ASKER: Final = re.compile(r"저희|우리|당사|본인|폐사|(?<![가-힣])(?:본사|(?:저|제|나|내)(?=[가는도의\s]))")
_OVER: Final = re.compile(
    rf"{ASKER.pattern}|(?:도와|거들)\S*[고서만데]\s|(?:물려|이어)\s?받아(?:서)?\s|(?:나와서?|독립해서?|퇴사하고|(?:인수|양수)(?:해서?|하여|받아서?)|넘겨\s?받아서?)\s|(?:접|닫|팔|넘기|정리하|그만두|폐업하)고\s|(?:많은|적은|있는|없는)\s"
)
"""After these the clause speaks of the asker again: 거래처가 많은 인쇄소."""
_FOR_ANOTHER: Final = re.compile(
    r"^\S{0,12}(?:\s\S{1,12}){0,3}?(?:회사|기업|업체|곳|공장|가게|고객사?|제품)?"
    r"(?:에|에서(?!\s[^.]{0,12}(?:납품|공급|판매|(?<!직)거래)(?!받|하는\s(?:회사|업체)|처))|에게|들에게?|[와과]"
    r"|[을를] (?:상대로|대상으로)|들과)\s[^.]{0,12}"
    r"(?:납품|공급|(?<!직)거래|판매|컨설팅|다니|다녔|다닙|다녀|근무했|근무하다|일하다|일하던|일했|일한|투자|협력(?!업체[를을]\s?(?:운영|하고|합|해)|(?:사|업체)(?:입니|이에|예요|이고|로\s))|구매|소개"
    r"|대상)"
)
ROLES: Final = (
    r"기사|강사|작가|셀러|프리랜서|디자이너|개발자|기획자|점주|조합원|농가|상인|회원|수강생|직원|종업원|알바생|매니저"
    r"|선생"
    r"|설계사|배달원|라이더|멘토|교수|학생|손님|정비사|미용사|조리사|요리사|셰프|바리스타|간호사|치료사|영업사원"
    r"|기술자"
)
"""Words for what persons are."""
_PERSONS: Final = re.compile(
    rf"(?<![가-힣])(?!저희|우리)(?:\S{{0,6}}(?:{ROLES})(?:님|분)?들?|[가-힣]{{1,6}}(?:님들|분들|자들"
    rf"|주들))[은는이가도]"
    r"\s(?:(?:(?!저희|우리|저는|당사)\S{1,8}\s){0,2}?(?!저희|우리|저는|당사)\S{0,7}[^\s은는한된든운린킨]\s)?$"
)
"""Persons as the subject of what is told, and not of what they have made: 개발자들이 만든 주식회사."""
_ELSEWHERE: Final = re.compile(
    r"(?:다른|이전|예전|옛|(?<![가-힣])전)\s(?:회사|직장)에서\s|(?:업계|동종|업종|(?<![연월가])평균)\s(?:\S+\s)?$"
    r"|(?:업계|동종|평균)[은의]?\s?$"
)
"""Where one was before, or what is usual elsewhere."""
_QUESTION: Final = re.compile(
    r"(?:나요|가요|까요|는지|은지|인지|을지)(?:요)?\s*$|궁금|되나|될까|가능한가|어떻게|얼마나|만 (?:되는|가능)"
)
_ONLY_IF: Final = re.compile(r"^(?:이)?(?:라면|면|어야|여야| 되면| 이면)|^(?:이어야|여야)")
_DENIAL: Final = re.compile(
    r"^(?:[은는이가도을를]|이나|하고는)?\s?(?:아직\s|전혀\s|따로\s)?(?:아니|아닙|아님|아닌|않|못|없(?!지)|무관"
    r"|미보유)"
    r"|^\s?[:：]?\s?[xX×](?=\s*(?:$|[,./)]))"
    r"|^(?!\S{0,3}(?:고|구|며|인데|이지만)\s)\s?(?:\S{1,8}\s){0,2}?\S{0,8}[은인한된던든린]\s(?:건|것은|것이|게|것도|적은|적이|적도|상태[는가])\s?(?:전혀\s"
    r"|아직\s"
    r"|절대\s|한\s?번도\s)?(?:아니|아닙|아님|아닌|없)"
)
"""What denies a noun, or a verb made one: 법인은 아니고, 연구소로 인정받은 건 아니고."""
_AHEAD: Final = re.compile(
    r"(?:목표|계획|꿈|바람|소망|포부)(?:[은는가]|\s?[:：])|(?:내년|내후년|후년|향후|앞으로|장차|연말|올해 말|올해 안)"
    r"(?:까지는?|에는|엔|으로|에)?\s(?!유효|만료|갱신)|20\d\d년까지는?\s(?!유효)|\d{1,2}\s?년\s?(?:안|내|이내|뒤"
    r"|후)(?:에는?|엔|까지)?\s"
)
"""What heads a sentence that tells of a time to come; all that it tells is a goal."""
_BACK: Final = re.compile(
    r"목표(?:이고|이며|인데|이지만|고\s|[가는]?\s\S{1,12}(?:이었|였)(?:는데|지만|고))|실제로|결국|정작"
    r"|[싶려]\S{0,3}(?:고|지만|는데)\s|지금|현재|이제|이미"
    r"|아직은?|작년|지난해"
    r"|올해는|저희는|우리는|당사는"
)
"""After these a sentence tells of what is again."""
_AIM: Final = re.compile(
    r"(?:[이가을를]|는\s?(?:것[이을]?|게|걸))\s?(?:저희\s|제\s|저의\s|올해\s|우선\s)?(?:목표|꿈|바람|소원"
    r"|포부)(?=[입이예로임라다]|\s*$"
    r"|[.,])"
)
"""What makes a goal of all that is listed before it: 직원 10명, 매출 10억이 목표입니다."""
_STATED: Final = re.compile(rf"[이없{PAST}](?:고|으며|지만|는데)|이며|인데|[다요][\s.,]")
"""A verb that tells of what is, before which the goal behind it does not reach."""


_LISTED_ON: Final = re.compile(r"(?:\d|[명억만천원])(?:\s?,|이고|이며)\s?$")
_CONTINUED: Final = re.compile(r"(?:[있없했됐받되]고|[있없]으며|[하있]는데)\s$")
"""A verb after which the clause goes on to tell of the same subject, unless it names one."""
_TOPIC: Final = re.compile(r"[은는]\s")
_NEW_TOPIC: Final = re.compile(r"(?:\s?수)?[은는]\s")
_HEARSAY: Final = re.compile(
    r"^(?:[^.,!?\n]{0,10}?[있없하했됐받였이])?다(?:는데|더라|던데|면서|고\s(?:합|해|하|들|했|연락|통보|문자|전화|알려|나와|나오|떠|뜨))"
    r"|^[^.,!?\n]{0,14}?[았었였했됐있없한]대요|^[^.,!?\n]{0,10}?이?라고\s(?:\S+(?:에서?|한테)\s)?(?:소개|알려|났|실렸|하더|나와|나오|나온|보도|적혀|들었|써\s?있)|^[^.,!?\n]{0,10}이(?:래요|랍니다|라네요|라던데|라는데|라더)"
)
"""What one was told: 확인서가 있다는데, 연체 중이라고 합니다."""
_WHO_ELSE: Final = re.compile(
    r"^(?:인|한|된|했던|하신|하던|하는|중인)\s(?:\S+\s){0,2}?(?:다른\s|거래처|고객|협력(?:사|업체)|납품처"
    r"|경쟁사|동업자|세입자|친구|지인|선배|후배|선생|스승|(?:사장|대표)님?(?:에게|께|한테)|분(?:에게|께|한테)"
    r"|경쟁\s?(?:사|업체)|\S*(?:회사|기업|업체)(?:에|에게|들|[와과])\s"
    r"|\S*(?:회사|기업|업체|공장|가게|점포|매장)[을를]\s(?:\S+\s)?(?:인수|임대|임차|매입|빌))"
    r"|^(?:의|짜리|인)?\s?(?:\S{1,4}\s)?(?:회사|기업|업체)\s(?:임원|직원|대표|팀장|부장|출신)(?:이었|였|으로\s있"
    r"|을\s(?:했|하다))"
    r"|^(?:[이가을를]\s)?\s?(?:있는|받은|보유한|가진)\s(?:\S+\s)?\S*(?:회사|업체|기업|공장|가게)(?:[와과을를로에의]"
    r"|에서|들)"
    r"|^(?:[을를이가]\s)?\s?\S{0,8}[는은인한된던]\s(?:\S+\s)?(?:배우자|거래처|고객(?:을|에|들|이|사)|경쟁\s?(?:사"
    r"|업체)|동업자|친구"
    r"|지인|이웃|(?:옆|앞)\s?(?:가게|집)|\S{0,4}(?:자들|분들|사람들|청년들|업체들|기업들))"
    r"|^(?:[을를이가]\s)?\s?(?:\S{1,8}은|\S{0,8}[는인한된던])\s(?:\S+\s)?(?:남편|아내|아버지|어머니)"
)


def is_anothers(mention: Mention) -> bool:
    """Whether it speaks of another company or person than the asker."""
    before = _listed_before(mention) + mention.before
    others = [match.end() for pattern in (_ANOTHER, _THEIR_FIRM) for match in pattern.finditer(before)]
    another = bool(others) and not _OVER.search(before, max(others))
    others_too = another or _ELSEWHERE.search(mention.before) or _HEADQUARTERS.search(mention.earlier)
    behind = any(pattern.match(mention.after) for pattern in (_FOR_ANOTHER, _WHO_ELSE, _HEARSAY))
    return bool(others_too) or behind or describes_another(mention) or is_hearsay(mention)


def _listed_before(mention: Mention) -> str:
    """Return the clause before, where a comma behind a number makes a list of it and this: 직원이 50명, 매출 100억."""
    earlier = mention.earlier[: len(mention.earlier) - len(mention.before)]
    continued = _CONTINUED.search(earlier) and not _NEW_TOPIC.match(mention.after)
    if mention.asked or _TOPIC.search(mention.before) or not (continued or _LISTED_ON.search(earlier)):
        return ""
    return CLAUSE_END.split(earlier.rstrip(", "))[-1] + " "


def is_asked(mention: Mention) -> bool:
    """Whether the clause asks, or makes it a condition."""
    asked = _QUESTION.search(mention.after) or _ONLY_IF.match(mention.after)
    return mention.asked or bool(asked) or is_condition(mention)


def is_denied(mention: Mention) -> bool:
    """Whether it is said not to be so."""
    return bool(_DENIAL.match(mention.after)) or is_refused(mention)


def is_wished(mention: Mention) -> bool:
    """Whether the clause goes on with a wish, a goal or a plan, or the sentence lists it among its goals."""
    aim = _AIM.search(mention.later)
    return is_sought(mention) or bool(
        _GOAL.search(mention.after) or (aim and not _STATED.search(mention.later[: aim.start()]))
    )


def is_over(mention: Mention) -> bool:
    """Whether the clause is of a time that is over: 예전에는 법인으로 운영했습니다."""
    heads = list(_THEN_HEAD.finditer(mention.before))
    return bool(heads) and not _SINCE_THEN.search(mention.before, heads[-1].end())


def is_ahead(mention: Mention) -> bool:
    """Whether the sentence began with a time to come or a goal, and has not come back to what is."""
    heads = list(_AHEAD.finditer(mention.earlier))
    return bool(heads) and not _BACK.search(mention.earlier, heads[-1].end())


def is_of_persons(mention: Mention) -> bool:
    """Whether persons are the subject, whose papers, debts and firms are their own: 기사님들은 개인사업자."""
    return bool(_PERSONS.search(mention.before))


def is_stated(mention: Mention) -> bool:
    """Whether it is said of the asker, without question or denial; what is wished for depends on the fact."""
    return not (is_anothers(mention) or is_asked(mention) or is_denied(mention))
