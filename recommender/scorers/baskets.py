"""Baskets: sets of candidates that were seen together, and the candidates that a question starts from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices

Source = Literal["target", "links"]
"""Baskets are what past queries are paired with, or what nodes of other relations are linked to."""
_BLOCK_CELLS: Final = 2_000_000
"""8 MB of scores at a time, and some times that while they are made, so that a batch of any size fits."""


@dataclass(frozen=True)
class Baskets:
    """``rows``: sets of two or more candidates as ones, (baskets, C); ``owner``: query node of each, -1 for others."""

    rows: sparse.csr_array
    owner: Indices

    @property
    def degree(self) -> Indices:
        """Baskets that hold each candidate, shape (C,)."""
        counts = np.bincount(self.rows.indices, minlength=self.rows.shape[1])
        return np.asarray(counts, dtype=np.int64)

    @property
    def size(self) -> Indices:
        """Members of each basket, shape (baskets,)."""
        return np.asarray(np.diff(self.rows.indptr), dtype=np.int64)


def read_baskets(known: Known, source: Source) -> Baskets:
    """Return the sets of a source; who shares partners with others of his label belongs to his own set."""
    if source == "target":
        rows = known.history
        if known.same_label:
            own = sparse.diags_array((np.diff(rows.indptr) > 0).astype(np.float32))
            rows = sparse.csr_array(rows + own)
            rows.data[:] = 1.0
        owner = np.arange(rows.shape[0])
    else:
        links = [sparse.csr_array(links.T) for links in known.adjacency(known.task.candidate).values()]
        rows = sparse.vstack(links, format="csr") if links else sparse.csr_array((0, len(known.candidates)))
        owner = np.full(rows.shape[0], -1)
    several = np.diff(rows.indptr) > 1
    return Baskets(sparse.csr_array(rows[several], dtype=np.float32), owner[several].astype(np.int64))


def smallest_within(size: Indices, cells: int) -> Indices:
    """Return which of the smallest baskets have squared sizes, pairs of their members, of ``cells`` in all."""
    order = np.argsort(size, kind="stable")
    return np.asarray(np.sort(order[np.cumsum(size[order] ** 2) <= cells]), dtype=np.int64)


def basket_sources(known: Known) -> tuple[Source, ...]:
    """Return the sources that have any basket."""
    sources: tuple[Source, ...] = ("target", "links")
    return tuple(source for source in sources if len(read_baskets(known, source).owner))


def starting_members(questions: Questions, own: float) -> sparse.csr_array:
    """Return the candidates given with each question, and the asker with weight ``own`` where it is one; (Q, C)."""
    if not own or questions.guests is not None:
        return questions.context
    cells = (np.full(len(questions), own, np.float32), (np.arange(len(questions)), questions.query))
    return sparse.csr_array(questions.context + sparse.coo_array(cells, shape=questions.context.shape).tocsr())


def degree_weights(counts: Floats | Indices, power: float, shift: float = 0.0) -> Floats:
    """Return (counts + shift)^-power, 0 where the count is 0; the shape of ``counts``."""
    size = np.asarray(counts, dtype=np.float64).reshape(-1)
    weights = np.zeros(len(size), dtype=np.float32)
    weights[size > 0] = (size[size > 0] + shift) ** -power
    return weights


def blocks(size: int, width: int, cells: int = _BLOCK_CELLS) -> Iterator[slice]:
    """Cut ``size`` rows so that a block of ``width`` columns stays within a number of cells."""
    step = max(1, cells // max(width, 1))
    return (slice(start, min(start + step, size)) for start in range(0, size, step))
