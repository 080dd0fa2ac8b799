"""A part of the real awards of the sample, on which an evaluation takes a third of the time."""

from __future__ import annotations

import csv
import gzip
import shutil
from pathlib import Path

import pytest

from loaders.samples import sample_awards


@pytest.fixture(scope="session")
def fewer_awards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the awards of every fourth organisation."""
    path = tmp_path_factory.mktemp("awards")
    organisations = _read(sample_awards() / "orgs.csv.gz")[::4]
    kept = {row["org"] for row in organisations}
    _write(path / "orgs.csv.gz", organisations)
    _write(path / "awards.csv.gz", [row for row in _read(sample_awards() / "awards.csv.gz") if row["org"] in kept])
    shutil.copy(sample_awards() / "programmes.csv.gz", path)
    return path


def _read(path: Path) -> list[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[dict[str, str]]) -> None:
    with gzip.open(path, "wt", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
