"""One DuckDB file shared by threads: a cursor for each use, one writer at a time, errors translated."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock, RLock
from typing import Final
from weakref import WeakValueDictionary

import duckdb
import pyarrow as pa

from graph_schema.errors import StoreBusyError, StoreError, StoreUnavailableError
from graph_schema.wording import Wording
from stores.common import opened_read_only

_CONFIG: Final = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "1GB",
    "checkpoint_threshold": "64MB",
    "max_vacuum_tasks": "0",
}
_KEPT_PAGES: Final = "SET memory_limit = '128MB'"
_ALL_PAGES: Final = f"SET memory_limit = '{_CONFIG['memory_limit']}'"
_MERGING: Final = "RESET GLOBAL max_vacuum_tasks"
_RETRY_PAUSE_S: Final = 0.1
"""Another process holds the file for one command at least; ten looks a second cost nothing."""


class _WriteLock:
    """A lock that a weak dictionary can hold."""

    def __init__(self) -> None:
        self.lock = RLock()


_registry_lock: Final = Lock()
_write_locks: Final[WeakValueDictionary[Path, _WriteLock]] = WeakValueDictionary()


class _Stream:
    """An answer being read, which another thread may end."""

    def __init__(self, reader: pa.RecordBatchReader) -> None:
        self._reader: pa.RecordBatchReader | None = reader
        self._lock = Lock()
        self.cut_off = False

    def next(self) -> pa.RecordBatch | None:
        with self._lock:
            return None if self._reader is None else next(self._reader, None)

    def close(self) -> None:
        with self._lock:
            if self._reader is not None:
                self._reader.close()
                self._reader = None


class DatabaseFile:
    """An open DuckDB file.

    DuckDB lets one process hold the file for writing; within it, writers queue here, so that no transaction conflicts
    with another and readers never wait.
    """

    def __init__(self, path: Path, *, read_only: bool = False, wait_s: float = 3.0) -> None:
        self.path = path.absolute()
        self.read_only = read_only
        self._guard = Lock()
        self._cursors: set[duckdb.DuckDBPyConnection] = set()
        self._streams: set[_Stream] = set()
        with _registry_lock:
            self._writer = _write_locks.setdefault(self.path.resolve(), _WriteLock())
        self._root: duckdb.DuckDBPyConnection | None = _connect(self.path, read_only=read_only, wait_s=wait_s)

    @contextmanager
    def reading(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor for one reading use; it sees the last committed state."""
        cursor = self._cursor()
        try:
            with translated(self.path):
                yield cursor
        finally:
            self._give_back(cursor)

    @contextmanager
    def writing(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Lend a cursor within one transaction: committed at the end, rolled back on any error."""
        if self.read_only:
            raise StoreError(opened_read_only(self.path))
        with self._writer.lock, self.reading() as cursor:
            cursor.begin()
            try:
                yield cursor
                cursor.commit()
            except BaseException:
                with suppress(duckdb.Error):  # a disk that is full has ended the transaction already
                    cursor.rollback()
                raise

    def stream(self, query: str, batch_rows: int) -> Iterator[pa.RecordBatch]:
        """Yield the answer of ``query`` in batches; closing the file ends it with an error."""
        with self.reading() as cursor:
            stream = _Stream(cursor.sql(query).to_arrow_reader(batch_rows))
            with self._guard:
                self._streams.add(stream)
            try:
                while (batch := stream.next()) is not None:
                    yield batch
            finally:
                stream.close()
                with self._guard:
                    self._streams.discard(stream)
            if stream.cut_off:
                raise StoreError(
                    Wording(
                        f"{self.path}: 읽는 동안 저장소가 닫혔습니다. 다시 여십시오",
                        f"{self.path} was closed while it was being read; open the store again",
                    )
                )

    def merge_row_groups(self) -> None:
        """Have checkpoints from now on merge what is left of row groups, after rows of them were deleted.

        Until then they do not, since merging holds all rows of a group at once, however long their texts are.
        """
        with self.reading() as cursor:
            cursor.execute(_MERGING)

    def shed_pages(self) -> None:
        """Let go of pages that are cached beyond 128 MB, which would pile up to the limit while much is written."""
        with self.reading() as cursor:
            # A reader may hold more than that at the moment.
            with suppress(duckdb.OutOfMemoryException):
                cursor.execute(_KEPT_PAGES)
            cursor.execute(_ALL_PAGES)

    def close(self) -> None:
        """Close the file; streams that are still open end with an error."""
        with self._guard:
            # A stream that is only forgotten would keep the file open, and opening it again would wait for ever.
            for stream in self._streams:
                stream.cut_off = True
                stream.close()
            self._streams.clear()
            for cursor in self._cursors:
                cursor.close()
            self._cursors.clear()
            if self._root is not None:
                self._root.close()
                self._root = None

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        with self._guard:
            if self._root is None:
                raise StoreError(
                    Wording(
                        f"{self.path}: 닫힌 저장소입니다. 다시 여십시오",
                        f"{self.path} was closed; open the store again",
                    )
                )
            cursor = self._root.cursor()
            self._cursors.add(cursor)
        return cursor

    def _give_back(self, cursor: duckdb.DuckDBPyConnection) -> None:
        with self._guard:
            self._cursors.discard(cursor)
            cursor.close()


_FAILED_WRITE: Final = "write file"
"""What an error of a commit says, which is no ``IOException``, where the disk is full."""


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn DuckDB's errors into the ``StoreError`` family."""
    try:
        yield
    except duckdb.FatalException as error:
        raise StoreUnavailableError(
            Wording(
                f"{path}: 더는 쓸 수 없는 상태입니다({_first_line(error)}). 저장소를 닫고 다시 여십시오",
                f"{path} can no longer be used ({_first_line(error)}); close the store and open it again",
            )
        ) from error
    except duckdb.Error as error:
        if isinstance(error, duckdb.IOException) or _FAILED_WRITE in str(error):
            raise StoreUnavailableError(
                Wording(
                    f"{path}: 읽거나 쓸 수 없습니다({_first_line(error)}). 디스크가 찼는지, 파일이 그대로 "
                    "있는지 확인하십시오",
                    f"{path} cannot be read or written ({_first_line(error)}); see whether the disk is full or the "
                    "file is gone",
                )
            ) from error
        raise StoreError(
            Wording(
                f"{path}: DuckDB에서 오류가 났습니다({_first_line(error)})",
                f"{path}: {_first_line(error)}",
            )
        ) from error


def _connect(path: Path, *, read_only: bool, wait_s: float) -> duckdb.DuckDBPyConnection:
    """Open the file, waiting up to ``wait_s`` for another process to let go of it."""
    deadline = time.monotonic() + wait_s
    while True:
        try:
            return _configured(duckdb.connect(path, read_only=read_only, config=dict(_CONFIG)))
        except duckdb.IOException as error:
            if "lock on file" not in str(error):
                raise _unavailable(path, error) from error
            if time.monotonic() >= deadline:
                raise StoreBusyError(_held(path, error)) from error
        except duckdb.ConnectionException as error:
            raise StoreBusyError(
                Wording(
                    f"{path}: 이 프로세스가 이미 다른 방식(읽기 전용 또는 쓰기)으로 열고 있습니다. "
                    "먼저 닫거나 같은 방식으로 여십시오",
                    f"{path} is already open in this process, read-only or not where this asks for the other; "
                    "close it there first, or open it the same way",
                )
            ) from error
        except duckdb.Error as error:
            raise _unavailable(path, error) from error
        time.sleep(_RETRY_PAUSE_S)


def _configured(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Make times come back in UTC, wherever this machine is."""
    return connection.execute("SET GLOBAL TimeZone = 'UTC'")


def _unavailable(path: Path, error: duckdb.Error) -> StoreUnavailableError:
    if "not a valid DuckDB" in str(error):
        return StoreUnavailableError(
            Wording(
                f"{path}: DuckDB 파일이 아닙니다. 다른 경로를 적거나, 그 파일을 옮기고 새 저장소를 만드십시오",
                f"{path} is not a DuckDB file; name another path, or move that file away to start a new store",
            )
        )
    return StoreUnavailableError(
        Wording(
            f"{path}: 열 수 없습니다({_first_line(error)}). 경로가 맞는지, 폴더가 있고 쓸 수 있는지 확인하십시오",
            f"{path} cannot be opened ({_first_line(error)}); see that the path is right, its folder is there and may "
            "be written to",
        )
    )


def _held(path: Path, error: duckdb.Error) -> Wording:
    """Say who holds the file, by the ``PID 123`` in DuckDB's message."""
    _, _, rest = str(error).partition("(PID ")
    holder = f"PID {rest.partition(')')[0]}" if rest else ""
    return Wording(
        f"{path}: 다른 프로세스({holder or '알 수 없음'})가 쓰고 있습니다. 그 프로세스를 끝내거나, 그 프로세스를 통해 "
        "이용하거나, 파일을 복사하여 쓰십시오",
        f"{path} is held by another process ({holder or 'unknown'}); end that process, let it serve this "
        "one, or work on a copy of the file",
    )


def _first_line(error: duckdb.Error) -> str:
    return str(error).partition("\n")[0]
