"""Lists in Neo4j are replaced whole, and what people did with them stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from graph_schema.catalog import node_type
from graph_schema.cypher import IN_CURRENT_RUN
from graph_schema.errors import NotFoundError, SchemaError, StoreError
from graph_schema.model import NodeRef
from stores import recommendations
from stores.bolt import Neo4jStore
from stores.recommendations import Recommended, Run, lists_of, replace_all, replace_one
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies, rows_of

pytestmark = pytest.mark.neo4j
PROGRAM = node_type("Program")
A, B = NodeRef("Company", "a"), NodeRef("Company", "b")


@pytest.fixture
def city(neo4j_store: Neo4jStore) -> Neo4jStore:
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b"))
    neo4j_store.upsert_nodes(PROGRAM, rows_of(PROGRAM, id=["p1", "p2", "p3"], title=["하나", "둘", "셋"]))
    return neo4j_store


def lists(*pairs: tuple[NodeRef, str]) -> list[Recommended]:
    return [
        Recommended(asker, NodeRef("Program", id_), {"rank": rank, "score": 0.5, "reason_ko": "업종이 같습니다."})
        for rank, (asker, id_) in enumerate(pairs, 1)
    ]


def holding(graph: Neo4jAccess, task: str = "programs") -> set[tuple[str, str]]:
    """Return what a reader sees who looks at the run that holds, as phrases do (``tests/bloom/test_lists.py``)."""
    query = f"MATCH (c)-[r:RECOMMENDED {{task: $task}}]->(x) WHERE {IN_CURRENT_RUN} RETURN c.id, x.id"
    return {(record[0], record[1]) for record in graph.run(query, task=task)}


def stored(graph: Neo4jAccess) -> int:
    return int(graph.run("MATCH ()-[r:RECOMMENDED]->() RETURN count(r)")[0][0])


def test_a_run_replaces_the_last_of_its_task_alone(city: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    replace_all(city, Run("finance", lists((A, "p3"))))
    first = replace_all(city, Run("programs", lists((A, "p1"), (B, "p1"))))
    assert (first.written, first.absent) == (2, 0)
    second = replace_all(city, Run("programs", lists((A, "p2"))))
    assert second.run != first.run
    assert holding(neo4j_graph) == {("a", "p2")}
    assert holding(neo4j_graph, "finance") == {("a", "p3")}
    assert stored(neo4j_graph) == 2
    captions = neo4j_graph.run("MATCH ()-[r:RECOMMENDED]->() RETURN r.task, r.caption")
    assert dict(map(tuple, captions)) == {"programs": "추천 · 지원사업", "finance": "추천 · 정책금융"}


def test_a_reader_who_looks_at_the_run_that_holds_sees_one_list_all_the_time(
    city: Neo4jStore, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old one between any two batches, the new one from the flip on; never none, never both.

    Whoever asks for all RECOMMENDED relationships, as by hand, sees what is being written too.
    """
    monkeypatch.setattr(recommendations, "_BATCH_ROWS", 1)
    replace_all(city, Run("programs", lists((A, "p1"), (B, "p1"))))
    seen, lying = [], []

    def watched() -> Iterator[Recommended]:
        for each in lists((A, "p2"), (B, "p2"), (A, "p3")):
            seen.append(holding(neo4j_graph))
            lying.append(stored(neo4j_graph))
            yield each
        seen.append(holding(neo4j_graph))

    replace_all(city, Run("programs", watched()))
    assert seen == [{("a", "p1"), ("b", "p1")}] * 4
    assert lying[0] == 2 < lying[-1]
    assert holding(neo4j_graph) == {("a", "p2"), ("b", "p2"), ("a", "p3")}
    assert stored(neo4j_graph) == 3


def test_a_run_that_dies_leaves_the_last_one_whole_and_the_next_clears_up(
    city: Neo4jStore, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recommendations, "_BATCH_ROWS", 1)
    replace_all(city, Run("programs", lists((A, "p1"))))

    def dying() -> Iterator[Recommended]:
        yield from lists((A, "p2"), (B, "p2"))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_all(city, Run("programs", dying()))
    assert holding(neo4j_graph) == {("a", "p1")}
    assert stored(neo4j_graph) == 3
    replace_all(city, Run("programs", lists((B, "p3"))))
    assert holding(neo4j_graph) == {("b", "p3")}
    assert stored(neo4j_graph) == 1


def test_of_two_runs_at_a_time_the_later_wins(city: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    def overtaken() -> Iterator[Recommended]:
        yield from lists((A, "p1"))
        replace_all(city, Run("programs", lists((B, "p2"))))

    with pytest.raises(StoreError, match="another run began to write the task 'programs'"):
        replace_all(city, Run("programs", overtaken()))
    assert holding(neo4j_graph) == {("b", "p2")}


def test_decisions_outlive_runs(city: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    replace_all(city, Run("programs", lists((A, "p1"))))
    neo4j_graph.run(
        "MATCH (a {id: 'a'}), (p {id: 'p1'}) "
        "CREATE (a)-[:FOLLOWED_UP {task: 'programs', decision: 'refused', reason: '인력 부족'}]->(p)"
    )
    replace_all(city, Run("programs", lists((A, "p2"))))
    kept = neo4j_graph.run("MATCH (:Company)-[f:FOLLOWED_UP]->(p:Program) RETURN p.id, f.decision, f.reason")
    assert [record.values() for record in kept] == [["p1", "refused", "인력 부족"]]


def test_one_askers_list_is_replaced_within_the_run(city: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    """Where no run holds yet, it begins one."""
    assert replace_one(city, Run("programs", lists((A, "p1"))), A).written == 1
    assert holding(neo4j_graph) == {("a", "p1")}
    whole = replace_all(city, Run("programs", lists((A, "p1"), (B, "p1"))))
    one = replace_one(city, Run("programs", lists((A, "p2"), (A, "p3"))), A)
    assert (one.run, one.written) == (whole.run, 2)
    assert holding(neo4j_graph) == {("a", "p2"), ("a", "p3"), ("b", "p1")}


def test_the_first_of_each_list_that_holds_are_read_back(city: Neo4jStore) -> None:
    """In the order of their ranks; of a run that was replaced nothing is left to be read."""
    replace_all(city, Run("programs", lists((A, "p3"), (A, "p2"))))
    replace_all(city, Run("programs", lists((A, "p1"), (A, "p2"), (A, "p3")), {"as_of": date(2026, 3, 2)}))
    replace_all(city, Run("finance", lists((A, "p3"))))
    found = lists_of(city, A, 2)
    assert [(each.properties["task"], each.result.id, each.properties["rank"]) for each in found] == [
        ("finance", "p3", 1),
        ("programs", "p1", 1),
        ("programs", "p2", 2),
    ]
    assert found[1].properties["as_of"] == date(2026, 3, 2)
    assert lists_of(city, B, 2) == []


def test_what_the_store_does_not_hold_is_counted(city: Neo4jStore) -> None:
    done = replace_all(city, Run("programs", lists((A, "p1"), (A, "gone"), (NodeRef("Company", "gone"), "p1"))))
    assert (done.written, done.absent) == (1, 2)


def test_only_what_the_catalog_declares_is_written(city: Neo4jStore) -> None:
    with pytest.raises(NotFoundError, match="unknown task 'lunch'"):
        replace_all(city, Run("lunch", []))
    with pytest.raises(SchemaError, match="colour"):
        replace_all(city, Run("programs", [Recommended(A, NodeRef("Program", "p1"), {"colour": "red"})]))
    with pytest.raises(SchemaError, match=r"\(Company\)-\[RECOMMENDED\]->\(Region\)"):
        replace_all(city, Run("programs", [Recommended(A, NodeRef("Region", "r"), {})]))


def test_recommendations_are_in_no_count_check_or_answer(city: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    replace_all(city, Run("programs", lists((A, "p1"))))
    assert city.counts().relationships == {}
    assert city.neighbors(A) == []
    assert city.paths(A, NodeRef("Program", "p1")) == []
    report = city.check(adopt=True)
    assert not any((report.refused, report.adoptable, report.stale))
    assert stored(neo4j_graph) == 1
