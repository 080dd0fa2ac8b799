"""A small real sample of public data that ships with the project, and examples of the CSV templates."""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent

_LOADS: Final = (
    ("regions", "regions.csv"),
    ("institutions", "institutions.csv"),
    ("ksic11", "ksic11_tree.csv"),
    ("centers", "centers.csv"),
    ("bizinfo", "bizinfo_2021.csv"),
    ("bizinfo", "bizinfo_2026.csv"),
    ("bizinfo", "bizinfo_api.json"),
    ("kstartup", "kstartup_api.json"),
    ("ntis-calls", "ntis_calls.csv"),
    ("ventures", "ventures.csv"),
    ("kipris", "patents.csv"),
)


def sample_loads() -> list[tuple[str, Path]]:
    """Return (source name, file) of the real sample, in the order in which to load it."""
    return [(source, FOLDER / name) for source, name in _LOADS]


def sample_awards() -> Path:
    """Return the folder of real awards, the files of the set ``miyagi`` of ``dure experiment import``."""
    return FOLDER / "awards"
