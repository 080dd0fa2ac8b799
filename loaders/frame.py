"""The frame of every load: read, validate, transform, resolve, upsert in batches, report.

A source tells how its files are read and what a row says; everything else happens here, the same for all. Resolving
is part of the transform: ids are canonical by construction (``loaders/names.py``), so that one organisation gets one id
from whichever register it comes.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from graph_schema.errors import Fault, SourceError, ValidationError
from graph_schema.model import NodeType
from graph_schema.progress import Progress, silent
from graph_schema.validation import validate
from loaders.batch import WriteBatch
from loaders.duplicates import RowHashes, SeenRows
from loaders.fields import Fields
from loaders.memory import Memory, RememberedRow
from loaders.quarantine import Quarantine
from loaders.records import Record, RowRecords
from loaders.report import LoadReport, UnreadFilesError
from loaders.sheets import look_over
from loaders.source import Row, Source
from loaders.statements import Statements
from stores.base import GraphStore, Outcome

_PORTION_ROWS: Final = 2_000
"""Rows transformed at a time: what is done once a portion costs little a row, and its memory stays small."""
_PORTION_CHARACTERS: Final = 1 << 20
"""The same bound for registers whose rows hold thousands of characters."""
_DANGLING = Fault(
    "", "", "a relationship starts or ends at a node that is not in the graph", "load the source of that node first"
)


def load(
    source: Source,
    paths: Sequence[Path],
    store: GraphStore,
    *,
    quarantine_dir: Path,
    progress: Progress = silent,
    now: datetime | None = None,
) -> LoadReport:
    """Load saved files of ``source`` into ``store`` and report on every input row.

    Rows that break the catalog or contradict an earlier row of the same file go to ``quarantine_dir`` as a whole. A
    load that was killed is resumed by running it again: what is in already counts as unchanged. Where two files speak
    of the same thing, the later one counts; what an earlier version of a row said and this one does not is closed. Of
    a source that is ``whole`` the files are all that it says: what none of their rows names is closed too. ``now``
    (UTC) becomes ``loaded_at`` of everything written.

    Raises ``UnreadFilesError``, with the report, where files cannot be read or not to their end, once all have been
    tried; and the store's own errors.
    """
    begun = time.perf_counter()
    started = now or datetime.now(UTC)
    with _uncollected(), Quarantine(quarantine_dir, source, started) as quarantine:
        statements = Statements(store, source.name, started, source.whole)
        run = _Run(source, statements, Memory(store, source.name), quarantine, progress)
        unread = [message for path in paths if (message := run.try_file(path))]
        if not unread:
            run.statements.close_vanished()
    report = LoadReport(
        source=source.name,
        read=run.read,
        loaded=run.loaded,
        unchanged=run.unchanged,
        quarantined=quarantine.rows,
        closed=run.statements.closed,
        whole=source.whole,
        seconds=time.perf_counter() - begun,
        quarantine_file=quarantine.path if quarantine.rows else None,
        unknown_columns=tuple(run.unknown),
    )
    if unread:
        raise UnreadFilesError(unread, report)
    return report


@contextmanager
def _uncollected() -> Iterator[None]:
    """Spare the search for cycles, of which rows make none: it would take a fifth of a load."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


class _Read(NamedTuple):
    """An input row, the hash of its cells, and what it says, with hashes of that; nothing said where it has faults."""

    row: Row
    digest: bytes
    records: RowRecords | None
    faults: Sequence[Fault]
    said: RowHashes | None


@dataclass
class _Run:
    """The counts of one load, and the batch it is filling."""

    source: Source
    statements: Statements
    memory: Memory
    quarantine: Quarantine
    progress: Progress
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    unknown: dict[str, None] = field(default_factory=dict)
    _waiting: list[tuple[Row, RememberedRow]] = field(default_factory=list)

    def try_file(self, path: Path) -> str:
        """Load a file and return what kept it from being read to its end; what stood before that is loaded."""
        self.statements.begin_file()
        self.memory.begin_file()
        batch, unread = WriteBatch(self.statements), ""
        try:
            for row, known in self._valid_rows(path):
                batch.add(known.records, sum(map(len, row.values.values())))
                self._waiting.append((row, known))
                if batch.full:
                    self._write(batch, path)
                    batch = WriteBatch(self.statements)
        except SourceError as error:
            unread = str(error)
        self._write(batch, path)
        if self.statements.whole:
            self.statements.name_known(self.memory.names())
        return unread

    def _valid_rows(self, path: Path) -> Iterator[tuple[Row, RememberedRow]]:
        """Yield the rows that are to be written; the others are counted, and wait where they have faults."""
        seen, entered, columns = SeenRows(), SeenRows(), frozenset(self.source.columns)
        for rows in _portions(self.source.read(path)):
            self.read += len(rows)
            for row in rows:
                if columns and not row.values.keys() <= columns:
                    self.unknown |= dict.fromkeys(name for name in row.values if name not in columns)
            read = self._understood(rows)
            sound = [each for each in read if each.said]
            earlier = iter(seen.note([each.said for each in sound if each.said]))
            for each in read:
                row, cells, records, faults, said = each
                before = next(earlier) if said else None
                if faults:
                    self.quarantine.add(path, row, faults)
                elif before and not before.same:
                    subject = (records or self.source.transform(Fields(row.values))).records[0]
                    self.quarantine.add(path, row, [_contradiction(subject, before.row)])
                elif before or records is None or said is None:
                    self.unchanged += 1
                else:
                    alone = self.memory.recognisable(records)
                    if not alone:
                        records.records[1:] = [_once(row, record, entered) for record in records.records[1:]]
                    yield row, RememberedRow(cells if alone else b"", said, records)

    def _understood(self, rows: Sequence[Row]) -> list[_Read]:
        """Read what the rows say, without the records of those that the graph is known to hold."""
        digests = self.memory.digests(rows)
        known = self.memory.known(digests, rows)
        fresh = {at: _understand(self.source, row) for at, row in enumerate(rows) if at not in known}
        sound = [at for at, (_, faults) in fresh.items() if not faults]
        looked = look_over([fresh[at][0] for at in sound])
        written = dict(zip(sound, looked.written, strict=True))
        for position in looked.doubtful:
            at = sound[position]
            fresh[at] = fresh[at][0], _catalog_faults(fresh[at][0])
        read = []
        for at, (row, digest) in enumerate(zip(rows, digests, strict=True)):
            if at in known:
                read.append(_Read(row, digest, None, (), known[at]))
                continue
            records, faults = fresh[at]
            self.statements.name(records)
            said = None if faults else RowHashes.of(row.number, records.records[0], written[at])
            read.append(_Read(row, digest, records, faults, said))
        return read

    def _write(self, batch: WriteBatch, path: Path) -> None:
        outcomes = batch.write()
        for (row, _), outcome in zip(self._waiting, outcomes.tolist(), strict=True):
            if outcome == Outcome.DANGLING:
                self.quarantine.add(path, row, [_DANGLING])
            elif outcome == Outcome.WRITTEN:
                self.loaded += 1
            else:
                self.unchanged += 1
        self.memory.keep([known for _, known in self._waiting], outcomes)
        self._waiting.clear()
        self.progress(f"{self.source.name}: {path.name}", self.read, None)


def _portions(rows: Iterator[Row]) -> Iterator[list[Row]]:
    """Gather rows to be looked at together; those before a fault of the file come before its error."""
    portion: list[Row] = []
    characters = 0
    try:
        for row in rows:
            portion.append(row)
            characters += sum(map(len, row.values.values()))
            if len(portion) == _PORTION_ROWS or characters > _PORTION_CHARACTERS:
                yield portion
                portion, characters = [], 0
    except SourceError:
        yield portion
        raise
    yield portion


def _understand(source: Source, row: Row) -> tuple[RowRecords, list[Fault]]:
    """Return what the row says and what cannot be read of it."""
    fields = Fields(row.values)
    said = source.transform(fields)
    if row.fault:
        return said, [Fault("", "", row.fault, "compare the row with the header; a comma inside a cell needs quotes")]
    return said, fields.faults


def _catalog_faults(said: RowRecords) -> list[Fault]:
    """Return everything by which a row breaks the catalog."""
    faults: dict[Fault, None] = {}
    for record in said.records:
        if record.shared:
            continue
        try:
            validate(record.element, record.values)
        except ValidationError as error:
            faults |= dict.fromkeys(error.faults)
    return list(faults)


def _once(row: Row, record: Record, entered: SeenRows) -> Record:
    """Make a mention of a node that an earlier row of the file entered beside its subject: the first one is heard."""
    if record.stub or not isinstance(record.element, NodeType):
        return record
    if entered.note([RowHashes.of(row.number, record)]) == [None]:
        return record
    return record._replace(stub=True)


def _contradiction(subject: Record, earlier: int) -> Fault:
    # The value stays empty: the id of a company may hold its business number.
    reason = f"row {earlier} of this file says something else about the same {subject.element}"
    return Fault("", "", reason, "keep the right one of the two rows")
