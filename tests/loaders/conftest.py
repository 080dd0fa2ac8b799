"""A fresh embedded store for each test, copied from one that is migrated once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.embedded import EmbeddedStore


@pytest.fixture
def store(migrated_file: Path, tmp_path: Path) -> Iterator[EmbeddedStore]:
    path = tmp_path / "graph.duckdb"
    shutil.copyfile(migrated_file, path)
    with EmbeddedStore(path) as opened:
        yield opened


@pytest.fixture
def migrated(migrated_file: Path, tmp_path: Path) -> Iterator[tuple[EmbeddedStore, EmbeddedStore]]:
    for name in ("one", "other"):
        shutil.copyfile(migrated_file, tmp_path / f"{name}.duckdb")
    with EmbeddedStore(tmp_path / "one.duckdb") as one, EmbeddedStore(tmp_path / "other.duckdb") as other:
        yield one, other
