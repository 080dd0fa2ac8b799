"""Numbers, choices and flags of nodes as standardised columns, with a flag where a value is unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import node_type
from graph_schema.columns import arrow_schema
from graph_schema.model import Property, ValueType
from recommender.measure.arrays import Floats

_DAYS_A_YEAR = 365.25
_CLIP = 5.0
_MOST_TAGS = 16
_AGES = frozenset({"founded_on"})
"""Dates that say how old a node is. Other dates tell when it was registered, which is not a trait."""
_TAGS = frozenset({"certificates", "targets"})


@dataclass(frozen=True)
class _Block:
    """The columns made from one property."""

    names: tuple[str, ...]
    columns: Callable[[pa.Table], Floats]


class AttributeColumns:
    """Columns of one label, their scale learnt from ``table``; numbers are signed log(1 + |x|), then standardised."""

    def __init__(self, label: str, table: pa.Table, as_of: date) -> None:
        properties = [p for p in node_type(label).public if p in node_type(label).own]
        blocks = [_block(p, table, as_of) for p in properties]
        self._label = label
        self._blocks = [block for block in blocks if block is not None]
        self.names = tuple(f"{label}.{name}" for block in self._blocks for name in block.names)

    def encode(self, table: pa.Table) -> Floats:
        """Encode rows; shape (rows, columns)."""
        if not self._blocks:
            return np.zeros((len(table), 0), dtype=np.float32)
        return np.hstack([block.columns(table) for block in self._blocks]).astype(np.float32)

    def encode_one(self, values: Mapping[str, object]) -> Floats:
        """Encode the known values of one node; shape (1, columns)."""
        schema = arrow_schema(node_type(self._label).public)
        row = {name: [values.get(name)] for name in schema.names}
        return self.encode(pa.table({name: pa.array(row[name], schema.field(name).type) for name in schema.names}))


def _block(p: Property, table: pa.Table, as_of: date) -> _Block | None:
    if p.type in (ValueType.INTEGER, ValueType.FLOAT):
        return _numeric(p.name, table, lambda rows: _signed_log(_floats(rows, p.name)))
    if p.name in _AGES:
        return _numeric(p.name, table, lambda rows: _age(rows, p.name, as_of))
    if p.type is ValueType.BOOLEAN:
        return _Block((p.name, f"{p.name}?"), lambda rows: _flag(rows, p.name))
    if p.choices:
        return _Block(tuple(f"{p.name}={c}" for c in p.choices), lambda rows: _one_of(rows, p.name, p.choices))
    if p.name in _TAGS:
        counts = Counter(pc.list_flatten(table.column(p.name).combine_chunks()).to_pylist())
        tags = tuple(sorted(tag for tag, _ in sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:_MOST_TAGS]))
        return (
            _Block(tuple(f"{p.name}~{tag}" for tag in tags), lambda rows: _tags(rows, p.name, tags)) if tags else None
        )
    return None


def _numeric(name: str, table: pa.Table, read: Callable[[pa.Table], npt.NDArray[np.float64]]) -> _Block:
    values = read(table)
    known = values[np.isfinite(values)]
    mean, spread = (float(known.mean()), float(known.std())) if len(known) else (0.0, 1.0)
    spread = spread if spread > 0 else 1.0

    def columns(rows: pa.Table) -> Floats:
        scaled = (read(rows) - mean) / spread
        missing = ~np.isfinite(scaled)
        return np.column_stack([np.where(missing, 0.0, np.clip(scaled, -_CLIP, _CLIP)), missing]).astype(np.float32)

    return _Block((name, f"{name}?"), columns)


def _floats(rows: pa.Table, name: str) -> npt.NDArray[np.float64]:
    return np.asarray(rows.column(name).cast(pa.float64()).to_numpy(), dtype=np.float64)


def _signed_log(values: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.asarray(np.sign(values) * np.log1p(np.abs(values)), dtype=np.float64)


def _age(rows: pa.Table, name: str, as_of: date) -> npt.NDArray[np.float64]:
    days = np.asarray(rows.column(name).to_numpy(), dtype="datetime64[D]")
    age = (np.datetime64(as_of, "D") - days).astype(np.float64)
    return np.where(np.isnat(days), np.nan, _signed_log(np.maximum(age / _DAYS_A_YEAR, 0.0)))


def _flag(rows: pa.Table, name: str) -> Floats:
    column = rows.column(name)
    value = np.asarray(pc.fill_null(column, fill_value=False).to_numpy(), dtype=np.float32)
    return np.column_stack([value, np.asarray(column.is_null().to_numpy(), dtype=np.float32)])


def _one_of(rows: pa.Table, name: str, choices: tuple[str, ...]) -> Floats:
    found = pc.index_in(rows.column(name), value_set=pa.array(choices, pa.string()))
    index = np.asarray(pc.fill_null(found, -1).to_numpy(), dtype=np.int64)
    return np.asarray(index[:, None] == np.arange(len(choices)), dtype=np.float32)


def _tags(rows: pa.Table, name: str, tags: tuple[str, ...]) -> Floats:
    out = np.zeros((len(rows), len(tags)), dtype=np.float32)
    column = {tag: i for i, tag in enumerate(tags)}
    for row, values in enumerate(rows.column(name).to_pylist()):
        for value in values or ():
            if value in column:
                out[row, column[value]] = 1.0
    return out
