"""What people did with recommendations, kept on disk before it is acknowledged, each event once."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Final

from graph_schema.errors import FeedbackUnavailableError

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS feedback (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL, client_id TEXT NOT NULL, event_id TEXT NOT NULL,
    received_at TEXT NOT NULL, digest TEXT NOT NULL,
    request_id TEXT NOT NULL, company TEXT, task TEXT NOT NULL, item TEXT NOT NULL, event TEXT NOT NULL,
    reason TEXT, rank INTEGER, occurred_at TEXT NOT NULL,
    UNIQUE (owner, client_id, event_id)
)
"""


class Receipt(StrEnum):
    """What became of an event."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    """The same event was stored before; nothing was written."""
    CONFLICT = "conflict"
    """Another event was stored under this id; the first one stays."""


@dataclass(frozen=True, slots=True)
class FeedbackEvent:
    """One event; (owner, ``client_id``, ``event_id``) is its identity. Codes only, no free text."""

    client_id: str
    event_id: str
    request_id: str
    company: str | None
    task: str
    item: str
    event: str
    reason: str | None
    rank: int | None
    occurred_at: str


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One stored event; ``sequence`` grows with time and serves as a page mark."""

    sequence: int
    received_at: str
    event: FeedbackEvent


_COLUMNS: Final = tuple(field.name for field in fields(FeedbackEvent))
_INSERT: Final = (
    f"INSERT INTO feedback (owner, received_at, digest, {', '.join(_COLUMNS)}) "  # noqa: S608 - names of our own class
    f"VALUES ({', '.join('?' * (len(_COLUMNS) + 3))}) ON CONFLICT DO NOTHING"
)
_SELECT: Final = f"SELECT sequence, received_at, {', '.join(_COLUMNS)} FROM feedback"  # noqa: S608 - as above


class FeedbackJournal:
    """An SQLite file in WAL mode; each commit is on disk before it returns. Safe for threads and processes.

    Opened on first use, and tried again at the next where it could not be: a server whose folder may not be written
    starts, and recommends. Methods raise ``FeedbackUnavailableError``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None

    @property
    def available(self) -> bool:
        """Whether the file can be opened now."""
        try:
            with self._lock, self._translated():
                return self._connection is not None
        except FeedbackUnavailableError:
            return False

    def append(self, owner: str, events: Sequence[FeedbackEvent]) -> list[Receipt]:
        """Store a batch in one transaction; return one receipt for each event, in their order."""
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                receipts = [self._append_one(owner, now, event) for event in events]
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
        return receipts

    def read(self, *, company: str | None = None, after: int = 0, limit: int = 100) -> list[JournalEntry]:
        """Return events in the order of their coming, after a sequence number; of one company where given."""
        with self._lock, self._translated():
            rows = self._connection.execute(
                f"{_SELECT} WHERE sequence > ? AND (? IS NULL OR company = ?) ORDER BY sequence LIMIT ?",
                (after, company, company, limit),
            ).fetchall()
        return [JournalEntry(row[0], row[1], FeedbackEvent(*row[2:])) for row in rows]

    def counts(self) -> dict[str, dict[str, int]]:
        """Count events by task and kind of event."""
        with self._lock, self._translated():
            rows = self._connection.execute(
                "SELECT task, event, count(*) FROM feedback GROUP BY task, event ORDER BY task, event"
            ).fetchall()
        counts: dict[str, dict[str, int]] = {}
        for task, event, count in rows:
            counts.setdefault(task, {})[event] = count
        return counts

    def close(self) -> None:
        """Close the file; may be called twice."""
        with self._lock:
            if self._opened is not None:
                self._opened.close()
                self._opened = None

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._opened is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            connection = sqlite3.connect(self._path, timeout=10, isolation_level=None, check_same_thread=False)
            try:
                for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", _SCHEMA):
                    connection.execute(statement)
            except sqlite3.Error:
                connection.close()
                raise
            self._opened = connection
        return self._opened

    def _append_one(self, owner: str, now: str, event: FeedbackEvent) -> Receipt:
        digest = hashlib.sha256(json.dumps(asdict(event), sort_keys=True).encode()).hexdigest()
        if self._connection.execute(_INSERT, (owner, now, digest, *astuple(event))).rowcount:
            return Receipt.STORED
        (stored,) = self._connection.execute(
            "SELECT digest FROM feedback WHERE owner = ? AND client_id = ? AND event_id = ?",
            (owner, event.client_id, event.event_id),
        ).fetchone()
        return Receipt.DUPLICATE if stored == digest else Receipt.CONFLICT

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            raise FeedbackUnavailableError(
                f"feedback cannot be kept in {self._path} ({error}); see whether the disk is full or may not be written"
            ) from error
