"""Codes in Korean, for whoever looks at a graph in Bloom, which shows values as they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pyarrow as pa

from graph_schema.choices import choice_words
from graph_schema.model import ElementType, Property

_LISTS_OF_CODES: Final = frozenset({"targets"})


def coded(element: ElementType) -> tuple[Property, ...]:
    """Return the properties that hold codes."""
    return tuple(p for p in element.own if p.choices or p.name in _LISTS_OF_CODES)


def codes_in_words(element: ElementType, rows: pa.Table | pa.RecordBatch) -> pa.Array:
    """Return for each row its codes in Korean, null where it has none; strings, shape (rows,)."""
    properties = coded(element)
    columns = [rows[p.name].to_pylist() for p in properties]
    known: dict[tuple[Any, ...], str | None] = {}  # there are few combinations
    said = []
    for values in zip(*columns, strict=True) if columns else iter(()):
        key = tuple(tuple(value) if isinstance(value, list) else value for value in values)
        if key not in known:
            known[key] = _said(zip(properties, key, strict=True)) or None
        said.append(known[key])
    return pa.array(said, pa.string()) if columns else pa.nulls(rows.num_rows, pa.string())


def _said(values: Iterable[tuple[Property, Any]]) -> str:
    parts = []
    for p, value in values:
        if codes := [value] if isinstance(value, str) else value:
            parts.append(f"{p.ko}: {', '.join(choice_words(p.name, code).ko for code in codes)}")
    return " · ".join(parts)
