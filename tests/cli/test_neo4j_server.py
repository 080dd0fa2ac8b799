"""What ``dure neo4j`` looks at before it starts a server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cli.commands import neo4j_server
from graph_schema.errors import SourceError
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
