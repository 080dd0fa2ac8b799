"""Training of the network over canonical features: a softmax over the pool of each question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn

from recommender.engine.message_passing import scatter
from recommender.engine.network import Dropout
from recommender.engine.network_training import log_sums
from recommender.engine.pretrained.canonical import COLUMNS, KINDS
from recommender.engine.pretrained.canonical_episodes import CanonicalEpisode
from recommender.engine.pretrained.network import INPUTS, NetworkArrays, network_inputs
from recommender.knowledge.adam import OneCycleAdamW
from recommender.knowledge.device import torch_seed, torch_threads
from recommender.measure.arrays import Floats, Indices

_LONGEST_GRADIENT = 5.0
"""Of the engine's network; longer ones are cut to this length."""
_BATCH = 24
"""Questions of a step. Chosen by hand."""
_FORMS = sum(name.startswith(f"{KINDS[0]}/") for name in COLUMNS)
"""Columns of a kind."""


@dataclass(frozen=True)
class HeadConfig:
    """Hyperparameters, chosen with each set left out in turn; AdamW with one cycle."""

    width: int = 32
    """Cells of a hidden layer; 1 or more."""
    dropout: float = 0.2
    """Share of the hidden cells that a step leaves out, 0 to below 1."""
    kinds_dropped: float = 0.25
    """Share of the kinds of scores that a question is learned without, 0 to below 1: other sets lack other ones."""
    epochs: int = 6
    """Passes over all episodes; 1 or more."""
    learning_rate: float = 3e-3
    """Of AdamW, at the height of its one cycle; above 0."""
    reg: float = 0.05
    """Weight decay of AdamW; 0 or more."""


class CanonicalNetwork(nn.Module):
    """A linear part, which begins as the mean of all kinds, and a perceptron beside it."""

    def __init__(self, config: HeadConfig, chance: torch.Generator) -> None:
        super().__init__()
        self.skip = nn.Linear(INPUTS, 1)
        nn.init.zeros_(self.skip.weight)
        nn.init.constant_(self.skip.weight[:, : 2 * len(KINDS)], 1.0 / len(KINDS))
        self.hidden = nn.Sequential(
            nn.Linear(INPUTS, config.width),
            nn.SiLU(),
            Dropout(config.dropout, chance),
            nn.Linear(config.width, config.width),
            nn.SiLU(),
            Dropout(config.dropout, chance),
            nn.Linear(config.width, 1),
        )

    def forward(self, inputs: Tensor) -> Tensor:
        """Return the score of every row, (rows,)."""
        score: Tensor = self.skip(inputs) + self.hidden(inputs)
        return score.squeeze(1)


def train_head(
    groups: Sequence[Sequence[CanonicalEpisode]], config: HeadConfig, seed: int, init: NetworkArrays | None = None
) -> NetworkArrays:
    """Train on the episodes of several sets, or carry ``init`` on; a set of n questions weighs √n.

    Loss: cross-entropy of each answer over the pool's softmax; a question with n answers weighs √n.
    """
    rng = np.random.default_rng(seed)
    with torch_threads(1):
        with torch_seed(seed):
            network = CanonicalNetwork(config, torch.Generator().manual_seed(seed))
        if init is not None:
            network.load_state_dict({name: torch.from_numpy(np.array(each)) for name, each in init.items()})
        batches = [batch for episodes in groups for batch in _batches(episodes)]
        mean = float(np.mean([batch.weight for batch in batches]))
        steps = config.epochs * len(batches)
        optimizer = OneCycleAdamW(network.parameters(), config.learning_rate, config.reg, steps)
        network.train()
        for _ in range(config.epochs):
            for at in rng.permutation(len(batches)):
                loss = _loss(network, batches[at], config.kinds_dropped, rng) * (batches[at].weight / mean)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), _LONGEST_GRADIENT)
                optimizer.step()
    return {name: each.detach().numpy().copy() for name, each in network.state_dict().items()}


@dataclass(frozen=True)
class _QuestionBatch:
    """Some questions of an episode: rows, the question of each, which are answers, and the weight of their set."""

    table: Floats
    question: Tensor
    answers: Tensor
    questions: int
    weight: float


def _batches(episodes: Sequence[CanonicalEpisode]) -> Iterator[_QuestionBatch]:
    weight = max(1, sum(len(episode.pools) for episode in episodes)) ** -0.5
    for episode in episodes:
        start, question = episode.pools.start, episode.pools.question
        for first in range(0, len(episode.pools), _BATCH):
            last = min(first + _BATCH, len(episode.pools))
            part = slice(int(start[first]), int(start[last]))
            answers = torch.from_numpy(episode.labels[part].astype(np.float32))
            if answers.any():
                places = torch.from_numpy(question[part] - first)
                yield _QuestionBatch(episode.pools.table[part], places, answers, last - first, weight)


def _loss(network: CanonicalNetwork, batch: _QuestionBatch, dropped: float, rng: np.random.Generator) -> Tensor:
    inputs = torch.from_numpy(network_inputs(without_kinds(batch.table, batch.question.numpy(), dropped, rng)))
    scores, question, size = network(inputs), batch.question, batch.questions
    total = log_sums(scores, question, size)
    count = scatter(batch.answers, question, dim_size=size).clamp(min=1)
    loss: Tensor = (batch.answers * count.rsqrt()[question] * (total[question] - scores)).sum() / size
    return loss


def without_kinds(table: Floats, question: Indices, share: float, rng: np.random.Generator) -> Floats:
    """Take a share of the kinds of scores away from each question; ``question``, (rows,), from 0 on."""
    gone = rng.random((int(question.max(initial=-1)) + 1, len(KINDS))) < share
    out = table.copy()
    out[:, : _FORMS * len(KINDS)][np.repeat(gone[question], _FORMS, axis=1)] = np.nan
    return out
