"""A whole graph as a folder of Parquet files, taken from a store in use and restored into an empty one.

Unlike a snapshot it holds personal data and the times of loading, and so is readable by its owner alone. Of what
Neo4j carries over the graph it holds what people did; lists of recommendations are made anew.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from graph_schema.catalog import ELEMENT_TYPES, OVERLAY_TYPES
from graph_schema.columns import arrow_schema
from graph_schema.cypher import found_by_id, quoted
from graph_schema.errors import ConfigError, SourceError, StoreError
from graph_schema.model import ElementType, NodeType, RelationType
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores.base import BATCH_ROWS, GraphStore, Outcome
from stores.hashing import ContentDigest

if TYPE_CHECKING:
    from stores.bolt import Neo4jStore

_MANIFEST: Final = "manifest.json"
_DECISIONS: Final = "decisions.jsonl"
_FORMAT: Final = 1
"""Raised when a backup written before could not be read any more."""
_FOLLOWED_UP: Final = tuple(r for r in OVERLAY_TYPES if r.type == "FOLLOWED_UP")


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """What a backup holds: rows and SHA-256 of each file, and the id that a snapshot of the graph would have."""

    format: int
    schema_version: int
    created_at: str
    snapshot_id: str
    rows: Mapping[str, int]
    sha256: Mapping[str, str]
    decisions: int


def write_backup(store: GraphStore, folder: Path, progress: Progress = silent) -> BackupManifest:
    """Write all that a store holds to ``folder``, which must not be there; it appears once it is whole.

    Raises ``ConfigError`` where something is at ``folder`` already.
    """
    if folder.exists():
        raise ConfigError(
            Wording(
                f"{folder}: 이미 있는 폴더나 파일입니다. 아직 없는 폴더를 적으십시오",
                f"there is something at {folder} already; name a folder that is not there",
            )
        )
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".backup-") as scratch:
        work = Path(scratch) / "backup"
        work.mkdir(mode=0o700)
        rows: dict[str, int] = {}
        hashes: dict[str, str] = {}
        for done, element in enumerate(ELEMENT_TYPES):
            progress("backup", done, len(ELEMENT_TYPES))
            number, content = _write_element(store, element, work)
            if number:
                rows[element.name], hashes[element.name] = number, content
        decisions = _write_decisions(store, work / _DECISIONS)
        progress("backup", len(ELEMENT_TYPES), len(ELEMENT_TYPES))
        version = store.schema_version()
        created = datetime.now(UTC).isoformat(timespec="seconds")
        files = {path.name: _sha256(path) for path in sorted(work.iterdir())}
        manifest = BackupManifest(_FORMAT, version, created, _id(version, hashes), rows, files, decisions)
        (work / _MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
        work.rename(folder)
    return manifest


def restore_backup(folder: Path, store: GraphStore, progress: Progress = silent) -> BackupManifest:
    """Fill an empty store from a backup, and read all of it back to see that it is the same graph.

    Raises ``SourceError`` where the backup is damaged, ``ConfigError`` where the store holds something already, and
    ``StoreError`` where what was restored differs.
    """
    manifest = read_backup(folder)
    store.migrate(progress)
    if any(store.counts().nodes.values()):
        raise ConfigError(
            Wording(
                f"{store.uri}: 이미 그래프가 들어 있는 저장소입니다. 새 DURE_HOME 등의 새 저장소에 복원하십시오",
                f"{store.uri} holds a graph already; restore into a new store, such as in a new DURE_HOME",
            )
        )
    if manifest.schema_version != store.schema_version():
        theirs, ours = manifest.schema_version, store.schema_version()
        raise ConfigError(
            Wording(
                f"백업의 스키마 버전은 {theirs}, 이 프로그램의 버전은 {ours}입니다. 백업을 만든 버전의 Dure로 "
                "복원한 뒤 `dure migrate`를 실행하십시오",
                f"the backup has schema version {theirs}, this code {ours}; "
                "restore it with the version of Dure that wrote it, then `dure migrate`",
            )
        )
    for element in ELEMENT_TYPES:
        if element.name in manifest.rows:
            _restore_element(folder, element, store, manifest.rows[element.name], progress)
    _restore_decisions(folder / _DECISIONS, store)
    restored = snapshot_id(store, progress)
    if restored != manifest.snapshot_id:
        found, wanted = restored[:12], manifest.snapshot_id[:12]
        raise StoreError(
            Wording(
                f"{store.uri}: 복원한 내용({found})이 백업({wanted})과 다릅니다. 저장소를 지우고 다시 복원하십시오",
                f"what was restored to {store.uri} has the id {found}, the backup {wanted}; "
                "erase the store and restore again",
            )
        )
    return manifest


def snapshot_id(store: GraphStore, progress: Progress = silent) -> str:
    """Return the id that ``dure snapshot`` gives to what a store holds; all of it is read."""
    return _id(store.schema_version(), dict(_contents(store, progress)))


def _id(version: int, hashes: Mapping[str, str]) -> str:
    """Return the id that ``dure snapshot`` gives to this content."""
    return hashlib.sha256(json.dumps([version, sorted(hashes.items())]).encode()).hexdigest()


def _batches(store: GraphStore, element: ElementType) -> Iterator[pa.Table]:
    read = store.read_nodes(element) if isinstance(element, NodeType) else store.read_relationships(element)
    return (pa.Table.from_batches([batch]) for batch in read)


def _write_element(store: GraphStore, element: ElementType, work: Path) -> tuple[int, str]:
    content = ContentDigest(element)
    path = work / f"{element.name}.parquet"
    with pq.ParquetWriter(path, arrow_schema(element.stored), compression="zstd") as writer:
        for table in _batches(store, element):
            writer.write_table(table)
            content.add(table)
    if not content.rows:
        path.unlink()
    return content.rows, str(content)


def _contents(store: GraphStore, progress: Progress) -> Iterator[tuple[str, str]]:
    for done, element in enumerate(ELEMENT_TYPES):
        progress("read back", done, len(ELEMENT_TYPES))
        content = ContentDigest(element)
        for table in _batches(store, element):
            content.add(table)
        if content.rows:
            yield element.name, str(content)
    progress("read back", len(ELEMENT_TYPES), len(ELEMENT_TYPES))


def _restore_element(folder: Path, element: ElementType, store: GraphStore, rows: int, progress: Progress) -> None:
    done = 0
    with pq.ParquetFile(folder / f"{element.name}.parquet") as file:
        for batch in file.iter_batches(BATCH_ROWS):
            table = pa.Table.from_batches([batch])
            if isinstance(element, NodeType):
                outcomes = store.upsert_nodes(element, table)
            else:
                outcomes = store.upsert_relationships(element, table)
            if int((outcomes == Outcome.DANGLING).sum()):
                raise StoreError(
                    Wording(
                        f"{element.name}: 노드가 없는 관계가 있습니다. 백업하는 동안 그래프가 바뀌었습니다",
                        f"rows of {element.name} lack a node; the graph changed while it was backed up",
                    )
                )
            done += table.num_rows
            progress(element.name, done, rows)


def read_backup(folder: Path) -> BackupManifest:
    """Read and check a backup; raises ``SourceError`` where it is none, or not as it was written."""
    try:
        manifest = BackupManifest(**json.loads((folder / _MANIFEST).read_text(encoding="utf-8")))
        changed = [name for name, sha256 in manifest.sha256.items() if _sha256(folder / name) != sha256]
    except (OSError, ValueError, TypeError) as error:
        raise SourceError(
            Wording(
                f"{folder}: 온전한 백업이 아닙니다({error}). `dure neo4j backup`으로 만든 폴더를 적으십시오",
                f"{folder} is not a whole backup ({error}); name a folder that `dure neo4j backup` wrote",
            )
        ) from None
    if manifest.format != _FORMAT:
        raise SourceError(
            Wording(
                f"{folder}: 백업의 형식은 {manifest.format}, 이 프로그램이 읽는 형식은 {_FORMAT}입니다. "
                "Dure를 새 버전으로 바꾸십시오",
                f"{folder} has format {manifest.format}, this code reads {_FORMAT}; update Dure",
            )
        )
    if changed:
        names = ", ".join(changed)
        raise SourceError(
            Wording(
                f"{folder}: 손상된 백업입니다. 만들 때와 달라진 파일: {names}. 다른 백업을 쓰십시오",
                f"{folder} is damaged: {names} is not as it was written; take another backup",
            )
        )
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write_decisions(store: GraphStore, path: Path) -> int:
    """Write what people did with recommendations, one JSON object a line; an embedded store has none."""
    server = _server(store)
    lines = [line for relation in _FOLLOWED_UP for line in _decisions(server, relation)] if server else []
    path.write_text("".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines), encoding="utf-8")
    return len(lines)


def _decisions(server: Neo4jStore, relation: RelationType) -> Iterator[dict[str, Any]]:
    cypher = (
        f"MATCH (a:{quoted(relation.source)})-[f:{relation.type}]->(b:{quoted(relation.target)}) "
        "RETURN a.id, b.id, f {.*, decided_at: toString(f.decided_at)} ORDER BY a.id, b.id, f.task"
    )
    for start, end, properties in server.records(cypher):
        yield {"source": [relation.source, start], "target": [relation.target, end], "properties": properties}


def _restore_decisions(path: Path, store: GraphStore) -> None:
    server = _server(store)
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if server is None or not lines:
        return
    for relation in _FOLLOWED_UP:
        rows = [
            [line["source"][1], line["target"][1], line["properties"]]
            for line in lines
            if (line["source"][0], line["target"][0]) == (relation.source, relation.target)
        ]
        cypher = (
            f"UNWIND $rows AS row {found_by_id('a', relation.source, 'row[0]')}"
            f"{found_by_id('b', relation.target, 'row[1]')}CREATE (a)-[f:{relation.type}]->(b) "
            "SET f = row[2], f.decided_at = datetime(row[2].decided_at)"
        )
        server.transact((cypher, {"rows": rows}))


def _server(store: GraphStore) -> Neo4jStore | None:
    from stores.bolt import Neo4jStore

    return store if isinstance(store, Neo4jStore) else None
