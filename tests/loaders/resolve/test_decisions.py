"""Decisions in either store."""

from __future__ import annotations

import pytest

from stores.bolt import Neo4jStore
from tests.loaders.resolve.decisions_contract import DecisionsContract


class TestInTheEmbeddedStore(DecisionsContract):
    """The contract on a file."""


@pytest.mark.neo4j
class TestInNeo4j(DecisionsContract):
    """The contract on a real server."""

    @pytest.fixture
    def store(self, neo4j_store: Neo4jStore) -> Neo4jStore:
        return neo4j_store
