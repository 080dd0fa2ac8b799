"""Rate of loading into Neo4j through the store, against raw UNWIND batches over the same driver.

``python -m benchmarks.load_neo4j [--nodes 100000] [--relationships 500000] [--repeats 2]``

Both ways get the same rows in batches of the same size, into a database emptied in between, with the same constraints
and indexes, and take turns in going first. The raw way gets its rows as ready dictionaries, made outside the measured
time; the store gets Arrow tables, and its time includes turning them into parameters, hashing them and telling the
outcome of each row. Peak memory of the client is taken in a process of its own for each size.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import neo4j
import numpy as np
import psutil
import pyarrow as pa

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.model import ElementType, NodeType, RelationType
from stores.base import BATCH_ROWS
from stores.bolt import Neo4jStore
from stores.server import USER, Neo4jServer

COMPANY = node_type("Company")
TECHNOLOGY = node_type("Technology")
FILED = relation_type("Company", "FILED", "Technology")
LOADED_AT = datetime(2026, 11, 22, tzinfo=UTC)
GOAL = 0.8

Batches = Iterator[tuple[ElementType, pa.Table]]
Load = Callable[[Batches], float]


def batches(nodes: int, relationships: int) -> Batches:
    """Make companies, technologies (a tenth of the nodes) and who filed which, a batch at a time."""
    technologies = nodes // 10
    companies = nodes - technologies
    for numbers in _portions(companies):
        yield COMPANY, _companies(numbers)
    for numbers in _portions(technologies):
        yield TECHNOLOGY, _technologies(numbers)
    rng = np.random.default_rng(7)
    for numbers in _portions(relationships):
        yield FILED, _filings(rng.integers(companies, size=len(numbers)), rng.integers(technologies, size=len(numbers)))


def _portions(rows: int) -> Iterator[np.ndarray]:
    for start in range(0, rows, BATCH_ROWS):
        yield np.arange(start, min(start + BATCH_ROWS, rows))


def _companies(numbers: np.ndarray) -> pa.Table:
    columns = {
        "id": [f"brn:{n:010d}" for n in numbers],
        "source_id": [str(n) for n in numbers],
        "name": [f"두레정밀 {n}호" for n in numbers],
        "products": [f"반도체 검사 장비 {n % 997}" for n in numbers],
        "founded_on": pa.array((numbers % 20_000).astype(np.int32), pa.date32()),
        "employees": numbers % 300,
        "legal_form": ["sole" if n % 5 else "corporation" for n in numbers],
    }
    return table_from_columns(COMPANY, columns, source="benchmark", loaded_at=LOADED_AT)


def _technologies(numbers: np.ndarray) -> pa.Table:
    columns = {
        "id": [f"10{n:011d}" for n in numbers],
        "source_id": [str(n) for n in numbers],
        "title": [f"레이저를 이용한 절단 방법 {n}" for n in numbers],
        "applied_on": pa.array((numbers % 20_000).astype(np.int32), pa.date32()),
        "ipc": [[f"B23K{n % 90}", "H01L"] for n in numbers],
    }
    return table_from_columns(TECHNOLOGY, columns, source="benchmark", loaded_at=LOADED_AT)


def _filings(companies: np.ndarray, technologies: np.ndarray) -> pa.Table:
    columns = {
        "src": [f"brn:{n:010d}" for n in companies],
        "dst": [f"10{n:011d}" for n in technologies],
        "source_id": [str(n) for n in technologies],
        "on": pa.array((technologies % 20_000).astype(np.int32), pa.date32()),
    }
    return table_from_columns(FILED, columns, source="benchmark", loaded_at=LOADED_AT)


def load_through_store(store: Neo4jStore, work: Batches) -> float:
    """Load all batches and return the seconds that the store took."""
    seconds = 0.0
    for element, table in work:
        began = time.perf_counter()
        if isinstance(element, NodeType):
            outcomes = store.upsert_nodes(element, table)
        else:
            outcomes = store.upsert_relationships(element, table)
        seconds += time.perf_counter() - began
        assert (outcomes >= 0).all()
    return seconds


def load_raw(driver: neo4j.Driver, work: Batches) -> float:
    """Load all batches as plain MERGE statements and return the seconds that the driver took."""
    seconds = 0.0
    for element, table in work:
        statement, rows = _raw_statement(element), _raw_rows(table)
        began = time.perf_counter()
        driver.execute_query(statement, {"rows": rows}, database_="neo4j")
        seconds += time.perf_counter() - began
    return seconds


def _raw_statement(element: ElementType) -> str:
    if isinstance(element, RelationType):
        return (
            f"UNWIND $rows AS row MATCH (a:{element.source} {{id: row.src}}) "
            f"MATCH (b:{element.target} {{id: row.dst}}) "
            f"MERGE (a)-[r:{element.type} {{key: row.key}}]->(b) SET r += row.properties"
        )
    return f"UNWIND $rows AS row MERGE (n:{element.label} {{id: row.id}}) SET n += row.properties"


def _raw_rows(table: pa.Table) -> list[dict[str, object]]:
    keys = ("id", "src", "dst", "key")
    rows = []
    for row in table.to_pylist():
        row["loaded_at"] = LOADED_AT  # with a fixed offset: a named zone would make the raw way slower
        identity = {name: row[name] for name in keys if name in row}
        rows.append(identity | {"properties": {k: v for k, v in row.items() if k not in keys and v is not None}})
    return rows


def wipe(driver: neo4j.Driver) -> None:
    """Empty the database, all but the schema version."""
    with driver.session(database="neo4j") as session:
        session.run(
            "MATCH (n) WHERE NOT n:_DureMeta CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS"
        ).consume()


@contextmanager
def server() -> Iterator[tuple[str, str, str]]:
    """Give address, user and password of the server that DURE_NEO4J_URI names, or of one started for the occasion."""
    if uri := os.environ.get("DURE_NEO4J_URI"):
        yield uri, os.environ.get("DURE_NEO4J_USER", USER), os.environ["DURE_NEO4J_PASSWORD"]
        return
    with tempfile.TemporaryDirectory(prefix="dure-benchmark-") as folder:
        own = Neo4jServer(Path(folder))
        try:
            yield str(own.start().uri), USER, own.password()
        finally:
            own.stop()


def compare(access: tuple[str, str, str], nodes: int, relationships: int, repeats: int) -> None:
    """Print the rate of both ways and their ratio, for each repeat and over all."""
    uri, user, password = access
    store = Neo4jStore(uri, user=user, password=password)
    driver = neo4j.GraphDatabase.driver(uri, auth=(user, password))
    with store, driver:
        store.migrate()
        ways: dict[str, Load] = {
            "raw": lambda work: load_raw(driver, work),
            "store": lambda work: load_through_store(store, work),
        }
        wipe(driver)
        for load in ways.values():  # both warm up the server's compiler and query cache
            load(batches(nodes // 10, relationships // 10))
            wipe(driver)
        total = dict.fromkeys(ways, 0.0)
        for repeat in range(repeats):
            for way in sorted(ways, reverse=bool(repeat % 2)):
                seconds = ways[way](batches(nodes, relationships))
                total[way] += seconds
                print(
                    f"repeat {repeat + 1} {way:>5}: {(nodes + relationships) / seconds:10,.0f} rows/s {seconds:7.1f} s"
                )
                wipe(driver)
    ratio = total["raw"] / total["store"]
    print(
        f"store / raw: {ratio:.2f} (goal {GOAL}) over {repeats} x {nodes:,} nodes and {relationships:,} relationships"
    )


def compare_change(access: tuple[str, str, str], nodes: int, relationships: int) -> None:
    """Print what a day's change costs beside a full load: a hundredth changed, within all rows and alone."""
    uri, user, password = access
    every = list(batches(nodes, relationships))
    changed = [(element, _changed(table)) for element, table in every]
    alone = [(element, table.take(np.arange(0, table.num_rows, 100))) for element, table in changed]
    with Neo4jStore(uri, user=user, password=password) as store:
        process, seconds, cpu = _server_process(store), [], []
        for work in (every, every, changed, alone):
            before = time.process_time() + sum(process.cpu_times()[:2])
            seconds.append(load_through_store(store, iter(work)))
            cpu.append(time.process_time() + sum(process.cpu_times()[:2]) - before)
    for what, s, c in zip(
        ("full", "unchanged", "1 % of all changed", "the changed rows alone"), seconds, cpu, strict=True
    ):
        print(f"{what:>22}: {s:6.1f} s {s / seconds[0]:5.1%}; processor time of both {c:6.1f} s {c / cpu[0]:5.1%}")


def _server_process(store: Neo4jStore) -> psutil.Process:
    """Find the server of a store among the processes of this machine, by its port."""
    port = int(store.uri.rpartition(":")[2])
    listening = (c for c in psutil.net_connections("tcp") if c.status == psutil.CONN_LISTEN)
    return psutil.Process(next(c.pid for c in listening if c.laddr.port == port))


def _changed(table: pa.Table) -> pa.Table:
    """Change every hundredth row: another day of validity."""
    day = [date(2020, 1, 1) if number % 100 == 0 else None for number in range(table.num_rows)]
    at = table.schema.get_field_index("valid_from")
    return table.set_column(at, table.schema.field(at), pa.array(day, pa.date32()))


def peak_memory(access: tuple[str, str, str], nodes: int, relationships: int) -> float:
    """Load in a process of its own and return its peak memory, MiB."""
    uri, user, password = access
    environment = os.environ | {"DURE_NEO4J_URI": uri, "DURE_NEO4J_USER": user, "DURE_NEO4J_PASSWORD": password}
    command = [sys.executable, "-m", "benchmarks.load_neo4j", "--child"]
    command += ["--nodes", str(nodes), "--relationships", str(relationships)]
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)  # noqa: S603 - this very module
    return float(done.stdout)


def _child(access: tuple[str, str, str], nodes: int, relationships: int) -> None:
    uri, user, password = access
    with Neo4jStore(uri, user=user, password=password) as store:
        load_through_store(store, batches(nodes, relationships))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Run both measurements."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=100_000)
    parser.add_argument("--relationships", type=int, default=500_000)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    with server() as access:
        if given.child:
            _child(access, given.nodes, given.relationships)
            return
        compare(access, given.nodes, given.relationships, given.repeats)
        compare_change(access, given.nodes, given.relationships)
        for nodes, relationships in ((given.nodes // 4, given.relationships // 4), (given.nodes, given.relationships)):
            peak = peak_memory(access, nodes, relationships)
            print(f"peak memory of the client: {peak:6.0f} MiB at {nodes:,} nodes, {relationships:,} relationships")


if __name__ == "__main__":
    main()
