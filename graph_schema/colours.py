"""A colour for each label, the same wherever the graph is drawn.

They differ by at least 15 (CIEDE2000) from each other for all: with full colour vision, without the cones for red, for
green, and for blue. Some are pale: what is filled with them needs a dark edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COLOURS: Final[Mapping[str, str]] = {
    "Company": "#4807e9",
    "AnnualFigures": "#51475e",
    "Institution": "#41015f",
    "Technology": "#3fffbe",
    "Researcher": "#97b3ff",
    "Expert": "#b4a500",
    "Program": "#0f674b",
    "Center": "#6e0604",
    "Space": "#d3fb19",
    "Project": "#7464ff",
    "Need": "#f9e4f9",
    "Industry": "#877110",
    "TaxCode": "#757684",
    "TechField": "#379972",
    "Region": "#1d2021",
    "Topic": "#a5a4b0",
}
