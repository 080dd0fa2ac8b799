"""What is around a node is cut to what a person can take in, and what is cut is counted."""

from __future__ import annotations

from collections import Counter

from graph_schema.model import NodeRef
from recommender.snapshot.neighbourhood import find_neighbourhood
from tests.recommender.snapshot.view.pages import SOFT, busy


def test_the_newest_are_drawn_and_the_rest_is_counted() -> None:
    found = find_neighbourhood(busy().snapshot(), SOFT, hops=1, limit=80)
    technologies = {ref.id for ref in found.nodes if ref.label == "Technology"}
    assert technologies == {f"T{number:02}" for number in range(48, 60)}
    assert [(surplus.relation.type, surplus.count) for surplus in found.surplus] == [("FILED", 48)]


def test_what_is_the_same_from_both_ends_is_one_kind_whichever_way_it_is_stored() -> None:
    """Joint filings of institutions: a dozen in all, and one number for the rest."""
    graph = busy(0)
    graph.node("Institution", "uni", name="한국대학교")
    for number in range(20):
        graph.node("Institution", f"i{number}", name=f"기관 {number}")
        pair = [f"Institution:i{number}", "Institution:uni"]
        graph.link(pair[number % 2], "CO_FILED_WITH", pair[1 - number % 2])
    found = find_neighbourhood(graph.snapshot(), NodeRef("Institution", "uni"), hops=1, limit=80)
    assert [(surplus.relation.type, surplus.count) for surplus in found.surplus] == [("CO_FILED_WITH", 8)]
    assert len(found.nodes) == 13


def test_hubs_are_shown_and_not_opened() -> None:
    graph = busy(0)
    for number in range(60):
        graph.node("Company", f"other{number}")
        graph.link(f"Company:other{number}", "IN_INDUSTRY", "Industry:ksic11:62010")
    found = find_neighbourhood(graph.snapshot(), SOFT, hops=2, limit=80)
    assert NodeRef("Industry", "ksic11:62010") in found.closed
    assert not [ref for ref in found.nodes if ref.id.startswith("other")]
    assert NodeRef("Region", "41280") in found.nodes


def test_the_second_hop_fills_what_room_there_is() -> None:
    """Of few neighbours more is shown, as much as was asked for."""
    graph = busy(0)
    for number in range(2):
        graph.node("Institution", f"i{number}", name=f"기관 {number}")
        graph.link("Company:soft", "CO_FILED_WITH", f"Institution:i{number}")
        for each in range(40):
            graph.node("Technology", f"t{number}-{each}", title=f"기술 {number}-{each}")
            graph.link(f"Institution:i{number}", "FILED", f"Technology:t{number}-{each}")
    drawn = {limit: len(find_neighbourhood(graph.snapshot(), SOFT, hops=2, limit=limit).nodes) for limit in (50, 200)}
    assert drawn[50] == 51
    assert drawn[200] >= 1 + 2 + 80


def test_the_limit_holds() -> None:
    assert len(find_neighbourhood(busy().snapshot(), SOFT, hops=2, limit=10).nodes) <= 11


def test_room_that_the_second_hop_leaves_goes_to_what_was_cut() -> None:
    """Of sixty patents a picture of one hop draws a dozen; the newest come first, and what is left is counted."""
    for limit, left in ((40, 24), (80, 0)):
        found = find_neighbourhood(busy().snapshot(), SOFT, hops=2, limit=limit)
        technologies = {ref.id for ref in found.nodes if ref.label == "Technology"}
        assert technologies == {f"T{number:02}" for number in range(left, 60)}
        assert sum(surplus.count for surplus in found.surplus if surplus.relation.type == "FILED") == left
        assert len(found.nodes) == min(limit + 1, 65)


def test_room_goes_in_turn_to_the_kinds_that_were_cut() -> None:
    graph = busy()
    for number in range(60):
        graph.node("Institution", f"i{number}", name=f"기관 {number}")
        graph.link("Company:soft", "CO_FILED_WITH", f"Institution:i{number}")
    found = find_neighbourhood(graph.snapshot(), SOFT, hops=2, limit=60)
    counted = Counter(ref.label for ref in found.nodes)
    assert len(found.nodes) == 61
    assert abs(counted["Technology"] - counted["Institution"]) <= 1
    assert {s.relation.type: s.count for s in found.surplus} == {
        "FILED": 60 - counted["Technology"], "CO_FILED_WITH": 60 - counted["Institution"],
    }  # fmt: skip
