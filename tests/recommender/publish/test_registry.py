"""Promotion is one step, and there is always a way back."""

from __future__ import annotations

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, ModelError, NotFoundError
from recommender.publish.registry import ModelRegistry


def registry_of(tmp_path: Path, *versions: str) -> ModelRegistry:
    registry = ModelRegistry(tmp_path / "models")
    for version in versions:
        folder = tmp_path / "made" / version
        folder.mkdir(parents=True)
        (folder / "bundle.json").write_text("{}")
        registry.add(folder, version)
    return registry


def test_a_version_serves_once_it_is_promoted(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2")
    assert registry.current() is None
    registry.promote("v1")
    assert registry.current() == "v1"
    assert registry.versions() == ["v1", "v2"]
    assert registry.path("v2") == tmp_path / "models" / "v2"


def test_another_reader_sees_the_promotion_at_once(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2")
    reader = ModelRegistry(tmp_path / "models")
    for version in ("v1", "v2", "v1"):
        registry.promote(version)
        assert reader.current() == version
    assert [p.name for p in (tmp_path / "models").iterdir() if p.name.startswith(".")] == []


def test_rollback_goes_back_step_by_step_and_keeps_the_history(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2", "v3")
    for version in ("v1", "v2", "v3"):
        registry.promote(version)
    assert [registry.rollback(), registry.rollback()] == ["v2", "v1"]
    assert registry.current() == "v1"
    with pytest.raises(NotFoundError, match="no earlier model"):
        registry.rollback()
    assert [event["event"] for event in registry.history()] == ["promote"] * 3 + ["rollback"] * 2


def test_a_promotion_after_a_rollback_goes_back_to_what_served_before_it(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2", "v3")
    registry.promote("v1")
    registry.promote("v2")
    registry.rollback()
    registry.promote("v3")
    assert registry.rollback() == "v1"


@pytest.mark.parametrize("version", ["v9", "", "../models/v1", "."])
def test_only_a_version_that_is_here_can_be_promoted(tmp_path: Path, version: str) -> None:
    registry = registry_of(tmp_path, "v1")
    with pytest.raises(NotFoundError, match="known: v1"):
        registry.promote(version)
    assert registry.current() is None


def test_versions_are_never_overwritten(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1")
    again = tmp_path / "again"
    again.mkdir()
    with pytest.raises(ModelError, match="never overwritten"):
        registry.add(again, "v1")


def test_rollback_passes_over_a_deleted_version_and_goes_on_one_step_each_time(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2", "v3", "v4")
    for version in ("v1", "v2", "v3", "v4"):
        registry.promote(version)
    shutil.rmtree(registry.path("v3"))
    assert [registry.rollback(), registry.rollback()] == ["v2", "v1"]
    with pytest.raises(NotFoundError, match="no earlier model"):
        registry.rollback()
    assert registry.current() == "v1"


def test_promoting_what_serves_already_is_no_step(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2")
    for version in ("v1", "v2", "v2"):
        registry.promote(version)
    assert registry.rollback() == "v1"
    with pytest.raises(NotFoundError):
        registry.rollback()


def test_rollback_never_returns_to_what_serves(tmp_path: Path) -> None:
    """v1, v2, v3, v2: with v3 gone, the step before leads to v1."""
    registry = registry_of(tmp_path, "v1", "v2", "v3")
    for version in ("v1", "v2", "v3", "v2"):
        registry.promote(version)
    shutil.rmtree(registry.path("v3"))
    assert registry.rollback() == "v1"


def test_the_history_says_what_served_before_and_why_it_changed(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2")
    registry.promote("v1", "first")
    registry.promote("v2", "더 나은 자료")
    registry.rollback("it was worse")
    assert [(row["event"], row["previous"], row["version"], row["reason"]) for row in registry.history()] == [
        ("promote", "", "v1", "first"),
        ("promote", "v1", "v2", "더 나은 자료"),
        ("rollback", "v2", "v1", "it was worse"),
    ]
    with pytest.raises(ConfigError, match="needs a reason"):
        registry.promote("v2", " ")
    periods = registry.periods()
    assert [until is None for _, until in periods["v1"]] == [False, True]
    assert periods["v2"] == [(registry.history()[1]["at"], registry.history()[2]["at"])]


class Crash(BaseException):
    """The process ends."""


@pytest.mark.parametrize("replaced", [0, 1])
def test_a_crash_in_the_middle_of_a_change_is_a_change_that_never_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replaced: int
) -> None:
    """It comes before the history is written, or between history and pointer."""
    registry = registry_of(tmp_path, "v1", "v2", "v3")
    registry.promote("v1")
    registry.promote("v2")
    real, done = Path.replace, []

    def replace(scratch: Path, target: Path) -> Path:
        if len(done) == replaced:
            raise Crash
        done.append(target)
        return real(scratch, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", replace)
        with pytest.raises(Crash):
            registry.promote("v3")
    assert registry.current() == "v2"
    assert [row["version"] for row in registry.history()] == ["v1", "v2"]
    assert registry.rollback() == "v1"
    registry.promote("v3")
    assert registry.rollback() == "v1"
    assert [row["version"] for row in registry.history()] == ["v1", "v2", "v1", "v3", "v1"]


def test_a_history_of_older_rows_is_understood(tmp_path: Path) -> None:
    registry = registry_of(tmp_path, "v1", "v2")
    rows = [{"event": "promote", "version": version, "at": "2026-01-01T00:00:00+00:00"} for version in ("v1", "v2")]
    text = "".join(json.dumps(row) + "\n" for row in rows) + '{"event": "promo'
    (tmp_path / "models" / "promotions.jsonl").write_text(text)
    (tmp_path / "models" / "current").write_text("v2\n")
    assert [row["version"] for row in registry.history()] == ["v1", "v2"]
    assert registry.rollback() == "v1"
    assert registry.current() == "v1"


def test_promotions_at_once_leave_a_history_that_ends_where_the_pointer_points(tmp_path: Path) -> None:
    versions = [f"v{number}" for number in range(8)]
    registry = registry_of(tmp_path, *versions)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: ModelRegistry(registry.folder).promote(versions[n % 8]), range(64)))
    history = registry.history()
    assert len(history) == 64
    assert history[-1]["version"] == registry.current()
    assert all(row["previous"] == before["version"] for before, row in pairwise(history))


def test_two_writers_of_one_version_do_not_put_one_folder_into_the_other(tmp_path: Path) -> None:
    registry = registry_of(tmp_path)
    folders = [tmp_path / name for name in "abcd"]
    for folder in folders:
        folder.mkdir()
        (folder / "bundle.json").write_text(folder.name)

    def add(folder: Path) -> bool:
        try:
            registry.add(folder, "v1")
        except ModelError:
            return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(add, folders)) == [False, False, False, True]
    assert [path.name for path in registry.path("v1").iterdir()] == ["bundle.json"]
