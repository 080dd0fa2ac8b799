"""Sources beside the engine's own: recency-weighted neighbours, and for candidates never seen those like them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy import sparse

from recommender.engine.baskets import BasketFamily
from recommender.engine.seeds import Seeding, Seeds
from recommender.engine.sources import CandidateSource
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats
from recommender.scorers.baskets import smallest_within
from recommender.scorers.content import centred, has_text
from recommender.scorers.content_knn import ContentKnn
from recommender.scorers.facts import products, unit_rows

_MOST_CELLS = 60_000_000
"""Bound on the pairs of members of all baskets, as the engine's own sources have it."""
_LIKE = 10
"""Past candidates that lend to one never seen. Of a public set: ten gave the best figures there."""
_HEAT = 0.1
"""Fall in cosine at which a lender weighs 1 / e as much."""


def further_sources(
    known: Known, seeding: Seeding, families: tuple[BasketFamily, ...], unit: float
) -> list[CandidateSource]:
    """Return those that suit what is known; ``unit`` is the half-life of a pair in seconds."""
    sources: list[CandidateSource] = [ItemCosine(families[0])] if families else []
    if not known.same_label:
        sources.append(RecentNeighbours(known, known.recency(known.pairs.time, unit)))
    if has_text(known, known.task.candidate):
        sources.append(LikeGiven(known))
    if seeding.query_text is not None or seeding.query_blocks:
        sources.append(ContentLikeness(known))
    return sources


class ItemCosine:
    """Cosine of candidates by the baskets they share (Sarwar et al. 2001), summed over what is given, and its most."""

    def __init__(self, family: BasketFamily) -> None:
        kept = smallest_within(family.sizes, _MOST_CELLS)
        members = sparse.csr_array(family.members[kept])
        members.data = np.ones_like(members.data)
        columns = unit_rows(sparse.csr_array(members.T))
        self.cosine = sparse.csr_array(columns @ columns.T)
        self.cosine.setdiag(0.0)
        self.cosine.eliminate_zeros()

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the sum, the sum weighted by recency, and the largest; each (Q, C)."""
        yield "cosine:sum", np.asarray((seeds.count @ self.cosine).toarray(), np.float32)
        yield "cosine:recent", np.asarray((seeds.recency @ self.cosine).toarray(), np.float32)
        yield "cosine:most", most_over(seeds.count, self.cosine)


class RecentNeighbours:
    """Past questions that share candidates with what is given, and what they were paired with lately.

    score(q, c) = Σ_u cos(q, u) 2^(−age(u, c) / unit), cosines over candidates weighted by deg^-.5.
    """

    def __init__(self, known: Known, weight: Floats) -> None:
        shape = len(known.queries), len(known.candidates)
        pairs = sparse.coo_array((weight, (known.pairs.query, known.pairs.candidate)), shape=shape).tocsr()
        questions = np.flatnonzero(np.diff(known.history.indptr))
        degree = np.maximum(np.bincount(known.history.indices, minlength=shape[1]), 1)
        self.scale = sparse.diags_array((degree**-0.5).astype(np.float32))
        self.past = sparse.csr_array(unit_rows(sparse.csr_array(known.history[questions] @ self.scale)).T)
        self.lately = sparse.csr_array(pairs[questions])

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the sum over all that share anything, (Q, C)."""
        mine = unit_rows(sparse.csr_array(seeds.count @ self.scale))
        near = sparse.csr_array(mine @ self.past)
        yield "knn-recent", np.asarray((near @ self.lately).toarray(), np.float32)


class LikeGiven:
    """What is given, and the neighbours of the asker, seen through candidates of like text.

    A candidate never seen borrows from the past ones nearest to it by text: whether they were given, and how sought
    after they are.
    """

    def __init__(self, known: Known) -> None:
        text = centred(known.vectors[known.task.candidate]).dense()
        self.text = text
        degree = np.bincount(known.pairs.candidate, minlength=len(text))
        seen = np.flatnonzero(degree)
        self.lent = _lent(text, seen)
        degree = np.maximum(degree, 1)
        scaled = known.history @ sparse.diags_array((degree**-0.5).astype(np.float32))
        self.history = sparse.csr_array(known.history)
        self.columns = sparse.csr_array(unit_rows(sparse.csr_array(scaled)).T)
        self.scale = sparse.diags_array((degree**-0.5).astype(np.float32))

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the largest likeness to what is given, what is lent of it, and of the neighbours; each (Q, C)."""
        yield "like:most", _most_alike(seeds.count, self.text)
        yield "like:given", np.asarray((seeds.count @ self.lent).toarray(), np.float32)
        near = sparse.csr_array(unit_rows(sparse.csr_array(seeds.count @ self.scale)) @ self.columns)
        yield "like:neighbours", np.asarray(((near @ self.history) @ self.lent).toarray(), np.float32)


class ContentLikeness:
    """Past questions most like the one that asks, by attributes and text together."""

    def __init__(self, known: Known) -> None:
        self.scorer = ContentKnn(100, 0.05, 0.8).fit(known, np.random.default_rng(0))

    def scores(self, _seeds: Seeds, questions: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the scorer's, (Q, C)."""
        yield "content", self.scorer.score(questions)


def most_over(given: sparse.csr_array, likeness: sparse.csr_array) -> Floats:
    """Return the largest entry of ``likeness`` (C, C) over the given candidates of each question; (Q, C)."""
    out = np.zeros((given.shape[0], likeness.shape[1]), np.float32)
    rows = np.repeat(np.arange(given.shape[0]), np.diff(given.indptr))
    chosen = likeness[given.indices]
    at = np.repeat(rows, np.diff(chosen.indptr))
    np.maximum.at(out, (at, chosen.indices), chosen.data)
    return out


def _most_alike(given: sparse.csr_array, text: Floats) -> Floats:
    out = np.zeros((given.shape[0], len(text)), np.float32)
    for row in range(given.shape[0]):
        mine = given.indices[given.indptr[row] : given.indptr[row + 1]]
        if len(mine):
            out[row] = products(text[mine], text).max(axis=0)
    return out


def _lent(text: Floats, seen: np.ndarray) -> sparse.csr_array:
    """Shares in which past candidates lend to each, (C, C), columns summing to 1; none lends to itself."""
    size = len(text)
    if len(seen) <= 1:  # nobody to lend to another
        return sparse.csr_array((size, size), dtype=np.float32)
    most = min(_LIKE, len(seen) - 1)
    rows, columns, values = [], [], []
    for start in range(0, size, 2_000):
        part = np.arange(start, min(start + 2_000, size))
        alike = products(text[part], text[seen])
        alike[part[:, None] == seen] = -2.0
        top = np.argpartition(-alike, most - 1, axis=1)[:, :most]
        weight = np.exp((np.take_along_axis(alike, top, axis=1) - 1.0) / _HEAT)
        weight /= np.maximum(weight.sum(axis=1, keepdims=True), 1e-30)
        rows.append(seen[top].reshape(-1))
        columns.append(np.repeat(part, most))
        values.append(weight.reshape(-1))
    cells = np.concatenate(values).astype(np.float32), (np.concatenate(rows), np.concatenate(columns))
    return sparse.csr_array(sparse.coo_array(cells, shape=(size, size)))
