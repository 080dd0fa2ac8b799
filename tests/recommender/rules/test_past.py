"""Rules about a window of the past say what held all through it, by what was known before it began."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.tasks import get_task
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import RULES
from recommender.rules.past import BY_DAY, LASTING, NEVER_OUT, OF_ONE_DAY, OF_TODAY, out_all_along, past_rules
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import askers
from tests.recommender.small_graph import SmallGraph, goyang

START, UNTIL = date(2025, 7, 1), date(2026, 3, 1)


def out(graph: SmallGraph, rule: str, asker: str = "bakery", candidate: str = "Program:P") -> bool:
    facts, before = DatedFacts(graph.snapshot()), START - timedelta(days=1)
    label, _, id_ = candidate.partition(":")
    pairs = CandidatePairs(askers(facts, asker, as_of=before), Candidates(facts, [NodeRef(label, id_)]), before)
    found = out_all_along(RULES[rule], pairs, UNTIL)
    assert found.shape == (1, 1)
    return bool(found[0, 0])


def program(**properties: object) -> SmallGraph:
    graph = goyang()
    graph.node("Program", "P", title="지원사업", **properties)
    return graph


def test_every_rule_has_one_place() -> None:
    """Who adds a rule has to say what it can know of the past."""
    kinds = (LASTING, BY_DAY, OF_ONE_DAY, OF_TODAY, NEVER_OUT)
    assert sorted(rule for kind in kinds for rule in kind) == sorted(RULES)


def test_what_holds_on_one_day_or_has_no_day_is_not_asked() -> None:
    asked = {task: [rule.id for rule in past_rules(get_task(task))] for task in ("experts", "technologies", "spaces")}
    assert asked == {
        "experts": ["consent", "in_business"],
        "technologies": ["in_business"],
        "spaces": ["admitted_industry", "in_business"],
    }


@pytest.mark.parametrize(
    ("announced", "opens", "closes", "expected"),
    [
        (date(2025, 5, 1), date(2025, 5, 2), START - timedelta(days=1), True),
        (date(2025, 5, 1), date(2025, 5, 2), START, False),
        (date(2025, 9, 1), date(2025, 9, 2), date(2025, 9, 3), False),
        (date(2026, 2, 1), UNTIL - timedelta(days=1), date(2026, 5, 1), False),
        (date(2026, 2, 1), UNTIL, date(2026, 5, 1), True),
    ],
)
def test_a_call_is_out_where_it_was_open_on_no_day(
    announced: date, opens: date, closes: date, *, expected: bool
) -> None:
    graph = program(announced_on=announced, apply_from=opens, apply_until=closes, window_kind="fixed")
    assert out(graph, "window") is expected


def test_who_was_founded_within_the_window_could_apply_from_then_on() -> None:
    graph = program(max_company_age=3.0, admits_pre_founders=False)
    graph.node("Company", "new", name="새싹", founded_on=date(2025, 10, 1))
    graph.node("Company", "old", name="고목", founded_on=date(2022, 6, 30))
    graph.node("Company", "three", name="세 살", founded_on=date(2022, 7, 2))
    assert [out(graph, "age", who) for who in ("new", "old", "three")] == [False, True, False]


def test_who_became_old_enough_within_the_window_could_apply_in_the_end() -> None:
    graph = program(min_company_age=1.0)
    graph.node("Company", "late", name="늦게", founded_on=date(2025, 3, 5))
    graph.node("Company", "soon", name="곧", founded_on=date(2025, 2, 1))
    assert [out(graph, "age", who) for who in ("late", "soon")] == [True, False]


def test_numbers_are_those_that_were_known_before_the_window() -> None:
    """Three people in 2024, a hundred in 2025: a window from July 2025 on knows of three, on its last day too."""
    graph = program(min_employees=50, targets=["large"])
    for year, staff, sales in ((2024, 3, 2e8), (2025, 100, 9e12)):
        id_ = f"bakery:{year}"
        numbers = {"min_employees": staff, "max_employees": staff, "min_revenue_krw": sales, "max_revenue_krw": sales}
        graph.node("AnnualFigures", id_, year=year, **numbers)
        graph.link("Company:bakery", "REPORTED", f"AnnualFigures:{id_}")
    assert out(graph, "size")
    assert out(graph, "target")


def test_a_register_is_heard_as_it_stood_before_the_window() -> None:
    """Closed a day before the window is out; closed on its first day is something that nobody knew."""
    graph = goyang()
    graph.node("Expert", "E", headline="수출 전문가", consented_on=date(2024, 1, 1))
    graph.node("Institution", "국세청", name="국세청")
    for who, since in (("bakery", START - timedelta(days=1)), ("soft", START)):
        graph.link(f"Company:{who}", "REGISTERED_WITH", "Institution:국세청", state="closed", valid_from=since)
    assert [out(graph, "in_business", who, "Expert:E") for who in ("bakery", "soft")] == [True, False]


def test_consent_given_within_the_window_counts() -> None:
    graph = goyang()
    graph.node("Expert", "E", headline="수출 전문가", consented_on=date(2026, 2, 28))
    graph.node("Expert", "F", headline="재무 전문가", consented_on=UNTIL)
    assert [out(graph, "consent", candidate=f"Expert:{each}") for each in "EF"] == [False, True]


def test_a_region_is_judged_for_all_askers_at_once() -> None:
    graph = program(nationwide=False)
    graph.link("Program:P", "TARGETS", "Region:41281")
    facts, before = DatedFacts(graph.snapshot()), START - timedelta(days=1)
    who = askers(facts, "bakery", "soft", "unknown", as_of=before)
    found = out_all_along(
        RULES["region"], CandidatePairs(who, Candidates(facts, [NodeRef("Program", "P")]), before), UNTIL
    )
    np.testing.assert_array_equal(found, [[True], [False], [False]])
