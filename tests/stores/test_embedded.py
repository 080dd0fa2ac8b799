"""The embedded store keeps the contract, and what is special to a file."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import duckdb
import pytest

from graph_schema.catalog import ELEMENT_TYPES, NODE_TYPES, RELATION_TYPES
from graph_schema.errors import StoreBusyError, StoreError, StoreUnavailableError
from graph_schema.migrations import MIGRATIONS, Migration
from graph_schema.model import NodeRef
from stores import database_file
from stores.base import BATCH_ROWS, GraphStore
from stores.embedded import EmbeddedStore
from tests.stores.check_contract import CheckContract
from tests.stores.contract import (
    CO_FILED,
    COMPANY,
    LOADED,
    GraphStoreContract,
    Reopen,
    companies,
    nodes_of,
    relationships,
    relationships_of,
    rows_of,
)
from tests.stores.one_node_contract import OneNodeContract
from tests.stores.search_contract import SearchContract

ROOT = Path(__file__).resolve().parents[2]


class TestEmbeddedStore(GraphStoreContract, SearchContract, CheckContract, OneNodeContract):
    """The contract on a DuckDB file."""

    @pytest.fixture
    def store(self, embedded: EmbeddedStore) -> EmbeddedStore:
        return embedded

    @pytest.fixture
    def reopen(self, store: EmbeddedStore, database: Path) -> Reopen:
        def again() -> EmbeddedStore:
            store.close()
            return EmbeddedStore(database)

        return again

    def plant_version(self, store: GraphStore, number: int) -> None:
        assert isinstance(store, EmbeddedStore)
        with store._file.writing() as cursor:
            cursor.execute("INSERT INTO dure_migration VALUES (?, 'newer', now())", [number])


def run_python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Start another Python process of this project that runs ``code``."""
    command = [sys.executable, "-c", textwrap.dedent(code), *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def line_of(stream: IO[str] | None) -> str:
    assert stream is not None
    return stream.readline().strip()


@pytest.fixture
def holder(database: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the file with one committed company and one that it never commits."""
    process = run_python(
        """
        import sys, time
        from stores.embedded import EmbeddedStore
        from tests.stores.contract import COMPANY, companies
        store = EmbeddedStore(sys.argv[1])
        store.migrate()
        store.upsert_nodes(COMPANY, companies("kept"))
        with store._file.writing() as cursor:
            cursor.execute('UPDATE "Company" SET name = \\'half done\\'')
            print("holding", flush=True)
            time.sleep(600)
        """,
        database,
    )
    assert line_of(process.stdout) == "holding"
    yield process
    process.kill()
    process.communicate()


def test_a_file_held_by_another_process_is_busy(database: Path, holder: subprocess.Popen[str]) -> None:
    """The message names the process and what to do."""
    with pytest.raises(StoreBusyError, match=rf"PID {holder.pid}.*; end that process"):
        EmbeddedStore(database)


def test_a_killed_writer_leaves_the_last_committed_state(database: Path, holder: subprocess.Popen[str]) -> None:
    holder.send_signal(signal.SIGKILL)
    holder.wait()
    with EmbeddedStore(database) as store:
        assert nodes_of(store, COMPANY) == companies("kept").to_pylist()


def test_a_file_let_go_of_in_time_is_opened(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening waits a little for another process, which ends here while it waits, however busy the machine is."""
    process = run_python(
        """
        import sys
        from stores.embedded import EmbeddedStore
        with EmbeddedStore(sys.argv[1]) as store:
            print("holding", flush=True)
            sys.stdin.read()
        """,
        database,
    )
    assert line_of(process.stdout) == "holding"
    waited = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        process.communicate()

    monkeypatch.setattr(database_file, "time", SimpleNamespace(monotonic=time.monotonic, sleep=sleep))
    with EmbeddedStore(database) as store:
        assert store.schema_version() == 0
    assert len(waited) == 1
    assert 0 < waited[0] < 1


def test_a_read_only_store_reads_and_refuses_to_write(database: Path, embedded: EmbeddedStore) -> None:
    embedded.upsert_nodes(COMPANY, companies("a"))
    embedded.close()
    with EmbeddedStore(database, read_only=True) as store, EmbeddedStore(database, read_only=True) as other:
        assert nodes_of(store, COMPANY) == nodes_of(other, COMPANY) == companies("a").to_pylist()
        with pytest.raises(StoreError, match="read-only"):
            store.upsert_nodes(COMPANY, companies("b"))
        with pytest.raises(StoreError, match="read-only"):
            store.delete_node(NodeRef("Company", "a"))


@pytest.mark.usefixtures("embedded")
def test_one_process_may_not_open_a_file_in_both_ways(database: Path) -> None:
    with pytest.raises(StoreBusyError, match="already open in this process"):
        EmbeddedStore(database, read_only=True)


def test_two_stores_of_one_process_share_the_file(database: Path, embedded: EmbeddedStore) -> None:
    """Their writers queue, so that neither makes a node twice."""
    with EmbeddedStore(database) as other:
        assert embedded.upsert_nodes(COMPANY, companies("a")).tolist() == [1]
        assert other.upsert_nodes(COMPANY, companies("a")).tolist() == [0]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("no database\n" * 1_000)
    with pytest.raises(StoreUnavailableError, match="is not a DuckDB file; name another path"):
        EmbeddedStore(path)
    assert path.read_text().startswith("no database")


@pytest.mark.parametrize("name", [".", "missing/graph.duckdb"])
def test_a_path_that_cannot_hold_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreUnavailableError, match="see that the path is right"):
        EmbeddedStore(tmp_path / name)


def test_a_missing_file_is_not_made_for_reading(database: Path) -> None:
    with pytest.raises(StoreUnavailableError):
        EmbeddedStore(database, read_only=True)
    assert not database.exists()


def test_work_before_migrating_says_how_to_migrate(database: Path) -> None:
    with EmbeddedStore(database) as store:
        assert store.schema_version() == 0
        with pytest.raises(StoreError, match="run `dure migrate --store duckdb://"):
            store.counts()
        with pytest.raises(StoreError, match="dure migrate"):
            next(store.read_nodes(COMPANY))


def test_a_table_that_several_migrations_name_is_made_once(database: Path) -> None:
    steps: list[tuple[int, int | None]] = []
    with EmbeddedStore(database) as store:
        assert store.migrate(lambda _, done, total: steps.append((done, total))) == [each.name for each in MIGRATIONS]
    assert steps == [(done, len(ELEMENT_TYPES)) for done in range(len(ELEMENT_TYPES))]


def test_a_later_migration_adds_a_column_and_keeps_the_rows(database: Path, embedded: EmbeddedStore) -> None:
    """A property that the catalog gained is null in old rows, which still count as unchanged when loaded again."""
    embedded.upsert_nodes(COMPANY, companies("a", "b"))
    embedded.close()
    with duckdb.connect(database) as connection:
        connection.execute('ALTER TABLE "Company" DROP COLUMN certificates')
    later = (*MIGRATIONS, Migration(len(MIGRATIONS) + 1, "9999 certificates", ("Company",)))
    with EmbeddedStore(database, migrations=later) as store:
        assert store.migrate() == ["9999 certificates"]
        assert store.migrate() == []
        assert store.schema_version() == len(later)
        assert nodes_of(store, COMPANY) == companies("a", "b").to_pylist()
        assert store.upsert_nodes(COMPANY, companies("a", "b", certificates=[None, ["벤처"]])).tolist() == [0, 1]


def test_migrating_fills_the_search_text_of_what_is_there(database: Path, embedded: EmbeddedStore) -> None:
    """A file of the first version, its rows more than a batch, is searched as a new one; its rows stay unchanged."""
    rows = companies(*(f"c{i:05d}" for i in range(BATCH_ROWS + 5)), name=["KDB산업은행"] * (BATCH_ROWS + 5))
    embedded.upsert_nodes(COMPANY, rows)
    embedded.close()
    with duckdb.connect(database) as connection:
        for node in NODE_TYPES:
            connection.execute(f'ALTER TABLE "{node.name}" DROP COLUMN search_text')
        connection.execute("DELETE FROM dure_migration WHERE number > 1")
    with EmbeddedStore(database) as store:
        with pytest.raises(StoreError, match="0002 search text"):
            store.search("KDB")
        assert store.migrate() == [migration.name for migration in MIGRATIONS[1:]]
        assert len(store.search("KDB", limit=2 * BATCH_ROWS)) == BATCH_ROWS + 5
        assert not store.upsert_nodes(COMPANY, rows.slice(0, 10)).any()


def test_migrating_fills_the_first_day_of_what_is_there(database: Path, embedded: EmbeddedStore) -> None:
    """A file from before there was one: no day before the last change is known, and rows stay unchanged."""
    late = LOADED + timedelta(hours=15)
    embedded.upsert_nodes(COMPANY, rows_of(COMPANY, id=["a", "b"], name=["a", "b"], loaded_at=late))
    embedded.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b")))
    embedded.close()
    with duckdb.connect(database) as connection:
        for element in (*NODE_TYPES, *RELATION_TYPES):
            connection.execute(f'ALTER TABLE "{element.name}" DROP COLUMN first_seen')
        connection.execute("DELETE FROM dure_migration WHERE number > 9")
    with EmbeddedStore(database) as store:
        assert "0011 days of loads" in store.migrate()
        assert {row["first_seen"] for row in nodes_of(store, COMPANY)} == {date(2026, 3, 3)}
        assert {row["first_seen"] for row in relationships_of(store, CO_FILED)} == {date(2026, 3, 2)}
        assert not store.upsert_nodes(COMPANY, rows_of(COMPANY, id=["a", "b"], name=["a", "b"])).any()


def test_a_key_that_is_there_twice_and_an_end_that_is_not_are_refused(database: Path, embedded: EmbeddedStore) -> None:
    """Neither comes from loading; nor does a row that lost its name."""
    embedded.upsert_nodes(COMPANY, companies("a", "b", "c"))
    embedded.upsert_relationships(CO_FILED, relationships(CO_FILED, ("a", "b"), ("b", "c")))
    embedded.close()
    with duckdb.connect(database) as connection:
        table = f'"{CO_FILED.name}"'
        connection.execute(f"INSERT INTO {table} SELECT * FROM {table} WHERE src = 'a'")  # noqa: S608 - the catalog's name
        connection.execute("DELETE FROM \"Company\" WHERE id = 'c'")
        connection.execute("UPDATE \"Company\" SET name = NULL WHERE id = 'b'")
    with EmbeddedStore(database, read_only=True) as store:
        assert {(fault.place, fault.field, str(fault.reason)) for fault in store.check(adopt=True).refused} == {
            ("(Company:a)-[CO_FILED_WITH]->(Company:b)", "key", "is there 2 times"),
            ("(Company:b)-[CO_FILED_WITH]->(Company:c)", "dst", "is not in the store"),
            ("Company:b", "name", "is missing"),
        }


def test_the_file_keeps_when_it_was_migrated(database: Path, embedded: EmbeddedStore) -> None:
    embedded.close()
    with duckdb.connect(database) as connection:
        assert connection.execute(
            "SELECT number, name, applied_at <= now() AND applied_at > now() - INTERVAL 1 HOUR FROM dure_migration"
        ).fetchall() == [(migration.number, migration.name, True) for migration in MIGRATIONS]


def test_a_stream_is_cut_off_when_the_store_is_closed(embedded: EmbeddedStore) -> None:
    """Closing never hangs on a reader that was not read to its end."""
    embedded.upsert_nodes(COMPANY, companies(*(f"c{i:05d}" for i in range(25_000))))
    stream = embedded.read_nodes(COMPANY)
    next(stream)
    embedded.close()
    with pytest.raises(StoreError):
        list(stream)


def test_a_write_that_fails_leaves_nothing(embedded: EmbeddedStore) -> None:
    embedded.upsert_nodes(COMPANY, companies("a"))

    def interrupted() -> None:
        with embedded._file.writing() as cursor:
            cursor.execute('DELETE FROM "Company"')
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert nodes_of(embedded, COMPANY) == companies("a").to_pylist()


def cached_bytes(store: EmbeddedStore) -> int:
    """Return how much memory the pages take that are kept, without what a query or a transaction takes meanwhile."""
    pages = "SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory() WHERE tag NOT IN ('ALLOCATOR', 'TRANSACTION')"
    with store._file.reading() as cursor:
        row = cursor.execute(pages).fetchone()
    assert row is not None
    return int(row[0])


def test_a_write_lets_go_of_the_pages_that_pile_up(embedded: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Memory stays flat however much is written; what reads and writes may take stays as it was."""
    ids = [f"{i:040d}" for i in range(100_000)]
    embedded.upsert_nodes(COMPANY, companies(*ids))
    with embedded._file.reading() as cursor:
        cursor.execute("CHECKPOINT")
    assert len(nodes_of(embedded, COMPANY)) == len(ids)
    kept = cached_bytes(embedded) // 2
    monkeypatch.setattr("stores.database_file._KEPT_PAGES", f"SET memory_limit = '{kept}B'")

    embedded.upsert_nodes(COMPANY, companies("another"))

    assert cached_bytes(embedded) <= kept
    with embedded._file.reading() as cursor:
        assert cursor.execute("SELECT current_setting('memory_limit')").fetchone() == ("953.6 MiB",)


def test_a_write_does_not_mind_pages_that_cannot_be_let_go_of(
    embedded: EmbeddedStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A reader may hold more than would be kept."""
    embedded.upsert_nodes(COMPANY, companies(*map(str, range(5_000))))
    monkeypatch.setattr("stores.database_file._KEPT_PAGES", "SET memory_limit = '1B'")
    reading = embedded.read_nodes(COMPANY)
    next(reading)

    embedded.upsert_nodes(COMPANY, companies("another"))

    assert len(nodes_of(embedded, COMPANY)) == 5_001


def row_groups(database: Path) -> int:
    """Return how many row groups the companies of a closed store lie in."""
    with duckdb.connect(database, read_only=True) as connection:
        query = "SELECT count(DISTINCT row_group_id) FROM pragma_storage_info('Company')"
        found = connection.execute(query).fetchone()
    return int(found[0]) if found else 0


def test_row_groups_are_merged_only_once_rows_were_deleted(database: Path, embedded: EmbeddedStore) -> None:
    """Merging holds all texts of a row group at once, which a load of new rows alone has no need of."""
    embedded.close()
    for number in range(6):
        with EmbeddedStore(database) as store:
            store.upsert_nodes(COMPANY, companies(*(f"c{number}-{i}" for i in range(50))))
    assert row_groups(database) == 6

    with EmbeddedStore(database) as store:
        assert store.delete_node(NodeRef("Company", "c0-0")) == 1
        assert store.counts().nodes == {"Company": 299}
    assert row_groups(database) < 6
