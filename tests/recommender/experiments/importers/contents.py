"""What folders hold, for comparison in tests."""

from __future__ import annotations

import csv
from pathlib import Path

from recommender.experiments.importers.folder import EdgeKey


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def edge_rows(folder: Path, key: EdgeKey) -> list[dict[str, str]]:
    """Return the rows of a relation."""
    return _rows(folder / "edges" / f"{'__'.join(key)}.csv")


def node_rows(folder: Path, label: str) -> list[dict[str, str]]:
    """Return the rows of a label."""
    return _rows(folder / "nodes" / f"{label}.csv")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
