"""The embedded graph store: one DuckDB file, a table for each label and relation, no server."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path as FilePath
from types import TracebackType
from typing import Self

import duckdb
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.catalog import NODE_TYPES, RELATION_TYPES, node_type
from graph_schema.columns import arrow_schema, stored_properties
from graph_schema.errors import StoreError
from graph_schema.migrations import MIGRATIONS, Migration, pending
from graph_schema.model import ElementType, NodeRef, NodeType, RelationType
from stores import tables
from stores.base import BATCH_ROWS, Counts, Hit, Outcomes, Path, Relationship
from stores.database_file import DatabaseFile


class EmbeddedStore:
    """A ``GraphStore`` in one DuckDB file, which is made where there is none.

    Safe for threads: readers run side by side, writers queue. One process at a time may hold the file for writing.
    Raises ``StoreBusyError`` where another process holds it, ``StoreUnavailableError`` where it is no DuckDB file.
    """

    def __init__(
        self,
        path: str | FilePath,
        *,
        read_only: bool = False,
        migrations: Sequence[Migration] = MIGRATIONS,
    ) -> None:
        self._file = DatabaseFile(FilePath(path), read_only=read_only)
        self._migrations = migrations
        self._ready = False

    @property
    def uri(self) -> str:
        """``duckdb://`` and the absolute path."""
        return f"duckdb://{self._file.path}"

    def schema_version(self) -> int:
        """Return the number of the last applied migration; 0 for a new file."""
        with self._file.reading() as cursor:
            return _version(cursor)

    def migrate(self) -> Sequence[str]:
        """Apply what is missing in one transaction, return the names applied."""
        if not pending(self.schema_version(), self._migrations):
            return []
        with self._file.writing() as cursor:
            cursor.execute(tables.MIGRATION_TABLE)
            applied = pending(_version(cursor), self._migrations)
            for migration in applied:
                for element in migration.elements:
                    for statement in tables.table_statements(element):
                        cursor.execute(statement)
                cursor.execute(
                    "INSERT INTO dure_migration VALUES (?, ?, ?)", [migration.number, migration.name, datetime.now(UTC)]
                )
        return [migration.name for migration in applied]

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

    def get_node(self, ref: NodeRef) -> Mapping[str, object] | None:
        """Return stored properties that are not null; None where there is no such node."""
        self._require_schema()
        node = node_type(ref.label)
        with self._file.reading() as cursor:
            query = f"SELECT {tables.column_list(node)} FROM {tables.quoted(node.name)} WHERE id = ?"
            row = cursor.execute(query, [ref.id]).fetchone()
        return None if row is None else _present(node, row)

    def counts(self) -> Counts:
        """Count nodes and relationships."""
        self._require_schema()
        with self._file.reading() as cursor:
            return Counts(_count(cursor, NODE_TYPES), _count(cursor, RELATION_TYPES))

    def close(self) -> None:
        """Release the file; may be called twice."""
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _require_schema(self) -> None:
        """Refuse to work on a file whose tables are not those of the catalog."""
        if self._ready:
            return
        missing = pending(self.schema_version(), self._migrations)
        if missing:
            raise StoreError(
                f"{self.uri} lacks the migration {missing[0].name!r}; run `dure migrate --store {self.uri}`"
            )
        self._ready = True

    def _upsert(self, element: ElementType, rows: pa.Table, *, stub: bool) -> Outcomes:
        self._require_schema()
        batch = _conform(element, rows)
        if batch.num_rows == 0:
            return np.empty(0, np.int8)
        keys = list(tables.key_columns(element))
        duplicates = batch.select(keys).group_by(keys).aggregate([]).num_rows < batch.num_rows
        batch = batch.append_column("position", pa.array(np.arange(batch.num_rows)))
        delete, insert = tables.replace_statements(element)
        with self._file.writing() as cursor:
            cursor.register("batch", batch)
            cursor.execute(tables.stage_statement(element, duplicates=duplicates, stub=stub))
            replaced, written = _staged_counts(cursor)
            if replaced:
                cursor.execute(delete)
            if written:
                cursor.execute(insert)
            outcomes = cursor.execute("SELECT outcome FROM staged ORDER BY position").fetchnumpy()["outcome"]
        return np.asarray(outcomes, np.int8)

    def _read(self, element: ElementType) -> Iterator[pa.RecordBatch]:
        self._require_schema()
        schema = arrow_schema(stored_properties(element))
        order = ", ".join(tables.key_columns(element))
        query = f"SELECT {tables.column_list(element)} FROM {tables.quoted(element.name)} ORDER BY {order}"
        with self._file.reading() as cursor:
            for batch in cursor.sql(query).to_arrow_reader(BATCH_ROWS):
                yield batch.cast(schema)


def _conform(element: ElementType, rows: pa.Table) -> pa.Table:
    """Bring ``rows`` to the catalog's columns; a row that lacks a required value is a fault of the caller."""
    schema = arrow_schema(stored_properties(element))
    missing = [name for name in schema.names if name not in rows.column_names]
    if missing:
        raise StoreError(f"rows for {element} lack {', '.join(missing)}; build them with table_from_columns")
    try:
        batch = rows.select(schema.names).cast(pa.schema([field.with_nullable(True) for field in schema]))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise StoreError(f"rows for {element} have a value of the wrong type: {error}") from error
    empty = [field.name for field in schema if not field.nullable and batch.column(field.name).null_count]
    if empty:
        raise StoreError(f"rows for {element} have no value in {', '.join(empty)}, which every row needs")
    return batch


def _version(cursor: duckdb.DuckDBPyConnection) -> int:
    try:
        row = cursor.execute("SELECT max(number) FROM dure_migration").fetchone()
    except duckdb.CatalogException:
        return 0
    return int(row[0] or 0) if row else 0


def _staged_counts(cursor: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Count the staged rows that replace a stored one, and those to be written."""
    row = cursor.execute("SELECT count(stored_row), count(*) FROM staged WHERE outcome = 1").fetchone()
    assert row is not None
    return int(row[0]), int(row[1])


def _count(cursor: duckdb.DuckDBPyConnection, elements: Sequence[ElementType]) -> dict[str, int]:
    query = " UNION ALL ".join(f"SELECT '{e.name}', count(*) FROM {tables.quoted(e.name)}" for e in elements)
    return {name: count for name, count in cursor.execute(query).fetchall() if count}


def _present(element: ElementType, values: Sequence[object]) -> dict[str, object]:
    return {p.name: value for p, value in zip(stored_properties(element), values, strict=True) if value is not None}
