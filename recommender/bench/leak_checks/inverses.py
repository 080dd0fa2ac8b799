"""Test triples that training triples of another relation give away, as in FB15k and WN18."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import sparse

from recommender.bench.leak_checks.evidence import FEWEST, contained, distinct
from recommender.measure.arrays import Indices
from recommender.triples.data import Triples

_AGREE: Final = 0.8
"""Share of a relation's training pairs that the other relation holds too, from which the two say the same."""


def triple_notes(triples: Triples, names: Sequence[str]) -> tuple[str, ...]:
    """Name pairs of relations that say the same, one way or inverted, with the share of test triples given away."""
    notes = []
    for inverted in (False, True):
        one, other = _incidence(triples, inverted=False), _incidence(triples, inverted=inverted)
        agree = sparse.coo_array(one @ other.T)
        sizes = np.diff(one.indptr)
        for relation, mirror, shared in zip(agree.row, agree.col, agree.data, strict=True):
            if (relation == mirror and not inverted) or shared < max(FEWEST, _AGREE * sizes[relation]):
                continue
            given, of = _given_away(triples, int(relation), int(mirror), inverted=inverted)
            if given:
                what = "the inverse of itself" if relation == mirror else names[mirror]
                way = " inverted" if inverted and relation != mirror else ""
                notes.append(
                    f"{names[relation]} is {what}{way} in {int(shared)} of {sizes[relation]} training triples; "
                    f"{given} of its {of} test triples stand in train that way"
                )
    return tuple(notes)


def _pairs(triples: Indices, n_entities: int, *, inverted: bool) -> Indices:
    head, tail = (2, 0) if inverted else (0, 2)
    return np.asarray(triples[:, head] * n_entities + triples[:, tail])


def _incidence(triples: Triples, *, inverted: bool) -> sparse.csr_array:
    """Return which pairs each relation holds in train, as ones; shape (R, pairs that are there either way)."""
    pairs = _pairs(triples.train, triples.n_entities, inverted=inverted)
    there = distinct(np.concatenate([_pairs(triples.train, triples.n_entities, inverted=way) for way in (False, True)]))
    cells = triples.train[:, 1], np.searchsorted(there, pairs)
    shape = triples.n_relations, len(there)
    held: sparse.csr_array = sparse.coo_array((np.ones(len(pairs), np.float32), cells), shape=shape).tocsr()
    held.data[:] = 1.0
    return held


def _given_away(triples: Triples, relation: int, mirror: int, *, inverted: bool) -> tuple[int, int]:
    """Return how many test triples of a relation stand in train under the mirror, and of how many."""
    asked = _pairs(triples.test[triples.test[:, 1] == relation], triples.n_entities, inverted=inverted)
    held = np.sort(_pairs(triples.train[triples.train[:, 1] == mirror], triples.n_entities, inverted=False))
    return int(contained(asked, held).sum()), len(asked)
