"""The embedded graph store: one DuckDB file, a table for each label and relation, no server."""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.catalog import NODE_TYPES, OVERLAY_TYPES, RELATION_TYPES, node_type
from graph_schema.claims import claim_prefix
from graph_schema.columns import arrow_schema
from graph_schema.errors import ConfigError
from graph_schema.migrations import MIGRATIONS, Migration, joined, pending
from graph_schema.model import CLAIMS, SEARCH_TEXT, ElementType, NodeRef, NodeType, RelationType
from graph_schema.progress import Progress, silent
from graph_schema.wording import Wording
from stores import embedded_check, embedded_rows, tables
from stores.base import BATCH_ROWS, CheckReport, Counts, GraphPath, Hit, Outcome, Outcomes, Relationship
from stores.common import MigratedStore, conform, require_vectors
from stores.database_file import DatabaseFile
from stores.file_uri import uri_of
from stores.fulltext import search_nodes
from stores.path_search import PathSearch
from stores.search_text import search_texts


class EmbeddedStore(MigratedStore):
    """A ``GraphStore`` in one DuckDB file, which is made where there is none.

    Safe for threads: readers run side by side, writers queue. One process at a time may hold the file for writing.
    Raises ``StoreBusyError`` where another process holds it, ``StoreUnavailableError`` where it is no DuckDB file,
    ``ConfigError`` for a path with a question mark.
    """

    batch_rows = 20_000

    def __init__(
        self,
        path: str | Path,
        *,
        read_only: bool = False,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        # DuckDB cuts a path at a question mark to name its log file, which would then lie in another folder or in none.
        if "?" in str(Path(path).absolute()):
            raise ConfigError(
                Wording(
                    f"{path}: DuckDB는 경로에 물음표를 쓸 수 없습니다. 파일이나 폴더의 이름을 바꾸십시오",
                    f"{path}: DuckDB takes no question mark in a path; rename the file or its folder",
                )
            )
        self._file = DatabaseFile(Path(path), read_only=read_only)
        super().__init__(migrations)

    @property
    def uri(self) -> str:
        """``duckdb://`` and the absolute path, quoted."""
        return uri_of(self._file.path)

    def schema_version(self) -> int:
        """Return the number of the last applied migration; 0 for a new file."""
        with self._file.reading() as cursor:
            return _version(cursor)

    def migrate(self, progress: Progress = silent) -> Sequence[str]:
        """Apply what is missing in one transaction, return the names applied."""
        if not pending(self.schema_version(), self._migrations):
            return []
        with self._file.writing() as cursor:
            cursor.execute(tables.MIGRATION_TABLE)
            applied = pending(_version(cursor), self._migrations)
            present = _present_columns(cursor)
            for migration in joined(applied):
                elements = [element for element in migration.elements if element not in OVERLAY_TYPES]
                for done, element in enumerate(elements):
                    progress("tables", done, len(elements))
                    _bring_up_to_date(cursor, element, present[element.name])
            for migration in applied:
                cursor.execute(
                    "INSERT INTO dure_migration VALUES (?, ?, ?)", [migration.number, migration.name, datetime.now(UTC)]
                )
        return [migration.name for migration in applied]

    def check(self, *, adopt: bool = False, progress: Progress = silent) -> CheckReport:  # noqa: ARG002 - see the docstring
        """Compare all that is stored with the catalog; what only loaders write has nothing to ``adopt``."""
        self._require_schema()
        with self._file.reading() as cursor:
            return CheckReport(embedded_check.stored_faults(cursor, progress))

    def upsert_nodes(self, node: NodeType, rows: pa.Table, *, stub: bool = False) -> Outcomes:
        """Write nodes by ``id``; see ``GraphStore``."""
        return self._upsert(node, rows, stub=stub)

    def upsert_relationships(self, relation: RelationType, rows: pa.Table) -> Outcomes:
        """Write relationships by (``src``, ``dst``, ``key``); see ``GraphStore``."""
        return self._upsert(relation, rows, stub=False)

    def read_nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        """Stream all nodes of a label, by id, without derived properties."""
        return self._read(node)

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        """Stream all relationships of a relation, by (src, dst, key)."""
        return self._read(relation)

    def stated(self, relation: RelationType, source: str, source_ids: Sequence[str]) -> pa.Table:
        """Return the relationships that these rows of ``source`` stated; see ``GraphStore``."""
        self._require_schema()
        with self._file.reading() as cursor:
            cursor.register("asked", pa.table({"source_id": pa.array(source_ids, pa.string())}))
            query = (
                f"SELECT {tables.column_list(relation)} FROM {tables.quoted(relation.name)} "
                "WHERE (source = $1 AND source_id IN (SELECT source_id FROM asked)) OR "
                f"len(list_filter({CLAIMS.name}, lambda claim: starts_with(claim, $2))) > 0 ORDER BY src, dst, key"
            )
            found = cursor.sql(query, params=[source, claim_prefix(source)]).to_arrow_table()
        return found.cast(arrow_schema(relation.stored))

    def contested(self, element: ElementType, source: str, rows: pa.Table) -> pa.Table:
        """Return what is stored of the keys of ``rows`` and is not a matter of ``source`` alone; see ``GraphStore``."""
        self._require_schema()
        with self._file.reading() as cursor:
            cursor.register("asked", rows.select([*tables.key_columns(element), "synthetic"]))
            found = cursor.sql(tables.contested_statement(element), params=[source]).to_arrow_table()
        return found.cast(arrow_schema(element.stored))

    def find_nodes(self, node: NodeType, ids: Sequence[str]) -> pa.Table:
        """Return the nodes of a label that have one of these ids; see ``GraphStore``."""
        self._require_schema()
        with self._file.reading() as cursor:
            cursor.register("asked", pa.table({"id": pa.array(ids, pa.string())}))
            found = cursor.sql(
                f"SELECT {tables.column_list(node)} FROM {tables.quoted(node.name)} "
                "WHERE id IN (SELECT id FROM asked) ORDER BY id"
            ).to_arrow_table()
        return found.cast(arrow_schema(node.stored))

    def remembered(self, source: str) -> pa.Table:
        """Return what is remembered of the rows of ``source``; see ``RemembersRows``."""
        with self._file.reading() as cursor:
            return embedded_rows.remembered(cursor, source)

    def remembered_names(self, source: str, hashes: pa.Table) -> pa.Table:
        """Return the label and ``source_id`` of the remembered rows that have these hashes."""
        with self._file.reading() as cursor:
            return embedded_rows.named(cursor, source, hashes)

    def remember(self, source: str, rows: pa.Table) -> None:
        """Remember that the graph holds what these rows say; see ``RemembersRows``."""
        with self._file.writing() as cursor:
            embedded_rows.remember(cursor, source, rows)

    def get_node(self, ref: NodeRef) -> Mapping[str, object] | None:
        """Return stored properties that are not null; None where there is no such node."""
        self._require_schema()
        node = node_type(ref.label)
        with self._file.reading() as cursor:
            query = f"SELECT {tables.column_list(node)} FROM {tables.quoted(node.name)} WHERE id = $1"
            rows = _rows(cursor, query, [ref.id])
        return _present(rows[0]) if rows else None

    def set_embeddings(self, node: NodeType, ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> int:
        """Write the embeddings of existing nodes, shape (len(ids), dimension); return how many were found."""
        self._require_schema()
        require_vectors(node, ids, vectors)
        batch = _embedding_batch(ids, vectors)
        table = tables.embedding_table(node)
        with self._file.writing() as cursor:
            cursor.register("batch", batch)
            cursor.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM batch)")
            self._file.merge_row_groups()
            cursor.execute(
                f"INSERT INTO {table} SELECT id, last(embedding) FROM batch "
                f"WHERE id IN (SELECT id FROM {tables.quoted(node.name)}) GROUP BY id"
            )
            found = cursor.execute(f"SELECT count(*) FROM {table} WHERE id IN (SELECT id FROM batch)").fetchone()
        return int(found[0]) if found else 0

    def neighbors(self, ref: NodeRef, *, types: Sequence[str] = (), limit: int = 100) -> list[Relationship]:
        """Relationships that touch ``ref``, either direction, of ``types`` (all where empty), by relation."""
        self._require_schema()
        found: list[Relationship] = []
        with self._file.reading() as cursor:
            for relation in RELATION_TYPES:
                touching = _touching(relation, ref.label)
                if touching and (not types or relation.type in types) and len(found) < limit:
                    condition = f"{touching} ORDER BY src, dst, key LIMIT {limit - len(found):d}"
                    found += _relationships(cursor, relation, condition, [ref.id]).values()
        return found

    def paths(
        self,
        source: NodeRef,
        target: NodeRef,
        *,
        max_hops: int = 3,
        limit: int = 10,
        avoided: Collection[NodeRef] = frozenset(),
    ) -> list[GraphPath]:
        """Shortest simple paths first, none of them through what is ``avoided``; see ``GraphStore``."""
        self._require_schema()
        with self._file.reading() as cursor:
            cursor.begin()

            def read(relation: RelationType, rows: Sequence[int]) -> Mapping[int, Relationship]:
                return _relationships(cursor, relation, "rowid IN (SELECT unnest($1))", [rows])

            search = PathSearch(cursor, read, frozenset(avoided) - {source, target})
            return search.find(source, target, max_hops=max_hops, limit=limit)

    def search(self, text: str, *, labels: Sequence[str] = (), limit: int = 20) -> list[Hit]:
        """Full-text search over the searchable properties; see ``stores.search_text`` and ``stores.fulltext``."""
        self._require_schema()
        nodes = [node_type(label) for label in labels] or NODE_TYPES
        with self._file.reading() as cursor:
            return search_nodes(cursor, nodes, text, limit)

    def delete_node(self, ref: NodeRef) -> int:
        """Erase a node and its relationships; return how many nodes were erased (0 or 1)."""
        self._require_schema()
        node = node_type(ref.label)
        with self._file.writing() as cursor:
            embedded_rows.forget_all(cursor)
            for relation in RELATION_TYPES:
                touching = _touching(relation, ref.label)
                if touching:
                    cursor.execute(f"DELETE FROM {tables.quoted(relation.name)} WHERE {touching}", [ref.id])
            if node.embedded:
                cursor.execute(f"DELETE FROM {tables.embedding_table(node)} WHERE id = $1", [ref.id])
            erased = cursor.execute(f"DELETE FROM {tables.quoted(node.name)} WHERE id = $1", [ref.id]).fetchone()
            self._file.merge_row_groups()
        return int(erased[0]) if erased else 0

    def counts(self) -> Counts:
        """Count nodes and relationships."""
        self._require_schema()
        with self._file.reading() as cursor:
            return Counts(_count(cursor, NODE_TYPES), _count(cursor, RELATION_TYPES))

    def close(self) -> None:
        """Release the file; may be called twice."""
        self._file.close()

    def _upsert(self, element: ElementType, rows: pa.Table, *, stub: bool) -> Outcomes:
        self._require_schema()
        batch = conform(element, rows)
        if batch.num_rows == 0:
            return np.empty(0, np.int8)
        batch = batch.append_column("position", pa.array(np.arange(batch.num_rows)))
        if isinstance(element, NodeType):
            batch = batch.append_column(SEARCH_TEXT.name, search_texts(element, batch))
        delete, insert = tables.replace_statements(element)
        with self._file.writing() as cursor:
            cursor.register("batch", pa.Table.from_batches(batch.to_batches(max_chunksize=4096)))
            cursor.execute(tables.stage_statement(element, stub=stub))
            if cursor.execute(tables.REPEATED).fetchone() == (True,):
                cursor.execute(tables.FIRST_ALONE)
            staged = cursor.execute(
                "SELECT outcome, stored_row IS NOT NULL AS known FROM staged ORDER BY position"
            ).fetchnumpy()
            outcomes = np.asarray(staged["outcome"], np.int8)
            written = outcomes == Outcome.WRITTEN
            if np.any(written & staged["known"]):
                embedded_rows.forget_replaced(cursor, element)
                cursor.execute(delete)
                self._file.merge_row_groups()
            if written.any():
                cursor.execute(insert)
        self._file.shed_pages()
        return outcomes

    def _read(self, element: ElementType) -> Iterator[pa.RecordBatch]:
        self._require_schema()
        schema = arrow_schema(element.stored)
        order = ", ".join(tables.key_columns(element))
        query = f"SELECT {tables.column_list(element)} FROM {tables.quoted(element.name)} ORDER BY {order}"
        for batch in self._file.stream(query, BATCH_ROWS):
            yield batch.cast(schema)


def _version(cursor: duckdb.DuckDBPyConnection) -> int:
    try:
        row = cursor.execute("SELECT max(number) FROM dure_migration").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(row[0] or 0) if row else 0


def _present_columns(cursor: duckdb.DuckDBPyConnection) -> Mapping[str, set[str]]:
    """Name the columns of each table; none where there is no such table."""
    columns: dict[str, set[str]] = defaultdict(set)
    for table, column in cursor.execute("SELECT table_name, column_name FROM duckdb_columns()").fetchall():
        columns[table].add(column)
    return columns


def _bring_up_to_date(cursor: duckdb.DuckDBPyConnection, element: ElementType, present: Collection[str]) -> None:
    for statement in tables.table_statements(element, present):
        cursor.execute(statement)
    if present:  # a new table has no rows to fill
        cursor.execute(tables.first_seen_statement(element))
        if isinstance(element, NodeType):
            _fill_search_text(cursor, element)


def _fill_search_text(cursor: duckdb.DuckDBPyConnection, node: NodeType) -> None:
    """Write the search text of the rows that have none, a batch at a time."""
    query = tables.unsearched_statement(node, BATCH_ROWS)
    while (rows := cursor.sql(query).to_arrow_table()).num_rows:
        cursor.register("filled", rows.append_column(SEARCH_TEXT.name, search_texts(node, rows)))
        cursor.execute(tables.fill_statement(node))


def _touching(relation: RelationType, label: str) -> str:
    """Write the condition that a relationship has node ``$1`` of ``label`` at an end; empty where it cannot have."""
    ends = {"src": relation.source, "dst": relation.target}
    return " OR ".join(f"{column} = $1" for column, end in ends.items() if end == label)


def _relationships(
    cursor: duckdb.DuckDBPyConnection, relation: RelationType, condition: str, values: Sequence[object]
) -> dict[int, Relationship]:
    """Read the relationships that meet ``condition``, by row number, in the order of the answer."""
    query = f"SELECT rowid, {tables.column_list(relation)} FROM {tables.quoted(relation.name)} WHERE "
    found = {}
    for row in _rows(cursor, query + condition, values):
        number, properties = row.pop("rowid"), _present(row)
        source = NodeRef(relation.source, str(properties.pop("src")))
        target = NodeRef(relation.target, str(properties.pop("dst")))
        found[number] = Relationship(relation, source, target, properties)
    return found


def _embedding_batch(ids: Sequence[str], vectors: npt.NDArray[np.float32]) -> pa.Table:
    flat = pa.array(np.ascontiguousarray(vectors, np.float32).ravel())
    offsets = pa.array(np.arange(len(ids) + 1, dtype=np.int32) * vectors.shape[1])
    return pa.table({"id": pa.array(ids, pa.string()), "embedding": pa.ListArray.from_arrays(offsets, flat)})


def _count(cursor: duckdb.DuckDBPyConnection, elements: Sequence[ElementType]) -> dict[str, int]:
    query = " UNION ALL ".join(f"SELECT '{e.name}', count(*) FROM {tables.quoted(e.name)}" for e in elements)
    return {name: count for name, count in cursor.execute(query).fetchall() if count}


def _rows(cursor: duckdb.DuckDBPyConnection, query: str, values: Sequence[object]) -> list[dict[str, Any]]:
    """Read a few rows by way of Arrow, which needs no further package for times with a zone."""
    rows: list[dict[str, Any]] = cursor.sql(query, params=list(values)).to_arrow_table().to_pylist()
    return rows


def _present(row: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in row.items() if value is not None}
