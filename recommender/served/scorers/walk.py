"""Walk: where a walker ends who starts from what is known of the asker."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from graph_schema.catalog import RELATION_TYPES
from recommender.measure.arrays import Floats, Indices
from recommender.served.queries import Queries
from recommender.served.task_data import TaskData

_CHUNK = 128


@dataclass(frozen=True)
class GraphWalk:
    """Personalised PageRank over all known relationships, directions ignored, cut after ``steps``.

    p = α Σ_k (1 − α)^k (Aᵀ D⁻¹)^k s (Haveliwala, "Topic-Sensitive PageRank", 2002). The walk starts (s) from the
    asker's links and history, one equal share for each relation, and not from its own node: so a company in a request
    is ranked exactly as if it were known to be there.
    """

    restart: float = 0.2
    steps: int = 4
    name: str = "graph-walk"

    def fit(self, data: TaskData, _rng: np.random.Generator) -> WalkScorer:
        """Join all relations to one transition matrix."""
        labels = sorted({label for r in RELATION_TYPES for label in (r.source, r.target)})
        sizes = [len(data.snapshot.nodes(label)) for label in labels]
        starts = dict(zip(labels, np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
        askers = _nodes(data.query_space.members, starts)
        candidates = _nodes(data.candidate_space.members, starts)
        rows, columns = _edges(data, starts)
        known = data.history.tocoo()
        rows = np.concatenate([rows, askers[known.row]])
        columns = np.concatenate([columns, candidates[known.col]])
        shape = (sum(sizes), sum(sizes))
        one_way = sparse.coo_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape).tocsr()
        one_way.data[:] = 1.0
        both = sparse.csr_array(one_way.maximum(one_way.T))
        degree = np.diff(both.indptr)
        # Column j of the matrix shares what is at j among its neighbours.
        onward = sparse.csr_array(both @ sparse.diags_array((1.0 / np.maximum(degree, 1)).astype(np.float32)))
        seeds = {name: starts[far] for name, far in data.query_far.items() if name in data.query_links}
        return WalkScorer(self, onward, seeds, candidates)


@dataclass(frozen=True)
class WalkScorer:
    """``onward``: transition matrix, (nodes, nodes); ``seeds``: by relation name, where its far end's nodes begin."""

    config: GraphWalk
    onward: sparse.csr_array
    seeds: Mapping[str, int]
    candidates: Indices

    @property
    def name(self) -> str:
        """Name in reports."""
        return self.config.name

    def score(self, queries: Queries) -> Floats:
        """Walk ``_CHUNK`` at a time, which bounds memory: from the askers, or back from the candidates if fewer."""
        start = self._starts(queries)
        out = np.zeros((len(queries), len(self.candidates)), dtype=np.float32)
        if len(queries) <= len(self.candidates):
            for first in range(0, len(queries), _CHUNK):
                block = np.ascontiguousarray(start[first : first + _CHUNK].toarray().T)
                out[first : first + _CHUNK] = self._walk(self.onward, block)[self.candidates].T
            return out
        back = sparse.csr_array(self.onward.T)
        for first in range(0, len(self.candidates), _CHUNK):
            ends = self.candidates[first : first + _CHUNK]
            block = np.zeros((self.onward.shape[0], len(ends)), dtype=np.float32)
            block[ends, np.arange(len(ends))] = 1.0
            out[:, first : first + _CHUNK] = start @ self._walk(back, block)
        return out

    def _walk(self, step: sparse.csr_array, block: Floats) -> Floats:
        """Share of walkers that end at each node, (nodes, columns), of those who start as ``block`` says."""
        total = np.zeros_like(block)
        for number in range(self.config.steps + 1):
            total += self.config.restart * (1.0 - self.config.restart) ** number * block
            block = step @ block
        return total

    def _starts(self, queries: Queries) -> sparse.csr_array:
        """Where the walks start, shape (Q, nodes), rows of sum 1 (0 where nothing is known)."""
        shape = (len(queries), self.onward.shape[0])
        total = _placed(queries.history, self.candidates, shape)
        for name, begin in self.seeds.items():
            links = queries.links[name]
            total = total + _placed(links, begin + np.arange(links.shape[1]), shape)
        return _rows_to_one(total)


def _placed(matrix: sparse.csr_array, at: Indices, shape: tuple[int, int]) -> sparse.csr_array:
    """Move columns to their place among all nodes, with rows of sum 1."""
    cells = _rows_to_one(matrix).tocoo()
    return sparse.coo_array((cells.data, (cells.row, at[cells.col])), shape=shape).tocsr()


def _rows_to_one(matrix: sparse.csr_array) -> sparse.csr_array:
    total = np.asarray(matrix.sum(axis=1))
    scale = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    return sparse.csr_array(sparse.diags_array(scale.astype(np.float32)) @ matrix)


def _nodes(members: Mapping[str, Indices], starts: Mapping[str, int]) -> Indices:
    return np.concatenate([starts[label] + at for label, at in members.items()])


def _edges(data: TaskData, starts: Mapping[str, int]) -> tuple[Indices, Indices]:
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for relation in RELATION_TYPES:
        if relation.name in data.graph:
            cells = data.graph[relation.name].tocoo()
            rows.append(cells.row + starts[relation.source])
            columns.append(cells.col + starts[relation.target])
    return np.concatenate(rows), np.concatenate(columns)
