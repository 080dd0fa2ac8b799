"""What ``dure neo4j`` looks at before it starts a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cli.commands import neo4j_server
from graph_schema.errors import ConfigError, SourceError
from stores.server import ServerStatus
from tests.command_line import Run


def test_what_is_no_backup_is_refused_before_a_server_is_started(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start(*_arguments: object, **_options: object) -> Any:
        pytest.fail("a store was opened")

    monkeypatch.setattr(neo4j_server, "store_of", start)
    refused = run("neo4j", "restore", tmp_path / "nothing").exception
    assert isinstance(refused, SourceError)
    assert "name a folder that `dure neo4j backup` wrote" in str(refused)


def _running(monkeypatch: pytest.MonkeyPatch, home: Path, *, answers: bool) -> None:
    status = ServerStatus(
        running=True,
        home=home,
        uri="bolt://127.0.0.1:7",
        pid=42,
        user="neo4j",
        password_file=home / "password",
        log=home / "log",
        heap_mb=1024,
    )
    monkeypatch.setattr("stores.server.Neo4jServer.status", lambda _server: status)
    monkeypatch.setattr("stores.server.Neo4jServer.answers", lambda _server: answers)


def test_a_server_that_hangs_is_told_as_such(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _running(monkeypatch, home, answers=False)
    told = run("neo4j", "status").stdout
    assert told.startswith("process 42 runs and does not answer at bolt://127.0.0.1:7")
    assert "use it with" not in told
    assert json.loads(run("neo4j", "status", "--json").stdout)["answers"] is False


def test_what_the_short_name_means_is_told(run: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With DURE_NEO4J_URI set, --store neo4j is another server than the one that runs here."""
    _running(monkeypatch, home, answers=True)
    assert "use it with --store neo4j or DURE_STORE=neo4j\n" in run("neo4j", "status").stdout
    monkeypatch.setenv("DURE_NEO4J_URI", "bolt://city.example:7687")
    told = run("neo4j", "status").stdout
    assert "--store neo4j goes to bolt://city.example:7687" in told
    assert "use it with" not in told


def test_a_folder_is_no_file_for_a_perspective(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is said before minutes are spent on the trial of all phrases."""
    monkeypatch.setattr("cli.commands.bloom.neo4j_store_of", lambda *_arguments, **_options: pytest.fail("opened"))
    for options in (("--out", tmp_path), ("--out", tmp_path / "a" / "x.json", "--report", tmp_path)):
        refused = run("bloom", "export", *options).exception
        assert isinstance(refused, ConfigError)
        assert "is a folder; name a file in it" in str(refused)
