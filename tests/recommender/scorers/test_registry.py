"""Every simple scorer answers on any folder, and only from what it is asked with."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers.registry import MAKERS, simple_contenders
from tests.recommender.scorers.small import WORLDS, ask, small


@pytest.mark.parametrize("name", WORLDS)
def test_all_variants_score_all_candidates_finitely_and_the_same_twice(name: str) -> None:
    known = WORLDS[name]
    asked = ask(known, [4, 0, 2], [(1, 0), (1, 1), (2, 3)])
    for row, variants in simple_contenders(known).items():
        for estimator in map(small, variants):
            assert estimator.name == row
            scores = [estimator.fit(known, np.random.default_rng(3)).score(asked) for _ in range(2)]
            assert scores[0].shape == (3, len(known.candidates))
            assert scores[0].dtype == np.float32
            assert np.isfinite(scores[0]).all(), estimator
            assert (scores[0] == scores[1]).all(), estimator


@pytest.mark.parametrize("name", WORLDS)
def test_an_answer_does_not_depend_on_the_other_questions(name: str) -> None:
    known = WORLDS[name]
    together = ask(known, [4, 0, 2], [(1, 0), (1, 1), (2, 3)])
    for variants in simple_contenders(known).values():
        for estimator in map(small, variants):
            scorer = estimator.fit(known, np.random.default_rng(3))
            alone = scorer.score(together.take(np.array([2])))
            assert alone[0] == pytest.approx(scorer.score(together)[2], abs=1e-5), estimator


@pytest.mark.parametrize("name", WORLDS)
def test_scoring_leaves_what_is_known_as_it_was(name: str) -> None:
    known = WORLDS[name]
    before = known.history.toarray()
    asked = ask(known, [4, 0], [(1, 0)])
    for variants in simple_contenders(known).values():
        for estimator in map(small, variants):
            estimator.fit(known, np.random.default_rng(3)).score(asked)
    assert (known.history.toarray() == before).all()
    assert all((matrix.data == 1).all() for matrix in known.adjacency(known.task.candidate).values())


def test_what_the_data_lack_is_left_out() -> None:
    assert set(simple_contenders(WORLDS["rich"])) == set(MAKERS)
    bare = set(simple_contenders(WORLDS["bare"]))
    assert set(MAKERS) - bare == {
        *("recent-popularity", "conditional-popularity", "regional-popularity", "attribute-factors", "content-knn")
    }
    assert "lightgcn" not in simple_contenders(WORLDS["empty"])


def test_variants_of_a_row_differ() -> None:
    for known in WORLDS.values():
        for variants in simple_contenders(known).values():
            assert len(set(variants)) == len(variants)
