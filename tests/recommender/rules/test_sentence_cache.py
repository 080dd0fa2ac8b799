"""A sentence that is kept for one asker is told of those alone of whom it is true."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.tasks import get_task
from recommender.rules.base import CandidatePairs, Code
from recommender.rules.candidates import Candidates
from recommender.rules.decide import decide
from recommender.rules.sentence_cache import with_sentence_cache
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import TODAY, askers
from tests.recommender.small_graph import SmallGraph, goyang


@pytest.fixture
def graph() -> SmallGraph:
    """Companies that differ in one fact each: in trade, age, size by year and state of business."""
    made = goyang()
    made.node("Institution", "국세청", name="국세청")
    for company, state in (("bakery", "closed"), ("soft", "suspended")):
        on = date(2026, 1, 15)
        made.link(
            f"Company:{company}", "REGISTERED_WITH", "Institution:국세청", state=state, ended_on=on, valid_from=on
        )
    for company, staff, founded in (("young", 3, 2024), ("older", 30, 2010)):
        made.node("Company", company, name=company, founded_on=date(founded, 1, 1))
        made.node(
            "AnnualFigures", f"{company}@2025", name="2025년 실적", year=2025, min_employees=staff, max_employees=staff
        )
        made.link(f"Company:{company}", "REPORTED", f"AnnualFigures:{company}@2025")
    made.node("Program", "again", title="재도전 자금", kind="loan", max_employees=10, max_company_age=7.0)
    return made


@pytest.mark.parametrize(("task", "candidate"), [("programs", "Program:again"), ("partners", "Company:soft")])
def test_what_is_kept_says_what_is_told_anew(graph: SmallGraph, task: str, candidate: str) -> None:
    facts, (label, _, id_) = DatedFacts(graph.snapshot()), candidate.partition(":")
    asking = askers(facts, "soft", "bakery", "young", "older")
    decisions = decide(get_task(task), CandidatePairs(asking, Candidates(facts, [NodeRef(label, id_)]), TODAY))
    kept = replace(decisions, rules=with_sentence_cache(decisions.rules))
    said = [decisions.checks(asker, 0) for asker in range(len(asking))]

    assert any(check.rule in {"standing", "in_business"} for checks in said for check in checks)
    assert [kept.checks(asker, 0) for asker in range(len(asking))] == said


def test_a_rule_that_needs_what_cannot_be_looked_up_is_told_anew(graph: SmallGraph) -> None:
    facts = DatedFacts(graph.snapshot())
    asking = askers(facts, "soft", "bakery")
    pairs = CandidatePairs(asking, Candidates(facts, [NodeRef("Program", "again")]), TODAY)
    rule = next(rule for rule in decide(get_task("programs"), pairs).rules if rule.id == "region")
    asked: list[int] = []

    def describe(_pairs: CandidatePairs, asker: int, _candidate: int, _code: Code) -> Wording:
        asked.append(asker)
        return Wording(f"{asker}", f"{asker}")

    (kept,) = with_sentence_cache((replace(rule, needs=("asker.unknown",), describe=describe),))
    assert [kept.describe(pairs, asker, 0, Code.CHECK).ko for asker in (0, 1, 0)] == ["0", "1", "0"]
    assert asked == [0, 1, 0]
