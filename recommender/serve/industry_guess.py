"""Guesses the industry of a company from what a text says it does; rather nothing than nonsense."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from graph_schema.model import NodeRef
from recommender.language.clauses import one_blank
from recommender.language.requests import is_wish
from recommender.snapshot.snapshot import Snapshot

_REVISION: Final = 11
_DIGITS: Final = 5
"""Length of a KSIC code that names one kind of business."""
_MOST: Final = 2
"""More trades than these in one text say nothing of the company."""
TRADES: Final[Mapping[str, str]] = MappingProxyType(
    {
        word.lower(): trade
        for trade, words in {
            "제과점업": "빵집 베이커리 제과점 제과 빵가게 케이크",
            "커피 전문점": "카페 커피숍 커피전문점 커피점 찻집",
            "한식 일반 음식점업": "식당 음식점 한식당 한식집 밥집 백반집 국밥집 고깃집 갈비집 레스토랑",
            "중식 음식점업": "중국집 중식당 중식",
            "일식 음식점업": "횟집 초밥집 일식집 일식당 스시",
            "서양식 음식점업": "양식당 파스타집",
            "치킨 전문점": "치킨집 치킨점 치킨가게 통닭집",
            "피자, 햄버거, 샌드위치 및 유사 음식점업": "피자집 피자가게 햄버거집 샌드위치",
            "김밥 및 기타 간이 음식점업": "분식집 분식점 김밥집",
            "출장 음식 서비스업": "출장뷔페 케이터링",
            "기타 주점업": "술집 주점 호프집 와인바",
            "떡류 제조업": "떡집 떡제조",
            "도시락류 제조업": "도시락제조 도시락공장",
            "김치류 제조업": "김치공장 김치제조",
            "조리 반찬류 소매업": "반찬가게 반찬집",
            "두발 미용업": "미용실 헤어샵 헤어숍 이발소 미장원",
            "피부 미용업": "피부관리실 피부미용 에스테틱 왁싱샵",
            "기타 미용업": "네일샵 네일숍 네일아트",
            "가정용 세탁업": "세탁소 빨래방 세탁업",
            "체인화 편의점": "편의점",
            "육류 소매업": "정육점",
            "화초 및 식물 소매업": "꽃집 꽃가게 화원",
            "서적, 신문 및 잡지류 소매업": "서점 책방",
            "안경 및 렌즈 소매업": "안경점 안경원",
            "의약품 및 의료용품 소매업": "약국",
            "문구용품 및 회화용품 소매업": "문구점 문방구",
            "전자상거래 소매업": "온라인쇼핑몰 쇼핑몰 온라인몰 인터넷쇼핑몰 스마트스토어 온라인판매업 전자상거래업",
            "반려용동물 및 관련용품 소매업": "애견샵 펫샵 애견용품점 반려동물용품",
            "응용 소프트웨어 개발 및 공급업": (
                "소프트웨어개발 소프트웨어기업 소프트웨어회사 소프트웨어업체 앱개발 앱제작 앱제조 앱서비스 어플개발 "
                "플랫폼개발 SW개발 소프트웨어"
            ),
            "모바일 게임 소프트웨어 개발 및 공급업": "게임개발 게임회사 게임제작 게임사 모바일게임",
            "컴퓨터 프로그래밍 서비스업": "웹개발 홈페이지제작 웹에이전시 프로그램개발",
            "그 외 기타 금속 가공업": "금속가공 판금 금속부품가공",
            "절삭 가공 및 유사 처리업": "절삭가공 절삭 CNC가공 선반가공 정밀가공",
            "도금업": "도금",
            "금속 열처리업": "열처리",
            "주형 및 금형 제조업": "금형",
            "오프셋 인쇄업": "인쇄소 인쇄업 인쇄업체 인쇄회사 인쇄공장 인쇄물제작 인쇄",
            "화장품 제조업": "화장품제조 화장품공장 화장품생산 화장품개발",
            "화장품, 비누 및 방향제 소매업": "화장품가게 화장품매장",
            "무인 항공기 및 무인 비행장치 제조업": "드론 무인기 무인항공기",
            "반도체 제조용 기계 제조업": "반도체장비 반도체제조장비 반도체설비",
            "산업용 로봇 제조업": "산업용로봇 협동로봇 로봇제조 로봇개발",
            "전자 감지장치 제조업": "센서제조 센서개발",
            "그 외 기타 의료용 기기 제조업": "의료기기제조 의료기기개발 의료기기",
            "간판 및 광고물 제조업": "간판",
            "인형 및 장난감 제조업": "장난감제조 완구",
            "기타 목재 가구 제조업": "가구공장 가구제조 가구공방 목공방",
            "가구 소매업": "가구점 가구매장",
            "그 외 기타 봉제의복 제조업": "봉제공장 봉제업 의류제조 의류공장",
            "일반 교과학원": "보습학원 입시학원 수학학원 교과학원 학원",
            "외국어학원": "영어학원 어학원 외국어학원",
            "음악학원": "음악학원 피아노학원",
            "미술학원": "미술학원",
            "태권도 및 무술 교육기관": "태권도 태권도장 합기도장",
            "컴퓨터 학원": "코딩학원 컴퓨터학원",
            "체력 단련시설 운영업": "헬스장 피트니스 헬스클럽 필라테스 요가원",
            "광고 대행업": "광고대행 광고대행사 광고회사",
            "시각 디자인업": "디자인회사 디자인스튜디오 디자인에이전시 디자인업체",
            "인테리어 디자인업": "인테리어디자인",
            "도배, 실내 장식 및 내장 목공사업": "인테리어공사 인테리어업체 인테리어시공 인테리어",
            "건축 설계 및 관련 서비스업": "건축사무소 건축설계",
            "광고 영화 및 비디오물 제작업": "광고영상 영상제작 영상제작사 영상프로덕션",
            "방송 프로그램 제작업": "방송프로그램 방송제작",
            "애니메이션 영화 및 비디오물 제작업": "애니메이션",
            "인물 사진 및 행사용 영상 촬영업": "사진관 사진스튜디오",
            "일반 서적 출판업": "출판사 출판업",
            "경영 컨설팅업": "경영컨설팅",
            "번역 및 통역 서비스업": "번역회사 번역업 통번역",
            "여행사업": "여행사",
            "부동산 중개 및 대리업": "부동산중개 공인중개사사무소",
            "자동차 종합 수리업": "카센터 자동차정비 정비소 자동차수리",
            "자동차 세차업": "세차장",
            "택배업": "택배",
            "일반 화물자동차 운송업": "화물운송 화물차 용달",
            "건축물 일반 청소업": "청소업체 청소업 청소회사 입주청소",
            "치과의원": "치과",
            "한의원": "한의원",
            "노래 연습장 운영업": "노래방",
            "컴퓨터 게임방 운영업": "PC방 피시방",
            "당구장 운영업": "당구장",
            "여관업": "모텔 여관",
        }.items()
        for word in words.split()
    }
)
"""Everyday words for businesses, spaces left out, and the names under which KSIC 11 lists them."""
_WORD: Final = re.compile(
    "|".join(r"\s*".join(map(re.escape, word)) for word in sorted(TRADES, key=lambda word: (-len(word), word))),
    re.IGNORECASE,
)
_SURE_ENDINGS: Final = tuple("집점소실페")
_AMBIGUOUS_LENGTH: Final = 2
"""A word this short with another ending may itself end another word: 대학원."""
_MADE: Final = re.compile(r"[을를]\s*(?:직접\s*)?만[드든들듭]")
_DONE: Final = re.compile(r"[을를]\s*(?:직접\s*)?(?=제조|생산|개발|가공|제작|설계)")
_SHORTEST_OWN_NAME: Final = 4
_SOUGHT: Final = re.compile(r"\s*(?:업체|회사|기업|전문가)?[을를]?\s*(?:찾|알아보|소개)")
_CUSTOMER: Final = re.compile(r"\s*(?:에|들에|에게|을 상대로|용|전용|향)\s*(?:납품|공급|판매|제공|납입|쓰이)")
"""What follows the trade of a company's customers: 식당에 납품."""


def guess_industries(text: str, snapshot: Snapshot, *, plans: bool = False) -> tuple[NodeRef, ...]:
    """Return at most two five-digit KSIC 11 codes that ``text`` suggests, in the order of the text.

    Everyday words for trades count, and names that KSIC itself lists. What is wished for or sold to does not, unless
    ``plans`` says that the company is yet to be founded. None where nothing fits or more than two do.
    """
    codes = _codes(snapshot)
    found = list(dict.fromkeys(codes[name] for name in _named(text, codes, plans=plans) if name in codes))
    return tuple(NodeRef("Industry", id_) for id_ in found) if len(found) <= _MOST else ()


def _codes(snapshot: Snapshot) -> dict[str, str]:
    """Ids of the five-digit codes of the newest revision by name."""
    table = snapshot.nodes("Industry").select(["id", "name", "code", "revision"])
    rows = zip(*(table.column(name).to_pylist() for name in ("id", "name", "code", "revision")), strict=True)
    return {name: id_ for id_, name, code, revision in rows if revision == _REVISION and len(str(code)) == _DIGITS}


def _named(text: str, codes: Mapping[str, str], *, plans: bool) -> Iterator[str]:
    """Names of industries that the text says the company works in."""
    text = _DONE.sub("", _MADE.sub("제조", one_blank(text)))
    for match in _WORD.finditer(text):
        word = re.sub(r"\s", "", match[0]).lower()
        before = text[match.start() - 1 : match.start()]
        whole = len(word) > _AMBIGUOUS_LENGTH or word.endswith(_SURE_ENDINGS) or not "가" <= before <= "힣"
        if whole and (plans or not _is_elsewhere(text, match.end())):
            yield TRADES[word]
    squeezed = re.sub(r"\s", "", text)
    for name in codes:
        plain = re.sub(r"\s", "", name)
        if len(plain) >= _SHORTEST_OWN_NAME and plain in squeezed:
            yield name


def _is_elsewhere(text: str, end: int) -> bool:
    return is_wish(text, end) or any(pattern.match(text, end) for pattern in (_SOUGHT, _CUSTOMER))
