"""Staff named by what they do and a verb of employing, with no word for staff: 기공사 5명 고용, 외국인 둘 쓰고 있어요.

Any noun before a number of people will do, and several are added up. People who are no staff (손님, 알바, 가족) are
named instead, because there are fewer of those than of trades; where one of them is in the list, it tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.numerals import count
from recommender.language.people import ANY_NUMBER, NUMBER, STAFF_WORD, THEN
from recommender.language.predicates import is_past
from recommender.language.readings import Reading, Weight, reading
from recommender.language.stance import is_ahead, is_over, is_stated, is_wished

_WORD: Final = r"(?<![가-힣A-Za-z])[가-힣A-Za-z]{1,8}"
_ROLE: Final = rf"(?:{_WORD}\s)?(?:{_WORD}?)(?:[은는이])?\s?{ANY_NUMBER}"
_AND: Final = r"(?:\s?[,/·+]|이?랑|하고|[과와에]|이?고|\s그리고)?\s"
_EMPLOYS: Final = (
    r"(?:고용(?:하고\s있(?!었)|했(?!던|다가|었)|해서?\s(?!보)|합니다|\s?중|함|(?=\s*(?:$|[,./\n])))"
    r"|두고(?!\s있었|\s?싶)(?=요|\s|$|[,.])|둡니다|둬요|쓰고(?:\s있(?!었)|요|(?=\s*(?:$|[,.])))|씁니다|써요"
    r"|씀(?=\s*(?:$|[,./]))|데리고(?:\s있(?!었)|\s(?:합|해|일|장사|운영))|모시고\s있(?!었)"
    r"|근무(?:하고\s있(?!었)|합니다|해요|\s?중|함)|일하고\s있(?!었)|일합니다|일해요|재직\s?중"
    r"|상주(?:하고\s있(?!었)|합니다)|태우(?:는데|며|고(?!\s?싶))(?=\s|$)|태웁니다)"
)
_HAS: Final = (
    r"(?:있(?:어요|습니다|고(?=[\s,.]|요)|음|는데|네요)"
    r"|계(?:세요|십니다|시고)|함께\s?(?:하고\s있(?!었)|합니다|해요|일하고\s있|일합니다))"
)
_IN_NOTES: Final = r"(?:이고요?|이구요|이요|입니다|이에요|예요|임)?(?=\s*(?:$|[.\n]))"
"""How a list of people ends that has no verb: 강사 4명, 기사 1명."""
_CREW: Final = re.compile(
    rf"(?P<roles>{_ROLE}(?:{_AND}{_ROLE}){{0,5}})(?:을|를|이|가|만|과|와|이?랑|하고|도)?\s?(?:(?P<employs>{_EMPLOYS})"
    rf"|(?P<has>{_HAS}))"
)
_BEGINS: Final = r"(?:^|(?<=[.!/\n]\s)|(?<=[.!/\n]))"
"""Where nothing before says of whom or when a list without a verb is."""
_LIST: Final = re.compile(rf"{_BEGINS}(?P<roles>{_ROLE}(?:{_AND}{_ROLE}){{1,5}}){_IN_NOTES}")
_FUNCTION: Final = (
    r"(?:정비|사무|생산|영업|배송|배달|관리|현장|포장|서빙|주방|홀|조리|연구|개발|디자인|경리|운전|상담|행정)"
)
_NOTE: Final = re.compile(
    rf"(?:{_BEGINS}|(?<=직원은\s)|(?<=직원\s)){_FUNCTION}\s?\d{{1,3}}(?:\s?[,/·+]?\s{_FUNCTION}\s?\d{{1,3}}){{1,4}}"
    rf"(?:{_IN_NOTES}|(?=\s*[,/]))"
)
"""Numbers alone behind what people do: 서빙 4 주방 3."""
_DIGITS: Final = re.compile(r"\d+")
_EACH: Final = re.compile(rf"(?P<noun>(?:{_WORD}\s)?{_WORD}?)(?:[은는이])?\s?{NUMBER}")
_NO_STAFF: Final = re.compile(
    r"(?<!차량\s)(?<!보조\s)도우미|초청|객원|토론|가사|세무사|노무사|법무사|변호사|회계사"
    r"|손님|고객|수강|학생|원생|회원|환자|어르신|입소|이용|소비자|보호자|후원|기부|신청|방문|대기|합격|응시|피해|관계자|아이|아동|유아|영아|장애인|[객들]$|관객|조합|주민|농가|가족|식구|부부|형제|자매|자녀|남매|(?<![가-힣])애|남편"
    r"|아내|와이프|집사람|신랑|(?<![가-힣])(?:아?들|딸|형|언니|누나|오빠|동생|조카)|부모|어머니|어무이|엄마|아버지|아부지|아빠|며느리|사위|장모|장인|처남|처제|친구"
    r"|지인|동업|공동|대표|사장|원장|점주|오너|(?<![가-힣])(?:저|나|내|제|우리|저희|둘|셋|넷)(?:[는희랑하까포와]|\s|$)|알바|아르바이트|파트|시간제|단시간|단기"
    r"|계절|일용|프리|외주|용역|파견|어시|도급|지입|봉사|실습|교육생|훈련|연수|견습|멘토|자문|주주|투자|거래|바이어|경쟁|입주|참가|참여|참석|응모|구독|팔로|하루|최대|최소"
    r"|최고|평균|매일|매달|매주|올해|작년|지난|내년|예전|처음|원래|한때|주말|평일|여름|겨울|가을|(?<![가-힣])봄|성수기|명절|방학|당시|추가|신규|새로|더(?:\s|$)|약"
    r"|대략|포함|까지|빼고|말고|제외|외에|사람|인원|합쳐|모두|총|전부|다(?:\s|$)|중(?:\s|$)|없|구하|뽑|찾|그만|나가|셰어|선수|신자|성도|군인|공무원"
)
"""Words in a list of people by which they are no staff, not all, or not now."""
_HAS_A_TRADE: Final = re.compile(
    r"(?:[가-힣](?:(?<![회본지])사|공|(?<![학병공의])원|(?<![매공농시현도업])장|너|(?<!센)터|저|꾼|모|자|직)|인턴|아지매|아주머니|아줌마|할머니|할매|관리인|경리|보조|데스크|주방|홀|카운터"
    r"|셰프|코치|사범|도우미|피디|PD|MD|막내|기사|선생|쌤|외국인)"
    r"(?:님|분)?들?$|(?<!손)님$"
)
"""Whom one has may be anybody, so that there the noun must be of a trade; the employed may be called anything."""
_AT_WORK: Final = re.compile(rf"{_FUNCTION}$")
"""What people do, which stands for them in a list with others."""
_OF_A_NETWORK: Final = re.compile(r"작가|농가|셀러|작곡가|크리에이터|활동가|의원|위원|임원|사원(?:증)?$|구성원|직원")
_NOT_OF_IT: Final = re.compile(r"^\S*(?:[을를은는이가에]|에서|로|[고며]|지만|[는은인]데|[아어해]서)\s")
"""A word of the clause around before the first role: 한의원을 하는데 물리치료사."""
_STAFF: Final = re.compile(STAFF_WORD)
_IN_ALL: Final = frozenset({"해서", "이렇게", "그렇게"})
"""What stands before the sum of a list, which is no further part of it."""
_ROUND_ABOUT: Final = re.compile(r"(?:건물|동네|마을|근처|주변|지역|아파트|옆집|상가)(?:에|에는|엔)\s")
"""Who is round about is nobody's staff."""
_ONE_MORE: Final = re.compile(rf"{ANY_NUMBER}\S{{0,2}}\s(?:더\s)?(?:있고\s)?$")
"""People right before a list, who are in it, too."""
_PRESENT: Final = re.compile(r"지금|현재|이제|요즘")


def crews(said: Clauses) -> Iterator[Reading]:
    """Yield how many are employed by lists of roles; each reading covers its list."""
    for pattern in (_CREW, _LIST):
        for mention in said.find(pattern):
            around = _NOT_OF_IT.match(mention.match["roles"])
            number = _number(mention)
            if number and _is_now(said.at(mention.start + (around.end() if around else 0), mention.end)):
                yield reading(mention, "employees", number, Weight.STATED)
    for mention in said.find(_NOTE):
        if _is_now(mention):
            yield reading(mention, "employees", sum(map(int, _DIGITS.findall(mention.match[0]))), Weight.STATED)


def _number(mention: Mention) -> int:
    """Return how many people the list has, 0 where some of them are no staff or have a word for staff."""
    total = 0
    groups = mention.match.groupdict()
    employed = bool(groups.get("employs"))
    if not (employed or groups.get("has")) and _STAFF.search(groups["roles"]):
        return 0
    for at, each in enumerate(_EACH.finditer(mention.match["roles"])):
        noun = _NOT_OF_IT.sub("", each["noun"].strip())
        unlike = _NO_STAFF.search(noun) or _STAFF.search(noun) or (not employed and _OF_A_NETWORK.search(noun))
        of_a_trade = employed or _HAS_A_TRADE.search(noun) or (at and _AT_WORK.search(noun))
        if not noun or unlike or not of_a_trade or noun in _IN_ALL:
            return 0
        total += count(each["number"] or each["alone"])
    return total


def _is_now(mention: Mention) -> bool:
    """Whether it is said of the asker as it is; words before the list may say that it is of others or of a time."""
    before = mention.before
    then = THEN.search(before) and not _PRESENT.search(before)
    listed = _NO_STAFF.search(before.split()[-1]) if before.split() else None
    elsewhere = _ROUND_ABOUT.search(before)
    over = elsewhere or then or is_over(mention) or is_ahead(mention) or is_past(mention) or is_wished(mention)
    one_more = _ONE_MORE.search(mention.earlier)
    return not (over or listed or one_more) and is_stated(mention)
