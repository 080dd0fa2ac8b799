"""Graph walk: where a walker ends who starts from the question and returns to it now and then."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy import sparse

from recommender.knowledge.dataset import Edges
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.baskets import blocks, degree_weights
from recommender.scorers.prior import Prior, prior_of

Over = Literal["all", "target", "links"]
_BLOCK_CELLS: Final = 4_000_000
"""16 MB of walkers at a time, held four times: a wide block reads the transition matrix seldom."""


@dataclass(frozen=True)
class GraphWalk:
    """p = α Σ_k (1 − α)^k (A D^-1)^k s, A the known pairs and relations of all labels, directions ignored.

    Haveliwala, "Topic-Sensitive PageRank" (2002), cut after ``steps``; α: ``restart``. The walk starts (s) from the
    query node with weight ``own`` and from each candidate given with it with weight 1, so a query that was never seen
    is walked from what it brings. The end is multiplied by d_c^-``degree_power``. ``over`` leaves out the target, or
    all else.
    """

    restart: float = 0.3
    """α: chance of being back at the start at each step, between 0 and 1."""
    steps: int = 5
    """Steps after which a walk is cut; 1 or more."""
    own: float = 1.0
    """Weight of the query node among the starts, where each given candidate has 1; 0 leaves it out."""
    degree_power: float = 0.0
    """How much less a candidate scores for its number of edges; 0 or more."""
    over: Over = "all"
    """Edges to walk on: all, those of the target, or all others."""
    name: str = "graph-walk"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> WalkScorer:
        """Join the relations to one transition matrix over the labels that they touch."""
        edges = list(known.relations) if self.over != "target" else []
        labels = sorted({known.task.query, known.task.candidate} | {end for e in edges for end in (e.source, e.target)})
        sizes = [len(known.dataset.nodes[label]) for label in labels]
        first = dict(zip(labels, np.cumsum([0, *sizes[:-1]]).tolist(), strict=True))
        rows, columns = _ends(known, edges, first, with_target=self.over != "links")
        shape = (sum(sizes), sum(sizes))
        one_way = sparse.coo_array((np.ones(len(rows), np.float32), (rows, columns)), shape=shape).tocsr()
        one_way.data[:] = 1.0
        both = sparse.csr_array(one_way.maximum(one_way.T))
        degree = np.diff(both.indptr)
        onward = sparse.csr_array(both @ sparse.diags_array(degree_weights(degree, 1.0)))
        begin = first[known.task.candidate]
        candidates = slice(begin, begin + len(known.candidates))
        weight = degree_weights(np.maximum(degree[candidates], 1), self.degree_power)
        return WalkScorer(self, onward, first, known.task.query, begin, weight, prior_of(known))


@dataclass(frozen=True)
class WalkScorer:
    """``onward``: (nodes, nodes), column j shares what is at j among its neighbours.

    ``first`` says where the nodes of each label begin, ``label`` is that of the questions.
    """

    config: GraphWalk
    onward: sparse.csr_array
    first: Mapping[str, int]
    label: str
    candidates_at: int
    weight: Floats
    prior: Prior

    def score(self, questions: Questions) -> Floats:
        """Walk from the questions, or back from the candidates where those are fewer; some at a time."""
        start, size = self._starts(questions), questions.n_candidates
        out = np.zeros((len(questions), size), dtype=np.float32)
        ends = slice(self.candidates_at, self.candidates_at + size)
        if len(questions) <= size:
            for part in blocks(len(questions), self.onward.shape[0], _BLOCK_CELLS):
                out[part] = self._walk(self.onward, start[part].toarray().T.copy())[ends].T
        else:
            back = sparse.csr_array(self.onward.T)
            for part in blocks(size, self.onward.shape[0], _BLOCK_CELLS):
                block = np.zeros((self.onward.shape[0], part.stop - part.start), dtype=np.float32)
                block[self.candidates_at + np.arange(part.start, part.stop), np.arange(block.shape[1])] = 1.0
                out[:, part] = start @ self._walk(back, block)
        return self.prior.under(out * self.weight, questions)

    def _walk(self, step: sparse.csr_array, block: Floats) -> Floats:
        """Share of walkers that end at each node, (nodes, columns), of those who start as ``block`` says."""
        total = np.float32(self.config.restart) * block
        for number in range(1, self.config.steps + 1):
            block = step @ block
            total += np.float32(self.config.restart * (1 - self.config.restart) ** number) * block
        return total

    def _starts(self, questions: Questions) -> sparse.csr_array:
        """Where the walks start, shape (Q, nodes), rows of sum 1."""
        given = questions.context.tocoo()
        rows, nodes = self._own(questions)
        own = self.config.own / np.maximum(np.bincount(rows, minlength=len(questions)), 1)[rows]
        cells = (
            np.concatenate([own.astype(np.float32), given.data]),
            (np.concatenate([rows, given.row]), np.concatenate([nodes, self.candidates_at + given.col])),
        )
        start = sparse.coo_array(cells, shape=(len(questions), self.onward.shape[0])).tocsr()
        total = np.asarray(start.sum(axis=1)).reshape(-1)
        return sparse.csr_array(sparse.diags_array(1.0 / np.where(total > 0, total, 1.0).astype(np.float32)) @ start)

    def _own(self, questions: Questions) -> tuple[Indices, Indices]:
        """Place in the batch, and node, of each start of the asker's own: itself, of a guest what it is linked to."""
        if questions.guests is None:
            return np.arange(len(questions)), self.first[self.label] + questions.query
        none = np.zeros(0, dtype=np.int64)
        rows, nodes = [none], [none]
        for (source, _, target, way), links in questions.guests.links.items():
            far = target if way == "out" else source
            if far not in self.first:  # the walk is over the target alone
                continue
            mine = links[questions.query].tocoo()
            rows.append(mine.row.astype(np.int64))
            nodes.append(self.first[far] + mine.col)
        return np.concatenate(rows), np.concatenate(nodes)


def _ends(known: Known, edges: list[Edges], first: dict[str, int], *, with_target: bool) -> tuple[Indices, Indices]:
    """Both ends of every edge among all nodes."""
    rows = [first[each.source] + each.src for each in edges]
    columns = [first[each.target] + each.dst for each in edges]
    if with_target:
        rows.append(first[known.task.query] + known.pairs.query)
        columns.append(first[known.task.candidate] + known.pairs.candidate)
    none = np.zeros(0, dtype=np.int64)
    return np.concatenate([none, *rows]), np.concatenate([none, *columns])
