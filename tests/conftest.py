"""Fixtures that all tests share."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from stores.embedded import EmbeddedStore

pytest_plugins = ["tests.browser", "tests.command_line", "tests.fewer_awards", "tests.neo4j_fixtures"]

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


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an empty, migrated embedded store that is closed; tests work on copies."""
    path = tmp_path_factory.mktemp("migrated") / "graph.duckdb"
    with EmbeddedStore(path) as store:
        store.migrate()
    return path


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, in one worker, what shares costly fixtures: each file, and the files that erase the one Neo4j.

    The longest come first, so that no worker is left alone with them at the end.
    """
    erasing = {item.path for item in items if _erases(item)}
    slow = {item.path for item in items if item.get_closest_marker("slow")}
    for item in items:
        group = "neo4j" if item.path in erasing else item.nodeid.partition("::")[0]
        item.add_marker(pytest.mark.xdist_group(group))
    items.sort(key=lambda item: (item.path not in erasing, item.path not in slow))


def _erases(item: pytest.Item) -> bool:
    return "neo4j_server" in getattr(item, "fixturenames", ()) or item.get_closest_marker("neo4j") is not None
