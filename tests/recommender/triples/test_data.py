"""Triples, directed queries and known answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.triples.data import Answers, Queries, both_sides
from tests.recommender.triples.graphs import two_labels, untyped

TRIPLES = np.array([[0, 0, 1], [0, 0, 2], [1, 1, 2], [0, 0, 1]])
NONE = np.empty((0, 3), dtype=np.int64)


def test_each_triple_asks_for_its_tail_and_by_the_reciprocal_relation_for_its_head() -> None:
    queries, answers = both_sides(np.array([[0, 1, 2]]), n_relations=3)
    assert (queries.anchor.tolist(), queries.relation.tolist(), answers.tolist()) == ([0, 2], [1, 4], [2, 0])


def test_answers_are_grouped_by_query_and_repeats_count_once() -> None:
    answers = Answers.of(TRIPLES, 3, 2)
    rows = answers.rows(Queries(np.array([0, 2, 2, 1]), np.array([0, 2, 1, 0]))).toarray()
    assert rows.tolist() == [[0, 1, 1], [1, 0, 0], [0, 0, 0], [0, 0, 0]]
    assert len(answers.queries) == len(answers.keys) == 5


def test_no_triples_have_no_answers() -> None:
    assert Answers.of(NONE, 3, 2).rows(Queries(np.array([0]), np.array([0]))).toarray().tolist() == [[0, 0, 0]]


def test_candidates_are_the_entities_of_the_label_that_the_relation_has_on_that_side() -> None:
    triples = two_labels()
    mask = triples.candidates(Queries(np.array([0, 6, 0]), np.array([0, 2, 1])))
    assert mask.tolist() == [[False] * 6 + [True] * 3, [True] * 6 + [False] * 3, [True] * 6 + [False] * 3]


@pytest.mark.parametrize(
    ("train", "message"),
    [
        (NONE, "no training triple"),
        (np.array([[0, 2, 1]]), "not there"),
        (np.array([[0, -1, 1]]), "not there"),
        (np.array([[0, 1]]), "head, relation, tail"),
    ],
)
def test_triples_that_cannot_be_are_refused(train: np.ndarray, message: str) -> None:
    with pytest.raises(EvaluationError, match=message):
        untyped(3, 2, train, NONE, NONE)


def test_an_end_of_another_label_than_the_relation_is_refused() -> None:
    with pytest.raises(EvaluationError, match="other labels"):
        replace(two_labels(), train=np.array([[0, 0, 1]]))
