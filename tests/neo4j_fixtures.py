"""A real Neo4j for all tests: the server that DURE_NEO4J_URI names, else one started from pip packages."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import neo4j
import pytest

from graph_schema.migrations import CURRENT_VERSION
from stores.bolt import Neo4jStore
from stores.server import USER, Neo4jServer

_COUNT = "MATCH (n) WHERE NOT n:_DureMeta RETURN count(n)"
_WIPE = "MATCH (n) WHERE NOT n:_DureMeta OR n.version > $version CALL (n) { DETACH DELETE n } IN TRANSACTIONS"


def pytest_configure() -> None:
    """Spare servers that live for minutes Java's second compiler, which takes more time than it would give back."""
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1")


@dataclass(frozen=True)
class Neo4jAccess:
    """How to reach the server; ``server`` is None where it is not ours to stop."""

    uri: str
    user: str
    password: str
    server: Neo4jServer | None = None

    @cached_property
    def driver(self) -> neo4j.Driver:
        """One for all that is done behind a store's back; a connection that a restart ended is found out."""
        return neo4j.GraphDatabase.driver(self.uri, auth=(self.user, self.password), liveness_check_timeout=0)

    def open(self) -> Neo4jStore:
        return Neo4jStore(self.uri, user=self.user, password=self.password)

    def run(self, query: str, **parameters: object) -> list[neo4j.Record]:
        """Run a query behind the store's back."""
        with self.driver.session(database="neo4j") as session:
            return list(session.run(query, parameters))

    def db_hits(self, query: str, **parameters: object) -> int:
        """Run a query and return how often it read the database, which is the same on every machine."""

        def hits(plan: dict[str, Any]) -> int:
            return int(plan["dbHits"]) + sum(map(hits, plan.get("children", ())))

        with self.driver.session(database="neo4j") as session:
            return hits(session.run(f"PROFILE {query}", parameters).consume().profile or {})

    def wipe(self) -> None:
        """Erase the graph and every trace of newer code, but keep constraints and indexes."""
        self.run(_WIPE, version=CURRENT_VERSION)


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jAccess]:
    """Return a server with an empty, migrated graph; tests erase all that is in it."""
    uri = os.environ.get("DURE_NEO4J_URI")
    if uri:
        given = Neo4jAccess(uri, os.environ.get("DURE_NEO4J_USER", USER), os.environ.get("DURE_NEO4J_PASSWORD", ""))
        nodes = given.run(_COUNT)[0][0]
        if nodes:
            given.driver.close()
            pytest.fail(f"the graph at {uri} holds {nodes} nodes, which the tests would erase; name an empty one")
        yield from _migrated(given)
        return
    server = Neo4jServer(tmp_path_factory.mktemp("neo4j"))
    try:
        status = server.start()
        yield from _migrated(Neo4jAccess(str(status.uri), status.user, server.password(), server))
    finally:
        server.stop()


def _migrated(access: Neo4jAccess) -> Iterator[Neo4jAccess]:
    with access.open() as store:
        store.migrate()
    yield access
    access.wipe()
    access.driver.close()


@pytest.fixture
def neo4j_graph(neo4j_server: Neo4jAccess) -> Neo4jAccess:
    """Return the server with an empty graph, whatever the last test left there."""
    neo4j_server.wipe()
    return neo4j_server


@pytest.fixture
def neo4j_store(neo4j_graph: Neo4jAccess) -> Iterator[Neo4jStore]:
    """Open an empty, migrated Neo4j store."""
    with neo4j_graph.open() as store:
        yield store
