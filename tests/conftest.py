"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.browser", "tests.neo4j_fixtures"]

# A busy machine is no fault of the code: untimed, as Hypothesis' own profile for CI is, but with chance.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Return the folder of real public files beside the project."""
    if not (SHARED / "data").is_dir():
        pytest.skip(f"real files are not at hand: {SHARED / 'data'} does not exist")
    return SHARED / "data"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, in one worker, what shares costly fixtures: each file, and all that erases the one Neo4j."""
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        erases = item.get_closest_marker("neo4j") or "neo4j_server" in fixtures
        item.add_marker(pytest.mark.xdist_group("neo4j" if erases else item.location[0]))
