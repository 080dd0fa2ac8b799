"""The frame of every load: read, validate, transform, resolve, upsert in batches, report.

A source tells how its files are read and what a row says; everything else happens here, the same for all. Resolving
is part of the transform: ids are canonical by construction (``loaders/names.py``), so that one organisation gets one id
from whichever register it comes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from graph_schema.errors import Fault, SourceError, ValidationError
from graph_schema.model import NodeType
from graph_schema.progress import Progress, silent
from graph_schema.validation import validate
from loaders.batch import Batch
from loaders.duplicates import SeenRows
from loaders.fields import Fields
from loaders.quarantine import Quarantine
from loaders.records import Record, RowRecords
from loaders.report import LoadReport, UnreadFilesError
from loaders.source import Row, Source
from loaders.statements import Statements
from stores.base import GraphStore, Outcome

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
    with Quarantine(quarantine_dir, source, started) as quarantine:
        run = _Run(source, Statements(store, source.name, started, source.whole), quarantine, progress)
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


@dataclass
class _Run:
    """The counts of one load, and the batch it is filling."""

    source: Source
    statements: Statements
    quarantine: Quarantine
    progress: Progress
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    unknown: dict[str, None] = field(default_factory=dict)
    _waiting: list[Row] = field(default_factory=list)

    def try_file(self, path: Path) -> str:
        """Load a file and return what kept it from being read to its end; what stood before that is loaded."""
        self.statements.begin_file()
        batch, unread = Batch(self.statements), ""
        try:
            for row, said in self._valid_rows(path):
                batch.add(said)
                self._waiting.append(row)
                if batch.full:
                    self._write(batch, path)
                    batch = Batch(self.statements)
        except SourceError as error:
            unread = str(error)
        self._write(batch, path)
        return unread

    def _valid_rows(self, path: Path) -> Iterator[tuple[Row, RowRecords]]:
        seen, entered = SeenRows(), SeenRows()
        for row in self.source.read(path):
            self.read += 1
            if self.source.columns:
                self.unknown |= dict.fromkeys(name for name in row.values if name not in self.source.columns)
            said, faults = _understand(self.source, row)
            for source_id in {said.source_id, *(str(each.values["source_id"]) for each in said.records)}:
                self.statements.name(source_id)
            earlier = None if faults else seen.note(row.number, said.records)
            if earlier and earlier.same:
                self.unchanged += 1
            elif earlier:
                self.quarantine.add(path, row, [_contradiction(said.records[0], earlier.row)])
            elif faults:
                self.quarantine.add(path, row, faults)
            else:
                said.records = [said.records[0], *(_once(row, each, entered) for each in said.records[1:])]
                yield row, said

    def _write(self, batch: Batch, path: Path) -> None:
        for row, outcome in zip(self._waiting, batch.write().tolist(), strict=True):
            if outcome == Outcome.DANGLING:
                self.quarantine.add(path, row, [_DANGLING])
            elif outcome == Outcome.WRITTEN:
                self.loaded += 1
            else:
                self.unchanged += 1
        self._waiting.clear()
        self.progress(f"{self.source.name}: {path.name}", self.read, None)


def _understand(source: Source, row: Row) -> tuple[RowRecords, list[Fault]]:
    """Return what the row says and everything that is wrong with it."""
    fields = Fields(row.values)
    said = source.transform(fields)
    if row.fault:
        return said, [Fault("", "", row.fault, "compare the row with the header; a comma inside a cell needs quotes")]
    if fields.faults:
        return said, fields.faults
    faults: dict[Fault, None] = {}
    for record in said.records:
        try:
            validate(record.element, record.values)
        except ValidationError as error:
            faults |= dict.fromkeys(error.faults)
    return said, list(faults)


def _once(row: Row, record: Record, entered: SeenRows) -> Record:
    """Make a mention of a node that an earlier row of the file entered beside its subject: the first one is heard."""
    if record.stub or not isinstance(record.element, NodeType) or entered.note(row.number, [record]) is None:
        return record
    return record._replace(stub=True)


def _contradiction(subject: Record, earlier: int) -> Fault:
    # The value stays empty: the id of a company may hold its business number.
    reason = f"row {earlier} of this file says something else about the same {subject.element}"
    return Fault("", "", reason, "keep the right one of the two rows")
