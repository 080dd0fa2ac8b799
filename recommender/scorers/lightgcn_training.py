"""Training of LightGCN: members of baskets that are hidden in a step are predicted from the rest."""

from __future__ import annotations

import math
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch
from scipy import sparse
from torch import Tensor
from torch.nn import functional

from recommender.knowledge.adam import Adam
from recommender.knowledge.device import resolve_device
from recommender.scorers.baskets import degree_weights
from recommender.scorers.lightgcn_states import STEP_CELLS, LightGcnShape, Trained

_SPREAD: Final = 0.1
"""Standard deviation of the states before training; of the prototype, as are the defaults of ``LightGcnShape``."""
_MOST_BASKETS: Final = 2_048
"""Of a step: so many leave a sample of some 4,000 candidates where both are many."""
_NEVER: Final = -1e9
"""Logit of what is known: no share in the softmax, and a number still."""
Product = tuple[Tensor, Tensor]
"""A normalised graph, (baskets, candidates), and its transpose."""


def train(config: LightGcnShape, rows: sparse.csr_array, seed: int) -> Trained:
    """Train on baskets of candidates, ones of shape (baskets, C)."""
    network = _Network(config, rows.shape[1], seed)
    rng = np.random.default_rng(seed)
    optimizer = Adam(network.parameters)
    for _ in range(config.steps):
        kept, hidden = _split(rows, rng.uniform(*config.hidden), rng)
        if not hidden.nnz:
            continue
        network.loss(kept, hidden, rng).backward()
        optimizer.step(config.learning_rate)
    return network.trained(rows)


class _Network:
    """States of candidates, (C, d), and their bias, (C,)."""

    def __init__(self, config: LightGcnShape, size: int, seed: int) -> None:
        self.config = config
        self.device = resolve_device(config.device)
        generator = torch.Generator().manual_seed(seed)
        drawn = torch.randn(size, config.embedding_size, generator=generator) * _SPREAD
        self.candidates = drawn.to(self.device).requires_grad_()
        self.bias = torch.zeros(size, device=self.device, requires_grad=True)

    @property
    def parameters(self) -> list[Tensor]:
        return [self.candidates, self.bias]

    def loss(self, kept: sparse.csr_array, hidden: sparse.csr_array, rng: np.random.Generator) -> Tensor:
        """Cross-entropy of the hidden members of baskets over all candidates, or a sample where they are many."""
        asked = np.flatnonzero(np.diff(hidden.indptr))
        if len(asked) > _MOST_BASKETS:
            asked = np.sort(rng.permutation(asked)[:_MOST_BASKETS])
        ranked = np.arange(hidden.shape[1])
        if len(asked) * len(ranked) > STEP_CELLS:
            ranked = np.sort(rng.permutation(ranked)[: STEP_CELLS // len(asked)])
        query, candidate = self._states(self._product(kept))
        query, candidate = functional.normalize(query[self._places(asked)]), functional.normalize(candidate)
        known, wanted = kept[asked][:, ranked].tocoo(), hidden[asked].tocoo()
        rows, columns, some = self._places(wanted.row), self._places(wanted.col), self._places(ranked)
        logits = query @ candidate[some].T / self.config.temperature + self.bias[some]
        logits = logits.index_put((self._places(known.row), self._places(known.col)), torch.tensor(_NEVER).to(logits))
        right = query.index_select(0, rows).mul(candidate.index_select(0, columns)).sum(1) / self.config.temperature
        right = right + self.bias.index_select(0, columns)
        total = torch.logsumexp(logits, dim=1).index_select(0, rows)
        if len(ranked) < hidden.shape[1]:
            # A sample stands for all; the right one, which may not be in it, is added.
            total = torch.logaddexp(total + math.log(hidden.shape[1] / len(ranked)), right)
        count = np.diff(hidden.indptr)[asked] + np.diff(kept.indptr)[asked]
        weight = torch.from_numpy(degree_weights(count, 0.5)).to(self.device)[rows]
        return (weight * (total - right)).sum() / weight.sum()

    def trained(self, graph: sparse.csr_array) -> Trained:
        """Return the states that the whole graph gives."""
        with torch.no_grad():
            _, candidate = self._states(product := self._product(graph))
            passed = self._layers(product)[:-1].sum(0) / (self.config.layer_count + 1)
            final = functional.normalize(candidate).cpu().numpy()
            scale = degree_weights(np.bincount(graph.indices, minlength=graph.shape[1]), 0.5)
            return Trained(passed.cpu().numpy() * scale[:, None], final, self.bias.cpu().numpy())

    def _states(self, product: Product) -> tuple[Tensor, Tensor]:
        """Return the mean over the layers of baskets, (B, d), and of candidates, (C, d)."""
        layers = self._layers(product)
        return torch.sparse.mm(product[0], layers[:-1].sum(0)) / len(layers), layers.mean(0)

    def _layers(self, product: Product) -> Tensor:
        """Return the states of candidates at each layer, (K + 1, C, d); those of the odd ones are 0."""
        layers = [self.candidates]
        for layer in range(1, self.config.layer_count + 1):
            through = None if layer % 2 else torch.sparse.mm(product[1], torch.sparse.mm(product[0], layers[-2]))
            layers.append(torch.zeros_like(self.candidates) if through is None else through)
        return torch.stack(layers)

    def _product(self, graph: sparse.csr_array) -> Product:
        by_query = sparse.diags_array(degree_weights(np.diff(graph.indptr), 0.5))
        by_candidate = sparse.diags_array(degree_weights(np.bincount(graph.indices, minlength=graph.shape[1]), 0.5))
        cells = (by_query @ graph @ by_candidate).tocoo()
        places = torch.from_numpy(np.stack([cells.row, cells.col]).astype(np.int64))
        values = torch.from_numpy(cells.data.astype(np.float32))
        one = torch.sparse_coo_tensor(places, values, cells.shape, device=self.device, check_invariants=False)
        one = one.coalesce()
        return one, one.t().coalesce()

    def _places(self, at: npt.NDArray[np.integer[Any]]) -> Tensor:
        return torch.from_numpy(at.astype(np.int64)).to(self.device)


def _split(rows: sparse.csr_array, share: float, rng: np.random.Generator) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Divide members at random into those kept and those hidden."""
    hide = rng.random(rows.nnz) < share
    row = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    parts = []
    for chosen in (~hide, hide):
        ones = np.ones(int(chosen.sum()), dtype=np.float32)
        parts.append(sparse.coo_array((ones, (row[chosen], rows.indices[chosen])), shape=rows.shape).tocsr())
    return parts[0], parts[1]
