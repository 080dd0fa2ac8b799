"""Keeps rows of which something cannot be loaded: what is wrong with them, and the rows themselves to be repaired."""

from __future__ import annotations

import csv
import fcntl
import filecmp
import os
from collections.abc import Collection, Iterable
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Self

from graph_schema.errors import Fault
from graph_schema.wording import Wording
from loaders.files import called, shown, unwritable
from loaders.source import Row, Source

COLUMNS = ("file", "row", "field", "value", "reason", "remedy")
_LONGEST_VALUE = 200
"""Characters of a value that are kept: enough to find its cell, and no whole text."""
_OWNER_ONLY = 0o600
"""Rows that were refused may hold what is personal: for their owner alone (0600)."""
_UNFINISHED = ".unfinished"
_KEPT: Final = Wording("잘못된 행을 남길 수 없는", "bad rows cannot be kept")


@dataclass
class Quarantine:
    """Files beside each other, made when the first row arrives.

    ``<source>-<time>.csv`` lists the faults, one a line, with personal values masked, reasons and remedies in the
    language of the source's reader. ``<source>-<time>.rows-1.csv`` holds the rows as they came, in columns that the
    same source reads (``rows-2`` for rows with other columns, and so on), so that one that is not repaired waits again;
    only its owner may read it, since it may hold personal data. Their names are hidden until the load is done; what a
    load that failed or was killed leaves of them goes, with the next load of the source at the latest. Files of an
    earlier load that say the very same make room for these, so that a file that is loaded every night leaves one pair.
    """

    folder: Path
    source: Source
    started: datetime
    namesakes: Collection[str] = ()
    """Names that several files of the load have, which are then told by their paths."""
    rows: int = 0
    cells: int = 0
    """Faults of cells whose rows were loaded without them."""
    _open: ExitStack = field(default_factory=ExitStack)
    _faults: IO[str] | None = None
    _unfinished: dict[Path, Path] = field(default_factory=dict)
    _originals: dict[tuple[str, ...], IO[str]] = field(default_factory=dict)

    @property
    def path(self) -> Path:
        """The file that lists the faults."""
        return self.folder / f"{self.source.name}-{self.started:%Y%m%dT%H%M%S%fZ}.csv"

    def add(self, file: Path, row: Row, faults: Iterable[Fault]) -> None:
        """Keep ``row`` of ``file`` with everything that is wrong with it."""
        self._keep(file, row, (*row.aside, *faults))
        self.rows += 1

    def add_cells(self, file: Path, row: Row) -> None:
        """Keep a row that is loaded without the cells that were set aside."""
        self._keep(file, row, row.aside)
        self.cells += len(row.aside)

    def _keep(self, file: Path, row: Row, faults: Iterable[Fault]) -> None:
        if self._faults is None:
            self._faults = self._create(self.path, COLUMNS)
        lines = csv.writer(self._faults)
        place = shown(file if file.name in self.namesakes else called(file))
        place += f" [{row.sheet}]" if row.sheet else ""
        for fault in faults:
            value = "***" if fault.field in self.source.pii and fault.value else fault.value[:_LONGEST_VALUE]
            why = (text.in_language(self.source.language) for text in (fault.reason, fault.remedy))
            lines.writerow((place, row.number, fault.field, value, *why))
        csv.writer(self._rows_like(tuple(row.came))).writerow(row.kept or row.came.values())

    def _rows_like(self, columns: tuple[str, ...]) -> IO[str]:
        if columns not in self._originals:
            path = self.path.with_suffix(f".rows-{len(self._originals) + 1}.csv")
            self._originals[columns] = self._create(path, columns)
        return self._originals[columns]

    def _create(self, path: Path, columns: Iterable[str]) -> IO[str]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(f".{path.name}{_UNFINISHED}")
            handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:
            raise unwritable(self.folder, error, _KEPT) from error
        file = self._open.enter_context(os.fdopen(handle, "w", encoding="utf-8-sig", newline=""))
        self._unfinished[unfinished] = path
        csv.writer(file).writerow(columns)
        return file

    def __enter__(self) -> Self:
        for left in self.folder.glob(f".{self.source.name}-*{_UNFINISHED}"):
            _remove_unless_written(left)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._open.close()
        except OSError:
            kind = OSError
            raise
        finally:
            for unfinished, path in self._unfinished.items():
                if kind is None:
                    unfinished.replace(path)
                else:
                    unfinished.unlink(missing_ok=True)
        self._remove_repeated()

    def _remove_repeated(self) -> None:
        """Remove the files of earlier loads that are the same byte by byte; what was repaired since is not."""
        mine = _group(self.path) if self._unfinished else []
        for earlier in self.folder.glob(f"{self.source.name}-{'[0-9]' * 8}T*Z.csv") if mine else ():
            theirs = _group(earlier)
            same = earlier != self.path and len(theirs) == len(mine)
            if same and all(filecmp.cmp(*pair, shallow=False) for pair in zip(theirs, mine, strict=True)):
                for path in theirs:
                    path.unlink(missing_ok=True)


def _group(path: Path) -> list[Path]:
    """Return the list of faults of a load, where there is one, and its rows."""
    return sorted(path.parent.glob(f"{path.stem}.*csv"))


def _remove_unless_written(unfinished: Path) -> None:
    """Remove what a killed load left; one that is still at work holds the lock of its file."""
    with suppress(OSError), unfinished.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        unfinished.unlink()
