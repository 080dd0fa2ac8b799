"""Arrow tables as batches of query parameters: rows checked, repeats set aside, sorted by key, in portions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.columns import arrow_schema, stored_properties
from graph_schema.cypher import HASH_PROPERTY
from graph_schema.errors import StoreError
from graph_schema.model import ElementType, NodeType
from stores.base import BATCH_ROWS, Outcome, Outcomes
from stores.hashing import content_hashes

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one upsert, each key once and in the order of keys, so that writers take locks in one order."""

    element: ElementType
    table: pa.Table
    """The rows to send, conforming to the catalog, with the column ``content_hash``."""
    first: npt.NDArray[np.int64]
    """Position in the input of each row to send; shape (rows to send,)."""
    sent_as: npt.NDArray[np.int64]
    """Number of the row to send that each input row is, or repeats; shape (input rows,)."""

    @classmethod
    def of(cls, element: ElementType, rows: pa.Table) -> Self:
        """Prepare ``rows``; raises ``StoreError`` where they do not have the catalog's columns and types."""
        table = conform(element, rows)
        first, sent_as = _distinct(table, ("id",) if isinstance(element, NodeType) else ("src", "dst", "key"))
        table = table.take(first)
        return cls(element, table.append_column(HASH_PROPERTY, content_hashes(element, table)), first, sent_as)

    def portions(self, size: int = BATCH_ROWS) -> Iterator[Rows]:
        """Yield the rows as parameters of the statements in ``graph_schema.cypher``, ``size`` at a time."""
        for start in range(0, self.table.num_rows, size):
            yield self._parameters(self.table.slice(start, size), start)

    def outcomes(self, sent: Outcomes) -> Outcomes:
        """Turn the outcomes of the rows sent into those of the input: a repeat changed nothing."""
        outcomes = sent[self.sent_as]
        repeats = np.ones(len(outcomes), np.bool_)
        repeats[self.first] = False
        outcomes[repeats & (outcomes == Outcome.WRITTEN)] = Outcome.UNCHANGED
        return outcomes

    def _parameters(self, portion: pa.Table, start: int) -> Rows:
        identity = ("id",) if isinstance(self.element, NodeType) else ("src", "dst", "key")
        columns = {name: _values(portion.column(name)) for name in portion.column_names}
        outer = [range(start, start + portion.num_rows), *(columns[name] for name in (*identity, HASH_PROPERTY))]
        names = ("position", *identity, HASH_PROPERTY, "properties")
        own = [name for name in columns if name not in ("src", "dst")]
        properties = (dict(zip(own, row, strict=True)) for row in zip(*(columns[name] for name in own), strict=True))
        return [dict(zip(names, row, strict=True)) for row in zip(*outer, properties, strict=True)]


def conform(element: ElementType, rows: pa.Table) -> pa.Table:
    """Bring ``rows`` to the catalog's columns; a row that lacks a required value is a fault of the caller."""
    schema = arrow_schema(stored_properties(element))
    missing = [name for name in schema.names if name not in rows.column_names]
    if missing:
        raise StoreError(f"rows for {element} lack {', '.join(missing)}; build them with table_from_columns")
    try:
        table = rows.select(schema.names).cast(pa.schema([field.with_nullable(nullable=True) for field in schema]))
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise StoreError(f"rows for {element} have a value of the wrong type: {error}") from error
    empty = [field.name for field in schema if not field.nullable and table.column(field.name).null_count]
    if empty:
        raise StoreError(f"rows for {element} have no value in {', '.join(empty)}, which every row needs")
    return table


def _distinct(table: pa.Table, keys: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the position of the first row of each key, by key, and for each row the number of its key."""
    chosen = table.select(keys)
    order = pc.sort_indices(chosen, sort_keys=[(key, "ascending") for key in keys]).to_numpy().astype(np.int64)
    chosen = chosen.take(order)
    fresh = np.zeros(len(order), np.bool_)
    fresh[:1] = True
    for column in chosen.itercolumns():
        fresh[1:] |= pc.not_equal(column[1:], column[:-1]).to_numpy()
    numbers = np.empty(len(order), np.int64)
    numbers[order] = np.cumsum(fresh) - 1
    return order[fresh], numbers


def _values(column: pa.ChunkedArray) -> Sequence[object]:
    """Turn a column into Python values; a column with one value throughout is converted once."""
    length = len(column)
    if column.null_count == length:
        return [None] * length
    if pa.types.is_timestamp(column.type):
        # A fixed offset, since a zone id would be stored with each value.
        microseconds = column.cast(pa.int64()).to_pylist()
        known = {us: datetime.fromtimestamp(us // 1_000_000, UTC).replace(microsecond=us % 1_000_000)
                 for us in set(microseconds) if us is not None}  # fmt: skip
        return [known.get(us) for us in microseconds]
    return list(column.to_pylist())
