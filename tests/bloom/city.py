"""A city with more companies than a phrase may read from end to end."""

from __future__ import annotations

from stores.bolt import Neo4jStore
from tests.stores.contract import COMPANY, LOCATED, REGION, companies, relationships, rows_of


def fill(store: Neo4jStore) -> None:
    """Write more companies than may be read from end to end."""
    ids = [f"c{i:05d}" for i in range(10_005)]
    store.upsert_nodes(COMPANY, companies(*ids, name=["두레정밀", *(f"회사{i}" for i in ids[1:])]))
    store.upsert_nodes(REGION, rows_of(REGION, id=["41281"], name=["고양시 덕양구"]))
    store.upsert_relationships(LOCATED, relationships(LOCATED, *((id_, "41281") for id_ in ids[:50])))
