"""What the doctor says of a fresh machine and of one in use."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from loaders.samples import sample_loads
from stores.server import Neo4jServer
from tests.command_line import Run


def _findings(run: Run) -> dict[str, dict[str, Any]]:
    return {finding["what"]: finding for finding in json.loads(run("doctor", "--json").stdout)}


def test_a_fresh_home_has_no_store_snapshot_or_model_and_says_how_to_get_them(run: Run) -> None:
    found = _findings(run)
    for what in ("store", "snapshot", "model"):
        assert found[what]["state"] == "missing"
        assert all("dure" in text for text in found[what]["remedy"].values())
    assert found["python"]["state"] == "ok"


def test_rows_of_the_law_that_nobody_read_in_the_text_are_counted(run: Run) -> None:
    found = _findings(run)["law"]
    waiting = len(json.loads(run("law", "--to-confirm", "--json").stdout))
    assert found["state"] == "ok"
    assert f"{waiting} of them to be confirmed" in found["detail"]["en"]
    assert found["remedy"]["ko"] == "dure law --to-confirm"


def test_a_store_in_use_is_counted(run: Run) -> None:
    run("load", "centers", dict(sample_loads())["centers"])
    found = _findings(run)
    assert found["store"]["state"] == "ok"
    assert "nodes" in found["store"]["detail"]["en"]


def test_a_store_that_cannot_be_reached_is_broken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor goes on with the other questions and ends with a failure."""
    monkeypatch.setenv("DURE_STORE", "bolt://127.0.0.1:1")
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", "not-to-be-seen")
    result = run("doctor", "--json")
    assert result.exit_code == 1
    assert "not-to-be-seen" not in result.stdout
    found = {finding["what"]: finding for finding in json.loads(result.stdout)}
    assert found["store"]["state"] == "broken"
    assert found["model"]["state"] == "missing"


def test_a_server_that_is_named_and_dead_is_broken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in the settings is no server."""
    monkeypatch.setenv("DURE_NEO4J_URI", "bolt://127.0.0.1:1")
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", "not-to-be-seen")
    found = _findings(run)["neo4j"]
    assert found["state"] == "broken"
    assert "no Neo4j server answers at bolt://127.0.0.1:1" in found["detail"]["en"]
    assert "DURE_NEO4J_URI" in found["remedy"]["ko"]


def test_a_store_on_a_server_that_hangs_is_told_without_waiting_for_it(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Opening it would wait as for one that comes up."""
    hangs = replace(Neo4jServer(Path()).status(), running=True, pid=1, uri="bolt://127.0.0.1:1")
    monkeypatch.setattr(Neo4jServer, "status", lambda _server: hangs)
    monkeypatch.setenv("DURE_STORE", "neo4j")
    found = _findings(run)
    assert {found[what]["state"] for what in ("neo4j", "store")} == {"broken"}
    assert "does not answer" in found["store"]["detail"]["en"]
