"""The frame of every load: read, validate, transform, resolve, upsert in batches, report.

A source tells how its files are read and what a row says; everything else happens here, the same for all. Resolving
is part of the transform: ids are canonical by construction (``loaders/names.py``), so that one organisation gets one id
from whichever register it comes.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from difflib import get_close_matches
from itertools import chain
from pathlib import Path
from typing import Final

from graph_schema.catalog import node_type
from graph_schema.errors import Fault, OtherShapeError, SourceError, ValidationError
from graph_schema.garbage import uncollected
from graph_schema.model import NodeType
from graph_schema.progress import Progress, silent
from graph_schema.validation import validate
from graph_schema.wording import NOTHING, Wording
from loaders import regions, sites
from loaders.batch import LoadBatch
from loaders.claims import SYNTHETIC
from loaders.columns import ColumnFields, Known
from loaders.duplicates import RowHash, SeenRows
from loaders.fields import EMPTY, Fields
from loaders.files import DATA, called, shown, unpacked
from loaders.memory import Memory, WrittenRow
from loaders.place_names import forget
from loaders.quarantine import Quarantine
from loaders.records import Record
from loaders.regions import Region
from loaders.remarks import noted, remark
from loaders.report import LoadReport, Replaced, SkippedSheet, UnreadFilesError
from loaders.sheets import ColumnRecords, look_over
from loaders.source import Row, Source
from loaders.statements import Statements
from loaders.tables import skipped_sheets
from loaders.unplaced import nothing_kept, reason, service_of
from stores.base import EditedByHand, GraphStore, Outcome

_PORTION_ROWS: Final = 2_000
"""Rows transformed at a time: what is done once a portion costs little a row, and its memory stays small."""
_PORTION_CHARACTERS: Final = 1 << 20
"""The same bound for registers whose rows hold thousands of characters."""
_DANGLING = Fault(
    "",
    "",
    Wording(
        "그래프에 없는 노드에서 시작하거나 끝나는 관계가 있습니다",
        "a relationship starts or ends at a node that is not in the graph",
    ),
    Wording("그 노드의 출처를 먼저 적재하십시오", "load the source of that node first"),
)
_KEEP_ONE: Final = Wording("두 행 가운데 맞는 행만 남기십시오", "keep the right one of the two rows")
_NUMBER_BOTH: Final = Wording(
    "두 행 가운데 맞는 행만 남기고, 이름만 같은 두 기업이면 행마다 사업자등록번호를 적으십시오",
    "keep the right one of the two rows; where they are two companies of one name, give each its business number",
)
_NO_DATA: Final = Wording(
    "압축 파일에서 자료 파일의 확장자가 아니어서 읽지 않음",
    "not read of an archive, since their names do not end as those of data do",
)
_NOTHING_AS_A_WHOLE: Final = Wording(
    "파일에 행이 없어 출처의 전부로 보지 않았고, 아무것도 종료하지 않았습니다. 자료가 있는 파일을 적으십시오",
    "no row was read, which is not taken as all that the source says: nothing is closed; name a file that holds rows",
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

    Rows that break the catalog or contradict an earlier row of the same file go to ``quarantine_dir`` as a whole. A bad
    cell of an optional column is listed there, and its row loaded as if the file had no such column (``Source.gives``).
    A load that was killed is resumed by running it again: what is in already counts as unchanged. Where two files speak
    of the same thing, the later one counts; what an earlier version of a row said and this one does not is closed. Of
    a source that is ``whole`` the files are all that it says: what none of their rows names is closed too, unless there
    is no row at all. ``now``
    (UTC) becomes ``loaded_at`` of everything written.

    Raises ``UnreadFilesError``, with the report, where files cannot be read or not to their end, once all have been
    tried; and the store's own errors.
    """
    begun = time.perf_counter()
    started = now or datetime.now(UTC)
    with ExitStack() as stack:
        stack.enter_context(uncollected())
        remarks = stack.enter_context(noted())
        seen_sites = stack.enter_context(sites.noted())
        stack.callback(forget)
        stack.enter_context(regions.beside(_regions_of(store)))
        forget()
        files = [*chain.from_iterable(map(_files_of, paths))]
        namesakes = [name for name, times in Counter(path.name for path in files).items() if times > 1]
        quarantine = stack.enter_context(Quarantine(quarantine_dir, source, started, namesakes))
        statements = Statements(store, source.name, started, source.whole)
        run = _Run(source, statements, Memory(store, source.name), quarantine, progress, several=len(files) > 1)
        unread = [message for path in files if (message := run.try_file(path))]
        if source.whole and not run.read and not unread:
            unread.append(_NOTHING_AS_A_WHOLE)
        if not unread:
            run.statements.close_vanished()
        seen_sites.remark()
    like = _like_columns(source, run.unknown, run.found)
    report = LoadReport(
        source=source.name,
        read=run.read,
        loaded=run.loaded,
        unchanged=run.unchanged,
        quarantined=quarantine.rows,
        cells=quarantine.cells,
        closed=run.statements.closed,
        whole=source.whole,
        seconds=time.perf_counter() - begun,
        quarantine_file=quarantine.path if quarantine.rows or quarantine.cells else None,
        replaced=tuple(Replaced(*files, rows) for files, rows in run.replaced.items() if rows),
        lacking_columns=tuple(dict.fromkeys(chain.from_iterable(run.lacking.values()))),
        skipped_sheets=tuple(run.skipped),
        # Of a register's other columns only those are told that are probably misspelt.
        unknown_columns=tuple(run.unknown if source.columns else like),
        awaited=_awaited(source, store),
        like_columns=like,
        unnamed_codes=tuple(run.statements.unnamed_codes),
        disagreements=dict(run.statements.claims.disagreements.most_common()),
        remarks={what: tuple(about) for what, about in remarks.items()},
        hands=run.statements.hands if isinstance(store, EditedByHand) else None,
    )
    if unread:
        raise UnreadFilesError(unread, report)
    return report


def _files_of(path: Path) -> list[Path]:
    """Return the files of an archive that may hold data; itself where it cannot be opened, which is told on reading."""
    with suppress(SourceError):
        found = unpacked(path)
        for each in found:
            if each != path and each.suffix.lower() not in DATA:
                remark(_NO_DATA, shown(called(each)))
        return [each for each in found if each == path or each.suffix.lower() in DATA]
    return [path]


def _regions_of(store: GraphStore) -> Iterator[Region]:
    """Yield the regions of a store that hold, so far as a list entered them."""
    region = node_type("Region")
    for batch in store.read_nodes(region):
        for row in batch.select(["code", "name", "level", "valid_to"]).to_pylist():
            code, level = row["code"], row["level"]
            if level and not row["valid_to"]:
                parent = ("", code[: regions.PROVINCE_DIGITS], f"{code[:4]}0")[level - 1]
                yield Region(code, row["name"], "", "", parent)


def _awaited(source: Source, store: GraphStore) -> dict[str, int]:
    """Return how many nodes stand in the graph because rows of ``source`` name them, and for no other reason."""
    if not source.awaits:
        return {}
    batches = store.read_nodes(node_type(source.awaits))
    named = sum(batch["source"].to_pylist().count(source.name) for batch in batches)
    return {source.awaits: named} if named else {}


def _like_columns(source: Source, unknown: Iterable[str], found: Collection[str]) -> dict[str, str]:
    """Return for a misspelt header the one that was meant, as far as spelling tells, among those that are missing."""
    optional = (name for name in chain.from_iterable(source.lacking(found)) if not name.isascii())
    lacking = [*(header for header, name in source.headers.items() if name not in found), *optional]
    near = {name: get_close_matches(name, lacking, n=1) for name in unknown}
    return {name: matches[0] for name, matches in near.items() if matches}


@dataclass
class _Portion:
    """Some input rows, by position: hashes of their cells, what they say, and what is wrong with them."""

    rows: Sequence[Row]
    digests: Sequence[bytes]
    read: Mapping[int, int]
    """Rows that the graph is not known to hold, with their positions in ``records``."""
    records: ColumnRecords
    faults: Mapping[int, Sequence[Fault]]
    hashes: Mapping[int, RowHash]
    """Of all rows without faults."""


@dataclass
class _SeenFile:
    """The subjects of a file's rows, and the nodes that rows entered beside their subjects."""

    subjects: SeenRows = field(default_factory=SeenRows)
    entered: SeenRows = field(default_factory=SeenRows)


@dataclass
class _Run:
    """The counts of one load, and the rows of the batch that it is filling."""

    source: Source
    statements: Statements
    memory: Memory
    quarantine: Quarantine
    progress: Progress
    several: bool
    """Whether the load has more files than one."""
    read: int = 0
    loaded: int = 0
    unchanged: int = 0
    unknown: dict[str, None] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)
    """Columns of rows that have unknown ones, too."""
    lacking: dict[Path, list[str]] = field(default_factory=dict)
    """Optional columns that each file, or a sheet of it, lacks, as far as it was read."""
    skipped: list[SkippedSheet] = field(default_factory=list)
    replaced: Counter[tuple[Path, Path]] = field(default_factory=Counter)
    """Rows that say something else than an earlier file of the load, by both files."""
    _files: list[Path] = field(default_factory=list)
    _said: SeenRows = field(default_factory=SeenRows)
    """Rows by the position of the first file that has their subject."""
    _known: Known = field(default_factory=dict)
    _batch: LoadBatch = field(init=False)
    _waiting: list[tuple[Row, WrittenRow]] = field(default_factory=list)
    _again: list[tuple[Row, RowHash]] = field(default_factory=list)
    """Rows that say what one that waits says, to be counted with it."""
    _lost: set[tuple[int, int]] = field(default_factory=set)
    """What rows of the file said of which a relationship lacked an end."""
    _held: list[Row] = field(default_factory=list)
    """Rows without their bad cells, taken after the others: a repaired twin further down counts before them."""

    def try_file(self, path: Path) -> Wording | None:
        """Load a file and return what kept it from being read to its end; what stood before that is loaded."""
        self.statements.begin_file()
        self.memory.begin_file()
        self._files.append(path)
        self._lost.clear()
        seen, unread = _SeenFile(), None
        self._batch = LoadBatch(self.statements)
        named: defaultdict[str, set[str]] = defaultdict(set)
        try:
            for rows in _portions(self.source.read(path)):
                for sheet, columns in dict.fromkeys((row.sheet, tuple(row.values)) for row in rows):
                    named[sheet].update(columns)
                    self._note_columns(columns)
                self.lacking[path] = self._lacking(named.values())
                self._take(path, rows, seen)
                self.read += len(rows)
                if len(self._held) >= _PORTION_ROWS:
                    self._take_held(path, seen)
        except SourceError as error:
            unread = self._why_unread(path, error)
        else:
            self.skipped += [SkippedSheet(path, *sheet) for sheet in skipped_sheets(path, named).items()]
        self._take_held(path, seen)
        self._write(path)
        if self.statements.whole:
            self.statements.name_known(self.memory.names())
        return unread

    def _why_unread(self, path: Path, error: SourceError) -> Wording | None:
        """Say why a file cannot be read; of another service of the same register the report tells what it is."""
        service = service_of(path) if isinstance(error, OtherShapeError) else None
        if service is None:
            return error.wording
        if self.source.name not in service.beside:
            return reason(path)
        remark(nothing_kept(service), shown(called(path)))
        return None

    def _take(self, path: Path, rows: Sequence[Row], seen: _SeenFile) -> None:
        """Read rows and put those to be written into the batch."""
        portion = self._understood(rows)
        self._add(portion, self._judge(path, portion, seen.subjects), seen.entered)
        if self._batch.full or len(self._again) >= _PORTION_ROWS:
            self._write(path)
            self._batch = LoadBatch(self.statements)

    def _take_held(self, path: Path, seen: _SeenFile) -> None:
        """Read the rows whose bad cells were set aside; what is wrong with them then may be of further cells."""
        while self._held:
            rows, self._held = self._held, []
            for at in range(0, len(rows), _PORTION_ROWS):
                self._take(path, rows[at : at + _PORTION_ROWS], seen)

    def _lacking(self, sheets: Iterable[Collection[str]]) -> list[str]:
        """Return the optional columns that any of ``sheets`` lacks, by the words that people write above them."""
        written = {name: header for header, name in self.source.headers.items()}
        lacking = {columns[0]: None for names in sheets for columns in self.source.lacking(names)}
        # Files of real rows have no column of marks, and lack nothing.
        return [written.get(name, name) for name in lacking if name != SYNTHETIC]

    def _note_columns(self, columns: Sequence[str]) -> None:
        known = frozenset(self.source.columns or (*self.source.required, *self.source.optional))
        if unknown := [name for name in columns if name not in known]:
            self.unknown |= dict.fromkeys(unknown)
            self.found.update(columns)

    def _understood(self, rows: Sequence[Row]) -> _Portion:
        """Read what the rows say that the graph is not known to hold."""
        digests = self.memory.digests(rows)
        hashes = self.memory.known(digests, rows)
        unknown = [at for at in range(len(rows)) if at not in hashes]
        records, faults = _understand(self.source, [rows[at] for at in unknown], self._known)
        self.statements.name(records)
        looked = look_over(records)
        numbers = (rows[at].number for at in unknown)
        read_hashes = RowHash.of(numbers, records.identities, looked.written)
        for position, at in enumerate(unknown):
            if position in looked.doubtful and position not in faults:
                faults[position] = _catalog_faults(self.source, rows[at])
            if not faults.get(position):
                hashes[at] = read_hashes[position]
        read = {at: position for position, at in enumerate(unknown)}
        return _Portion(rows, digests, read, records, {unknown[at]: found for at, found in faults.items()}, hashes)

    def _judge(self, path: Path, portion: _Portion, seen: SeenRows) -> list[int]:
        """Return the rows that are to be written; the others are counted, and wait where they have faults."""
        sound = sorted(portion.hashes)
        earlier = dict(zip(sound, seen.note([portion.hashes[at] for at in sound]), strict=True))
        first = (at for at in sound if earlier[at] is None)
        # What a bad cell would have said is no disagreement.
        self._note_replaced([portion.hashes[at] for at in first if not portion.rows[at].aside])
        chosen = []
        for at, row in enumerate(portion.rows):
            before = earlier.get(at)
            if at not in earlier:
                if spoilt := _spoilt(self.source, row, portion.faults[at]):
                    self._held.append(row.without(spoilt, portion.faults[at]))
                else:
                    self.quarantine.add(path, row, portion.faults[at])
            elif before and not before.same:
                subject = self.source.transform(Fields(row.values)).records[0]
                self.quarantine.add(path, row, [_contradiction(subject, before.row, row.sheet)])
            elif before:
                self._again.append((row, portion.hashes[at]))
            elif at not in portion.read:
                self._count(path, row, Outcome.UNCHANGED)
            else:
                chosen.append(at)
        return chosen

    def _note_replaced(self, rows: Sequence[RowHash]) -> None:
        """Note which rows say something else than an earlier file of the same columns; a load of one has none."""
        if not self.several:
            return
        last = len(self._files) - 1
        for before in self._said.note([row._replace(row=last) for row in rows]):
            if before and not before.same:
                files = self._files[before.row], self._files[last]
                # What a column says that only one of them has is no disagreement.
                self.replaced[files] += self.lacking[files[0]] == self.lacking[files[1]]

    def _add(self, portion: _Portion, chosen: Sequence[int], entered: SeenRows) -> None:
        """Put the chosen rows of a portion into the batch."""
        records, characters = portion.records, 0
        positions = [portion.read[at] for at in chosen]
        for at, position in zip(chosen, positions, strict=True):
            row, apart = portion.rows[at], records.apart.get(position)
            characters += sum(map(len, row.values.values()))
            if apart:
                apart.records[1:] = [_once(row, record, entered) for record in apart.records[1:]]
            digest = b"" if apart else portion.digests[at]
            written = WrittenRow(digest, portion.hashes[at], records.source_ids[position], records.tables[position])
            self._waiting.append((row, written))
        omitted = self.source.omitted([portion.rows[at] for at in chosen])
        self._batch.add(records.chosen(positions), omitted, characters)

    def _write(self, path: Path) -> None:
        outcomes = self._batch.write()
        for (row, written), outcome in zip(self._waiting, outcomes.tolist(), strict=True):
            self._count(path, row, outcome)
            if outcome == Outcome.DANGLING:
                self._lost.add(written.hashes[:2])
        for row, hashes in self._again:
            self._count(path, row, Outcome.DANGLING if hashes[:2] in self._lost else Outcome.UNCHANGED)
        self._again.clear()
        self.memory.keep([written for _, written in self._waiting], outcomes)
        self._waiting.clear()
        self.progress(f"{self.source.name}: {path.name}", self.read, None)

    def _count(self, path: Path, row: Row, outcome: int) -> None:
        """Count what became of a row."""
        if outcome == Outcome.DANGLING:
            self.quarantine.add(path, row, [_DANGLING])
            return
        if outcome == Outcome.WRITTEN:
            self.loaded += 1
        else:
            self.unchanged += 1
        if row.aside:
            self.quarantine.add_cells(path, row)


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


def _understand(source: Source, rows: Sequence[Row], known: Known) -> tuple[ColumnRecords, dict[int, Sequence[Fault]]]:
    """Return what the rows say and, by position, what cannot be read of them."""
    columns = ColumnFields([row.values for row in rows], known)
    records = source.transformed(columns)
    faults: dict[int, Sequence[Fault]] = {
        at: found for at, noted in columns.faults.items() if (found := _unsettled(rows[at], noted))
    }
    return records, faults | {at: [row.fault] for at, row in enumerate(rows) if row.fault}


def _unsettled(row: Row, faults: Sequence[Fault]) -> Sequence[Fault]:
    """Leave out that a cell is empty which was set aside."""
    aside = {fault.field for fault in row.aside}
    return [each for each in faults if each.field not in aside or each.reason != EMPTY] if aside else faults


def _spoilt(source: Source, row: Row, faults: Sequence[Fault]) -> frozenset[str]:
    """Return the columns that a row can do without and that hold all that is wrong with it; none where that is more."""
    spoilt = [source.spoilt(fault, row.values) for fault in faults]
    return frozenset().union(*spoilt) if all(spoilt) else frozenset()


def _catalog_faults(source: Source, row: Row) -> list[Fault]:
    """Return everything by which a row breaks the catalog."""
    faults: dict[Fault, None] = {}
    for record in source.transform(Fields(row.values)).records:
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
    if entered.note(RowHash.of([row.number], [record.identity], [""])) == [None]:
        return record
    return record._replace(stub=True)


def _contradiction(subject: Record, earlier: int, sheet: str) -> Fault:
    # The value stays empty: the id of a company may hold its business number.
    where = Wording(" (이 시트나 그 앞 시트)", " (of this sheet or one before it)") if sheet else NOTHING
    reason = Wording(
        f"이 파일의 {earlier}행{where.ko}이 같은 대상({subject.element.ko})을 다르게 적고 있습니다",
        f"row {earlier} of this file{where.en} says something else about the same {subject.element}",
    )
    unnumbered = subject.element.name == "Company" and str(subject.values["id"]).startswith("name:")
    return Fault("", "", reason, _NUMBER_BOTH if unnumbered else _KEEP_ONE)
