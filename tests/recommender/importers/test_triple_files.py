"""Triples with a fixed split as an experiment folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers.registry import import_set
from tests.recommender.importers.contents import edge_rows, node_rows


def _files(folder: Path, **rows: str) -> Path:
    for split in ("train", "valid", "test"):
        (folder / f"{split}.txt").write_text(rows[split], encoding="utf-8")
    return folder


def test_each_relation_has_a_file_with_the_split(tmp_path: Path) -> None:
    source = _files(tmp_path, train="Q1\tP1\tQ2\nQ2\tpart_of\tQ1\n", valid="Q2\tP1\tQ3\n", test="Q3\tP1\tQ1\n")
    (made,) = import_set("triples", source, tmp_path / "sets", called="mine")
    assert made.name == "mine"
    assert [row["id"] for row in node_rows(made, "Entity")] == ["Q1", "Q2", "Q3"]
    assert edge_rows(made, ("Entity", "P1", "Entity")) == [
        {"src": "Q1", "dst": "Q2", "split": "train"},
        {"src": "Q2", "dst": "Q3", "split": "valid"},
        {"src": "Q3", "dst": "Q1", "split": "test"},
    ]
    assert edge_rows(made, ("Entity", "part_of", "Entity")) == [{"src": "Q2", "dst": "Q1", "split": "train"}]


def test_a_triple_with_an_empty_part_is_refused(tmp_path: Path) -> None:
    source = _files(tmp_path, train="Q1\tP1\tQ2\n", valid="Q2\tP1\t\n", test="Q3\tP1\tQ1\n")
    with pytest.raises(SourceError, match=r"valid\.txt: dst is empty in 1 of 1 rows"):
        import_set("triples", source, tmp_path / "sets")


def test_files_are_known_by_the_word_of_their_split(tmp_path: Path) -> None:
    for name in ("wn18rr-train.tsv", "wn18rr_dev.txt", "Test.tsv", "README.txt", "latest.txt"):
        (tmp_path / name).write_text("a\tis\tb\n", encoding="utf-8")
    (made,) = import_set("triples", tmp_path, tmp_path / "sets", called="wn18rr")
    assert [row["split"] for row in edge_rows(made, ("Entity", "is", "Entity"))] == ["test", "train", "valid"]


@pytest.mark.parametrize(("more", "found"), [((), "none"), (("a-test.txt", "b-test.txt"), "a-test.txt, b-test.txt")])
def test_a_split_without_a_file_or_with_several_is_told(tmp_path: Path, more: tuple[str, ...], found: str) -> None:
    for name in ("train.txt", "valid.txt", *more):
        (tmp_path / name).write_text("a\tis\tb\n", encoding="utf-8")
    with pytest.raises(SourceError, match=f"one file of triples for test, .* there are: {found}"):
        import_set("triples", tmp_path, tmp_path / "sets", called="mine")
