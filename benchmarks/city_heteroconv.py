"""What precomputed propagation is compared with: PyTorch Geometric's HeteroConv on the whole graph at every step."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
import torch
from scipy import sparse
from torch import Tensor, nn

from benchmarks.city_graph import COMPANY, Floats, Indices
from benchmarks.propagation.graph import TypedGraph
from benchmarks.propagation.network import Heads
from recommender.engine.message_passing import HeteroConv, SAGEConv

Edges = dict[tuple[str, str, str], Tensor]

_HIDDEN = 128


class FullBatch(nn.Module):
    """Two layers of HeteroConv with SAGEConv (mean) of width 128, then the same heads as the other network."""

    def __init__(self, graph: TypedGraph, *, products: bool, device: torch.device, dropout: float = 0.0) -> None:
        super().__init__()
        self.products, self.device, self.dropout, hidden = products, device, dropout, _HIDDEN
        self.own, self.edges = self._inputs(graph)
        sizes = {label: of.shape[1] for label, of in self.own.items()}
        keys = sorted(graph.relations)
        self.first = HeteroConv({k: SAGEConv((sizes[k[0]], sizes[k[2]]), hidden) for k in keys}, aggr="sum")
        with warnings.catch_warnings():
            # Only companies are asked for, so the second layer need not be computed for the other types.
            warnings.filterwarnings("ignore", message="There exist node types")
            into = [k for k in keys if k[2] == COMPANY]
            self.second = HeteroConv({k: SAGEConv((hidden, hidden), hidden) for k in into}, aggr="sum")
        self.heads = Heads(hidden, hidden)

    def vectors(self, queries: Tensor, candidates: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Pass messages over the whole graph, then look at the companies of the batch."""
        states = self._states(self.own, self.edges)
        vectors, bias = self.heads.answer(states[candidates])
        return self.heads.ask(states[queries]), vectors, bias

    @torch.no_grad()
    def embed(self, graph: TypedGraph, askers: Indices) -> tuple[Floats, Floats, Floats]:
        """Vectors of askers, vectors and biases of all companies, over another graph of the same types."""
        self.eval()
        states = self._states(*self._inputs(graph))
        vectors, bias = self.heads.answer(states)
        return self.heads.ask(states[torch.from_numpy(askers)]).cpu().numpy(), vectors.cpu().numpy(), bias.cpu().numpy()

    def _states(self, own: Mapping[str, Tensor], edges: Edges) -> Tensor:
        own = {label: self._thinned(of) for label, of in own.items()}
        hidden = {label: self._thinned(torch.relu(of)) for label, of in self.first(own, edges).items()}
        out: Tensor = torch.relu(self.second(hidden, {k: e for k, e in edges.items() if k[2] == COMPANY})[COMPANY])
        return out

    def _thinned(self, x: Tensor) -> Tensor:
        """Drop whole columns for a step, as the other network does."""
        if not (self.training and self.dropout):
            return x
        return x * ((torch.rand(x.shape[1], device=x.device) >= self.dropout) / (1.0 - self.dropout))

    def _inputs(self, graph: TypedGraph) -> tuple[dict[str, Tensor], Edges]:
        own = {label: torch.from_numpy(np.hstack([of, degrees(graph, label)])) for label, of in graph.own.items()}
        edges = {key: _edges(matrix, products=self.products) for key, matrix in graph.relations.items()}
        return (
            {name: of.to(self.device) for name, of in own.items()},
            {k: of.to(self.device) for k, of in edges.items()},
        )


def degrees(graph: TypedGraph, label: str) -> Floats:
    """Log degrees by relation, which means over neighbours do not tell: the tokens have them too."""
    counts = [np.diff(matrix.indptr) for matrix in graph.into(label).values()]
    return np.asarray(np.log1p(np.column_stack(counts)), dtype=np.float32)


def _edges(matrix: sparse.csr_array, *, products: bool) -> Tensor:
    """Edges as pairs of rows (2, edges), or as a sparse matrix (targets, sources), which is one product a layer."""
    if not products:
        cells = matrix.tocoo()
        return torch.from_numpy(np.stack([cells.col, cells.row]).astype(np.int64))
    starts, columns = (torch.from_numpy(part.astype(np.int64)) for part in (matrix.indptr, matrix.indices))
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Sparse")
        return torch.sparse_csr_tensor(starts, columns, torch.from_numpy(matrix.data), matrix.shape)
