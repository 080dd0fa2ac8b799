"""What people did with recommendations, kept on disk before it is acknowledged, each event once.

Nothing is changed or taken out: a withdrawal is a row of its own, by which its event counts no longer.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, astuple, dataclass, fields
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Final

from graph_schema.errors import FeedbackUnavailableError
from graph_schema.wording import Wording

_EVENTS: Final = """
CREATE TABLE IF NOT EXISTS feedback (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    owner TEXT NOT NULL, client_id TEXT NOT NULL, event_id TEXT NOT NULL,
    received_at TEXT NOT NULL, digest TEXT NOT NULL,
    request_id TEXT NOT NULL, company TEXT, task TEXT NOT NULL, item TEXT NOT NULL, event TEXT NOT NULL,
    reason TEXT, rank INTEGER, occurred_at TEXT NOT NULL,
    UNIQUE (owner, client_id, event_id)
)
"""
_WITHDRAWALS: Final = """
CREATE TABLE IF NOT EXISTS withdrawal (
    sequence INTEGER PRIMARY KEY REFERENCES feedback (sequence),
    withdrawn_at TEXT NOT NULL, "by" TEXT NOT NULL, reason TEXT NOT NULL
)
"""
_OF_A_COMPANY: Final = "CREATE INDEX IF NOT EXISTS feedback_company ON feedback (company, sequence)"
_TABLES: Final = (_EVENTS, _WITHDRAWALS, _OF_A_COMPANY)
MOST_SEQUENCE: Final = 2**53 - 1
"""The greatest number that JSON keeps exact everywhere; the file can hold more."""
EARLIEST: Final = datetime(2000, 1, 1, tzinfo=UTC)
"""Nothing can have happened before."""
_BUSY_S: Final = 10.0
"""Another process writes: so long it is waited for."""
_CLOCK_SKEW: Final = timedelta(days=1)


def can_have_happened(moment: datetime) -> bool:
    """Whether a moment with a time zone lies between ``EARLIEST`` and a day from now, since clocks differ."""
    return EARLIEST <= moment <= datetime.now(UTC) + _CLOCK_SKEW


class EventKind(StrEnum):
    """What happened to a result."""

    SHOWN = "shown"
    CLICKED = "clicked"
    APPLIED = "applied"
    ACCEPTED = "accepted"
    REJECTED = "rejected"


class RejectionReason(StrEnum):
    """Why a result was turned down; codes, so that they can be counted and learned from."""

    NOT_RELEVANT = "not_relevant"
    ALREADY_KNOWN = "already_known"
    NOT_ELIGIBLE = "not_eligible"
    DEADLINE_TOO_CLOSE = "deadline_too_close"
    TOO_COSTLY = "too_costly"
    TOO_FAR = "too_far"
    NO_CAPACITY = "no_capacity"
    WRONG_SIZE = "wrong_size"
    OTHER = "other"


class Receipt(StrEnum):
    """What became of an event."""

    STORED = "stored"
    DUPLICATE = "duplicate"
    """The same event was stored before; nothing was written."""
    CONFLICT = "conflict"
    """Another event was stored under this id; the first one stays."""


class WithdrawalReceipt(StrEnum):
    """What became of a withdrawal."""

    WITHDRAWN = "withdrawn"
    ALREADY_WITHDRAWN = "already_withdrawn"
    """It was withdrawn before; the first withdrawal stays."""
    UNKNOWN = "unknown"
    """There is no event of this number."""


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
    withdrawn_at: str | None
    event: FeedbackEvent


_COLUMNS: Final = tuple(field.name for field in fields(FeedbackEvent))
_INSERT: Final = (
    f"INSERT INTO feedback (owner, received_at, digest, {', '.join(_COLUMNS)}) "  # noqa: S608 - names of our own class
    f"VALUES ({', '.join('?' * (len(_COLUMNS) + 3))}) ON CONFLICT DO NOTHING"
)
# Whatever another program wrote into the file, what is read has the types that we promise.
_TYPED: Final = ", ".join(f"CAST(feedback.{name} AS {'INTEGER' if name == 'rank' else 'TEXT'})" for name in _COLUMNS)
_SELECT: Final = (
    f"SELECT sequence, CAST(received_at AS TEXT), withdrawn_at, {_TYPED} "  # noqa: S608 - as above
    "FROM feedback LEFT JOIN withdrawal USING (sequence)"
)
_COUNT: Final = (
    "SELECT CAST(task AS TEXT) AS name, CAST(event AS TEXT) AS kind, count(*) FROM feedback "
    "WHERE sequence NOT IN (SELECT sequence FROM withdrawal) GROUP BY name, kind ORDER BY name, kind"
)
_WITHDRAW: Final = (
    'INSERT INTO withdrawal (sequence, withdrawn_at, "by", reason) '
    "SELECT sequence, ?, ?, ? FROM feedback WHERE sequence = ? ON CONFLICT DO NOTHING"
)


class FeedbackJournal:
    """An SQLite file in WAL mode; each commit is on disk before it returns. Safe for threads and processes.

    Opened on first use, and tried again at the next where it could not be: a server whose folder may not be written
    starts, and recommends. Methods raise ``FeedbackUnavailableError``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._opened: sqlite3.Connection | None = None
        self.available = True
        """Whether the last use went well; True before the first."""

    def look(self) -> None:
        """Open the file where it is not open yet, so that ``available`` is known."""
        with suppress(FeedbackUnavailableError), self._lock, self._translated():
            assert self._connection

    def append(self, owner: str, events: Sequence[FeedbackEvent]) -> list[Receipt]:
        """Store a batch in one transaction; return one receipt for each event, in their order."""
        now = _now()
        with self._transaction():
            return [self._append_one(owner, now, event) for event in events]

    def withdraw(self, sequences: Sequence[int], *, by: str, reason: str) -> list[WithdrawalReceipt]:
        """Withdraw events by their numbers, of at most ``MOST_SEQUENCE``, in one transaction; one receipt for each.

        ``by`` and ``reason`` are kept with the withdrawal. A withdrawn event that is sent again is a duplicate.
        """
        now = _now()
        with self._transaction():
            return [self._withdraw_one(sequence, now, by, reason) for sequence in sequences]

    def read(
        self,
        *,
        company: str | None = None,
        task: str | None = None,
        after: int = 0,
        limit: int = 100,
        withdrawn: bool = True,
    ) -> list[JournalEntry]:
        """Return events in the order of their coming, after a sequence number; of one company or task where given.

        Without ``withdrawn``, only those that still count.
        """
        # A condition that names no company would keep SQLite from the index of companies.
        named = {"company": company, "task": task}
        conditions = [f"{name} = :{name}" for name, value in named.items() if value is not None]
        where = " AND ".join(["sequence > :after", *conditions, *([] if withdrawn else ["withdrawn_at IS NULL"])])
        with self._lock, self._translated():
            rows = self._connection.execute(
                f"{_SELECT} WHERE {where} ORDER BY sequence LIMIT :limit", named | {"after": after, "limit": limit}
            ).fetchall()
        return [JournalEntry(row[0], row[1], row[2], FeedbackEvent(*row[3:])) for row in rows]

    def counts(self) -> dict[str, dict[str, int]]:
        """Count events that were not withdrawn, by task and kind of event."""
        with self._lock, self._translated():
            rows = self._connection.execute(_COUNT).fetchall()
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
            connection = sqlite3.connect(self._path, timeout=_BUSY_S, isolation_level=None, check_same_thread=False)
            # A text that is no UTF-8 must not keep the rest from being read.
            connection.text_factory = lambda raw: raw.decode(errors="replace")
            try:
                _prepare(connection)
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

    def _withdraw_one(self, sequence: int, now: str, by: str, reason: str) -> WithdrawalReceipt:
        if self._connection.execute(_WITHDRAW, (now, by, reason, sequence)).rowcount:
            return WithdrawalReceipt.WITHDRAWN
        known = self._connection.execute("SELECT 1 FROM withdrawal WHERE sequence = ?", (sequence,)).fetchone()
        return WithdrawalReceipt.ALREADY_WITHDRAWN if known else WithdrawalReceipt.UNKNOWN

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._lock, self._translated():
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    self._connection.execute("ROLLBACK")
                raise

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            self.available = False
            raise FeedbackUnavailableError(
                Wording(
                    f"{self._path}: 피드백을 저장할 수 없습니다({error}). 디스크가 찼는지, 쓸 권한이 있는지 "
                    "확인하십시오",
                    f"feedback cannot be kept in {self._path} ({error}); see whether the disk is full or may not be "
                    "written",
                )
            ) from error
        self.available = True


def _prepare(connection: sqlite3.Connection) -> None:
    """Make what a new file lacks; several that open one at once wait for each other.

    SQLite turns away at once, whatever its timeout, who would switch the write-ahead log on or off beside another.
    """
    until = time.monotonic() + _BUSY_S
    while True:
        try:
            for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *_TABLES):
                connection.execute(statement)
        except sqlite3.OperationalError as error:
            if not error.sqlite_errorname.startswith("SQLITE_BUSY") or time.monotonic() > until:
                raise
            time.sleep(0.01)
        else:
            return


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
