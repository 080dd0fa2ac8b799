"""Rules decide in, out or to be checked, and never in on a fact that is not known."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from recommender.constraints.askers import Askers, asker_of_profile, askers_of_nodes
from recommender.constraints.base import Code, Pairs
from recommender.constraints.candidates import Candidates
from recommender.constraints.decide import RULES, Decisions, decide
from recommender.dated_facts import DatedFacts
from recommender.profile import Profile
from recommender.results import Check, Verdict
from recommender.tasks import TASKS, get_task
from tests.recommender.small_graph import SmallGraph, goyang

TODAY = date(2026, 3, 2)


def askers(facts: DatedFacts, *ids: str, as_of: date = TODAY) -> Askers:
    vocabulary = facts.snapshot.vocabulary("Company")
    return askers_of_nodes(facts, "Company", np.array([vocabulary.find(id_) for id_ in ids]), as_of)


def judge(
    graph: SmallGraph, task: str, asker: str | Profile, candidate: str, as_of: date = TODAY
) -> tuple[Decisions, dict[str, Check]]:
    facts = DatedFacts(graph.snapshot())
    who = asker_of_profile(facts, asker, as_of) if isinstance(asker, Profile) else askers(facts, asker, as_of=as_of)
    label, _, id_ = candidate.partition(":")
    decisions = decide(get_task(task), Pairs(who, Candidates(facts, [NodeRef(label, id_)]), as_of))
    return decisions, {check.rule: check for check in decisions.checks(0, 0)}


def program(asker: str | Profile, as_of: date = TODAY, **properties: object) -> dict[str, Check]:
    graph = goyang()
    links = properties.pop("targets_nodes", ())
    graph.node("Program", "P", title="지원사업", **properties)
    for target in links:
        graph.link("Program:P", "TARGETS", target)
    return judge(graph, "programs", asker, "Program:P", as_of)[1]


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


@pytest.mark.parametrize(
    ("founded", "verdict"),
    [
        (date(2019, 3, 1), Verdict.OUT),
        (date(2019, 3, 2), Verdict.IN),
        (date(2026, 3, 2), Verdict.IN),
        (None, Verdict.CHECK),
        (date(2026, 3, 3), Verdict.CHECK),
    ],
)
def test_a_company_is_seven_years_old_until_that_day_ends(founded: date | None, verdict: Verdict) -> None:
    checks = program(Profile("새 회사", founded_on=founded), max_company_age=7.0)
    assert checks["age"].verdict is verdict


def test_the_day_after_february_ends_counts_as_anniversary_of_a_leap_day() -> None:
    profile = Profile("새 회사", founded_on=date(2020, 2, 29))
    assert program(profile, date(2023, 3, 1), max_company_age=3.0)["age"].verdict is Verdict.IN
    assert program(profile, date(2023, 3, 2), max_company_age=3.0)["age"].verdict is Verdict.OUT


@pytest.mark.parametrize(("admits", "verdict"), [(True, Verdict.IN), (False, Verdict.OUT), (None, Verdict.CHECK)])
def test_who_is_yet_to_found_needs_a_programme_that_admits_it(admits: object, verdict: Verdict) -> None:
    profile = Profile("예비창업", founded_on=date(2026, 9, 1))
    assert program(profile, admits_pre_founders=admits)["age"].verdict is verdict


@pytest.mark.parametrize(
    ("staff", "verdict"),
    [(4, Verdict.OUT), (5, Verdict.IN), (50, Verdict.IN), (51, Verdict.OUT), (None, Verdict.CHECK)],
)
def test_bounds_on_employees_are_inclusive(staff: int | None, verdict: Verdict) -> None:
    checks = program(Profile("회사", employees=staff), min_employees=5, max_employees=50)
    assert checks["size"].verdict is verdict


MANUFACTURER = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)}
DEVELOPER = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:62010"),)}


@pytest.mark.parametrize(
    ("targets", "profile", "verdict"),
    [
        (["micro"], Profile("", employees=4), Verdict.IN),
        (["micro"], Profile("", employees=5), Verdict.CHECK),
        (["micro"], Profile("", DEVELOPER, employees=5), Verdict.OUT),
        (["micro"], Profile("", MANUFACTURER, employees=9), Verdict.IN),
        (["micro"], Profile("", MANUFACTURER, employees=10), Verdict.OUT),
        (["micro"], Profile("", employees=2, revenue_krw=5e10), Verdict.OUT),
        (["micro"], Profile(""), Verdict.CHECK),
        (["sme"], Profile("", employees=4), Verdict.IN),
        (["sme"], Profile("", employees=80), Verdict.CHECK),
        (["sme"], Profile("", employees=80, revenue_krw=4e10), Verdict.IN),
        (["sme"], Profile("", revenue_krw=2e11), Verdict.OUT),
        (["mid_size"], Profile("", revenue_krw=1e9), Verdict.OUT),
        (["mid_size"], Profile("", revenue_krw=2e11), Verdict.CHECK),
        (["startup"], Profile("", founded_on=date(2019, 3, 2)), Verdict.IN),
        (["startup"], Profile("", founded_on=date(2019, 3, 1)), Verdict.OUT),
        (["startup"], Profile(""), Verdict.CHECK),
        (["pre_founder"], Profile("", founded_on=date(2026, 3, 3)), Verdict.IN),
        (["pre_founder"], Profile("", founded_on=date(2026, 3, 2)), Verdict.OUT),
        (["pre_founder"], Profile(""), Verdict.CHECK),
        (["venture"], Profile("", certificates=("벤처기업확인",)), Verdict.IN),
        (["women"], Profile("", certificates=("벤처기업확인",)), Verdict.CHECK),
        (["sole"], Profile("", legal_form="sole"), Verdict.IN),
        (["sole"], Profile("", legal_form="corporation"), Verdict.OUT),
        (["corporation"], Profile(""), Verdict.CHECK),
        (["university"], Profile("", employees=3), Verdict.OUT),
        (["university", "sole"], Profile("", legal_form="sole"), Verdict.IN),
        (["university", "micro"], Profile("", employees=3), Verdict.IN),
        (["other"], Profile("", employees=3), Verdict.CHECK),
        ([], Profile("", employees=3), Verdict.CHECK),
        (None, Profile("", employees=3), Verdict.CHECK),
    ],
)
def test_kinds_of_applicant_are_decided_as_far_as_the_law_defines_them(
    targets: list[str] | None, profile: Profile, verdict: Verdict
) -> None:
    assert program(profile, targets=targets)["target"].verdict is verdict


def test_an_organisation_of_the_graph_is_no_pre_founder() -> None:
    assert program("unknown", targets=["pre_founder"])["target"].verdict is Verdict.OUT


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
    [(("J",), None, Verdict.IN), (("C",), None, Verdict.OUT), ((), None, Verdict.CHECK), ((), True, None)],
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


def test_every_rule_that_a_task_names_exists() -> None:
    assert {rule for task in TASKS.values() for rule in task.constraints} == set(RULES)


OPTIONAL_DAY = st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))
ANNOUNCED = st.none() | st.dates(date(2021, 1, 1), date(2027, 1, 1))
PROGRAMS = st.fixed_dictionaries(
    {
        "window_kind": st.none() | st.sampled_from(["fixed", "until_budget", "always", "first_come", "unknown"]),
        "announced_on": ANNOUNCED,
        "apply_from": OPTIONAL_DAY,
        "apply_until": OPTIONAL_DAY,
        "nationwide": st.none() | st.booleans(),
        "all_industries": st.none() | st.booleans(),
        "targets": st.none() | st.lists(st.sampled_from(["sme", "micro", "startup", "sole", "women", "university"])),
        "max_company_age": st.none() | st.sampled_from([1.0, 3.5, 7.0]),
        "min_employees": st.none() | st.integers(0, 10),
        "max_employees": st.none() | st.integers(0, 100),
        "targets_nodes": st.sets(
            st.sampled_from(["Region:41", "Region:41281", "Region:11", "Industry:ksic11:C", "Industry:ksic11:62"])
        ),
    }
)


@settings(deadline=None)
@given(programs=st.lists(PROGRAMS, min_size=1, max_size=6), as_of=st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_an_asker_without_facts_is_never_in_by_a_rule_about_itself(
    programs: list[dict[str, object]], as_of: date
) -> None:
    """Unknown facts of the asker or the programme give ``to be checked``; the sentence never fails."""
    graph = goyang()
    for number, properties in enumerate(programs):
        links = properties.pop("targets_nodes")
        graph.node("Program", f"P{number}", title="사업", **properties)
        for target in sorted(links):  # type: ignore[call-overload]
            graph.link(f"Program:P{number}", "TARGETS", target)
    facts = DatedFacts(graph.snapshot())
    refs = [NodeRef("Program", f"P{number}") for number in range(len(programs))]
    decisions = decide(
        get_task("programs"),
        Pairs(askers(facts, "unknown", "bakery", "soft", as_of=as_of), Candidates(facts, refs), as_of),
    )
    for number in range(len(programs)):
        for check in decisions.checks(0, number):
            assert check.verdict is not Verdict.IN or check.rule == "window"
    by_rule = dict(zip([rule.id for rule in decisions.rules], decisions.by_rule, strict=True))
    for number, properties in enumerate(programs):
        if not properties["targets"]:
            assert (by_rule["target"][:, number] == Code.CHECK).all()
        if by_rule["window"][0, number] == Code.IN and properties["window_kind"] == "fixed":
            assert properties["apply_from"] <= as_of <= properties["apply_until"]  # type: ignore[operator]
        for asker in range(3):
            checks = decisions.checks(asker, number)
            assert all(check.ko and check.en for check in checks)
            listed_out = any(check.verdict is Verdict.OUT for check in checks)
            assert listed_out is not bool(decisions.admitted[asker, number])


ABOVE = {"41285": "41280", "41281": "41280", "41280": "41"}
FOUNDED = {"bakery": date(2021, 3, 2), "soft": date(2015, 6, 1), "unknown": None}
STAFF = {"bakery": 3, "soft": 25, "unknown": None}
HOME = {"bakery": "41285", "soft": "41281", "unknown": None}
SECTION = {"bakery": "C", "soft": "62", "unknown": None}


def out_by_hand(company: str, row: dict[str, object], links: set[str], as_of: date) -> set[str]:
    """Read one pair as a clerk would; the rules that keep it out for certain."""
    out = set()
    announced, opens, closes = (row[name] for name in ("announced_on", "apply_from", "apply_until"))
    bound = row["window_kind"] in ("until_budget", "first_come")
    if (
        (announced and announced > as_of)
        or (opens and opens > as_of)
        or (closes and closes < as_of)
        or (bound and announced and announced.year < as_of.year - 1)
        or (announced and not closes and (announced.year + 3, announced.month, announced.day) < as_of.timetuple()[:3])
    ):
        out.add("window")
    regions = {link.partition(":")[2] for link in links if link.startswith("Region")}
    place, inside = HOME[company], set()
    while place:
        inside.add(place)
        place = ABOVE.get(place)
    if not row["nationwide"] and regions and inside and not regions & inside:
        out.add("region")
    industries = {link.rpartition(":")[2] for link in links if link.startswith("Industry")}
    if not row["all_industries"] and industries and SECTION[company] and SECTION[company] not in industries:
        out.add("industry")
    founded, limit, staff = FOUNDED[company], row["max_company_age"], STAFF[company]
    if founded and limit and founded <= as_of:
        months = founded.year * 12 + founded.month - 1 + round(limit * 12)
        if date(months // 12, months % 12 + 1, founded.day) < as_of:
            out.add("age")
    if staff is not None and (staff < (row["min_employees"] or 0) or staff > (row["max_employees"] or staff)):
        out.add("size")
    if staff is not None and row["max_employees"] == 0 and staff > 0:
        out.add("size")
    return out


@settings(deadline=None)
@given(programs=st.lists(PROGRAMS, min_size=1, max_size=8), as_of=st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_rules_over_arrays_agree_with_reading_one_pair_at_a_time(
    programs: list[dict[str, object]], as_of: date
) -> None:
    graph = goyang()
    links = [properties["targets_nodes"] for properties in programs]
    for number, properties in enumerate(programs):
        plain = {name: value for name, value in properties.items() if name != "targets_nodes"}
        graph.node("Program", f"P{number}", title="사업", **plain)
        for target in sorted(links[number]):
            graph.link(f"Program:P{number}", "TARGETS", target)
    facts = DatedFacts(graph.snapshot())
    refs = [NodeRef("Program", f"P{number}") for number in range(len(programs))]
    companies = ("bakery", "soft", "unknown")
    pairs = Pairs(askers(facts, *companies, as_of=as_of), Candidates(facts, refs), as_of)
    decisions = decide(get_task("programs"), pairs)
    by_rule = dict(zip([rule.id for rule in decisions.rules], decisions.by_rule, strict=True))
    for number, properties in enumerate(programs):
        for place, company in enumerate(companies):
            found = {
                rule
                for rule in ("window", "region", "industry", "age", "size")
                if by_rule[rule][place, number] == Code.OUT
            }
            assert found == out_by_hand(company, properties, links[number], as_of)


@settings(deadline=None)
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
