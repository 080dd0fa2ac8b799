"""A graph encoder without entity embeddings: messages that start at the anchor and know what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from recommender.knowledge.adam import OneCycleAdamW
from recommender.knowledge.device import torch_seed
from recommender.measure.arrays import Arrays, Floats, Indices
from recommender.triples.data import Answers, Queries, Triples
from recommender.triples.factorization import arrays_of, take_arrays
from recommender.triples.message_graph import MessageGraph, TypedSum
from recommender.triples.protocols import FitContext, TripleScorer


class PathNetwork(torch.nn.Module):
    """Generalised Bellman-Ford over relation paths (Zhu et al. 2021, "Neural Bellman-Ford networks").

    h0[v] is a vector of the asked relation q at the anchor and 0 elsewhere. Each layer adds, over edges (u, d, v),
    h[u] * w_q[d], the learned weight of relation d when q is asked, and passes [h[v], sum] through a linear map, layer
    norm and ReLU with a skip. An MLP over the last state, q and how often v answers q at all gives the score.
    """

    def __init__(self, n_directed: int, width: int, layers: int, dropout: float) -> None:
        super().__init__()
        self.width = width
        self.asked = torch.nn.Parameter(torch.randn(n_directed, width))
        self.weights = torch.nn.ParameterList(
            [torch.nn.Parameter(1.0 + 0.3 * torch.randn(n_directed, n_directed * width)) for _ in range(layers)]
        )
        self.updates = torch.nn.ModuleList([torch.nn.Linear(3 * width, width) for _ in range(layers)])
        self.norms = torch.nn.ModuleList([torch.nn.LayerNorm(width) for _ in range(layers)])
        self.hidden = torch.nn.Linear(width + 2, 2 * width)
        self.of_query = torch.nn.Linear(width, 2 * width, bias=False)
        self.prior = torch.nn.Parameter(torch.zeros(n_directed, 2))
        self.out = torch.nn.Linear(2 * width, 1)
        self.dropout = torch.nn.Dropout(dropout)

    def forward(self, anchor: Tensor, relation: Tensor, graph: MessageGraph) -> Tensor:
        """Return the scores of all entities, shape (B, N)."""
        n_entities, size = graph.counts.shape[1], len(anchor)
        asked = self.asked.index_select(0, relation)
        places = torch.arange(size, device=anchor.device)
        start = torch.zeros(n_entities, size, self.width, device=anchor.device)
        start = start.index_put((anchor, places), asked)
        degree = (1.0 + graph.counts.sum(dim=0)).rsqrt()[:, None, None]
        state = start
        for layer, (weights, update, norm) in enumerate(zip(self.weights, self.updates, self.norms, strict=True)):
            weight = weights.index_select(0, relation).view(size, -1, self.width)
            if layer == 0:
                added = self._first(asked, weight, anchor, graph)
            else:
                flat = weight.transpose(0, 1).reshape(-1, size * self.width)
                added = TypedSum.apply(state.reshape(n_entities, -1), flat, graph).view_as(state)
            new = torch.relu(norm(update(torch.cat((state + start if layer else state, added, added * degree), dim=2))))
            state = state + self.dropout(new)
        priors = torch.stack((graph.counts[relation].T, graph.counts.sum(dim=0)[:, None].expand(-1, size)), dim=2)
        priors = priors.log1p()
        hidden = self.hidden(torch.cat((state, priors), dim=2)) + self.of_query(asked)
        scores: Tensor = self.out(torch.relu(hidden)).squeeze(2) + (priors * self.prior.index_select(0, relation)).sum(
            dim=2
        )
        return scores.T

    def _first(self, asked: Tensor, weight: Tensor, anchor: Tensor, graph: MessageGraph) -> Tensor:
        """Send the first messages: only edges of the anchors carry any."""
        counts = graph.first[anchor + 1] - graph.first[anchor]
        query = torch.repeat_interleave(torch.arange(len(anchor), device=anchor.device), counts)
        offsets = torch.arange(len(query), device=anchor.device) - (counts.cumsum(0) - counts)[query]
        edges = graph.first[anchor][query] + offsets
        label = query * weight.shape[1] + graph.relations[edges]
        messages = asked.index_select(0, query) * weight.flatten(0, 1).index_select(0, label)
        n_entities = graph.counts.shape[1]
        added = torch.zeros(n_entities * len(anchor), self.width, device=anchor.device)
        added = added.index_add(0, graph.receivers[edges] * len(anchor) + query, messages)
        return added.view(n_entities, len(anchor), self.width)


class PathScorer(TripleScorer):
    """A trained network over the whole training graph."""

    def __init__(self, network: PathNetwork, graph: MessageGraph, n_relations: int, device: str, batch: int) -> None:
        super().__init__(n_relations)
        self.network, self._graph, self._device, self._batch = network, graph, device, batch

    def score(self, queries: Queries) -> Floats:
        """Run the network from each anchor; a query asked twice is computed once."""
        pairs, inverse = np.unique(np.stack((queries.relation, queries.anchor), axis=1), axis=0, return_inverse=True)
        unique = Queries(pairs[:, 1], pairs[:, 0])
        parts = [np.zeros((0, self._graph.counts.shape[1]), dtype=np.float32)]
        self.network.eval()
        with torch.no_grad():
            for block in unique.blocks(self._batch):
                anchor = torch.as_tensor(block.anchor, device=self._device)
                relation = torch.as_tensor(block.relation, device=self._device)
                parts.append(self.network(anchor, relation, self._graph).cpu().numpy())
        return np.concatenate(parts)[inverse.reshape(-1)]

    def arrays(self) -> Arrays:
        """Return the weights of the network."""
        return arrays_of(self.network)


@dataclass(frozen=True)
class PathNetworkEstimator:
    """Settings of the network; AdamW with one cycle."""

    width: int = 16
    """Numbers of the state of an entity; 1 or more."""
    layers: int = 3
    """Hops that a message goes; 1 or more."""
    steps: int = 600
    """Batches trained on; 2 or more."""
    batch_size: int = 16
    """Queries of a batch; 1 or more."""
    learning_rate: float = 5e-3
    """At the height of the one cycle; above 0."""
    weight_decay: float = 1e-4
    """Of AdamW; 0 or more."""
    dropout: float = 0.1
    """Share of the states dropped in training; 0 to below 1."""
    hidden_share: float = 0.1
    """Share of a query's answers that is taken from the graph and asked for; above 0, at most 1."""
    shuffled: bool = False
    """A control: messages pass over a graph with the same degrees and random ends, questions stay true."""

    def fit(self, triples: Triples, context: FitContext) -> PathScorer:
        """Train by hiding some answers of each batch's queries from the graph and asking for them."""
        # Its layers and their dropout know only the generator of the process.
        with torch_seed(context.seed, context.device):
            network = self._network(triples, context)
            self._train(network, triples, self._rewired(triples, context), context)
        return self._scorer(network, triples, context)

    def restore(self, triples: Triples, arrays: Arrays, context: FitContext) -> PathScorer:
        """Return the scorer of a trained network over the graph of ``triples``."""
        with torch_seed(context.seed, context.device):
            network = self._network(triples, context)
        take_arrays(network, arrays)
        return self._scorer(network, triples, context)

    def _network(self, triples: Triples, context: FitContext) -> PathNetwork:
        return PathNetwork(2 * triples.n_relations, self.width, self.layers, self.dropout).to(context.device)

    def _rewired(self, triples: Triples, context: FitContext) -> Indices | None:
        """Return the triples that messages pass over where they are not those of train."""
        return rewire(triples.train, np.random.default_rng([context.seed, 3])) if self.shuffled else None

    def _scorer(self, network: PathNetwork, triples: Triples, context: FitContext) -> PathScorer:
        rewired = self._rewired(triples, context)
        known = triples.train if rewired is None else rewired
        graph = MessageGraph.of(known, triples.n_entities, triples.n_relations, context.device)
        return PathScorer(network, graph, triples.n_relations, context.device, self.batch_size)

    def _train(self, network: PathNetwork, triples: Triples, rewired: Indices | None, context: FitContext) -> None:
        """Take the steps; messages pass over ``rewired`` where that is given."""
        optimizer = OneCycleAdamW(network.parameters(), self.learning_rate, self.weight_decay, self.steps)
        network.train()
        for step, batch in enumerate(self._batches(triples, context)):
            graph = MessageGraph.of(
                batch.kept if rewired is None else rewired, triples.n_entities, triples.n_relations, context.device
            )
            scores = network(batch.tensor(batch.queries.anchor), batch.tensor(batch.queries.relation), graph)
            loss = _softmax_loss(scores, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            context.progress("graph encoder", step + 1, self.steps)

    def _batches(self, triples: Triples, context: FitContext) -> Iterator[_HiddenBatch]:
        """Yield batches of distinct queries, drawn by the square root of their answers, some answers hidden."""
        rng = np.random.default_rng([context.seed, 2])
        answers = Answers.of(triples.train, triples.n_entities, triples.n_relations)
        sizes = np.diff(answers.pattern.indptr)
        chances = np.sqrt(sizes) / np.sqrt(sizes).sum()
        size = min(self.batch_size, len(sizes))
        for _ in range(self.steps):
            rows = rng.choice(len(sizes), size, replace=False, p=chances)
            yield _HiddenBatch.of(triples, answers, rows, self.hidden_share, rng, context.device)


@dataclass(frozen=True)
class _HiddenBatch:
    """Queries, their hidden answers as (row, column), who is out of the softmax, and the triples left in the graph."""

    queries: Queries
    rows: Indices
    columns: Indices
    excluded: Tensor
    kept: Indices
    device: str

    @classmethod
    def of(
        cls, triples: Triples, answers: Answers, rows: Indices, share: float, rng: np.random.Generator, device: str
    ) -> _HiddenBatch:
        queries = answers.queries[rows]
        pattern = answers.pattern[rows]
        row = np.repeat(np.arange(len(rows)), np.diff(pattern.indptr))
        column = pattern.indices.astype(np.int64)
        # One answer at least is hidden of each query: the one with the smallest draw.
        draws = rng.random(len(row))
        draws[np.lexsort((draws, row))[np.searchsorted(row, np.arange(len(rows)))]] = 0.0
        hidden = draws < share
        excluded = ~triples.candidates(queries)
        excluded[row[~hidden], column[~hidden]] = True
        kept = _without(triples, queries, row[hidden], column[hidden])
        return cls(queries, row[hidden], column[hidden], torch.as_tensor(excluded, device=device), kept, device)

    def tensor(self, array: Indices) -> Tensor:
        return torch.as_tensor(array, device=self.device)


def rewire(triples: Indices, rng: np.random.Generator) -> Indices:
    """Return triples with the tails of each relation permuted: all degrees stay, who is joined to whom does not."""
    order = np.lexsort((rng.random(len(triples)), triples[:, 1]))
    place = np.argsort(triples[:, 1], kind="stable")
    result = triples.copy()
    result[place, 2] = triples[order, 2]
    return result


def _without(triples: Triples, queries: Queries, row: Indices, column: Indices) -> Indices:
    """Return the training triples less the hidden ones, whichever side asked."""
    anchor, directed = queries.anchor[row], queries.relation[row]
    forward = directed < triples.n_relations
    relation = np.where(forward, directed, directed - triples.n_relations)
    head, tail = np.where(forward, anchor, column), np.where(forward, column, anchor)
    keys = (triples.train[:, 1] * triples.n_entities + triples.train[:, 0]) * triples.n_entities + triples.train[:, 2]
    gone = np.isin(keys, (relation * triples.n_entities + head) * triples.n_entities + tail)
    return triples.train[~gone]


def _softmax_loss(scores: Tensor, batch: _HiddenBatch) -> Tensor:
    """Cross-entropy of each hidden answer; queries weigh as the square root of their hidden answers."""
    log = torch.log_softmax(scores.masked_fill(batch.excluded, -1e4), dim=1)
    rows = batch.tensor(batch.rows)
    counts = torch.bincount(rows, minlength=len(batch.queries)).float()
    losses = -log[rows, batch.tensor(batch.columns)] * counts[rows].rsqrt()
    return losses.sum() / counts.sqrt().sum()
