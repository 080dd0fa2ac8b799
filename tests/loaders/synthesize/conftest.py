"""One filled store and one city of 20,000 companies for all tests of the made-up city."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pyarrow as pa
import pytest

from loaders.synthesize.background import Background, read_background
from loaders.synthesize.city import City, build_city
from loaders.synthesize.tables import city_tables
from stores.embedded import EmbeddedStore
from tests.loaders.synthesize.surroundings import fill

UNTIL = date(2026, 3, 1)


@pytest.fixture(scope="session")
def surroundings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedStore]:
    """Return a store with real surroundings and no city; tests must not write to it."""
    with EmbeddedStore(tmp_path_factory.mktemp("surroundings") / "graph.duckdb") as store:
        fill(store)
        yield store


@pytest.fixture(scope="session")
def background(surroundings: EmbeddedStore) -> Background:
    return read_background(surroundings)


@pytest.fixture(scope="session")
def city(background: Background) -> City:
    """Return the city of the brief: 20,000 companies, seed 7."""
    return build_city(background, companies=20_000, seed=7, until=UNTIL)


@pytest.fixture(scope="session")
def tables(city: City) -> dict[str, pa.Table]:
    return city_tables(city)
