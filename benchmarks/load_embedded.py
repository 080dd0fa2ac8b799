"""Measures loading into the embedded store: rows a second and peak memory, at a city's size and at twice that.

``python -m benchmarks.load_embedded`` loads 100,000 nodes and 500,000 relationships, then twice as many, each in a
process of its own. Goals: 200,000 rows a second, and memory that does not grow with the input.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.model import NodeRef
from stores.base import Outcome, Outcomes
from stores.embedded import EmbeddedStore

BATCH = 50_000
COMPANY, TECHNOLOGY = node_type("Company"), node_type("Technology")
FILED = relation_type("Company", "FILED", "Technology")
LOADED = datetime(2026, 1, 1, tzinfo=UTC)


def companies(start: int, stop: int) -> pa.Table:
    """Make companies by number."""
    columns = {
        "id": [f"brn:{i:010d}" for i in range(start, stop)],
        "name": [f"주식회사 두레 {i}" for i in range(start, stop)],
        "products": [f"금속 가공 부품 {i % 997}" for i in range(start, stop)],
        "employees": np.arange(start, stop) % 300,
    }
    return table_from_columns(COMPANY, columns, source="benchmark", loaded_at=LOADED, synthetic=True)


def technologies(start: int, stop: int) -> pa.Table:
    """Make patents by number."""
    columns = {
        "id": [f"10202{i:08d}" for i in range(start, stop)],
        "title": [f"절삭 가공 장치 및 그 제조 방법 {i}" for i in range(start, stop)],
        "ipc": [["B23B", f"B24B{i % 60}"] for i in range(start, stop)],
    }
    return table_from_columns(TECHNOLOGY, columns, source="benchmark", loaded_at=LOADED, synthetic=True)


def filings(nodes: int) -> Callable[[int, int], pa.Table]:
    """Make who filed what, among half as many companies and patents as ``nodes``."""

    def make(start: int, stop: int) -> pa.Table:
        rng = np.random.default_rng(start)
        columns = {
            "src": [f"brn:{i:010d}" for i in rng.integers(0, nodes // 2, stop - start)],
            "dst": [f"10202{i:08d}" for i in rng.integers(0, nodes // 2, stop - start)],
            "key": [str(i) for i in range(start, stop)],
            "on": pa.repeat(pa.scalar(date(2020, 2, 3)), stop - start),
        }
        return table_from_columns(FILED, columns, source="benchmark", loaded_at=LOADED, synthetic=True)

    return make


def timed(
    rows: int, make: Callable[[int, int], pa.Table], upsert: Callable[[pa.Table], Outcomes], expected: Outcome
) -> float:
    """Return the seconds spent in the store; making the rows is not counted."""
    spent = 0.0
    for start in range(0, rows, BATCH):
        batch = make(start, min(start + BATCH, rows))
        began = time.perf_counter()
        outcomes = upsert(batch)
        spent += time.perf_counter() - began
        assert (outcomes == expected).all()
    return spent


def peak_mib() -> float:
    """Return the most memory that this process has held, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def passes(store: EmbeddedStore, nodes: int) -> Iterator[tuple[str, int, float]]:
    """Load, load again, read; yield what was done, rows and seconds."""
    half, edges = nodes // 2, nodes * 5
    for name, expected in (("new rows", Outcome.WRITTEN), ("equal rows", Outcome.UNCHANGED)):
        seconds = timed(half, companies, lambda rows: store.upsert_nodes(COMPANY, rows), expected)
        seconds += timed(half, technologies, lambda rows: store.upsert_nodes(TECHNOLOGY, rows), expected)
        yield f"{name}, nodes", nodes, seconds
        seconds = timed(edges, filings(nodes), lambda rows: store.upsert_relationships(FILED, rows), expected)
        yield f"{name}, relationships", edges, seconds
    began = time.perf_counter()
    read = sum(batch.num_rows for batch in store.read_relationships(FILED))
    yield "reading sorted", read, time.perf_counter() - began


def questions(store: EmbeddedStore) -> Iterator[tuple[str, float]]:
    """Yield the seconds of one question of each kind."""
    one, other = NodeRef("Company", "brn:0000000001"), NodeRef("Company", "brn:0000000002")
    asked: tuple[tuple[str, Callable[[], object]], ...] = (
        ("get_node", lambda: store.get_node(one)),
        ("neighbors", lambda: store.neighbors(one)),
        ("paths, 4 hops", lambda: store.paths(one, other, max_hops=4)),
        ("search", lambda: store.search("금속 가공 제조 방법")),
    )
    for name, ask in asked:
        began = time.perf_counter()
        ask()
        yield name, time.perf_counter() - began


def measure(nodes: int) -> None:
    """Load a graph of ``nodes`` into a new file and print the figures."""
    base = peak_mib()
    with tempfile.TemporaryDirectory() as folder, EmbeddedStore(Path(folder) / "graph.duckdb") as store:
        store.migrate()
        print(f"{nodes:,} nodes and {nodes * 5:,} relationships in batches of {BATCH:,}")
        for name, rows, seconds in passes(store, nodes):
            print(f"  {name:28} {rows / seconds:12,.0f} rows/s {peak_mib():8.0f} MiB peak ({base:.0f} before)")
        for name, seconds in questions(store):
            print(f"  {name:28} {seconds * 1_000:12.1f} ms")


def main() -> None:
    """Measure both sizes, or the one that is named."""
    if len(sys.argv) > 1:
        measure(int(sys.argv[1]))
        return
    for nodes in (100_000, 200_000):
        subprocess.run([sys.executable, "-m", "benchmarks.load_embedded", str(nodes)], check=True)  # noqa: S603 - itself


if __name__ == "__main__":
    main()
