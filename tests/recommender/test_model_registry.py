"""Promotion is one step, and there is always a way back."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import ModelError, NotFoundError
from recommender.model_registry import ModelRegistry


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
