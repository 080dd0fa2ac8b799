"""The outcome of a load, counted in input rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class LoadReport:
    """``read = loaded + unchanged + quarantined``, always.

    ``loaded`` rows wrote at least one node or relationship, ``unchanged`` ones found everything they say in the store
    already, ``quarantined`` ones wait in ``quarantine_file`` (None where there are none) with what is wrong with them.
    """

    source: str
    read: int
    loaded: int
    unchanged: int
    quarantined: int
    seconds: float
    quarantine_file: Path | None = None

    def as_json(self) -> dict[str, str | int | float]:
        """Return the figures that programs read: the source, the four counts and the seconds."""
        return {
            "source": self.source,
            "read": self.read,
            "loaded": self.loaded,
            "unchanged": self.unchanged,
            "quarantined": self.quarantined,
            "seconds": round(self.seconds, 3),
        }
