"""How requests reach the graph store: a server is held open, a file is held only while a request needs it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from threading import Condition, Lock
from typing import Final, Literal, Protocol

from graph_schema.errors import (
    ConfigError,
    DureError,
    StoreAuthError,
    StoreBusyError,
    StoreError,
    StoreSilentError,
    StoreUnavailableError,
)
from graph_schema.wording import Wording
from stores.base import GraphStore

_WAIT_S: Final = 5.0
"""So long a request waits in this process for others to let go of a file."""
_FROZEN_S: Final = 8.0
"""A use that has not come back after so long found a store that hangs: short of the ten seconds of a request."""
LOOK_S: Final = 1.0
"""Likewise a look, which a server that is well answers within milliseconds."""
_LATELY_S: Final = 1.0
"""What was used so lately need not be looked at: readiness is open to all, and costs a server one query a second."""

OpenStore = Callable[..., GraphStore]
"""Called as ``open_store(uri, read_only=...)``."""


StoreState = Literal["ready", "busy", "refused", "silent", "unavailable", "unknown"]
"""``silent``: no answer in time, as from a server that hangs or has too much to do; ``unavailable``: none is there."""
_STATES: Final[dict[type[StoreError], StoreState]] = {
    StoreBusyError: "busy",
    StoreAuthError: "refused",
    StoreSilentError: "silent",
    StoreError: "unavailable",
}


class StoreAccess(Protocol):
    """Lends the store to requests; raises only errors of the ``StoreError`` family."""

    def reading(self) -> AbstractContextManager[GraphStore]:
        """Lend the store for reading."""
        ...

    def writing(self) -> AbstractContextManager[GraphStore]:
        """Lend the store for writing."""
        ...

    def close(self) -> None:
        """Let go of what is held."""
        ...


def store_access(uri: str, opener: OpenStore) -> WatchedAccess:
    """Choose how to reach the store at ``uri``; nothing is opened yet."""
    if uri.startswith(("bolt", "neo4j")):
        return WatchedAccess(ServerAccess(uri, opener), may_hang=True)
    return WatchedAccess(FileAccess(uri, opener))


class WatchedAccess:
    """Lends what another access lends, and remembers how that went, so that readiness need not wait for the store.

    What ``may_hang`` without a word, as a server may and a file may not, is to be looked at where nobody uses it.
    """

    def __init__(self, access: StoreAccess, *, may_hang: bool = False) -> None:
        self._access = access
        self._may_hang = may_hang
        self._last: StoreState = "unknown"
        self._lock = Lock()
        self._expected: dict[object, float] = {}
        self._left = float("-inf")

    @property
    def state(self) -> StoreState:
        """How the last use went, unknown before the first; silent while one does not come back."""
        with self._lock:
            first = min(self._expected.values(), default=float("inf"))
        return "silent" if first < time.monotonic() else self._last

    @property
    def unused(self) -> bool:
        """Whether a look would show what no use does: it may hang, nobody uses it, and nobody did lately."""
        with self._lock:
            return self._may_hang and not self._expected and self._left + _LATELY_S < time.monotonic()

    @contextmanager
    def reading(self) -> Iterator[GraphStore]:
        """Lend the store for reading."""
        with self._watched(), self._access.reading() as store:
            yield store

    @contextmanager
    def writing(self) -> Iterator[GraphStore]:
        """Lend the store for writing."""
        with self._watched(), self._access.writing() as store:
            yield store

    def close(self) -> None:
        """Let go of what is held."""
        self._access.close()

    def look(self) -> None:
        """Use the store once, so that its state is known."""
        with suppress(StoreError), self._watched(LOOK_S), self._access.reading() as store:
            store.schema_version()

    @contextmanager
    def _watched(self, within_s: float = _FROZEN_S) -> Iterator[None]:
        use = object()
        with self._lock:
            self._expected[use] = time.monotonic() + within_s
        try:
            yield
        except DureError as error:
            # What was asked for may be absent though the store is well.
            self._last = next((state for kind, state in _STATES.items() if isinstance(error, kind)), "ready")
            raise
        finally:
            with self._lock:
                del self._expected[use]
                self._left = time.monotonic()
        self._last = "ready"


def _opened(opener: OpenStore, uri: str, *, read_only: bool = False) -> GraphStore:
    """Open the store; a setting that is wrong makes the store unavailable, not the whole server."""
    try:
        return opener(uri, read_only=read_only)
    except ConfigError as error:
        raise StoreUnavailableError(error.wording) from error


class ServerAccess:
    """A store behind a server: opened on first use, opened again after it failed, shared by all threads."""

    def __init__(self, uri: str, opener: OpenStore) -> None:
        self._uri = uri
        self._opener = opener
        self._lock = Lock()
        self._store: GraphStore | None = None

    @contextmanager
    def reading(self) -> Iterator[GraphStore]:
        """Lend the one open store."""
        with self._lock:
            if self._store is None:
                self._store = _opened(self._opener, self._uri)
            store = self._store
        yield store

    writing = reading

    def close(self) -> None:
        """Close the connections."""
        with self._lock:
            if self._store is not None:
                self._store.close()
                self._store = None


class FileAccess:
    """A store in one file, opened for each use and closed after it, so that ``dure load`` finds it free in between.

    Within this process any number may read at a time, or one may write: DuckDB opens a file one way only. Who waits
    to write goes before new readers.
    """

    def __init__(self, uri: str, opener: OpenStore) -> None:
        self._uri = uri
        self._opener = opener
        self._changed = Condition()
        self._readers = 0
        self._writing = False
        self._writers_waiting = 0

    @contextmanager
    def reading(self) -> Iterator[GraphStore]:
        """Open the file read-only."""
        with self._changed:
            self._wait(lambda: not self._writing and not self._writers_waiting)
            self._readers += 1
        try:
            with _opened(self._opener, self._uri, read_only=True) as store:
                yield store
        finally:
            with self._changed:
                self._readers -= 1
                self._changed.notify_all()

    @contextmanager
    def writing(self) -> Iterator[GraphStore]:
        """Open the file for writing, alone."""
        with self._changed:
            self._writers_waiting += 1
            try:
                self._wait(lambda: not self._writing and not self._readers)
            finally:
                self._writers_waiting -= 1
                self._changed.notify_all()
            self._writing = True
        try:
            with _opened(self._opener, self._uri) as store:
                yield store
        finally:
            with self._changed:
                self._writing = False
                self._changed.notify_all()

    def close(self) -> None:
        """Nothing is held between uses."""

    def _wait(self, free: Callable[[], bool]) -> None:
        start = time.monotonic()
        if not self._changed.wait_for(free, _WAIT_S):
            waited = time.monotonic() - start
            raise StoreBusyError(
                Wording(
                    f"{self._uri}: 다른 요청들이 {waited:.0f}초 동안 쓰고 있었습니다. 다시 요청하거나 Neo4j로 "
                    "서비스하십시오",
                    f"other requests held {self._uri} for {waited:.0f} s; try again, or serve from Neo4j",
                )
            )
