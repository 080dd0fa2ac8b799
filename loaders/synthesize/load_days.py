"""The days on which a made-up city counts as loaded, made up as all else of it.

They are two, so that the graph tells what is new and what has changed: a week before the city's last day, and on it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import element_type
from graph_schema.model import NodeType, RelationType
from loaders.synthesize.sampling import Bools, Ints, dates, stream

_BETWEEN = 7
"""Days from one load to the next: a coordinator asks on Mondays what last week brought."""
_CHANGED = {"Company": 0.003, "Need": 0.04}
"""Shares of what both loads brought that reads otherwise since the second: figures of companies, states of needs."""
_BEGINS = {"Need": "raised_on", "Program": "announced_on", "Project": "starts_on", "Technology": "applied_on"}
"""By label, the day from which a register can have a node; the others are there from the first load."""
_DAY_US = 86_400_000_000
"""Microseconds."""


@dataclass
class LoadDays:
    """Gives the rows of a city their days, nodes before relationships; ``until`` is the city's last day, a number."""

    until: int
    seed: int
    _new: dict[str, pa.Array] = field(default_factory=dict)

    def dated(self, name: str, table: pa.Table) -> pa.Table:
        """Return the rows of the element called ``name`` with the day of their first and the time of their last load.

        Relationships of a node that the second load brought came with it.
        """
        element = element_type(name)
        new = self._is_new(element, table)
        if isinstance(element, NodeType):
            self._new[name] = table["id"].filter(pa.array(new)).combine_chunks()
        rng = stream(self.seed, f"second load {name}")
        changed = rng.random(table.num_rows) < _CHANGED.get(name, 0.0)
        first = np.where(new, self.until, self.until - _BETWEEN)
        last = np.where(new | changed, self.until, self.until - _BETWEEN)
        loaded = pa.array(last.astype(np.int64) * _DAY_US).cast(pa.timestamp("us", tz="UTC"))
        return _with(_with(table, "first_seen", dates(first)), "loaded_at", loaded)

    def _is_new(self, element: NodeType | RelationType, table: pa.Table) -> Bools:
        if isinstance(element, NodeType):
            return self._after(table, _BEGINS.get(element.label, ""))
        new = self._after(table, "on")
        for label, end in ((element.source, "src"), (element.target, "dst")):
            if len(self._new.get(label, ())):
                new |= pc.is_in(table[end], self._new[label]).to_numpy()
        return new

    def _after(self, table: pa.Table, column: str) -> Bools:
        """Which rows have a day that the first load could not know; shape (rows,)."""
        if column not in table.column_names:
            return np.zeros(table.num_rows, np.bool_)
        days: Ints = pc.fill_null(table[column].cast(pa.int32()), 0).to_numpy()
        return np.asarray(days >= self.until - _BETWEEN, np.bool_)


def _with(table: pa.Table, column: str, values: pa.Array) -> pa.Table:
    place = table.schema.get_field_index(column)
    return table.set_column(place, table.schema.field(place), values)
