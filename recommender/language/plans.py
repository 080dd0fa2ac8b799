"""Who says to be about to found a company, and has none yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses
from recommender.language.readings import Reading, reading
from recommender.language.stance import is_anothers, is_asked, is_denied

_SHOP: Final = (
    r"(?:가게|카페|식당|매장|공방|학원|미용실|사업|회사|법인|사업자|푸드\s?트럭|쇼핑몰|스마트스토어|(?!\S{0,6}(?:지점"
    r"|분점|호점|지사))\S{1,6}(?:집|점|샵|숍|소|원|실|관|당|방|(?<!시)장))"
)
_WILL: Final = r"(?:예정|계획|생각|거예요|겁니다|것 같|참|까\s?(?:하|합|해|싶))"
_GOING_TO: Final = rf"(?:려고|려는|려\s?(?:합|해|하|던)|(?:ㄹ|를|을)?\s?{_WILL})"
_YET: Final = re.compile(
    r"예비\s?창업(?:자|팀|가|기업)?+(?!였|이었|\s?(?:패키지|교육|지원|사관|자?\s?(?:교육|지원|대상|들|에게|를|을)))"
    rf"|사업자\s?등록(?:증)?[을은]?\s(?:(?!더|추가|새로)\S+\s){{0,3}}?(?:내{_GOING_TO}|하{_GOING_TO}|낼\s?{_WILL}"
    rf"|할\s?(?:고|는|{_WILL}))"
    r"|(?:창업|개업|사업자\s?등록)(?:을|를)?\s?앞(?:두고|둔)|예비\s?(?:사장|대표)(?:님)?(?=입|이|예)"
    rf"|{_SHOP}(?:을|를|도)?\s?(?:하나\s|처음\s|새로\s)?(?:열|차릴|시작할|오픈할|창업할|낼|해\s?볼"
    rf"|시작해\s?볼)\s?{_WILL}"
    rf"|{_SHOP}(?:을|를)?\s?(?:하나\s|처음\s|새로\s)?(?:차려|열어|시작해|창업해|내)\s?보려|{_SHOP}(?:을"
    rf"|를)?\s(?:하나\s)?(?:차리|열|시작하|창업하|내)려(?=고|는|\s?[합해하])"
    r"|(?:새로|처음|제가)\s(?:\S+\s)?차(?:리려|려\s?보려|릴\s?(?:예정|계획|생각))"
    r"|(?:곧|다음\s?달에?|내년에?|내달에?)\s(?:\S{1,8}\s){0,2}?(?:창업|개업|오픈)(?:합니다|해요|할)"
    rf"|(?:회사원|직장인|퇴사|퇴직|취준생|주부|학생)[^\n]{{0,40}}?{_SHOP}[을를]\s(?:하나\s)?(?:차리고|열고|내고|시작하고)\s?싶"
    r"|법인[은을]?\s(?:아직\s)?설립\s?전(?=이[고며라]|입|인데|\s*(?:$|[.,]))"
    r"|아직 창업 전|창업\s?전\s?(?:단계|입니다|이에요|예요|이라|임)"
    r"|재창업(?:을|를)?\s?(?:하려(?:고|는|합)|준비\s?중|예정|계획|할\s?(?:예정|계획|생각))"
    r"|[가-힣]{1,6}\s?팔\s(?:생각|계획|예정)(?:인데|이고|이라)[^.!?\n]{0,24}?사업자\s?등록(?:증)?[도은을]?\s(?:아직\s)?(?:안\s?(?:했|한|함)|전)"
    r"|(?<!재)창업(?:을|를)?\s?(?:준비|예정|계획)(?!하다가|했|\s?(?:기업|자들|하는 (?:분|사람)))"
    r"|(?<!재)창업(?:을)?\s?(?:목표|꿈|하려|하고\s?싶|해\s?보려|할 (?:예정|계획|생각))"
    r"|(?:20\d{2}년|내년|올해|하반기|상반기|\d{1,2}월)(?:에|\s)?\s?(?:\S{1,8}\s){0,3}?(?:창업|개업"
    r"|오픈)\s?(?:예정|준비|계획|할|하려)"
)
_RUNS_ONE: Final = re.compile(
    r"운영|직원(?![은을이도]?\s(?:\S+\s){0,4}?(?:쓸|뽑을|둘|채용할|구할)"
    r"\s?(?:생각|계획|예정|거))|매출|호점|번째|추가|년\s?[차째]|(?<!준비)(?<!준비를 )하고 있"
)
"""Words of somebody who has a business already: what is yet to be opened is one more."""
_SURELY_YET: Final = re.compile(r"예비|창업|사업자\s?등록|오픈\s?(?:준비|할|하려)|하려")
"""Words of who has none yet, whatever else is told; one who runs a shop may open another."""


def yet_to_found(said: Clauses) -> Iterator[Reading]:
    """Yield words of somebody who is about to found a company."""
    runs = _RUNS_ONE.search(said.text)
    for mention in said.find(_YET):
        if runs and not _SURELY_YET.search(mention.match[0]):
            continue
        if not (is_anothers(mention) or is_denied(mention) or is_asked(mention)):
            yield reading(mention, "yet_to_found", value=True)
