"""Rate of ``dure recommend --all --write-back``: ranking, explaining, and writing into Neo4j, against raw batches.

``python -m benchmarks.write_back --home DURE_HOME [--tasks programs,experts] [--companies 20000] [-n 10] [--jobs 2]``

The home holds a snapshot and a trained model; a server of its own gets the nodes of that snapshot, once. For each task
the lists of the first askers are made and written as the command does, ranking and writing at the same time, on as many
processes; then the same rows, ready made, are written in the place of those through the store, and written and deleted
as raw batches over the same driver, with the same indexes. Seconds of ranking are those in which the next rows were
waited for; processor time is that of all processes, what opens the model among it. What 100,000 companies would take is
that many times the cost of one.
"""

from __future__ import annotations

import argparse
import os
import resource
import secrets
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path

import neo4j
import psutil

from cli.write_back import TaskLists
from graph_schema.progress import silent
from recommender.serve.recommender import open_recommender
from stores.bolt import Neo4jStore
from stores.copying import copy_graph
from stores.embedded import EmbeddedStore
from stores.home import Home
from stores.recommendations import Recommended, Run, replace_all
from stores.server import Neo4jServer

COMPANIES = 100_000
_RAW_ROWS = 2_500


@dataclass
class Watched:
    """Rows of a run as they pass: how many askers, and the seconds that making them took."""

    run: Run
    most: int
    kept: list[Recommended]
    askers: int = 0
    seconds: float = 0.0

    def rows(self) -> Iterator[Recommended]:
        """Pass on the lists of the first askers."""
        with closing(self.run.recommended) as recommended:
            lists = groupby(recommended, key=lambda each: each.asker)
            began = time.perf_counter()
            for _, items in islice(lists, self.most):
                for item in list(items):
                    self.seconds += time.perf_counter() - began
                    self.kept.append(item)
                    yield item
                    began = time.perf_counter()
                self.askers += 1


class LoadedNeo4j:
    """A Neo4j with the nodes of a graph, its driver and its processor time."""

    def __init__(self, folder: Path, graph: Path) -> None:
        self._server = Neo4jServer(folder)
        status = self._server.start()
        access = str(status.uri), status.user, self._server.password()
        self.store = Neo4jStore(access[0], user=access[1], password=access[2])
        self.store.migrate()
        with EmbeddedStore(graph, read_only=True) as source:
            copy_graph(source, self.store)
        self.driver = neo4j.GraphDatabase.driver(access[0], auth=access[1:])
        self._process = psutil.Process(status.pid)

    def cpu(self) -> float:
        """Seconds of processor time that the server has used."""
        return sum(self._process.cpu_times()[:2])

    def stop(self) -> None:
        """Close and stop it."""
        self.store.close()
        self.driver.close()
        self._server.stop()


def write_raw(driver: neo4j.Driver, rows: list[Recommended], shared: dict[str, object]) -> float:
    """Create the same relationships by plain batches with ready parameters; return the seconds."""
    own = sorted(rows[0].properties)
    by_labels = groupby(sorted(rows, key=_labels), key=_labels)
    named = ", ".join([f"{name}: row[{at}]" for at, name in enumerate(own, 2)] + [f"{p}: $shared.{p}" for p in shared])
    batches = []
    for (source, target), group in by_labels:
        listed = [[each.asker.id, each.result.id, *(each.properties[name] for name in own)] for each in group]
        cypher = (
            f"UNWIND $rows AS row MATCH (a:{source} {{id: row[0]}}) MATCH (b:{target} {{id: row[1]}}) "
            f"CREATE (a)-[:RECOMMENDED {{{named}}}]->(b)"
        )
        batches += [(cypher, listed[at : at + _RAW_ROWS]) for at in range(0, len(listed), _RAW_ROWS)]
    began = time.perf_counter()
    for cypher, listed in batches:
        driver.execute_query(cypher, {"rows": listed, "shared": shared}, database_="neo4j")
    return time.perf_counter() - began


def _labels(each: Recommended) -> tuple[str, str]:
    return each.asker.label, each.result.label


def _cpu() -> float:
    """Seconds of processor time of this process and of those that it started and that have ended."""
    return sum(os.times()[:4])


def measure(server: LoadedNeo4j, run: Run, companies: int) -> tuple[float, float]:
    """Print the figures of a task; return the seconds that a company takes, by the clock and of processors."""
    task, watched = run.task, Watched(run, companies, [])
    cpu, java, began = _cpu(), server.cpu(), time.perf_counter()
    with closing(watched.rows()) as rows:
        replace_all(server.store, Run(task, rows, run.shared))
    whole = time.perf_counter() - began
    cpu, java = _cpu() - cpu, server.cpu() - java
    began = time.perf_counter()
    replace_all(server.store, Run(task, watched.kept, watched.run.shared))
    written = time.perf_counter() - began
    raw_run = {**watched.run.shared, "task": task, "run": secrets.token_hex(8)}
    raw = write_raw(server.driver, watched.kept, raw_run) + _forget(server.driver, raw_run)
    rows = len(watched.kept)
    print(
        f"{task:13} {watched.askers / whole:7,.0f} companies/s, {rows:,} rows; ranking "
        f"{watched.seconds / whole:4.0%} of the time; per company {cpu / watched.askers * 1e3:.2f} ms here, "
        f"{java / watched.askers * 1e3:.2f} ms server; "
        f"write and delete alone {rows / written:,.0f} rows/s, raw {rows / raw:,.0f} rows/s ({raw / written:.2f}); "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB, largest process beside "
        f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:,.0f} MiB"
    )
    return whole / watched.askers, (cpu + java) / watched.askers


def _forget(driver: neo4j.Driver, named: dict[str, object]) -> float:
    """Delete a run and return the seconds."""
    began = time.perf_counter()
    with driver.session(database="neo4j") as session:
        query = "MATCH ()-[r:RECOMMENDED {run: $run}]->() CALL (r) { DELETE r } IN TRANSACTIONS OF 10000 ROWS"
        session.run(query, run=named["run"]).consume()
    return time.perf_counter() - began


def main() -> None:
    """Measure all tasks of a model, or those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--tasks")
    parser.add_argument("--companies", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("-n", type=int, default=10)
    given = parser.parse_args()
    recommender = open_recommender(given.home)
    tasks = given.tasks.split(",") if given.tasks else recommender.bundle.tasks
    with tempfile.TemporaryDirectory(prefix="dure-benchmark-") as folder:
        server = LoadedNeo4j(Path(folder), Home(given.home).graph)
        try:
            spent = []
            for task in tasks:
                lists = TaskLists(recommender, task, n=given.n, as_of=None)
                spent.append(measure(server, lists.of_all(given.home, given.jobs, silent), given.companies))
        finally:
            server.stop()
    wall, cpu = (sum(each) * COMPANIES / 60 for each in zip(*spent, strict=True))
    print(f"{COMPANIES:,} companies x {len(tasks)} tasks at this rate: {wall:.1f} min, {cpu:.1f} min of processors")


if __name__ == "__main__":
    main()
