"""A colour for each label, the same wherever the graph is drawn.

They differ by at least 17 (CIEDE2000) from each other for all: with full colour vision, without the cones for red, for
green, and for blue. Some are pale: what is filled with them needs a dark edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

COLOURS: Final[Mapping[str, str]] = {
    "Company": "#4704ed",
    "Institution": "#500270",
    "Technology": "#3fffbe",
    "Researcher": "#97b3ff",
    "Expert": "#b4a500",
    "Program": "#0f674b",
    "Center": "#650c03",
    "Space": "#d3fb19",
    "Project": "#7b6bff",
    "Need": "#f9e4f9",
    "Industry": "#877110",
    "TaxCode": "#756e8e",
    "TechField": "#379972",
    "Region": "#1c3032",
    "Topic": "#a2a2ae",
}
