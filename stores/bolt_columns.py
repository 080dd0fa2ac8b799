"""What Neo4j returns as the catalog's Arrow columns; nothing is coerced in silence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from graph_schema.columns import ARROW_TYPES, arrow_schema
from graph_schema.errors import UnsoundError
from graph_schema.model import ElementType, NodeType, Property, ValueType
from graph_schema.wording import Wording

_READ_AS: Final[Mapping[ValueType, frozenset[type]]] = {
    ValueType.STRING: frozenset({str}),
    ValueType.INTEGER: frozenset({int}),
    ValueType.FLOAT: frozenset({float, int}),
    ValueType.BOOLEAN: frozenset({bool}),
    ValueType.DATE: frozenset({int}),
    ValueType.DATETIME: frozenset({int}),
    ValueType.STRINGS: frozenset({list}),
}
"""Types in which the queries of ``stores.bolt_queries`` return values; dates and times are numbers."""
_NUMBERS: Final = {ValueType.DATE: pa.int32(), ValueType.DATETIME: pa.int64()}


def record_batch(element: ElementType, records: Sequence[Sequence[Any]]) -> pa.RecordBatch:
    """Turn records of the stored columns into a batch; raises ``UnsoundError`` for a value of another type."""
    arrays = []
    for p, values in zip(element.stored, zip(*records, strict=True), strict=True):
        if not _has_type(p, values):
            row = next(row for row, value in enumerate(values) if not _has_type(p, [value]))
            raise _refusal(element, records[row], p, values[row])
        arrays.append(_array(element, p, values))
    return pa.RecordBatch.from_arrays(arrays, schema=arrow_schema(element.stored))


def record_table(element: ElementType, records: Sequence[Sequence[Any]]) -> pa.Table:
    """Turn records of the stored columns, of which there may be none, into a table; see ``record_batch``."""
    batches = [record_batch(element, records)] if records else []
    return pa.Table.from_batches(batches, arrow_schema(element.stored))


def values_of(element: ElementType, record: Sequence[Any]) -> dict[str, object]:
    """Return a record by name, each value as Python's own; one of another type as it came, or by its kind."""
    return {p.name: _value(element, p, value) for p, value in zip(element.stored, record, strict=True)}


def _value(element: ElementType, p: Property, value: Any) -> object:
    if not _has_type(p, [value]):
        return value
    try:
        return _array(element, p, [value])[0].as_py()
    except UnsoundError:
        return value


def _has_type(p: Property, values: Sequence[Any]) -> bool:
    kinds = set(map(type, values))
    if not p.required:
        kinds.discard(type(None))
    if not kinds <= _READ_AS[p.type]:
        return False
    if p.type is ValueType.STRINGS:
        return all(isinstance(text, str) for value in values if value is not None for text in value)
    return True


def _array(element: ElementType, p: Property, values: Sequence[Any]) -> pa.Array:
    try:
        array = pa.array(values, _NUMBERS.get(p.type, ARROW_TYPES[p.type]))
    except pa.ArrowInvalid as error:
        raise UnsoundError(
            Wording(
                f"{element}: {p.name} 속성에 범위를 벗어난 수가 있습니다. `dure graph check`를 실행하십시오",
                f"{element}: {p.name} holds a number that is out of range; run `dure graph check`",
            )
        ) from error
    return array.cast(ARROW_TYPES[p.type])


def _refusal(element: ElementType, record: Sequence[Any], p: Property, value: Any) -> UnsoundError:
    """Name what cannot be read by its kind alone, since the value may be personal."""
    keys = ("id",) if isinstance(element, NodeType) else ("src", "dst", "key")
    row = dict(zip((q.name for q in element.stored), record, strict=True))
    key = " ".join(str(row[name]) for name in keys if row[name])
    kind = "nothing" if value is None else value if p.type in _NUMBERS else type(value).__name__
    wrong = "속성에 값이 없습니다" if value is None else f"속성의 값이 {p.type.value} 형식이 아닙니다({kind})"
    return UnsoundError(
        Wording(
            f"{element} {key}: {p.name} {wrong}. `dure graph check`를 실행하십시오",
            f"{element} {key}: {p.name} holds {kind}, no {p.type.value}; run `dure graph check`",
        )
    )
