"""A folder takes its place once; the one that was there first stays as it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.snapshot.finished_folder import take_place
from recommender.snapshot.snapshot import write_snapshot
from stores.embedded import EmbeddedStore
from tests.recommender.fixtures import planted_city


def folder(path: Path) -> Path:
    path.mkdir()
    (path / "file").write_text(path.name)
    return path


def test_the_first_one_stays(tmp_path: Path) -> None:
    target = tmp_path / "target"
    assert take_place(folder(tmp_path / "first"), target)
    assert not take_place(folder(tmp_path / "second"), target)
    assert [(path.name, path.read_text()) for path in target.iterdir()] == [("file", "first")]
    assert (tmp_path / "second" / "file").exists()


def test_a_file_in_its_place_stays(tmp_path: Path) -> None:
    (tmp_path / "target").write_text("here")
    assert not take_place(folder(tmp_path / "first"), tmp_path / "target")
    assert (tmp_path / "target").read_text() == "here"


def test_any_other_failure_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        take_place(tmp_path / "absent", tmp_path / "target")


def test_of_two_writers_of_a_snapshot_neither_lands_inside_the_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one does not see the first, which takes its place in the meantime."""
    first = planted_city().snapshot(tmp_path)
    before = {path.name for path in first.path.iterdir()}
    exists = Path.exists
    monkeypatch.setattr(Path, "exists", lambda path, **options: path != first.path and exists(path, **options))
    with EmbeddedStore(tmp_path / "graph.duckdb", read_only=True) as store:
        assert write_snapshot(store, tmp_path / "snapshots").path == first.path
    assert {path.name for path in first.path.iterdir()} == before
