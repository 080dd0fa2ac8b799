"""Copying a graph loses nothing but embeddings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema.errors import StoreError
from graph_schema.model import RelationType
from stores.copying import copy_graph
from stores.embedded import EmbeddedStore
from tests.stores.contract import (
    CO_FILED,
    COMPANY,
    FILED,
    TECHNOLOGY,
    companies,
    nodes_of,
    relationships,
    relationships_of,
    rows_of,
)


@pytest.fixture
def target(tmp_path: Path) -> Iterator[EmbeddedStore]:
    with EmbeddedStore(tmp_path / "target.duckdb") as opened:
        opened.migrate()
        yield opened


@pytest.fixture
def filled(embedded: EmbeddedStore) -> EmbeddedStore:
    """12,000 companies, more than one batch, with personal data, and relationships."""
    ids = [f"c{number:05d}" for number in range(12_000)]
    embedded.upsert_nodes(COMPANY, companies(*ids, phone=["031"] * 12_000, certificates=[["벤처"], None, []] * 4_000))
    embedded.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["t"], title=["절삭 장치"]))
    embedded.upsert_relationships(FILED, relationships(FILED, (ids[0], "t"), on=[date(2020, 1, 1)]))
    embedded.upsert_relationships(CO_FILED, relationships(CO_FILED, *([(ids[0], ids[1])] * 2), key=["10-1", "10-2"]))
    return embedded


def test_a_copy_equals_its_source(filled: EmbeddedStore, target: EmbeddedStore) -> None:
    """Personal data, parallel relationships and the time of loading go along; a second copy changes nothing."""
    counts = copy_graph(filled, target)
    assert counts == filled.counts() == target.counts()
    for node in (COMPANY, TECHNOLOGY):
        assert nodes_of(target, node) == nodes_of(filled, node)
    for relation in (FILED, CO_FILED):
        assert relationships_of(target, relation) == relationships_of(filled, relation)
    assert copy_graph(filled, target) == counts == target.counts()


def test_progress_counts_all_rows_together(filled: EmbeddedStore, target: EmbeddedStore) -> None:
    told: list[tuple[str, int, int | None]] = []
    copy_graph(filled, target, lambda what, done, total: told.append((what, done, total)))
    assert told[:2] == [("copy", 10_000, 12_004), ("copy", 12_000, 12_004)]
    assert told[-1] == ("copy", 12_004, 12_004)


def test_what_the_target_holds_besides_stays(filled: EmbeddedStore, target: EmbeddedStore) -> None:
    target.upsert_nodes(COMPANY, companies("own"))
    copy_graph(filled, target)
    assert target.counts().nodes["Company"] == 12_001


class _GrowingStore(EmbeddedStore):
    """Gains a relationship to a new node after its nodes were read."""

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        if relation is CO_FILED:
            self.upsert_nodes(COMPANY, companies("late"))
            self.upsert_relationships(CO_FILED, relationships(CO_FILED, ("c00000", "late")))
        return super().read_relationships(relation)


def test_a_source_that_changes_meanwhile_is_told(filled: EmbeddedStore, target: EmbeddedStore, database: Path) -> None:
    with _GrowingStore(database) as growing, pytest.raises(StoreError, match=r"1 rows of .*: copy again"):
        copy_graph(growing, target)
    assert filled.counts().nodes["Company"] == 12_001
