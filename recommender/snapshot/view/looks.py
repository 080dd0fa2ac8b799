"""How the picture tells one kind of node from another, and what it calls relationships."""

from __future__ import annotations

from collections.abc import Mapping
from math import cos, pi, sin
from typing import Final

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

RELATION_NAMES: Final[Mapping[str, tuple[str, str]]] = {
    "PART_OF": ("소속", "part of"),
    "MAPS_TO": ("후속 업종", "continued as"),
    "REPORTED": ("연도별 실적", "figures of a year"),
    "IN_INDUSTRY": ("업종", "industry"),
    "LOCATED_IN": ("소재", "located in"),
    "FILED": ("출원", "filed"),
    "CO_FILED_WITH": ("공동 출원", "filed together"),
    "IN_FIELD": ("분야", "in the field"),
    "PARTICIPATED_IN": ("참여", "took part"),
    "DEVELOPED": ("개발", "developed"),
    "AFFILIATED_WITH": ("소속", "belongs to"),
    "SPECIALIZES_IN": ("전문", "specialises in"),
    "COLLABORATED_WITH": ("협력", "worked together"),
    "LICENSED": ("기술 이전", "licensed"),
    "NEEDS": ("필요", "needs"),
    "ABOUT": ("주제", "about"),
    "TARGETS": ("대상", "open to"),
    "OFFERED_BY": ("운영", "offered by"),
    "ADMITS": ("입주 가능", "admits"),
    "CONSULTED": ("자문", "consulted"),
    "APPLIED_TO": ("신청", "applied to"),
    "AWARDED": ("선정", "awarded"),
    "OCCUPIES": ("입주", "occupies"),
    "REGISTERED_WITH": ("사업자등록", "registered with"),
}
"""Short names of relationship types, in Korean and in English."""
