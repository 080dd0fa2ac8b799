"""The content hash of rows: the same for equal rows, whatever the store, the batch or the order of columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Final

import duckdb
import pyarrow as pa

from graph_schema.model import ElementType, Property, ValueType

_NOT_CONTENT: Final = frozenset({"loaded_at", "first_seen"})

_AS_TEXT: Final = {
    ValueType.STRING: "{0}",
    ValueType.INTEGER: "{0}::VARCHAR",
    # The shortest decimal that reads back as the same float, so no two floats share a text.
    ValueType.FLOAT: "{0}::VARCHAR",
    ValueType.BOOLEAN: "{0}::VARCHAR",
    ValueType.DATE: "{0}::VARCHAR",
    ValueType.DATETIME: "epoch_us({0})::VARCHAR",
    ValueType.STRINGS: "array_to_string(list_transform({0}, lambda x: coalesce(strlen(x) || ':' || x, '-')), '')",
}


def content_properties(element: ElementType) -> tuple[Property, ...]:
    """Properties that make up the content of a row: all that are stored, without the times of loading."""
    return tuple(p for p in element.stored if p.name not in _NOT_CONTENT)


def hash_expression(properties: Sequence[Property], function: str = "md5") -> str:
    """Write the DuckDB expression of the content hash over ``properties``.

    Every value that is not null is written as ``name=bytes:value``, by name, so that no two different rows give one
    text, and a property that is added to the catalog leaves the hash of rows without it as it was. ``function`` is
    ``md5`` (32 hexadecimal digits) or ``md5_number`` (the same as a number, which takes half the room).
    """
    parts: list[str] = []
    for p in sorted(properties, key=lambda p: p.name):
        text = _AS_TEXT[p.type].format(f'"{p.name}"')
        pieces = f"'{p.name}=', strlen({text}), ':', {text}"
        parts.append(pieces if p.required else f'CASE WHEN "{p.name}" IS NOT NULL THEN concat({pieces}) END')
    return f"{function}(concat({', '.join(parts)}))"


def content_hashes(element: ElementType, rows: pa.Table, properties: Sequence[Property] | None = None) -> pa.Array:
    """Hash each row over ``properties`` (all content where None); strings, shape (rows,), in the order of ``rows``."""
    chosen = content_properties(element) if properties is None else properties
    with _scratch().cursor() as cursor:
        cursor.register("batch", rows.select([p.name for p in chosen]))
        # A relation would be planned twice, which is most of what a few rows take.
        found = cursor.execute(f"SELECT {hash_expression(chosen)} AS hash FROM batch").fetchnumpy()  # noqa: S608 - names of the catalog alone
    return pa.array(found["hash"], pa.string())


class ContentDigest:
    """The hash of many rows of one element, fed batch by batch in the order of their keys; personal values are out."""

    def __init__(self, element: ElementType) -> None:
        self._element = element
        self._columns = [p for p in content_properties(element) if not p.pii]
        self._digest = hashlib.sha256()
        self.rows = 0

    def add(self, rows: pa.Table) -> None:
        """Take the next rows."""
        self._digest.update("".join(content_hashes(self._element, rows, self._columns).to_pylist()).encode())
        self.rows += rows.num_rows

    def __str__(self) -> str:
        return self._digest.hexdigest()


@cache
def _scratch() -> duckdb.DuckDBPyConnection:
    """One in-memory database for all calls; each call works on a cursor of its own."""
    return duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false"})
