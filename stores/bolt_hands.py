"""What an upsert writes over of what people drew and edited in Neo4j.

A row is stored with the hash of its content, so one whose values have another hash was edited since. Only rows that
are about to be written are looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from graph_schema.columns import arrow_schema
from graph_schema.errors import UnsoundError
from graph_schema.model import CLAIMS, ElementType, RelationType
from stores import bolt_queries
from stores.base import Outcome, Outcomes, Overruled, Overruling
from stores.batches import UpsertBatch, identity
from stores.bolt_columns import record_table, values_of
from stores.hashing import content_hashes, content_properties

Found = tuple[int, str | None, list[Any]]
"""Position of a row that is to be written, and of what is stored in its place the hash and the values."""
Ask = Callable[[str, dict[str, Any]], Any]
"""Asks for the one value of a query."""

_gathering: Final[ContextVar[Overruling | None]] = ContextVar("gathering", default=None)
_AT_A_TIME: Final = 5_000
"""Rows asked for at a time: their values come back as one answer, which both sides hold in memory."""


@contextmanager
def gathering() -> Iterator[Overruling]:
    """Gather what upserts within the context, in its thread, write over."""
    token = _gathering.set(gathered := Overruling())
    try:
        yield gathered
    finally:
        _gathering.reset(token)


def replaced(ask: Ask, batch: UpsertBatch, rows: npt.NDArray[np.int64]) -> list[Found]:
    """Return what is stored in the place of those of ``rows`` that are stored in any form, where somebody gathers."""
    if _gathering.get() is None:
        return []
    query = bolt_queries.replaced(batch.element)
    portions = (rows[start : start + _AT_A_TIME] for start in range(0, len(rows), _AT_A_TIME))
    return [tuple(found) for portion in portions for found in ask(query, {"rows": batch.keys(portion)})]


def note(batch: UpsertBatch, found: Sequence[Found], sent: Outcomes) -> None:
    """Note for who gathers which rows ``sent`` wrote over an edit, or drew a relationship that was not there."""
    overruling = _gathering.get()
    if overruling is None:
        return
    written = sent == Outcome.WRITTEN
    overruling.edits += _overruled(batch, [each for each in found if written[each[0]]])
    if isinstance(batch.element, RelationType):
        written[[position for position, *_ in found]] = False
        if written.any():
            drawn = batch.table.select(identity(batch.element)).take(np.flatnonzero(written))
            overruling.drawn.append((batch.element, drawn))


def _overruled(batch: UpsertBatch, found: Sequence[Found]) -> Iterator[Overruled]:
    element = batch.element
    edited = [each for each, hash_ in zip(found, _hashes(element, found), strict=True) if each[1] != hash_]
    for position, _, record in edited:
        [now] = batch.table.slice(position, 1).select(arrow_schema(element.stored).names).to_pylist()
        if changes := _changes(element, values_of(element, record), now):
            yield Overruled(element, tuple(now[name] for name in identity(element)), changes)


def _hashes(element: ElementType, found: Sequence[Found]) -> list[str | None]:
    """Return the content hash of what is stored; None where a value is of a type that no load writes."""
    records = [record for _, _, record in found]
    try:
        return list(content_hashes(element, record_table(element, records)).to_pylist())
    except UnsoundError:
        return [_hash(element, record) for record in records]


def _hash(element: ElementType, record: Sequence[Any]) -> str | None:
    try:
        return str(content_hashes(element, record_table(element, [record]))[0])
    except UnsoundError:
        return None


def _changes(
    element: ElementType, before: Mapping[str, object], now: Mapping[str, object]
) -> dict[str, tuple[object, object] | None]:
    return {
        p.name: None if p.pii else (before[p.name], now[p.name])
        for p in content_properties(element)
        if p.name != CLAIMS.name and before[p.name] != now[p.name]
    }
