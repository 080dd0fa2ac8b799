"""What requests and offers are about: each topic, the tasks that serve it, and how both sides speak of it.

A small text model puts a wish in everyday words (선반을 한 대 더 사고 싶다) near to whatever title has a like word, so
titles of the topic that is wished for are looked for as well. A request is about a topic where its words say so, or as
likely as weights say that were learned from labelled wishes (``benchmarks/topic_weights.py``); a title by its words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.wording import Wording
from recommender.language.requests import asks
from recommender.measure.arrays import Flags, Floats
from recommender.text.protocol import Role, TextEncoder


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its name, the tasks that serve it, and patterns of it in a request and in a title."""

    id: str
    name: Wording
    tasks: tuple[str, ...]
    wished: re.Pattern[str]
    offered: re.Pattern[str]


def _topic(id_: str, ko: str, en: str, tasks: str, *, wished: tuple[str, str], offered: str) -> Topic:
    """Make a topic; ``wished`` are patterns of a request in Korean and in English."""
    korean, english = wished
    either = re.compile(rf"{korean}|\b(?:{english})", re.IGNORECASE)
    return Topic(id_, Wording(ko, en), tuple(tasks.split()), either, re.compile(offered, re.IGNORECASE))


def _field(names: str) -> str:
    """Return the pattern of a field in an expert's headline, one of ``names``: 기술지도사, 인력 (외식)."""
    return rf"(?<=[,·/])\s?(?:{names})(?=$|\s?[,·/(])"


_NEVER: Final = r"(?!)"
TOPICS: Final = (
    _topic(
        "money",
        "자금",
        "money",
        "finance programs experts",
        wished=(
            r"자금|융자|대출|투자|펀드|빌리고|빌려야|은행\S{0,2}\s(?:\S+\s)?거[절부]|신용\s?(?:등급|점수|도)",
            r"loan|fund|financ|invest|capital",
        ),
        offered=r"융자|자금|대출|보증(?!보험)|이차\s?보전|네트워크론|투자|분할상환",
    ),
    _topic(
        "costs",
        "비용 부담",
        "costs",
        "finance programs",
        wished=(
            (
                r"보증|이차\s*보전|이자|금리|빚|상환|비용|부담|값이|요금|지원금|보조금|월세|밀[려렸]"
                r"|(?:료|비|세)[가이]\s(?:\S+\s)?(?:올라|올랐|비싸)"
            ),
            r"credit|money|cost",
        ),
        offered=r"융자|자금|대출|이차\s?보전|보험료|수수료|배달료|임차료|비용\s?지원|분할상환",
    ),
    _topic(
        "sales",
        "판로",
        "sales",
        "programs education experts",
        wished=(
            r"판로|판매|팔고|팔려|마케팅|홍보|광고|쇼핑몰|스마트\s?스토어|온라인|손님|단골|고객|매출|거래처|홈페이지|배달",
            r"market|advertis|sell|sales|customer|client|online",
        ),
        offered=r"판로|온라인\s?판매|커머스|입점|유통망|마케팅|홍보|판매장|쇼핑몰|장터|상권|검색 광고",
    ),
    _topic(
        "export",
        "수출",
        "export",
        "programs education experts",
        wished=(
            r"수출|해외|바이어|외국|미국|중국|일본|유럽|동남아|베트남|통관|세관|관세|원산지|HS\s?코드",
            r"export|abroad|overseas|buyer|customs",
        ),
        offered=r"수출|해외|글로벌|현지\s?진출|한국관|무역|통상|유럽|관세",
    ),
    _topic(
        "exhibitions",
        "전시회",
        "exhibitions",
        "programs education experts",
        wished=(r"전시회|박람회|엑스포|부스", r"exhibition|trade fair|expo\b"),
        offered=r"전시|박람회|엑스포|한국관|페어",
    ),
    _topic(
        "support",
        "지원사업",
        "support",
        "programs experts",
        wished=(r"지원\s*사업|바우처|공모", r"grant|subsid|voucher"),
        offered=r"바우처|통합 공고",
    ),
    _topic(
        "prototypes",
        "시제품",
        "prototypes",
        "programs experts",
        wished=(r"시제품|샘플을 만들|목업", r"prototype"),
        offered=r"시제품|시제작|제작센터",
    ),
    _topic(
        "certification",
        "인증",
        "certification",
        "programs experts",
        wished=(r"인증|규격|시험\s?성적|해썹|HACCP|ISO\s?\d", r"certif"),
        offered=rf"인증획득|인증\s?(?:준비|지원|획득)|규격|시험|신뢰성|{_field('인증')}",
    ),
    _topic(
        "ip",
        "지식재산",
        "intellectual property",
        "programs experts",
        wished=(
            r"상표|지식\s*재산|특허|변리사|저작권|베[끼껴꼈]|베낀|도용|짝퉁|표절",
            r"trademark|patent|copied|copying",
        ),
        offered=r"\bIP\b|지식재산|특허|변리사|상표|위조상품|기술분쟁|기술보호|직무발명",
    ),
    _topic(
        "automation",
        "자동화",
        "automation",
        "programs experts education technologies researchers partners",
        wished=(
            r"스마트\s*공장|자동화|공정|불량|품질|생산성|디지털",
            r"defect|quality|automat|productiv|smart factory",
        ),
        offered=r"스마트\s?공장|스마트\s?제조|자율형공장|디지털협업공장|제조 DX|자동화|공정|로봇|품질경영|디지털전환",
    ),
    _topic(
        "equipment",
        "설비",
        "equipment",
        "programs finance",
        wished=(
            (
                r"(?:장비|설비|기계|기기|기자재|시설|선반|오븐|냉장고|에어컨|차량|키오스크|포스기|테이블\s?오더|인테리어|리모델링)\S{0,2}\s(?:\S+\s){0,4}?"
                r"(?:사고|사려|사야|구입|구매|마련|도입|교체|바꾸|바꿔|바꿀|보수|수리|필요|늘리|들이|놓|낡|고장|오래|하고\s싶)"
                r"|(?:기계|장비|설비|시설)\S{0,2}\s(?:너무\s|많이\s)?(?:낡|오래)|(?:키오스크|포스기|테이블\s?오더)\S{0,2}\s(?:지원|설치|보조)"
            ),
            r"equipment|machine(?:ry|s)?\b|renovat|refurbish",
        ),
        offered=r"시설(?!자금 융자)|설비|장비|인프라|스마트\s?공장|자율형공장|협업공장|스마트 제조|정책자금",
    ),
    _topic(
        "starting",
        "창업",
        "starting up",
        "programs education experts finance",
        wished=(
            (
                r"(?<!재)(?<!다시\s)창업(?!\s?\d)(?:\S{0,2}\s?(?:하|할|준비|예정|계획|싶|지원))|(?<!다시\s)개업|차리|차릴|오픈\S{0,2}\s?(?:하려|할|준비|예정)"
                r"|(?:가게|매장|사업|회사|카페|식당)\S{0,2}\s(?:\S+\s)?(?:열고|시작하|내고)\s?싶"
            ),
            r"(?:start|open)(?:ing|\sup)?\s(?:an?|my|our)\s",
        ),
        offered=r"(?<!재)창업|스타트업|예비",
    ),
    _topic(
        "restart",
        "폐업·재기",
        "closing and starting again",
        "programs education experts finance",
        wished=(
            r"폐업|재기|재창업|재도전|업종\s?전환|문을\s닫|접으려|접을까|접고|다시\s(?:시작|창업|개업|사업|가게)|망[했할해]|그만두려|그만둘까|미수금|못\s받",
            r"clos(?:e|ing)\s(?:down|my|our)|bankrupt",
        ),
        offered=r"희망리턴|재기|재도전|재창업|폐업|사업재편|사업전환|위기|구조혁신",
    ),
    _topic(
        "education",
        "교육",
        "education",
        "education programs",
        wished=(r"교육|강의|강좌|훈련|배우|배울|배움|연수|수강|자격증|가르치", r"train|course|learn|educat"),
        offered=r"교육|과정|훈련|트레이닝|아카데미|강의|양성",
    ),
    _topic(
        "hiring",
        "채용",
        "hiring",
        "programs education experts",
        wished=(
            (
                r"채용|구인|인력|고용|뽑|구직"
                r"|(?:직원|사람|알바|인원|기사|일손|아르바이트)\S{0,2}\s(?:\S+\s){0,3}?(?:구하|구해|구합|구함|부족|모자|필요|없)"
            ),
            r"hire|hiring|recruit|staff|workforce",
        ),
        offered=rf"채용|고용(?!보험)|일자리(?!전환)|구인|인턴|일경험|취업|도약장려금|{_field('인력')}",
    ),
    _topic(
        "labour",
        "노무",
        "labour",
        "programs education experts",
        wished=(
            (
                r"노무|4대\s?보험|보험료|퇴직금|근로\s?(?:계약|시간|기준|자)|주\s?52\s?시간|근무|임금|급여|시급|이직|휴가|연차|복지|분위기"
                r"|해고|권고\s?사직|주휴|수당|산재|산업\s?재해|노동[청부법위]|취업\s?규칙|괴롭힘|성희롱"
                r"|직원\S{0,2}\s(?:\S+\s){0,2}?(?:그만|나가|떠나)"
            ),
            r"labou?r|wages?\b|welfare",
        ),
        offered=r"일터혁신|노사|휴가|근로|노무|임금|가족친화|고용보험료|복지|기숙사",
    ),
    _topic(
        "safety",
        "안전",
        "safety",
        "programs education experts",
        wished=(r"안전|다[쳐쳤치]|사고(?!\s?싶)(?:가|를|도|\s?예방)|재해|더워|더위|폭염", r"safety|accident"),
        offered=r"안전|온열|재해|건강일터|예방",
    ),
    _topic(
        "design",
        "디자인",
        "design",
        "programs experts",
        wished=(r"디자인|로고|포장지|브랜드", r"design|brand|logo"),
        offered=r"디자인|브랜드",
    ),
    _topic(
        "space",
        "입주 공간",
        "space",
        "spaces",
        wished=(
            (
                r"사무실|공간|입주|임대|임차|월세|작업장|작업실|창고|부지|이사(?:할|하|를)|옮길|옮기"
                r"|(?<!기술)(?<!기술 )이전(?:할|하[고려])|지식\s*산업\s*센터|보증금|공유\s*(?:주방|오피스)"
                r"|건물주|임대인|재계약|권리금"
                r"|(?:공장|매장|가게|점포|상가|건물|호실|스튜디오|연습실|실험실|장소|자리|땅)[을를이가도]?\s*(?:\S{1,3}\s)?"
                r"(?:필요|구하|구합|구해|찾(?!는|아[오와])|알아보|얻|빌리|빌릴|빌려)"
            ),
            r"office|space|room|rent|lease|premises|warehouse|studio|relocat",
        ),
        offered=_NEVER,  # all rooms are
    ),
    _topic(
        "offices",
        "사무실",
        "offices",
        "spaces",
        wished=(r"사무실|사무\s?공간|오피스", r"offices?\b"),
        offered=r"사무형|업무\s?시설|오피스",
    ),
    _topic(
        "workshops",
        "공장·작업장",
        "workshops",
        "spaces",
        wished=(
            r"작업장|작업실|제조\s?(?:공간|시설|호실)|공장[을를이가도]?\s?(?:\S{1,3}\s)?(?:자리|부지|필요|구하|구합|구해|얻|넓|옮|이전|임대|찾(?!는|아[오와]))",
            r"workshops?\b|factory space",
        ),
        offered=r"제조형|공장형|작업장",
    ),
    _topic(
        "shop_rooms",
        "매장 자리",
        "rooms for shops",
        "spaces",
        wished=(
            r"(?:매장|가게|점포|상가|식당|카페)\s?(?:자리|를|을)?\s?(?:\S{1,3}\s)?(?:자리|얻|구하|구합|구해|옮|이전|임대|찾(?!는|아[오와])|필요|낼)",
            r"shop (?:space|premises)|storefront",
        ),
        offered=r"지원시설|근린\s?생활|상가\s?호실|점포형",
    ),
    _topic(
        "advice",
        "자문",
        "advice",
        "experts programs",
        wished=(r"자문|상담|컨설팅|멘토|전문가|계약|동업자|승계|(?<!지)원가", r"advi|consult|mentor|expert"),
        offered=rf"컨설팅|자문|멘토|상담|진단|경영지도사|{_field('경영')}",
    ),
    _topic(
        "tax",
        "세무",
        "tax",
        "experts programs",
        wished=(
            r"세무|세금|회계|장부|(?:간이|일반)\s?과세|부가세|부가가치세|소득세|종소세|법인세|원천\s?(?:세|징수)|양도세|가산세|증여|상속|물려\s?(?:주|받)",
            r"\btax|account",
        ),
        offered=r"세무|부가가치세|장부|회계|소득세",
    ),
    _topic(
        "law",
        "법률",
        "law",
        "experts programs",
        wished=(
            (
                r"법률|변호사|소송|명도|권리금|고소(?:를|장|당|하려)|(?<!사)고발|손해\s?배상|내용\s?증명|분쟁|위약금|계약\s?(?:해지|위반|불이행|파기)|미수금|떼였|떼인"
                r"|개인\s?정보|명예\s?훼손|허위|사기(?:를\s)?(?:당|꾼|\s?피해)|(?:돈|대금|값)\S{0,2}\s(?:\S+\s)?(?:안\s줘|안\s주|못\s받)"
            ),
            r"lawyer|legal|lawsuit|sue\b|sued\b",
        ),
        offered=r"법률|변호사|소송|명도|권리금|분쟁",
    ),
    _topic(
        "permits",
        "인허가·규제",
        "permits and rules",
        "experts programs",
        wished=(
            r"인허가|허가|용도\s?변경|규제|영업\s?(?:신고|정지)|행정\s?처분|과태료|폐수|소음|악취|분진|배출\s?(?:시설|허가|신고)",
            r"permit|licen[cs]e to operate|zoning|wastewater",
        ),
        offered=rf"인허가|규제|행정|{_field('입지|환경')}",
    ),
    _topic(
        "environment",
        "환경",
        "environment",
        "technologies researchers programs experts",
        wished=(
            r"폐수(?!\s?배출)|오수|하수|소음|악취|분진|먼지|대기\s?오염|온실가스|탄소\s?(?:배출|중립|저감)|폐기물|쓰레기|재활용",
            r"waste|recycl|emission|pollut",
        ),
        offered=r"친환경|환경(?:\s?(?:설비|오염|산업|기술|정보))|탄소|온실가스|폐기물|재활용|녹색",
    ),
    _topic(
        "research",
        "연구개발",
        "research and development",
        "researchers partners technologies programs experts education",
        wished=(
            r"연구자|연구원|연구비|교수|공동\s*연구|연구\s*개발|R&D|시험|실험|대학|개발|성능|신소재|신제품",
            r"research|professor|universit|develop",
        ),
        offered=r"R&D|R&BD|기술개발|기술혁신|연구원|박사후|산학|연구개발|기술확보|기술검증",
    ),
    _topic(
        "transfer",
        "기술 이전",
        "technology transfer",
        "technologies researchers",
        wished=(
            r"기술\s*이전|기술\s*도입|특허|라이선스|원천\s*기술|(?:기술|공법|소재|원료)[을를이가]?\s(?:\S+\s)?(?:찾|필요|이전|도입)",
            r"patent|licen[cs]|technolog",
        ),
        offered=r"기술이전|기술확보|기술검증",
    ),
    _topic(
        "partners",
        "협력",
        "partnership",
        "partners researchers",
        wished=(r"협력|파트너|협업|공동|컨소시엄|제휴", r"partner|collaborat|joint"),
        offered=r"협업|공동|컨소시엄|얼라이언스|협력",
    ),
    _topic(
        "community",
        "상권·사회적 가치",
        "streets of shops and social value",
        "programs experts education",
        wished=(r"사회적\s?(?:기업|경제|가치)|마을\s?기업|상인회|골목\s?상권|전통\s?시장", r"social enterprise"),
        offered=r"사회적|마을|상권|전통시장|상점가|로컬|연고산업",
    ),
    _topic(
        "ai",
        "인공지능",
        "artificial intelligence",
        "programs experts education technologies researchers partners",
        wished=(r"(?<![A-Za-z])AI(?![A-Za-z])|인공지능", r"artificial intelligence|machine learning"),
        offered=r"(?<![A-Za-z])A[IX](?![A-Za-z])|인공지능",
    ),
)
"""Topics of requests; a wish that has the words of none of them counts for every task."""


WEIGHTS_FILE: Final = Path(__file__).with_name("topic_weights.json")


@dataclass(frozen=True)
class TopicWeights:
    """A logistic regression for each of T topics over texts of d numbers by one text model, its name before any dash.

    ``weights``: (T, d + 1), the intercept last; a topic that was not learned has minus infinity there.
    """

    encoder: str
    weights: npt.NDArray[np.float64]

    def probability(self, vectors: Floats) -> npt.NDArray[np.float64]:
        """How likely each of P texts, (P, d) unit-length embeddings, is about each topic, (P, T)."""
        raised = vectors.astype(np.float64) @ self.weights[:, :-1].T + self.weights[:, -1]
        return np.asarray(1 / (1 + np.exp(-raised)), dtype=np.float64)


@cache
def topic_weights() -> TopicWeights:
    """Return the weights of the package."""
    found = json.loads(WEIGHTS_FILE.read_text("utf-8"))
    learned = found["topics"]
    unknown = [0.0] * (len(next(iter(learned.values()))) - 1) + [-np.inf]
    return TopicWeights(found["encoder"], np.array([learned.get(topic.id, unknown) for topic in TOPICS]))


def topics_asked(parts: Sequence[str], encoder: TextEncoder, role: Role) -> Floats:
    """How surely each of P parts of a request asks for each of T topics, (P, T) in 0 … 1.

    1 where its words say so. The learned probability else, where ``encoder`` is the model that it was learned with.
    """
    asked = np.zeros((len(parts), len(TOPICS)), dtype=np.float32)
    learned = topic_weights()
    if parts and encoder.model_id.partition("-")[0] == learned.encoder:
        asked[:] = learned.probability(encoder.encode(list(parts), role))
    for at, part in enumerate(parts):
        asked[at, list(topics_wished(part))] = 1
    return asked


def topics_wished(part: str) -> tuple[int, ...]:
    """Places in ``TOPICS`` of what a part of a request asks for; none where it only tells something."""
    return tuple(at for at, topic in enumerate(TOPICS) if topic.wished.search(part)) if asks(part) else ()


def asked_of(part: str) -> tuple[str, ...]:
    """Return the tasks that a part of a request asks for; none where it only tells, or names no topic's words."""
    return tuple(dict.fromkeys(task for at in topics_wished(part) for task in TOPICS[at].tasks))


def topics_offered(titles: Sequence[str]) -> Flags:
    """Which of C titles are about which of T topics, (C, T)."""
    about = [[topic.offered.search(title) is not None for topic in TOPICS] for title in titles]
    return np.array(about, dtype=bool).reshape(len(titles), len(TOPICS))
