"""Korean words for made-up names and texts, and what is typical of each section of KSIC."""

from __future__ import annotations

from dataclasses import dataclass

NAME_HEADS = (
    "가람", "가온", "고운", "나래", "너른", "누리", "늘봄", "다솜", "다온", "도담", "두루", "라온",
    "마루", "맑은", "모아", "미르", "바른", "벼리", "보람", "빛찬", "산들", "새벽", "새솔", "소담",
    "솔찬", "슬기", "시원", "아람", "아름", "아침", "여울", "예솔", "온새", "우람", "윤슬", "은결",
    "이든", "이음", "자람", "잔별", "정담", "차오름", "참빛", "채움", "초롱", "큰솔", "토담", "튼실",
    "포근", "푸른", "풀잎", "하늬", "하람", "한결", "한울", "해든", "해오름", "햇살", "혜윰", "희나리",
)  # fmt: skip
NAME_MIDDLES = (
    "결", "골", "길", "꿈", "나루", "내", "달", "동산", "들", "디딤", "뜰", "마당",
    "마을", "매", "모루", "물결", "바다", "바람", "밭", "벗", "봄", "빛", "뿌리", "사랑",
    "샘", "섬", "성", "손", "솔", "숲", "씨앗", "안", "여름", "열매", "온", "울",
    "이랑", "잎", "자리", "재", "줄기", "집", "찬", "터", "틀", "품", "하늘", "해",
    "향", "현",
)  # fmt: skip
MARKER = "(가상)"
"""Ends every made-up name, so that none can be taken for a real organisation."""


@dataclass(frozen=True, slots=True)
class Section:
    """What is typical of a KSIC section.

    ``share`` is relative, among wholesale, retail, food and lodging or among the rest; ``large``, ``incorporated``
    and ``technical`` are log-odds around the city's mean; ``revenue`` is millions of KRW a head a year.
    """

    share: float
    large: float
    incorporated: float
    technical: float
    revenue: float
    endings: tuple[str, ...]
    product: tuple[str, ...]


SECTIONS: dict[str, Section] = {
    "A": Section(0.4, 0.2, 0.2, -1.0, 60, ("농원", "영농"), ("{0}",)),
    "C": Section(
        7.0, 1.6, 1.6, 1.6, 190, ("정밀", "산업", "테크", "제작소"), ("{0} 생산과 납품", "{0}, 주문 설계와 가공")
    ),
    "D": Section(0.3, 0.5, 1.2, 0.8, 260, ("에너지", "전력"), ("{0}",)),
    "E": Section(0.4, 1.0, 1.2, 0.4, 170, ("환경", "자원"), ("{0}",)),
    "F": Section(7.0, 0.9, 1.3, 0.1, 180, ("건설", "설비", "인테리어"), ("{0} 시공과 유지보수",)),
    "G": Section(25.0, -0.3, -0.1, -0.6, 260, ("상사", "유통", "마트", "상회"), ("{0}", "{0}, 온라인 판매 병행")),
    "H": Section(8.5, -0.9, -0.9, -1.0, 90, ("물류", "운수", "통운"), ("{0}",)),
    "I": Section(16.2, -0.2, -1.6, -1.4, 80, ("식당", "부엌", "찻집", "쉼터"), ("{0}", "{0}, 포장과 배달 병행")),
    "J": Section(4.5, 0.9, 2.0, 1.8, 150, ("소프트", "시스템", "미디어"), ("{0}", "{0}, 구독형 서비스 제공")),
    "K": Section(0.9, 0.7, 1.0, -0.3, 200, ("금융", "보험대리"), ("{0}",)),
    "L": Section(6.0, -0.8, 0.1, -1.2, 110, ("부동산", "개발"), ("{0}",)),
    "M": Section(6.0, 0.5, 1.2, 1.2, 120, ("연구소", "기술", "디자인"), ("{0}", "{0}, 기업 의뢰 수행")),
    "N": Section(3.5, 0.9, 0.9, -0.3, 80, ("서비스", "관리", "렌탈"), ("{0}",)),
    "P": Section(5.5, -0.1, -0.9, -0.2, 50, ("학원", "교육", "배움터"), ("{0}",)),
    "Q": Section(3.4, 1.2, -0.8, 0.0, 80, ("의원", "돌봄", "복지"), ("{0}",)),
    "R": Section(4.0, -0.5, -0.8, -0.2, 60, ("공방", "스튜디오", "체육관"), ("{0}",)),
    "S": Section(7.5, -1.1, -1.4, -0.8, 50, ("수리", "세탁", "미용실"), ("{0}",)),
}
"""Sections that companies of the city work in; public administration, households and foreign bodies are left out."""

CONSUMER_SECTIONS = ("G", "I")

TRADES: dict[str, str] = {
    "10": "식품 제조", "11": "음료 제조", "13": "섬유 제조", "14": "의류 제조", "17": "종이 포장재", "18": "인쇄",
    "20": "화학 제품", "21": "의약품", "22": "플라스틱 제품", "25": "금속 가공", "26": "전자 부품",
    "27": "의료·정밀 기기", "28": "전기 장비", "29": "산업용 기계", "32": "가구", "46": "도매 유통",
    "47": "소매 매장", "55": "숙박", "56": "음식점", "58": "소프트웨어 출판", "59": "영상 제작", "62": "정보 시스템",
    "63": "데이터 서비스", "70": "연구개발", "72": "엔지니어링", "73": "전문 디자인", "A": "농업", "C": "공산품 제조",
    "D": "발전", "E": "자원 재활용", "F": "건설 시공", "G": "상품 판매", "H": "운송·물류", "I": "외식",
    "J": "정보통신", "K": "보험·금융 중개", "L": "부동산", "M": "전문 서비스", "N": "사업 지원", "P": "교육",
    "Q": "의료·복지", "R": "문화·체육", "S": "생활 서비스",
}  # fmt: skip
"""Short words for what a company does, by KSIC division where there is one, else by section."""

UNLIKELY_CODES = ("64", "65", "94", "49100", "495", "501", "511", "611", "851", "852", "853")
UNLIKELY_WORDS = (
    "원자력",
    "화력",
    "수력",
    "철도",
    "우편",
    "중앙",
    "대학",
    "학교",
    "공공",
    "교도",
    "종교",
    "연금",
    "카지노",
    "경주장",
)
"""Industries, by the beginning of the code or a word of the name, that hardly any small company of a city is in."""

CERTIFICATES: tuple[tuple[str, float, float, float, float], ...] = (
    ("벤처기업", -6.2, 1.1, 1.6, 0.3),
    ("이노비즈", -8.0, 1.0, 1.4, 1.2),
    ("메인비즈", -7.4, 0.2, 1.0, 1.0),
    ("기업부설연구소", -6.4, 1.4, 1.2, 0.9),
    ("여성기업", -3.0, 0.0, 0.4, 0.2),
    ("장애인기업", -5.2, 0.0, 0.1, 0.0),
    ("사회적기업", -6.2, 0.0, 1.2, 0.4),
    ("수출유망중소기업", -8.0, 0.9, 1.0, 1.3),
    ("ISO 9001", -6.2, 0.7, 1.0, 1.2),
)
"""Certificate, and its log-odds: base, by technicality of the section, when incorporated, by log of employees."""
