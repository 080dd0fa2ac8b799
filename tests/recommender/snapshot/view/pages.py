"""Small graphs to draw, and pages as a program reads them."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

from graph_schema.model import NodeRef
from recommender.snapshot.view.write import write_view
from tests.recommender.small_graph import SmallGraph, goyang

SOFT = NodeRef("Company", "soft")
EVIL = "</script><script>alert('당했다')</script>\"'<img src=x onerror=alert(1)>&amp;"
"""A name that would do harm wherever it was taken for HTML."""


def busy(count: int = 60) -> SmallGraph:
    graph = goyang()
    for number in range(count):
        graph.node("Technology", f"T{number:02}", title=f"기술 {number} <b>&", applied_on=date(2020, 1, 1))
        graph.link(
            "Company:soft", "FILED", f"Technology:T{number:02}", on=date(2020 + number // 12 % 6, number % 12 + 1, 1)
        )
    return graph


def dealings() -> SmallGraph:
    graph = goyang()
    graph.node("Program", "P", title="2026 판로 지원")
    graph.node("Need", "N", title="판로를 찾습니다")
    graph.link("Company:soft", "APPLIED_TO", "Program:P", on=date(2025, 5, 1))
    graph.link("Company:soft", "NEEDS", "Need:N", on=date(2025, 5, 1))
    return graph


def evil() -> SmallGraph:
    graph = goyang()
    graph.node("Technology", "E", title=EVIL, url="javascript:alert(1)", status="registered")
    graph.link("Company:soft", "FILED", "Technology:E", on=date(2024, 2, 3))
    return graph


def page_of(graph: SmallGraph, tmp_path: Path, ref: NodeRef = SOFT, **options: Any) -> str:
    """Write a page and return its text."""
    return write_view(graph.snapshot(), ref, tmp_path / "view.html", **options).read_text(encoding="utf-8")


def data_of(page: str) -> dict[str, Any]:
    """Return what a page's scripts read."""
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found.group(1))


def names_of(page: str) -> list[str]:
    return [node["name"][0] for node in data_of(page)["nodes"]]
