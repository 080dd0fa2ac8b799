"""Drills of loading: kills, and on the embedded store full disks, stores that cannot be written, damaged rows.

``python -m benchmarks.load_drills`` kills 50 loads at work at random points and compares what the same command makes
of it with an undisturbed load, fills a small disk (a tmpfs, so it needs root), and loads 100,000 mutated rows of all
sources. ``--store neo4j`` kills loads alone, into a server of its own; ``--points`` says how many.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Final, cast

import pyarrow as pa

from benchmarks.load_registers import write_companies
from graph_schema.catalog import NODE_TYPES, element_type
from graph_schema.long_cells import long_cells
from graph_schema.model import NodeType
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import LoadReport
from loaders.samples import FOLDER
from stores.base import GraphStore
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from stores.file_uri import uri_of
from stores.hashing import content_hashes
from stores.server import Neo4jServer

FILES: Final = Path(__file__).parent.parent / "tests" / "loaders" / "files"
SAMPLES: Final = {
    "regions": FOLDER / "regions.csv",
    "ksic11": FOLDER / "ksic11_tree.csv",
    "ksic-9-10": FILES / "ksic_9_10.csv",
    "ksic-9-to-10": FILES / "ksic_9_to_10.csv",
    "tax-codes": FILES / "tax_codes.csv",
    "nst": FILES / "nst.xml",
    "centers": FOLDER / "centers.csv",
    "bizinfo": FOLDER / "bizinfo_2026.csv",
    "kstartup": FOLDER / "kstartup_api.json",
    "kstartup-businesses": FILES / "kstartup_businesses.json",
    "smes24": FILES / "smes24.json",
    "city-notices": FILES / "city_notices.csv",
    "ntis-calls": FOLDER / "ntis_calls.csv",
    "ntis-projects": FILES / "ntis_projects.xml",
    "ntis-results": FILES / "ntis_results.xml",
    "kipris": FOLDER / "patents.csv",
    "factories": FILES / "factories.csv",
    "stores": FILES / "stores.csv",
    "ventures": FOLDER / "ventures.csv",
    "training": FILES / "training.csv",
    "nts-status": FILES / "nts_status.json",
    **{path.stem: path for path in sorted((FOLDER / "templates").glob("*.csv"))},
}
"""A valid file of each source."""
_KILLED_ROWS: Final = 5_000
"""Rows of a load that is killed: enough for several batches, and few enough for fifty loads."""
_MOST_TRIES: Final = 3
"""Loads that are begun for each one that is to be killed at work."""
_SHAPES: Final = (98, 1, 1)
"""Of 100 rows: as they are, a cell too few, a cell too many."""
_ODD: Final = (
    *("", " ", "-", "없음", "?", "0", "-1", "1e9", "1.5E+09", "99999999999999999999", "NaN", "inf", "１２３", "٣"),
    *(
        "2026-02-30",
        "9999-12-31",
        "20260101",
        "\x00",
        "\x1f",
        "\x85",
        "\ufeff",
        "\ufffd",
        "\u200b",
        "e\u0301",
        "🏭",
        "㈜",
    ),
    *(
        '"',
        "'",
        "a\nb",
        "a\rb",
        ",",
        ";",
        "|",
        "@",
        "<b>&amp;</b>",
        "=1+1",
        "../..",
        "가" * 2_001,
        "고양시",
        "26299",
        "예",
    ),
)


def sample_rows(source: str, most: int = 300) -> list[dict[str, str]]:
    """Return rows of the valid file of a source, all with the same names."""
    rows = [dict(row.values) for row in SOURCES[source].read(SAMPLES[source])][:most]
    names = dict.fromkeys((name for row in rows for name in row), "")
    return [names | row for row in rows]


def mutated(row: Mapping[str, str], rng: random.Random) -> list[str]:
    """Return the cells of a row of which some are odd, cut, doubled or in another's place, or one too few or many."""
    cells = list(row.values())
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        at, other = rng.randrange(len(cells)), rng.randrange(len(cells))
        cell = cells[at]
        cut = rng.randrange(len(cell) + 1)
        cells[at] = rng.choice(
            (rng.choice(_ODD), cell[:cut], cell + cell, cell[:cut] + rng.choice(_ODD) + cell[cut:], cells[other])
        )
    (shape,) = rng.choices((cells, cells[:-1], [*cells, "남는 칸"]), _SHAPES)
    return shape


def write_mutated(path: Path, source: str, count: int, rng: random.Random) -> None:
    """Write ``count`` mutated rows of a source; some stand twice."""
    rows = sample_rows(source)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(rows[0])
        writer.writerows(mutated(rng.choice(rows), rng) for _ in range(count))


def accounted(report: LoadReport) -> bool:
    """Tell whether every row has become something, and every row that waits or lost a cell is kept and listed."""
    kept, listed = 0, set()
    if report.quarantine_file:
        for path in report.quarantine_file.parent.glob(f"{report.quarantine_file.stem}.rows-*.csv"):
            with long_cells(sys.maxsize), path.open(encoding="utf-8-sig", newline="") as file:
                kept += sum(1 for _ in csv.reader(file)) - 1
        with long_cells(sys.maxsize), report.quarantine_file.open(encoding="utf-8-sig", newline="") as file:
            listed = {(fault["file"], fault["row"]) for fault in csv.DictReader(file)}
    read = report.loaded + report.unchanged + report.quarantined
    return report.read == read and kept == len(listed) and 0 <= kept - report.quarantined <= report.cells


def fingerprint(store: GraphStore) -> dict[str, str]:
    """Return a hash of the content of each table, whatever the time of loading."""
    counts = store.counts()
    found = {}
    for element in map(element_type, (*counts.nodes, *counts.relationships)):
        batches = store.read_nodes(element) if isinstance(element, NodeType) else store.read_relationships(element)
        digest = blake2b(digest_size=16)
        for batch in batches:
            digest.update("".join(content_hashes(element, pa.Table.from_batches([batch])).to_pylist()).encode())
        found[element.name] = digest.hexdigest()
    return found


@dataclass(frozen=True)
class Database:
    """Where loads write: into a file in their home, or into one ``server``."""

    server: Neo4jServer | None = None

    def environment(self, home: Path) -> dict[str, str]:
        """Return the settings by which a command finds it."""
        if self.server is None:
            return {"DURE_STORE": uri_of(home / "graph.duckdb")}
        status = self.server.status()
        address = {"DURE_NEO4J_URI": str(status.uri), "DURE_NEO4J_USER": status.user}
        return {"DURE_STORE": "neo4j", **address, "DURE_NEO4J_PASSWORD": self.server.password()}

    def open(self, home: Path) -> EmbeddedStore | Neo4jStore:
        """Open it."""
        if self.server is None:
            return EmbeddedStore(home / "graph.duckdb")
        status = self.server.status()
        return Neo4jStore(str(status.uri), user=status.user, password=self.server.password())

    def erase(self) -> None:
        """Erase what earlier loads wrote into the server."""
        if self.server:
            with self.open(Path()) as store:
                store.migrate()
                for node in NODE_TYPES:
                    erased = f"MATCH (n:`{node.label}`) CALL (n) {{ DETACH DELETE n }} IN TRANSACTIONS"
                    cast("Neo4jStore", store).write_in_parts(erased, {})


EMBEDDED: Final = Database()


def start_load(
    home: Path, path: Path, *, database: Database = EMBEDDED, largest_file: int | None = None
) -> subprocess.Popen[str]:
    """Start ``dure load companies`` in a home of its own; ``largest_file`` (bytes) stands for a disk that is full."""

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    environment = {**os.environ, "DURE_HOME": str(home), **database.environment(home)}
    return subprocess.Popen(  # noqa: S603 - the project's own command
        [sys.executable, "-c", "from cli.main import main; main()", "load", "companies", str(path), "--json"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509 - no threads here
    )


def run_load(home: Path, path: Path, database: Database = EMBEDDED) -> None:
    """Load to the end; raises ``RuntimeError`` with what was told where the load failed."""
    process = start_load(home, path, database=database)
    _, printed = process.communicate()
    if process.returncode:
        raise RuntimeError(f"the load failed: {printed}")


def graph_of(home: Path, database: Database = EMBEDDED) -> dict[str, str]:
    """Return the fingerprint of a home's graph, or of a server's."""
    with database.open(home) as store:
        return fingerprint(store)


def leftovers(home: Path) -> list[str]:
    """Name the files of a home, but for its graph and the finished lists of rows that wait."""
    files = (path for path in home.rglob("*") if path.is_file() and path.name != "graph.duckdb")
    return [path.name for path in files if path.suffix != ".csv" or path.name.startswith(".")]


def waiting_lists(home: Path) -> list[Path]:
    """Return the finished lists of rows that wait."""
    return [*home.rglob("companies-*Z.csv")]


def killed_and_repeated(home: Path, path: Path, after_s: float, database: Database = EMBEDDED) -> float | None:
    """Kill a load after ``after_s``, and run it again.

    Returns in how many seconds the first was done, None where it had not listed the rows that wait: that is the last
    thing it does but for ending.
    """
    began = time.perf_counter()
    process = start_load(home, path, database=database)
    try:
        process.wait(after_s)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    done = time.perf_counter() - began if waiting_lists(home) else None
    run_load(home, path, database)
    return done


def timed_load(home: Path, path: Path, database: Database) -> float:
    """Load into an empty database, and return how many seconds it took."""
    database.erase()
    began = time.perf_counter()
    run_load(home, path, database)
    return time.perf_counter() - began


def kill_drill(points: int, rows: int, database: Database = EMBEDDED) -> None:
    """Kill as many loads as ``points`` at work, and print what came of each and how many gave another graph or file.

    Where other work on the machine ends, loads get done before they are killed: later ones are killed sooner.
    """
    rng, outcomes = random.Random(5), Counter[str]()  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        path, clean = Path(folder) / "companies.csv", Path(folder) / "clean"
        write_companies(path, rows)
        clean.mkdir()
        # A server's first load takes longer than all others.
        lasted = min(timed_load(clean, path, database) for _ in range(2 if database.server else 1))
        expected = graph_of(clean, database)
        print(
            f"| point | killed after (s) of {lasted:.1f} | at work | the same graph | nothing left |\n"
            + "|---" * 5
            + "|"
        )
        for point in range(_MOST_TRIES * points):
            if outcomes["killed"] == points:
                break
            home = Path(folder) / f"home-{point}"
            home.mkdir()
            after_s = rng.uniform(0.05, 1) * lasted
            database.erase()
            done = killed_and_repeated(home, path, after_s, database)
            killed = done is None
            lasted = min(lasted, done or lasted)
            lists = len(waiting_lists(home))
            same = graph_of(home, database) == expected
            tidy = not leftovers(home) and lists == 1
            outcomes["killed" if killed else "done before the kill"] += 1
            outcomes["another graph"] += not same
            outcomes["left a file"] += not tidy
            print(f"| {point + 1} | {after_s:.1f} | {killed} | {same} | {tidy} |", flush=True)
    print(f"kill -9 within loads of {rows:,} rows: {dict(outcomes)}")


def disk_drill(rows: int) -> None:
    """Load onto a disk of 16 MB, then onto one with room, and print what was told."""
    with tempfile.TemporaryDirectory() as folder:
        disk, path = Path(folder) / "disk", Path(folder) / "companies.csv"
        write_companies(path, rows)
        disk.mkdir()
        subprocess.run(["/bin/mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk], check=True)  # noqa: S603 - fixed
        try:
            full = start_load(disk, path)
            _, printed = full.communicate()
            left = leftovers(disk)
            subprocess.run(["/bin/mount", "-o", "remount,size=1g", disk], check=True)  # noqa: S603 - fixed
            run_load(disk, path)
            print(f"disk full: exit {full.returncode}, {printed.strip().splitlines()[-1]!r}, left {left};", end=" ")
            print(f"with room: {len(graph_of(disk))} tables")
        finally:
            subprocess.run(["/bin/umount", disk], check=True)  # noqa: S603 - fixed


def mutation_drill(rows: int) -> None:
    """Load mutated rows of all sources, each file twice, and print whether every row was accounted for."""
    rng, counts = random.Random(7), Counter[str]()  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as folder:
        for source in SAMPLES:
            path = Path(folder) / "rows.csv"
            write_mutated(path, source, rows // len(SAMPLES), rng)
            with EmbeddedStore(Path(folder) / f"{source}.duckdb") as store:
                store.migrate()
                for repeated in (False, True):
                    report = load(SOURCES[source], [path], store, quarantine_dir=Path(folder) / "quarantine")
                    counts["rows"] += report.read
                    counts["waiting"] += report.quarantined
                    counts["unaccounted"] += not accounted(report)
                    counts["not quiet when repeated"] += repeated and report.loaded > 0
    print(f"mutated rows of {len(SAMPLES)} sources: {dict(counts)}")


def main() -> None:
    """Run all drills, one after another."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--short", action="store_true", help="a twentieth of the mutated rows, a tenth of the kills")
    parser.add_argument("--store", choices=("duckdb", "neo4j"), default="duckdb", help="which store loads write to")
    parser.add_argument("--points", type=int, help="how many loads are killed at work")
    arguments = parser.parse_args()
    short = arguments.short
    points = arguments.points or (5 if short else 50)
    if arguments.store == "neo4j":
        with tempfile.TemporaryDirectory() as folder:
            server = Neo4jServer(Path(folder))
            try:
                server.start()
                kill_drill(points, _KILLED_ROWS, Database(server))
            finally:
                server.stop()
        return
    mutation_drill(5_000 if short else 100_000)
    disk_drill(20_000)
    kill_drill(points, _KILLED_ROWS)


if __name__ == "__main__":
    main()
