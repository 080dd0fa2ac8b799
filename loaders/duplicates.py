"""Finds rows of one file that speak of the same thing, at a fixed number of bytes a row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Self

import numpy as np
import numpy.typing as npt

from loaders.records import text_hashes

_ROW = np.dtype([("identity", np.int64), ("content", np.int64), ("row", np.int32)])


class RowHash(NamedTuple):
    """A row by its number, and hashes of its subject and of what it says."""

    identity: int
    content: int
    row: int

    @classmethod
    def of(cls, rows: Iterable[int], identities: Iterable[str], written: Iterable[str]) -> list[Self]:
        """Take the hashes of rows by the identities of their subjects and all that they say, written out."""
        return [*map(cls, text_hashes(identities), text_hashes(written), rows)]


@dataclass(frozen=True, slots=True)
class Earlier:
    """The earlier row with the same subject; ``same`` tells whether it said the same."""

    row: int
    same: bool


@dataclass
class SeenRows:
    """Remembers the subjects of valid rows: 20 bytes each, in sorted runs that are merged as they grow.

    Keys are 63-bit hashes; among a million rows the chance that any two different subjects collide is below 1e-7.
    """

    runs: list[npt.NDArray[np.void]] = field(default_factory=list)
    recent: dict[int, RowHash] = field(default_factory=dict)
    run_rows: int = 10_000

    def note(self, rows: Sequence[RowHash]) -> list[Earlier | None]:
        """Remember each row and tell None, or tell the earlier row with the same subject."""
        if len(self.recent) >= self.run_rows:
            self._spill()
        known = self._known(rows)
        found: list[Earlier | None] = []
        for at, row in enumerate(rows):
            earlier = known.get(at) or self.recent.setdefault(row.identity, row)
            found.append(None if earlier is row else Earlier(earlier.row, same=earlier.content == row.content))
        return found

    def _known(self, rows: Sequence[RowHash]) -> dict[int, RowHash]:
        """Find those among ``rows`` whose subject stands in a run, by position."""
        known = {}
        identities = np.array([row.identity for row in rows], np.int64)
        for run in self.runs:
            at = np.minimum(np.searchsorted(run["identity"], identities), len(run) - 1)
            for position in np.flatnonzero(run["identity"][at] == identities):
                known[int(position)] = RowHash(*map(int, run[at[position]]))
        return known

    def _spill(self) -> None:
        run = np.array([*self.recent.values()], dtype=_ROW)
        self.recent = {}
        while self.runs and len(self.runs[-1]) <= len(run):
            run = np.concatenate([self.runs.pop(), run])
        run.sort(order="identity")
        self.runs.append(run)
