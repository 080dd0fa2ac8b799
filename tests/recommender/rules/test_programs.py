"""Windows, regions, industries, ages and sizes of programmes, each to the day and the person."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from tests.recommender.rules.judging import TODAY, judge, program
from tests.recommender.small_graph import SmallGraph, goyang


@pytest.mark.parametrize(
    ("as_of", "verdict"),
    [
        (date(2026, 2, 28), Verdict.OUT),
        (date(2026, 3, 1), Verdict.IN),
        (date(2026, 3, 31), Verdict.IN),
        (date(2026, 4, 1), Verdict.OUT),
    ],
)
def test_first_and_last_day_of_a_window_belong_to_it(as_of: date, verdict: Verdict) -> None:
    checks = program(
        "bakery",
        as_of,
        window_kind="fixed",
        announced_on=date(2026, 2, 1),
        apply_from=date(2026, 3, 1),
        apply_until=date(2026, 3, 31),
    )
    assert checks["window"].verdict is verdict
    assert "2026-03" in checks["window"].ko
    assert as_of.isoformat() in checks["window"].en


@pytest.mark.parametrize(
    ("window", "verdict"),
    [
        ({"window_kind": "fixed", "apply_until": date(2026, 3, 31)}, Verdict.CHECK),
        ({"window_kind": "fixed", "announced_on": date(2026, 3, 3), "apply_until": date(2026, 3, 31)}, Verdict.OUT),
        ({"window_kind": "until_budget", "announced_on": date(2026, 1, 2)}, Verdict.CHECK),
        ({"window_kind": "first_come", "announced_on": date(2026, 1, 2)}, Verdict.CHECK),
        ({"window_kind": "until_budget", "announced_on": date(2025, 1, 2)}, Verdict.CHECK),
        ({"window_kind": "until_budget", "announced_on": date(2024, 12, 31)}, Verdict.OUT),
        ({"window_kind": "first_come", "announced_on": date(2021, 1, 2)}, Verdict.OUT),
        ({"window_kind": "until_budget"}, Verdict.CHECK),
        ({"window_kind": "until_budget", "apply_until": date(2026, 3, 1)}, Verdict.OUT),
        ({"window_kind": "always", "announced_on": date(2026, 1, 2)}, Verdict.IN),
        ({"window_kind": "always", "announced_on": date(2024, 1, 2)}, Verdict.CHECK),
        ({"window_kind": "always"}, Verdict.CHECK),
        ({"window_kind": "always", "announced_on": date(2023, 3, 2)}, Verdict.CHECK),
        ({"window_kind": "always", "announced_on": date(2023, 3, 1)}, Verdict.OUT),
        ({"window_kind": "unknown", "announced_on": date(2023, 3, 2)}, Verdict.CHECK),
        ({"window_kind": "unknown", "announced_on": date(2023, 3, 1)}, Verdict.OUT),
        ({"announced_on": date(2023, 3, 1)}, Verdict.OUT),
        ({"window_kind": "fixed", "announced_on": date(2023, 3, 1), "apply_until": TODAY}, Verdict.CHECK),
        ({"window_kind": "always", "announced_on": date(2023, 3, 1), "valid_to": TODAY}, Verdict.CHECK),
        ({"window_kind": "unknown", "window_text": "추후 공지"}, Verdict.CHECK),
        ({}, Verdict.CHECK),
    ],
)
def test_windows_other_than_dates_are_what_they_are(window: dict[str, object], verdict: Verdict) -> None:
    assert program("bakery", **window)["window"].verdict is verdict


def test_a_window_without_its_first_day_tells_its_last() -> None:
    check = program("bakery", window_kind="fixed", apply_until=date(2026, 3, 31))["window"]
    assert (check.verdict, check.ko) == (Verdict.CHECK, "접수 마감 2026-03-31, 시작일을 몰라 확인 필요")


def test_a_stale_notice_sends_the_reader_to_a_newer_one() -> None:
    check = program("bakery", window_kind="always", announced_on=date(2021, 7, 13))["window"]
    assert check.ko == "공고일 2021-07-13, 기준일 2026-03-02로부터 3년이 넘어 새 공고를 찾아야 함"
    assert check.en == "announced on 2021-07-13, over 3 years before 2026-03-02: look for a newer notice"


@pytest.mark.parametrize(
    ("target", "verdict"),
    [
        ("41285", Verdict.IN),
        ("41280", Verdict.IN),
        ("41", Verdict.IN),
        ("41281", Verdict.OUT),
        ("11", Verdict.OUT),
    ],
)
def test_a_company_is_inside_every_region_above_its_own(target: str, verdict: Verdict) -> None:
    assert program("bakery", targets_nodes=(f"Region:{target}",))["region"].verdict is verdict


def test_a_region_stated_too_coarsely_is_to_be_checked() -> None:
    profile = Profile("빵집", {"LOCATED_IN": (NodeRef("Region", "41"),)})
    assert program(profile, targets_nodes=("Region:41285",))["region"].verdict is Verdict.CHECK


@pytest.mark.parametrize(
    ("home", "targets", "verdict"),
    [
        ("41280", ("41285", "41281"), Verdict.IN),
        ("41280", ("41285",), Verdict.CHECK),
        ("41", ("41285", "41281"), Verdict.CHECK),
        ("11", ("41285", "41281"), Verdict.OUT),
    ],
)
def test_all_districts_of_a_city_are_the_city(home: str, targets: tuple[str, ...], verdict: Verdict) -> None:
    profile = Profile("빵집", {"LOCATED_IN": (NodeRef("Region", home),)})
    said = program(profile, targets_nodes=tuple(f"Region:{each}" for each in targets)).get("region")
    assert (Verdict.OUT if said is None else said.verdict) is verdict


def test_a_centre_gives_its_tenants_its_region() -> None:
    graph = goyang()
    graph.node("Center", "K", name="테크노밸리")
    graph.link("Center:K", "LOCATED_IN", "Region:41281")
    graph.link("Company:unknown", "LOCATED_IN", "Center:K")
    graph.node("Program", "P", title="지원사업")
    graph.link("Program:P", "TARGETS", "Region:41280")
    assert judge(graph, "programs", "unknown", "Program:P")[1]["region"].verdict is Verdict.IN


def test_nationwide_needs_no_fact() -> None:
    assert "region" not in program("unknown", nationwide=True)


@pytest.mark.parametrize(
    ("target", "verdict"),
    [("C", Verdict.IN), ("10", Verdict.IN), ("10711", Verdict.IN), ("J", Verdict.OUT), ("62010", Verdict.OUT)],
)
def test_industries_follow_the_tree(target: str, verdict: Verdict) -> None:
    checks = program("bakery", targets_nodes=(f"Industry:ksic11:{target}",))
    assert checks["industry"].verdict is verdict
    assert "떡류 제조업" in checks["industry"].ko


def old_revision(successors: tuple[str, ...]) -> SmallGraph:
    graph = goyang()
    graph.node("Industry", "ksic10:10711", name="떡류 제조업", code="10711", revision=10)
    for code in successors:
        graph.link("Industry:ksic10:10711", "MAPS_TO", f"Industry:ksic11:{code}")
    graph.link("Company:unknown", "IN_INDUSTRY", "Industry:ksic10:10711")
    graph.node("Program", "P", title="지원사업")
    graph.link("Program:P", "TARGETS", "Industry:ksic11:10")
    return graph


@pytest.mark.parametrize(
    ("successors", "verdict"),
    [
        (("10711",), Verdict.IN),
        (("62010",), Verdict.OUT),
        (("10711", "62010"), Verdict.CHECK),
        ((), Verdict.CHECK),
    ],
)
def test_codes_of_an_older_revision_count_through_their_successors(
    successors: tuple[str, ...], verdict: Verdict
) -> None:
    graph = old_revision(successors)
    assert judge(graph, "programs", "unknown", "Program:P")[1]["industry"].verdict is verdict


@given(
    st.sampled_from(["41285", "41281", "41280", "41", "11"]), st.sampled_from(["41285", "41281", "41280", "41", "11"])
)
def test_widening_a_region_never_takes_a_company_out(home: str, target: str) -> None:
    """Whoever is in a target region is in every region above it."""
    above = {"41285": "41280", "41281": "41280", "41280": "41"}
    profile = Profile("", {"LOCATED_IN": (NodeRef("Region", home),)})
    order = [Verdict.OUT, Verdict.CHECK, Verdict.IN]
    narrow = program(profile, targets_nodes=(f"Region:{target}",))["region"].verdict
    if target in above:
        wide = program(profile, targets_nodes=(f"Region:{above[target]}",))["region"].verdict
        assert order.index(wide) >= order.index(narrow)
    else:
        assert narrow is (Verdict.IN if home == target or (target == "41" and home != "11") else Verdict.OUT)


def test_a_region_that_the_text_contradicts_is_to_be_checked_with_its_words() -> None:
    unread = ["region@summary:12 울산광역시"]
    for properties in ({"nationwide": True}, {"targets_nodes": ("Region:11",)}, {"targets_nodes": ("Region:41",)}):
        check = program("bakery", unread=unread, **properties)["region"]
        assert check.verdict is Verdict.CHECK
        assert check.ko.endswith("공고문에 다른 지역 조건이 있어 확인 필요 (원문: 울산광역시)")


def test_words_that_narrow_the_industries_admit_nobody_for_certain() -> None:
    unread = ["industry@summary:12 자동차 부품 기업"]
    for properties in ({}, {"all_industries": True}, {"targets_nodes": ("Industry:ksic11:C",)}):
        check = program("bakery", unread=unread, **properties)["industry"]
        assert check.verdict is Verdict.CHECK
        assert "(원문: 자동차 부품 기업)" in check.ko
    kept_out = program("bakery", unread=unread, targets_nodes=("Industry:ksic11:J",))["industry"]
    assert kept_out.verdict is Verdict.OUT


def test_a_text_that_was_read_and_names_no_industry_sets_no_limit() -> None:
    assert "industry" not in program("bakery", unread=[])
    assert program("bakery")["industry"].verdict is Verdict.CHECK


def test_a_notice_open_until_it_is_filled_is_to_be_asked_about() -> None:
    check = program("bakery", window_kind="until_filled", announced_on=date(2026, 2, 1))["window"]
    assert check.verdict is Verdict.CHECK
    assert check.ko == "모집 완료 시까지 접수, 마감되었는지 확인 필요, 공고일 2026-02-01"


def test_industries_that_nobody_filled_in_are_unknown() -> None:
    check = program("bakery", unread=["industry@industries:0"])["industry"]
    assert (check.verdict, check.ko) == (Verdict.CHECK, "대상 업종을 알 수 없어 확인 필요")
