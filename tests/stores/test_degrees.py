"""How many relationships touch each node is written on it, and counted anew."""

from __future__ import annotations

import pytest

from graph_schema.model import NodeRef
from stores.bolt import Neo4jStore
from stores.degrees import count_degrees
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import CO_FILED, COMPANY, LOCATED, REGION, companies, relationships, rows_of

pytestmark = pytest.mark.neo4j


def test_a_node_is_given_the_number_of_its_relationships(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    """In both directions, whatever they say; lists of recommendations do not count, and it stays inside."""
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b", "c"))
    neo4j_store.upsert_nodes(REGION, rows_of(REGION, id=["r"], name=["고양시"], code=["r"], level=[2]))
    neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b"), ("b", "c")))
    neo4j_store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "r"), ("b", "r")))
    neo4j_graph.run("MATCH (a:Company {id: 'a'}), (b:Company {id: 'b'}) CREATE (a)-[:RECOMMENDED]->(b)")
    assert count_degrees(neo4j_store) == {"Company": (3, 3), "Region": (2, 2)}
    query = "MATCH (n) WHERE n.degree IS NOT NULL RETURN n.id, n.degree"
    assert dict(map(tuple, neo4j_graph.run(query))) == {"a": 2, "b": 3, "c": 1, "r": 2}
    assert "degree" not in (neo4j_store.get_node(NodeRef("Company", "a")) or {})
    neo4j_store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "c")))
    count_degrees(neo4j_store)
    assert dict(map(tuple, neo4j_graph.run(query))) == {"a": 3, "b": 3, "c": 2, "r": 2}
    neo4j_store.upsert_nodes(COMPANY, companies("a", employees=[7]))
    assert dict(map(tuple, neo4j_graph.run(query)))["a"] == 3
