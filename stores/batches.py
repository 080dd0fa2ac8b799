"""Arrow tables as batches of query parameters: rows checked, repeats set aside, sorted by key, in portions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import repeat, starmap
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.captions import distinguished, named_apart
from graph_schema.cypher import HASH_PROPERTY
from graph_schema.model import CAPTION, CODES, NODE_CAPTION, SEARCH_TEXT, ElementType, NodeType, RelationType
from stores.base import Outcome, Outcomes
from stores.codes import coded, codes_in_words
from stores.common import conform
from stores.hashing import content_hashes
from stores.search_text import search_texts

Parameters = dict[str, Any]
Indices = npt.NDArray[np.int64]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_VARIES = object()


@dataclass(frozen=True, slots=True)
class UpsertBatch:
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
        first, sent_as = _distinct(table, identity(element))
        table = table.take(first)
        table = table.append_column(HASH_PROPERTY, content_hashes(element, table))
        return cls(element, table, first, sent_as)

    def keys(self, rows: Indices) -> list[list[Any]]:
        """Position, content hash and key of some rows, as the statements of ``graph_schema.cypher`` take them."""
        chosen = self.table.take(rows)
        columns = (_values(chosen.column(name)) for name in (HASH_PROPERTY, *identity(self.element)))
        return [list(row) for row in zip(rows.tolist(), *columns, strict=True)]

    def parcel(self, rows: Indices) -> Parcel:
        """Put some rows together to be written; nodes get their search text, all get a caption and codes in words."""
        table = self.table.take(rows)
        if isinstance(self.element, NodeType):
            table = table.append_column(SEARCH_TEXT.name, search_texts(self.element, table))
            captions = pa.array([*starmap(distinguished, named_apart(self.element, table))], pa.string())
            table = table.append_column(NODE_CAPTION.name, captions)
        if coded(self.element):
            table = table.append_column(CODES.name, codes_in_words(self.element, table))
        named = set(table.column_names) - {*identity(self.element), HASH_PROPERTY}
        shared = {name: value for name in named if (value := _shared_value(table.column(name))) is not _VARIES}
        if isinstance(self.element, RelationType):
            shared[CAPTION.name] = self.element.caption
        return Parcel(self.keys(rows), table, tuple(sorted(named - shared.keys())), shared)

    def outcomes(self, sent: Outcomes) -> Outcomes:
        """Turn the outcomes of the rows sent into those of the input: a repeat changed nothing."""
        outcomes = sent[self.sent_as]
        repeats = np.ones(len(outcomes), np.bool_)
        repeats[self.first] = False
        outcomes[repeats & (outcomes == Outcome.WRITTEN)] = Outcome.UNCHANGED
        return outcomes


@dataclass(frozen=True, slots=True)
class Parcel:
    """Rows to be written: their keys, the ``names`` of what differs from row to row, and what all of them share."""

    keys: list[list[Any]]
    table: pa.Table
    names: tuple[str, ...]
    shared: Parameters

    def portions(self, size: int) -> Iterator[Parameters]:
        """Yield ``rows`` and ``shared`` as the statements of ``graph_schema.cypher`` take them, ``size`` rows each."""
        for start in range(0, len(self.keys), size):
            portion = self.table.slice(start, size)
            columns = [_values(portion.column(name)) for name in self.names]
            values = zip(*columns, strict=True) if columns else repeat((), portion.num_rows)
            keys = self.keys[start : start + size]
            yield {"rows": [[*key, *own] for key, own in zip(keys, values, strict=True)], "shared": self.shared}


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


def identity(element: ElementType) -> tuple[str, ...]:
    """Name the columns whose values name one row."""
    return ("id",) if isinstance(element, NodeType) else ("src", "dst", "key")


def _shared_value(column: pa.ChunkedArray) -> object:
    """Return the one value that all rows have, null included; ``_VARIES`` where they have several, or lists."""
    if column.null_count == len(column):
        return None
    if column.null_count or pa.types.is_list(column.type) or not pc.all(pc.equal(column, column[0])).as_py():
        return _VARIES
    return _values(column[:1])[0]


def _values(column: pa.ChunkedArray) -> list[Any]:
    """Turn a column into Python values; times get a fixed offset, since a zone's name would be stored with each."""
    if not pa.types.is_timestamp(column.type):
        return list(column.to_pylist())
    microseconds = column.cast(pa.int64()).to_pylist()
    return [None if us is None else _EPOCH + timedelta(microseconds=us) for us in microseconds]
