"""What is wrong with an experiment folder or a question is told in Korean to who reads Korean."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema.errors import DureError
from recommender.knowledge.device import resolve_device
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.folder.relation_names import upper_snake
from recommender.knowledge.folder.write import ExperimentFolder, write_folder
from recommender.knowledge.spec import read_spec
from recommender.knowledge.stages import assign_splits
from recommender.knowledge.tasks import TASKS, get_task

TASK = '[task]\nquery = "User"\ncandidate = "Item"\ntarget = ["User", "BUYS", "Item"]\n'
EDGES = "edges/User__BUYS__Item.csv"
Provoke = Callable[[Path], object]


def _written(folder: Path, toml: str = TASK, **files: str) -> Path:
    for name, text in {"dataset.toml": toml, EDGES: "src,dst\nu1,i1\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


PROVOKED: dict[str, tuple[Provoke, str]] = {
    "no spec": (
        read_spec,
        (
            "{at}/dataset.toml: 파일이 없습니다. 실험 폴더에 있어야 하는 파일이며, "
            "`dure experiment import`가 만들어 줍니다"
        ),
    ),
    "spec": (
        lambda at: read_spec(_written(at, '[task]\nkind = "x"\n[split]\nshare = 0.7\n[mask]\nknown = 3\n')),
        (
            "{at}/dataset.toml: task.kind: 쓸 수 없는 값입니다('recommend', 'triples' 가운데 하나); "
            "split.share: 0.5보다 작아야 합니다; mask.known: true나 false가 아닙니다. "
            "형식은 docs/experiments.md를 보십시오"
        ),
    ),
    "sides": (
        lambda at: read_spec(_written(at, TASK.replace('"Item"\n', '"Shop"\n'))),
        (
            "{at}/dataset.toml: task: target ('User', 'BUYS', 'Item')의 양 끝이 query, candidate와 다릅니다: "
            "'User', 'Shop'. 형식은 docs/experiments.md를 보십시오"
        ),
    ),
    "target": (
        lambda at: read_dataset(_written(at, TASK.replace("BUYS", "LIKES"))).target,
        "{at}: 예측할 관계(target)의 파일이 없습니다: edges/User__LIKES__Item.csv. 있는 관계: User__BUYS__Item",
    ),
    "columns": (
        lambda at: read_dataset(_written(at, **{EDGES: "src,item\nu1,i1\n"})),
        "{at}/" + EDGES + ": 없는 열: dst. 있는 열: src, item. 뜻이 같은 열의 이름을 바꾸거나 열을 더하십시오",
    ),
    "quote": (
        lambda at: read_dataset(_written(at, **{EDGES: 'src,dst\n"u1,i1\n'})),
        (
            "{at}/" + EDGES + ": 2번째 줄에서 연 따옴표가 끝까지 닫히지 않습니다. "
            "따옴표를 두 번 적거나 칸 전체를 따옴표로 묶으십시오"
        ),
    ),
    "text": (
        lambda at: read_dataset(_written(at, TASK + '[text]\nUser = ["about"]\n', **{"nodes/User.csv": "id\nu1\n"})),
        "nodes/User.csv: dataset.toml의 [text]에 적은 열이 없습니다: about. 있는 열: id",
    ),
    "split": (
        lambda at: assign_splits(read_dataset(_written(at))),
        ("User__BUYS__Item.csv: 분할(split)이 적혀 있지 않습니다. split 열을 더하거나 [split]의 kind를 바꾸십시오"),
    ),
    "in the way": (
        lambda at: write_folder(_written(at), ExperimentFolder({}, {}, {})),
        (
            "{at}: import나 export가 만든 폴더가 아니어서(.written-by-dure 없음) 덮어쓰지 않습니다. "
            "다른 폴더를 적거나 직접 지우십시오"
        ),
    ),
    "label": (
        lambda at: write_folder(at / "x", ExperimentFolder({}, {"a b": pa.table({"id": ["1"]})}, {})),
        "파일 이름에 쓸 수 없습니다: 'a b'. 글자와 숫자를 쓰고, 그 사이에 _나 -를 하나씩만 쓰십시오",
    ),
    "relation": (
        lambda _: upper_snake(["is-a", "is_a"]),
        "관계 'is_a': 파일 이름으로 바꾸면 다른 관계와 같아집니다: 'IS_A'('is-a'). 원본 파일에서 이름을 바꾸십시오",
    ),
    "device": (
        lambda _: resolve_device("tpu"),
        "알 수 없는 장치입니다: 'tpu'. 다음 가운데 하나를 적으십시오: auto, cpu, cuda",
    ),
    "task": (lambda _: get_task("x"), "없는 과제입니다. 과제: " + ", ".join(TASKS)),
}


@pytest.mark.parametrize(("provoke", "told"), PROVOKED.values(), ids=PROVOKED)
def test_errors_are_told_in_korean(provoke: Provoke, told: str, tmp_path: Path) -> None:
    with pytest.raises(DureError) as caught:
        provoke(tmp_path)
    assert caught.value.in_language("ko") == told.format(at=tmp_path)


def test_rows_that_are_left_out_are_told_in_korean(tmp_path: Path) -> None:
    files = {
        EDGES: "src,dst,split\nu1,i1,later\nu9,i1,\n",
        "nodes/User.csv": "id\nu1\nu1\n",
        "nodes/Item.csv": "id\ni1\n",
    }
    told = [(each.reason.ko, each.remedy.ko) for each in read_dataset(_written(tmp_path, **files)).quarantine]
    assert sorted(told) == [
        ("nodes/User.csv에 없는 id", "노드를 더하거나 id를 고치십시오"),
        ("같은 id가 2번째 줄에 이미 있음", "노드마다 고유한 id로 한 행만 적으십시오"),
        (
            "분할 이름이 아님",
            "다음 가운데 하나를 적으십시오: train, valid, test, valid_context, test_context",
        ),
    ]
