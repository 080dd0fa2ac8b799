"""Every simple scorer answers on any folder, and only from what it is asked with."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.knowledge.known import Estimator, Known
from recommender.scorers.registry import MAKERS, simple_contenders
from tests.recommender.scorers.small import ask, edges, partners, taken

PAIRS = [(0, 0), (0, 1), (1, 0), (1, 2), (1, 3), (2, 2), (2, 3), (3, 1)]
DAYS = [f"2020-0{month}-01" for month in range(1, 9)]
RICH = taken(
    PAIRS,
    DAYS,
    links=[
        edges(("User", "IN", "Field"), [(0, 0), (1, 1), (4, 1)]),
        edges(("Item", "IN", "Field"), [(0, 0), (1, 0), (3, 1)]),
        edges(("Item", "LIKE", "Item"), [(0, 1), (2, 2)]),
    ],
    columns={
        "User": {"type": ("a", "b", "a", "", "b"), "size": ("1", "2", "3", "", "5")},
        "Item": {"kind": ("x", "y", "x", "")},
    },
)
VECTORS = {
    "User": np.random.default_rng(1).standard_normal((5, 3), dtype=np.float32),
    "Item": np.random.default_rng(2).standard_normal((4, 3), dtype=np.float32),
}
SETS: dict[str, Known] = {
    "rich": replace(RICH, vectors=VECTORS),
    "no text": RICH,
    "bare": taken(PAIRS),
    "empty": taken([]),
    "one pair": taken([(0, 1)], ["2020-01-01"]),
    "partners": partners(
        [(0, 1), (1, 2), (2, 3), (0, 1)], links=[edges(("Company", "IN", "Project"), [(0, 0), (4, 0)])]
    ),
}


def small(estimator: Estimator) -> Estimator:
    return (
        replace(estimator, steps=2, embedding_size=4, device="cpu")
        if hasattr(estimator, "steps") and hasattr(estimator, "device")
        else estimator
    )


@pytest.mark.parametrize("name", SETS)
def test_all_variants_score_all_candidates_finitely_and_the_same_twice(name: str) -> None:
    known = SETS[name]
    asked = ask(known, [4, 0, 2], [(1, 0), (1, 1), (2, 3)])
    for row, variants in simple_contenders(known).items():
        for estimator in map(small, variants):
            assert estimator.name == row
            scores = [estimator.fit(known, np.random.default_rng(3)).score(asked) for _ in range(2)]
            assert scores[0].shape == (3, len(known.candidates))
            assert scores[0].dtype == np.float32
            assert np.isfinite(scores[0]).all(), estimator
            assert (scores[0] == scores[1]).all(), estimator


@pytest.mark.parametrize("name", SETS)
def test_an_answer_does_not_depend_on_the_other_questions(name: str) -> None:
    known = SETS[name]
    together = ask(known, [4, 0, 2], [(1, 0), (1, 1), (2, 3)])
    for variants in simple_contenders(known).values():
        for estimator in map(small, variants):
            scorer = estimator.fit(known, np.random.default_rng(3))
            alone = scorer.score(together.take(np.array([2])))
            assert alone[0] == pytest.approx(scorer.score(together)[2], abs=1e-5), estimator


@pytest.mark.parametrize("name", SETS)
def test_scoring_leaves_what_is_known_as_it_was(name: str) -> None:
    known = SETS[name]
    before = known.history.toarray()
    asked = ask(known, [4, 0], [(1, 0)])
    for variants in simple_contenders(known).values():
        for estimator in map(small, variants):
            estimator.fit(known, np.random.default_rng(3)).score(asked)
    assert (known.history.toarray() == before).all()
    assert all((matrix.data == 1).all() for matrix in known.adjacency(known.task.candidate).values())


def test_what_the_data_lack_is_left_out() -> None:
    assert set(simple_contenders(SETS["rich"])) == set(MAKERS)
    bare = set(simple_contenders(SETS["bare"]))
    assert set(MAKERS) - bare == {"recent-popularity", "conditional-popularity", "content-knn"}
    assert "lightgcn" not in simple_contenders(SETS["empty"])


def test_variants_of_a_row_differ() -> None:
    for known in SETS.values():
        for variants in simple_contenders(known).values():
            assert len(set(variants)) == len(variants)
