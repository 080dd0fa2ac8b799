"""Questions with their pools: the same whoever else is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.engine import featurizer
from recommender.engine.featurizer import Examples, Featurizer
from recommender.engine.seeds import Seeding, Seeds
from recommender.knowledge.known import Known, Questions
from tests.recommender.engine.small_engine import clubs, known_of
from tests.recommender.folders import World, consortia, people, shop
from tests.recommender.scorers.small import taken


def rows_of(examples: Examples, question: int) -> tuple[list[int], np.ndarray, list[np.ndarray]]:
    pool = examples.pool
    part = slice(pool.start[question], pool.start[question + 1])
    touched = [
        np.column_stack([each.basket, each.features])[each.start[question] : each.start[question + 1]]
        for each in examples.touched
    ]
    return pool.candidate[part].tolist(), pool.features[part], touched


def assert_same(one: Examples, other: Examples, pairs: list[tuple[int, int]]) -> None:
    for left, right in pairs:
        (first, first_features, first_touched), (second, features, touched) = rows_of(one, left), rows_of(other, right)
        assert first == second
        assert np.allclose(first_features.astype(float), features.astype(float), atol=2e-3)
        for a, b in zip(first_touched, touched, strict=True):
            assert np.allclose(a, b, atol=2e-3)


@pytest.mark.parametrize("world", [shop, consortia, people, clubs])
def test_features_do_not_depend_on_the_batch(
    world: Callable[[], World], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, questions = known_of(world(), tmp_path)
    maker = Featurizer(known, 0.0)
    together = maker.examples(questions, 20)
    assert len(together) == len(questions)
    for place in (0, 3, len(questions) - 1):
        assert_same(together, maker.examples(questions.take(np.array([place])), 20), [(place, 0)])
    monkeypatch.setattr(featurizer, "_BLOCK_CELLS", 7 * questions.n_candidates)
    blocks = maker.examples(questions, 20)
    assert blocks.pool.start[-1] == len(blocks.pool.candidate)
    assert_same(together, blocks, [(each, each) for each in range(len(questions))])


def test_a_block_holds_what_its_questions_touch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """120 users and 10 items: what is given is in the baskets of many users, which are held beside the items."""
    known, questions = known_of(shop(n_users=120, n_items=10), tmp_path)
    maker = Featurizer(known, 0.0)
    held: list[int] = []

    def seeding(batch: Questions) -> Seeds:
        takers = np.asarray(known.history.sum(axis=0), dtype=np.int64).reshape(-1)
        held.append(10 * len(batch) + int((batch.context @ takers).sum()))
        return Seeding(known, 0.0)(batch)

    monkeypatch.setattr(maker, "seeding", seeding)
    monkeypatch.setattr(featurizer, "_BLOCK_CELLS", 4_000)
    maker.examples(questions, 5)
    most = 10 + int((questions.context @ np.asarray(known.history.sum(axis=0)).reshape(-1)).max())
    assert len(held) > 1
    assert max(held) <= 4_000 + most
    assert min(held[:-1]) >= 4_000 - most


def test_names_fit_columns_and_all_is_finite(tmp_path: Path) -> None:
    known, questions = known_of(shop(), tmp_path)
    for graph in (True, False):
        maker = Featurizer(known, 86_400.0 * 31, graph=graph)
        examples = maker.examples(questions, 20)
        assert examples.pool.features.shape[1] == len(maker.pair_names) == len(set(maker.pair_names))
        assert maker.static.shape == (80, len(maker.static_names))
        assert np.isfinite(examples.pool.features).all()
        assert np.isfinite(maker.static).all()
        assert len(examples.touched) == int(graph)


def test_what_goes_to_one_asker_is_not_proposed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """From some pairs on, of which none is of a candidate that another has: rooms are let, items are bought again."""
    monkeypatch.setattr("recommender.knowledge.known._EXCLUSIVE_FROM", 4)
    once = taken([(0, 0), (0, 1), (1, 2), (2, 3)])
    assert once.occupied.tolist() == [True] * 4
    assert not taken([(0, 0), (1, 0), (1, 1), (2, 3)]).occupied.any()
    assert not taken([(0, 0), (0, 1), (1, 2)]).occupied.any()
    known, questions = known_of(shop(), tmp_path)
    monkeypatch.setattr(Known, "occupied", np.arange(len(known.candidates)) % 2 == 0)
    examples = Featurizer(known, 0.0).examples(questions, 20)
    assert (examples.pool.candidate % 2 == 1).all()


def test_features_mean_the_same_at_every_moment(tmp_path: Path) -> None:
    """A relation that begins in December is in the features of June too."""
    world = shop()
    rows = [(f"i{item:02}", f"g{item % 5}", "2020-12-20") for item in range(80)]
    known, questions = known_of(world.add("edges/Item__IN__Genre", "src,dst,time", rows), tmp_path)
    names = []
    for moment in (known, known.before(np.datetime64("2020-06-01")), known.before(np.datetime64("2019-06-01"))):
        maker = Featurizer(moment, 86_400.0)
        found = maker.examples(questions, 20)
        names.append((maker.pair_names, maker.static_names, [each.features.shape[1] for each in found.touched]))
    assert names[0] == names[1] == names[2]


def renamed(known: Known, questions: Questions, order: np.ndarray) -> tuple[Known, Questions]:
    """Return the same with candidates in another order: candidate c now stands at ``order[c]``."""
    pairs = replace(known.pairs, candidate=order[known.pairs.candidate])
    given = replace(questions.given, candidate=order[questions.given.candidate])
    return replace(known, pairs=pairs), Questions(questions.query, given, questions.n_candidates)


def test_no_feature_knows_a_candidate_by_its_place(tmp_path: Path) -> None:
    known, questions = known_of(clubs(), tmp_path)
    order = np.random.default_rng(0).permutation(60)
    one, other = Featurizer(known, 0.0), Featurizer(*renamed(known, questions, order)[:1], 0.0)
    first, second = one.examples(questions, 100), other.examples(renamed(known, questions, order)[1], 100)
    for question in range(5):
        names, values, _ = rows_of(first, question)
        names_there, there, _ = rows_of(second, question)
        back = np.argsort(order[names])
        assert order[names][back].tolist() == names_there
        assert np.allclose(values[back].astype(float), there.astype(float), atol=0.02)
    assert np.allclose(one.static, other.static[order], atol=1e-5)


def test_names_are_known_before_anything_is_asked(tmp_path: Path) -> None:
    known, questions = known_of(shop(), tmp_path)
    maker = Featurizer(known, 0.0)
    before = maker.pair_names
    assert before[0] == "given"
    assert "knn:target/log" in before
    assert len(before) == maker.examples(questions, 20).pool.features.shape[1]
    assert maker.pair_names == before
