"""Recognises rows that the graph already holds by a hash of their cells, before anything of them is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from loaders import regions
from loaders.duplicates import RowHash
from loaders.source import Row
from stores.base import REMEMBERED, GraphStore, Outcome, Outcomes, RemembersRows

_ROOT: Final = Path(__file__).parent.parent
_READING: Final = ("graph_schema/*.py", "stores/*.py", "loaders/**/*.py", "loaders/samples/*.csv")
_SEPARATOR: Final = "\x1f"


class WrittenRow(NamedTuple):
    """A row to be written: hashes of its cells and of what it says, its id, and the label of its subject."""

    digest: bytes
    hashes: RowHash
    source_id: str
    label: str


@cache
def reading_version() -> bytes:
    """Hash the code and the code tables that decide what a row says; any other version of them may say otherwise."""
    digest = blake2b(digest_size=16)
    for path in sorted(path for pattern in _READING for path in _ROOT.glob(pattern)):
        digest.update(path.relative_to(_ROOT).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.digest()


@dataclass
class Memory:
    """What ``store`` remembers of the rows of ``source``; nothing where it does not remember rows.

    A row is remembered where it stands alone (``RowRecords.stands_alone``).
    """

    store: GraphStore
    source: str
    _table: pa.Table = field(default_factory=REMEMBERED.empty_table)
    _high: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    _low: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    _hashers: dict[tuple[str, ...], Any] = field(default_factory=dict)
    _found: list[npt.NDArray[np.int64]] = field(default_factory=list)

    def begin_file(self) -> None:
        """Take a fresh look, since an earlier file may have replaced what a row stated."""
        if isinstance(self.store, RemembersRows):
            self._table = self.store.remembered(self.source)
            self._high, self._low = (self._table.column(name).to_numpy() for name in ("hash_high", "hash_low"))

    def digests(self, rows: Sequence[Row]) -> list[bytes]:
        """Hash the cells of each row; empty for a row of a wrong shape."""
        return [self._digest(row) for row in rows]

    def known(self, digests: Sequence[bytes], rows: Sequence[Row]) -> dict[int, RowHash]:
        """Return hashes of what the rows said that are remembered, by position among ``rows``."""
        asked = [position for position, digest in enumerate(digests) if digest]
        if not len(self._high) or not asked:
            return {}
        high, low = np.frombuffer(b"".join(digests), np.int64).reshape(-1, 2).T
        at = np.minimum(np.searchsorted(self._high, high), len(self._high) - 1)
        # Of hashes with equal first halves only the first is found: the others are merely read again.
        hits = np.flatnonzero((self._high[at] == high) & (self._low[at] == low))
        self._found.append(at[hits])
        columns = (self._table.column(name).to_numpy()[at[hits]].tolist() for name in ("identity", "content"))
        return {
            asked[hit]: RowHash(identity, content, rows[asked[hit]].number)
            for hit, identity, content in zip(hits.tolist(), *columns, strict=True)
        }

    def keep(self, rows: Sequence[WrittenRow], outcomes: Outcomes) -> None:
        """Remember the rows that are in the graph now."""
        if not isinstance(self.store, RemembersRows):
            return
        kept = [
            row
            for row, outcome in zip(rows, outcomes.tolist(), strict=True)
            if outcome != Outcome.DANGLING and row.digest
        ]
        if not kept:
            return
        high, low = np.frombuffer(b"".join(row.digest for row in kept), np.int64).reshape(-1, 2).T
        columns = {
            "source_id": [row.source_id for row in kept],
            "label": [row.label for row in kept],
            "hash_high": high,
            "hash_low": low,
            "identity": [row.hashes.identity for row in kept],
            "content": [row.hashes.content for row in kept],
        }
        self.store.remember(self.source, pa.table(columns, REMEMBERED))

    def names(self) -> pa.Table:
        """Return the label of the subject and the ``source_id`` of every row that was found."""
        at = np.unique(np.concatenate([np.empty(0, np.int64), *self._found]))
        self._found = []
        if not isinstance(self.store, RemembersRows) or not len(at):
            return REMEMBERED.empty_table().select(["label", "source_id"])
        return self.store.remembered_names(self.source, self._table.select(["hash_high", "hash_low"]).take(at))

    def _digest(self, row: Row) -> bytes:
        if row.fault:
            return b""
        names = tuple(row.values)
        hasher = self._hashers.get(names)
        if hasher is None:
            hasher = self._hashers[names] = blake2b(reading_version(), digest_size=16)
            hasher.update(repr((self.source, names, regions.added())).encode())
        cells = _SEPARATOR.join(row.values.values())
        if cells.count(_SEPARATOR) >= len(names):  # a cell holds the sign itself
            return b""
        digest = hasher.copy()
        digest.update(cells.encode("utf-8", "surrogatepass"))
        found: bytes = digest.digest()
        return found
