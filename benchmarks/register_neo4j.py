"""A register of companies into both stores: the first load, the next day's, and the snapshot of each.

``python -m benchmarks.register_neo4j [--companies 100000] [--repeats 2]`` makes a template of companies (one to three
industries each, a place, one row in 100 bad) and loads it into a Neo4j of its own that was just started, and into an
embedded file; then the whole file again, the whole file with a hundredth of the rows changed, and two files of other
changed rows alone, of which the first has its queries planned by a server that has seen none like them. Snapshots are
written from both by turns and must have one id. At the end the same nodes and relationships go into another Neo4j that
was just started, as raw ``UNWIND`` batches. ``--first-load`` measures the first load of each store and the raw batches
alone, as ``--shops 2000000`` does for a file of so many shops (상가정보).

Wall seconds stand beside processor seconds of this process and of the server, since a busy machine stretches the first
alone.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import neo4j
import psutil
import pyarrow as pa

from benchmarks.load_neo4j import Batches, load_raw
from benchmarks.load_registers import company_rows, write_shops, write_table
from graph_schema.catalog import ELEMENT_TYPES
from graph_schema.model import NodeType
from loaders.frame import load
from loaders.registry import SOURCES
from recommender.snapshot.snapshot import open_snapshot, write_snapshot
from stores.base import GraphStore
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from stores.server import Neo4jServer

_CHANGED: Final = 100
"""One row in so many differs on the next day."""
_DAYS: Final = {
    "first load": "first",
    "the same again": "first",
    "all, 1 % changed": "next",
    "1 % changed alone": "alone",
    "the next day's 1 % alone": "later",
}
"""What is loaded one after the other, and from which file."""
_EMPLOYEES: Final = 12
"""Place of the number of employees in a row of the template."""


@dataclass(frozen=True)
class Watch:
    """Prints what a step costs, here and in the server."""

    server: psutil.Process

    def __call__(self, what: str, work: Callable[[], object]) -> float:
        """Do ``work`` and return the processor seconds of both."""
        here, java, began = time.process_time(), self._server_seconds(), time.perf_counter()
        work()
        wall = time.perf_counter() - began
        here, java = time.process_time() - here, self._server_seconds() - java
        print(f"{what:32} {wall:7.1f} s; processor {here:6.1f} s here, {java:6.1f} s server", flush=True)
        return here + java

    def _server_seconds(self) -> float:
        return sum(self.server.cpu_times()[:2])


def write_register(folder: Path, companies: int) -> dict[str, Path]:
    """Write the file of each day: ``first``, ``next`` with changes, ``alone`` and ``later`` with other changed rows."""
    header, *rows = company_rows(companies)
    changed = [row if at % _CHANGED else _changed(row) for at, row in enumerate(rows)]
    alone, later = ([_changed(row) for row in rows[place::_CHANGED]] for place in (1, 2))
    files = {"first": rows, "next": changed, "alone": alone, "later": later}
    for name, lines in files.items():
        write_table(folder / f"{name}.csv", iter([header, *lines]))
    return {name: folder / f"{name}.csv" for name in files}


def _changed(row: tuple[str, ...]) -> tuple[str, ...]:
    return (*row[:_EMPLOYEES], str(int(row[_EMPLOYEES]) + 1), *row[_EMPLOYEES + 1 :])


def measure_loads(watch: Watch, store: GraphStore, name: str, files: dict[str, Path], source: str, days: int) -> None:
    """Load the first ``days`` of ``source`` one after the other and print the share of each in the first load."""
    spent = []
    for what, day in list(_DAYS.items())[:days]:
        file = files[day]
        work = partial(load, SOURCES[source], [file], store, quarantine_dir=file.parent / "quarantine")
        spent.append(watch(f"{name}: {what}", work))
    print(f"{name}: shares of the first load: {', '.join(f'{each / spent[0]:.1%}' for each in spent[1:])}")


def measure_snapshots(watch: Watch, stores: dict[str, GraphStore], folder: Path, repeats: int) -> None:
    """Write the snapshot of each store by turns; they must be equal."""
    ids = set()
    for repeat in range(repeats):
        for name, store in stores.items():
            target = folder / f"snapshots-{name}-{repeat}"
            watch(f"{name}: check", store.check)
            watch(f"{name}: snapshot with its check", partial(write_snapshot, store, target))
            ids.add(open_snapshot(target).id)
    assert len(ids) == 1, ids


def every_row(store: GraphStore) -> Batches:
    """Read a whole graph, nodes first."""
    for element in ELEMENT_TYPES:
        read: Iterator[pa.RecordBatch] = (
            store.read_nodes(element) if isinstance(element, NodeType) else store.read_relationships(element)
        )
        for batch in read:
            yield element, pa.Table.from_batches([batch])


@contextmanager
def fresh_server(folder: Path) -> Iterator[tuple[Neo4jStore, neo4j.Driver, Watch]]:
    """Start a Neo4j of its own with the schema and nothing in it."""
    server = Neo4jServer(folder)
    try:
        status = server.start()
        uri, password = str(status.uri), server.password()
        with (
            Neo4jStore(uri, user=status.user, password=password) as store,
            neo4j.GraphDatabase.driver(uri, auth=(status.user, password)) as driver,
        ):
            store.migrate()
            yield store, driver, Watch(psutil.Process(status.pid))
    finally:
        server.stop()


def measure_raw(folder: Path, embedded: EmbeddedStore) -> None:
    """Write the graph of the embedded store as raw batches; what makes them is measured, and told apart."""
    seconds: list[float] = []
    with fresh_server(folder) as (_, driver, watch):
        watch("raw batches, made and written", lambda: seconds.append(load_raw(driver, every_row(embedded))))
    print(f"raw batches: {seconds[0]:.1f} s to write alone")


def main() -> None:
    """Measure everything."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=100_000)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--first-load", action="store_true", help="leave out what comes after the first load")
    parser.add_argument("--shops", type=int, help="load so many shops, once, in place of the companies")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="dure-benchmark-") as scratch:
        folder = Path(scratch)
        if given.shops:
            files = {"first": folder / "first.csv"}
            write_shops(files["first"], given.shops)
        else:
            files = write_register(folder, given.companies)
        source, once = "stores" if given.shops else "companies", bool(given.shops or given.first_load)
        days = 1 if once else len(_DAYS)
        with EmbeddedStore(folder / "graph.duckdb") as embedded:
            embedded.migrate()
            with fresh_server(folder / "neo4j") as (remote, _, watch):
                stores: dict[str, GraphStore] = {"duckdb": embedded, "neo4j": remote}
                for name, store in stores.items():
                    measure_loads(watch, store, name, files, source, days)
                if not once:
                    measure_snapshots(watch, stores, folder, given.repeats)
            measure_raw(folder / "raw", embedded)


if __name__ == "__main__":
    main()
