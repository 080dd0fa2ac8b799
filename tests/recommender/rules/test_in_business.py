"""A company that the tax office has as closed is neither recommended nor asked, from the day of closing on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import TASKS, get_task
from recommender.language.answers import Check, Verdict
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


CANDIDATES = {
    "partners": "Company:soft",
    "technologies": "Technology:T",
    "researchers": "Researcher:R",
    "spaces": "Space:S",
}


def of_profile(
    task: str, candidate: str, standing: tuple[str, ...], founded_on: date | None = None
) -> tuple[bool, Check | None]:
    """Whether a company of these words is admitted, and what the rule says."""
    graph = goyang()
    label, _, id_ = candidate.partition(":")
    if label != "Company":
        graph.node(label, id_, **({"consented_on": TODAY} if label in {"Expert", "Researcher"} else {}))
    decisions, told = judge(graph, task, Profile("", standing=standing, founded_on=founded_on), candidate)
    return bool(decisions.admitted.all()), told.get("in_business")


@pytest.mark.parametrize("task", CANDIDATES)
def test_a_company_that_says_that_it_has_closed_is_left_out_too(task: str) -> None:
    admitted, told = of_profile(task, CANDIDATES[task], standing=("closed",))

    assert not admitted
    assert told is not None
    assert (told.ko, told.en) == ("신청 기업 폐업 (적은 내용 기준)", "the asker is closed, by its own words")


def test_an_expert_may_help_a_closed_business_to_wind_up() -> None:
    admitted, told = of_profile("experts", "Expert:X", standing=("closed", "tax_arrears"))

    assert admitted
    assert told is not None
    assert told.ko == "신청 기업 폐업 (적은 내용 기준), 확인 필요"


@pytest.mark.parametrize(
    ("standing", "founded_on"), [(("closed",), TODAY + timedelta(days=90)), (("closed", "unregistered"), None)]
)
@pytest.mark.parametrize("task", CANDIDATES)
def test_who_closed_and_founds_again_is_to_be_asked(
    task: str, standing: tuple[str, ...], founded_on: date | None
) -> None:
    admitted, told = of_profile(task, CANDIDATES[task], standing, founded_on)

    assert admitted
    assert told is not None
    assert told.verdict is Verdict.CHECK


def test_a_company_that_says_that_it_is_suspended_is_to_be_asked() -> None:
    admitted, told = of_profile("spaces", "Space:S", standing=("suspended",))

    assert admitted
    assert told is not None
    assert (told.ko, told.en) == (
        "신청 기업 휴업 (적은 내용 기준), 확인 필요",
        "the asker is suspended, by its own words: to be asked",
    )


@pytest.mark.parametrize("standing", [(), ("tax_arrears",), ("overdue",), ("unregistered",)])
def test_other_troubles_do_not_end_a_business(standing: tuple[str, ...]) -> None:
    assert of_profile("partners", "Company:soft", standing=standing) == (True, None)
