"""What a scorer may see of an experiment, and what it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final, Protocol, runtime_checkable

import numpy as np
from scipy import sparse

from recommender.knowledge.dataset import NO_SPLIT, Dataset, Edges, Nodes
from recommender.knowledge.spec import TaskSpec
from recommender.measure.arrays import Arrays, Flags, Floats, Indices, Times

NO_TIME: Final = np.datetime64("NaT", "s")
_EXCLUSIVE_FROM: Final = 100
"""Known pairs from which on it is taken for a rule that a candidate goes to one asker."""


@dataclass(frozen=True)
class Pairs:
    """Known target edges as (query, candidate); all of shape (pairs,). One pair may stand there more than once."""

    query: Indices
    candidate: Indices
    time: Times
    weight: Floats

    def __len__(self) -> int:
        return len(self.query)

    def take(self, chosen: Flags | Indices) -> Pairs:
        """Return some of the rows, by flags or places."""
        return Pairs(self.query[chosen], self.candidate[chosen], self.time[chosen], self.weight[chosen])

    def matrix(self, shape: tuple[int, int]) -> sparse.csr_array:
        """Which pairs there are, as ones; float32."""
        ones = np.ones(len(self), dtype=np.float32)
        cells: sparse.csr_array = sparse.coo_array((ones, (self.query, self.candidate)), shape=shape).tocsr()
        cells.data[:] = 1.0
        return cells


def oriented(edges: Edges, task: TaskSpec) -> Pairs:
    """Return target edges as pairs, both ways round where the relation is symmetric."""
    forward = Pairs(edges.src, edges.dst, edges.time, edges.weight)
    backward = Pairs(edges.dst, edges.src, edges.time, edges.weight)
    if task.symmetric:
        return joined(forward, backward)
    return forward if (edges.source, edges.target) == (task.query, task.candidate) else backward


def joined(one: Pairs, other: Pairs) -> Pairs:
    """Return the rows of both."""
    return Pairs(
        np.concatenate([one.query, other.query]),
        np.concatenate([one.candidate, other.candidate]),
        np.concatenate([one.time, other.time]),
        np.concatenate([one.weight, other.weight]),
    )


LinkKey = tuple[str, str, str, str]
"""Source label, relation, target label, and ``out`` or ``in``: whether the relation starts at the near end."""


@dataclass(frozen=True)
class Rows:
    """What is known of some nodes of a label, or of guests: askers that are described and are no nodes.

    ``nodes`` has a row for each; the categories of its columns are those of the label. ``links`` are ones of shape
    (rows, nodes at the far end), ``text`` are vectors, (rows, d), None where the label has none.
    """

    nodes: Nodes
    links: Mapping[LinkKey, sparse.csr_array]
    text: Floats | None

    def __len__(self) -> int:
        return len(self.nodes)


@dataclass(frozen=True)
class Questions:
    """A batch of Q questions, all of nodes or all of ``guests``.

    ``query``, shape (Q,): places in the nodes of the query label, or among the guests. ``given``: target pairs that
    come with the questions, history and context alike, whose ``query`` is the place in this batch.
    """

    query: Indices
    given: Pairs
    n_candidates: int
    guests: Rows | None = None

    def __len__(self) -> int:
        return len(self.query)

    @cached_property
    def context(self) -> sparse.csr_array:
        """Which candidates are given with each question, as ones; shape (Q, C)."""
        return self.given.matrix((len(self), self.n_candidates))

    def take(self, rows: Indices) -> Questions:
        """Return some of the questions, by place."""
        place = np.full(len(self), -1, dtype=np.int64)
        place[rows] = np.arange(len(rows))
        given = self.given.take(place[self.given.query] >= 0)
        return replace(self, query=self.query[rows], given=replace(given, query=place[given.query]))


@dataclass(frozen=True)
class Known:
    """What is known at one moment: attributes, text vectors, target pairs and other relations.

    ``start`` is the first moment that is not known, NaT where time does not matter. ``is_candidate`` has shape (C,),
    C being all nodes of the candidate label. ``vectors`` are text embeddings by label, (nodes, d).
    """

    dataset: Dataset
    pairs: Pairs
    relations: tuple[Edges, ...]
    is_candidate: Flags
    start: np.datetime64 = NO_TIME
    vectors: Mapping[str, Floats] = field(default_factory=dict)

    @property
    def task(self) -> TaskSpec:
        """What is asked."""
        return self.dataset.spec.task

    @property
    def queries(self) -> Nodes:
        """Nodes of the query label."""
        return self.dataset.nodes[self.task.query]

    @property
    def candidates(self) -> Nodes:
        """Nodes of the candidate label."""
        return self.dataset.nodes[self.task.candidate]

    @property
    def same_label(self) -> bool:
        """Whether queries are candidates themselves."""
        return self.task.query == self.task.candidate

    @cached_property
    def history(self) -> sparse.csr_array:
        """Known target pairs as ones, shape (query nodes, C); float32."""
        return self.pairs.matrix((len(self.queries), len(self.candidates)))

    @cached_property
    def occupied(self) -> Flags:
        """Flag candidates that somebody has, where each goes to one asker, such as rooms; (C,).

        They may be free again, so they are ranked, below those that nobody has.
        """
        count = np.bincount(self.pairs.candidate, minlength=len(self.candidates))
        exclusive = len(self.pairs) >= _EXCLUSIVE_FROM and not self.same_label and count.max() == 1
        return np.asarray(exclusive & (count > 0))

    @cached_property
    def known_only(self) -> Known:
        """The same over a dataset whose target rows are the known pairs, so that no answer can be read off it.

        Other relations stay whole there: which there are, and whether they have dates, is the same at every moment.
        """
        pairs, target = self.pairs, self.dataset.target
        turned = (target.source, target.target) != (self.task.query, self.task.candidate)
        ends = (pairs.candidate, pairs.query) if turned else (pairs.query, pairs.candidate)
        split = np.full(len(pairs), NO_SPLIT, dtype=np.int8)
        known = Edges(*target.key, *ends, pairs.time, split, pairs.weight)
        relations = tuple(known if edges.key == target.key else edges for edges in self.dataset.relations)
        return replace(self, dataset=replace(self.dataset, relations=relations))

    @cached_property
    def now(self) -> np.datetime64:
        """Moment that ages are counted to: ``start``, else just after the newest pair; NaT where none is dated."""
        if not np.isnat(self.start):
            return self.start
        dated = self.pairs.time[~np.isnat(self.pairs.time)]
        return dated.max() + np.timedelta64(1, "s") if len(dated) else NO_TIME

    @cached_property
    def oldest(self) -> np.datetime64:
        """Moment of the oldest dated pair; NaT where none is dated."""
        dated = self.pairs.time[~np.isnat(self.pairs.time)]
        return dated.min() if len(dated) else NO_TIME

    def recency(self, time: Times, half_life: float) -> Floats:
        """Weight of facts by their age, 2^(−age / half_life), ``half_life`` in seconds; shape of ``time``.

        1 where no moment is known or no half-life is given. What has no date is as old as the oldest pair: it was
        there before anybody wrote days down. What is dated after now came with the question and counts as new.
        """
        if np.isnat(self.now) or half_life <= 0:
            return np.ones(len(time), dtype=np.float32)
        began = np.where(np.isnat(time), self.now if np.isnat(self.oldest) else self.oldest, time)
        age = (self.now - began).astype("timedelta64[s]").astype(np.float64)
        return np.exp2(-np.maximum(age, 0.0) / half_life).astype(np.float32)

    def rows_of(self, label: str) -> Rows:
        """Return what is known of all nodes of a label."""
        return Rows(self.dataset.nodes[label], self.adjacency(label), self.vectors.get(label))

    def adjacency(self, label: str) -> Mapping[LinkKey, sparse.csr_array]:
        """Known relations at a label, as ones of shape (nodes of it, nodes at the far end); made once."""
        if label not in self._adjacency:
            self._adjacency[label] = self._links_of(label)
        return self._adjacency[label]

    @cached_property
    def _adjacency(self) -> dict[str, dict[LinkKey, sparse.csr_array]]:
        return {}

    def _links_of(self, label: str) -> dict[LinkKey, sparse.csr_array]:
        found = {}
        for edges in self.relations:
            shape = len(self.dataset.nodes[edges.source]), len(self.dataset.nodes[edges.target])
            if edges.source == label:
                found[(*edges.key, "out")] = edges.joins("out", shape)
            if edges.target == label:
                found[(*edges.key, "in")] = edges.joins("in", shape)
        return found

    def before(self, moment: np.datetime64) -> Known:
        """Return what was known before a moment; undated facts always were."""
        relations = tuple(edges.take(~(edges.time >= moment)) for edges in self.relations)
        return replace(self, pairs=self.pairs.take(~(self.pairs.time >= moment)), relations=relations, start=moment)

    def without(self, hidden: Flags) -> Known:
        """Return the same without some target pairs; ``hidden`` has shape (pairs,)."""
        return replace(self, pairs=self.pairs.take(~hidden))

    def history_of(self, query: Indices) -> Questions:
        """Ask these query nodes with all that is known of them."""
        rows = self.history[query].tocoo()
        place = np.full(len(self.queries), -1, dtype=np.int64)
        place[query] = np.arange(len(query))
        if len(np.unique(query)) < len(query):
            given = Pairs(
                rows.row.astype(np.int64),
                rows.col.astype(np.int64),
                np.full(rows.nnz, NO_TIME, dtype="datetime64[s]"),
                np.ones(rows.nnz, dtype=np.float32),
            )
        else:
            mine = self.pairs.take(place[self.pairs.query] >= 0)
            given = replace(mine, query=place[mine.query])
        return Questions(query, given, len(self.candidates))


class Scorer(Protocol):
    """A trained model."""

    def score(self, questions: Questions) -> Floats:
        """Score all nodes of the candidate label, shape (Q, C), finite, higher is better."""
        ...


@runtime_checkable
class Retriever(Protocol):
    """A scorer that compares all query nodes with one candidate roughly, for much less than scoring each."""

    def retrieval_scores(self, candidate: int) -> Floats | None:
        """Return standard scores over the nodes, (Q,), higher is better; None where it cannot after all."""
        ...


class Estimator(Protocol):
    """A model before training: a frozen dataclass of settings."""

    @property
    def name(self) -> str:
        """Name of the row in reports."""
        ...

    def fit(self, known: Known, rng: np.random.Generator) -> Scorer:
        """Learn from what is known; the same ``rng`` state gives the same scorer."""
        ...


class Storable(Scorer, Protocol):
    """A scorer that says what training found, so that it need not be trained again."""

    def arrays(self) -> Arrays:
        """Return it by name; what comes with the settings or with what is known is left out."""
        ...


class Restorable(Estimator, Protocol):
    """An estimator that makes its scorer again without training; one without ``restore`` is simply fitted again."""

    def restore(self, known: Known, arrays: Arrays) -> Storable:
        """Return the scorer whose ``arrays`` these are: over the same ``known`` it scores the same to the bit.

        Raises ``EvaluationError`` where they do not suit what is known.
        """
        ...
