"""Fixtures of the embedded store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from stores.embedded import EmbeddedStore


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return where the embedded store of a test lies."""
    return tmp_path / "graph.duckdb"


@pytest.fixture
def embedded(database: Path) -> Iterator[EmbeddedStore]:
    """Open an empty, migrated embedded store."""
    with EmbeddedStore(database) as opened:
        opened.migrate()
        yield opened
