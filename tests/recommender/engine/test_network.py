"""The network: message sums by hand, no id leaks, one row is no fault."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from recommender.engine.batches import make_batch
from recommender.engine.featurizer import Examples, Featurizer
from recommender.engine.network import BasketConv, QueryNetwork, RowNorm, as_graph, asker_of
from recommender.engine.trained_network import network_scores
from tests.recommender.engine.small_engine import clubs, known_of, two_baskets
from tests.recommender.engine.test_featurizer import renamed

CPU = torch.device("cpu")


def network_of(maker: Featurizer, examples: Examples, seed: int = 0) -> QueryNetwork:
    torch.manual_seed(seed)
    widths = tuple(each.features.shape[1] for each in examples.touched)
    columns = examples.pool.features.shape[1] + maker.static.shape[1]
    return QueryNetwork(widths, columns, heads=2, width=8).eval()


def test_a_candidate_receives_the_sum_of_weights_times_strength() -> None:
    """Basket 0 holds candidate 2 twice as strongly as basket 1; candidate 0 is in basket 2, candidate 1 in none."""
    weight = torch.tensor([[1.0, -4.0], [2.0, -5.0], [-3.0, 0.5]], requires_grad=True)
    edge_index, strength = torch.tensor([[0, 1, 2], [2, 2, 0]]), torch.tensor([2.0, 1.0, 1.0])
    received = BasketConv()(weight, edge_index, strength, 3)
    assert received.tolist() == [[-3.0, 0.5], [0.0, 0.0], [4.0, -13.0]]
    received.sum().backward()
    assert weight.grad is not None
    assert weight.grad.tolist() == [[2.0, 2.0], [1.0, 1.0], [1.0, 1.0]]


def test_candidates_in_another_order_get_the_same_scores(tmp_path: Path) -> None:
    """Names and places say nothing: what is learned carries over to other nodes."""
    known, asked = known_of(clubs(), tmp_path)
    order = np.random.default_rng(1).permutation(60)
    known_there, asked_there = renamed(known, asked, order)
    tables = []
    for here, questions in ((known, asked), (known_there, asked_there)):
        maker = Featurizer(here, 0.0)
        examples = maker.examples(questions, 100)
        table = np.zeros((len(questions), 60))
        scores = network_scores(network_of(maker, examples).trained(), maker, examples)
        table[examples.pool.question, examples.pool.candidate] = scores
        tables.append(table)
    assert np.allclose(tables[0], tables[1][:, order], atol=2e-2)
    assert tables[0].std() > 0.05


def test_scores_do_not_depend_on_the_batch(tmp_path: Path) -> None:
    known, asked = known_of(clubs(), tmp_path)
    maker = Featurizer(known, 0.0)
    examples = maker.examples(asked, 100)
    network = network_of(maker, examples).trained()
    together = network_scores(network, maker, examples)
    alone = maker.examples(asked.take(np.array([70])), 100)
    part = slice(examples.pool.start[70], examples.pool.start[71])
    assert network_scores(network, maker, alone) == pytest.approx(together[part], abs=1e-4)


def test_messages_are_weights_times_strength_summed_on_members() -> None:
    """With item 1 given, item 0 receives of the first basket, items 2 and 3 of the second."""
    known = two_baskets()
    asked = known.history_of(np.array([0, 1]))
    maker = Featurizer(known, 0.0)
    examples = maker.examples(asked, 100)
    network = network_of(maker, examples)
    graph = as_graph(make_batch(maker, examples, np.array([0, 1])), CPU)
    assert graph.validate()
    assert graph.metadata() == (
        ["asker", "candidate", "basket_0"],
        [("asker", "considers", "candidate"), ("basket_0", "holds", "candidate")],
    )
    with torch.no_grad():
        weight = network.weights[0](graph["basket_0"].x)
        log, share = network.received(weight, 0, graph)
    assert asker_of(graph).tolist() == examples.pool.question.tolist()
    candidates = examples.pool.candidate.tolist()
    assert candidates == [2, 3, 0]
    expected = np.array([[float(weight[1, head])] * 2 + [float(weight[2, head])] for head in range(2)]).T
    assert torch.exp(log).numpy() - 1e-3 == pytest.approx(expected, rel=1e-4)
    assert share.numpy() == pytest.approx(np.ones((3, 2)), abs=1e-4)


def test_a_batch_of_one_row_is_taken_as_in_service() -> None:
    norm = RowNorm(3).train()
    assert torch.equal(norm(torch.ones(1, 3)), norm.eval()(torch.ones(1, 3)))
    assert norm.train()(torch.ones(0, 3)).shape == (0, 3)
    assert norm.running_mean is not None
    assert norm.running_mean.isfinite().all()
    assert float(norm(torch.tensor([[0.0] * 3, [2.0] * 3]))[0, 0].detach()) == pytest.approx(-1, abs=1e-4)
