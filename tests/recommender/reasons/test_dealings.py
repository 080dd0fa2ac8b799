"""No company learns another's dealings from the reasons of its answers; the city's coordinators see them."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language import particles as sentences
from recommender.language.answers import Audience, Reason
from recommender.reasons.explain import Explainer
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import SmallGraph, goyang, with_crowd

TODAY = date(2026, 3, 2)
BAKERY, PROGRAM = NodeRef("Company", "bakery"), NodeRef("Program", "P")
RICE_CAKES = "Industry:ksic11:10711"


def bakers(applied: int, *, synthetic: bool = False) -> SmallGraph:
    """Draw a trade in which so many companies applied to one programme."""
    graph = with_crowd(goyang(), 200)
    graph.node("Program", "P", title="2026 판로 지원")
    for number in range(applied):
        company = f"Company:crowd{number:03}"
        graph.link(company, "IN_INDUSTRY", RICE_CAKES)
        graph.link(company, "APPLIED_TO", "Program:P", on=date(2025, 5, 1), synthetic=synthetic)
    return graph


def told(snapshot: Snapshot, start: NodeRef | Profile, end: NodeRef) -> tuple[Reason, ...]:
    explainer = Explainer(Network(DatedFacts(snapshot)))
    search = explainer.search(start, TODAY)
    return (*explainer.reasons(search, [end])[0], *explainer.counts(search, [end])[0])


def named(reasons: tuple[Reason, ...]) -> set[str]:
    """Ids of all companies in the steps, and sentences for a look at the names."""
    steps = [step for reason in reasons for step in reason.steps]
    return {ref.id for step in steps for ref in (step.source, step.target) if ref.label == "Company"}


def test_applications_of_others_in_the_trade_are_counted_and_nobody_is_named() -> None:
    (reason,) = told(bakers(12).snapshot(), BAKERY, PROGRAM)
    assert reason.companies == 12
    assert reason.ko == "가온떡집과 업종(떡류 제조업)이 같은 기업 12곳이 ‘2026 판로 지원’에 신청했습니다."
    assert reason.en == "12 companies that, like 가온떡집, work in 떡류 제조업 applied to ‘2026 판로 지원’."
    assert named((reason,)) == {"bakery"}
    assert "여느기업" not in reason.ko + reason.en


def test_of_fewer_than_five_companies_not_even_the_number_is_told() -> None:
    assert told(bakers(4).snapshot(), BAKERY, PROGRAM) == ()
    assert [reason.companies for reason in told(bakers(5).snapshot(), BAKERY, PROGRAM)] == [5]


def test_the_asker_itself_is_not_among_those_counted() -> None:
    graph = bakers(4)
    graph.link("Company:bakery", "APPLIED_TO", "Program:P", on=date(2025, 5, 1))
    reasons = told(graph.snapshot(), BAKERY, PROGRAM)
    assert all(reason.companies is None for reason in reasons)
    assert named(reasons) == {"bakery"}


def test_a_company_that_applied_several_times_counts_once() -> None:
    graph = bakers(4)
    graph.link("Company:crowd000", "APPLIED_TO", "Program:P", key="again", on=date(2024, 5, 1))
    assert told(graph.snapshot(), BAKERY, PROGRAM) == ()


def test_a_count_over_made_up_companies_says_so() -> None:
    (reason,) = told(bakers(6, synthetic=True).snapshot(), BAKERY, PROGRAM)
    assert reason.ko.endswith("신청했습니다 (가상 자료).")
    assert reason.en.endswith("(synthetic data).")


def test_a_described_company_is_told_numbers_too() -> None:
    profile = Profile("떡집", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)})
    (reason,) = told(bakers(7).snapshot(), profile, PROGRAM)
    assert reason.ko.startswith("이 기업과 업종(떡류 제조업)이 같은 기업 7곳이 ")
    assert named((reason,)) == {"profile"}


def test_a_likeness_that_is_guessed_says_so() -> None:
    profile = Profile("떡집", guesses={"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)})
    (reason,) = told(bakers(7).snapshot(), profile, PROGRAM)
    assert reason.ko.startswith("이 기업과 업종(떡류 제조업, 추정)이 같은 기업 7곳이 ")
    assert reason.en.startswith("7 companies that, like this company, work in 떡류 제조업 (guessed) applied to")


def test_the_nearest_branch_of_trades_with_enough_companies_is_told() -> None:
    graph = with_crowd(goyang(), 200)
    graph.node("Program", "P", title="2026 판로 지원")
    graph.tree("Industry", "ksic11:107>ksic11:10712")
    for number in range(9):
        company = f"Company:crowd{number:03}"
        graph.link(company, "IN_INDUSTRY", RICE_CAKES if number < 3 else "Industry:ksic11:10712")
        graph.link(company, "LOCATED_IN", "Region:41285")
        graph.link(company, "APPLIED_TO", "Program:P", on=date(2025, 5, 1))
    (reason,) = told(graph.snapshot(), BAKERY, PROGRAM)
    assert reason.ko.startswith("가온떡집과 업종(기타 식품 제조업)이 같은 기업 9곳이 ")
    assert [str(step.target) for step in reason.steps] == [RICE_CAKES]


def test_what_others_did_is_counted_also_where_the_likeness_is_a_dealing_of_ones_own() -> None:
    graph = with_crowd(goyang(), 200)
    graph.node("Program", "P", title="2026 판로 지원")
    graph.node("Program", "Q", title="온라인 지원")
    graph.link("Company:bakery", "APPLIED_TO", "Program:Q", on=date(2025, 4, 1))
    for number in range(6):
        for program in "PQ":
            graph.link(f"Company:crowd{number:03}", "APPLIED_TO", f"Program:{program}", on=date(2025, 5, 1))
    (reason,) = told(graph.snapshot(), BAKERY, PROGRAM)
    assert reason.ko == "가온떡집처럼 ‘온라인 지원’에 신청한 기업 6곳이 ‘2026 판로 지원’에 신청했습니다."
    assert [str(step.target) for step in reason.steps] == ["Program:Q"]


def test_the_dealings_of_a_recommended_company_are_not_told_either() -> None:
    graph = with_crowd(goyang())
    graph.node("Expert", "tax", headline="세무사")
    for company in ("bakery", "soft"):
        graph.link(f"Company:{company}", "CONSULTED", "Expert:tax", on=date(2025, 1, 1))
    snapshot = graph.snapshot()
    soft = NodeRef("Company", "soft")
    assert told(snapshot, BAKERY, soft) == ()
    explainer = Explainer(Network(DatedFacts(snapshot)))
    assert explainer.reasons(explainer.search(BAKERY, TODAY, Audience.CITY), [soft])[0]


def test_ones_own_need_explains_and_the_need_of_another_does_not() -> None:
    graph = with_crowd(goyang())
    graph.node("Topic", "판로", name="판로")
    graph.node("Program", "P", title="2026 판로 지원")
    graph.link("Program:P", "ABOUT", "Topic:판로")
    for company, need in (("bakery", "own"), ("soft", "other")):
        graph.node("Need", need, title=f"{need} 판로")
        graph.link(f"Company:{company}", "NEEDS", f"Need:{need}", on=date(2025, 1, 1))
        graph.link(f"Need:{need}", "ABOUT", "Topic:판로")
    (reason,) = told(graph.snapshot(), BAKERY, PROGRAM)
    assert [step.type for step in reason.steps] == ["NEEDS", "ABOUT", "ABOUT"]
    assert "other" not in str(reason)


def test_public_facts_about_others_are_named() -> None:
    graph = with_crowd(goyang())
    graph.node("Institution", "univ", name="한국항공대학교")
    for company in ("bakery", "soft"):
        graph.link(f"Company:{company}", "CO_FILED_WITH", "Institution:univ", on=date(2024, 1, 2))
    (reason,) = told(graph.snapshot(), BAKERY, NodeRef("Company", "soft"))
    assert "나래소프트" in reason.ko


@pytest.mark.parametrize("relation", [r for r in RELATION_TYPES if r.source == "Company" and not r.identity], ids=str)
def test_every_relationship_of_a_company_can_be_told_as_likeness_and_as_dealing(relation: object) -> None:
    like = next(r for r in RELATION_TYPES if r is relation)
    applied = next(r for r in RELATION_TYPES if r.type == "APPLIED_TO")
    alike = sentences.korean_count(like, "가온", "X", applied, count=5, target="‘지원’")
    assert alike.endswith("기업 5곳이 ‘지원’에 신청했습니다")
    assert "다 기업" not in alike
    if like.private and like.target != "Center":
        did = sentences.korean_count(applied, "가온", "‘지원’", like, count=5, target="X")
        assert did.endswith("니다")


def test_the_catalog_keeps_dealings_private_and_registers_public() -> None:
    private = {relation.type for relation in RELATION_TYPES if relation.private}
    assert private == {
        "COLLABORATED_WITH", "LICENSED", "NEEDS", "ABOUT", "IN_FIELD", "CONSULTED", "APPLIED_TO", "AWARDED", "OCCUPIES",
        "LOCATED_IN", "REPORTED",
    }  # fmt: skip
    public = {(r.source, r.type, r.target) for r in RELATION_TYPES if not r.private}
    assert {
        ("Company", "FILED", "Technology"),
        ("Company", "PARTICIPATED_IN", "Project"),
        ("Company", "LOCATED_IN", "Region"),
        ("Program", "ABOUT", "Topic"),
        ("Technology", "IN_FIELD", "TechField"),
    } <= public
