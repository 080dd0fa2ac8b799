"""A URI names its store; mistakes are told with the remedy, passwords never repeated."""

from __future__ import annotations

import traceback
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, StoreError
from graph_schema.migrations import CURRENT_VERSION
from stores.embedded import EmbeddedStore
from stores.opening import open_store


def test_a_new_file_is_made_and_migrated(tmp_path: Path) -> None:
    path = tmp_path / "new-folder" / "graph.duckdb"
    with open_store(f"duckdb://{path}") as store:
        assert store.schema_version() == CURRENT_VERSION
        assert store.uri == f"duckdb://{path}"
    with open_store(str(path), read_only=True, create=False) as store:
        assert store.counts().nodes == {}


@pytest.mark.parametrize("uri", ["duckdb:graph.duckdb", "duckdb:./graph.duckdb", "graph.duckdb"])
def test_a_relative_path_starts_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uri: str) -> None:
    monkeypatch.chdir(tmp_path)
    with open_store(uri) as store:
        assert store.uri == f"duckdb://{tmp_path / 'graph.duckdb'}"


def test_korean_and_spaces_in_a_path(tmp_path: Path) -> None:
    with open_store(f"duckdb://{tmp_path}/고양 그래프.duckdb"):
        assert (tmp_path / "고양 그래프.duckdb").exists()
    with open_store(
        f"duckdb://{tmp_path}/%EA%B3%A0%EC%96%91%20%EA%B7%B8%EB%9E%98%ED%94%84.duckdb", create=False
    ) as store:
        assert store.schema_version() == CURRENT_VERSION


def test_a_file_that_was_there_is_not_migrated_unasked(tmp_path: Path) -> None:
    EmbeddedStore(tmp_path / "graph.duckdb").close()
    with open_store(str(tmp_path / "graph.duckdb")) as store:
        assert store.schema_version() == 0


@pytest.mark.parametrize("options", [{"create": False}, {"read_only": True}])
def test_a_missing_file_is_told(tmp_path: Path, options: dict[str, bool]) -> None:
    with pytest.raises(ConfigError, match=r"there is no store at .*graph\.duckdb"):
        open_store(str(tmp_path / "graph.duckdb"), **options)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("uri", "message"),
    [
        ("", "no store is named"),
        ("postgres://localhost/graph", r"unknown store postgres://…; known are duckdb:///.*bolt://.*neo4j\+s://"),
        ("duckdb://graph.duckdb", "write duckdb:///graph.duckdb"),
        ("duckdb:", "names no file"),
        ("bolt://", "names no host"),
        ("bolt://localhost:seven", "port a number"),
    ],
)
def test_a_uri_that_cannot_be_opened_is_told(uri: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        open_store(uri)


@pytest.mark.parametrize("password", [None, ""])
def test_a_server_needs_a_password(password: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DURE_NEO4J_PASSWORD", raising=False)
    if password is not None:
        monkeypatch.setenv("DURE_NEO4J_PASSWORD", password)
    with pytest.raises(ConfigError, match="set DURE_NEO4J_PASSWORD"):
        open_store("bolt://localhost:7687")


@pytest.mark.parametrize(
    "uri", ["bolt://neo4j:hunter2@localhost:1", "bolt://neo4j:hunter2@localhost:seven", "other://me:hunter2@localhost"]
)
def test_a_password_is_never_repeated(uri: str) -> None:
    with pytest.raises((ConfigError, StoreError)) as caught, open_store(uri) as store:
        store.counts()
    assert "hunter2" not in "".join(traceback.format_exception(caught.value))
