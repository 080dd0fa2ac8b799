"""Korean words for made-up names and texts, and what is typical of each section of KSIC."""

from __future__ import annotations

from dataclasses import dataclass

NAME_HEADS = tuple(
    "가람 누리 다온 라온 마루 바른 새솔 아람 자람 차오름 하람 한울 푸른 맑은 고운 너른 두루 미르 벼리 소담 "
    "슬기 시원 아름 여울 온새 우람 이든 잔별 초롱 큰솔 튼실 포근 해든 햇살 늘봄 다솜 도담 모아 보람 빛찬 "
    "산들 새벽 솔찬 아침 예솔 윤슬 은결 이음 정담 참빛 채움 토담 풀잎 하늬 한결 해오름 혜윰 희나리 가온 나래".split()
)
NAME_MIDDLES = tuple(
    "결 골 길 꿈 나루 내 달 동산 들 디딤 뜰 마당 마을 매 모루 물결 바다 바람 밭 벗 봄 빛 뿌리 사랑 샘 "
    "섬 성 손 솔 숲 씨앗 안 여름 열매 온 울 이랑 잎 자리 재 줄기 집 찬 터 틀 품 하늘 해 향 현".split()
)
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
    "A": Section(0.4, 0.2, 0.2, -1.0, 60, ("농원", "영농"), ("{0} 생산과 직거래",)),
    "C": Section(
        7.0, 1.6, 1.6, 1.6, 190, ("정밀", "산업", "테크", "제작소"), ("{0} 생산과 납품", "{0}, 주문 설계와 가공")
    ),
    "D": Section(0.3, 0.5, 1.2, 0.8, 260, ("에너지", "전력"), ("{0} 운영",)),
    "E": Section(0.4, 1.0, 1.2, 0.4, 170, ("환경", "자원"), ("{0} 처리와 재활용",)),
    "F": Section(7.0, 0.9, 1.3, 0.1, 180, ("건설", "설비", "인테리어"), ("{0} 시공과 유지보수",)),
    "G": Section(25.0, -0.3, -0.1, -0.6, 260, ("상사", "유통", "마트", "상회"), ("{0}", "{0}, 온라인 판매 병행")),
    "H": Section(8.5, -0.9, -0.9, -1.0, 90, ("물류", "운수", "통운"), ("{0} 수송과 배송",)),
    "I": Section(16.2, -0.2, -1.6, -1.4, 80, ("식당", "부엌", "찻집", "쉼터"), ("{0}", "{0}, 포장과 배달 병행")),
    "J": Section(4.5, 0.9, 2.0, 1.8, 150, ("소프트", "시스템", "미디어"), ("{0}", "{0}, 구독형 서비스 제공")),
    "K": Section(0.9, 0.7, 1.0, -0.3, 200, ("금융", "보험대리"), ("{0} 상담과 중개",)),
    "L": Section(6.0, -0.8, 0.1, -1.2, 110, ("부동산", "개발"), ("{0} 중개와 관리",)),
    "M": Section(6.0, 0.5, 1.2, 1.2, 120, ("연구소", "기술", "디자인"), ("{0}", "{0}, 기업 의뢰 수행")),
    "N": Section(3.5, 0.9, 0.9, -0.3, 80, ("서비스", "관리", "렌탈"), ("{0} 대행",)),
    "P": Section(5.5, -0.1, -0.9, -0.2, 50, ("학원", "교육", "배움터"), ("{0} 운영과 강의",)),
    "Q": Section(3.4, 1.2, -0.8, 0.0, 80, ("의원", "돌봄", "복지"), ("{0} 진료와 돌봄",)),
    "R": Section(4.0, -0.5, -0.8, -0.2, 60, ("공방", "스튜디오", "체육관"), ("{0} 운영",)),
    "S": Section(7.5, -1.1, -1.4, -0.8, 50, ("수리", "세탁", "미용실"), ("{0} 제공",)),
}
"""Sections that companies of the city work in; public administration, households and foreign bodies are left out."""

CONSUMER_SECTIONS = ("G", "I")

TRADES: dict[str, str] = {
    "10": "식품 제조", "11": "음료 제조", "13": "섬유 제조", "14": "의류 제조", "17": "종이 포장재", "18": "인쇄",
    "20": "화학 제품", "21": "의약품", "22": "플라스틱 제품", "25": "금속 가공", "26": "전자 부품",
    "27": "의료·정밀 기기", "28": "전기 장비", "29": "산업용 기계", "32": "가구", "46": "도매 유통", "47": "소매 매장",
    "55": "숙박", "56": "음식점", "58": "소프트웨어 출판", "59": "영상 제작", "62": "정보 시스템", "63": "데이터 서비스",
    "70": "연구개발", "72": "엔지니어링", "73": "전문 디자인", "A": "농업", "C": "제조", "D": "발전", "E": "자원 재활용",
    "F": "건설 시공", "G": "상품 판매", "H": "운송·물류", "I": "외식", "J": "정보통신", "K": "보험·금융 중개",
    "L": "부동산", "M": "전문 서비스", "N": "사업 지원", "P": "교육", "Q": "의료·복지", "R": "문화·체육", "S": "생활 서비스",
}  # fmt: skip
"""Short words for what a company does, by KSIC division where there is one, else by section."""

CERTIFICATES: tuple[tuple[str, float, float, float, float], ...] = (
    ("벤처기업", -4.6, 1.1, 1.6, 0.3),
    ("이노비즈", -5.6, 1.0, 1.4, 1.2),
    ("메인비즈", -5.2, 0.2, 1.0, 1.0),
    ("기업부설연구소", -4.6, 1.4, 1.2, 0.9),
    ("여성기업", -2.8, 0.0, 0.3, 0.2),
    ("장애인기업", -4.8, 0.0, 0.1, 0.0),
    ("사회적기업", -5.6, 0.0, 1.2, 0.4),
    ("수출유망중소기업", -6.0, 0.9, 1.0, 1.3),
    ("ISO 9001", -4.6, 0.7, 1.0, 1.2),
)
"""Certificate, and its log-odds: base, by technicality of the section, when incorporated, by log of employees."""
