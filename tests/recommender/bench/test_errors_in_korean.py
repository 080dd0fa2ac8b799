"""What ends a run is said in Korean too, leaks among it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import DureError
from recommender.bench.catalogue import ModelChoice, choose_contenders
from recommender.bench.leaks import refuse_triple_leaks
from recommender.bench.model_names import refuse_unknown_models
from recommender.bench.outcome import checked
from recommender.bench.writing import written_to
from recommender.triples.data import Triples


def _write(folder: Path) -> None:
    with written_to(folder):
        raise OSError("disk full")


def _twice() -> object:
    one, kinds = np.array([[0, 0, 1]]), np.zeros(3, dtype=np.int64)
    triples = Triples(3, 1, one, np.array([[1, 0, 2]]), one, kinds, kinds[:1], kinds[:1])
    return refuse_triple_leaks(triples, ["LIKES"], ["가", "나", "다"])


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (_write, "{0}에 쓸 수 없습니다(disk full). 공간을 비우거나 --out으로 다른 폴더를 지정하십시오"),
        (
            lambda _: choose_contenders(ModelChoice(("magic",)), {"prior": ()}, {}),
            "이 자료에 없는 모델: magic. 있는 모델: auto, all, prior",
        ),
        (
            lambda _: refuse_unknown_models(["ItemKNN"], None),
            "없는 모델: ItemKNN. 비슷한 모델: item-knn. 있는 모델: ",
        ),
        (
            lambda _: checked(np.zeros((2, 3)), (2, 4), "ease"),
            "모델 ease: 점수 배열의 모양이 맞지 않습니다: (2, 3). (질의, 후보) = (2, 4) 배열이어야 합니다",
        ),
        (
            lambda _: checked(np.array([[0.0, np.nan]]), (1, 2), "ease"),
            (
                "모델 ease: 질의 0, 후보 1의 점수: nan. NaN의 순위는 우연히 정해지므로 "
                "모든 후보에 유한한 점수를 매겨야 합니다"
            ),
        ),
        (
            lambda _: _twice(),
            ("test의 트리플 1개가 train에도 있습니다(예: 가, LIKES, 나). 트리플마다 분할을 하나만 적으십시오"),
        ),
    ],
)
def test_errors_are_told_in_korean(tmp_path: Path, ask: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as told:
        ask(tmp_path)
    assert told.value.wording.ko.startswith(korean.format(tmp_path))
