"""Training of the network: pairs of a period are predicted from the graph before it."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional

from graph_schema.errors import ModelError
from recommender.engine.graph_library import HeteroData
from recommender.knowledge.device import torch_seed
from recommender.measure.arrays import Floats, Indices
from recommender.served.scorers.gnn_graph import asker_batch, build_graph
from recommender.served.scorers.gnn_inputs import ASKER, CANDIDATE, Projection
from recommender.served.scorers.gnn_network import AskerNetwork, NetworkShape
from recommender.served.scorers.gnn_part import cut_out
from recommender.served.scorers.gnn_settings import GnnSettings
from recommender.served.task_data import TaskData
from recommender.served.validation import Window, dated_days, ndcg, new_pairs

_JUDGED_ASKERS = 500


@dataclass(frozen=True)
class Period:
    """A supervised period: what was known before it, the new pairs in it, and what was turned down by its end."""

    data: TaskData
    graph: HeteroData
    window: Window
    rejected: Window


def periods_of(data: TaskData, count: int, projection: Projection) -> list[Period]:
    """Cut the later ``1 - 1 / (count + 1)`` of the dated pairs into periods of equal numbers of pairs.

    The graph of a period ends where it begins: no edge that is to be predicted, no mirror of one (the joint patent
    of a joint filing) and nothing later is in it. Undated pairs are always in the graph and never predicted.
    """
    days = dated_days(data)
    cuts = sorted({days[len(days) * (i + 1) // (count + 1)] for i in range(count)}) if len(days) else []
    out = []
    for start, end in itertools.zip_longest(cuts, cuts[1:]):
        known = _known_before(data, start)
        later = data if end is None else _known_before(data, end)
        window = new_pairs(known, later)
        if len(window.query):
            turned_down = Window(later.rejected.query, later.rejected.candidate)
            out.append(Period(known, build_graph(known, projection), window, turned_down))
    return out


def train_network(
    config: GnnSettings, data: TaskData, projection: Projection, rng: np.random.Generator
) -> tuple[AskerNetwork, int]:
    """Train on all periods; return the network and the epochs used.

    With ``config.epochs`` None, the last period is kept aside and the epoch with the best NDCG@10 on it is taken; then
    the network is trained anew on all periods for as long, since the newest pairs tell most.
    """
    periods = periods_of(data, config.periods, projection)
    if not periods:
        raise ModelError(f"no dated pairs to train {data.task.name!r} on; leave the network out for this task")
    seed = int(rng.integers(2**31))
    epochs = config.epochs or config.max_epochs // 2
    if config.epochs is None and len(periods) > 1:
        with torch_seed(seed):
            epochs = _stop_early(_start(config, periods, projection, seed), periods[:-1], periods[-1])
    with torch_seed(seed):
        trainer = _start(config, periods, projection, seed)
        for _ in range(epochs):
            trainer.epoch(periods)
    trainer.network.eval()
    return trainer.network, epochs


def _start(config: GnnSettings, periods: Sequence[Period], projection: Projection, seed: int) -> Trainer:
    network = AskerNetwork(NetworkShape.of(periods[-1].graph), config.hidden, config.dropout)
    return Trainer(config, network, projection, np.random.default_rng(seed))


class Trainer:
    """Takes one step of AdamW for each period and epoch."""

    def __init__(
        self, config: GnnSettings, network: AskerNetwork, projection: Projection, rng: np.random.Generator
    ) -> None:
        self.config = config
        self.network = network
        self.projection = projection
        self.rng = rng
        self._optimizer = torch.optim.AdamW(
            network.parameters(), lr=config.learning_rate, weight_decay=config.reg, foreach=True
        )

    def epoch(self, periods: Sequence[Period]) -> float:
        """Go over all periods in their order; return the mean loss."""
        self.network.train()
        return float(np.mean([self._step(period) for period in periods]))

    def _step(self, period: Period) -> float:
        window = period.window.sample(self.config.batch_size, self.rng)
        rejected = period.rejected.sample(self.config.batch_size, self.rng)
        askers = np.union1d(window.askers, rejected.askers)
        row = np.searchsorted(askers, window.query)
        among = self._candidates(period.data.n_candidates, np.r_[window.candidate, rejected.candidate])
        column = np.searchsorted(among, window.candidate)
        own = period.graph.collect("own")
        x, into_askers = asker_batch(period.data, self.projection, period.data.queries_at(askers), own)
        chosen = torch.from_numpy(among)
        part = cut_out(period.graph, chosen, self._sample(period.graph[ASKER].num_nodes), into_askers)
        states, candidates = self.network.embed(part.x, part.into_candidates)
        vectors = self.network.ask(x, part.into_askers, states)
        bias = self.network.popularity_bias(period.graph[CANDIDATE].popularity[chosen])
        scores = self.network.scale * vectors @ candidates[part.chosen].T + bias
        hidden = torch.from_numpy(_hidden(period.data, askers, among))
        loss = _softmax_loss(scores.masked_fill(hidden, -torch.inf), torch.from_numpy(row), torch.from_numpy(column))
        if len(rejected.query):
            cells = np.searchsorted(askers, rejected.query), np.searchsorted(among, rejected.candidate)
            loss = loss + _rejection_loss(scores, *map(torch.from_numpy, cells))
        self._optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.0)
        self._optimizer.step()
        return float(loss.detach())

    def _sample(self, total: int) -> Tensor:
        """Draw the askers that candidates see; flags, shape (total,)."""
        drawn = np.zeros(total, dtype=np.bool_)
        drawn[self.rng.choice(total, min(total, self.config.neighbours), replace=False)] = True
        return torch.from_numpy(drawn)

    def _candidates(self, total: int, positives: Indices) -> Indices:
        """Columns that the softmax runs over, sorted: all, or the positives and random others."""
        if total <= 2 * self.config.negatives:
            return np.arange(total)
        return np.union1d(positives, self.rng.choice(total, self.config.negatives, replace=False))


def _stop_early(trainer: Trainer, periods: Sequence[Period], judged: Period) -> int:
    """Epoch with the best NDCG@10 on ``judged``."""
    config, best, best_epoch = trainer.config, -1.0, 1
    sample = judged.window.sample(_JUDGED_ASKERS, trainer.rng)
    for epoch in range(1, config.max_epochs + 1):
        trainer.epoch(periods)
        if epoch % config.judge_every:
            continue
        figure = ndcg(_scores(trainer, judged, sample.askers), judged.data, sample)
        if figure > best:
            best, best_epoch = figure, epoch
        elif epoch - best_epoch >= config.patience:
            break
    return best_epoch


@torch.no_grad()
def _scores(trainer: Trainer, period: Period, askers: Indices) -> Floats:
    network = trainer.network.eval()
    states, candidates = network.embed(period.graph.collect("x"), period.graph.edge_index_dict)
    own = period.graph.collect("own")
    x, edges = asker_batch(period.data, trainer.projection, period.data.queries_at(askers), own)
    vectors = network.ask(x, edges, states)
    scores = network.scale * vectors @ candidates.T + network.popularity_bias(period.graph[CANDIDATE].popularity)
    return np.asarray(scores.numpy(), dtype=np.float32)


def _hidden(data: TaskData, askers: Indices, among: Indices) -> npt.NDArray[np.bool_]:
    """Pairs already known, and the askers themselves: they are not asked for. Shape (askers, columns)."""
    hidden = np.asarray((data.history[askers][:, among] > 0).toarray(), dtype=bool)
    return np.asarray(hidden | (data.own_candidate(askers)[:, None] == among[None, :]))


def _softmax_loss(scores: Tensor, row: Tensor, column: Tensor) -> Tensor:
    """Cross-entropy of each positive over all columns; an asker with n positives weighs n^½."""
    log_share = functional.log_softmax(scores, dim=1)[row, column]
    weight = torch.bincount(row, minlength=scores.shape[0])[row].float().rsqrt()
    return -(weight * log_share).sum() / weight.sum()


def _rejection_loss(scores: Tensor, row: Tensor, column: Tensor) -> Tensor:
    """Mean of log(1 + exp(s_rejected − mean of the asker's scores)): what was turned down ranks below the average.

    The pairwise loss of Rendle et al. (2009), the average candidate standing for what might be preferred.
    """
    return functional.softplus(scores[row, column] - scores.mean(dim=1).index_select(0, row)).mean()


def _known_before(data: TaskData, day: np.datetime64) -> TaskData:
    return data.known_before(date.fromisoformat(str(day)))
