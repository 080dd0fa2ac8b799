"""What cannot be measured is said in Korean too."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from scipy import sparse

from graph_schema.errors import EvaluationError
from recommender.measure.metrics import compute
from recommender.measure.ranks import rank_positives
from recommender.measure.resampling import Resampling

NOTHING = sparse.csr_array((1, 2))
FIRST = sparse.csr_array(np.array([[1.0, 0.0]]))
RANKS = rank_positives(np.array([[2.0, 1.0]]), FIRST, NOTHING)


@pytest.mark.parametrize(
    ("ask", "korean"),
    [
        (
            lambda: compute(RANKS, "fame"),
            "알 수 없는 지표: 'fame'. 있는 지표: mrr, map, recall@k, ndcg@k, hits@k, precision@k (k는 1 이상)",
        ),
        (
            lambda: rank_positives(np.array([[np.nan, 1.0]]), FIRST, NOTHING),
            (
                "유한하지 않은 점수가 1개 있습니다(처음: 질의 0, 후보 0). NaN의 순위는 우연히 정해지므로 모든 후보에 "
                "점수를 "
                "매겨야 합니다"
            ),
        ),
        (
            lambda: rank_positives(np.ones((1, 2)), NOTHING, NOTHING),
            "질의 0: 정답이 없습니다. 정답이 있는 질의만 물으십시오",
        ),
        (
            lambda: rank_positives(np.ones((1, 2)), FIRST, FIRST),
            (
                "정답 1개가 알려진 쌍에 들어 있어 답이 미리 드러났습니다(처음: 질의 0, 후보 0). "
                "알려진 쌍은 그 구간 이전 것만 쓰십시오"
            ),
        ),
        (
            lambda: Resampling(np.arange(2)).compare(np.ones(2), np.ones(3)),
            "비교할 값의 개수가 다릅니다(2개, 3개). 같은 질의의 값끼리 비교하십시오",
        ),
    ],
)
def test_errors_are_told_in_korean(ask: Callable[[], object], korean: str) -> None:
    with pytest.raises(EvaluationError) as told:
        ask()
    assert told.value.wording.ko == korean
