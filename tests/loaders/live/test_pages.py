"""Tests of keeping pages: whole or not at all, for their owner alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError
from graph_schema.wording import Wording
from loaders.live.pages import PageFolder

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def _refuse(_path: Path) -> None:
    raise SourceError(Wording("답이 없습니다", "no answer"))


def test_a_page_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    pages = PageFolder(tmp_path / "x")
    pages.begin({}, NOW)

    with pytest.raises(SourceError):
        pages.keep("1.json", b"half", _refuse)
    assert not pages.has("1.json")
    assert pages.keep("1.json", b"whole", Path.read_bytes) == b"whole"
    assert sorted(path.name for path in pages.folder.iterdir()) == ["1.json", "run.json"]


def test_what_a_killed_run_was_writing_is_no_page_of_the_next(tmp_path: Path) -> None:
    pages = PageFolder(tmp_path / "x")
    pages.begin({}, NOW)
    (pages.folder / ".1.json").write_bytes(b"ha")

    pages.begin({}, NOW)
    assert not pages.has("1.json")
    assert pages.keep("1.json", b"whole", Path.read_bytes) == b"whole"


def test_a_run_file_that_is_damaged_begins_anew(tmp_path: Path) -> None:
    pages = PageFolder(tmp_path / "x")
    pages.begin({}, NOW)
    pages.keep("1.json", b"{}", Path.read_bytes)
    (pages.folder / "run.json").write_text("{")

    assert not pages.begin({}, NOW)
    assert not pages.has("1.json")


def test_a_run_follows_one_that_asked_for_the_same_and_was_finished(tmp_path: Path) -> None:
    """One that was not loaded to its end leaves a gap, and so does one that asked for something else."""
    pages = PageFolder(tmp_path / "x")
    assert not pages.begin({"since": ""}, NOW)
    assert not pages.begin({"since": ""}, NOW)  # goes on
    pages.finish()
    assert pages.begin({"since": ""}, NOW)
    assert pages.begin({"since": ""}, NOW)  # goes on
    assert not pages.begin({"since": ""}, NOW + timedelta(days=4))  # too late to go on
    pages.finish()
    assert not pages.begin({"since": "2026-11-01"}, NOW)


def test_only_the_owner_may_read_pages(tmp_path: Path) -> None:
    pages = PageFolder(tmp_path / "x")
    pages.begin({}, NOW)
    pages.keep("1.json", b"{}", Path.read_bytes)

    assert pages.folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in pages.folder.iterdir())


def test_a_folder_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(ConfigError, match=r"pages cannot be kept in .*DURE_HOME"):
        PageFolder(tmp_path / "file" / "x").begin({}, NOW)
