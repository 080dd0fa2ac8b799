"""Which clauses of a text ask for something, and which only state facts."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from recommender.language.clauses import clauses
from recommender.language.people import STAFF_WORD
from recommender.language.stance import WISH
from recommender.language.text_facts import states_facts

_WISH: Final = re.compile(rf"{WISH}|없")
_TROUBLE: Final = re.compile(
    r"찾|부족|어렵|어려|힘[들듭든]|걱정|고민|부담|문제|늘리|줄이|높이|개선|바꾸|넓히|옮기|배우|도움|알아보"
    r"|려고\s?(?:합|해|하)|모자라|모자랍|모자란|모르겠|못\s(?:받|팔|구|찾)|쌓여|막막"
    r"|야\s?(?:합니다|해요|하는데|할지|될|됩니다)|당했|당하|피해를|낡[았은아]|고장|막혔|밀[렸려]|안\s(?:돼|되|구해|팔|나가)"
    r"|줄었|줄어|떨어졌|떨어져|끊겼|끊기|안 팔|원합|급합|급해|급한|급하|급구|시급하|궁금"
    r"|추천(?!받|됐|된)|소개(?!됐|되|된)"
    r"|(?:지원|혜택|보조|자금|대출|사업|교육|공간|방법|곳)\S{0,3}\s*(?:좀\s*|뭐\s*|혹시\s*)?(?:있(?:[나을]|습니까|는지)|되나|될까|가능|받을)"
    r"|지원(?:이|을)?\s*$|지원\s*받"
    r"|(?i:\b(?:need|want|look|seek|plan|wish|hope|help|lack|difficult|trouble|problem))"
)
_ASKED: Final = re.compile(
    r"(?:[습합됩입갑옵집줍]니까|(?<!니)까요?|나요|[은는인던한큰된간난란될할]가요?|[는은을할될]지요?)\s*$"
    r"|어떻게|어디(?:서|에|로|부터)?(?![가-힣])|뭐(?!든|라도)|뭘|무엇(?!이든)|얼마(?!\s?전|\s?안)|누구(?!나|든)|되나|있나"
    r"|문의|부탁|여쭤|여쭙|알고\s?[싶파]|바랍니다|바라요|(?:으|했으|됐으|주)면\s(?:좋|해요|합니다|하는)|좋겠|관심\s?있|생각\s?(?:중|하고\s있)"
    r"|려[고구](?:요|는데|하는데)?\s*$|볼까|알려\s?(?:주|줘)|가르쳐\s?(?:주|줘)|(?:방법|해결책|대책|대안|노하우|조언|도움|요청|요망|바람|좀요?)\s*$|[아어여해러]\s?주(?:세요|십|시[면길]|실|셔)"
)
"""A question, or a wish that is put as one: 뭘 해야 하나요, 어디서 신청하죠, 알려 주세요."""
_HARM: Final = re.compile(
    r"때문에(?:\s|$)"
    r"|(?:(?<=[가-힣])(?:비|료|세|값)|가격|금리|이자|원가|임금|시급|인건비|보증금|단가|요금)\S{0,2}\s(?:\S+\s){0,3}?(?:올랐|올라|오르|올려|뛰[어었]|비[싸싼쌉]|인상|치솟)"
    r"|(?:매출|손님|고객|주문|수익|이익|방문|예약|물량|일감|발주|회원)\S{0,3}\s(?:\S+\s){0,2}?(?:줄[고어었]|감소|하락|반토막|뚝|뜸|급감|빠[져졌])"
    r"|(?:불량|불량률|이직률|클레임|반품|폐기|하자|항의|민원|컴플레인)\S{0,3}\s(?:\S+\s){0,2}?(?:높|많|나[고와옵]|생[기겨]|늘[고어었]|잦|들어[오와옵])"
    r"|자꾸|좀처럼|도무지|번번이|안\s(?:늘|떨어[지져집짐]|빠[지져집]|줘|줍|주[는네고]|나[와옵오]|[와옵오]|들어[와오옵]|맞[아는]|팔[려리]|돌아[가감]|열[려리]|먹[혀히]|통[해하]|써\s?[져집]|지켜|지키)"
    r"|못\s?(?:하겠|하고\s?있|[갚버맞따써쓰내]|해\s?먹|들어|따라)|지\s?못하|남는\s?게\s?(?:없|별로)"
    r"|달[라래](?:고\s|요|는데|네요|\s*$)|나가라|비[워우]\s?(?:달|라)|재촉|독촉|압류|과태료|벌금|단속|영업\s?정지|행정\s?처분|가압류|고소를?\s?당"
    r"|거절|거부(?:당|해|했|하)|반려(?!동물|견|묘|식물|가족|인)|탈락|신고(?:를\s)?당|베[꼈껴끼]|베낀|도용|유출|횡령|사기를?\s?당"
    r"|(?<!며)느[려리린]|오래\s?걸[려리]|시끄|냄새[가나]|위험|불안|억울|답답|속상|골치|골머리|버[겁거]|벅[차찹찬]|감당|곤란|난감|애를?\s?먹|속을?\s?썩|빠듯|빡빡"
    r"|적자|손해|마이너스|절실|간절|겁[이도]?\s?[나납난]|무섭|무서[워운]|죽[겠을]|허리가\s?휘|허리가\s?휩|비좁|좁아|떼[였이인]|게\s생겼|랜섬웨어|해킹|그만[둬뒀둔두][^\s]*\s(?:\S+\s)?(?:일손|자리|빈)|구멍|누수|새[요는서]\s*$"
    r"|(?:[해져려켜워내데돼춰꿔]|받아|찾아|놓아|맞아|나와|들어|줄여|있어|따야?)야\s?(?:만\s?)?(?:\S+\s)?(?:하[는나고지]|합|해요|한다|할|함|수\s있|돼|되)"
)
"""A trouble that is described without being named: 거래처가 돈을 안 줘요, 불량률이 높아요, 임대료가 올라서."""
_WANTED: Final = re.compile(
    r"(?:노무|세무|세금|회계|법률|특허|상표|창업|수출|자금|경영|인증|계약)\s?(?:상담|자문)\s*$"
    r"|(?:쓸|사용할|들어갈|옮길|임대할)\s(?:\S+\s)?(?:사무실|공간|작업장|창고|호실|공장|매장)(?:\s*\d+\s?(?:평|㎡|제곱미터))?\s*$"
    r"|(?:사무실|작업장|창고)\s*\d+\s?(?:평|㎡|제곱미터)(?:\s?(?:정도|이상|내외|이내))?\s*$"
    r"|\S\s(?:연구자|교수|전문가|멘토|파트너)(?:님|분)?\s*$"
    r"|(?:같이|함께|공동(?:으로)?)\s(?:\S+\s){0,2}?\S+[할을]\s(?:회사|업체|기업|곳|분|팀)\s*$"
    r"|(?:대출|융자|지원금|보조금|바우처)\s*$"
)
"""A request in a noun, without a verb: 노무 상담, 8명이 쓸 사무실 30평, 배터리 열관리 연구자."""
_BRACKETS: Final = re.compile(r"[(（\[][^()（）\[\]\n]*[)）\]]")
_MARKS: Final = ".,;!?/"
"""Marks that end a clause, but not in brackets: 채소(상추, 오이) is one thing."""
_STAND_INS: Final = "\ue000\ue001\ue002\ue003\ue004\ue005"
"""Private characters that stand for them there while a text is cut."""
_HELD: Final = str.maketrans(_MARKS, _STAND_INS)
_LET_GO: Final = str.maketrans(_STAND_INS, _MARKS)
_CERTIFICATE: Final = (
    r"벤처기업|이노비즈|메인비즈|사회적\s*기업|여성\s*기업|장애인\s*기업|마을\s*기업|기업\s*부설\s*연구소|뿌리\s*기업"
)
_DENIED: Final = re.compile(
    rf"(?:사업자(?:\s*등록)?(?:증|번호)?|{STAFF_WORD}|매출(?:액)?|{_CERTIFICATE}|인증|특허|연구소|수출\s*실적|법인|체납"
    r"|연체|휴업|폐업|빚|대출금?|부채|임대료|임차료|월세|휴무일?|사고|불량품?|클레임|공실|미납)(?:은|는|이|가|도)?\s*(?:아직\s*|전혀\s*|따로\s*|현재\s*)?(?:없|아니|아닙|아님)"
)
"""A fact that is said to be absent: no wish, though the word for it stands in many (손님이 없다)."""
_DONE: Final = re.compile(
    r"(?:채용|모집|준비|구인)(?:을\s?)?(?:했|하였|마쳤|완료|끝)|뽑았(?:습|어|다|고)|구했(?:습|어|다|고)"
)
"""What was wished for and is done: 디자이너를 새로 뽑았습니다."""
MOST_CLAUSES: Final = 24
"""Clauses of one request that are ranked by: each is encoded, and nobody asks for more things at once."""
_MOST_PARTS: Final = 200
"""Clauses that are looked at for what they tell beside facts; those that ask are found anywhere."""


_LONGEST_QUOTE: Final = 80
"""Letters of a clause that are quoted: who reads it knows what they wrote."""


def shortened(clause: str) -> str:
    """Return a clause as it is quoted, cut where it is long."""
    return clause if len(clause) <= _LONGEST_QUOTE else clause[: _LONGEST_QUOTE - 1] + "…"


def wishes(clause: str) -> bool:
    """Whether a clause says in so many words that something is wished for or lacking, beside what is absent or done."""
    rest = _beside_facts(clause)
    return any(pattern.search(rest) for pattern in (_WISH, _TROUBLE, _WANTED))


def asks(clause: str) -> bool:
    """Whether a clause wishes for something, puts a question or tells of a trouble, beside what is absent or done."""
    rest = _beside_facts(clause)
    return wishes(clause) or bool(_ASKED.search(rest) or _HARM.search(rest))


def _beside_facts(clause: str) -> str:
    return _DONE.sub(" ", _DENIED.sub(" ", clause))


def only_informs(clause: str) -> bool:
    """Whether a clause states facts, or says that something is absent, and asks for nothing."""
    return not asks(clause) and (states_facts(clause) or bool(_DENIED.search(clause)))


def requests_in(text: str) -> tuple[str, ...]:
    """Clauses that ask for something or say more of the company than plain facts; the whole text where none does.

    At most ``MOST_CLAUSES``, in the order of the text: those that ask go before those that only tell.
    """
    parts = _parts(text)
    asking = [part for part in parts if asks(part)][:MOST_CLAUSES]
    plain = [part for part in islice(parts, _MOST_PARTS) if not (asks(part) or only_informs(part))]
    chosen = {*asking, *plain[: MOST_CLAUSES - len(asking)]}
    return tuple(part for part in parts if part in chosen) or ((text.strip(),) if text.strip() else ())


def has_too_many_clauses(text: str) -> bool:
    """Whether a text has more clauses than a request is ranked by."""
    return len(_parts(text)) > MOST_CLAUSES


def _parts(text: str) -> tuple[str, ...]:
    """Cut a text into clauses, none within brackets."""
    whole = _BRACKETS.sub(lambda brackets: brackets[0].translate(_HELD), text)
    return tuple(part.translate(_LET_GO) for part in clauses(whole))


def case_words(title: str, text: str | None) -> str:
    """Join the title and the text of a case; a title that is the beginning of its text adds nothing."""
    return text if text and text.startswith(title) else ". ".join(filter(None, (title, text)))
