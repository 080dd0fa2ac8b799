"""Writing experiment folders."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.errors import ConfigError
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.folder.write import ExperimentFolder, toml_text, write_folder
from tests.recommender.importers.contents import bytes_of

SPEC: Mapping[str, object] = {
    "name": "toy",
    "task": {"kind": "recommend", "query": "A", "candidate": "B", "target": ["A", "LIKES", "B"]},
    "split": {"kind": "column"},
}


def _toy(rows: list[tuple[str, str, str]], spec: Mapping[str, object] = SPEC) -> ExperimentFolder:
    src, dst, split = (list(column) for column in zip(*rows, strict=True))
    return ExperimentFolder(
        spec,
        {"A": pa.table({"id": sorted(set(src))}), "B": pa.table({"id": sorted(set(dst))})},
        {("A", "LIKES", "B"): pa.table({"src": src, "dst": dst, "split": split})},
    )


ROWS = [("a1", "b2", "train"), ("a2", "b1", "test"), ("a1", "b1", "valid")]


def test_a_folder_has_the_files_of_the_format(tmp_path: Path) -> None:
    out = write_folder(tmp_path / "toy", _toy(ROWS))
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*")) == [
        ".written-by-dure",
        "dataset.toml",
        "edges/A__LIKES__B.csv",
        "nodes/A.csv",
        "nodes/B.csv",
    ]
    assert (out / "edges/A__LIKES__B.csv").read_text() == "src,dst,split\na1,b1,valid\na1,b2,train\na2,b1,test\n"
    assert [path.name for path in tmp_path.iterdir()] == ["toy"]


def test_rows_in_any_order_give_the_same_bytes(tmp_path: Path) -> None:
    first = write_folder(tmp_path / "first", _toy(ROWS))
    second = write_folder(tmp_path / "second", _toy(ROWS[::-1]))
    assert bytes_of(first) == bytes_of(second)


def test_an_experiment_folder_is_replaced_whole(tmp_path: Path) -> None:
    more = replace(_toy(ROWS), nodes={**_toy(ROWS).nodes, "Stale": pa.table({"id": ["x"]})})
    out = write_folder(tmp_path / "toy", more)
    assert (out / "nodes" / "Stale.csv").exists()
    write_folder(out, _toy(ROWS[:1]))
    assert not (out / "nodes" / "Stale.csv").exists()
    assert len(read_dataset(out).target) == 1


def test_what_is_no_experiment_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.txt").write_text("dear")
    with pytest.raises(ConfigError, match="is not an experiment folder"):
        write_folder(tmp_path / "home", _toy(ROWS))
    assert (tmp_path / "home" / "letter.txt").read_text() == "dear"


def test_a_folder_made_by_hand_is_left_alone(tmp_path: Path) -> None:
    """Also one that an analyst wrote in the form that an import has."""
    out = write_folder(tmp_path / "toy", _toy(ROWS))
    (out / ".written-by-dure").unlink()
    before = bytes_of(out)
    with pytest.raises(ConfigError, match=r"was not made by an import or export .*; name another, or delete it"):
        write_folder(out, _toy(ROWS[:1]))
    assert bytes_of(out) == before


@pytest.mark.parametrize("name", ["notes.txt", "results/metrics.json", "nodes/A.xlsx", "nodes/old/A.csv"])
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, name: str) -> None:
    out = write_folder(tmp_path / "toy", _toy(ROWS))
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine")
    before = bytes_of(out)
    with pytest.raises(ConfigError, match=rf"holds what no import or export wrote, .*{name}.*; move that elsewhere"):
        write_folder(out, _toy(ROWS[:1]))
    assert bytes_of(out) == before


@pytest.mark.parametrize("name", ["nodes/A.csv", "dataset.toml"])
def test_a_file_that_was_edited_since_is_not_lost(tmp_path: Path, name: str) -> None:
    out = write_folder(tmp_path / "toy", _toy(ROWS))
    (out / name).write_text((out / name).read_text() + "\n")
    before = bytes_of(out)
    with pytest.raises(ConfigError, match=rf"changed since \({name}\), .*name another"):
        write_folder(out, _toy(ROWS[:1]))
    assert bytes_of(out) == before


def test_the_mark_of_an_import_is_no_part_of_its_data(tmp_path: Path) -> None:
    out = write_folder(tmp_path / "toy", _toy(ROWS))
    marked = read_dataset(out).content_hash
    (out / ".written-by-dure").unlink()
    assert read_dataset(out).content_hash == marked


def test_a_spec_that_the_format_refuses_leaves_nothing_behind(tmp_path: Path) -> None:
    out = write_folder(tmp_path / "toy", _toy(ROWS))
    before = bytes_of(out)
    wrong = dict(SPEC) | {"split": {"kind": "global_time"}}
    with pytest.raises(ConfigError, match="train_before"):
        write_folder(out, _toy(ROWS, wrong))
    assert bytes_of(out) == before
    assert [path.name for path in tmp_path.iterdir()] == ["toy"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConfigError, match="cannot be written"):
        write_folder(tmp_path / "file" / "toy", _toy(ROWS))


@pytest.mark.parametrize("label", ["A__B", "../A", "A B", ""])
def test_a_label_that_breaks_a_file_name_is_refused(tmp_path: Path, label: str) -> None:
    folder = ExperimentFolder(SPEC, {label: pa.table({"id": ["x"]})}, {})
    with pytest.raises(ConfigError, match="cannot be part of a file name"):
        write_folder(tmp_path / "toy", folder)


def test_a_table_without_its_columns_is_refused(tmp_path: Path) -> None:
    folder = ExperimentFolder(SPEC, {"A": pa.table({"name": ["x"]})}, {})
    with pytest.raises(ConfigError, match=r"nodes/A\.csv has no column id"):
        write_folder(tmp_path / "toy", folder)


def test_toml_reads_back_as_it_was_said() -> None:
    spec: dict[str, object] = {
        "name": '따옴표 " 역사선 \\ 줄\n끝 \x7f',
        "task": {"query_where": {"type": "PRC", "a b": 1}, "symmetric": True, "target": ["A", "R", "B"]},
        "split": {"train_before": date(2018, 1, 1), "share": 0.25, "seed": 3},
    }
    text = toml_text(spec, "first line\nsecond line")
    assert text.startswith("# first line\n# second line\n")
    assert tomllib.loads(text) == spec


def test_a_value_that_toml_cannot_say_is_refused() -> None:
    with pytest.raises(ConfigError, match=r"None cannot stand in dataset\.toml"):
        toml_text({"name": None})


_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")) | st.sampled_from(',"\n\t|; '), min_size=1
)


@given(ids=st.lists(_TEXT, min_size=1, max_size=5, unique=True), text=st.lists(_TEXT, min_size=5, max_size=5))
def test_ids_and_texts_survive_commas_quotes_and_line_breaks(
    tmp_path_factory: pytest.TempPathFactory, ids: list[str], text: list[str]
) -> None:
    """Whatever is written is read again by the reader of the format, to the letter."""
    rows = [(node, "b1", "train") for node in ids]
    toy = _toy(rows)
    nodes = pa.table({"id": ids, "text": text[: len(ids)]})
    folder = ExperimentFolder(toy.spec, {**toy.nodes, "A": nodes}, toy.edges)
    dataset = read_dataset(write_folder(tmp_path_factory.mktemp("folders") / "toy", folder))
    assert dataset.quarantine == ()
    read = dict(zip(dataset.nodes["A"].ids, dataset.nodes["A"].raw["text"], strict=True))
    assert read == dict(zip(ids, text, strict=False))
    assert len(dataset.target) == len(ids)
