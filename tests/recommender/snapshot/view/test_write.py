"""The HTML view stands alone and says in words what it draws."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from graph_schema.errors import NotFoundError, ValidationError
from graph_schema.model import NodeRef
from recommender.language.answers import Audience
from recommender.snapshot.neighbourhood import find_neighbourhood
from recommender.snapshot.view import _SHORT, COLOURS, write_view
from tests.recommender.small_graph import SmallGraph, goyang

SOFT = NodeRef("Company", "soft")


def busy(count: int = 60) -> SmallGraph:
    graph = goyang()
    for number in range(count):
        graph.node("Technology", f"T{number:02}", title=f"기술 {number} <b>&")
        graph.link(
            "Company:soft", "FILED", f"Technology:T{number:02}", on=date(2020 + number // 12, number % 12 + 1, 1)
        )
    return graph


def drawn(page: str) -> dict[str, list[dict[str, object]]]:
    data = re.search(r'<script type="application/json" id="neo4j-viz-data">(.*?)</script>', page, re.DOTALL)
    assert data
    return json.loads(data.group(1))


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def body(page: str) -> _Tags:
    parser = _Tags()
    parser.feed(page[page.rindex("<body>") :])
    return parser


def test_the_page_is_korean_titled_and_loads_nothing(tmp_path: Path) -> None:
    path = write_view(goyang().snapshot(), SOFT, tmp_path / "views" / "soft.html")
    page = path.read_text(encoding="utf-8")
    assert page.startswith('<!doctype html>\n<html lang="ko"')
    assert "<title>나래소프트 · 관계도 · 두레</title>" in page
    assert not re.findall(r'<(?:script|img|iframe)[^>]+src=|<link[^>]+href=|@import|url\(["\']?https?:', page)


def test_the_table_says_what_is_drawn(tmp_path: Path) -> None:
    page = write_view(busy().snapshot(), SOFT, tmp_path / "soft.html").read_text(encoding="utf-8")
    rows = [tag for tag, attributes in body(page).tags if tag == "th" and attributes.get("scope") == "row"]
    assert len(rows) == len(drawn(page)["relationships"])
    text = "".join(body(page).text)
    assert "그리지 않은 관계가 더 있습니다: 출원 48건." in text
    assert "기술 59 <b>& (기술)" in text
    assert "<b>" not in page[page.rindex("<body>") :]


def test_the_keyboard_reaches_table_and_skips_the_picture(tmp_path: Path) -> None:
    page = write_view(goyang().snapshot(), SOFT, tmp_path / "soft.html").read_text(encoding="utf-8")
    tags = body(page).tags
    assert ("a", {"class": "skip", "href": "#facts"}) in tags
    assert any(attributes.get("id") == "facts" for _, attributes in tags)
    assert any(attributes.get("tabindex") == "0" for _, attributes in tags)


def test_the_newest_are_drawn_and_the_rest_is_counted() -> None:
    found = find_neighbourhood(busy().snapshot(), SOFT, hops=1, limit=80)
    technologies = {ref.id for ref in found.nodes if ref.label == "Technology"}
    assert technologies == {f"T{number:02}" for number in range(48, 60)}
    assert [(surplus.relation.type, surplus.count) for surplus in found.surplus] == [("FILED", 48)]


def test_hubs_are_shown_and_not_opened() -> None:
    graph = busy(0)
    for number in range(60):
        graph.node("Company", f"other{number}")
        graph.link(f"Company:other{number}", "IN_INDUSTRY", "Industry:ksic11:62010")
    found = find_neighbourhood(graph.snapshot(), SOFT, hops=2, limit=80)
    assert NodeRef("Industry", "ksic11:62010") in found.closed
    assert not [ref for ref in found.nodes if ref.id.startswith("other")]
    assert NodeRef("Region", "41280") in found.nodes


def test_limits_hold_and_mistakes_are_told_together(tmp_path: Path) -> None:
    assert len(find_neighbourhood(busy().snapshot(), SOFT, hops=2, limit=10).nodes) <= 11
    with pytest.raises(ValidationError, match=r"hops='3'.*limit='0'"):
        write_view(goyang().snapshot(), SOFT, tmp_path / "x.html", hops=3, limit=0)
    with pytest.raises(NotFoundError):
        write_view(goyang().snapshot(), NodeRef("Company", "nobody"), tmp_path / "x.html")


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_every_label_and_relation_has_a_readable_place_in_the_legend() -> None:
    assert set(COLOURS) == {node.label for node in NODE_TYPES}
    assert set(_SHORT) == {relation.type for relation in RELATION_TYPES}
    assert len(set(COLOURS.values())) == len(COLOURS)
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in COLOURS.values())


def dealings() -> SmallGraph:
    graph = goyang()
    graph.node("Program", "P", title="2026 판로 지원")
    graph.node("Need", "N", title="판로를 찾습니다")
    graph.link("Company:soft", "APPLIED_TO", "Program:P", on=date(2025, 5, 1))
    graph.link("Company:soft", "NEEDS", "Need:N", on=date(2025, 5, 1))
    return graph


@pytest.mark.parametrize("centre", [SOFT, NodeRef("Program", "P")])
def test_a_page_shows_no_dealings_unless_it_is_for_the_city(tmp_path: Path, centre: NodeRef) -> None:
    snapshot, path = dealings().snapshot(), tmp_path / "view.html"
    public = write_view(snapshot, centre, path, hops=2).read_text(encoding="utf-8")
    assert "신청</td>" not in public
    assert ("나래소프트" in public) == (centre == SOFT)
    assert "판로를 찾습니다" not in public
    assert "공개된 사실만" in public
    internal = write_view(snapshot, centre, path, hops=2, audience=Audience.CITY).read_text(encoding="utf-8")
    assert all(word in internal for word in ("나래소프트", "2026 판로 지원", "시 내부용"))


def test_a_need_is_drawn_for_the_city_alone(tmp_path: Path) -> None:
    snapshot, need = dealings().snapshot(), NodeRef("Need", "N")
    with pytest.raises(ValidationError, match="--internal"):
        write_view(snapshot, need, tmp_path / "view.html")
    assert "판로를 찾습니다" in write_view(snapshot, need, tmp_path / "view.html", audience=Audience.CITY).read_text()
