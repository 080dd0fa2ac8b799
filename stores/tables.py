"""SQL of the embedded store, made from the catalog: tables, staging of a batch, and what is written from it.

Table and column names come from the catalog alone; values travel as parameters or registered Arrow tables.
"""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Final

from graph_schema.model import CLAIMS, SEARCH_TEXT, ElementType, NodeType, RelationType, ValueType
from stores.common import DAY_US, KOREA_AHEAD_US
from stores.hashing import content_properties, hash_expression

MIGRATION_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS dure_migration (number INTEGER NOT NULL, name VARCHAR NOT NULL, "
    "applied_at TIMESTAMPTZ NOT NULL)"
)

_SQL_TYPES: Final = {
    ValueType.STRING: "VARCHAR",
    ValueType.INTEGER: "BIGINT",
    ValueType.FLOAT: "DOUBLE",
    ValueType.BOOLEAN: "BOOLEAN",
    ValueType.DATE: "DATE",
    ValueType.DATETIME: "TIMESTAMPTZ",
    ValueType.STRINGS: "VARCHAR[]",
}


def quoted(name: str) -> str:
    """Quote a table or column name."""
    return '"' + name.replace('"', '""') + '"'


def key_columns(element: ElementType) -> tuple[str, ...]:
    """Columns whose values name one row."""
    return ("src", "dst", "key") if isinstance(element, RelationType) else ("id",)


def column_list(element: ElementType) -> str:
    """Name the stored columns in the catalog's order, for a SELECT or INSERT."""
    return ", ".join(quoted(p.name) for p in element.stored)


def written_columns(element: ElementType) -> str:
    """Name the columns that an upsert writes: the stored ones, and the search text of nodes."""
    columns = column_list(element)
    return f"{columns}, {SEARCH_TEXT.name}" if isinstance(element, NodeType) else columns


def embedding_table(node: NodeType) -> str:
    """Quoted name of the table that keeps a label's embeddings, apart so that rewriting a node leaves them."""
    return quoted(f"{node.label}__embedding")


def has_embedding(node: NodeType) -> bool:
    """Tell whether nodes of this label carry an embedding."""
    return any(p.type is ValueType.VECTOR for p in node.properties)


def row_key(element: ElementType, table: str) -> str:
    """Write the expression of a row's key as a 128-bit number, so that joins read 16 bytes a row and no strings."""
    *lengths, last = (f"{table}.{k}" for k in key_columns(element))
    parts = [f"strlen({column}), ':', {column}" for column in lengths]
    return f"md5_number(concat({', '.join([*parts, last])}))"


def table_statements(element: ElementType, present: Collection[str]) -> Iterator[str]:
    """Bring the table of ``element``, which has the columns ``present``, to what the catalog says.

    There is no primary key: keeping DuckDB's index would cost more than all the rest of a bulk load, and the one queue
    of writers keeps keys unique.
    """
    table = quoted(element.name)
    kept = [*element.stored, SEARCH_TEXT] if isinstance(element, NodeType) else element.stored
    columns = {p.name: f"{quoted(p.name)} {_SQL_TYPES[p.type]}" for p in kept}
    if not present:
        own = ["row_key UHUGEINT NOT NULL", "content_hash UHUGEINT NOT NULL", *columns.values()]
        yield f"CREATE TABLE {table} ({', '.join(own)})"
    else:
        for name, column in columns.items():
            if name not in present:
                yield f"ALTER TABLE {table} ADD COLUMN {column}"
    if isinstance(element, NodeType) and has_embedding(element):
        yield f"CREATE TABLE IF NOT EXISTS {embedding_table(element)} (id VARCHAR NOT NULL, embedding FLOAT[] NOT NULL)"


def stage_statement(element: ElementType, *, stub: bool = False) -> str:
    """Decide the outcome of each row of the registered table ``batch``, into the temporary table ``staged``."""
    changed = "stored.rowid IS NULL" if stub else "stored.content_hash IS DISTINCT FROM rows.content_hash"
    dangling = ""
    if isinstance(element, RelationType):
        dangling = (
            f"WHEN rows.src NOT IN ({_present_ends('src', element.source)}) "
            f"OR rows.dst NOT IN ({_present_ends('dst', element.target)}) THEN -1 "
        )
    keys = ", ".join(key_columns(element))
    return (
        "CREATE OR REPLACE TEMP TABLE staged AS "
        f"WITH rows AS (SELECT position, {keys}, {row_key(element, 'batch')} AS row_key, "
        f"{hash_expression(content_properties(element), 'md5_number')} AS content_hash FROM batch) "
        "SELECT position, rows.row_key, rows.content_hash, stored.rowid AS stored_row, stored.first_seen AS since, "
        f"(CASE {dangling}WHEN {changed} THEN 1 ELSE 0 END)::TINYINT AS outcome "
        f"FROM rows LEFT JOIN {quoted(element.name)} AS stored ON stored.row_key = rows.row_key"
    )


REPEATED: Final = "SELECT count(DISTINCT row_key) < count(*) FROM staged"
"""Whether any key stands in ``staged`` more than once."""
FIRST_ALONE: Final = (
    "UPDATE staged SET outcome = 0 FROM (SELECT row_key, min(position) AS first FROM staged GROUP BY row_key) AS keys "
    "WHERE staged.row_key = keys.row_key AND position > first AND outcome = 1"
)
"""Leaves of the rows with one key only the first to be written."""


def _present_ends(end: str, label: str) -> str:
    """Select the ids at an ``end`` of ``rows`` whose node is stored.

    The rows are looked up among the nodes by their keys, so that the table that is hashed is that of the batch and not
    the whole label.
    """
    return (
        f"SELECT ends.id FROM {quoted(label)} AS node JOIN "
        f"(SELECT DISTINCT {end} AS id, md5_number({end}) AS row_key FROM rows) AS ends ON node.row_key = ends.row_key"
    )


def contested_statement(element: ElementType) -> str:
    """Select the rows that have the keys of the registered table ``asked`` and are not a matter of source $1 alone.

    They are found by few columns first, since a join reads all that it returns of every row.
    """
    return (
        f"SELECT {column_list(element)} FROM {quoted(element.name)} WHERE rowid IN (SELECT stored.rowid "
        f"FROM {quoted(element.name)} AS stored JOIN (SELECT {row_key(element, 'asked')} AS row_key, synthetic "
        "FROM asked) AS rows ON stored.row_key = rows.row_key WHERE stored.source <> $1 "
        f"OR stored.{CLAIMS.name} IS NOT NULL OR (stored.synthetic AND NOT rows.synthetic))"
    )


def replace_statements(element: ElementType) -> tuple[str, str]:
    """Delete the stored rows that ``staged`` replaces, and insert those to be written."""
    table, columns = quoted(element.name), written_columns(element)
    earlier = columns.replace('"first_seen"', "least(first_seen, since)")
    delete = f"DELETE FROM {table} WHERE rowid IN (SELECT stored_row FROM staged WHERE outcome = 1)"
    insert = (
        f"INSERT INTO {table} (row_key, content_hash, {columns}) SELECT row_key, content_hash, {earlier} "
        "FROM batch JOIN staged USING (position) WHERE outcome = 1"
    )
    return delete, insert


def first_seen_statement(element: ElementType) -> str:
    """Fill the first day of rows that were stored before there was one: no day before their load is known."""
    day = f"DATE '1970-01-01' + ((epoch_us(loaded_at) + {KOREA_AHEAD_US}) // {DAY_US})::INTEGER"
    return f"UPDATE {quoted(element.name)} SET first_seen = {day} WHERE first_seen IS NULL AND loaded_at IS NOT NULL"


def unsearched_statement(node: NodeType, limit: int) -> str:
    """Select up to ``limit`` rows without a search text, with what it is made of."""
    columns = ", ".join(quoted(p.name) for p in node.searched)
    table, absent = quoted(node.name), f"{SEARCH_TEXT.name} IS NULL"
    return f"SELECT rowid AS stored_row, {columns} FROM {table} WHERE {absent} LIMIT {limit:d}"


def fill_statement(node: NodeType) -> str:
    """Write the search texts of the registered table ``filled``."""
    return (
        f"UPDATE {quoted(node.name)} SET {SEARCH_TEXT.name} = filled.{SEARCH_TEXT.name} FROM filled "
        f"WHERE {quoted(node.name)}.rowid = filled.stored_row"
    )
