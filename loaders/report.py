"""The outcome of a load, counted in input rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from graph_schema.errors import SourceError
from graph_schema.wording import Wording
from loaders.claims import Disagreement
from loaders.hand_edits import HandEdits


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many rows of the file ``by`` say something else than an earlier ``file``, and so took their place."""

    file: Path
    by: Path
    rows: int


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet of a workbook that gave no row: it is hidden, empty, or has no header of the source."""

    file: Path
    name: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class LoadReport:
    """``read = loaded + unchanged + quarantined``, always.

    ``loaded`` rows wrote at least one node or relationship, ``unchanged`` ones found everything they say in the store
    already, ``quarantined`` ones wait in ``quarantine_file`` with what is wrong with them. ``cells`` counts the bad
    ones in rows that were loaded without them, which are listed there too (None where there is neither).
    ``closed`` counts the nodes and relationships that hold no longer, since the register no longer says them; a load
    that was not told that it is ``whole`` closes only what its own rows have dropped. ``replaced`` tells where two
    files of the load, of the same columns, disagree. ``lacking_columns`` are optional ones that a file, or a sheet of
    it, does not have: what was known by them is kept. ``skipped_sheets`` are those of workbooks that gave no row.
    ``unknown_columns`` were not read, since the source does not know them; ``like_columns`` names for some of them the
    column that is spelt nearly so and that the files lack. ``awaited`` counts, by label, the
    nodes that this source names and no other has entered yet. ``unnamed_codes`` of the rows loaded stand in no table of
    codes, so that the code is all they are called. ``disagreements`` counts values of rows that were read of which
    another source gives a different one, and only the one of more authority is shown. ``remarks`` say how files were
    read where that is not plain, and what of them each is about. ``hands`` tells what people had done by hand and the
    load wrote over; None where only loads write to the store.
    """

    source: str
    read: int
    loaded: int
    unchanged: int
    quarantined: int
    seconds: float
    cells: int = 0
    closed: int = 0
    whole: bool = False
    quarantine_file: Path | None = None
    replaced: tuple[Replaced, ...] = ()
    lacking_columns: tuple[str, ...] = ()
    skipped_sheets: tuple[SkippedSheet, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    awaited: Mapping[str, int] = field(default_factory=dict)
    like_columns: Mapping[str, str] = field(default_factory=dict)
    unnamed_codes: tuple[str, ...] = ()
    disagreements: Mapping[Disagreement, int] = field(default_factory=dict)
    remarks: Mapping[Wording, Sequence[str]] = field(default_factory=dict)
    hands: HandEdits | None = None

    @property
    def refused(self) -> bool:
        """Whether rows were read and every one of them waits."""
        return 0 < self.read == self.quarantined

    def as_json(self) -> dict[str, object]:
        """Return the figures that programs read: source, counts, seconds, and where the bad rows wait."""
        return {
            "source": self.source,
            "read": self.read,
            "loaded": self.loaded,
            "unchanged": self.unchanged,
            "quarantined": self.quarantined,
            "cells": self.cells,
            "closed": self.closed,
            "whole": self.whole,
            "seconds": round(self.seconds, 3),
            "quarantine_file": str(self.quarantine_file) if self.quarantine_file else None,
            "replaced": [{"file": str(e.file), "by": str(e.by), "rows": e.rows} for e in self.replaced],
            "lacking_columns": list(self.lacking_columns),
            "skipped_sheets": [
                {"file": str(each.file), "sheet": each.name, "hidden": each.hidden} for each in self.skipped_sheets
            ],
            "unknown_columns": list(self.unknown_columns),
            "unnamed_codes": list(self.unnamed_codes),
            "awaited": dict(self.awaited),
            "disagreements": [
                {**each._asdict(), "element": each.element.name, "rows": rows}
                for each, rows in self.disagreements.items()
            ],
            "remarks": [{**asdict(what), "about": list(about)} for what, about in self.remarks.items()],
            "hand_edits": self.hands.as_json() if self.hands else None,
        }


class UnreadFilesError(SourceError):
    """Some files of a load could not be read, or not to their end; ``report`` tells what came of the others."""

    def __init__(self, messages: Sequence[Wording], report: LoadReport) -> None:
        self.report = report
        super().__init__(Wording.joined(messages))
