"""Counts of the graph, made-up rows apart, kept for a minute: counting reads every row once."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from api.store_access import StoreAccess
from graph_schema.catalog import NODE_TYPES, RELATION_TYPES, node_type
from stores.base import GraphStore

_KEEP_S: Final = 60.0
"""A count reads whole tables, and metrics are asked for every few seconds."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one table."""

    real: int
    synthetic: int


@dataclass(frozen=True, slots=True)
class GraphCounts:
    """Rows by label and by relation name, and needs by state; empty tables are left out."""

    counted_at: str
    nodes: dict[str, Tally]
    relationships: dict[str, Tally]
    needs: dict[str, Tally]


class GraphCounter:
    """Counts when asked, at most once a minute."""

    def __init__(self, access: StoreAccess) -> None:
        self._access = access
        self._lock = Lock()
        self._last: tuple[float, GraphCounts] | None = None

    def counts(self) -> GraphCounts:
        """Return counts no older than a minute; raises ``StoreError``."""
        with self._lock:
            if self._last is None or time.monotonic() - self._last[0] > _KEEP_S:
                with self._access.reading() as store:
                    self._last = (time.monotonic(), _count(store))
            return self._last[1]


def _count(store: GraphStore) -> GraphCounts:
    present = store.counts()
    return GraphCounts(
        counted_at=datetime.now(UTC).isoformat(timespec="seconds"),
        nodes={n.name: _tally(store.read_nodes(n)) for n in NODE_TYPES if n.name in present.nodes},
        relationships={
            r.name: _tally(store.read_relationships(r)) for r in RELATION_TYPES if r.name in present.relationships
        },
        needs=_needs_by_state(store),
    )


def _tally(batches: Iterator[pa.RecordBatch]) -> Tally:
    rows = synthetic = 0
    for batch in batches:
        rows += batch.num_rows
        synthetic += int(pc.sum(batch.column("synthetic")).as_py() or 0)
    return Tally(rows - synthetic, synthetic)


def _needs_by_state(store: GraphStore) -> dict[str, Tally]:
    counted: Counter[tuple[str, bool]] = Counter()
    for batch in store.read_nodes(node_type("Need")):
        states = pc.fill_null(batch.column("state"), "open").to_pylist()
        counted.update(zip(states, batch.column("synthetic").to_pylist(), strict=True))
    return {state: Tally(counted[state, False], counted[state, True]) for state in sorted({s for s, _ in counted})}
