"""Training of the network and of the trees."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch

from recommender.engine import network_training
from recommender.engine.batches import make_batch
from recommender.engine.network import Dropout, as_graph, asker_of
from recommender.engine.network_config import NetworkConfig
from recommender.engine.network_training import train_networks
from recommender.engine.trained_network import network_scores
from recommender.engine.trained_parts import TrainedParts
from recommender.engine.trees import TreesConfig, train_trees, trees_scores
from recommender.knowledge.device import torch_threads
from recommender.knowledge.known import Questions
from recommender.measure.arrays import Floats
from tests.recommender.engine.small_engine import clubs, quick

CPU = torch.device("cpu")


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> tuple[TrainedParts, Questions, np.ndarray]:
    stage = clubs().stage(tmp_path_factory.mktemp("clubs"))
    return TrainedParts(stage.known, quick(count=4)), stage.questions, stage.positives.toarray() > 0


def own_club_share(parts: TrainedParts, questions: Questions, scores: Floats) -> float:
    """Share of the club's own items among the two best of each question."""
    pool = parts.examples(questions).pool
    hits = []
    for row, query in enumerate(questions.query):
        part = slice(pool.start[row], pool.start[row + 1])
        best = pool.candidate[part][np.argsort(-scores[part])[:2]]
        hits.append((best % 6 == query % 6).mean())
    return float(np.mean(hits))


def test_the_loss_falls(parts: tuple[TrainedParts, Questions, np.ndarray], monkeypatch: pytest.MonkeyPatch) -> None:
    shop, _, _ = parts
    losses: list[float] = []
    plain = network_training._loss

    def noted(*arguments: Any) -> torch.Tensor:
        loss = plain(*arguments)
        losses.append(float(loss.detach()))
        return loss

    monkeypatch.setattr(network_training, "_loss", noted)
    train_networks(shop.episodes, NetworkConfig(hidden=16, epochs=6), [0], CPU)
    assert np.mean(losses[-6:]) < 0.7 * np.mean(losses[:6])


@pytest.mark.parametrize("learner", ["network", "trees"])
def test_the_planted_rule_is_learned_where_popularity_knows_nothing(
    parts: tuple[TrainedParts, Questions, np.ndarray], learner: str
) -> None:
    """Users take what their club takes; all clubs are alike, so popularity finds a sixth."""
    shop, questions, _ = parts
    examples = shop.examples(questions)
    if learner == "network":
        (network,) = train_networks(shop.episodes, NetworkConfig(hidden=16, epochs=6), [0], CPU)
        scores = network_scores(network, shop.featurizer, examples)
    else:
        trees = train_trees(shop.episodes, TreesConfig(rounds=20), 0)
        scores = trees_scores(trees, shop.featurizer, examples)
    popular = shop.featurizer.popularity[examples.pool.candidate]
    assert own_club_share(shop, questions, scores) > 0.9
    assert own_club_share(shop, questions, popular) < 0.4


def test_the_seed_decides(parts: tuple[TrainedParts, Questions, np.ndarray]) -> None:
    shop, questions, _ = parts

    def trained(seed: int) -> Floats:
        (network,) = train_networks(shop.episodes, NetworkConfig(hidden=8, epochs=1), [seed], CPU)
        return network_scores(network, shop.featurizer, shop.examples(questions))

    assert trained(1).tobytes() == trained(1).tobytes()
    assert not np.allclose(trained(1), trained(2))


def test_a_network_does_not_depend_on_those_trained_beside_it(
    parts: tuple[TrainedParts, Questions, np.ndarray],
) -> None:
    shop, questions, _ = parts
    config = NetworkConfig(hidden=8, epochs=2, dropout=0.5)

    def trained(*seeds: int) -> list[bytes]:
        networks = train_networks(shop.episodes, config, seeds, CPU)
        return [network_scores(each, shop.featurizer, shop.examples(questions)).tobytes() for each in networks]

    alone = trained(1)
    assert trained(1, 2)[0] == trained(1, 3, 2)[0] == alone[0]
    assert trained(2, 1) == trained(2) + alone


def test_dropout_leaves_the_mean_and_a_share_of_cells_and_nothing_is_dropped_when_asked() -> None:
    layer, x = Dropout(0.25, torch.Generator().manual_seed(0)), torch.ones(200, 200)
    dropped = layer(x)
    assert dropped.unique().tolist() == pytest.approx([0.0, 4 / 3])
    assert float((dropped == 0).float().mean()) == pytest.approx(0.25, abs=0.01)
    assert torch.equal(layer.eval()(x), x)


def test_answers_that_no_source_found_cost_nothing(parts: tuple[TrainedParts, Questions, np.ndarray]) -> None:
    shop, _, _ = parts
    episode = shop.episodes[0]
    unfound = replace(episode, labels=np.zeros_like(episode.labels))
    network = network_training._fresh(episode, NetworkConfig(), 0, CPU)
    assert network_training._loss(network, unfound, np.arange(8), CPU).item() == 0.0


def test_sums_of_exponentials_are_by_question(parts: tuple[TrainedParts, Questions, np.ndarray]) -> None:
    shop, questions, _ = parts
    examples = shop.examples(questions)
    asker = asker_of(as_graph(make_batch(shop.featurizer, examples, np.array([4, 2])), CPU))
    scores = torch.linspace(-200, 200, len(asker))
    expected = [torch.logsumexp(scores[asker == each], 0) for each in range(2)]
    assert network_training.log_sums(scores, asker, 2).tolist() == pytest.approx([float(each) for each in expected])


def test_above_the_limit_of_rows_questions_are_left_out(parts: tuple[TrainedParts, Questions, np.ndarray]) -> None:
    shop, _, _ = parts
    config = TreesConfig("lambdarank", rounds=3, max_rows=2_000)
    assert train_trees(shop.episodes, config, 0).num_trees() == 3


def test_training_neither_depends_on_what_torch_drew_before_nor_moves_it(
    parts: tuple[TrainedParts, Questions, np.ndarray],
) -> None:
    """Who draws from torch beside a training gets the same numbers as without it."""
    shop, questions, _ = parts
    scores = []
    for before in (1, 2):
        torch.manual_seed(before)
        state = torch.get_rng_state()
        (network,) = train_networks(shop.episodes, NetworkConfig(hidden=8, epochs=1), [0], CPU)
        assert torch.equal(torch.get_rng_state(), state)
        scores.append(network_scores(network, shop.featurizer, shop.examples(questions)).tobytes())
    assert scores[0] == scores[1]


@pytest.mark.parametrize("allowed", [1, 4])
def test_trees_grow_on_one_thread_whatever_torch_may(
    parts: tuple[TrainedParts, Questions, np.ndarray], allowed: int
) -> None:
    shop, _, _ = parts
    with torch_threads(allowed):
        trees = train_trees(shop.episodes, TreesConfig(rounds=1), 0)
    assert "[num_threads: 1]" in trees.model_to_string()


def test_the_networks_of_numpy_and_of_torch_score_alike(parts: tuple[TrainedParts, Questions, np.ndarray]) -> None:
    shop, questions, _ = parts
    examples = shop.examples(questions)
    network = network_training._fresh(shop.episodes[0], NetworkConfig(hidden=16), 0, CPU)
    network = network_training._trained(network, shop.episodes, NetworkConfig(epochs=2), 0)
    batch = as_graph(make_batch(shop.featurizer, examples, np.arange(len(examples))), CPU)
    with torch.no_grad():
        expected = network(batch).numpy()
    scores = network_scores(network.trained(), shop.featurizer, examples)
    np.testing.assert_allclose(scores, expected, rtol=1e-5, atol=1e-5)
