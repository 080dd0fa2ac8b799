"""A Neo4j that has its port and answers nobody: requests that need it end, all others go on, and it is taken back."""

from __future__ import annotations

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

import psutil
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import ApiSettings
from tests.api.city import COMPANY
from tests.api.conftest import OPENERS, serving
from tests.neo4j_fixtures import Neo4jAccess

_PATIENCE_S: Final = 120
"""Far more than any answer takes; a test that waits so long has found something that hangs."""


@pytest.fixture
def process(neo4j_graph: Neo4jAccess) -> psutil.Process:
    """Return the server that is to be frozen."""
    if neo4j_graph.server is None:
        pytest.skip("DURE_NEO4J_URI names a server that is not ours to freeze")
    return psutil.Process(neo4j_graph.server.status().pid)


@pytest.fixture
def app(home: Path, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch) -> FastAPI:
    monkeypatch.setenv("DURE_NEO4J_USER", neo4j_graph.user)
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", neo4j_graph.password)
    return create_app(ApiSettings(home=home, store=neo4j_graph.uri, api_keys=None, api_open=False), OPENERS)


@pytest.mark.neo4j
def test_health_answers_while_the_server_is_frozen_and_says_so_afterwards(
    keys: dict[str, dict[str, str]], app: FastAPI, process: psutil.Process
) -> None:
    who = keys["coordinator"]
    with serving(app) as client, ThreadPoolExecutor(2) as pool:
        assert client.get("/v1/needs", headers=who).json()["needs"] == []
        assert client.get("/health/ready").json()["checks"]["store"] == "ready"
        process.send_signal(signal.SIGSTOP)
        try:
            asked = pool.submit(client.get, "/v1/needs", headers=who)
            while not asked.done():
                for path in ("/health/live", "/health/ready", f"/v1/companies/{COMPANY}/recommendations/programs"):
                    assert pool.submit(client.get, path, headers=who).result(_PATIENCE_S).status_code == 200
            assert asked.result().status_code == 503
            assert asked.result().json()["type"] == "urn:dure:problem:out-of-time"
            frozen = client.get("/health/ready").json()
            assert (frozen["status"], frozen["checks"]["store"]) == ("degraded", "silent")
        finally:
            process.send_signal(signal.SIGCONT)
        assert client.get("/v1/needs", headers=who).json()["needs"] == []
        _await_state(client, "ready")


@pytest.mark.neo4j
@pytest.mark.usefixtures("keys")
def test_health_notices_a_frozen_server_that_nobody_uses_and_that_it_is_back(
    app: FastAPI, process: psutil.Process
) -> None:
    with serving(app) as client:
        _await_state(client, "ready")
        process.send_signal(signal.SIGSTOP)
        try:
            _await_state(client, "silent")
            assert client.get("/health/ready").json()["status"] == "degraded"
        finally:
            process.send_signal(signal.SIGCONT)
        _await_state(client, "ready")


def _await_state(client: TestClient, state: str) -> None:
    patience = time.monotonic() + _PATIENCE_S
    while client.get("/health/ready").json()["checks"]["store"] != state:
        assert time.monotonic() < patience, f"the store is never {state}"
        time.sleep(0.1)
