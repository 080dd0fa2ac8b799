"""Triples in two splits are refused, relations that another turns into are noted."""

from __future__ import annotations

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.bench.leaks import refuse_triple_leaks
from recommender.measure.arrays import Indices
from tests.recommender.triples.graphs import untyped


def triples(rows: list[tuple[int, int, int]]) -> Indices:
    return np.array(rows, dtype=np.int64)


def test_triples_in_two_splits_are_refused() -> None:
    train = triples([(0, 0, 1), (1, 0, 2), (2, 1, 3)])
    data = untyped(4, 2, train, triples([(3, 0, 0)]), triples([(1, 0, 2), (0, 1, 3)]))
    with pytest.raises(
        EvaluationError, match="1 triples of test stand in train too, one of entity 1, relation 0, entity 2"
    ):
        refuse_triple_leaks(data)


def test_inverses_are_noted() -> None:
    """Relation 1 inverts relation 0, as hypernyms do hyponyms; two of the three test triples are given away."""
    forward = [(at, 0, at + 1) for at in range(10)]
    backward = [(at + 1, 1, at) for at in range(12)]
    data = untyped(
        14, 2, triples(forward + backward), triples([(0, 1, 5)]), triples([(10, 0, 11), (11, 0, 12), (5, 0, 9)])
    )
    notes = refuse_triple_leaks(data)
    assert len(notes) == 1
    assert notes[0].en.startswith(
        "relation 0 is relation 1 inverted in 10 of 10 training triples; 2 of its 3 test triples"
    )


def test_relations_that_do_not_agree_are_not_noted() -> None:
    forward = [(at, 0, at + 1) for at in range(10)]
    backward = [(at + 1, 1, at) for at in range(0, 10, 3)]
    data = untyped(12, 2, triples(forward + backward), triples([(0, 1, 5)]), triples([(5, 0, 9)]))
    assert refuse_triple_leaks(data) == ()
