"""Drills on a real Neo4j: what is lost or doubled when something dies, hangs or fills up halfway.

``python -m benchmarks.neo4j_drills [--companies 6000] [--only cut,frozen] [--small-disk FOLDER]``

Each drill starts from an empty graph on a server of its own, does its harm during a load (or a migration, or while
lists are written), prints the error that a person would read, does the same again as that person would, and compares
the graph by the id that a snapshot of it has with that of the same graph loaded without harm. ``FOLDER`` is on a disk
of some 700 MB that may be filled.
"""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from benchmarks.load_neo4j import batches
from graph_schema.catalog import NODE_TYPES
from graph_schema.errors import StoreError
from graph_schema.model import NodeRef, NodeType
from stores.backup import snapshot_id
from stores.base import GraphStore
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from stores.recommendations import Recommended, Run, replace_all
from stores.server import Neo4jServer

TASK = "technologies"


class Site:
    """A server, what is loaded into it, and the id that the whole of it has."""

    def __init__(self, folder: Path, companies: int) -> None:
        self.server = Neo4jServer(folder / "neo4j", heap_mb=512)
        self.companies = companies
        with EmbeddedStore(folder / "graph.duckdb") as whole:
            whole.migrate()
            self.load(whole)
            self.expected = snapshot_id(whole)
        self.server.start()
        with self.store() as store:
            store.migrate()

    def store(self, uri: str | None = None) -> Neo4jStore:
        """Open the server, or another address that leads to it."""
        status = self.server.status()
        return Neo4jStore(uri or str(status.uri), user=status.user, password=self.server.password())

    def load(self, store: GraphStore, written: Callable[[int], None] = lambda _: None) -> None:
        """Load everything, telling after each batch how many there were."""
        load(store, self.companies, written)

    def whole(self) -> str:
        """Say whether the graph is the expected one."""
        with self.store() as store:
            return "the same graph" if snapshot_id(store) == self.expected else "ANOTHER GRAPH"

    def process(self) -> psutil.Process:
        """Return the process of the server."""
        return psutil.Process(self.server.status().pid)

    def empty(self) -> None:
        """Erase the graph."""
        with self.store() as store:
            some = "MATCH (n) WHERE NOT n:_DureMeta WITH n LIMIT 5000 DETACH DELETE n RETURN count(*)"
            while store.records(some, write=True)[0][0]:
                pass


def load(
    store: GraphStore, companies: int, written: Callable[[int], None] = lambda _: None, *, backwards: bool = False
) -> None:
    """Load companies and what they filed, telling after each batch how many there were."""
    every = list(batches(companies, 2 * companies))
    nodes = [each for each in every if isinstance(each[0], NodeType)]
    rest = [each for each in every if not isinstance(each[0], NodeType)]
    for number, (element, table) in enumerate([*nodes, *(reversed(rest) if backwards else rest)], 1):
        if isinstance(element, NodeType):
            store.upsert_nodes(element, table)
        else:
            store.upsert_relationships(element, table)
        written(number)


def attempted(work: Callable[[], None]) -> str:
    """Do something and return what a person would read where it fails."""
    began = time.monotonic()
    try:
        work()
    except StoreError as error:
        return f"after {time.monotonic() - began:.0f} s: {error}"
    return "no error"


def after(batch: int, harm: Callable[[], None]) -> Callable[[int], None]:
    """Do harm once a batch is written, while the next one is sent."""

    def written(number: int) -> None:
        if number == batch:
            threading.Timer(0.05, harm).start()

    return written


def killed_server(site: Site) -> str:
    """End the server with SIGKILL during a load."""
    with site.store() as store:
        said = attempted(lambda: site.load(store, after(1, site.process().kill)))
    site.server.start()
    with site.store() as store:
        site.load(store)
    return said


def killed_loader(site: Site) -> str:
    """End the loading process with SIGKILL."""
    with _child(site, "load") as child:
        _await(child, "batch 1")
        child.send_signal(signal.SIGKILL)
    with site.store() as store:
        site.load(store)
    return "killed"


def cut(site: Site) -> str:
    """Cut the connection after some megabytes."""
    behind = int(str(site.server.status().uri).rpartition(":")[2])
    with proxy(behind, cut_after=600_000) as port, site.store(f"bolt://127.0.0.1:{port}") as store:
        said = attempted(lambda: site.load(store))
    with site.store() as store:
        site.load(store)
    return said


def frozen(site: Site) -> str:
    """Stop the server with SIGSTOP during a load; it still has its port, and answers nobody."""
    process = site.process()
    with site.store() as store:
        said = attempted(lambda: site.load(store, after(1, process.suspend)))
    began = time.monotonic()
    answers = site.server.answers()
    looked = time.monotonic() - began
    process.resume()
    with site.store() as store:
        site.load(store)
    return f"{said}; meanwhile `answers` said {answers} in {looked:.1f} s"


def two_loaders(site: Site) -> str:
    """Load the same from two sides at once, so that their locks cross."""

    def one(*, backwards: bool) -> str:
        with site.store() as store:
            return attempted(lambda: load(store, site.companies, backwards=backwards))

    with ThreadPoolExecutor(2) as pool:
        started = [pool.submit(one, backwards=each) for each in (False, True)]
        return " / ".join(each.result() for each in started)


def killed_writer(site: Site) -> str:
    """End the process that writes lists with SIGKILL; the last lists hold until the next run."""
    with site.store() as store:
        site.load(store)
        replace_all(store, Run(TASK, lists(site.companies)))
        before = holding(store)
        with _child(site, "lists") as child:
            _await(child, "row 4000")
            child.send_signal(signal.SIGKILL)
        kept = holding(store) == before
        replace_all(store, Run(TASK, lists(site.companies)))
        left = store.records("MATCH ()-[r:RECOMMENDED]->() RETURN count(r)")[0][0]
    return f"the last lists {'held' if kept else 'WERE LOST'}; {before:,} before, {left:,} after the next run"


def killed_migration(site: Site) -> str:
    """End a migration of a full database with SIGKILL, twice, and let it go on."""
    with site.store() as store:
        site.load(store)
        for node in NODE_TYPES:
            store.records(f"MATCH (n:{node.label}) SET n.search_text = null", write=True)
        store.records("MATCH (m:_DureMeta) SET m.version = 1", write=True)
        store.records("DROP INDEX dure_search", write=True)
    for _ in range(2):
        with _child(site, "migrate") as child:
            _await(child, "search text")
            child.send_signal(signal.SIGKILL)
    steps: dict[str, int] = {}
    with site.store() as store:
        store.migrate(lambda what, done, _total: steps.update({what: done}))
        found = len(store.search("레이저", limit=5))
    return f"went on: {', '.join(f'{what} {done:,}' for what, done in steps.items())}; {found} hits of a search"


def full_disk(site: Site) -> str:
    """Fill the disk of the server during a load."""
    ballast = site.server.home / "ballast"

    def fill() -> None:
        with suppress(OSError), ballast.open("wb") as file:
            while True:
                file.write(bytes(1 << 20))

    with site.store() as store:
        said = attempted(lambda: site.load(store, after(1, fill)))
    site.process().kill()
    time.sleep(1)
    ballast.unlink()
    site.server.start()
    with site.store() as store:
        site.load(store)
    return said


DRILLS = (killed_server, killed_loader, cut, frozen, two_loaders, killed_writer, killed_migration)


def lists(companies: int) -> Iterator[Recommended]:
    """Two technologies for each company."""
    for number in range(companies - companies // 10):
        for rank in (1, 2):
            result = NodeRef("Technology", f"10{(number + rank) % (companies // 10):011d}")
            yield Recommended(NodeRef("Company", f"brn:{number:010d}"), result, {"rank": rank, "score": 1.0 / rank})


def holding(store: Neo4jStore) -> int:
    """Count what a reader sees."""
    query = "MATCH (m:_DureRun {task: $task}) MATCH ()-[r:RECOMMENDED {run: m.run}]->() RETURN count(r)"
    return int(store.records(query, {"task": TASK})[0][0])


@contextmanager
def proxy(port: int, *, cut_after: int | None = None, sent: list[int] | None = None) -> Iterator[int]:
    """Pass connections on to a port of this machine; ``cut_after`` bytes sent to it all of them are cut.

    The sizes of what is sent are put into ``sent``.
    """
    with socket.create_server(("127.0.0.1", 0)) as server:
        open_: list[socket.socket] = []
        sizes: list[int] = [] if sent is None else sent

        def over() -> bool:
            return cut_after is not None and sum(sizes) > cut_after

        def pump(source: socket.socket, target: socket.socket, *, counted: bool) -> None:
            with suppress(OSError):
                while data := source.recv(65536):
                    if counted:
                        sizes.append(len(data))
                    if over():
                        break
                    target.sendall(data)
            for each in open_ if over() else (source, target):
                with suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)

        def serve() -> None:
            with suppress(OSError):
                while True:
                    client, _ = server.accept()
                    inside = socket.create_connection(("127.0.0.1", port))
                    open_.extend((client, inside))
                    threading.Thread(target=pump, args=(client, inside), kwargs={"counted": True}, daemon=True).start()
                    threading.Thread(target=pump, args=(inside, client), kwargs={"counted": False}, daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        yield int(server.getsockname()[1])
        for each in open_:
            each.close()


@contextmanager
def _child(site: Site, work: str) -> Iterator[subprocess.Popen[str]]:
    """Run work in a process of its own, which tells how far it is."""
    status = site.server.status()
    environment = os.environ | {"DRILL_URI": str(status.uri), "DRILL_PASSWORD": site.server.password()}
    command = [sys.executable, "-m", "benchmarks.neo4j_drills", "--child", work, "--companies", str(site.companies)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:  # noqa: S603 - this very module
        yield child
        child.kill()


def _await(child: subprocess.Popen[str], text: str) -> None:
    assert child.stdout is not None
    for line in child.stdout:
        if line.startswith(text):
            return


def _work(work: str, companies: int) -> None:
    uri, password = os.environ["DRILL_URI"], os.environ["DRILL_PASSWORD"]
    with Neo4jStore(uri, user="neo4j", password=password) as store:
        if work == "load":
            load(store, companies, lambda number: print("batch", number, flush=True))
        elif work == "migrate":
            store.migrate(lambda what, done, _total: print(what, done, flush=True))
        else:
            replace_all(store, Run(TASK, _recommended(companies)))


def _recommended(companies: int) -> Iterator[Recommended]:
    for number, each in enumerate(lists(companies)):
        if number % 1000 == 0:
            print("row", number, flush=True)
        yield each


def main() -> None:
    """Hold the drills."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--companies", type=int, default=6_000)
    parser.add_argument("--only", help="names, parted by commas")
    parser.add_argument("--small-disk", type=Path)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _work(given.child, given.companies)
        return
    chosen = [drill for drill in DRILLS if not given.only or drill.__name__ in given.only.split(",")]
    with tempfile.TemporaryDirectory(prefix="dure-drills-", dir=given.small_disk) as folder:
        site = Site(Path(folder), given.companies)
        try:
            for drill in [full_disk] if given.small_disk else chosen:
                site.empty()
                said = drill(site)
                print(f"{drill.__name__}: {said}\n    then: {site.whole()}", flush=True)
        finally:
            site.server.stop()


if __name__ == "__main__":
    main()
