"""What an asker has already, or is itself, is not recommended to it."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import judge
from tests.recommender.small_graph import goyang


def test_partners_and_oneself_are_not_recommended_again() -> None:
    graph = goyang()
    graph.link("Company:bakery", "CO_FILED_WITH", "Company:soft", on=date(2025, 5, 1))
    for asker, partner in (("bakery", "soft"), ("soft", "bakery")):
        decisions, checks = judge(graph, "partners", asker, f"Company:{partner}")
        assert checks["known"].verdict is Verdict.OUT
        assert decisions.excluded() == {"known": 1}
    assert judge(graph, "partners", "soft", "Company:soft")[1]["self"].verdict is Verdict.OUT
    before = judge(graph, "partners", "soft", "Company:bakery", date(2025, 4, 30))[0]
    assert before.admitted.tolist() == [[True]]


def test_own_patents_need_no_licence() -> None:
    graph = goyang()
    graph.node("Technology", "T", title="기술", status="registered")
    graph.link("Company:soft", "FILED", "Technology:T")
    assert judge(graph, "technologies", "soft", "Technology:T")[0].excluded() == {"known": 1}


@pytest.mark.parametrize(
    ("kind", "applied", "known"),
    [
        ("fixed", date(2026, 2, 10), True),
        ("fixed", None, True),
        ("fixed", date(2025, 2, 10), False),
        ("always", date(2026, 2, 10), False),
    ],
)
def test_only_an_application_to_the_present_call_keeps_a_programme_out(
    kind: str, applied: date | None, known: object
) -> None:
    graph = goyang()
    graph.node(
        "Program", "P", title="사업", window_kind=kind, apply_from=date(2026, 2, 1), apply_until=date(2026, 4, 1)
    )
    graph.link("Company:soft", "APPLIED_TO", "Program:P", on=applied)
    assert ("known" in judge(graph, "programs", "soft", "Program:P")[0].excluded()) is known


def test_what_a_profile_has_already_is_not_recommended() -> None:
    graph = goyang()
    graph.node("Technology", "T", title="기술", status="registered")
    profile = Profile("", {"LICENSED": (NodeRef("Technology", "T"),)})
    assert judge(graph, "technologies", profile, "Technology:T")[0].excluded() == {"known": 1}
