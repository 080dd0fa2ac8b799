"""A load that is killed, cut off by a full disk or kept from its store leaves nothing half done, and tells why."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

from benchmarks.load_drills import (
    SAMPLES,
    accounted,
    graph_of,
    killed_and_repeated,
    leftovers,
    run_load,
    start_load,
    write_mutated,
)
from benchmarks.load_registers import write_companies
from loaders.frame import load
from loaders.registry import SOURCES
from stores.embedded import EmbeddedStore

STORE_FAILED = 5
ROWS = 600


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("file") / "companies.csv"
    write_companies(found, ROWS)
    return found


class Undisturbed(NamedTuple):
    """What a load gives that nothing interrupts, and how many seconds it takes here."""

    graph: dict[str, str]
    lasts_s: float


@pytest.fixture(scope="module")
def undisturbed(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    home = tmp_path_factory.mktemp("clean")
    began = time.perf_counter()
    run_load(home, path)
    lasts_s = time.perf_counter() - began
    return Undisturbed(graph_of(home), lasts_s)


@pytest.mark.parametrize("share", [0.6, 0.8, 0.95])
def test_a_killed_load_repeated_gives_the_same_graph_and_leaves_nothing(
    share: float, path: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    killed = killed_and_repeated(tmp_path, path, share * undisturbed.lasts_s) is None
    lists = [*tmp_path.rglob("companies-*Z.csv")]

    assert graph_of(tmp_path) == undisturbed.graph
    assert leftovers(tmp_path) == []
    assert len({each.read_bytes() for each in lists}) == 1  # whole, whichever load wrote it
    # Of the same bad rows the later list alone stays; one that was killed between its files is no whole list.
    assert len(lists) in ({1, 2} if killed else {1})


def test_a_disk_that_is_full_is_told_and_the_load_goes_on_with_room(
    path: Path, undisturbed: Undisturbed, tmp_path: Path
) -> None:
    full = start_load(tmp_path, path, largest_file=20_000)
    _, told = full.communicate()

    assert full.returncode == STORE_FAILED
    assert "graph.duckdb cannot be read or written" in " ".join(told.split()) or "cannot be opened" in told
    assert "Traceback" not in told
    assert [*tmp_path.rglob("companies-*")] == []
    run_load(tmp_path, path)
    assert graph_of(tmp_path) == undisturbed.graph
    assert leftovers(tmp_path) == []


def test_a_store_that_another_process_holds_is_told(path: Path, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "graph.duckdb"):
        busy = start_load(tmp_path, path)
        _, told = busy.communicate()

    assert busy.returncode == STORE_FAILED
    assert "is held by another process" in " ".join(told.split())
    assert [*tmp_path.rglob("companies-*")] == []


def test_a_store_that_may_not_be_written_is_told_and_nothing_waits(path: Path, tmp_path: Path) -> None:
    with EmbeddedStore(tmp_path / "graph.duckdb") as store:
        store.migrate()
    code = (
        "import sys; from pathlib import Path; from loaders.frame import load; from loaders.registry import SOURCES; "
        "from stores.embedded import EmbeddedStore; home = Path(sys.argv[1]); "
        "load(SOURCES['companies'], [Path(sys.argv[2])], EmbeddedStore(home / 'graph.duckdb', read_only=True), "
        "quarantine_dir=home / 'q')"
    )
    command = [sys.executable, "-c", code, tmp_path, path]
    run = subprocess.run(command, capture_output=True, text=True, check=False)

    assert "was opened read-only" in run.stderr
    assert leftovers(tmp_path) == []
    assert [*tmp_path.rglob("*.csv")] == []


def test_every_source_is_drilled() -> None:
    assert SAMPLES.keys() == SOURCES.keys()


@pytest.mark.parametrize("source", SAMPLES)
def test_mutated_rows_are_all_accounted_for(source: str, store: EmbeddedStore, tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    write_mutated(path, source, 60, random.Random(source))  # noqa: S311 - no secret
    report = load(SOURCES[source], [path], store, quarantine_dir=tmp_path / "q")

    assert report.read > 0
    assert accounted(report)
