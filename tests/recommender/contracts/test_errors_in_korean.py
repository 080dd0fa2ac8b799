"""What models, rules and triples refuse is said in Korean too."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from graph_schema.errors import DureError
from recommender.engine.pretrained.weights import read_weights
from recommender.models.stored import estimator_of
from recommender.rules.base import find_rule
from recommender.scorers.ease import _inverse
from recommender.triples.data import Triples

NONE = np.zeros((0, 3), dtype=np.int64)
KINDS = np.zeros(2, dtype=np.int64)


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (lambda _: find_rule({}, "age"), "알 수 없는 규칙: 'age'. 있는 규칙: "),
        (
            lambda _: estimator_of({"type": "Magic"}),
            "모델의 설정을 읽을 수 없습니다('Magic'). 다른 버전에서 만든 모델이므로 다시 학습하십시오",
        ),
        (
            lambda _: _inverse(sparse.csr_array(np.ones((2, 1), np.float32)), 0.0),
            "EASE: 2행 행렬의 역행렬을 구할 수 없습니다. regularisation을 높이십시오(지금 0.0)",
        ),
        (
            lambda folder: read_weights(folder / "w"),
            "사전 학습 가중치가 손상되었습니다({0}/w: 읽을 수 없습니다(",
        ),
        (
            lambda _: Triples(2, 1, NONE, NONE, NONE, KINDS, KINDS[:1], KINDS[:1]),
            "학습할 트리플이 없습니다. split이 train인 행이나 split이 빈 행을 넣으십시오",
        ),
        (
            lambda _: Triples(2, 1, np.array([[0, 0, 5]]), NONE, NONE, KINDS, KINDS[:1], KINDS[:1]),
            "train의 트리플 [0, 0, 5]: 없는 개체나 관계의 번호입니다. 번호는 0부터이며 개체는 2개, 관계는 1개입니다",
        ),
    ],
)
def test_errors_are_told_in_korean(tmp_path: Path, ask: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as told:
        ask(tmp_path)
    assert told.value.wording.ko.startswith(korean.format(tmp_path))
