"""Query nodes that were never seen: their attributes stay, what they did is gone for everybody."""

from __future__ import annotations

import numpy as np

from recommender.knowledge.unseen import hide_histories, without_queries
from tests.recommender.engine.small_engine import ROWS
from tests.recommender.scorers.small import ask, edges, partners, taken


def test_pairs_of_the_hidden_are_gone_and_those_of_others_stay() -> None:
    known = taken(ROWS)
    less = without_queries(known, np.arange(len(known.queries)) == 1)
    assert less.pairs.query.tolist() == [0, 0]
    assert len(known.pairs) == len(ROWS)


def test_among_partners_both_directions_are_gone() -> None:
    known = partners([(0, 1), (1, 2), (2, 3)])
    less = without_queries(known, np.arange(len(known.queries)) == 1)
    assert set(zip(less.pairs.query.tolist(), less.pairs.candidate.tolist(), strict=True)) == {(2, 3), (3, 2)}


def test_undated_relations_to_other_labels_stay_and_those_to_candidates_go() -> None:
    links = [edges(("User", "IN", "Field"), [(0, 0), (1, 0)]), edges(("User", "SAW", "Item"), [(0, 1), (1, 1)])]
    less = without_queries(taken(ROWS, links=links), np.arange(5) == 1)
    assert [each.src.tolist() for each in less.relations] == [[0, 1], [0]]


def test_hidden_questions_come_with_nothing_given() -> None:
    known = taken(ROWS)
    less, asked = hide_histories(known, ask(known, [0, 1], [(0, 0), (1, 2)]), np.array([1]))
    assert asked.query.tolist() == [1]
    assert len(asked.given) == 0
    assert 1 not in less.pairs.query
