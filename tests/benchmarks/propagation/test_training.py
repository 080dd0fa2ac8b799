"""Training on a small planted city: it learns, and one seed gives one network."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
import torch

from benchmarks.city_graph import COMPANY, PARTNERS, make_city
from benchmarks.city_task import CityTask, make_task
from benchmarks.propagation.model import ModelShape, TokenPairs
from benchmarks.propagation.tokens import Propagation
from benchmarks.propagation.training import Negatives, PairSettings, PairTrainer, TrainingPairs

SETTINGS = PairSettings(batch_size=512, negatives=128, steps=40, learning_rate=1e-2)


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.fixture(scope="module")
def task() -> CityTask:
    return make_task(make_city(800, seed=5), seed=5, queries=200)


def trained(task: CityTask, settings: PairSettings) -> tuple[TokenPairs, Propagation, list[float]]:
    propagation = Propagation.fit(task.seen, 32, np.random.default_rng(0))
    tokens = propagation.tokens(propagation.spread(task.seen), COMPANY)
    torch.manual_seed(settings.seed)
    model = TokenPairs(tokens, tokens, ModelShape(64, 32), torch.bfloat16 if settings.bf16 else torch.float32)
    trainer = PairTrainer(settings, model, task.pairs, torch.device("cpu"))
    return model, propagation, [trainer.step() for _ in range(settings.steps)]


def test_it_finds_later_partners_better_than_popularity(task: CityTask) -> None:
    model, propagation, losses = trained(task, SETTINGS)
    now = propagation.tokens(propagation.spread(task.now), COMPANY)
    found = task.test.quality(model.ask(now[task.test.askers]), *model.answer(now))
    popular = np.diff(task.now.relations[PARTNERS].indptr).astype(np.float32)
    nothing = np.zeros((len(task.test.askers), 1), np.float32)
    simple = task.test.quality(nothing, np.zeros((len(popular), 1), np.float32), popular)
    assert losses[-1] < losses[0]
    assert found["ndcg@10"] > 2 * simple["ndcg@10"]


@pytest.mark.parametrize("bf16", [False, True])
def test_one_seed_gives_one_network(task: CityTask, *, bf16: bool) -> None:
    settings = PairSettings(batch_size=256, negatives=64, steps=3, bf16=bf16, seed=4)
    (first, _, losses), (second, _, again) = trained(task, settings), trained(task, settings)
    assert losses == again
    for one, other in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=0)


def test_askers_and_candidates_may_be_of_two_types(task: CityTask) -> None:
    propagation = Propagation.fit(task.seen, 16, np.random.default_rng(0))
    known = propagation.spread(task.seen)
    asking, ranked = propagation.tokens(known, COMPANY), propagation.tokens(known, "program")
    applied = task.seen.relations["company", "APPLIED_TO", "program"].tocoo()
    pairs = TrainingPairs(applied.col.astype(np.int64), applied.row.astype(np.int64), len(ranked))
    model = TokenPairs(asking, ranked, ModelShape(32, 16), torch.float32)
    settings = PairSettings(batch_size=256, negatives=8, steps=30, bf16=False, learning_rate=1e-2)
    trainer = PairTrainer(settings, model, pairs, torch.device("cpu"))
    losses = [trainer.step() for _ in range(30)]
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
    vectors, bias = model.answer(ranked)
    assert vectors.shape == (len(ranked), 16)
    assert bias.shape == (len(ranked),)


def test_a_node_that_stands_twice_in_a_batch_is_encoded_once(task: CityTask) -> None:
    propagation = Propagation.fit(task.seen, 8, np.random.default_rng(0))
    tokens = propagation.tokens(propagation.spread(task.seen), COMPANY)
    model = TokenPairs(tokens, tokens, ModelShape(16, 8), torch.float32)
    sizes: list[int] = []
    model.encoders[0].register_forward_pre_hook(lambda _, inputs: sizes.append(len(inputs[0])))
    queries, vectors, bias = model.vectors(torch.tensor([3, 3, 5]), torch.tensor([5, 3, 7, 7]))
    assert sizes == [3]
    assert (len(queries), len(vectors), len(bias)) == (3, 4, 4)
    torch.testing.assert_close(vectors[2], vectors[3])


def test_negatives_are_drawn_as_often_as_they_say() -> None:
    pairs = TrainingPairs(np.zeros(4, np.int64), np.array([0, 0, 0, 1]), 4)
    drawn, expected = Negatives(pairs).draw(40_000, np.random.default_rng(0))
    shares = np.bincount(drawn, minlength=4) / len(drawn)
    np.testing.assert_allclose(shares, [0.5, 0.25, 0.125, 0.125], atol=0.01)
    np.testing.assert_allclose(np.exp(expected[drawn == 0]), 20_000, rtol=1e-4)
