"""Importing sets by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, NotFoundError
from recommender.importers.award_list import ListRequest
from recommender.importers.registry import import_list, import_set
from tests.recommender.importers.contents import write_lines


def test_a_set_that_is_not_known_is_refused_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(
        NotFoundError,
        match="'movielens'; choose one of awards, recbole, triples, codex-s, h2020, h2020-names, lastfm-kg, miyagi",
    ):
        import_set("movielens", tmp_path, tmp_path)


def test_progress_counts_the_folders(tmp_path: Path) -> None:
    for split in ("train", "valid", "test"):
        (tmp_path / f"{split}.txt").write_text("a\tis\tb\n", encoding="utf-8")
    told: list[tuple[str, int, int | None]] = []
    (made,) = import_set("triples", tmp_path, tmp_path / "sets", lambda *step: told.append(step))
    assert told == [("import triples", 0, None), ("import triples", 1, None)]
    assert made.name == tmp_path.name


def test_a_public_set_has_its_own_name(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="umls names its folders itself; --name is for recbole and triples"):
        import_set("umls", tmp_path, tmp_path, called="mine")


@pytest.mark.parametrize("called", ["../mine", "/mine", "my/set", "..", "."])
def test_a_name_that_leads_elsewhere_is_refused(tmp_path: Path, called: str) -> None:
    """A folder is written under ``out`` and nowhere else."""
    for split in ("train", "valid", "test"):
        (tmp_path / f"{split}.txt").write_text("a\tis\tb\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"cannot name a folder; give one without a slash, --out says where"):
        import_set("triples", tmp_path, tmp_path / "sets", called=called)
    assert not (tmp_path / "mine").exists()
    assert not (tmp_path / "sets").exists()


def test_a_list_of_awards_is_written_by_the_name_of_its_file(tmp_path: Path) -> None:
    rows = [f"{org},{item},{year}" for org in "ab" for item in "pq" for year in (2018, 2019, 2020)]
    write_lines(tmp_path / "grants.csv", ["company,programme,year", *rows])
    told: list[tuple[str, int, int | None]] = []
    written, found = import_list(
        tmp_path / "grants.csv", tmp_path / "sets", ListRequest(), lambda *step: told.append(step)
    )
    assert written == tmp_path / "sets/grants"
    assert (written / "dataset.toml").is_file()
    assert found.left_out == ()
    assert told == [("import grants.csv", 0, None), ("import grants.csv", 1, None)]
