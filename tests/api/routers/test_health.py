"""Readiness answers within two seconds, whatever the store does: what it may wait for adds up to less."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from api import store_access
from api.app import Openers, create_app
from api.routers import health
from api.settings import ApiSettings
from graph_schema.errors import StoreUnavailableError
from graph_schema.wording import Wording
from stores import server
from stores.base import GraphStore
from tests.api.conftest import OPENERS, serving

_PROMISED_S = 2.0
_PATIENCE_S = 120
"""A test that waits so long has found something that hangs."""


def test_what_readiness_and_status_may_wait_for_adds_up_to_less_than_promised() -> None:
    """The time-outs, since a stop watch would tell of the machine; a look is over before readiness stops waiting."""
    assert store_access.LOOK_S < health.WAIT_S < _PROMISED_S
    assert server.ANSWER_S + server.PAUSE_S < _PROMISED_S


def test_readiness_waits_for_nothing_but_a_look_and_no_longer_than_it_may(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store does not come back at all until the answer is there."""
    monkeypatch.setattr(store_access, "LOOK_S", 0.0)
    monkeypatch.setattr(store_access, "_LATELY_S", 0.0)
    monkeypatch.setattr(health, "WAIT_S", 0.2)
    frozen, leave = threading.Event(), threading.Event()

    def open_store(uri: str, *, read_only: bool = False) -> GraphStore:
        if frozen.is_set():
            leave.wait(_PATIENCE_S)
        raise StoreUnavailableError(Wording("없음", f"nothing at {uri} {read_only}"))

    settings = ApiSettings(home=home, store="bolt://somewhere", api_keys=None, api_open=True)
    with serving(create_app(settings, Openers(OPENERS.recommender, open_store))) as client:
        assert client.get("/health/ready").json()["checks"]["store"] == "unavailable"
        frozen.set()
        try:
            found = client.get("/health/ready").json()
            assert (found["status"], found["checks"]["store"]) == ("degraded", "silent")
            assert not leave.is_set()
        finally:
            leave.set()


def test_a_server_that_is_not_there_is_unavailable_and_not_silent(home: Path) -> None:
    settings = ApiSettings(home=home, store="bolt://127.0.0.1:1", api_keys=None, api_open=True)
    access = store_access.store_access(settings.store_uri, OPENERS.store)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DURE_NEO4J_PASSWORD", "secret")
        access.look()
    assert access.state == "unavailable"
    access.close()
