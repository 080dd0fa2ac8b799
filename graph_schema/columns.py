"""Arrow columns of the catalog's types, and the content hash of rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pyarrow as pa

from graph_schema.model import ElementType, Property, RelationType, ValueType

ARROW_TYPES: Final[Mapping[ValueType, pa.DataType]] = {
    ValueType.STRING: pa.string(),
    ValueType.INTEGER: pa.int64(),
    ValueType.FLOAT: pa.float64(),
    ValueType.BOOLEAN: pa.bool_(),
    ValueType.DATE: pa.date32(),
    ValueType.DATETIME: pa.timestamp("us", tz="UTC"),
    ValueType.STRINGS: pa.list_(pa.string()),
}


def arrow_schema(properties: Sequence[Property]) -> pa.Schema:
    """Arrow schema of ``properties``, in their order."""
    return pa.schema([pa.field(p.name, ARROW_TYPES[p.type], nullable=not p.required) for p in properties])


def table_from_columns(element: ElementType, columns: Mapping[str, Any], **constants: object) -> pa.Table:
    """Build the full table of ``element`` from some columns and constants; what is not given is null.

    ``key`` of relationships is ``""`` and ``synthetic`` is False unless given. Raises ``ValueError`` for a column that
    the catalog does not know, ``pa.ArrowInvalid`` for a value of the wrong type.
    """
    properties = element.stored
    unknown = (set(columns) | set(constants)) - {p.name for p in properties}
    if unknown:
        raise ValueError(f"{element} has no property {', '.join(sorted(unknown))}")
    length = len(next(iter(columns.values())))
    defaults: dict[str, object] = {"synthetic": False}
    if isinstance(element, RelationType):
        defaults["key"] = ""
    defaults |= constants
    arrays: list[pa.Array | pa.ChunkedArray] = []
    for p in properties:
        type_ = ARROW_TYPES[p.type]
        if p.name in columns:
            given = columns[p.name]
            is_arrow = isinstance(given, pa.Array | pa.ChunkedArray)
            arrays.append(given.cast(type_) if is_arrow else pa.array(given, type_))
        elif p.name in defaults:
            arrays.append(pa.repeat(pa.scalar(defaults[p.name], type_), length))
        else:
            arrays.append(pa.nulls(length, type_))
    return pa.table(arrays, schema=arrow_schema(properties))
