"""What is known of candidates, and for how long it is kept."""

from __future__ import annotations

from datetime import date, timedelta

from graph_schema.model import NodeRef
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.decide import RULES
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import TODAY, askers
from tests.recommender.small_graph import goyang


def _candidates() -> Candidates:
    graph = goyang()
    graph.node("Program", "P", title="지원사업", announced_on=TODAY, window_kind="always")
    return Candidates(DatedFacts(graph.snapshot()), [NodeRef("Program", "P")])


def test_what_holds_on_a_day_is_asked_once_for_it() -> None:
    """Another day is another question, and the first is still known after it."""
    candidates, asked = _candidates(), []
    for as_of in (TODAY, TODAY + timedelta(1), TODAY):
        assert candidates.on(as_of, "rule", lambda as_of=as_of: asked.append(as_of) or as_of) == as_of
    assert asked == [TODAY, TODAY + timedelta(1)]


def test_only_the_days_that_were_last_asked_for_are_kept() -> None:
    """Questions about many days do not fill memory: of six the first is asked for anew."""
    candidates, asked = _candidates(), []
    days = [TODAY + timedelta(number) for number in range(6)]
    for as_of in (*days, days[0]):
        candidates.on(as_of, "rule", lambda as_of=as_of: asked.append(as_of))
    assert asked == [*days, days[0]]


def test_a_rule_of_candidates_says_the_same_to_everybody() -> None:
    """Whoever asks, the window is judged once a day; a rule of both sides is judged for each."""
    candidates = _candidates()
    first, second = (CandidatePairs(askers(candidates.facts, name), candidates, TODAY) for name in ("bakery", "soft"))
    assert RULES["window"].judge(first) is RULES["window"].judge(second)
    assert RULES["region"].judge(first) is not RULES["region"].judge(second)
    later = CandidatePairs(first.askers, candidates, date(2036, 1, 1))
    assert RULES["window"].judge(later) is not RULES["window"].judge(first)
