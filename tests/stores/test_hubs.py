"""Hubs are marked by the rule that paths and explanations have, and marked anew."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema.catalog import node_type, relation_type
from graph_schema.model import NodeRef
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import write_snapshot
from stores.bolt import Neo4jStore
from stores.hubs import mark_hubs
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, LOCATED, REGION, companies, relationships, rows_of

pytestmark = pytest.mark.neo4j

INDUSTRY = node_type("Industry")


def test_hubs_are_those_of_the_snapshot(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path) -> None:
    """Two of twenty companies make a hub, by way of a branch of the tree too, what has ended included; one does not."""
    ids = [f"c{number}" for number in range(20)]
    neo4j_store.upsert_nodes(COMPANY, companies(*ids))
    neo4j_store.upsert_nodes(REGION, rows_of(REGION, id=["41", "411", "412"], name=["도", "시", "군"]))
    neo4j_store.upsert_nodes(INDUSTRY, rows_of(INDUSTRY, id=["C", "C1", "C2", "D"], name=["제조업", "가", "나", "다"]))
    for ends, pairs in (
        (("Region", "PART_OF", "Region"), [("411", "41"), ("412", "41")]),
        (("Industry", "PART_OF", "Industry"), [("C1", "C"), ("C2", "C")]),
        (("Company", "LOCATED_IN", "Region"), [(id_, "411") for id_ in ids[:19]]),
        (("Company", "IN_INDUSTRY", "Industry"), [("c0", "C1"), ("c1", "C2"), ("c2", "D"), ("c2", "C1")]),
    ):
        neo4j_store.upsert_relationships(relation_type(*ends), relationships(relation_type(*ends), *pairs))
    neo4j_store.upsert_relationships(LOCATED, relationships(LOCATED, ("c19", "412"), valid_to=[date(2026, 1, 1)]))

    def marked() -> set[str]:
        return {str(ref) for ref in _marked(neo4j_graph)}

    mark_hubs(neo4j_store)
    assert marked() == {"Region:41", "Region:411", "Industry:C", "Industry:C1"}
    assert _marked(neo4j_graph) == Network(DatedFacts(write_snapshot(neo4j_store, tmp_path))).hub_refs
    neo4j_store.upsert_nodes(COMPANY, companies("c20"))
    mark_hubs(neo4j_store)
    assert marked() == {"Region:41", "Region:411", "Industry:C"}


def _marked(graph: Neo4jAccess) -> set[NodeRef]:
    return {NodeRef(*record) for record in graph.run("MATCH (n) WHERE n.hub RETURN labels(n)[0], n.id")}
