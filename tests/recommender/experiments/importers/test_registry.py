"""Importing sets by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import NotFoundError
from recommender.experiments.importers.registry import import_set


def test_a_set_that_is_not_known_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="'movielens'; choose one of codex-s, h2020, lastfm-kg, patents, umls"):
        import_set("movielens", tmp_path, tmp_path)


def test_progress_counts_the_folders(tmp_path: Path) -> None:
    for split in ("train", "valid", "test"):
        (tmp_path / f"{split}.txt").write_text("a\tis\tb\n", encoding="utf-8")
    told: list[tuple[str, int, int | None]] = []
    import_set("umls", tmp_path, tmp_path / "sets", lambda *step: told.append(step))
    assert told == [("import umls", 0, None), ("import umls", 1, None)]
