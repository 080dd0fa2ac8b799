"""Batches of examples as the network takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from recommender.engine.baskets import BasketFamily
from recommender.engine.featurizer import Examples
from recommender.measure.arrays import Floats, Indices


class Moment(Protocol):
    """What is the same for all questions of one moment; a ``Featurizer`` and a ``TrainingEpisode`` have it."""

    @property
    def static(self) -> Floats:
        """Features of the candidates alone, (C, features)."""
        ...

    @property
    def families(self) -> tuple[BasketFamily, ...]:
        """Kinds of baskets."""
        ...


@dataclass(frozen=True)
class FamilyBatch:
    """Baskets of one family in a batch, and the messages that go from them to rows of the pool.

    ``features`` has shape (pairs, F); ``pair``, ``row`` and ``strength`` (messages,), sorted by pair, are the pair that
    a message comes from, the row that it goes to and the weight of that membership.
    """

    features: Floats
    pair: Indices
    row: Indices
    strength: Floats


@dataclass(frozen=True)
class Batch:
    """Questions of one step: pool rows with ``features`` (rows, F) and the ``question`` of each, (rows,), sorted."""

    questions: int
    question: Indices
    features: Floats
    families: tuple[FamilyBatch, ...]


def make_batch(moment: Moment, examples: Examples, rows: Indices) -> Batch:
    """Gather the questions ``rows`` of ``examples``."""
    width = len(moment.static)
    at, question = _ranges(examples.pool.start, rows)
    candidate = examples.pool.candidate[at]
    features = np.concatenate([examples.pool.features[at].astype(np.float32), moment.static[candidate]], axis=1)
    row_of = np.full(len(rows) * width, -1, dtype=np.int64)
    row_of[question * width + candidate] = np.arange(len(at))
    families = []
    for touched, family in zip(examples.touched, moment.families, strict=True):
        pair, owner = _ranges(touched.start, rows)
        member, message = _ranges(family.members.indptr, touched.basket[pair])
        row = row_of[owner[message] * width + family.members.indices[member]]
        # What is outside the pool is not ranked by the network: nothing needs to arrive there.
        inside = np.flatnonzero(row >= 0)
        strength = family.members.data[member[inside]]
        features_of = touched.features[pair].astype(np.float32)
        families.append(FamilyBatch(features_of, message[inside], row[inside], strength))
    return Batch(len(rows), question, features, tuple(families))


def _ranges(start: Indices, rows: Indices) -> tuple[Indices, Indices]:
    """Places of all entries of some rows of a CSR layout, and the number of the row (0, 1, …) of each."""
    counts = (start[rows + 1] - start[rows]).astype(np.int64)
    owner = np.repeat(np.arange(len(rows), dtype=np.int64), counts)
    offset = np.arange(len(owner), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
    return start[rows].astype(np.int64)[owner] + offset, owner
