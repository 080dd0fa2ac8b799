"""What companies ask for: fifteen themes that tie needs, programmes, courses, experts and topics together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One kind of wish.

    ``tags`` are ids of topics that registers may use, the first of them also a short name; ``words`` are looked for in
    titles of programmes; ``kinds`` are programme kinds with how strongly they speak of the theme; ``problems`` are
    (title, text) patterns with ``{trade}`` to be filled in.
    """

    key: str
    tags: tuple[str, ...]
    words: tuple[str, ...]
    kinds: Mapping[str, float]
    need_kind: str
    professions: tuple[str, ...]
    courses: tuple[str, ...]
    problems: tuple[tuple[str, str], ...]


THEMES: tuple[Theme, ...] = (
    Theme(
        "rnd",
        ("기술개발", "기술", "공동기술개발", "단독기술개발", "기술사업화/이전/지도", "r&d"),
        ("R&D", "기술개발", "연구개발", "과제", "실증", "기술이전"),
        {"rnd": 1.0},
        "technology",
        ("technology",),
        ("정부 연구개발 과제 기획", "시제품 제작 실습"),
        (
            (
                "{trade} 핵심 공정의 성능 개선 기술",
                "{trade} 분야 업체입니다. 성능을 높일 기술이 필요하나 자체 연구 인력이 없습니다.",
            ),
            (
                "{trade} 신제품 공동 개발",
                "{trade} 분야 업체입니다. 신제품을 함께 개발할 대학이나 연구소를 찾고 있습니다.",
            ),
            ("{trade} 시제품 시험과 검증", "{trade} 분야 업체입니다. 시제품을 시험할 장비와 경험이 부족합니다."),
        ),
    ),
    Theme(
        "finance",
        ("자금", "금융", "융자", "보증", "펀드/투자"),
        ("자금", "융자", "보증", "대출", "이차보전", "금융", "투자"),
        {"loan": 1.0, "grant": 0.2},
        "finance",
        ("finance", "accounting"),
        ("정책자금 신청 준비", "사업계획서와 자금조달"),
        (
            ("{trade} 운전자금 부족", "{trade} 분야 업체입니다. 원재료와 인건비를 치를 운전자금이 모자랍니다."),
            (
                "{trade} 시설 투자 자금",
                "{trade} 분야 업체입니다. 설비를 들이는 데 쓸 장기 저리 자금을 알아보고 있습니다.",
            ),
            ("{trade} 보증 한도 확대", "{trade} 분야 업체입니다. 거래가 늘어 보증 한도를 높이고 싶습니다."),
        ),
    ),
    Theme(
        "export",
        ("수출", "해외진출", "시장개척", "해외진출준비"),
        ("수출", "해외", "글로벌", "무역", "통상", "박람회"),
        {"export": 1.0},
        "export",
        ("customs", "marketing"),
        ("수출 초보기업 무역 실무", "해외 온라인몰 입점"),
        (
            (
                "{trade} 해외 구매자 발굴",
                "{trade} 분야 업체입니다. 제품과 서비스를 수출하려 하나 해외 구매자를 만날 길이 없습니다.",
            ),
            ("{trade} 수출 통관과 서류", "{trade} 분야 업체입니다. 첫 수출을 앞두고 통관과 원산지 서류가 어렵습니다."),
        ),
    ),
    Theme(
        "workforce",
        ("인력", "고용유지", "국내전문인력", "국내일반인력"),
        ("인력", "채용", "고용", "일자리", "인턴", "청년"),
        {"workforce": 1.0},
        "workforce",
        ("labour", "management"),
        ("소규모 사업장 채용과 면접", "현장 관리자 양성"),
        (
            ("{trade} 숙련 인력 채용", "{trade} 분야 업체입니다. 경력자를 뽑으려 해도 지원자가 거의 없습니다."),
            ("{trade} 청년 인력의 이직", "{trade} 분야 업체입니다. 청년 직원이 일 년을 넘기지 못하고 떠납니다."),
        ),
    ),
    Theme(
        "marketing",
        ("판로", "내수", "홍보지원", "온라인", "마케팅"),
        ("판로", "마케팅", "홍보", "내수", "브랜드", "입점", "온라인"),
        {"marketing": 1.0},
        "consulting",
        ("marketing",),
        ("온라인 판매와 검색 광고", "소상공인 사진과 영상 홍보"),
        (
            (
                "{trade} 신규 고객 확보",
                "{trade} 분야 업체입니다. 단골에만 기대고 있어 새 고객을 찾을 홍보가 필요합니다.",
            ),
            (
                "{trade} 온라인 판로",
                "{trade} 분야 업체입니다. 온라인으로 팔고 싶지만 입점과 광고를 해 본 적이 없습니다.",
            ),
            ("{trade} 브랜드와 포장", "{trade} 분야 업체입니다. 상표와 포장이 오래되어 새로 꾸미려 합니다."),
        ),
    ),
    Theme(
        "startup",
        ("창업", "사업화지원", "예비창업자지원", "재기지원", "사업화"),
        ("창업", "스타트업", "사업화", "예비", "보육", "재도전"),
        {"startup": 1.0},
        "consulting",
        ("management", "finance"),
        ("초기 창업자 사업모델 점검", "투자 유치 발표 훈련"),
        (
            (
                "{trade} 초기 사업화",
                "{trade} 분야 업체입니다. 창업한 지 얼마 되지 않아 첫 제품을 시장에 내는 일이 막막합니다.",
            ),
            ("{trade} 사업모델 점검", "{trade} 분야 업체입니다. 수익 구조가 맞는지 경험자의 조언을 듣고 싶습니다."),
        ),
    ),
    Theme(
        "digital",
        ("디지털전환", "정보화지원", "인공지능"),
        ("디지털", "AI", "인공지능", "데이터", "ICT", "소프트웨어", "클라우드", "콘텐츠", "스마트상점"),
        {"other": 0.2, "grant": 0.2},
        "technology",
        ("technology", "management"),
        ("업무 자동화와 생성형 인공지능", "매장 데이터 분석 기초"),
        (
            (
                "{trade} 업무의 디지털 전환",
                "{trade} 분야 업체입니다. 주문과 재고를 손으로 적고 있어 전산화가 필요합니다.",
            ),
            (
                "{trade} 데이터 분석과 인공지능",
                "{trade} 분야 업체입니다. 쌓인 자료를 인공지능으로 예측에 쓰고 싶습니다.",
            ),
        ),
    ),
    Theme(
        "automation",
        ("스마트공장", "기술인력/장비지원", "자동화"),
        ("스마트공장", "스마트 공장", "제조혁신", "자동화", "로봇", "공정", "스마트"),
        {"grant": 0.3},
        "technology",
        ("technology",),
        ("스마트공장 도입 준비", "협동로봇 활용 입문"),
        (
            ("{trade} 공정 자동화", "{trade} 분야 업체입니다. 반복 작업을 줄일 자동화 설비를 들이려 합니다."),
            (
                "{trade} 설비 점검과 불량 감소",
                "{trade} 분야 업체입니다. 설비가 자주 멈추고 불량이 늘어 원인을 찾고 있습니다.",
            ),
        ),
    ),
    Theme(
        "ip",
        ("특허", "지식재산"),
        ("특허", "지식재산", "IP", "상표"),
        {"consulting": 0.3},
        "consulting",
        ("patent",),
        ("특허 명세서 읽기와 출원", "상표 분쟁 예방"),
        (
            ("{trade} 특허 출원", "{trade} 분야 업체입니다. 개발한 방법을 특허로 지키고 싶은데 절차를 모릅니다."),
            ("{trade} 상표 침해 대응", "{trade} 분야 업체입니다. 비슷한 상표를 쓰는 곳이 생겨 대응이 필요합니다."),
        ),
    ),
    Theme(
        "tax",
        ("세무", "조세", "회계"),
        ("세무", "세제", "감면", "회계", "손실보상"),
        {"other": 0.3},
        "grievance",
        ("tax", "accounting"),
        ("부가가치세와 종합소득세 신고", "작은 회사의 장부 쓰기"),
        (
            (
                "{trade} 세금 신고",
                "{trade} 분야 업체입니다. 부가가치세와 소득세 신고에서 빠뜨린 것이 있는지 걱정됩니다.",
            ),
            ("{trade} 세액 감면 확인", "{trade} 분야 업체입니다. 받을 수 있는 세액 감면을 알고 싶습니다."),
        ),
    ),
    Theme(
        "labour",
        ("노무", "작업환경개선", "고용환경개선"),
        ("노무", "근로", "산재", "안전", "고용유지", "복지"),
        {"workforce": 0.4},
        "grievance",
        ("labour", "legal"),
        ("근로계약과 임금 관리", "중대재해 예방과 안전 점검"),
        (
            (
                "{trade} 근로계약과 임금",
                "{trade} 분야 업체입니다. 근로계약서와 주휴수당 계산이 맞는지 확인이 필요합니다.",
            ),
            ("{trade} 작업장 안전", "{trade} 분야 업체입니다. 작업장 안전 점검과 산업재해 처리 방법을 묻습니다."),
        ),
    ),
    Theme(
        "space",
        ("입지", "시설/입지지원", "창업공간지원"),
        ("입주", "공간", "입지", "센터", "임대", "산업단지"),
        {"space": 1.0},
        "space",
        ("legal", "management"),
        ("지식산업센터 입주 절차", "임대차 계약 살펴보기"),
        (
            (
                "{trade} 넓은 공간으로 이전",
                "{trade} 분야 업체입니다. 직원이 늘어 지금 공간이 좁으니 옮길 곳을 찾습니다.",
            ),
            ("{trade} 임대료 부담", "{trade} 분야 업체입니다. 임대료가 올라 더 싼 곳을 알아보고 있습니다."),
        ),
    ),
    Theme(
        "quality",
        ("인증", "시험/인증", "품질"),
        ("인증", "품질", "시험", "규격", "표준"),
        {"grant": 0.2, "consulting": 0.2},
        "technology",
        ("technology", "management"),
        ("품질경영 인증 준비", "시험 성적서와 규격 이해"),
        (
            ("{trade} 품질 인증 취득", "{trade} 분야 업체입니다. 납품처가 품질 인증을 요구하여 준비가 필요합니다."),
            ("{trade} 시험 성적서 발급", "{trade} 분야 업체입니다. 공인 시험 기관과 비용을 알고 싶습니다."),
        ),
    ),
    Theme(
        "green",
        ("환경", "에너지", "환경개선"),
        ("환경", "에너지", "탄소", "녹색", "ESG", "그린", "친환경"),
        {"grant": 0.2},
        "technology",
        ("technology",),
        ("탄소 배출량 산정 입문", "에너지 절감 진단"),
        (
            (
                "{trade} 에너지 비용 절감",
                "{trade} 분야 업체입니다. 전기 요금이 크게 올라 에너지를 아낄 방법이 필요합니다.",
            ),
            (
                "{trade} 폐기물과 배출 관리",
                "{trade} 분야 업체입니다. 폐기물 처리와 배출 기준을 지키는 데 도움이 필요합니다.",
            ),
        ),
    ),
    Theme(
        "management",
        ("경영", "컨설팅"),
        ("경영", "컨설팅", "자문", "소상공인", "협업", "전통시장"),
        {"consulting": 1.0, "education": 0.3},
        "consulting",
        ("management", "legal"),
        ("작은 가게 손익 관리", "가업 승계 준비"),
        (
            ("{trade} 경영 진단", "{trade} 분야 업체입니다. 매출은 그대로인데 이익이 줄어 경영 진단을 받고 싶습니다."),
            (
                "{trade} 거래처 계약 분쟁",
                "{trade} 분야 업체입니다. 거래처와 대금 문제로 다툼이 있어 자문이 필요합니다.",
            ),
        ),
    ),
)

THEME_COUNT = len(THEMES)
THEME_INDEX = {theme.key: i for i, theme in enumerate(THEMES)}
