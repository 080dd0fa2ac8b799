"""Arrow tables as batches of query parameters: rows checked, repeats set aside, sorted by key, in portions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.cypher import HASH_PROPERTY
from graph_schema.model import SEARCH_TEXT, ElementType, NodeType
from stores.base import BATCH_ROWS, Outcome, Outcomes
from stores.common import conform
from stores.hashing import content_hashes
from stores.search_text import search_texts

Parameters = dict[str, Any]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VARIES = object()


@dataclass(frozen=True, slots=True)
class Batch:
    """The rows of one upsert, each key once and in the order of keys, so that writers take locks in one order."""

    element: ElementType
    table: pa.Table
    """The rows to send, conforming to the catalog, with the columns ``content_hash`` and, of nodes, ``search_text``."""
    first: npt.NDArray[np.int64]
    """Position in the input of each row to send; shape (rows to send,)."""
    sent_as: npt.NDArray[np.int64]
    """Number of the row to send that each input row is, or repeats; shape (input rows,)."""

    @classmethod
    def of(cls, element: ElementType, rows: pa.Table) -> Self:
        """Prepare ``rows``; raises ``StoreError`` where they do not have the catalog's columns and types."""
        table = conform(element, rows)
        first, sent_as = _distinct(table, _identity(element))
        table = table.take(first)
        table = table.append_column(HASH_PROPERTY, content_hashes(element, table))
        if isinstance(element, NodeType):
            table = table.append_column(SEARCH_TEXT.name, search_texts(element, table))
        return cls(element, table, first, sent_as)

    def portions(self, size: int = BATCH_ROWS) -> Iterator[Parameters]:
        """Yield ``rows`` and ``shared`` as the statements of ``graph_schema.cypher`` take them, ``size`` rows each."""
        identity = _identity(self.element)
        named = set(self.table.column_names) - {*identity, HASH_PROPERTY}
        shared = {name: value for name in named if (value := _shared_value(self.table.column(name))) is not _VARIES}
        own = sorted(named - shared.keys())
        for start in range(0, self.table.num_rows, size):
            portion = self.table.slice(start, size)
            properties = [dict(zip(own, row, strict=True)) for row in _rows(portion, own)] or [{}] * portion.num_rows
            outer = zip(
                range(start, start + portion.num_rows),
                *(_values(portion.column(name)) for name in (HASH_PROPERTY, *identity)),
                properties,
                strict=True,
            )
            yield {"rows": list(outer), "shared": shared}

    def outcomes(self, sent: Outcomes) -> Outcomes:
        """Turn the outcomes of the rows sent into those of the input: a repeat changed nothing."""
        outcomes = sent[self.sent_as]
        repeats = np.ones(len(outcomes), np.bool_)
        repeats[self.first] = False
        outcomes[repeats & (outcomes == Outcome.WRITTEN)] = Outcome.UNCHANGED
        return outcomes


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


def _identity(element: ElementType) -> tuple[str, ...]:
    return ("id",) if isinstance(element, NodeType) else ("src", "dst", "key")


def _shared_value(column: pa.ChunkedArray) -> object:
    """Return the one value that all rows have, null included; ``_VARIES`` where they have several, or lists."""
    if column.null_count == len(column):
        return None
    if column.null_count or pa.types.is_list(column.type) or not pc.all(pc.equal(column, column[0])).as_py():
        return _VARIES
    return _values(column[:1])[0]


def _rows(table: pa.Table, names: Sequence[str]) -> Iterator[tuple[object, ...]]:
    return zip(*(_values(table.column(name)) for name in names), strict=True)


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Turn a column into Python values; times get a fixed offset, since a zone's name would be stored with each."""
    if not pa.types.is_timestamp(column.type):
        return list(column.to_pylist())
    microseconds = column.cast(pa.int64()).to_pylist()
    return [None if us is None else _EPOCH + timedelta(microseconds=us) for us in microseconds]
