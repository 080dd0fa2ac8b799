"""A graph read with one node for one organisation is the same from every store."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa

from graph_schema.catalog import relation_type
from graph_schema.columns import arrow_schema
from graph_schema.model import RelationType
from stores.base import GraphStore
from stores.one_node import OneNode
from tests.stores.contract import (
    CO_FILED,
    COMPANY,
    FILED,
    LOCATED,
    REGION,
    TECHNOLOGY,
    companies,
    nodes_of,
    relationships,
    relationships_of,
    rows_of,
)

SAME = relation_type("Company", "SAME_AS", "Company")


def _read(graph: OneNode, relation: RelationType) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pa.Table.from_batches(
        graph.read_relationships(relation), arrow_schema(relation.stored)
    ).to_pylist()
    return rows


def _ends(graph: OneNode, relation: RelationType) -> list[tuple[str, str, str]]:
    return [(row["src"], row["dst"], row["key"]) for row in _read(graph, relation)]


class OneNodeContract:
    """What snapshots rely on."""

    def test_the_node_that_stays_has_what_the_joined_ones_know_beside_it(self, store: GraphStore) -> None:
        """Its own values win; a joined one that still is in its register keeps it from being closed."""
        rows = companies(
            "brn:1",
            "name:a",
            "name:z",
            name=["가나", "주식회사 가나", "다라"],
            products=[None, "빵", "펌프"],
            employees=[3, 4, None],
            valid_to=[date(2026, 1, 1), None, None],
        )
        store.upsert_nodes(COMPANY, rows)
        store.upsert_relationships(SAME, relationships(SAME, ("name:a", "brn:1")))
        graph = OneNode(store)

        read = pa.Table.from_batches(graph.read_nodes(COMPANY)).to_pylist()
        assert [(row["id"], row["name"], row["products"], row["employees"], row["valid_to"]) for row in read] == [
            ("brn:1", "가나", "빵", 3, None),
            ("name:z", "다라", "펌프", None, None),
        ]
        assert graph.kept == {"Company": {"name:a": "brn:1"}, "Institution": {}}
        assert [row["id"] for row in nodes_of(store, COMPANY)] == ["brn:1", "name:a", "name:z"]

    def test_relationships_move_to_the_node_that_stays_and_stand_once(self, store: GraphStore) -> None:
        """What held at either node holds; what joined the two with each other is gone."""
        store.upsert_nodes(COMPANY, companies("a", "b", "c"))
        store.upsert_nodes(REGION, rows_of(REGION, id=["41280"], name=["고양시"]))
        store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["1"], title=["빵"]))
        store.upsert_relationships(SAME, relationships(SAME, ("b", "a")))
        located = relationships(LOCATED, ("a", "41280"), ("b", "41280"), valid_to=[date(2026, 1, 1), None])
        store.upsert_relationships(LOCATED, located)
        store.upsert_relationships(FILED, relationships(FILED, ("b", "1")))
        store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b"), ("b", "c"), key=["1", "2"]))
        graph = OneNode(store)

        assert [(row["src"], row["valid_to"]) for row in _read(graph, LOCATED)] == [("a", None)]
        assert _ends(graph, FILED) == [("a", "1", "")]
        assert _ends(graph, CO_FILED) == [("a", "c", "2")]
        assert len(relationships_of(store, LOCATED)) == 2

    def test_the_lesser_id_still_comes_first_where_both_directions_mean_one(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b", "x"))
        store.upsert_relationships(SAME, relationships(SAME, ("a", "x")))
        store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b"), key=["1"]))

        assert _ends(OneNode(store), CO_FILED) == [("b", "x", "1")]

    def test_of_a_chain_the_end_stays_and_a_closed_decision_joins_nothing(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b", "c", "d"))
        closed = [None, None, date(2026, 1, 1)]
        store.upsert_relationships(SAME, relationships(SAME, ("a", "b"), ("b", "c"), ("d", "c"), valid_to=closed))

        assert OneNode(store).kept["Company"] == {"a": "c", "b": "c"}

    def test_without_decisions_the_graph_is_read_as_it_is(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b"))
        store.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b"), key=["1"]))
        graph = OneNode(store)

        assert pa.Table.from_batches(graph.read_nodes(COMPANY)).to_pylist() == nodes_of(store, COMPANY)
        assert _read(graph, CO_FILED) == relationships_of(store, CO_FILED)
