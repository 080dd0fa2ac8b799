"""Rows of a made-up city as tables of the catalog: relationships by their ends, one of each key."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from graph_schema.catalog import NODE_TYPES, relation_type
from graph_schema.columns import table_from_columns
from loaders.synthesize.courses import Tables
from loaders.synthesize.sampling import Ints, Strings, dates, iso_dates

_LABELS = frozenset(node.label for node in NODE_TYPES)


def edges(source: str, type_: str, target: str, src: Strings, dst: Strings, **columns: object) -> tuple[str, pa.Table]:
    """Return the relation's name and table; of rows with one key the first stays."""
    relation = relation_type(source, type_, target)
    keys = columns.get("key")
    table = table_from_columns(relation, {"src": src, "dst": dst, **columns}, source="synthetic", synthetic=True)
    return relation.name, table.take(_first_of_each(src, dst, keys))


def dated(type_: str, target: str, src: Strings, dst: Strings, day: Ints, **columns: object) -> tuple[str, pa.Table]:
    """Return relationships that may repeat, told apart by their day."""
    return edges("Company", type_, target, src, dst, on=dates(day), key=iso_dates(day), **columns)


def _first_of_each(src: Strings, dst: Strings, keys: object) -> npt.NDArray[np.int64]:
    table = {"src": pa.array(src, pa.string()), "dst": pa.array(dst, pa.string()), "row": np.arange(len(src))}
    grouping = ["src", "dst"]
    if keys is not None:
        table["key"] = keys
        grouping.append("key")
    firsts = pa.table(table).group_by(grouping).aggregate([("row", "min")])["row_min"].to_numpy()
    return np.sort(firsts)


def nodes_first(tables: Tables) -> Tables:
    """Return the same tables, those of nodes before those of relationships."""
    return dict(sorted(tables.items(), key=lambda item: item[0] not in _LABELS))
