"""How the picture tells one kind of node from another, and what it calls relationships."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Final

from graph_schema.wording import Wording

Points = tuple[tuple[float, float], ...]
"""Corners of a polygon between -1 and 1, y downwards; none for a circle."""
_CIRCLE: Final[Points] = ()


def _round(corners: int, *, turn: float = 0.0, inner: float = 1.0) -> Points:
    """Corners on a circle, the first at the top; with ``inner`` each is followed by one nearer to the middle."""
    count = corners if inner == 1.0 else 2 * corners
    points = []
    for number in range(count):
        angle = 2 * pi * (number / count + turn)
        radius = inner if count > corners and number % 2 else 1.0
        points.append((round(radius * sin(angle), 3), round(-radius * cos(angle), 3)))
    return tuple(points)


SHAPES: Final[Mapping[str, Points]] = {
    "Company": _CIRCLE,
    "AnnualFigures": ((-1, -0.3), (1, -0.3), (1, 0.3), (-1, 0.3)),
    "Institution": ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    "Technology": ((0, -1), (1, 0.8), (-1, 0.8)),
    "Researcher": _round(4),
    "Expert": _round(5),
    "Program": _round(6, turn=1 / 12),
    "Center": ((0, -1), (0.95, -0.2), (0.7, -0.2), (0.7, 1), (-0.7, 1), (-0.7, -0.2), (-0.95, -0.2)),
    "Space": ((-1, -0.6), (0.3, -0.6), (1, 0), (0.3, 0.6), (-1, 0.6)),
    "Project": _round(8, turn=1 / 16),
    "Need": _round(5, inner=0.45),
    "Industry": ((-0.5, -0.7), (0.5, -0.7), (1, 0.7), (-1, 0.7)),
    "TaxCode": ((-0.5, -0.7), (1, -0.7), (0.5, 0.7), (-1, 0.7)),
    "TechField": ((-1, -0.8), (1, -0.8), (0, 1)),
    "Region": ((-1, -0.55), (1, -0.55), (1, 0.55), (-1, 0.55)),
    "Topic": (
        *((-0.35, -1), (0.35, -1), (0.35, -0.35), (1, -0.35), (1, 0.35), (0.35, 0.35)),
        *((0.35, 1), (-0.35, 1), (-0.35, 0.35), (-1, 0.35), (-1, -0.35), (-0.35, -0.35)),
    ),
}
"""A form for each label, so that no one needs to see its colour."""

SURPLUS: Final = "surplus"
"""Kind of the nodes that stand for what is counted and not drawn."""
SURPLUS_SHAPE: Final = _CIRCLE
SURPLUS_COLOUR: Final = "#ffffff"

RELATION_NAMES: Final[Mapping[str, Wording]] = {
    "PART_OF": Wording("소속", "part of"),
    "MAPS_TO": Wording("후속 업종", "continued as"),
    "REPORTED": Wording("연도별 실적", "figures of a year"),
    "IN_INDUSTRY": Wording("업종", "industry"),
    "LOCATED_IN": Wording("소재", "located in"),
    "FILED": Wording("출원", "filed"),
    "CO_FILED_WITH": Wording("공동 출원", "filed together"),
    "IN_FIELD": Wording("분야", "in the field"),
    "PARTICIPATED_IN": Wording("참여", "took part"),
    "PRODUCED": Wording("성과", "produced"),
    "DEVELOPED": Wording("개발", "developed"),
    "AFFILIATED_WITH": Wording("소속", "belongs to"),
    "SPECIALIZES_IN": Wording("전문", "specialises in"),
    "COLLABORATED_WITH": Wording("협력", "worked together"),
    "LICENSED": Wording("기술 이전", "licensed"),
    "NEEDS": Wording("필요", "needs"),
    "ABOUT": Wording("주제", "about"),
    "TARGETS": Wording("대상", "open to"),
    "OFFERED_BY": Wording("운영", "offered by"),
    "ADMITS": Wording("입주 가능", "admits"),
    "CONSULTED": Wording("자문", "consulted"),
    "APPLIED_TO": Wording("신청", "applied to"),
    "AWARDED": Wording("선정", "awarded"),
    "OCCUPIES": Wording("입주", "occupies"),
    "REGISTERED_WITH": Wording("사업자등록", "registered with"),
    "RECOMMENDED": Wording("추천", "recommended"),
}
"""Short names of relationship types, in Korean and in English."""

SOURCE_NAMES: Final[Mapping[str, Wording]] = {
    "regions": Wording("행정구역", "administrative regions"),
    "ksic11": Wording("표준산업분류 11차", "KSIC 11"),
    "ksic-9-10": Wording("표준산업분류 9차·10차", "KSIC 9 and 10"),
    "ksic-9-to-10": Wording("표준산업분류 9차–10차 연계표", "KSIC 9 to 10"),
    "tax-codes": Wording("국세청 업종코드 연계표", "tax-office industry codes"),
    "nst": Wording("국가과학기술표준분류", "classification of science and technology"),
    "ipc": Wording("국제특허분류", "International Patent Classification"),
    "institution-names": Wording("기관 이름에서 판독", "read from the institution's name"),
    "centers": Wording("전국지식산업센터현황", "knowledge industry centres"),
    "bizinfo": Wording("기업마당", "Bizinfo"),
    "kstartup": Wording("K-Startup", "K-Startup"),
    "kstartup-businesses": Wording("K-Startup 사업소개", "K-Startup programmes"),
    "smes24": Wording("중소벤처24", "SMES24"),
    "city-notices": Wording("시 고시·공고", "notices of the city"),
    "ntis-calls": Wording("NTIS 사업공고", "NTIS calls"),
    "ntis-projects": Wording("NTIS 과제", "NTIS projects"),
    "ntis-results": Wording("NTIS 성과", "NTIS results"),
    "kipris": Wording("KIPRIS 특허", "KIPRIS patents"),
    "factories": Wording("공장등록현황", "factory register"),
    "stores": Wording("상가(상권)정보", "shops"),
    "ventures": Wording("벤처기업명단", "venture-confirmed companies"),
    "training": Wording("기업 훈련과정", "training courses"),
    "companies": Wording("기업 목록", "list of companies"),
    "annual-figures": Wording("연도별 실적", "figures of a year"),
    "institutions": Wording("대학·연구소·기관의 소재지", "where institutions are"),
    "experts": Wording("전문가 목록", "list of experts"),
    "spaces": Wording("호실 매물", "list of spaces"),
    "courses": Wording("교육 과정", "courses"),
    "technologies": Wording("보유·이전 기술", "list of technologies"),
    "needs": Wording("기술수요·애로·민원", "needs"),
    "nts-status": Wording("국세청 사업자 상태", "state at the tax office"),
    "synthetic": Wording("가상 자료", "made-up data"),
    "hand": Wording("손으로 입력", "entered by hand"),
}
"""Short names of sources; one that is not here is called by its own name."""
