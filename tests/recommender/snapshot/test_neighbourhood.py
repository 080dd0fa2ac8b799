"""What is around a node is cut to what a person can take in, and what is cut is counted."""

from __future__ import annotations

from graph_schema.model import NodeRef
from recommender.snapshot.neighbourhood import find_neighbourhood
from tests.recommender.snapshot.view.pages import SOFT, busy


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


def test_the_limit_holds() -> None:
    assert len(find_neighbourhood(busy().snapshot(), SOFT, hops=2, limit=10).nodes) <= 11
