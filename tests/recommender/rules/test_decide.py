"""Rules decide in, out or to be checked, and never in on a fact that is not known."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from recommender.knowledge.tasks import TASKS, get_task
from recommender.language.answers import Verdict
from recommender.rules.base import CandidatePairs, Code
from recommender.rules.candidates import Candidates
from recommender.rules.decide import RULES, decide
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import askers
from tests.recommender.small_graph import goyang


def test_every_rule_that_a_task_names_exists() -> None:
    assert {rule for task in TASKS.values() for rule in task.constraints} == set(RULES)


OPTIONAL_DAY = st.none() | st.dates(date(2025, 1, 1), date(2027, 1, 1))

ANNOUNCED = st.none() | st.dates(date(2021, 1, 1), date(2027, 1, 1))

UNREAD = ("region", "industry", "target", "age", "size", "revenue", "certificate", "exclusion", "support", "notice")

PROGRAMS = st.fixed_dictionaries(
    {
        "window_kind": st.none()
        | st.sampled_from(["fixed", "until_budget", "always", "first_come", "until_filled", "unknown"]),
        "announced_on": ANNOUNCED,
        "apply_from": OPTIONAL_DAY,
        "apply_until": OPTIONAL_DAY,
        "nationwide": st.none() | st.booleans(),
        "all_industries": st.none() | st.booleans(),
        "targets": st.none() | st.lists(st.sampled_from(["sme", "micro", "startup", "sole", "women", "university"])),
        "min_company_age": st.none() | st.sampled_from([0.5, 3.0, 5.0]),
        "max_company_age": st.none() | st.sampled_from([1.0, 3.5, 7.0]),
        "min_revenue_krw": st.none() | st.sampled_from([1e9, 5e9]),
        "max_revenue_krw": st.none() | st.sampled_from([2e9, 5e10]),
        "certificates": st.none() | st.just(["이노비즈"]),
        "representatives": st.none() | st.just(["youth", "women"]),
        "exclusions": st.none() | st.just(["arrears"]),
        "unread": st.none() | st.lists(st.sampled_from([f"{rule}@summary:3 조건" for rule in UNREAD]), unique=True),
        "min_employees": st.none() | st.integers(0, 10),
        "max_employees": st.none() | st.integers(0, 100),
        "targets_nodes": st.sets(
            st.sampled_from(["Region:41", "Region:41281", "Region:11", "Industry:ksic11:C", "Industry:ksic11:62"])
        ),
    }
)


@given(programs=st.lists(PROGRAMS, min_size=1, max_size=6), as_of=st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_an_asker_without_facts_is_never_in_by_a_rule_about_itself(programs: list[dict[str, Any]], as_of: date) -> None:
    """Unknown facts of the asker or the programme give ``to be checked``; the sentence never fails."""
    graph = goyang()
    for number, properties in enumerate(programs):
        links = properties.pop("targets_nodes")
        graph.node("Program", f"P{number}", title="사업", **properties)
        for target in sorted(links):
            graph.link(f"Program:P{number}", "TARGETS", target)
    facts = DatedFacts(graph.snapshot())
    refs = [NodeRef("Program", f"P{number}") for number in range(len(programs))]
    decisions = decide(
        get_task("programs"),
        CandidatePairs(askers(facts, "unknown", "bakery", "soft", as_of=as_of), Candidates(facts, refs), as_of),
    )
    for number in range(len(programs)):
        for check in decisions.checks(0, number):
            assert check.verdict is not Verdict.IN or check.rule == "window"
    by_rule = dict(zip([rule.id for rule in decisions.rules], decisions.by_rule, strict=True))
    for number, properties in enumerate(programs):
        if not properties["targets"]:
            assert (by_rule["target"][:, number] == Code.CHECK).all()
        if by_rule["window"][0, number] == Code.IN and properties["window_kind"] == "fixed":
            assert properties["apply_from"] <= as_of <= properties["apply_until"]
        for asker in range(3):
            checks = decisions.checks(asker, number)
            assert all(check.ko and check.en for check in checks)
            listed_out = any(check.verdict is Verdict.OUT for check in checks)
            assert listed_out is not bool(decisions.admitted[asker, number])


ABOVE = {"41285": "41280", "41281": "41280", "41280": "41"}

FOUNDED = {"bakery": date(2021, 3, 2), "soft": date(2015, 6, 1), "unknown": None}

STAFF = {"bakery": 3, "soft": 25, "unknown": None}

REVENUE = {"bakery": 2e8, "soft": 3e9, "unknown": None}

HOME = {"bakery": "41285", "soft": "41281", "unknown": None}

SECTION = {"bakery": "C", "soft": "62", "unknown": None}


def out_by_hand(company: str, row: dict[str, Any], links: set[str], as_of: date) -> set[str]:
    """Read one pair as a clerk would; the rules that keep it out for certain."""
    out = set()
    announced, opens, closes = (row[name] for name in ("announced_on", "apply_from", "apply_until"))
    bound = row["window_kind"] in ("until_budget", "first_come", "until_filled")
    unread = {line.partition("@")[0] for line in row["unread"] or ()}
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
    # An industry that the register leaves out stays out; whatever else was not understood keeps nobody out.
    return (out | limits_by_hand(company, row, as_of)) - (unread - {"industry"})


def limits_by_hand(company: str, row: dict[str, Any], as_of: date) -> set[str]:
    """Read the limits on age, staff and revenue."""
    out = set()
    founded, staff, revenue = FOUNDED[company], STAFF[company], REVENUE[company]
    if founded and founded <= as_of:
        if row["max_company_age"] and years_later(founded, row["max_company_age"]) < as_of:
            out.add("age")
        if row["min_company_age"] and years_later(founded, row["min_company_age"]) > as_of:
            out.add("age")
    if staff is not None and not (row["min_employees"] or 0) <= staff <= most(row["max_employees"], staff):
        out.add("size")
    if revenue is not None and not (row["min_revenue_krw"] or 0) <= revenue <= most(row["max_revenue_krw"], revenue):
        out.add("revenue")
    return out


def most(bound: float | None, own: float) -> float:
    return own if bound is None else bound


def years_later(day: date, years: float) -> date:
    months = day.year * 12 + day.month - 1 + round(years * 12)
    return date(months // 12, months % 12 + 1, day.day)


@given(programs=st.lists(PROGRAMS, min_size=1, max_size=8), as_of=st.dates(date(2025, 1, 1), date(2027, 1, 1)))
def test_rules_over_arrays_agree_with_reading_one_pair_at_a_time(programs: list[dict[str, Any]], as_of: date) -> None:
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
    pairs = CandidatePairs(askers(facts, *companies, as_of=as_of), Candidates(facts, refs), as_of)
    decisions = decide(get_task("programs"), pairs)
    by_rule = dict(zip([rule.id for rule in decisions.rules], decisions.by_rule, strict=True))
    for number, properties in enumerate(programs):
        for place, company in enumerate(companies):
            found = {
                rule
                for rule in ("window", "region", "industry", "age", "size", "revenue")
                if by_rule[rule][place, number] == Code.OUT
            }
            assert found == out_by_hand(company, properties, links[number], as_of)
