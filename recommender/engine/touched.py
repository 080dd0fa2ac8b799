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
from recommender.scorers.facts import pair_cosines, pair_dots, unit_rows
from recommender.scorers.few_rows import narrow

_LARGEST: Final = float(np.finfo(np.float16).max)
"""Of a feature: what half precision has a number for."""
_MOST_PAIRS: Final = 600
"""Baskets of a question at most. Chosen by hand: what is weaker than so many others hardly moves a sum."""
_LINKS: Final = (
    "shared",
    "log-shared",
    "shared-of-given",
    "shared-of-basket",
    "cosine",
    "log-rarity",
    "rarity-of-given",
    "log-rareness",
    "given-weight",
    "basket-weight",
    "log-recent",
    "log-size",
    "log-age",
    "recency",
    "log-given",
)
"""What joins a question and a basket."""


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
        self.by_candidate = narrow(sparse.csr_array(members.T))
        degree = np.maximum(np.diff(self.by_candidate.indptr), 1).astype(np.float32)
        self.idf_half = degree**-0.5
        self.idf_one = 1.0 / degree
        self.size = np.maximum(family.sizes, 1).astype(np.float32)
        self.age = ages(family, seeding.known.now, seeding.unit)
        self.asks_itself = seeding.known.same_label
        profile = seeding.candidate_profile
        pattern = sparse.csr_array((np.ones_like(members.data), members.indices, members.indptr), shape=members.shape)
        self.member_profile = None if profile is None else narrow(unit_rows(sparse.csr_array(pattern @ profile)))
        self.names = tuple(name for name, there in self._optional(seeding).items() if there)

    def _optional(self, seeding: Seeding) -> dict[str, bool]:
        """Which features beside those of ``_LINKS`` there are: what both sides must have."""
        return dict.fromkeys(_LINKS, True) | {
            "profile": self.family.profile is not None and seeding.query_profile is not None,
            "members": self.member_profile is not None,
            "text": self.family.text is not None and seeding.query_text is not None,
            "asker": self.asks_itself,
        }

    def __call__(self, seeds: Seeds) -> Touched:
        """Features of a batch of questions."""
        row, basket, columns = self._links(seeds)
        keep = _strongest(row, columns[1] / np.sqrt(self.size[basket]), self.max_pairs)
        row, basket = row[keep], basket[keep]
        shared, idf, rare, given, taken, recent = columns[:, keep]
        asking, size, age = np.maximum(seeds.sizes, 1.0)[row], self.size[basket], self.age[basket]
        total = np.bincount(_rows_of(seeds.count), self.idf_half[seeds.count.indices], len(seeds.sizes))
        parts = [
            shared,
            np.log1p(shared),
            shared / asking,
            shared / size,
            shared / np.sqrt(asking * size),
            np.log(idf + 1e-3),
            idf / np.maximum(total, 1e-9).astype(np.float32)[row],
            np.log(rare + 1e-4),
            given / np.maximum(shared, 1.0),
            taken / np.maximum(shared, 1.0),
            np.log(recent + 1e-4),
            np.log(size),
            np.log1p(age),
            np.exp2(-age),
            np.log(asking),
            *self._likenesses(seeds, row, basket),
        ]
        start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=len(seeds.sizes)))]).astype(np.int64)
        # A weight may be so far above the mean of all that it would be infinite.
        features = np.clip(np.stack(parts, axis=1), -_LARGEST, _LARGEST)
        return Touched(start, basket, features.astype(np.float16))

    def _links(self, seeds: Seeds) -> tuple[Indices, Indices, Floats]:
        """Return question and basket of each pair, sorted, and what the candidates that they share sum to, (6, pairs).

        That is their number, the root of their rarity, their rarity, their weight in the question and in the basket,
        and the root of their rarity by how recent they are.
        """
        count, baskets = seeds.count, self.by_candidate
        degree = np.diff(baskets.indptr)[count.indices].astype(np.int64)
        seed = np.repeat(np.arange(count.nnz), degree)
        offset = np.arange(len(seed)) - np.repeat(np.cumsum(degree) - degree, degree)
        at = baskets.indptr[count.indices].astype(np.int64)[seed] + offset
        key = _rows_of(count)[seed] * np.int64(baskets.shape[1]) + baskets.indices[at]
        order = np.argsort(key, kind="stable")
        key, seed, at = key[order], seed[order], at[order]
        first = np.flatnonzero(np.diff(key, prepend=-1))
        candidate = count.indices
        half, one = self.idf_half[candidate], self.idf_one[candidate]
        of_seed = np.stack([np.ones_like(half), half, one, seeds.weight.data, seeds.recency.data * half])
        shared, idf, rare, given, recent = (_sums(values[seed], first) for values in of_seed)
        taken = _sums(baskets.data[at], first)
        pair = key[first]
        columns = np.stack([shared, idf, rare, given, taken, recent])
        return pair // baskets.shape[1], pair % baskets.shape[1], columns

    def _likenesses(self, seeds: Seeds, row: Indices, basket: Indices) -> list[Floats]:
        """Cosines of the pairs, by what there is to compare."""
        parts = []
        if self.family.profile is not None and seeds.profile is not None:
            parts.append(pair_cosines(seeds.profile, self.family.profile, row, basket))
        if self.member_profile is not None and seeds.members is not None:
            parts.append(pair_cosines(seeds.members, self.member_profile, row, basket))
        if self.family.text is not None and seeds.text is not None:
            parts.append(pair_dots(seeds.text, self.family.text, row, basket))
        if seeds.asker is not None:
            parts.append(self._own(seeds.asker, row, basket))
        elif self.asks_itself:
            parts.append(np.zeros(len(row), dtype=np.float32))  # a guest is in no basket
        return parts

    def _own(self, asker: Indices, row: Indices, basket: Indices) -> Floats:
        """Whether the asker is in the basket."""
        own = self.by_candidate[asker]
        mine = _rows_of(own) * np.int64(own.shape[1]) + own.indices
        return np.isin(row * np.int64(own.shape[1]) + basket, mine).astype(np.float32)


def _rows_of(matrix: sparse.csr_array) -> Indices:
    """Row of each stored cell."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))


def _sums(values: Floats, first: Indices) -> Floats:
    """Sum the runs that begin at ``first``."""
    if not len(first):
        return np.zeros(0, dtype=np.float32)
    return np.asarray(np.add.reduceat(values, first), dtype=np.float32)


def _strongest(row: Indices, strength: Floats, most: int) -> Indices:
    """Places of the ``most`` strongest entries of each row, in their order."""
    counts = np.bincount(row) if len(row) else np.zeros(0, np.int64)
    if not len(counts) or counts.max() <= most:
        return np.arange(len(row))
    order = np.lexsort((-strength, row))
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    place = np.arange(len(row)) - first[row[order]]
    return np.sort(order[place < most])
