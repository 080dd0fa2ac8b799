"""Which certificates a company says it holds: each name, or list of names, has the first predicate behind it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.predicates import is_past, is_sought
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import EXISTS, IS, WISH, is_ahead, is_of_persons, is_over, is_stated

_ORDINARY: Final = (
    r"예비\s?(?:사회적|마을)\s?기업|벤[처쳐]\s?(?:확인\s?)?기업(?!\s?(?:협회|인의|가들|단체|투자))"
    r"|이노\s?비즈(?!\s?협회)|(?i:inno-?\s?biz)"
    r"|메인\s?비즈(?!\s?협회)|(?i:main-?\s?biz)|사회적\s?기업|여성\s?기업(?!\s?인(?:협회|들|의))|장애인\s?기업"
    r"|마을\s?기업|자활\s?기업|뿌리\s?기업"
    r"|(?:기업\s?)?부설\s?연구소|연구(?:개발)?\s?전담\s?부서"
)
_NAME: Final = (
    rf"{_ORDINARY}|벤[처쳐](?=\s?(?:인증|확인|[,/·ㆍ:+]|이?랑\s|하고\s|[와과]\s|[은는이가도를만]\s|[OXox○]\b|있|보유"
    rf"|유효|\s*$))"
)
CERTIFICATE_WORD: Final = re.compile(
    rf"(?<!소셜)(?<!소셜 )(?P<name>{_ORDINARY}|벤[처쳐])(?!\s?(?:기업)?\s?(?:집적|협회|투자|캐피탈))"
)
"""A certificate's name, whatever it is said of."""
_PAPER: Final = r"\s?(?:인증(?:서|기업|업체)?|확인(?:서|기업)?|지정(?:서|기업)?|등록(?:증)?|인정(?:서)?)"
_CERTIFICATE: Final = re.compile(rf"(?<!소셜)(?<!소셜 )(?P<name>{_NAME})(?P<paper>{_PAPER})?")
_FULL_NAMES: Final = {
    "벤처": "벤처기업", "벤처확인기업": "벤처기업", "벤처확인": "벤처기업", "벤처인증": "벤처기업",
    "부설연구소": "기업부설연구소", "innobiz": "이노비즈",
    "mainbiz": "메인비즈", "연구전담부서": "연구개발전담부서",
}  # fmt: skip
_OTHER_PAPERS: Final = (
    r"(?i:iso|haccp|gmp|kc|ce|fda|g-?pass)[\s\d:]{0,7}|해썹|특허(?:\s?\d+건)?|가족친화\s?기업|직접생산|강소\s?기업"
    r"|백년\s?가게|수출유망\s?중소기업"
)
_BRACKETS: Final = r"(?:\s?\([^()\n]{1,16}\))?"
"""Until when a paper is valid, or since when, behind its name."""
_AND: Final = _BRACKETS + r"\s?(?:및|[과와]|이?랑|하고|그리고|이고|이자|[,·/ㆍ&+]|에)\s?(?:그리고\s)?"
_LIST: Final = (
    rf"(?:(?:{_AND}|\s)(?:{_ORDINARY}|벤[처쳐]|{_OTHER_PAPERS}|[가-힣]{{2,6}}(?=\s?확인서))(?:{_PAPER})?){{0,4}}"
)
_ADVERB: Final = (
    r"(?:\s?(?:\(?(?:둘|셋|넷|모두|전부|다|이렇게|두\s(?:개|가지)|세\s(?:개|가지)|하나만|하나|각각|같이|함께|이미|다시"
    r"|새로|지금"
    r"|현재|아직|올해|작년|계속|정식|최근|초|말|\S{2,4}형으로"
    r"|\d\s?(?:종|개|가지)|(?:\d{2,4})[년.](?:도)?(?:\s?\d{1,2}월?)?|\d{1,2}월|[A-D]{1,3}\s?등급|재작년|지난\s?(?:해"
    r"|달|주)|이번\s?(?:달|해)?|연초|연말"
    r"|상반기|하반기|봄|여름|가을|겨울|얼마\s?전|[몇\d]+\s?(?:년|달|개월)\s?전)(?:\s?(?:초|말|중|쯤|경))?(?:에|은|는"
    r"|으로|로|도)?(?=\s|다))){0,3}"
)
"""Words of time, number and manner between names and what is told of them."""
_DONE: Final = (
    r"(?:했(?!다가|었)|하였|하여|해서|해\s|함|한(?=\s)|하고(?!\s?싶)|됐|되었|되어|돼|된|됨|완료|\s*$|(?=[,.]))"
)
_HOLDS: Final = (
    rf"{EXISTS}|보유(?!하지|하려|하고\s?싶)|소지|(?:가지고|갖고|갖추고|달고|획득하고)\s?{EXISTS}|갖[췄춘]|받(?:은"
    rf"|았(?!었|다가|으나|지만)|아(?!야|\s?보|서\s?싶)|음)"
    rf"|(?:땄|딴(?=\s)|따\s?(?:놨|놓|둔|뒀|냈|서)|따고(?!\s?싶))(?!었|다가)|나왔(?!다가)|(?:취득|획득|갱신|연장|통과"
    rf"|확보|재인증|발급|재발급)\s?{_DONE}"
    r"|(?:(?:20)?\d{2}년(?:\s\d{1,2}월)?까지\s?)?유효(?=합|해|하고|하며|한\s|함)|유지(?:하고|\s?중|해|합)|(?:심사"
    r"|평가)[를을에]\s(?:\S{2,4}에?\s)?통과(?:했|하였|한)"
    r"|만료\s?(?:예정|될|를\s?앞두)|완료|마쳤|마친|끝냈|밖에\s?없|뿐(?=이|입|임|예)|유효\s?기간[은이]?\s?(?:내년"
    r"|다음\s?달|후년)[^.,]{0,8}까지|됐"
    r"|남(?:았(?!었|다가)|아\s?있|은\s(?:상태|것)|음)|되었|되어|된(?!다)|돼(?!야)|지정|선정|인증(?=[.,]|\s*$)"
    r"|살아\s?있|맞(?:고|습니다|아요|음|구)|등록해\s?(?:두|놓|뒀|놨)"
    r"|\d{1,2}\s?년\s?[차째]|[Oo○◯✓](?=[\s,./)]|$)"
    r"|[A-D]{1,3}\s?등급|(?:(?:둘|셋|넷)\s?다|모두|전부)(?:예요|이에요|입니다|이고|임)"
)
_HELD: Final = re.compile(
    rf"{_LIST}[)\]]?\s?(?:[은는을를도이가만]|으로|로|[:：])?{_ADVERB}\s?(?:인증(?!서?\s?(?:준비|신청|심사))서?"
    rf"|확인서?|지정|선정|인정|발급|등록|자격)?[을를도은이가]?"
    rf"{_ADVERB}\s?(?:{_HOLDS})"
)
"""Words that say that what was named, alone or in a list, is held."""
_LISTED: Final = re.compile(
    rf"(?:보유\s?(?:한\s)?인증|(?:^|(?<=[\n.,/;])|(?<=[\n.,/;]\s))인증(?:서)?(?:\s?(?:보유|현황|내역"
    rf"|사항))?)(?:서)?(?:\s?현황)?\s?[:：\-]\s?"
    rf"(?P<list>(?:{_NAME}|벤처)(?:{_PAPER})?(?:\s?(?:[,/·ㆍ&+]|및)\s?(?:{_NAME}|벤처)(?:{_PAPER})?){{0,5}})"
    r"(?=\s*$|\s?[.\n]|\s?보유|\s?있)"
)
"""A heading for the certificates that are held, and the list under it."""
_ENTRY: Final = re.compile(
    rf"(?:^|(?<=[\n/|]))[^\S\n]?(?P<list>(?:{_NAME}|벤처)(?:\s?[,·ㆍ&+]\s?(?:{_NAME}|벤처)){{1,5}})(?=\s?(?:[\n/|]|$))"
)
"""An entry of a list that holds several certificates and nothing else: 대전 / 벤처기업, 이노비즈 / 직원 9명."""
_OTHERS_HEADING: Final = re.compile(
    r"(?:필요|요구|예정|준비|희망|목표|거래처|고객|협력사)\S{0,3}\s?인증(?:서)?\s?[:：\-]"
)
"""A heading for certificates that are wanted, or another's."""
_HEADING_BEFORE: Final = 40
"""Letters between a heading and what stands under it: three or four names of a list."""
_HAVING: Final = re.compile(
    r"(?:(?:인증|확인|지정|선정)(?:을\s)?받은|(?:가진|보유한|있는|받은|딴|취득한)\s(?:건|것은|게|인증[은이]"
    r"|인증서[는가]))\s?$"
)
"""Words before a name that say that it is held, where the clause ends with it."""
_RUNS: Final = re.compile(
    r"[을를도]?\s?(?:(?:19|20)\d{2}년(?:에)?\s?)?(?:설립(?:했|하였|한|해|하여)|두고\s?있(?!지|었|던)|운영(?:하고"
    r"|\s?중|합|해|하는)"
    r"|개소(?:했|한))"
)
_IS_ONE: Final = re.compile(rf"(?:\s?(?:기업|업체|회사|하나|뿐))?(?:{IS}|이자\s|\s?[,./;]|\s*$)")
_LOST: Final = re.compile(
    r"취소|만료(?!\s?(?:예정|전|될|되기))|반납|탈락|상실|종료|박탈|끝났|끝나(?:서|고|버)|유효기간이 지|까지(?:였"
    r"|이었)|지금은 없"
    r"|현재는 없|(?:확인서"
    r"|인증서?)[은는이가도]?\s?(?:아직\s)?(?:없|못|안)"
)
"""What ends a certificate later in the sentence."""
_AGAIN: Final = re.compile(
    rf"(?:다시|재|새로)\s?(?:(?!못|안|\S+을\s못)\S{{1,6}}\s){{0,2}}?(?:받(?:았|은|아서|음)|땄|따서|(?:취득|획득|갱신"
    rf"|연장|인증|확인|발급)"
    rf"(?:을\s)?(?:받(?:았|은|음)|{_DONE}))(?!다가)|(?<!미)(?<![못안])(?<![못안]\s)(?:갱신|연장){_DONE}"
)
"""What gives a lapsed certificate back: 만료돼서 올해 2월에 다시 받았습니다."""
_STEP: Final = re.compile(r"(?:[가-힣]고|서|[아어여해])$")
"""A verb that goes on without a time of its own, and is only to come where the sentence ends with a goal."""
_WANTED: Final = re.compile(
    r"^(?:[을를이가]|\s?하는\s(?:것|게|걸)[이을]?)?\s?(?:목표|예정|계획|준비|꿈|희망|추진)|^\s?(?:받는|따는"
    r"|하는)\s(?:것|게|걸)"
)
"""What makes of a paper's name and verb a thing to come: 인증 완료 목표."""
_INTENDED: Final = re.compile(
    r"^\S{0,3}?(?:려고|려는|려\s|려면|고\s?싶|기\s?(?:위|전|에는?)|면\s|어야|아야)|^\S{0,2}?[을할될]\s?(?:예정|계획|생각|수\s)"
)
"""An ending that makes of a verb an intention or a condition: 지정받으려고."""
_GOAL: Final = re.compile(r"목표|꿈|바람|소원|포부")
_WISH: Final = re.compile(rf"{WISH}|려고\s|려는")
_ASKED_LIST: Final = re.compile(r",[^.!]*\?$")
"""In a list of a question nothing is claimed: 여성기업, 장애인기업 우대인가요?"""
_CONDITION: Final = re.compile(
    r"(?:만|이?나|이?라야|이?어야|에게만|에만|만이)?\s?(?:(?:신청|지원|참여|접수)?\s?(?:된다|되는|되고|됩니|되나"
    r"|가능|해당)|(?:신청|지원|참여|접수)할|대상|우대|뽑는|한정)"
)
"""What makes of a certificate the condition of something: 여성기업만 된다고 적혀 있던데."""
_LABORATORIES: Final = frozenset({"기업부설연구소", "연구개발전담부서"})
_BEFORE_CERTIFICATE: Final = frozenset({"예비사회적기업", "예비마을기업"})
_WORD_ONLY: Final = _BEFORE_CERTIFICATE | {"벤처기업"}
"""Named without a paper they may be a manner of speaking, or a step before the certificate."""


def certificates(said: Clauses) -> Iterator[Reading]:
    """Yield certificates that the asker holds; a kind of company named without one may be a guess."""
    for mention in (*said.find(_LISTED), *said.find(_ENTRY)):
        headed = _OTHERS_HEADING.search(said.text, max(0, mention.start - _HEADING_BEFORE), mention.end)
        if not headed and is_stated(mention) and not _LOST.search(mention.later):
            for each in re.finditer(rf"{_NAME}|벤처", mention.match["list"]):
                yield reading(mention, "certificates", full_name(each[0]), Weight.STATED)
    for mention in said.find(_CERTIFICATE):
        if _OTHERS_HEADING.search(said.text, max(0, mention.start - _HEADING_BEFORE), mention.start):
            continue
        name = full_name(mention.match["name"])
        weight = _held(mention, name)
        then = is_past(mention) or is_over(mention) or is_sought(mention)
        if weight is not None and is_stated(mention) and not (then or is_ahead(mention) or is_of_persons(mention)):
            yield reading(mention, "certificates", name, weight)


def full_name(written: str) -> str:
    """Return the name that a certificate is known by."""
    name = re.sub(r"[\s-]", "", written).lower().replace("벤쳐", "벤처")
    return _FULL_NAMES.get(name, name)


def _held(mention: Mention, name: str) -> Weight | None:
    """Return how surely a certificate is held, None where it is only spoken of."""
    # A list of certificates may reach over commas, which end a clause.
    held = _HELD.match(mention.later)
    if (
        _CONDITION.match(mention.after)
        or _is_lost(mention, held.end() if held else 0)
        or _ASKED_LIST.match(mention.later)
    ):
        return None
    if held and _is_to_come(held[0], mention.later[held.end() :]):
        return None
    held = held or _AGAIN.search(mention.later)
    having = _HAVING.search(mention.before) and _IS_ONE.match(mention.after)
    if held or having or (name in _LABORATORIES and _RUNS.match(mention.after)):
        return Weight.GUESS if name in _BEFORE_CERTIFICATE else Weight.STATED
    if name in _LABORATORIES or mention.match[0] in {"벤처", "벤쳐"} or not _IS_ONE.match(mention.after):
        return None
    papered = (mention.match["paper"] or "확인" in mention.match[0]) and name not in _BEFORE_CERTIFICATE
    return Weight.GUESS if name in _WORD_ONLY and not papered else Weight.STATED


def may_be_held(mention: Mention) -> bool:
    """Whether nothing around a certificate says that it is gone, another person's, or the condition of something."""
    condition = _CONDITION.match(mention.after) or _ASKED_LIST.match(mention.later)
    return not (condition or _is_lost(mention) or is_of_persons(mention))


def _is_lost(mention: Mention, end: int = 0) -> bool:
    """Whether what is told of a certificate before the next one, from ``end`` on, says last that it is gone."""
    following = _CERTIFICATE.search(mention.later, end) if end else None
    stated = mention.later[: following.start()] if following else mention.later
    lost = _LOST.search(stated)
    return lost is not None and not _AGAIN.search(stated, lost.end())


def _is_to_come(verb: str, behind: str) -> bool:
    """Whether a verb of holding is only a step of a goal: 이노비즈 따고 매출 20억 찍는 게 꿈."""
    if _WANTED.match(behind) or _INTENDED.match(behind):
        return True
    goal = _STEP.search(verb) and _GOAL.search(behind)
    return bool(goal or (verb.endswith("따고") and _WISH.search(behind)))
