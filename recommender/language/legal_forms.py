"""What legal form a company says it has."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import partial
from typing import Final

from graph_schema.legal_forms import COMPANY_FORMS
from recommender.language.clauses import Clauses, Mention
from recommender.language.predicates import is_past, is_sought
from recommender.language.readings import Reading, reading
from recommender.language.stance import IS, is_of_persons, is_over, is_stated, is_wished

_PLACES_ABROAD: Final = "현지 해외 중국 베트남 미국 일본 인도 태국 필리핀 멕시코 유럽"
_OTHER_BODIES: Final = "사단 재단 복지 조합 영농 비영리 의료 학교 공익"
_NOT_OWN: Final = "(?=법인)" + "".join(
    f"(?<!{word})(?<!{word} )" for word in f"{_PLACES_ABROAD} {_OTHER_BODIES} 비 타 다른 각".split()
)
"""Before 법인; that it stands there at all is asked first, since that is soonest told."""
_FORMS: Final = {
    "corporation": (
        re.compile(
            rf"{_NOT_OWN}법인(?:\s?(?:사업자|기업|회사|업체|형태))?"
            rf"(?={IS}|\s?[,./;)]|\s*$|\s?운영|으?로 (?:운영|등록|되어|돼|나와|합니다|하고\s?있|하고요|해요)"
            rf"|(?:의|\s)?\s?대표(?=입|이|예)|\s\d{{2,4}}[.년]|\s?형태로\s|\s(?:사업"
            rf"|소상공인|직원"
            rf"|창업|설립일))"
        ),
        re.compile(
            r"(?:법인|주식\s?회사|유한\s?회사)(?:으로|로)?\s?(?:전환(?:을)?\s?(?:완료|했|하였|하여|해서|한|됨|됐"
            r"|되었)|바꿨|바꾸었|변경(?:했|됐)|바뀌었|바뀐|갈아탔|넘어갔|(?:이\s|이)?(?:됐|되었)(?!으면))"
        ),
        re.compile(
            r"(?:주식|유한)\s?회사로(?:서)?\s(?!전환|바꾸|바꿀|변경|키우|만들|가[고려]|갈)(?=\S+\s|운영|등록"
            r"|설립(?:했|됐|한|하여)|하고"
            r"|되어|시작|출발)"
        ),
        re.compile(r"\d년(?:에)?\s?(?:\d{1,2}월(?:에)?\s?)?법인(?:으로)?\s?전환(?=\s*$|\s?[.,;/)])"),
        re.compile(rf"{_NOT_OWN}법인\s?설립\s?(?:등기|신고)?[를을가이]?\s?(?:\S{{1,4}}\s)?(?:끝났|끝냈|마쳤|완료)"),
        re.compile(
            rf"{_NOT_OWN}법인[은을이]?\s(?:(?:\d{{1,4}}[년월일]|작년|올해|재작년|처음)(?:에|자로"
            rf"|[말초](?:에)?)?\s?){{0,4}}"
            r"(?:만들었|세웠|설립(?:했|하였|됐|되었)|냈|차렸)(?!던)"
        ),
        re.compile(
            rf"{_NOT_OWN}법인\s?설립(?=입니다|이에요|이고|임|\s*$|\s?[.,;/)])"
            rf"|{_NOT_OWN}법인\s?(?:전환|등기|설립)(?:일)?(?:[은는]|\s?[:：])?\s?(?:(?:19|20)?\d{{2}}\s?[년.]|작년|재작년"
            r"|올해\s(?!말|하반기|안))"
        ),
        re.compile(rf"{_NOT_OWN}법인으로\s(?:시작|출발|창업|개업|설립)(?:했|한|하였|하여|해서|됐)|(?<=\()법인(?=\))"),
        re.compile(rf"{_NOT_OWN}법인(?:을)?\s?(?:세운|만든|설립한|낸)\s?지"),
        re.compile(
            rf"{_NOT_OWN}법인(?:을)?\s(?:하나|여러\s?개|(?:한|두|세|네|\d)\s?(?:개|곳|군데))?(?:를)?\s?(?:운영|경영"
            rf"|이끌)"
            r"(?!\S*(?:려|싶|던|다가))"
        ),
        re.compile(
            rf"{_NOT_OWN}법인(?=\s\d{{1,2}}\s?년\s?[차째]|\s(?:19|20)\d\d(?:\s?[년.]\s?(?:\d{{1,2}}\s?월?)?)?\s?설립(?!\s?예정))"
        ),
        re.compile(
            rf"{_NOT_OWN}(?<![가-힣])법인(?:[은이]|으로)\s(?:아직\s|여전히\s|계속\s|지금도\s|그대로\s)?"
            r"(?:살아\s?있|남아\s?있|유지하고|유지\s중|그대로(?=입|이|예|고))(?!었|던)"
        ),
        re.compile(
            rf"{_NOT_OWN}(?:(?<=[는은한인된]\s)|(?<=전문\s)|(?<=소재\s))법인"
            r"(?=으로,?\s(?!바[꾸꿀]|전환|변경|갈|가[려고]|만들|납품|보내|옮|넘))"
        ),
        re.compile(rf"{_NOT_OWN}법인(?:을)?\s?(?:하나\s)?(?:세웠|냈|설립했|설립하였|설립해서|설립하여)(?!던)"),
        re.compile(
            r"(?:주식회사|유한(?:책임)?회사|\((?:주|유)\)|㈜)(?!\s?(?:가|는)?\s?(?:아니|아닙"
            r"|아닌))\s?(?P<name>[가-힣A-Za-z0-9&]*)"
        ),
    ),
    "sole": (
        re.compile(
            r"개인\s?사업(?:자|잔(?=데)|체|으로|을|(?=입니다|이에요|이고|임))|개인\s?(?:회사|기업|업체)(?=입|이|예|로|\s*$"
            r"|[,./])"
            r"|자영업자?|(?<![가-힣])개인으로\s(?:사업|운영|영업|장사)\s?(?=합|하고\s?있|하는|해요|중)|(?:저희는"
            r"|우리는|저는|우린)\s개인(?=입니다|이에요|이고)|간이\s?과세\s?(?:사업)?자|(?<![가-힣])개인(?=\s?[.,/])"
        ),
        re.compile(
            r"(?<![가-힣])개인\s?\(\s?법인\s?(?:은|이)?\s?(?:아님|아니|아닌|X|x|전환\s?전)"
            r"|사업자(?:등록)?[은는]?\s(?:[^\s()]+\s){0,1}?[^\s()]{1,6}\(개인(?=\))|(?:(?:유형|구분|형태)[은는]?\s?[:：]?"
            r"|[/,])\s?개인(?=\s*$|[,./])|(?:과세자|사업자|형태"
            r"|유형)\s?\(개인(?=\))"
            r"|(?<![가-힣])개인(?:이에요|입니다|이고|인데|이지)(?=,?\s?법인(?:은|이)?\s?(?:아니|아닙))"
            r"|법인(?:은|이)?\s?(?:아니고|아니라)\s?개인(?:\s?시설|\s?병원|\s?학원)?(?=입니다|이에요|이오|이고|임|\s*$)"
            r"|(?:(?:지금은|지금|아직은?|현재는?|사업자는|형태는|유형은)\s|^|(?<=[.,/]\s))개인(?=입니다|이에요|예요|이고|이요|임|인데)"
            r"|(?<![가-힣])개인으로\s(?:새로|따로|다시)\s(?:사업자\s?)?(?:냈|등록했|합니다|해요|하고\s?있)(?!다가)"
            r"|(?<![가-힣])개인(?:사업자)?으?로\s(?:되어|돼|등록되어|등록돼|신고되어|신고돼|나와"
            r"|잡혀)\s?있(?!다가|었)"
        ),
    ),
    "other": (
        re.compile(
            r"(?:사회적\s?협동조합|협동조합|사단법인|재단법인|비영리\s?(?:사단\s?|재단\s?)?법인|영농\s?조합(?:\s?법인)?"
            r"|영어\s?조합\s?법인|사회복지\s?법인|학교\s?법인|의료\s?법인|(?<![가-힣])(?:[가-힣]{2,6}\s)?(?:상인회|번영회|어촌계))"
            rf"(?={IS}|\s?[,./;]|\s*$|(?<=법인)으로,?\s(?!바[꾸꿀]|전환|변경|갈|가[려고]|만들|납품|보내|설립하|시작하)"
            r"|으로 (?:운영|등록|하고\s?있|합니다|해요|일하|되어|돼|설립)|[을를]?\s?(?:운영"
            rf"|이끌|꾸려))"
        ),
    ),
}
_ENDING: Final = re.compile(r"이?라(?:고|면|는|던|더|서|도)|이?면|였|이었|이?던|인가|이?래|인데|이고")
"""What follows a form without a blank and is no name."""
_OF_THE_NAMED: Final = re.compile(r"(?:^로|에|에게|에서|와|과|랑|를|을|로부터|한테|의|처럼|보다)$")
"""Particles after a company's name that make it another's: (주)가온에 납품."""
_LED: Final = re.compile(r"\s?(?:대표|운영|경영)")
_RELATED: Final = re.compile(r"\s?(?:협력|거래|납품|하청|대리점|출신|계열|가맹|입점|제품|물류|직원이었|퇴사)")
_SOLE_NO_MORE: Final = re.compile(
    r"에서|로 (?:시작|출발|창업|바꾸|전환|변경)|\s?(?:창업|시작)(?!\s?\d)|였|이었|이던|[를을] (?:대상|상대|위)|들|용"
    r"|만|도 (?:되|가능)|에게|에 (?:대|한)"
    r"|[와과]\s|\s(?:대출|대상|위주|고객|전용|카드|여러분|중심|신용)"
)
"""What follows where it was one once, or speaks of such people as its customers."""
_EACH_OF_THEM: Final = re.compile(r"(?<![가-힣])(?:다|다들|모두|전부|대부분|거의|각자|각각|대개|하나같이)\s$")
"""Wording of many, and the asker is one."""
_KOREAN_FORM: Final = "|".join(map(re.escape, COMPANY_FORMS))
_LATIN_FORM: Final = r"(?:co\.?,?\s?ltd|inc|corp(?:oration)?|llc|ltd|limited|gmbh|plc)\.?"
_NAME: Final = r"[가-힣A-Za-z0-9&·.\-]{1,20}"
_BODY: Final = r"[가-힣A-Za-z0-9·]{2,20}(?:대학교|진흥원|연구원|산학협력단)"
_BARE_NAME: Final = re.compile(
    rf"(?:{_KOREAN_FORM})\s?{_NAME}|{_NAME}\s?(?:{_KOREAN_FORM})|(?:[A-Za-z0-9&.\-]+,?\s){{1,4}}{_LATIN_FORM}"
    rf"|{_BODY}(?:\s산학협력단)?",
    re.IGNORECASE,
)
"""A legal form with one word, which is then the name; of an institution the word that says what it is."""


def is_bare_name(text: str) -> bool:
    """Whether a text is an organisation's name alone: (주)한빛, Hanbit Co., Ltd., 고양대학교 산학협력단."""
    return _BARE_NAME.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def legal_forms(said: Clauses) -> Iterator[Reading]:
    """Yield the legal forms that the text gives the asker."""
    for form, patterns in _FORMS.items():
        for pattern in patterns:
            for mention in map(partial(_without_ending, said), said.find(pattern)):
                if _is_now(mention) and _is_own(mention, form):
                    yield reading(mention, "legal_form", form)


def _without_ending(said: Clauses, mention: Mention) -> Mention:
    """Return the form alone where what looks like the name behind it is a verb: 주식회사라면."""
    name = mention.match.groupdict().get("name")
    attached = name and mention.match[0][: -len(name)][-1:].strip()
    return said.at(mention.start, mention.end - len(name)) if name and attached and _ENDING.match(name) else mention


def _is_now(mention: Mention) -> bool:
    """Whether it is said of the asker, as it is now."""
    past = is_past(mention) or is_over(mention)
    return is_stated(mention) and not (past or is_of_persons(mention) or is_sought(mention))


def _is_own(mention: Mention, form: str) -> bool:
    name = mention.match.groupdict().get("name")
    if name is None:
        others = _SOLE_NO_MORE.match(mention.after) or _EACH_OF_THEM.search(mention.before)
        return form != "sole" or not others
    if name.startswith("형태") or (name[1:].endswith(("의", "을", "를")) and _LED.match(mention.after)):
        return True
    related = _RELATED.match(name) or _RELATED.match(mention.after)
    return not (_OF_THE_NAMED.search(name) or related or is_wished(mention))
