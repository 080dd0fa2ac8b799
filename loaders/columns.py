"""Many rows read by column: each distinct text of a column once, faults kept by row."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Final, TypeVar

from graph_schema.errors import Fault
from loaders.fields import Fields, is_doubtful, text_of

Value = TypeVar("Value")
Known = dict[tuple[Callable[..., Any], tuple[str, ...]], dict[Hashable, Any]]
"""What readers have made of texts, by reader, fields and their contents."""
_REMEMBERED: Final = 1 << 14
"""Texts of a column: all days of forty years."""


@dataclass
class ColumnFields:
    """The cells of some rows; methods return a value for each row, and note faults as ``Fields`` does for one.

    ``known`` is what has been read of texts without a fault, to be handed on to the next rows. ``faults`` are by
    position among ``rows``, in the order in which the columns were read.
    """

    rows: Sequence[Mapping[str, str]]
    known: Known = field(default_factory=dict)
    faults: defaultdict[int, list[Fault]] = field(default_factory=lambda: defaultdict(list))

    def each(self) -> Iterator[Fields]:
        """Yield the fields of one row after another."""
        return (Fields(values, self.faults[at]) for at, values in enumerate(self.rows))

    def texts(self, name: str) -> list[str | None]:
        """Return the texts as ``Fields.text`` does."""
        cells = self._column(name)
        joined = "".join(cells)
        # What holds of all texts together holds of each: no sign that nobody sees or that is doubtful, and all
        # is composed.
        sound = not is_doubtful(joined)
        if sound and (joined.isascii() or (joined.isprintable() and unicodedata.is_normalized("NFC", joined))):
            return [text_of(cell.strip()) for cell in cells]
        return self.read(Fields.text, name)

    def required(self, name: str) -> list[str]:
        """Return the texts as ``Fields.required`` does."""
        found = self.texts(name)
        for at in [at for at, text in enumerate(found) if text is None]:
            fields = Fields(self.rows[at], self.faults[at])
            fields.required(name)
        return [text or "" for text in found]

    def read(self, reader: Callable[..., Value], *names: str) -> list[Value]:
        """Return what ``reader(fields, *names)`` makes of the fields ``names``, asked once for each of their contents.

        The reader may look at no other fields.
        """
        columns = [*map(self._column, names)]
        cells: Sequence[str | tuple[str, ...]] = columns[0] if len(columns) == 1 else [*zip(*columns, strict=True)]
        found = self.known.setdefault((reader, names), {})
        if len(found) > _REMEMBERED:
            found.clear()
        faults: dict[Hashable, list[Fault]] = {}
        fields = Fields({})
        for cell in {*cells}.difference(found):
            fields.values = {names[0]: cell} if isinstance(cell, str) else dict(zip(names, cell, strict=True))
            found[cell] = reader(fields, *names)
            if fields.faults:
                faults[cell], fields.faults = fields.faults, []
        values = [*map(found.__getitem__, cells)]
        if faults:
            self._note(cells, faults)
            for faulty in faults:
                del found[faulty]
        return values

    def _column(self, name: str) -> Sequence[str]:
        return self._by_name.get(name) or [""] * len(self.rows)

    @cached_property
    def _by_name(self) -> dict[str, Sequence[str]]:
        names = {*map(tuple, self.rows)}
        if len(names) == 1:
            return dict(zip(names.pop(), zip(*(row.values() for row in self.rows), strict=True), strict=True))
        return {name: [row.get(name, "") for row in self.rows] for name in {*chain.from_iterable(names)}}

    def _note(self, cells: Sequence[Hashable], faults: Mapping[Hashable, Sequence[Fault]]) -> None:
        for at, cell in enumerate(cells):
            if cell in faults:
                noted = self.faults[at]
                noted += [fault for fault in faults[cell] if fault not in noted]
