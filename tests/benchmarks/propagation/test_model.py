"""The two towers: one encoder for one type, two for two; what is served is what is trained, without dropout."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from benchmarks.propagation import model as module
from benchmarks.propagation.model import ModelShape, TokenPairs
from recommender.measure.arrays import Halves

SHAPE = ModelShape(hidden=8, out=4, dropout=0.5)


def tokens(nodes: int, width: int = 6, seed: int = 0) -> Halves:
    return np.random.default_rng(seed).standard_normal((nodes, width)).astype(np.float16)


def towers(queries: Halves, candidates: Halves) -> TokenPairs:
    torch.manual_seed(0)
    return TokenPairs(queries, candidates, SHAPE, torch.float32)


def test_one_type_shares_its_encoder_and_two_types_do_not() -> None:
    same, other = tokens(5), tokens(7, width=3)
    assert len(towers(same, same).encoders) == 1
    assert len(towers(same, other).encoders) == 2


@pytest.mark.parametrize("two_types", [False, True])
def test_a_batch_has_the_vectors_of_its_nodes_however_often_they_stand_in_it(*, two_types: bool) -> None:
    queries = tokens(5)
    candidates = tokens(7, width=3) if two_types else queries
    model = towers(queries, candidates).eval()
    asked, ranked = torch.tensor([3, 0, 3]), torch.tensor([1, 4, 1, 3])
    with torch.no_grad():
        q, c, bias = model.vectors(asked, ranked)
    vectors, biases = model.answer(candidates)
    np.testing.assert_allclose(q.numpy(), model.ask(queries)[asked.numpy()], atol=1e-5)
    np.testing.assert_allclose(c.numpy(), vectors[ranked.numpy()], atol=1e-5)
    np.testing.assert_allclose(bias.numpy(), biases[ranked.numpy()], atol=1e-5)
    assert (q.shape, c.shape, bias.shape) == ((3, 4), (4, 4), (4,))


def test_chunks_do_not_change_what_is_served(monkeypatch: pytest.MonkeyPatch) -> None:
    some = tokens(11)
    model = towers(some, some)
    whole = model.ask(some), *model.answer(some)
    monkeypatch.setattr(module, "_CHUNK", 3)
    for one, other in zip((model.ask(some), *model.answer(some)), whole, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


def test_nodes_that_were_not_there_in_training_have_vectors_and_the_tokens_may_go() -> None:
    some = tokens(5)
    model = towers(some, some)
    before = model.ask(tokens(2, seed=9))
    model.forget()
    np.testing.assert_array_equal(model.ask(tokens(2, seed=9)), before)
    assert np.isfinite(before).all()


def test_serving_leaves_dropout_out() -> None:
    some = tokens(5)
    model = towers(some, some).train()
    np.testing.assert_array_equal(model.ask(some), model.ask(some))
