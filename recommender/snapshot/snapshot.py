"""Immutable, columnar copies of the public part of a graph, named by their content."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from graph_schema.catalog import ELEMENT_TYPES, IDENTITY_TYPES, node_type
from graph_schema.columns import arrow_schema
from graph_schema.errors import NotFoundError, SnapshotError, StoredFaultsError, UnsoundError
from graph_schema.model import ElementType, NodeRef, NodeType, RelationType
from graph_schema.progress import Progress, silent
from graph_schema.validation import FIRST_DAY, LAST_DAY
from graph_schema.wording import Wording
from recommender.snapshot.finished_folder import take_place
from stores.base import CheckReport, GraphReader, GraphStore, ReadsSoundly
from stores.hashing import ContentDigest
from stores.one_node import OneNode

_MANIFEST = "manifest.json"
_CURRENT = "current"
_ALIASES = "aliases"
"""File of the ids that are read as another node's; see ``stores.one_node``."""
_WRITTEN = tuple(element for element in ELEMENT_TYPES if element not in IDENTITY_TYPES)
_READ_AT_ONCE = 2
"""Tables that are read at a time from a server, which works on one while what it sent of the other is written."""
T = TypeVar("T")


@dataclass(frozen=True)
class FileEntry:
    """One Parquet file of a snapshot."""

    rows: int
    content_hash: str
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a snapshot holds; ``snapshot_id`` depends on schema version and content alone."""

    snapshot_id: str
    schema_version: int
    created_at: str
    files: Mapping[str, FileEntry]

    @property
    def rows(self) -> int:
        """How many rows all tables have."""
        return sum(entry.rows for entry in self.files.values())


@dataclass(frozen=True)
class Relationships:
    """Relationships of one relation as positions in the two labels' id order.

    ``src`` and ``dst``: int64, shape (edges,). ``on``: datetime64[D], the day of the fact, else the day from
    which it holds; NaT where it has neither, or one outside the years that a record may have.
    """

    relation: RelationType
    src: npt.NDArray[np.int64]
    dst: npt.NDArray[np.int64]
    on: npt.NDArray[np.datetime64]


class Vocabulary:
    """The ids of one label in snapshot order, and back; ``aliases`` are ids that mean another one."""

    def __init__(self, ids: pa.Array, aliases: Mapping[str, str] | None = None) -> None:
        self._ids = ids
        self._aliases = aliases or {}

    def __len__(self) -> int:
        return len(self._ids)

    def id(self, index: int) -> str:
        """Return the id at a position."""
        return str(self._ids[index].as_py())

    def ids(self) -> list[str]:
        """Return all ids in order."""
        return list(self._ids.to_pylist())

    def index(self, ids: pa.Array | pa.ChunkedArray) -> npt.NDArray[np.int64]:
        """Positions of ``ids``, -1 for those that are not there."""
        found = pc.index_in(ids, value_set=self._ids)
        return np.asarray(pc.fill_null(found, -1).to_numpy(zero_copy_only=False), dtype=np.int64)

    def find(self, id_: str) -> int | None:
        """Position of the node that an id, or an alias, means; None where it is not there."""
        return self._positions.get(self._aliases.get(id_, id_))

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {id_: index for index, id_ in enumerate(self._ids.to_pylist())}


class Snapshot:
    """A snapshot on disk; tables are read when asked for and kept."""

    def __init__(self, path: Path, manifest: Manifest) -> None:
        self.path = path
        self.manifest = manifest
        self._tables: dict[str, pa.Table] = {}
        self._vocabularies: dict[str, Vocabulary] = {}
        self._columns: dict[tuple[str, str], pa.Array] = {}
        self._edges: dict[str, Relationships] = {}
        self._derived: dict[Hashable, Any] = {}

    def derived(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` derives from this snapshot and ``key`` alone; made once, so nobody may change it."""
        if key not in self._derived:
            self._derived[key] = make()
        found: T = self._derived[key]
        return found

    @property
    def id(self) -> str:
        """Content hash of the snapshot."""
        return self.manifest.snapshot_id

    def table(self, element: ElementType) -> pa.Table:
        """Rows of a label or relation with its public columns, sorted by key; empty where it has none."""
        if element.name not in self._tables:
            if element.name in self.manifest.files:
                # Not by ``read_table``, which brings in all of pandas: 40 MB and most of a second.
                table = pq.ParquetFile(self.path / _file_of(element), memory_map=True).read().combine_chunks()
            else:
                table = arrow_schema(element.public).empty_table()
            self._tables[element.name] = table
        return self._tables[element.name]

    def nodes(self, label: str) -> pa.Table:
        """Nodes of a label."""
        return self.table(node_type(label))

    def vocabulary(self, label: str) -> Vocabulary:
        """Ids of a label, in the order of ``nodes(label)``."""
        if label not in self._vocabularies:
            ids = _whole(self.nodes(label).column("id"))
            self._vocabularies[label] = Vocabulary(ids, self.aliases(label))
        return self._vocabularies[label]

    def aliases(self, label: str) -> Mapping[str, str]:
        """Ids under which registers know a node of the label that stands here under another one, and that one."""
        return self._aliases.get(label, {})

    @cached_property
    def _aliases(self) -> dict[str, dict[str, str]]:
        if _ALIASES not in self.manifest.files:
            return {}
        found: dict[str, dict[str, str]] = {}
        for row in pq.ParquetFile(self.path / _file_of(_ALIASES)).read().to_pylist():
            found.setdefault(row["label"], {})[row["id"]] = row["kept"]
        return found

    def edges(self, relation: RelationType) -> Relationships:
        """Relationships of a relation as index arrays, in the order of ``table(relation)``."""
        if relation.name not in self._edges:
            table = self.table(relation)
            days = table.column("valid_from")
            if "on" in table.column_names:
                days = pc.coalesce(table.column("on"), days)
            self._edges[relation.name] = Relationships(
                relation,
                self.vocabulary(relation.source).index(table.column("src")),
                self.vocabulary(relation.target).index(table.column("dst")),
                _meant(np.asarray(days.to_numpy(), dtype="datetime64[D]")),
            )
        return self._edges[relation.name]

    def relations(self) -> Iterator[RelationType]:
        """Yield relations that have relationships here."""
        for element in ELEMENT_TYPES:
            if isinstance(element, RelationType) and element.name in self.manifest.files:
                yield element

    def values(self, element: ElementType, name: str) -> pa.Array:
        """One column of a table in one piece, of which single values are read quickly."""
        key = (element.name, name)
        if key not in self._columns:
            self._columns[key] = _whole(self.table(element).column(name))
        return self._columns[key]

    def value(self, ref: NodeRef, name: str) -> Any:
        """Return one property of a node, None where it or the property is not here."""
        index = self.vocabulary(ref.label).find(ref.id)
        if index is None:
            return None
        column = self._columns.get((ref.label, name))
        if column is None:
            element = node_type(ref.label)
            if name not in self.table(element).column_names:
                return None
            column = self.values(element, name)
        return column[index].as_py()

    def node(self, ref: NodeRef) -> dict[str, object]:
        """Public properties of one node that are not null; raises ``NotFoundError``."""
        row = self.nodes(ref.label).slice(self.find(ref), 1).to_pylist()[0]
        return {name: value for name, value in row.items() if value is not None}

    def find(self, ref: NodeRef) -> int:
        """Return the position of a node in its label's vocabulary; raises ``NotFoundError`` where it is not here."""
        position = self.vocabulary(ref.label).find(ref.id)
        if position is None:
            raise NotFoundError(
                Wording(
                    f"스냅숏에 {ref.id} 항목이 없습니다. id를 확인하십시오. "
                    "최근에 적재했다면 스냅숏과 학습 뒤에 추천됩니다.",
                    f"{ref} is not in snapshot {self.id[:12]}; check the id. What was loaded lately is served after "
                    "`dure snapshot` and `dure train`",
                )
            )
        return position

    def caption(self, ref: NodeRef) -> str:
        """Name by which people know a node, its id where it has none."""
        value = self.value(ref, node_type(ref.label).caption)
        return ref.id if value is None else str(value)


def write_snapshot(
    store: GraphStore,
    folder: Path,
    *,
    progress: Progress = silent,
    checked: Callable[[CheckReport], None] = lambda _report: None,
) -> Snapshot:
    """Write the store's public content under ``folder/<snapshot_id>`` and make it current.

    The nodes that were decided to be one organisation are written as one, the others' ids as its aliases.
    An equal snapshot that is there already is kept and returned: snapshots are immutable. The store is checked, while
    it is read where it can be, and what was drawn by hand is adopted; ``checked`` hears of it. Raises
    ``StoredFaultsError``, and writes nothing, where the store holds what the catalog excludes, or what a store that is
    opened read-only cannot adopt.
    """
    with _workplace(folder) as work:
        files = _write_sound(store, work, progress)
        report = CheckReport() if files is not None else store.check(adopt=True, progress=progress)
        checked(report)
        faults = report.refused or (() if report.adopted else report.adoptable)
        if faults:
            raise StoredFaultsError(store.uri, faults)
        if files is None:
            files = _write_files(store, work, progress)
        version = store.schema_version()
        content = json.dumps([version, sorted((name, entry.content_hash) for name, entry in files.items())])
        snapshot_id = hashlib.sha256(content.encode()).hexdigest()
        manifest = Manifest(snapshot_id, version, datetime.now(UTC).isoformat(timespec="seconds"), files)
        final = folder / snapshot_id
        if not final.exists():
            work.mkdir(exist_ok=True)
            (work / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n")
            take_place(work, final)
    pointer = folder / f".{_CURRENT}-{os.getpid()}"
    pointer.write_text(snapshot_id + "\n")
    pointer.replace(folder / _CURRENT)
    return open_snapshot(folder)


def open_snapshot(folder: Path, snapshot_id: str | None = None) -> Snapshot:
    """Open a snapshot under ``folder`` by (the beginning of) its id, the current one by default.

    Raises ``NotFoundError`` where there is none, ``SnapshotError`` where its manifest cannot be read.
    """
    if snapshot_id is None:
        pointer = folder / _CURRENT
        if not pointer.exists():
            raise NotFoundError(
                Wording(
                    f"{folder}에 스냅숏이 없습니다. `dure snapshot`으로 만드십시오",
                    f"no snapshot in {folder}; make one with `dure snapshot`",
                )
            )
        snapshot_id = pointer.read_text().strip()
    matches = [p for p in folder.glob(f"{snapshot_id}*") if (p / _MANIFEST).exists()]
    if len(matches) != 1:
        raise NotFoundError(
            Wording(
                f"{folder}에 id의 앞부분이 {snapshot_id!r}인 스냅숏이 {len(matches)}개입니다. 하나만 해당하도록 "
                "적으십시오",
                f"{len(matches)} snapshots in {folder} begin with {snapshot_id!r}; name exactly one",
            )
        )
    path = matches[0]
    try:
        raw = json.loads((path / _MANIFEST).read_text())
        files = {name: FileEntry(**entry) for name, entry in raw.pop("files").items()}
        return Snapshot(path, Manifest(files=files, **raw))
    except (ValueError, TypeError, KeyError) as error:
        manifest = path / _MANIFEST
        raise SnapshotError(
            Wording(
                f"{manifest}: 읽을 수 없습니다({error}). 스냅숏을 새로 만드십시오",
                f"{manifest} cannot be read ({error}); make a new snapshot",
            )
        ) from error


def _whole(column: pa.ChunkedArray) -> pa.Array:
    """Return a column in one piece, which most are, without a copy."""
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _meant(days: npt.NDArray[np.datetime64]) -> npt.NDArray[np.datetime64]:
    """Take a day of years that no record may have, as an older store may hold it, for unknown."""
    meant = (np.datetime64(FIRST_DAY) <= days) & (days <= np.datetime64(LAST_DAY))
    return np.where(meant, days, np.datetime64("NaT", "D"))


def _file_of(element: ElementType | str) -> str:
    if isinstance(element, str):
        return f"{element}.parquet"
    kind = "nodes" if isinstance(element, NodeType) else "relationships"
    return f"{kind}/{element.name}.parquet"


@contextmanager
def _workplace(folder: Path) -> Iterator[Path]:
    """Name a folder beside the snapshots to write one in; where that fails nothing is left, nor ``folder`` if new."""
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with tempfile.TemporaryDirectory(dir=folder, prefix=".writing-") as scratch:
            yield Path(scratch) / "snapshot"
    except BaseException:
        if new and not any(folder.iterdir()):
            folder.rmdir()
        raise


def _write_sound(store: GraphStore, work: Path, progress: Progress) -> dict[str, FileEntry] | None:
    """Write all tables of a store that checks what it reads; None, and nothing, where its check has to be asked."""
    if not isinstance(store, ReadsSoundly):
        return None
    try:
        with store.sound() as reader:
            return _write_files(reader, work, progress, at_once=_READ_AT_ONCE)
    except UnsoundError:
        shutil.rmtree(work, ignore_errors=True)
        return None


def _write_files(reader: GraphReader, work: Path, progress: Progress, *, at_once: int = 1) -> dict[str, FileEntry]:
    """Write all tables, ``at_once`` of them at a time; the first that cannot be written ends it."""
    files: dict[str, FileEntry] = {}
    graph = OneNode(reader)
    progress("snapshot", 0, len(_WRITTEN))
    with ThreadPoolExecutor(at_once, "snapshot") as pool:
        writing = [pool.submit(_write_element, graph, element, work) for element in _WRITTEN]
        try:
            for done, (element, written) in enumerate(zip(_WRITTEN, writing, strict=True), 1):
                entry = written.result()
                if entry is not None:
                    files[element.name] = entry
                progress("snapshot", done, len(_WRITTEN))
        finally:
            pool.shutdown(cancel_futures=True)
    if any(graph.kept.values()):
        files[_ALIASES] = _write_aliases(graph, work)
    return files


def _write_aliases(graph: OneNode, work: Path) -> FileEntry:
    rows = sorted((label, id_, kept) for label, found in graph.kept.items() for id_, kept in found.items())
    path = work / _file_of(_ALIASES)
    columns = zip(*rows, strict=True)
    pq.write_table(pa.table(dict(zip(("label", "id", "kept"), map(list, columns), strict=True))), path)
    return FileEntry(len(rows), hashlib.sha256(json.dumps(rows).encode()).hexdigest(), _sha256(path))


def _write_element(graph: OneNode, element: ElementType, work: Path) -> FileEntry | None:
    """Stream one table to Parquet; the content hash covers sorted rows without ``loaded_at``."""
    schema = arrow_schema(element.public)
    batches = graph.read_nodes(element) if isinstance(element, NodeType) else graph.read_relationships(element)
    path = work / _file_of(element)
    content = ContentDigest(element)
    writer: pq.ParquetWriter | None = None
    try:
        for batch in batches:
            table = pa.Table.from_batches([batch]).select(schema.names).cast(schema)
            content.add(table)
            if writer is None:
                path.parent.mkdir(parents=True, exist_ok=True)
                writer = pq.ParquetWriter(path, schema, compression="zstd")
            writer.write_table(table)
    finally:
        if writer is not None:
            writer.close()
    return FileEntry(content.rows, str(content), _sha256(path)) if content.rows else None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
