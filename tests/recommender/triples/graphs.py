"""Small graphs of triples whose regularities are known."""

from __future__ import annotations

import numpy as np

from recommender.measure.arrays import Indices
from recommender.triples.data import Triples


def untyped(n_entities: int, n_relations: int, train: Indices, valid: Indices, test: Indices) -> Triples:
    """Return triples over entities of one label."""
    types = np.zeros(n_relations, dtype=np.int64)
    return Triples(n_entities, n_relations, train, valid, test, np.zeros(n_entities, dtype=np.int64), types, types)


def families(n: int = 24) -> Triples:
    """Return n parents with a child each: parent_of (0), its inverse child_of (1), and a friendship ring (2).

    Every other child_of edge is hidden: a third for valid, the rest for test, so the inverse rule answers them all.
    """
    parents, children = np.arange(n), np.arange(n) + n
    parent_of = np.stack((parents, np.zeros_like(parents), children), axis=1)
    child_of = np.stack((children, np.ones_like(parents), parents), axis=1)
    ring = np.stack((parents, np.full(n, 2), np.roll(parents, 1)), axis=1)
    hidden = child_of[::2]
    train = np.concatenate((parent_of, child_of[1::2], ring)).astype(np.int64)
    return untyped(
        2 * n, 3, train, hidden[::3].astype(np.int64), np.delete(hidden, np.s_[::3], axis=0).astype(np.int64)
    )


def two_labels() -> Triples:
    """Return 6 people (type 0) who work (0) in 3 towns (type 1) and know (1) each other."""
    works = np.array([[person, 0, 6 + person % 3] for person in range(6)])
    knows = np.array([[person, 1, (person + 3) % 6] for person in range(6)])
    types = np.array([0] * 6 + [1] * 3)
    return Triples(
        9,
        2,
        np.concatenate((works[:4], knows)).astype(np.int64),
        works[4:5].astype(np.int64),
        works[5:].astype(np.int64),
        types,
        np.array([0, 0]),
        np.array([1, 0]),
    )
