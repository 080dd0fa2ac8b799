"""Training of the network: a softmax over the pool of each question, on episodes of the past."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
from torch import Tensor

from recommender.engine.batches import make_batch
from recommender.engine.featurizer import TrainingEpisode
from recommender.engine.message_passing import scatter
from recommender.engine.network import QueryNetwork, as_graph, asker_of
from recommender.engine.network_config import NetworkConfig
from recommender.engine.trained_network import TrainedNetwork
from recommender.knowledge.adam import OneCycleAdamW
from recommender.knowledge.device import torch_seed, torch_threads
from recommender.measure.arrays import Indices

_LONGEST_GRADIENT = 5.0
"""Of the prototype; longer ones are cut to this length."""


def train_networks(
    episodes: Sequence[TrainingEpisode], config: NetworkConfig, seeds: Sequence[int], device: torch.device
) -> list[TrainedNetwork]:
    """Train a network for each seed on the questions of all episodes, side by side.

    The same seed gives the same network on one kind of machine, whatever is trained beside it. Loss: cross-entropy of
    each answer in the pool over the pool's softmax; a question with n answers weighs √n.
    """
    fresh = [_fresh(episodes[-1], config, seed, device) for seed in seeds]
    # Steps are too small to be shared by threads; a network each is what two cores can do at once.
    with torch_threads(1), ThreadPoolExecutor(len(seeds)) as pool:
        trained = pool.map(lambda network, seed: _trained(network, episodes, config, seed), fresh, seeds)
        return [network.trained() for network in trained]


def _fresh(episode: TrainingEpisode, config: NetworkConfig, seed: int, device: torch.device) -> QueryNetwork:
    with torch_seed(seed):
        network = QueryNetwork(
            tuple(each.features.shape[1] for each in episode.examples.touched),
            episode.examples.pool.features.shape[1] + episode.static.shape[1],
            heads=config.heads,
            width=config.hidden,
            dropout=config.dropout,
            chance=torch.Generator(device).manual_seed(seed),
        )
    return network.to(device)


def _trained(
    network: QueryNetwork, episodes: Sequence[TrainingEpisode], config: NetworkConfig, seed: int
) -> QueryNetwork:
    rng = np.random.default_rng(seed)
    device = next(network.parameters()).device
    steps = config.epochs * sum(-(-len(each.examples) // config.batch_size) for each in episodes)
    optimizer = OneCycleAdamW(network.parameters(), config.learning_rate, config.reg, steps)
    network.train()
    for _ in range(config.epochs):
        for episode, batch_rows in _shuffled(episodes, config.batch_size, rng):
            loss = _loss(network, episode, batch_rows, device)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_GRADIENT)
            optimizer.step()
    return network.eval()


def _shuffled(
    episodes: Sequence[TrainingEpisode], size: int, rng: np.random.Generator
) -> list[tuple[TrainingEpisode, Indices]]:
    """Batches of one episode each, in random order."""
    batches = [
        (episode, np.sort(part))
        for episode in episodes
        for part in np.array_split(rng.permutation(len(episode.examples)), -(-len(episode.examples) // size))
    ]
    return [batches[at] for at in rng.permutation(len(batches))]


def _loss(network: QueryNetwork, episode: TrainingEpisode, rows: Indices, device: torch.device) -> Tensor:
    pool = episode.examples.pool
    graph = as_graph(make_batch(episode, episode.examples, rows), device)
    at = np.concatenate([np.arange(pool.start[row], pool.start[row + 1]) for row in rows])
    # Answers that no source found are not compared: with them in the pool the model would learn that what no source
    # proposes tends to be an answer.
    wanted = torch.from_numpy(episode.labels[at]).to(device)
    scores, asker, askers = network(graph), asker_of(graph), graph["asker"].num_nodes
    total = log_sums(scores, asker, askers)
    answers = scatter(wanted.float(), asker, dim_size=askers)
    weight = answers.clamp(min=1).rsqrt()[asker[wanted]]
    loss: Tensor = -(weight * (scores[wanted] - total.index_select(0, asker[wanted]))).sum() / askers
    return loss


def log_sums(scores: Tensor, asker: Tensor, askers: int) -> Tensor:
    """Return the logarithm of the sum of exponentials over each asker's rows, (askers,); ``asker``, (rows,)."""
    most = scatter(scores.detach(), asker, dim_size=askers, reduce="max")
    sums = scatter(torch.exp(scores - most[asker]), asker, dim_size=askers)
    logarithms: Tensor = torch.log(sums.clamp(min=1e-30)) + most
    return logarithms
