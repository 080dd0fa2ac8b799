"""Technologies, experts and spaces are listed while their rights, consent, time and room last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import TODAY, judge
from tests.recommender.small_graph import goyang


@pytest.mark.parametrize(
    ("technology", "verdict"),
    [
        ({"status": "registered"}, Verdict.IN),
        ({"status": "registered", "registered_on": date(2026, 3, 3)}, Verdict.CHECK),
        ({"status": "published"}, Verdict.CHECK),
        ({"status": "expired"}, Verdict.OUT),
        ({"status": "withdrawn"}, Verdict.OUT),
        ({"status": "refused"}, Verdict.OUT),
        ({"status": "abandoned"}, Verdict.OUT),
        ({"status": "unprotected"}, Verdict.OUT),
        ({"status": "registered", "applied_on": date(2026, 3, 3)}, Verdict.OUT),
        ({}, Verdict.CHECK),
    ],
)
def test_rights_that_ended_are_out(technology: dict[str, object], verdict: Verdict) -> None:
    graph = goyang()
    graph.node("Technology", "T", title="기술", **technology)
    assert judge(graph, "technologies", "soft", "Technology:T")[1]["legal_status"].verdict is verdict


@pytest.mark.parametrize(
    ("consented", "verdict"), [(None, Verdict.OUT), (TODAY, Verdict.IN), (TODAY + timedelta(1), Verdict.OUT)]
)
def test_nobody_is_listed_without_consent(consented: date | None, verdict: Verdict) -> None:
    graph = goyang()
    graph.node("Expert", "E", headline="세무사", capacity=2, consented_on=consented)
    assert judge(graph, "experts", "soft", "Expert:E")[1]["consent"].verdict is verdict


@pytest.mark.parametrize(
    ("capacity", "days_ago", "verdict"),
    [
        (None, (), Verdict.CHECK),
        (0, (), Verdict.OUT),
        (1, (), Verdict.IN),
        (1, (29,), Verdict.OUT),
        (1, (30,), Verdict.IN),
        (1, (-1,), Verdict.IN),
        (2, (0, 1), Verdict.OUT),
        (2, (0, None), Verdict.CHECK),
    ],
)
def test_an_expert_is_busy_after_a_months_consultations(
    capacity: int | None, days_ago: tuple[int | None, ...], verdict: Verdict
) -> None:
    graph = goyang()
    graph.node("Expert", "E", headline="세무사", capacity=capacity, consented_on=date(2025, 1, 1))
    for number, days in enumerate(days_ago):
        on = None if days is None else TODAY - timedelta(days)
        graph.link("Company:bakery", "CONSULTED", "Expert:E", on=on, key=str(number))
    assert judge(graph, "experts", "soft", "Expert:E")[1]["capacity"].verdict is verdict


@pytest.mark.parametrize(
    ("available_from", "occupied_from", "verdict"),
    [
        (date(2026, 3, 1), None, Verdict.IN),
        (date(2026, 5, 1), None, Verdict.CHECK),
        (None, None, Verdict.CHECK),
        (None, date(2025, 1, 1), Verdict.OUT),
        (None, date(2026, 5, 1), Verdict.CHECK),
        (date(2026, 5, 1), date(2025, 1, 1), Verdict.CHECK),
    ],
)
def test_occupied_spaces_are_out_unless_a_listing_names_a_day(
    available_from: date | None, occupied_from: date | None, verdict: Verdict
) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호", available_from=available_from)
    if occupied_from:
        graph.link("Company:bakery", "OCCUPIES", "Space:S", on=occupied_from)
    assert judge(graph, "spaces", "soft", "Space:S")[1]["available"].verdict is verdict


@pytest.mark.parametrize(
    ("admits", "all_industries", "verdict"),
    [(("J",), None, Verdict.IN), (("C",), None, Verdict.OUT), ((), True, None)],
)
def test_a_space_admits_the_industries_it_names(
    admits: tuple[str, ...], all_industries: object, verdict: Verdict | None
) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호", all_industries=all_industries)
    for code in admits:
        graph.link("Space:S", "ADMITS", f"Industry:ksic11:{code}")
    check = judge(graph, "spaces", "soft", "Space:S")[1].get("admitted_industry")
    assert (check and check.verdict) is verdict


@pytest.mark.parametrize(
    ("asker", "as_of", "verdict", "cited"),
    [
        ("soft", TODAY, Verdict.IN, "제6조 제3항 제1호"),
        ("soft", date(2011, 11, 15), Verdict.CHECK, "관리기관 확인 필요"),
        ("bakery", TODAY, Verdict.CHECK, "도시형공장만"),
        ("unknown", TODAY, Verdict.CHECK, "관리기관 확인 필요"),
    ],
)
def test_the_law_of_the_day_decides_where_a_space_names_no_industries(
    asker: str, as_of: date, verdict: Verdict, cited: str
) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호")
    check = judge(graph, "spaces", asker, "Space:S", as_of)[1]["admitted_industry"]
    assert check.verdict is verdict
    assert cited in check.ko


@pytest.mark.parametrize(
    ("certificates", "as_of", "verdict"),
    [
        (("벤처기업",), date(2026, 3, 17), Verdict.IN),
        (("벤처기업",), date(2026, 3, 16), Verdict.CHECK),
        ((), date(2026, 3, 17), Verdict.CHECK),
    ],
)
def test_a_certified_venture_may_move_in_whatever_its_industry(
    certificates: tuple[str, ...], as_of: date, verdict: Verdict
) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호")
    graph.tree("Industry", "ksic11:I>ksic11:56>ksic11:56111")
    restaurant = Profile("", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:56111"),)}, certificates=certificates)
    assert judge(graph, "spaces", restaurant, "Space:S", as_of)[1]["admitted_industry"].verdict is verdict


_SUPPORT_DAY = date(2026, 10, 1)
"""A day on which the quotas are in force."""


@pytest.mark.parametrize(
    ("asker", "use", "verdict", "cited"),
    [
        ("soft", "industry", Verdict.IN, "벤처기업: 업종과 관계없이"),
        ("bakery", "industry", Verdict.CHECK, "도시형공장만"),
        ("soft", "support", Verdict.IN, "제36조의4 제2항"),
        ("bakery", "support", Verdict.CHECK, "제1·2종 근린생활시설에 허용되는 제조업만"),
        ("farm", "support", Verdict.OUT, "농업, 임업 및 어업 제외"),
        ("farm", "industry", Verdict.CHECK, "관리기관 확인 필요"),
    ],
)
def test_a_unit_is_judged_by_the_list_of_its_use(asker: str, use: str, verdict: Verdict, cited: str) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호", unit_use=use)
    graph.tree("Industry", "ksic11:A>ksic11:01>ksic11:01110")
    farm = Profile("", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:01110"),)})
    who = farm if asker == "farm" else asker
    check = judge(graph, "spaces", who, "Space:S", _SUPPORT_DAY)[1]["admitted_industry"]
    assert check.verdict is verdict
    assert cited in check.ko


@pytest.mark.parametrize(
    ("areas", "use", "as_of", "said"),
    [
        ((3_500.0, 6_500.0), "support", _SUPPORT_DAY, "부대면적(지원시설과 공용 부분)이 35%"),
        ((3_000.0, 7_000.0), "support", _SUPPORT_DAY, "부대면적(지원시설과 공용 부분)이 30%"),
        ((2_900.0, 7_100.0), "support", _SUPPORT_DAY, None),
        ((3_500.0, 6_500.0), "industry", _SUPPORT_DAY, None),
        ((3_500.0, 6_500.0), "support", date(2026, 9, 17), None),
        ((None, 6_500.0), "support", _SUPPORT_DAY, None),
        ((0.0, 0.0), "support", _SUPPORT_DAY, None),
    ],
)
def test_a_support_facility_of_a_centre_at_its_quota_is_to_be_checked(
    areas: tuple[float | None, float], use: str, as_of: date, said: str | None
) -> None:
    """Whether the law still lets somebody in is for the centre's management to say; before the text it is not asked."""
    graph = goyang()
    graph.node("Space", "S", title="301호", unit_use=use)
    graph.node("Center", "C", name="가나센터", support_area_m2=areas[0], factory_area_m2=areas[1])
    graph.link("Space:S", "PART_OF", "Center:C")
    check = judge(graph, "spaces", "soft", "Space:S", as_of)[1]["admitted_industry"]
    assert check.verdict is (Verdict.CHECK if said else Verdict.IN)
    assert said is None or (said in check.ko and "제36조의4 제4항" in check.ko)


@pytest.mark.parametrize(
    ("offer", "verdict", "ko"),
    [
        ({"for_licence": True}, Verdict.IN, "기술이전 가능"),
        ({"for_licence": False}, Verdict.OUT, "기술이전 대상 아님"),
        ({}, Verdict.CHECK, "기술이전 가능 여부를 알 수 없어 확인 필요"),
    ],
)
def test_a_technology_is_offered_or_not_or_to_be_checked(offer: dict[str, object], verdict: Verdict, ko: str) -> None:
    graph = goyang()
    graph.node("Technology", "T", title="기술", status="registered", **offer)
    judged = judge(graph, "technologies", "soft", "Technology:T")[1]["for_licence"]
    assert (judged.verdict, judged.ko) == (verdict, ko)


@pytest.mark.parametrize(
    ("in_complex", "verdict", "cited"),
    [
        (True, Verdict.IN, "산업단지 안에서는 입주대상"),
        (False, Verdict.CHECK, "도시형공장만"),
        (None, Verdict.CHECK, "도시형공장만"),
    ],
)
def test_a_works_is_judged_by_whether_its_centre_is_in_a_complex(
    *, in_complex: bool | None, verdict: Verdict, cited: str
) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호", unit_use="industry")
    graph.node("Center", "C", name="가나센터", in_complex=in_complex)
    graph.link("Space:S", "PART_OF", "Center:C")
    check = judge(graph, "spaces", "bakery", "Space:S")[1]["admitted_industry"]
    assert check.verdict is verdict
    assert cited in check.ko


@pytest.mark.parametrize(("in_complex", "verdict"), [(False, Verdict.IN), (True, Verdict.CHECK), (None, Verdict.CHECK)])
def test_what_the_city_recognises_counts_outside_complexes(*, in_complex: bool | None, verdict: Verdict) -> None:
    graph = goyang()
    graph.node("Space", "S", title="301호", unit_use="industry")
    graph.node("Center", "C", name="가나센터", in_complex=in_complex)
    graph.link("Space:S", "PART_OF", "Center:C")
    graph.tree("Industry", "ksic11:F>ksic11:41>ksic11:41110")
    builder = Profile("", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:41110"),)})
    assert judge(graph, "spaces", builder, "Space:S")[1]["admitted_industry"].verdict is verdict
