"""Finds rows of one file that speak of the same thing, at a fixed number of bytes a row."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from loaders.records import Record, content_hash, identity_hash

_ROW = np.dtype([("identity", np.int64), ("content", np.int64), ("row", np.int32)])


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

    runs: list[np.ndarray] = field(default_factory=list)
    recent: dict[int, tuple[int, int]] = field(default_factory=dict)
    run_rows: int = 10_000

    def note(self, row: int, records: list[Record]) -> Earlier | None:
        """Remember ``row`` and return None, or return the earlier row with the same subject."""
        identity, content = identity_hash(records[0]), content_hash(records)
        found = self.recent.get(identity) or self._find(identity)
        if found:
            return Earlier(found[1], same=found[0] == content)
        self.recent[identity] = (content, row)
        if len(self.recent) >= self.run_rows:
            self._spill()
        return None

    def _find(self, identity: int) -> tuple[int, int] | None:
        for run in self.runs:
            at = int(np.searchsorted(run["identity"], identity))
            if at < len(run) and run["identity"][at] == identity:
                return int(run["content"][at]), int(run["row"][at])
        return None

    def _spill(self) -> None:
        run = np.array([(key, content, row) for key, (content, row) in self.recent.items()], dtype=_ROW)
        self.recent = {}
        while self.runs and len(self.runs[-1]) <= len(run):
            run = np.concatenate([self.runs.pop(), run])
        run.sort(order="identity")
        self.runs.append(run)
