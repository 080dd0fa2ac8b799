"""An analyst's existing py2neo code reads our server and cannot write to it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from graph_schema.errors import ConfigError, StoreAuthError, StoreError, StoreUnavailableError
from stores.bolt import Neo4jStore
from stores.legacy import py2neo_graph
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import CO_FILED, COMPANY, companies, relationships

_CREATE = "CREATE (:Company {id: 'x'})"
py2neo = pytest.importorskip("py2neo", reason="the extra py2neo is not installed", exc_type=ImportError)


@pytest.fixture
def graph(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> Iterator[Any]:
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b", name=["두레정밀", "한빛"]))
    neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b")))
    opened = py2neo_graph(neo4j_graph.uri, neo4j_graph.user, neo4j_graph.password)
    yield opened
    opened.service.connector.close()


@pytest.mark.neo4j
def test_queries_and_matchers_read(graph: Any) -> None:
    assert graph.run("MATCH (n:Company {id: $id}) RETURN n.name", id="a").evaluate() == "두레정밀"
    assert graph.query("MATCH (n:Company) RETURN n.id ORDER BY n.id").data() == [{"n.id": "a"}, {"n.id": "b"}]
    company = graph.nodes.match("Company", id="b").first()
    assert company["name"] == "한빛"
    assert len(graph.relationships) == 1
    assert [dict(r.start_node)["id"] for r in graph.match(r_type="CO_FILED_WITH")] == ["a"]


@pytest.mark.neo4j
def test_every_way_of_writing_is_refused(graph: Any, neo4j_store: Neo4jStore) -> None:
    """By the adapter where py2neo has a word for it, by the server where the query is free text."""
    for write in (
        lambda: graph.create(py2neo.Node("Company", id="x")),
        graph.delete_all,
        lambda: graph.begin(readonly=False),
        lambda: graph.auto(readonly=False),
    ):
        with pytest.raises(StoreError, match="only reads"):
            write()
    for run in (graph.run, graph.query, graph.begin().run, graph.update):
        with pytest.raises(py2neo.errors.ClientError, match="read access mode"):
            run("CREATE (:Company {id: 'x'})")
    other = graph.service.default_graph
    assert other is graph.service["neo4j"]
    connector = other.service.connector
    for run in (other.run, other.update, other.begin().run, other.auto().run):
        with pytest.raises(py2neo.errors.ClientError, match="read access mode"):
            run("CREATE (:Company {id: 'x'})")
    with pytest.raises(StoreError, match="only reads"):
        other.create(py2neo.Node("Company", id="x"))
    with pytest.raises(py2neo.errors.ClientError, match="read access mode"):
        connector.pull(connector.auto_run("CREATE (:Company {id: 'x'})", graph_name="neo4j"), -1)
    for pool in connector._pools.values():
        held = [pool.acquire() for _ in range(3)]  # what was opened with the graph, and what is opened later
        for each in held:
            for run in (
                partial(each.auto_run, _CREATE, graph_name="neo4j", readonly=False),
                partial(each.auto_run, _CREATE, None, "neo4j", False),  # noqa: FBT003 - py2neo's own signature
                lambda each=each: each.run(each.begin("neo4j", readonly=False), _CREATE),
            ):
                with pytest.raises(py2neo.errors.ClientError, match="read access mode"):
                    each.pull(run(), -1)
                each.reset(force=True)
        for each in held:
            each.release()
    connector.close()
    assert neo4j_store.counts().nodes == {"Company": 2}


@pytest.mark.neo4j
def test_the_profile_that_is_shown_has_no_password_and_other_graphs_open_all_the_same(
    graph: Any, neo4j_graph: Neo4jAccess
) -> None:
    profile = graph.service.profile
    assert (profile.user, profile.password) == (neo4j_graph.user, "")
    assert neo4j_graph.password not in repr(dict(profile))
    other = graph.service["neo4j"]
    assert other.run("RETURN 1").evaluate() == 1
    other.service.connector.close()


@pytest.mark.neo4j
def test_a_wrong_password_is_told_as_such(neo4j_server: Neo4jAccess) -> None:
    with pytest.raises(StoreAuthError, match="DURE_NEO4J_PASSWORD") as caught:
        py2neo_graph(neo4j_server.uri, neo4j_server.user, "wrong-secret")
    assert "wrong-secret" not in str(caught.value)


def test_an_unreachable_server_is_told_with_the_remedy() -> None:
    with pytest.raises(StoreUnavailableError, match="dure neo4j start"):
        py2neo_graph("bolt://127.0.0.1:1", "neo4j", "secret")


def test_without_py2neo_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "py2neo", None)
    with pytest.raises(ConfigError, match=r"dure\[py2neo\]"):
        py2neo_graph("bolt://127.0.0.1:7687", "neo4j", "secret")
