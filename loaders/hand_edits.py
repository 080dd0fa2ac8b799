"""What a load writes over of what people did to the graph by hand, so that its report can say so."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Final

import pyarrow as pa

from graph_schema.model import RelationType
from stores.base import EditedByHand, GraphStore, Overruled
from stores.checks import place_of

_KEPT: Final = 1_000
"""Of each kind so many are named and the others counted, lest a graph in which all was edited fill the memory."""
_KEYS: Final = ("src", "dst", "key")
Key = tuple[str, str, str]


@dataclass
class HandEdits:
    """What people did to a store and a load wrote over: edits, and relationships that are drawn again.

    A relationship counts as drawn again where its row enters nodes, these are stored as the row has them, and it drops
    nothing that it said before. So it was erased, could not be drawn when the row was loaded, or is new in the row.
    """

    store: GraphStore
    edits: int = 0
    edited: list[Overruled] = field(default_factory=list)
    """The first of them."""
    redrawn: int = 0
    drawn_again: list[str] = field(default_factory=list)
    """The places of the first of them."""
    _drawn: dict[RelationType, list[pa.Table]] = field(default_factory=dict)

    @contextmanager
    def watched(self, *, stored: bool) -> Iterator[None]:
        """Note what upserts write over; where the store held nothing of an element there is nothing to look for."""
        if not stored or not isinstance(self.store, EditedByHand):
            yield
            return
        with self.store.overruling() as found:
            yield
        self.edits += len(found.edits)
        self.edited += found.edits[: _KEPT - len(self.edited)]
        for relation, keys in found.drawn:
            self._drawn.setdefault(relation, []).append(keys)

    def note_drawn(self, relation: RelationType, kept: pa.Table) -> None:
        """Note which relationships of ``kept``, of rows that are otherwise as they were, had to be drawn."""
        drawn = _keys(pa.concat_tables(self._drawn.pop(relation))) if relation in self._drawn else set()
        if drawn and kept.num_rows:
            again = sorted(drawn & _keys(kept))
            self.redrawn += len(again)
            self.drawn_again += (place_of(relation, key) for key in again[: _KEPT - len(self.drawn_again)])

    def as_json(self) -> dict[str, object]:
        """Return the counts, and the first of each kind; what is personal is named without its values."""
        return {
            "overruled": self.edits,
            "overruled_edits": [
                {
                    "place": place_of(each.element, each.key),
                    "changes": {
                        name: None if values is None else {"was": plain(values[0]), "is": plain(values[1])}
                        for name, values in each.changes.items()
                    },
                }
                for each in self.edited
            ],
            "redrawn": self.redrawn,
            "redrawn_relationships": self.drawn_again,
        }


def plain(value: object) -> object:
    """Return a value as JSON has it."""
    return value.isoformat() if isinstance(value, date) else value


def _keys(rows: pa.Table) -> set[Key]:
    return set(zip(*(rows[name].to_pylist() for name in _KEYS), strict=True))
