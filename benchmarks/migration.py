"""Migrating a full Neo4j from the oldest schema: seconds, memory, what is told, and what a kill halfway costs.

``python -m benchmarks.migration --home DURE_HOME [--kill-after 60]``

The server of the home must hold a graph (``dure graph copy``). It is made one of schema version 1 again: without search
texts and their index, without captions and first days of relationships, without first days of nodes. Then ``dure
migrate`` brings it to today, first undisturbed, then killed with SIGKILL after so many seconds and started again.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import neo4j
import psutil

from graph_schema.catalog import NODE_TYPES
from stores.bolt import Neo4jStore
from stores.home import Home
from stores.server import USER, Neo4jServer

_PAUSE_S = 0.2
"""Between two looks at the memory of both processes."""
_AGED = (
    (
        "MATCH (n) WHERE n.search_text IS NOT NULL OR n.first_seen IS NOT NULL "
        "CALL (n) { REMOVE n.search_text, n.first_seen } IN TRANSACTIONS OF 10000 ROWS"
    ),
    (
        "MATCH ()-[r]->() WHERE r.caption IS NOT NULL OR r.first_seen IS NOT NULL "
        "CALL (r) { REMOVE r.caption, r.first_seen } IN TRANSACTIONS OF 10000 ROWS"
    ),
    "DROP INDEX dure_search IF EXISTS",
    "MATCH (m:_DureMeta) SET m.version = 1",
)
_LABELS = "|".join(f"`{node.label}`" for node in NODE_TYPES)
_LACKING = (
    f"MATCH (n:{_LABELS}) WHERE n.search_text IS NULL OR n.first_seen IS NULL RETURN count(n)",
    "MATCH ()-[r]->() WHERE r.caption IS NULL OR r.first_seen IS NULL RETURN count(r)",
)


@dataclass
class Migrating:
    """One run of ``dure migrate``: seconds, most resident memory of it and of the server in MB, lines told, its end."""

    seconds: float = 0.0
    own_mb: float = 0.0
    server_mb: float = 0.0
    lines: list[str] = field(default_factory=list)
    code: int | None = None


def aged(driver: neo4j.Driver) -> float:
    """Take the graph back to schema version 1 and return the seconds that it took."""
    began = time.monotonic()
    with driver.session(database="neo4j") as session:
        for statement in _AGED:
            session.run(statement).consume()
    return time.monotonic() - began


def lacking(driver: neo4j.Driver) -> Iterator[int]:
    """Count the nodes, then the relationships, that lack what a migration gives them."""
    for query in _LACKING:
        yield int(driver.execute_query(query, database_="neo4j").records[0][0])


def migrate(home: Path, server: psutil.Process, kill_after: float | None = None) -> Migrating:
    """Run the command to its end, or to that which ``kill_after`` seconds make."""
    command = [str(Path(sys.executable).parent / "dure"), "migrate", "--store", "neo4j"]
    found, began = Migrating(), time.monotonic()
    child = subprocess.Popen(  # noqa: S603 - our own command
        command, env=os.environ | {"DURE_HOME": str(home)}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    reader = threading.Thread(target=lambda: found.lines.extend(map(str.rstrip, child.stdout or ())))
    reader.start()
    own = psutil.Process(child.pid)
    while child.poll() is None:
        if kill_after is not None and time.monotonic() - began > kill_after:
            child.send_signal(signal.SIGKILL)
        try:
            found.own_mb = max(found.own_mb, own.memory_info().rss / 1e6)
        except psutil.NoSuchProcess:
            break
        found.server_mb = max(found.server_mb, server.memory_info().rss / 1e6)
        time.sleep(_PAUSE_S)
    found.code = child.wait()
    reader.join()
    found.seconds = time.monotonic() - began
    return found


def _show(name: str, run: Migrating, left: Iterator[int]) -> None:
    nodes, relationships = left
    print(
        f"{name}: {run.seconds:.0f} s, exit {run.code}, at most {run.own_mb:.0f} MB here and {run.server_mb:.0f} MB of "
        f"the server; still lacking: {nodes:,} nodes, {relationships:,} relationships; {len(run.lines)} lines:",
        *(f"    {line}" for line in run.lines),
        sep="\n",
        flush=True,
    )


def main() -> None:
    """Measure both ways."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--kill-after", type=float, default=60.0, help="seconds")
    given = parser.parse_args()
    server = Neo4jServer(Home(given.home).neo4j)
    status = server.start()
    process = psutil.Process(status.pid)
    with neo4j.GraphDatabase.driver(str(status.uri), auth=(USER, server.password())) as driver:
        for name, kill_after in (("undisturbed", None), ("killed", given.kill_after)):
            print(f"aged in {aged(driver):.0f} s; load average {os.getloadavg()[0]:.1f}", flush=True)
            _show(name, migrate(given.home, process, kill_after), lacking(driver))
        _show("started again", migrate(given.home, process), lacking(driver))
    with Neo4jStore(str(status.uri), user=USER, password=server.password()) as store:
        counts = store.counts()
        print(f"{sum(counts.nodes.values()):,} nodes, {sum(counts.relationships.values()):,} relationships")
        print(f"{len(store.search('산업', limit=5))} hits of a search")


if __name__ == "__main__":
    main()
