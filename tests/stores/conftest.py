"""Fixtures of the embedded store."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.embedded import EmbeddedStore


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return where the embedded store of a test lies."""
    return tmp_path / "graph.duckdb"


@pytest.fixture
def embedded(migrated_file: Path, database: Path) -> Iterator[EmbeddedStore]:
    """Open an empty, migrated embedded store."""
    shutil.copyfile(migrated_file, database)
    with EmbeddedStore(database) as opened:
        yield opened
