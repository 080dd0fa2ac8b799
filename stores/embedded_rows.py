"""Remembers which input rows the graph already holds, so that a row that comes again need not be read.

A row is forgotten with the first of what it stated that is replaced or erased, whoever does it, in the same
transaction: what is remembered always holds.
"""

# ruff: noqa: S608 - table and column names come from the catalog alone; values travel as parameters

from __future__ import annotations

from typing import Final

import duckdb
import pyarrow as pa

from graph_schema.claims import claim_row
from graph_schema.model import CLAIMS, ElementType, RelationType
from stores.base import REMEMBERED
from stores.tables import quoted

_TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS dure_row (source VARCHAR NOT NULL, source_id VARCHAR NOT NULL, label VARCHAR NOT NULL, "
    "hash_high BIGINT NOT NULL, hash_low BIGINT NOT NULL, identity BIGINT NOT NULL, content BIGINT NOT NULL)"
)
_CODES: Final = frozenset({"Region", "Industry", "TechField"})
"""Labels of code tables, whose relationships are stated by whatever row mentions a code."""
_NUMBERS: Final = ("hash_high", "hash_low", "identity", "content")


def remembered(cursor: duckdb.DuckDBPyConnection, source: str) -> pa.Table:
    """Return the hashes of all rows of a source that are remembered, sorted."""
    columns = ", ".join(_NUMBERS)
    try:
        query = f"SELECT {columns} FROM dure_row WHERE source = $1 ORDER BY hash_high, hash_low"
        return cursor.sql(query, params=[source]).to_arrow_table()
    except duckdb.CatalogException:
        return REMEMBERED.empty_table().select(_NUMBERS)


def named(cursor: duckdb.DuckDBPyConnection, source: str, hashes: pa.Table) -> pa.Table:
    """Return the label and ``source_id`` of the rows that have these hashes."""
    cursor.register("asked", hashes)
    query = "SELECT label, source_id FROM dure_row JOIN asked USING (hash_high, hash_low) WHERE source = $1"
    return cursor.sql(query, params=[source]).to_arrow_table()


def remember(cursor: duckdb.DuckDBPyConnection, source: str, rows: pa.Table) -> None:
    """Keep ``rows``, each in place of an earlier one with its ``source_id``."""
    cursor.execute(_TABLE)
    cursor.register("rows", rows.cast(REMEMBERED))
    cursor.execute("DELETE FROM dure_row WHERE source = $1 AND source_id IN (SELECT source_id FROM rows)", [source])
    columns = ", ".join(REMEMBERED.names)
    cursor.execute(f"INSERT INTO dure_row (source, {columns}) SELECT $1, {columns} FROM rows", [source])


def forget_replaced(cursor: duckdb.DuckDBPyConnection, element: ElementType) -> None:
    """Forget the rows that stated what ``staged`` is about to replace."""
    if isinstance(element, RelationType) and element.source in _CODES:
        forget_all(cursor)
        return
    cursor.execute(_TABLE)
    replaced = f"FROM staged JOIN {quoted(element.name)} AS stored ON stored.rowid = stored_row WHERE outcome = 1"
    cursor.execute(
        "DELETE FROM dure_row WHERE (source, source_id) IN (SELECT (stored.source, stored.source_id) " + replaced + ")"
    )
    shared = f"SELECT unnest({CLAIMS.name}) AS claim {replaced} AND {CLAIMS.name} IS NOT NULL"
    claims = [claim_row(claim) for (claim,) in cursor.execute(shared).fetchall()]
    if claims:
        sources, ids = zip(*claims, strict=True)
        cursor.register("claimed", pa.table({"source": sources, "source_id": pa.array(ids, pa.string())}))
        cursor.execute("DELETE FROM dure_row WHERE (source, source_id) IN (SELECT (source, source_id) FROM claimed)")


def forget_all(cursor: duckdb.DuckDBPyConnection) -> None:
    """Forget every row: what was erased may have been stated by any of them."""
    cursor.execute(_TABLE)
    cursor.execute("DELETE FROM dure_row")
