"""Whom a clause before a noun describes: another who is dealt with (인증받은 도매상에서 삽니다), or the asker.

The part of the noun in the sentence tells: whoever is bought from, paid, sought or worked with is another; what the
asker is, runs or does something in is its own firm.
"""

from __future__ import annotations

import re
from typing import Final

from recommender.language.clauses import Mention

_OWN: Final = r"저희|우리|당사|본사|폐사|자사|제|내|저|나|이"
"""Words before a firm that make it the asker's."""
_BETWEEN: Final = r"(?:(?!\S*(?:[고며요다]|[아어해여]서|데|지만)\s)\S+\s){0,3}?"
"""Words between a fact and the verb that it belongs to; behind one that goes on another verb describes the noun."""
_BEFORE_A_NOUN: Final = (
    r"(?:받[은는던]|[되돼어]\s?있는|된|되는|(?<=[가-힣])한|하는|하던|했던|고\s있는|있는|둔|두는|가진|갖춘|쓰는|딴|낸|내는"
    r"|올린|올리는|찍은|넘는|넘긴|세운|차린|(?<=[을를]\s)연|생긴|밀린|이?었던|였던)"
)
"""Verbs of having, being and beginning before the noun that they describe."""
_NOUN: Final = (
    rf"(?:(?!(?:{_OWN})\s)(?:[작젊좋같많]은|\S{{1,8}}(?<![은는이가을를에로과와도서고며요다]))\s){{0,2}}?"
    r"(?!저희|우리|당사|본사|자사)"
)
"""Up to two words before the noun, none of which has a part of its own in the sentence."""
_PARTNER: Final = (
    r"(?:협력\s?(?:사|업체|회사|기업)|거래\s?(?:처|업체)|납품\s?(?:처|업체)|공급\s?(?:사|처|업체)|외주\s?(?:사|처|업체)"
    r"|하청\s?(?:사|업체)?|매[입출]처|수요처|발주처|원청사?|고객사?|도매상|제조사|유통사|물류사|파트너사?|바이어|입점사"
    r"|경쟁\s?(?:사|업체))들?"
)
_RUNS: Final = r"[을를]\s?(?:\S+\s)?(?:운영|경영|합니다|해요|하고|하는|꾸려|꾸리|이끌|차려|차렸)"
"""What makes a firm the asker's, whatever it is called."""
_IS: Final = r"입|이에|예요|이[고며자지]|인데|임(?![가-힣])|이?다(?![가-힣])|으?로"
_GOODS: Final = (
    r"(?:물건|(?:원|식?자|소)?재료?|원료|부품|원단|제품|상품|일감|주문|대금|월급|급여|납품)[을를도]?\s(?:\S+\s)?받"
)
_BOUGHT: Final = r"사\s?(?:옵|와)|삽니다|사고|사서|사요|떼|구입|구매|매입|조달|들여|공급받"
_LEFT: Final = r"배웠|배우고|일했|일하[다던고]|근무(?:했|하다|하던)|다니|다녔|퇴사|독립"
"""What one did where one was before."""
_GIVEN: Final = r"외주|납품|팔|팝|맡[기깁겨]|줍니다|줘요|주고|투자(?:했|하는)|공급(?!받)|보[내냅]|위탁|의뢰|지급"
_TOGETHER: Final = r"일[하합해]|거래|협업|협력|계약|컨소시엄|공동|같이|함께|제휴|손"
_TAKEN: Final = (
    r"찾(?!는\s|아\s?오)|구합|구하|구해|소개(?:받|해\s?주|시켜)|인수|임차|빌|이용|씁니다|써요|쓰고|상대|대상|방문"
)
_CUSTOMER: Final = r"단골|고객|손님|거래|협력|납품|공급"
_ANOTHER: Final = (
    rf"\s{_NOUN}(?:{_PARTNER}(?!{_RUNS}|{_IS})(?![가-힣]{{3}})|\S{{1,12}}?(?:"
    rf"(?:[와과]|이?랑|하고)\s(?:\S+\s){{0,2}}?(?:{_TOGETHER})|(?:에|에게|한테)\s(?:\S+\s){{0,2}}?(?:{_GIVEN})"
    rf"|에서\s(?:\S+\s){{0,2}}?(?:{_GOODS}|{_BOUGHT}|{_LEFT})|[을를]\s(?:\S+\s)?(?:{_TAKEN})"
    rf"|[은는이가]\s(?:저희|우리)\S*\s(?:\S+\s)?\S*(?:{_CUSTOMER})))"
)
_DESCRIBED: Final = re.compile(rf"^(?:원?인|(?![은는]\s){_BETWEEN}\S*?{_BEFORE_A_NOUN}){_ANOTHER}")
_ENDS: Final = re.compile(rf"{_BEFORE_A_NOUN}$")
_BEHIND: Final = re.compile(rf"^{_ANOTHER}")
_GROWN_INTO: Final = re.compile(
    r"^(?:[을를]\s(?:둔|가진|갖춘|쓰는)|의|인|짜리|\s?규모의?)?\s?(?:\S+\s)?\S*(?:회사|기업|업체|공장|가게|매장|곳|법인|사업|브랜드)"
    r"(?:으로|로|까지)\s(?:\S+\s){0,2}?(?:키우|키울|키워\s?(?:나|보|가)|성장|커지|크[고는]|만들|거듭나|발전|도약|확장|늘리)"
    r"(?P<will>\S{0,2}겠|[할될]\s(?:것|겁|거|계획|예정))?"
)


def describes_another(mention: Mention) -> bool:
    """Whether the clause stands before a noun for somebody whom the asker deals with, or once worked for."""
    ends = _ENDS.search(mention.match[0])
    return bool(_DESCRIBED.match(mention.after) or (ends and _BEHIND.match(mention.after)))


def is_grown_into(mention: Mention, *, wished: bool) -> bool:
    """Whether it tells of what a firm is to become: 직원이 100명인 회사로 키우고 싶습니다, 회사로 성장하겠습니다."""
    grown = _GROWN_INTO.match(mention.after)
    return grown is not None and (wished or grown["will"] is not None)
