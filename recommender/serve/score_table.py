"""Scores worked out beforehand, on disk: a list reads a row, the question who takes a candidate reads a column."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from recommender.measure.arrays import Floats, Indices
from recommender.measure.standard_scores import deviation

_PART_ROWS: Final = 1_024
"""Askers of a file: enough to be scored together at the best rate, few enough to lose little when a run is stopped."""
_CELL: Final = np.dtype("<f4")
FINISHED: Final = "finished"
"""Name of the file that says that all askers of a task are there."""


@dataclass(frozen=True)
class ScoreTable:
    """Scores (Q, C) of all askers of a task, in parts of a thousand askers, each a file of little-endian float32.

    A part has its rows one after the other, then its columns, then the deviation of each row. It takes its name in one
    step, so whatever stops a run, there are whole parts alone.
    """

    folder: Path
    n_askers: int
    n_candidates: int

    @property
    def finished(self) -> bool:
        """Whether all askers are there."""
        return (self.folder / FINISHED).exists()

    @property
    def size(self) -> int:
        """Bytes that it takes, or will take."""
        return self.size_of(self.n_askers)

    def size_of(self, n_askers: int) -> int:
        """Bytes that some of the askers take."""
        return n_askers * (2 * self.n_candidates + 1) * _CELL.itemsize

    def missing(self) -> list[Indices]:
        """Rows of each part that is not there yet."""
        return [np.arange(first, stop) for first, stop in self._parts() if not self._is_whole(first, stop)]

    def sample(self) -> Indices:
        """Return a few rows that are there: the first of the first part, of the last and of one between."""
        there = [first for first, stop in self._parts() if self._is_whole(first, stop)]
        return np.array(sorted({there[at * (len(there) - 1) // 2] for at in range(3)} if there else ()), dtype=np.int64)

    def write(self, rows: Indices, scores: Floats) -> None:
        """Write the scores (rows, C) of the askers of one part."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self._path(int(rows[0]))
        scratch = path.with_suffix(f".{os.getpid()}")
        with scratch.open("wb") as file:
            for each in (scores, scores.T, deviation(scores)):
                file.write(np.ascontiguousarray(each, dtype=_CELL).tobytes())
        scratch.replace(path)

    def finish(self) -> None:
        """Say that all askers are there; the caller has written what was missing."""
        (self.folder / FINISHED).touch()

    def rows(self, rows: Indices) -> Floats:
        """Scores of some askers, (rows, C)."""
        out = np.empty((len(rows), self.n_candidates), dtype=np.float32)
        for at, row in enumerate(rows.tolist()):
            first = row - row % _PART_ROWS
            out[at] = self._read(first, (row - first) * self.n_candidates, self.n_candidates)
        return out

    def column(self, candidate: int) -> Floats:
        """Scores of one candidate in the lists of all askers, (Q,)."""
        return self._of_all(lambda rows: rows * (self.n_candidates + candidate))

    def deviations(self) -> Floats:
        """Return the deviation of the scores of each asker, (Q,)."""
        return self._of_all(lambda rows: rows * 2 * self.n_candidates)

    def _of_all(self, place: Callable[[int], int]) -> Floats:
        """One number of each asker, which stand together in a part, from ``place`` (of the part's rows) on."""
        found = [self._read(first, place(stop - first), stop - first) for first, stop in self._parts()]
        return np.concatenate([np.zeros(0, dtype=np.float32), *found])

    def _parts(self) -> Iterator[tuple[int, int]]:
        """First row and end of each part."""
        return pairwise([*range(0, self.n_askers, _PART_ROWS), self.n_askers])

    def _path(self, first: int) -> Path:
        return self.folder / f"{first:09}.f4"

    def _is_whole(self, first: int, stop: int) -> bool:
        path = self._path(first)
        return path.exists() and path.stat().st_size == self.size_of(stop - first)

    def _read(self, first: int, begin: int, count: int) -> Floats:
        return np.fromfile(self._path(first), _CELL, count, offset=begin * _CELL.itemsize)
