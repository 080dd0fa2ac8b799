"""One home, the same files for whoever opens it."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.settings import ApiSettings
from cli.commands.doctor import doctor
from cli.composition import store_of
from cli.settings import Settings
from graph_schema.errors import ConfigError
from stores.embedded import EmbeddedStore
from stores.file_uri import path_of, uri_of
from stores.home import Home
from stores.opening import open_store

ODD_NAMES = ["plain", "a%20b#c", "왜 100%", "고양 그래프", "~", "a;b&c=d+e", "%2e%2e", "%3F"]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_command_line_and_the_server_open_the_very_same_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv("DURE_STORE", raising=False)
    home = tmp_path / name
    monkeypatch.setenv("DURE_HOME", str(home))
    settings, server = Settings(), ApiSettings()
    with store_of(settings) as made:
        made.migrate()
        uri = made.uri
    assert [path.name for path in home.iterdir()] == ["graph.duckdb"]
    with open_store(server.store_uri, read_only=True, create=False) as opened:
        assert opened.uri == uri == settings.store_uri == server.store_uri
    assert settings.files == server.files == Home(home)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_doctor_finds_the_store_of_the_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    monkeypatch.delenv("DURE_STORE", raising=False)
    monkeypatch.setenv("DURE_HOME", str(tmp_path / name))
    with store_of(Settings()):
        pass
    doctor(json=True)
    assert "nothing yet at" not in capsys.readouterr().out


def test_a_home_with_a_question_mark_is_the_same_for_both_and_refused_by_both(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB would put its log file into another folder."""
    monkeypatch.delenv("DURE_STORE", raising=False)
    monkeypatch.setenv("DURE_HOME", str(tmp_path / "왜? 100%"))
    assert Settings().store_uri == ApiSettings().store_uri
    assert path_of(ApiSettings().store_uri) == tmp_path / "왜? 100%" / "graph.duckdb"
    with pytest.raises(ConfigError, match="question mark"), store_of(Settings()):
        pass
    with pytest.raises(ConfigError, match="question mark"):
        open_store(ApiSettings().store_uri)


@pytest.mark.parametrize("name", [*ODD_NAMES, "왜? 100%"])
def test_a_path_comes_back_from_its_uri(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "graph.duckdb"
    assert path_of(uri_of(path)) == path


def test_the_uri_that_a_store_gives_opens_it_again(tmp_path: Path) -> None:
    path = tmp_path / "50%25 #1.duckdb"
    with EmbeddedStore(path) as store:
        uri = store.uri
    with open_store(uri, create=False) as again:
        assert again.uri == uri
    assert path.exists()


@pytest.mark.parametrize("uri", ["duckdb:///data/a#b/graph.duckdb", "duckdb:///data/a?b/graph.duckdb"])
def test_a_uri_that_would_be_cut_short_is_refused_with_the_remedy(uri: str) -> None:
    with pytest.raises(ConfigError, match=r"write %3F for \? and %23 for #"):
        open_store(uri)


def test_all_files_lie_in_the_home() -> None:
    home = Home(Path("here"))
    names = [name for name, of in vars(Home).items() if isinstance(of, property) and name != "store_uri"]
    paths = [getattr(home, name) for name in names]
    assert len(set(paths)) == len(names) == 13
    assert {path.parent for path in paths} == {Path("here")}
