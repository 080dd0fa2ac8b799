"""A folder of another set is refused under a set's name."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.errors import SourceError
from recommender.importers import published
from recommender.importers.published import MARKS, Mark, refuse_other_set
from recommender.importers.registry import IMPORTERS, import_set
from tests.recommender.importers.contents import write_lines


def _triples(folder: Path, train: int) -> Path:
    folder.mkdir(exist_ok=True)
    for split, lines in (("train", train), ("valid", 1), ("test", 1)):
        write_lines(folder / f"{split}.txt", [f"a\tis\tb{at}" for at in range(lines)])
    return folder


def test_every_public_set_has_marks() -> None:
    assert MARKS.keys() == IMPORTERS.keys()


def test_triples_of_another_set_are_refused_with_the_set_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the number of lines, since all have the same three files."""
    marks = {name: (Mark("train.txt", lines),) for name, lines in (("codex-s", 7), ("umls", 3))}
    monkeypatch.setattr(published, "MARKS", marks)
    refuse_other_set("umls", _triples(tmp_path / "umls", 3))
    codex = _triples(tmp_path / "codex", 7)
    with pytest.raises(
        SourceError,
        match=r"codex is not umls: train.txt has 7 lines, as published 3; it looks like "
        r"codex-s, which `dure experiment import codex-s .*codex` imports",
    ):
        refuse_other_set("umls", codex)


def test_triples_of_no_known_set_are_told_how_they_are_imported(tmp_path: Path) -> None:
    source = _triples(tmp_path / "mine", 4)
    with pytest.raises(SourceError, match=r"train.txt has 4 lines, as published 5,216; .* import triples .* --name"):
        import_set("umls", source, tmp_path / "sets")
    assert not (tmp_path / "sets").exists()


def test_registers_are_told_apart_by_their_columns(tmp_path: Path) -> None:
    write_lines(tmp_path / "awards.csv.gz", ["org,programme,year,amount,operation", "a,p,2010,1,x"])
    with pytest.raises(SourceError, match="is not miyagi; it looks like slovenia"):
        import_set("miyagi", tmp_path, tmp_path / "sets")


def test_a_folder_that_lacks_a_file_is_told_which(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"one file of triples for train, such as train\.txt"):
        import_set("umls", tmp_path, tmp_path / "sets")


@pytest.mark.shared
def test_the_published_files_are_taken_for_their_own_set_alone(shared_data: Path) -> None:
    bench = shared_data.parent / "bench"
    if not bench.is_dir():
        pytest.skip(f"public sets are not at hand: {bench} does not exist")
    for name in ("codex-s", "umls", "lastfm-kg", "h2020", "sbir"):
        refuse_other_set(name, bench / name)
        for other in {"codex-s", "umls", "lastfm-kg", "miyagi", "sbir"} - {name}:
            with pytest.raises(SourceError, match=f"is not {other}.*; it looks like {name}"):
                refuse_other_set(other, bench / name)
