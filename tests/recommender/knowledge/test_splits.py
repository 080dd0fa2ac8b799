"""Time splits: who is asked, what is new, what is masked."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.errors import EvaluationError
from graph_schema.model import NodeRef
from recommender.knowledge.splits import Cuts, LinkedPairs, Window, choose_cuts, sample, task_pairs, window
from recommender.knowledge.tasks import get_task
from tests.recommender.patent_graphs import file_together, five_patents, two_circles
from tests.recommender.small_graph import SmallGraph

PARTNERS = get_task("partners")


def _pairs(graph: SmallGraph) -> LinkedPairs:
    return task_pairs(graph.snapshot(), PARTNERS)


def _found(asked: Window, pairs: LinkedPairs, *, known: bool = False) -> dict[str, set[str]]:
    matrix = asked.known if known else asked.positives
    return {
        ref.id: {pairs.candidates[column].id for column in matrix[[row]].indices} for row, ref in enumerate(asked.asked)
    }


def test_a_pair_is_new_once_and_asked_from_both_ends() -> None:
    """The second patent of a and b makes no new pair, so 2021 has nothing to ask, and 2019 asks both."""
    pairs = _pairs(five_patents())
    assert _found(window(pairs, "w", date(2019, 1, 1), date(2020, 1, 1)), pairs) == {"a": {"b"}, "b": {"a"}}
    with pytest.raises(EvaluationError, match="2021-01-01 to 2022-01-01 holds no new pair"):
        window(pairs, "w", date(2021, 1, 1), date(2022, 1, 1))


def test_known_pairs_and_the_asker_itself_are_masked() -> None:
    pairs = _pairs(five_patents())
    asked = window(pairs, "test", date(2022, 6, 1), date(2024, 1, 1))
    assert _found(asked, pairs) == {"a": {"c", "d"}, "c": {"a", "d"}, "d": {"a", "c"}}
    assert _found(asked, pairs, known=True) == {"a": {"a", "b", "u"}, "c": {"b", "c"}, "d": {"d"}}
    assert asked.history.tolist() == [2, 1, 0]
    assert [asked.members(name).tolist() for name in ("warm", "few_shot", "cold")] == [
        [False, False, False],
        [True, True, False],
        [False, False, True],
    ]


def test_candidates_are_all_nodes_of_the_labels() -> None:
    refs = {str(ref) for ref in _pairs(five_patents()).candidates}
    assert refs == {"Company:a", "Company:b", "Company:c", "Company:d", "Institution:u"}


def test_the_window_begins_on_its_first_day_and_ends_before_its_last() -> None:
    pairs = _pairs(five_patents())
    assert [ref.id for ref in window(pairs, "w", date(2022, 5, 1), date(2023, 5, 1)).asked] == ["b", "c"]


def test_a_pair_with_an_undated_fact_cannot_be_shown_to_be_new() -> None:
    graph = five_patents()
    graph.link("Company:c", "CO_FILED_WITH", "Company:b", key="p0")
    pairs = _pairs(graph)
    with pytest.raises(EvaluationError, match="holds no new pair"):
        window(pairs, "w", date(2022, 1, 1), date(2023, 1, 1))
    asked = window(pairs, "w", date(2023, 1, 1), date(2024, 1, 1))
    assert "b" in _found(asked, pairs, known=True)["c"]


def test_askers_of_one_patent_form_a_group() -> None:
    """2022 and 2023 together: b and c first through p4, a and d through p5."""
    pairs = _pairs(five_patents())
    asked = window(pairs, "w", date(2022, 1, 1), date(2024, 1, 1))
    group = dict(zip((ref.id for ref in asked.asked), asked.groups.tolist(), strict=True))
    assert group["b"] == group["c"] != group["a"] == group["d"]


def test_askers_of_relations_that_are_not_symmetric_stand_alone() -> None:
    graph = SmallGraph()
    graph.node("Expert", "e")
    for name, day in (("a", 1), ("b", 1), ("c", 2)):
        graph.node("Company", name)
        graph.link(f"Company:{name}", "CONSULTED", "Expert:e", on=date(2024, 1, day), key="2024-01-01")
    pairs = task_pairs(graph.snapshot(), get_task("experts"))
    asked = window(pairs, "w", date(2024, 1, 1), date(2025, 1, 1))
    assert pairs.candidates == (NodeRef("Expert", "e"),)
    assert len(set(asked.groups.tolist())) == 3


def test_candidates_obey_the_task() -> None:
    graph = SmallGraph()
    graph.node("Company", "a")
    for kind in ("loan", "grant"):
        graph.node("Program", kind, title=kind, kind=kind)
        graph.link("Company:a", "APPLIED_TO", f"Program:{kind}", on=date(2024, 1, 1))
    pairs = task_pairs(graph.snapshot(), get_task("finance"))
    assert [ref.id for ref in pairs.candidates] == ["loan"]
    assert len(pairs.query) == 1


def test_made_up_facts_take_part_only_when_asked_for() -> None:
    graph = five_patents()
    graph.node("Company", "fake", synthetic=True)
    graph.link("Company:a", "CO_FILED_WITH", "Company:fake", on=date(2023, 1, 1), key="f", synthetic=True)
    graph.link("Company:c", "CO_FILED_WITH", "Company:b", on=date(2018, 1, 1), key="g", synthetic=True)
    snapshot = graph.snapshot()
    real, mixed = task_pairs(snapshot, PARTNERS), task_pairs(snapshot, PARTNERS, include_synthetic=True)
    assert NodeRef("Company", "fake") not in real.candidates
    assert NodeRef("Company", "fake") in mixed.candidates
    assert len(mixed.query) == len(real.query) + 2
    assert mixed.first.min() < real.first.min()


def test_cuts_follow_the_dates() -> None:
    """About 70, 15 and 15 per cent of the new pairs fall before, between and after the cuts."""
    pairs = _pairs(two_circles())
    cuts = choose_cuts(pairs)
    days = pairs.first.astype("datetime64[D]").astype(object)
    shares = [sum(low <= day < high for day in days) / len(days) for low, high in _spans(cuts)]
    assert shares == pytest.approx([0.70, 0.15, 0.15], abs=0.06)
    assert sum(shares) == pytest.approx(1.0)


def _spans(cuts: Cuts) -> list[tuple[date, date]]:
    return [(date(1900, 1, 1), cuts.valid_from), (cuts.valid_from, cuts.test_from), (cuts.test_from, cuts.end)]


def test_one_day_cannot_be_cut() -> None:
    graph = SmallGraph()
    for name in "abc":
        graph.node("Company", name)
    file_together(graph, "p", date(2024, 1, 1), "Company:a", "Company:b", "Company:c")
    with pytest.raises(EvaluationError, match="do not give three windows"):
        choose_cuts(_pairs(graph))


def test_undated_facts_cannot_be_cut() -> None:
    graph = SmallGraph()
    graph.node("Company", "a")
    graph.node("Company", "b")
    graph.link("Company:a", "CO_FILED_WITH", "Company:b")
    with pytest.raises(EvaluationError, match="no target relationship has a date"):
        choose_cuts(_pairs(graph))


def test_a_sample_keeps_rows_together() -> None:
    pairs = _pairs(two_circles())
    whole = window(pairs, "w", date(2016, 1, 1), date(2030, 1, 1))
    few = sample(whole, 5, seed=1)
    assert len(few) == 5
    expected = _found(whole, pairs)
    assert {name: expected[name] for name in _found(few, pairs)} == _found(few, pairs)
    assert sample(whole, 500) is whole
