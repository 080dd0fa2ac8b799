"""A company that the tax office has as closed is neither recommended nor asked, from the day of closing on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.tasks import TASKS, get_task
from recommender.language.answers import Verdict
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import decide
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import TODAY, askers, judge
from tests.recommender.small_graph import SmallGraph, goyang

CLOSED_ON = date(2026, 1, 15)


def register(graph: SmallGraph, company: str, state: str, on: date | None = CLOSED_ON) -> SmallGraph:
    graph.node("Institution", "국세청", name="국세청")
    graph.link(f"Company:{company}", "REGISTERED_WITH", "Institution:국세청", state=state, ended_on=on, valid_from=on)
    return graph


def test_a_closed_company_is_no_partner() -> None:
    decisions, told = judge(register(goyang(), "soft", "closed"), "partners", "bakery", "Company:soft")

    assert not decisions.admitted.any()
    assert (told["in_business"].verdict, told["in_business"].ko, told["in_business"].en) == (
        Verdict.OUT,
        "대상 기업 폐업 (국세청 사업자등록 상태)",
        "the company is closed, by the tax office's register",
    )


@pytest.mark.parametrize("task", ["partners", "technologies", "researchers", "experts", "spaces"])
def test_a_closed_company_is_not_asked_either(task: str) -> None:
    """Programmes have a rule of their own, which leaves those for a new start."""
    graph = register(goyang(), "bakery", "closed")
    label = get_task(task).candidate[-1]
    graph.node(label, "X", **({"consented_on": TODAY} if label == "Expert" else {}))
    decisions, told = judge(graph, task, "bakery", f"{label}:X")

    assert not decisions.admitted.any()
    assert told["in_business"].ko == "신청 기업 폐업 (국세청 사업자등록 상태)"


def test_before_it_closed_it_was_there() -> None:
    graph = register(goyang(), "soft", "closed")
    before = judge(graph, "partners", "bakery", "Company:soft", CLOSED_ON - timedelta(days=1))

    assert before[0].admitted.all()
    assert "in_business" not in before[1]


def test_a_suspended_company_is_to_be_asked() -> None:
    decisions, told = judge(register(goyang(), "soft", "suspended"), "partners", "bakery", "Company:soft")

    assert decisions.admitted.all()
    assert told["in_business"].verdict is Verdict.CHECK
    assert told["in_business"].ko == "대상 기업 휴업 (국세청 사업자등록 상태), 확인 필요"


@pytest.mark.parametrize("state", ["active", None])
def test_a_company_that_goes_on_or_is_not_registered_is_free(state: str | None) -> None:
    graph = register(goyang(), "soft", state, None) if state else goyang()

    assert "in_business" not in judge(graph, "partners", "bakery", "Company:soft")[1]


def test_only_support_for_a_new_start_is_left_to_a_closed_company() -> None:
    """By the same rule as where the company says so itself; those that go on beside it are judged for themselves."""
    graph = register(goyang(), "bakery", "closed")
    graph.node("Program", "P", title="판로 지원", kind="grant", targets=["sme"])
    graph.node("Program", "Q", title="희망리턴패키지 폐업 지원", kind="grant", targets=["sme"])
    facts = DatedFacts(graph.snapshot())
    pairs = CandidatePairs(
        askers(facts, "bakery", "soft"), Candidates(facts, [NodeRef("Program", "P"), NodeRef("Program", "Q")]), TODAY
    )
    decisions = decide(get_task("programs"), pairs)
    told = {check.rule: check for check in decisions.checks(0, 0)}

    assert told["standing"].ko == "폐업: 이 사업 대상에서 제외"
    assert decisions.admitted[:, 0].tolist() == [False, decisions.admitted[1, 0]]
    standing = decisions.by_rule[[rule.id for rule in decisions.rules].index("standing")]
    assert standing.tolist() == [[-1, 0], [2, 2]]


def test_each_task_keeps_closed_companies_out_in_one_way() -> None:
    for task in TASKS.values():
        assert ("in_business" in task.constraints) != ("standing" in task.constraints)
