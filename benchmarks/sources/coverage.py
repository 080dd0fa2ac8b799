"""Counts, field by field, the rows of a file in which a source's field has a value and was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from loaders.fields import Fields
from loaders.source import Row, Source


class _Watched(Mapping[str, str]):
    """The texts of a row, which notes by which names it was asked."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self.asked: dict[str, None] = {}

    def __getitem__(self, name: str) -> str:
        self.asked[name] = None
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass
class Coverage:
    """``read[field]`` of ``rows`` rows had a value that could be read; fields in the order in which they are asked.

    ``columns`` are all that the rows have.
    """

    rows: int = 0
    read: Counter[str] = field(default_factory=Counter)
    fields: dict[str, None] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)


def coverage(source: Source, path: Path) -> Coverage:
    """Return what ``source`` reads of a file."""
    return count(source, source.read(path))


def fields_of(source: Source) -> list[str]:
    """Return the fields that ``source`` asks a row for, and those that it requires or knows."""
    empty = count(source, [Row(1, {})])
    return list(dict.fromkeys((*source.required, *source.columns, *empty.fields, *source.optional)))


def count(source: Source, rows: Iterable[Row]) -> Coverage:
    """Return what ``source`` reads of rows."""
    found = Coverage()
    for row in rows:
        watched = _Watched(row.values)
        fields = Fields(watched)
        source.transform(fields)
        wrong = {fault.field for fault in fields.faults}
        plain = Fields(row.values)
        found.rows += 1
        found.fields |= watched.asked
        found.columns |= dict.fromkeys(row.values)
        found.read.update(name for name in watched.asked if name not in wrong and plain.text(name) is not None)
    return found
