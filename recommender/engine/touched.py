"""Features of every (question, basket) that share a candidate: what message passing weighs the baskets by."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommender.engine.baskets import BasketFamily, ages
from recommender.engine.seeds import Seeding, Seeds
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.facts import unit_rows

_LARGEST: Final = float(np.finfo(np.float16).max)
"""Of a feature: what half precision has a number for."""
_MOST_PAIRS: Final = 600
"""Baskets of a question at most. Chosen by hand: what is weaker than so many others hardly moves a sum."""


@dataclass(frozen=True)
class Touched:
    """Pairs of a batch of Q questions with baskets of one family, sorted by question.

    ``start`` (Q + 1,) bounds the pairs of each question, ``basket`` (pairs,) names the basket, ``features`` has shape
    (pairs, F), float16.
    """

    start: Indices
    basket: Indices
    features: npt.NDArray[np.float16]


class BasketFeatures:
    """Computes ``Touched`` for one family of what ``seeding`` describes; keeps what depends on the baskets alone."""

    def __init__(self, family: BasketFamily, seeding: Seeding, *, max_pairs: int = _MOST_PAIRS) -> None:
        self.family = family
        self.max_pairs = max_pairs
        members = family.members
        pattern = members.copy()
        pattern.data = np.ones_like(pattern.data)
        self.by_candidate = sparse.csr_array(pattern.T)
        self.weight_by_candidate = sparse.csr_array(members.T)
        degree = np.maximum(np.diff(self.by_candidate.indptr), 1).astype(np.float32)
        self.idf_half = degree**-0.5
        self.idf_one = 1.0 / degree
        self.size = np.maximum(family.sizes, 1).astype(np.float32)
        self.age = ages(family, seeding.known.now, seeding.unit)
        profile = seeding.candidate_profile
        self.member_profile = None if profile is None else unit_rows(sparse.csr_array(pattern @ profile))

    def __call__(self, seeds: Seeds) -> Touched:
        """Features of a batch of questions."""
        overlap = sparse.csr_array(seeds.count @ self.by_candidate)
        overlap.sort_indices()
        half = _scaled(seeds.count, self.idf_half)
        weights = (
            half @ self.by_candidate,
            _scaled(seeds.count, self.idf_one) @ self.by_candidate,
            seeds.weight @ self.by_candidate,
            seeds.count @ self.weight_by_candidate,
            _scaled(seeds.recency, self.idf_half) @ self.by_candidate,
        )
        columns = [overlap.data]
        for product in weights:
            product.sort_indices()
            columns.append(product.data)
        row = np.repeat(np.arange(overlap.shape[0]), np.diff(overlap.indptr))
        keep = _strongest(row, columns[1] / np.sqrt(self.size[overlap.indices]), self.max_pairs)
        row, basket = row[keep], overlap.indices[keep].astype(np.int64)
        shared, idf, rare, given, taken, recent = (column[keep] for column in columns)
        asking, size, age = np.maximum(seeds.sizes, 1.0)[row], self.size[basket], self.age[basket]
        half_total = np.maximum(np.asarray(half.sum(axis=1)).reshape(-1), 1e-9)[row]
        parts = [
            shared,
            np.log1p(shared),
            shared / asking,
            shared / size,
            shared / np.sqrt(asking * size),
            np.log(idf + 1e-3),
            idf / half_total,
            np.log(rare + 1e-4),
            given / np.maximum(shared, 1.0),
            taken / np.maximum(shared, 1.0),
            np.log(recent + 1e-4),
            np.log(size),
            np.log1p(age),
            np.exp2(-age),
            np.log(asking),
        ]
        if self.family.profile is not None and seeds.profile is not None:
            parts.append(_cosines(seeds.profile, self.family.profile, row, basket))
        if self.member_profile is not None and seeds.members is not None:
            parts.append(_cosines(seeds.members, self.member_profile, row, basket))
        if self.family.text is not None and seeds.text is not None:
            parts.append(_dots(seeds.text, self.family.text, row, basket))
        if seeds.asker is not None:
            own = self.by_candidate[seeds.asker]
            parts.append(_cosines(own, sparse.eye_array(own.shape[1], dtype=np.float32).tocsr(), row, basket))
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=overlap.shape[0]))]).astype(np.int64)
        # A weight may be so far above the mean of all that it would be infinite.
        features = np.clip(np.stack(parts, axis=1), -_LARGEST, _LARGEST)
        return Touched(start, basket, features.astype(np.float16))


def _scaled(matrix: sparse.csr_array, columns: Floats) -> sparse.csr_array:
    scaled = matrix.copy()
    scaled.data = matrix.data * columns[matrix.indices]
    return scaled


def _strongest(row: Indices, strength: Floats, most: int) -> Indices:
    """Places of the ``most`` strongest entries of each row, in their order."""
    counts = np.bincount(row) if len(row) else np.zeros(0, np.int64)
    if not len(counts) or counts.max() <= most:
        return np.arange(len(row))
    order = np.lexsort((-strength, row))
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = np.arange(len(row)) - first[row[order]]
    return np.sort(order[place < most])


def _cosines(left: sparse.csr_array, right: sparse.csr_array, row: Indices, column: Indices) -> Floats:
    values = np.empty(len(row), dtype=np.float32)
    for begin in range(0, len(row), 500_000):
        part = slice(begin, begin + 500_000)
        values[part] = np.asarray(left[row[part]].multiply(right[column[part]]).sum(axis=1)).reshape(-1)
    return values


def _dots(left: Floats, right: Floats, row: Indices, column: Indices) -> Floats:
    values = np.empty(len(row), dtype=np.float32)
    for begin in range(0, len(row), 100_000):
        part = slice(begin, begin + 100_000)
        values[part] = np.einsum("nd,nd->n", left[row[part]], right[column[part]])
    return values
