"""How requests share a store: a file among readers and writers, a server by one open connection."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api import store_access as module
from api.app import Openers
from api.settings import ApiSettings
from api.store_access import FileAccess, ServerAccess, store_access
from graph_schema.catalog import node_type
from graph_schema.columns import table_from_columns
from graph_schema.errors import NotFoundError, StoreBusyError, StoreUnavailableError
from graph_schema.wording import Wording
from stores.base import GraphStore
from stores.opening import open_store


def test_the_scheme_decides_how_a_store_is_reached() -> None:
    for uri, kind in {
        "duckdb:///x": FileAccess,
        "graph.duckdb": FileAccess,
        "bolt://x": ServerAccess,
        "neo4j+s://x": ServerAccess,
    }.items():
        assert isinstance(store_access(uri, open_store)._access, kind)


def test_a_file_that_is_not_there_is_unavailable_and_not_made(tmp_path: Path) -> None:
    access = store_access(ApiSettings(home=tmp_path, store=None).store_uri, Openers().store)
    assert access.state == "unknown"
    for lend in (access.reading, access.writing):
        with pytest.raises(StoreUnavailableError, match="dure migrate"), lend():
            pass
    assert access.state == "unavailable"
    assert list(tmp_path.iterdir()) == []


def test_readers_and_writers_of_one_process_take_turns_and_lose_nothing(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB refuses to open one file both ways at a time, so without turns this fails."""
    monkeypatch.setattr(module, "_WAIT_S", 60.0)
    access = store_access(f"duckdb:///{home / 'graph.duckdb'}", open_store)
    topic = node_type("Topic")

    def write(number: int) -> None:
        with access.writing() as store:
            store.upsert_nodes(topic, table_from_columns(topic, {"id": [f"t{number}"], "name": ["n"]}, source="test"))

    def read(_: int) -> int:
        with access.reading() as store:
            return store.counts().nodes["Company"]

    with ThreadPoolExecutor(4) as pool:
        counted, _ = list(pool.map(read, range(8))), list(pool.map(write, range(4)))
    assert counted == [3] * 8
    with access.reading() as store:
        assert store.counts().nodes["Topic"] == 4


def test_who_waits_too_long_is_told_that_the_store_is_busy(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_WAIT_S", 0.05)
    access = store_access(f"duckdb:///{home / 'graph.duckdb'}", open_store)
    inside, leave = threading.Event(), threading.Event()

    def hold() -> None:
        with access.reading():
            inside.set()
            leave.wait(60)

    with ThreadPoolExecutor(1) as pool:
        holding = pool.submit(hold)
        assert inside.wait(60)
        with pytest.raises(StoreBusyError), access.writing():
            pass
        with access.reading():  # a second reader is welcome, also after a writer gave up
            pass
        leave.set()
        holding.result()
    with access.writing():
        pass


def test_a_server_that_was_down_is_tried_again_and_then_kept_open(home: Path) -> None:
    tries: list[str] = []

    def opener(uri: str, *, read_only: bool = False) -> GraphStore:
        tries.append(uri)
        if len(tries) == 1:
            raise StoreUnavailableError(Wording("중단", f"down {read_only}"))
        return open_store(f"duckdb:///{home / 'graph.duckdb'}")

    access = store_access("bolt://somewhere", opener)
    with pytest.raises(StoreUnavailableError), access.reading():
        pass
    with access.reading() as first, access.writing() as second:
        assert first is second
    access.close()
    access.close()
    assert tries == ["bolt://somewhere"] * 2


def test_the_state_is_that_of_the_last_use(home: Path) -> None:
    held = True

    def opener(uri: str, *, read_only: bool = False) -> GraphStore:
        if held:
            raise StoreBusyError(Wording("사용 중", "held by another process"))
        return open_store(uri, read_only=read_only)

    access = store_access(f"duckdb:///{home / 'graph.duckdb'}", opener)
    access.look()
    assert access.state == "busy"
    held = False
    access.look()
    assert access.state == "ready"
    with pytest.raises(NotFoundError), access.reading():
        raise NotFoundError(Wording("그런 노드 없음", "no such node, in a store that is well"))
    assert access.state == "ready"


def test_a_server_that_nobody_uses_is_looked_at_and_one_that_hangs_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """One look at a time, none beside a use or right after one, and none at a file, which a load may want."""
    monkeypatch.setattr(module, "LOOK_S", 0.0)
    monkeypatch.setattr(module, "_LATELY_S", 0.0)
    inside, leave = threading.Event(), threading.Event()

    def hang(uri: str, *, read_only: bool = False) -> GraphStore:
        inside.set()
        leave.wait(60)
        raise StoreUnavailableError(Wording("중단", f"{uri} says nothing {read_only}"))

    access = store_access("bolt://somewhere", hang)
    assert access.unused
    assert not store_access("duckdb:///somewhere", hang).unused
    with ThreadPoolExecutor(1) as pool:
        looking = pool.submit(access.look)
        assert inside.wait(60)
        assert not access.unused
        time.sleep(0.01)  # the clock has gone on, past the look's moment
        assert access.state == "silent"
        leave.set()
        looking.result()
    assert access.state == "unavailable"
    monkeypatch.setattr(module, "_LATELY_S", 3600.0)
    assert not access.unused
