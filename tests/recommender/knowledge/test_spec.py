"""What dataset.toml says: defaults, and mistakes that are named before anything is read."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError
from recommender.knowledge.spec import Spec, read_spec

TASK = 'query = "User"\ncandidate = "Item"\ntarget = ["User", "BUYS", "Item"]'


def read(folder: Path, *, task: str = TASK, split: str = "", rest: str = "", top: str = "") -> Spec:
    text = f"{top}\n[task]\n{task}\n[split]\n{split}\n{rest}\n"
    (folder / "dataset.toml").write_text(text, encoding="utf-8")
    return read_spec(folder)


def test_what_is_absent_is_as_the_format_says(tmp_path: Path) -> None:
    folder = tmp_path / "my-set"
    folder.mkdir()
    spec = read(folder)
    assert spec.name == "my-set"
    assert spec.task.kind == "recommend"
    assert (spec.task.symmetric, spec.task.candidate_seen, spec.task.query_seen) == (False, False, False)
    assert (spec.split.kind, spec.split.refit) == ("column", "train+valid")
    assert (spec.mask.known, spec.mask.self_) == (True, True)
    assert spec.report.k == (10, 20)
    assert spec.main == "recall@20"


def test_what_it_says_goes_before_what_the_format_does(tmp_path: Path) -> None:
    rest = "[mask]\nknown = false\nself = false\n[report]\nk = [5, 50]"
    spec = read(tmp_path, top='name = "mine"', split='refit = "train"', rest=rest)
    assert spec.name == "mine"
    assert spec.split.refit == "train"
    assert (spec.mask.known, spec.mask.self_) == (False, False)
    assert spec.main == "recall@50"
    assert read(tmp_path, rest='[report]\nmain = "ndcg@10"').main == "ndcg@10"


def test_triples_need_no_labels_and_are_judged_by_mrr(tmp_path: Path) -> None:
    spec = read(tmp_path, task='kind = "triples"')
    assert spec.task.target is None
    assert spec.main == "mrr"


def test_the_target_may_be_asked_in_either_direction(tmp_path: Path) -> None:
    turned = TASK.replace("User", "tmp").replace("Item", "User").replace("tmp", "Item")
    spec = read(tmp_path, task=turned.replace('["Item", "BUYS", "User"]', '["User", "BUYS", "Item"]'))
    assert (spec.task.query, spec.task.candidate) == ("Item", "User")


def test_days_are_days(tmp_path: Path) -> None:
    split = 'kind = "global_time"\ntrain_before = 2020-01-01\nvalid_before = 2021-01-01'
    spec = read(tmp_path, split=split)
    assert (spec.split.train_before, spec.split.valid_before) == (date(2020, 1, 1), date(2021, 1, 1))


@pytest.mark.parametrize("mark", ["", '"'])
def test_a_cut_with_an_offset_is_taken_at_its_utc_value(tmp_path: Path, mark: str) -> None:
    """As a value of TOML and as text."""
    cuts = "train_before = {0}2021-01-01T00:00:00+09:00{0}\nvalid_before = {0}2021-01-01T09:00:00+09:00{0}"
    spec = read(tmp_path, split='kind = "global_time"\n' + cuts.format(mark))
    assert [str(spec.split.train_before), str(spec.split.valid_before)] == [
        "2020-12-31 15:00:00",
        "2021-01-01 00:00:00",
    ]


def test_a_mark_at_the_start_of_the_file_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "dataset.toml").write_text(f"\ufeff[task]\n{TASK}\n", encoding="utf-8")
    assert read_spec(tmp_path).task.query == "User"


def test_keys_of_a_newer_format_are_kept(tmp_path: Path) -> None:
    assert read(tmp_path, top='licence = "CC0"').model_extra == {"licence": "CC0"}


@pytest.mark.parametrize(
    ("parts", "match"),
    [
        ({"task": 'query = "User"'}, r"task: .*query, candidate and target = \[source, relation, target\] are needed"),
        ({"task": TASK.replace('"Item"]', '"Shop"]')}, r"does not join query 'User' and candidate 'Item'"),
        ({"task": f"{TASK}\nsymmetric = true"}, r"symmetric = true needs one label at both ends, target has User and"),
        ({"task": TASK.replace('"BUYS", ', "")}, r"task.target"),
        ({"task": 'kind = "rank"'}, r"task.kind: .*'recommend' or 'triples'"),
        ({"split": 'kind = "weekly"'}, r"split.kind: "),
        ({"split": 'kind = "global_time"'}, r"split: kind = 'global_time' needs train_before and valid_before"),
        (
            {"split": 'kind = "global_time"\ntrain_befor = 2021-01-01\nvalid_before = 2022-01-01'},
            r"needs train_before and valid_before; 'split.train_befor' is not known .*; near is train_before;",
        ),
        (
            {"split": 'kind = "global_time"\ntrain_before = 2021-01-01\nvalid_before = 2021-01-01'},
            r"train_before 2021-01-01 must lie before valid_before 2021-01-01",
        ),
        (
            {"split": 'kind = "global_time"\ntrain_before = 2021-01-01\nvalid_before = 2021-01-01T09:00:00+09:00'},
            r"train_before 2021-01-01 must lie before valid_before 2021-01-01",
        ),
        ({"split": 'kind = "global_time"\ntrain_before = "soon"\nvalid_before = 2021-01-01'}, r"split.train_before"),
        ({"split": 'kind = "random"\nshare = 0.5'}, r"split.share: .*less than 0.5"),
        ({"split": 'kind = "random"\nshare = 0'}, r"split.share: .*greater than 0"),
        ({"split": 'kind = "random"\nseed = -1'}, r"split.seed: .*greater than or equal to 0"),
        ({"split": 'refit = "all"'}, r"split.refit"),
        ({"rest": "[report]\nk = []"}, r"report.k: "),
        ({"rest": '[mask]\nknown = "perhaps"'}, r"mask.known: "),
    ],
)
def test_a_mistake_is_named_with_its_key(tmp_path: Path, parts: dict[str, str], match: str) -> None:
    with pytest.raises(ConfigError, match=match) as caught:
        read(tmp_path, **parts)
    assert str(tmp_path / "dataset.toml") in str(caught.value)
    assert "see docs/experiments.md" in str(caught.value)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"split.share: .*; report.k: "):
        read(tmp_path, split="share = 2", rest="[report]\nk = []")


def test_a_folder_without_the_file_says_how_to_get_one(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"dataset.toml is not there; .*dure experiment import"):
        read_spec(tmp_path)


@pytest.mark.parametrize("content", [b"[task\n", "name = '이름'".encode("cp949")])
def test_what_is_no_toml_is_named(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "dataset.toml").write_bytes(content)
    with pytest.raises(SourceError, match=r"dataset.toml is not TOML in UTF-8"):
        read_spec(tmp_path)
