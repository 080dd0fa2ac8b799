"""A city with more companies than a phrase may read from end to end, and a village that has something of each kind."""

from __future__ import annotations

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES
from stores.bolt import Neo4jStore
from tests.stores.contract import COMPANY, LOCATED, REGION, companies, relationships, rows_of


def fill(store: Neo4jStore) -> None:
    """Write more companies than may be read from end to end."""
    ids = [f"c{i:05d}" for i in range(10_005)]
    store.upsert_nodes(COMPANY, companies(*ids, name=["두레정밀", *(f"회사{i}" for i in ids[1:])]))
    store.upsert_nodes(REGION, rows_of(REGION, id=["41281"], name=["고양시 덕양구"]))
    store.upsert_relationships(LOCATED, relationships(LOCATED, *((id_, "41281") for id_ in ids[:50])))


def settle(store: Neo4jStore, *, leaving_out: str = "") -> None:
    """Write three nodes of each label, five hundred of each that classes others, and each relation once but one.

    Those of a label are called 이름 Company0 and so on; the first of the source is joined to the second of the target.
    """
    for node in NODE_TYPES:
        ids = [f"{node.label}{i}" for i in range(500 if node.label in {"Region", "Industry", "Topic"} else 3)]
        years = {"year": [2020] * len(ids)} if node.label == "AnnualFigures" else {}
        store.upsert_nodes(node, rows_of(node, id=ids, **{node.caption: [f"이름 {id_}" for id_ in ids]}, **years))
    for relation in RELATION_TYPES:
        if relation.name != leaving_out:
            ends = (f"{relation.source}0", f"{relation.target}1")
            store.upsert_relationships(relation, relationships(relation, ends))
