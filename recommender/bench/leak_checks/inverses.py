"""Test triples that training triples of another relation give away, as in FB15k and WN18."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import sparse

from graph_schema.wording import Wording
from recommender.bench.leak_checks.evidence import FEWEST, contained, distinct
from recommender.measure.arrays import Indices
from recommender.triples.data import Triples

_AGREE: Final = 0.8
"""Share of a relation's training pairs that the other relation holds too, from which the two say the same."""


def triple_notes(triples: Triples, names: Sequence[str]) -> tuple[Wording, ...]:
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
                named = names[relation], None if relation == mirror else names[mirror]
                notes.append(
                    _note(*named, inverted=inverted, agree=(int(shared), int(sizes[relation])), given=(given, of))
                )
    return tuple(notes)


def _note(
    relation: str, mirror: str | None, *, inverted: bool, agree: tuple[int, int], given: tuple[int, int]
) -> Wording:
    """Say that a relation says the same as another, None for itself, in how many triples, and what that gives away."""
    if mirror is None:
        ko, what = "거꾸로도 있습니다", "the inverse of itself"
    else:
        ko = f"뒤집으면 {mirror}에도 있습니다" if inverted else f"{mirror}에도 있습니다"
        what = f"{mirror}{' inverted' if inverted else ''}"
    return Wording(
        f"{relation}: 학습 트리플 {agree[1]}개 중 {agree[0]}개가 {ko}. 시험 트리플 {given[1]}개 중 {given[0]}개가 "
        "그렇게 train에 있습니다",
        f"{relation} is {what} in {agree[0]} of {agree[1]} training triples; "
        f"{given[0]} of its {given[1]} test triples stand in train that way",
    )


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
