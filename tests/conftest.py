"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["tests.neo4j_fixtures"]

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public files beside the project."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"real files are not at hand: {SHARED / 'data'} does not exist")
    return SHARED / "data"
