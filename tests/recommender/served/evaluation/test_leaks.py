"""Planted leaks: each must make the evaluation refuse, with the reason."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graph_schema.catalog import relation_type
from graph_schema.errors import EvaluationError
from recommender.knowledge.splits import Pairs, Window, task_pairs, window
from recommender.knowledge.tasks import get_task
from recommender.served.evaluation.leaks import refuse_leaks
from recommender.served.task_data import TaskData
from recommender.snapshot.snapshot import Edges, Snapshot
from tests.recommender.served.evaluation.graphs import blank_vectors, five_patents
from tests.recommender.small_graph import SmallGraph

PARTNERS = get_task("partners")
START = date(2022, 1, 1)
BETWEEN_COMPANIES = relation_type("Company", "CO_FILED_WITH", "Company")
FILED = relation_type("Company", "FILED", "Technology")


@pytest.fixture
def snapshot() -> Snapshot:
    return five_patents().snapshot()


@pytest.fixture
def pairs(snapshot: Snapshot) -> Pairs:
    return task_pairs(snapshot, PARTNERS)


@pytest.fixture
def asked(pairs: Pairs) -> Window:
    return window(pairs, "test", START, date(2024, 1, 1))


def _data(snapshot: Snapshot, before: date | None = START, *, include_synthetic: bool = False) -> TaskData:
    return TaskData(snapshot, PARTNERS, blank_vectors(snapshot), before=before, include_synthetic=include_synthetic)


def _plant(data: TaskData, source: str, target: str, on: str) -> None:
    """Add a fact to what the data takes for known."""
    relation = BETWEEN_COMPANIES if target in "abcd" else FILED
    edges = data.facts.edges(relation)
    start = data.snapshot.vocabulary("Company").find(source)
    end = data.snapshot.vocabulary(relation.target).find(target)
    data.facts._edges[relation.name] = Edges(
        relation,
        np.append(edges.src, start),
        np.append(edges.dst, end),
        np.append(edges.on, np.datetime64(on, "D")),
    )


def test_honest_data_passes(snapshot: Snapshot, pairs: Pairs, asked: Window) -> None:
    data = _data(snapshot)
    refuse_leaks(data, pairs, asked)
    assert data.history.nnz == 4


def test_facts_of_the_window_are_refused(snapshot: Snapshot, pairs: Pairs, asked: Window) -> None:
    with pytest.raises(EvaluationError, match=r"in or after the test window \(from 2022-01-01\) are in the fit"):
        refuse_leaks(_data(snapshot, before=None), pairs, asked)


def test_facts_of_one_day_too_many_are_refused(snapshot: Snapshot, pairs: Pairs, asked: Window) -> None:
    with pytest.raises(EvaluationError, match="one from"):
        refuse_leaks(_data(snapshot, before=date(2022, 5, 2)), pairs, asked)


def test_a_future_fact_of_another_relation_is_refused(snapshot: Snapshot, pairs: Pairs, asked: Window) -> None:
    """That c filed the patent of the window tells who its partners are, even if the fact itself lost its date."""
    data = _data(snapshot)
    _plant(data, "c", "p5", "NaT")
    with pytest.raises(EvaluationError, match=r"FILED.*from c to p5"):
        refuse_leaks(data, pairs, asked)


@pytest.mark.parametrize(("source", "target"), [("b", "c"), ("c", "b")])
def test_a_duplicate_or_reverse_of_the_answer_is_refused(
    snapshot: Snapshot, pairs: Pairs, asked: Window, source: str, target: str
) -> None:
    """An older date hides the copy from a look at dates alone; the reverse hides it from a look at one direction."""
    data = _data(snapshot)
    _plant(data, source, target, "2018-01-01")
    with pytest.raises(EvaluationError, match=r"in the fit data|duplicate or the reverse of the answer"):
        refuse_leaks(data, pairs, asked)


def test_the_answer_in_the_history_is_refused(snapshot: Snapshot, pairs: Pairs, asked: Window) -> None:
    data = _data(snapshot)
    data.__dict__["history"] = _data(snapshot, before=None).history
    with pytest.raises(EvaluationError, match="in the history that scorers see"):
        refuse_leaks(data, pairs, asked)


def test_other_candidates_are_refused() -> None:
    graph = five_patents()
    graph.node("Company", "fake", synthetic=True)
    snapshot = graph.snapshot()
    pairs = task_pairs(snapshot, PARTNERS)
    asked = window(pairs, "test", START, date(2024, 1, 1))
    with pytest.raises(EvaluationError, match="ranks 6 candidates, the window 5"):
        refuse_leaks(_data(snapshot, include_synthetic=True), pairs, asked)


def test_a_late_fact_that_carries_only_the_day_it_holds_from_is_refused() -> None:
    """A relationship without ``on`` but valid from a day in the window is late, however it is read elsewhere."""
    graph = five_patents()
    graph.node("Project", "r", title="과제")
    graph.link("Company:b", "PARTICIPATED_IN", "Project:r", valid_from=date(2023, 3, 1))
    snapshot = graph.snapshot()
    pairs = task_pairs(snapshot, PARTNERS)
    data = TaskData(
        snapshot, PARTNERS, {**blank_vectors(snapshot), "Project": np.zeros((1, 2), np.float32)}, before=START
    )
    relation = relation_type("Company", "PARTICIPATED_IN", "Project")
    assert not len(data.facts.edges(relation).src)
    one, no_day = np.array([1]), np.array(["NaT"], dtype="datetime64[D]")
    data.facts._edges[relation.name] = Edges(relation, one, 0 * one, no_day)
    with pytest.raises(EvaluationError, match=r"PARTICIPATED_IN.*from b to r"):
        refuse_leaks(data, pairs, window(pairs, "test", START, date(2024, 1, 1)))


def _consultations() -> SmallGraph:
    """Companies a and b consult expert e in 2021, c in 2023; c needs something about tax, a patent has a field."""
    graph = SmallGraph()
    graph.node("Expert", "e")
    graph.node("Topic", "tax")
    graph.link("Expert:e", "SPECIALIZES_IN", "Topic:tax")
    for name, day in (("a", date(2021, 1, 1)), ("b", date(2021, 6, 1)), ("c", date(2023, 6, 1))):
        graph.node("Company", name)
        graph.link(f"Company:{name}", "CONSULTED", "Expert:e", on=day, key=day.isoformat())
    graph.node("Need", "n", title="세무 상담", raised_on=date(2023, 5, 1))
    graph.link("Need:n", "ABOUT", "Topic:tax")
    return graph


def _experts(snapshot: Snapshot) -> tuple[TaskData, Pairs, Window]:
    task = get_task("experts")
    vectors = {label: np.zeros((len(snapshot.nodes(label)), 2), np.float32) for label in ("Company", "Expert")}
    data = TaskData(snapshot, task, vectors, before=date(2022, 1, 1), include_synthetic=False)
    pairs = task_pairs(snapshot, task)
    return data, pairs, window(pairs, "test", date(2022, 1, 1), date(2024, 1, 1))


def test_relations_in_one_direction_pass_when_honest() -> None:
    """What an expert says of itself is known without a date; the need of the window is not."""
    data, pairs, asked = _experts(_consultations().snapshot())
    refuse_leaks(data, pairs, asked)
    assert [ref.id for ref in asked.asked] == ["c"]
    assert data.history.nnz == 2


def test_what_a_node_of_the_window_says_is_refused() -> None:
    """A need that was raised in the window may not be known by its topics either, though those carry no date."""
    data, pairs, asked = _experts(_consultations().snapshot())
    relation = relation_type("Need", "ABOUT", "Topic")
    data.facts._edges[relation.name] = data.snapshot.edges(relation)
    with pytest.raises(EvaluationError, match=r"ABOUT.*from n to tax"):
        refuse_leaks(data, pairs, asked)


def test_an_asker_that_the_data_does_not_know_is_refused() -> None:
    graph = _consultations()
    graph.node("Company", "d", synthetic=True)
    graph.link("Company:d", "CONSULTED", "Expert:e", on=date(2023, 1, 1), key="x", synthetic=True)
    snapshot = graph.snapshot()
    data, _, _ = _experts(snapshot)
    pairs = task_pairs(snapshot, get_task("experts"), include_synthetic=True)
    asked = window(pairs, "test", date(2022, 1, 1), date(2024, 1, 1))
    with pytest.raises(EvaluationError, match="Company:d is asked in the test window but is not in the data"):
        refuse_leaks(data, pairs, asked)
