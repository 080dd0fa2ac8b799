"""Settings become open parts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from api.settings import ApiSettings
from cli import composition
from cli.settings import Settings


def test_the_address_of_our_own_server_needs_no_password(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a remedy that names it works as printed; a password that is set means somebody else's server."""
    (home / "neo4j").mkdir(parents=True)
    (home / "neo4j" / "server.json").write_text(json.dumps({"port": 24_000}))
    monkeypatch.delenv("DURE_NEO4J_PASSWORD", raising=False)
    assert composition._is_own_server(Settings(), "bolt://127.0.0.1:24000")
    assert not composition._is_own_server(Settings(), "bolt://127.0.0.1:24001")
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", "")
    assert composition._is_own_server(Settings(), "bolt://127.0.0.1:24000")
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", "another")
    assert not composition._is_own_server(Settings(), "bolt://127.0.0.1:24000")


@pytest.mark.parametrize("settings", [Settings, ApiSettings])
def test_an_empty_variable_is_as_good_as_none(
    settings: type[Settings | ApiSettings], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As files of variables leave them: an empty home would be the working folder, an empty key file too."""
    for name in settings.model_fields:
        monkeypatch.delenv(f"DURE_{name.upper()}", raising=False)
    absent = settings()
    for name in settings.model_fields:
        monkeypatch.setenv(f"DURE_{name.upper()}", "")
    assert settings() == absent
