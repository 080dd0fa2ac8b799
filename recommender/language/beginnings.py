"""When a business began, whatever it is called: a day and a verb of beginning in one clause (2016년에 펜션을 열었다).

What is begun is not looked up in a list of trades. It is the asker's business unless it is one of the few things that
a business has or does besides (판매, 지점, 연구소), or the clause speaks of another, of a second shop or a new place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from recommender.language.clauses import Clauses, Mention
from recommender.language.periods import TIMES
from recommender.language.predicates import is_sought
from recommender.language.stance import is_anothers, is_asked, is_denied, is_over

_AT: Final = r"(?:\s?(?:[말초봄]|여름|가을|겨울|상반기|하반기))?(?:에는?|엔|경|쯤에?|자로|부로)?\s"
_LEFT_A_JOB: Final = (
    r"\S*(?:퇴사|퇴직|귀농|귀촌|귀향|독립|은퇴|그만두|나와|내려와|들어와|돌아와|모아|받아)(?:하|해)?[고서]?"
)
"""What one did before beginning, which keeps the clause the asker's."""
_ANOTHER_SUBJECT: Final = (
    r"(?!작은|조그만|저는|제가|내가|나는|저희|우리|부부|둘이|셋이|혼자)\S{1,8}(?:[이가은는도]|께서)"
)
_OTHER_CLAUSE: Final = r"\S*(?:[고며]|[아어해여와]서|지만|다가|는데)"
_WORD: Final = rf"(?:{_LEFT_A_JOB}|(?!(?:{_ANOTHER_SUBJECT}|{_OTHER_CLAUSE})\s)(?!\d{{2,4}}년)[^\s.,!?/]{{1,12}})\s"
_BEGAN: Final = (
    r"(?:열었(?=[어습고지는음다네으])|열어서?(?=\s)|열게\s됐|차렸|차려서?(?=\s)|차린\s|시작(?:했|하였|해서?|하여|하게\s됐|함)"
    r"|(?:창업|개업|개점|개원|개관|개소|개장|개국|오픈|창립|설립)(?:했|하였|해서?|하여|하게\s됐|함))"
)
_BEGINNING: Final = tuple(
    re.compile(
        rf"{when}{_AT}(?P<gap>(?:{_WORD}){{0,5}}?)(?P<what>[^\s.,!?/]{{1,12}})[을를]\s(?P<how>\S{{1,4}}\s)?{_BEGAN}"
    )
    for when in TIMES
)
_BESIDE: Final = re.compile(
    r"(?:담배|빚|병원비|쇼룸|판매|수출|납품|거래|배달|배송|개발|연구|생산|제작|준비|공부|교육|수업|과정|운동|모집|채용|촬영|방송|유튜브|채널|블로그|라이브|온라인\S*"
    r"|스토어|쇼핑몰|홈페이지|구독|멤버십|서비스|앱|어플|플랫폼|브랜드|제품|상품|메뉴|출시|테스트|시범\S*|공사|리모델링|인테리어|투자|상환|분납|납부"
    r"|대출|저축|적금|계좌|통장|계약|협업|협력|봉사|기부|모임|동호회|행사|축제|전시|전시회|박람회|설명회|대회|캠페인|팝업\S*|장터|마켓|플리마켓|클래스"
    r"|강좌|강의|일|직장|근무|알바|아르바이트|부업|회사\s?생활|인증|심사|컨설팅|프로젝트|유통|물류|체험|주문|예약|연구소|전담부서|지점|지사|분점|\S*호점"
    r"|영업소|사무소|출장소|공장|창고|전시장|직영점|가맹점|가맹\s?사업|센터|조합|노조|협회|재단|자회사|현지\s?법인|본점|매대|코너|신사업|라인|설비|시설"
    r"|치료|진료|결혼|연애|육아|농사일|이야기|문|것|걸|이걸|그걸|이것|뭔가|무언가)$"
)
"""What a business begins, opens or sets up besides itself; a door opened has patterns of its own."""
_SECOND: Final = re.compile(
    r"직영|[가-힣]기\s|지점|분점|호점|번째|하나\s?더|(?<![가-힣])또(?![가-힣])|추가|옆에|곁에|함께\s?운영|따로|별도|이전|옮|다시|재(?:오픈|개업|개장)|리뉴얼|확장|처음\s?들|접고|닫고"
    r"|백화점|마트에|(?:[에까]지)\s|해외|중국|베트남|미국|일본|\d층|안에\s|본격|정식"
)
"""A second shop, a place to move to, or a new beginning."""
_RUNS_ALREADY: Final = re.compile(
    r"(?:하고|짓고|키우고|만들고|운영하고|팔고)\s있(?:고|는데|으며|다가)|(?:하|운영하|짓)(?:면서|다가)|(?:합니다만|하는데|인데)"
)
"""What one ran before in the same sentence: what began then is one more."""
_NOT_ITS_START: Final = re.compile(r"^\S{0,4}다가|^\S{0,4}던\s|폐업|접었|문을 닫|^\S{0,3}지만\s\S*(?:망|실패|접)")


def beginnings(said: Clauses) -> Iterator[Mention]:
    """Yield days on which the text says that the asker began a business, by the groups of a date or of a time ago."""
    for pattern in _BEGINNING:
        for mention in said.find(pattern):
            if _is_the_first(mention) and _is_the_askers(said, mention):
                yield mention


def _is_the_first(mention: Mention) -> bool:
    """Whether what began is a business, and the only one that is spoken of."""
    what = mention.match["gap"] + mention.match["what"]
    beside = _BESIDE.search(what) or _SECOND.search(what + " " + (mention.match["how"] or ""))
    return not (beside or _RUNS_ALREADY.search(mention.earlier) or _NOT_ITS_START.search(mention.after))


def _is_the_askers(said: Clauses, mention: Mention) -> bool:
    """Whether nobody else is named before the day or between it and the verb, and it was done."""
    verb = said.at(mention.end - 1, mention.end)
    done = not (is_asked(mention) or is_denied(mention) or is_sought(mention) or is_over(mention))
    return done and not (is_anothers(mention) or is_anothers(verb))
