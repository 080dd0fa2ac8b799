"""Personalised walks."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.knowledge.known import Known
from recommender.scorers.graph_walk import GraphWalk
from tests.recommender.scorers.small import ask, edges, taken

RNG = np.random.default_rng(0)


def dense_walk(known: Known, start: np.ndarray, restart: float, steps: int) -> np.ndarray:
    """Walk over items (first) and users of a set without relations."""
    items = len(known.candidates)
    size = items + len(known.queries)
    graph = np.zeros((size, size))
    rows, columns = known.history.nonzero()
    graph[columns, items + rows] = graph[items + rows, columns] = 1
    onward = graph / np.maximum(graph.sum(axis=0), 1)
    return sum(restart * (1 - restart) ** k * np.linalg.matrix_power(onward, k) @ start for k in range(steps + 1))[
        :items
    ]


@pytest.mark.parametrize("batch", [1, 8], ids=["from the question", "back from the candidates"])
def test_it_is_the_truncated_sum_of_steps(batch: int) -> None:
    known = taken([(0, 0), (0, 1), (1, 1), (1, 2), (2, 2), (2, 3)])
    start = np.zeros(9)
    start[[0, 4 + 0]] = 0.5
    expected = dense_walk(known, start, 0.3, 5)
    asked = ask(known, [0] * batch, [(row, 0) for row in range(batch)])
    scores = GraphWalk(0.3).fit(known, RNG).score(asked)[0]
    assert scores == pytest.approx(expected / expected.max(), abs=2e-3)


def test_other_relations_carry_the_walk_where_they_may() -> None:
    links = [edges(("Item", "IN", "Field"), [(0, 0), (2, 0)])]
    known = taken([(0, 0), (1, 1), (2, 3)], links=links)
    asked = ask(known, [4], [(0, 0)])
    assert GraphWalk(over="all").fit(known, RNG).score(asked)[0].argsort()[-2:].tolist() == [2, 0]
    assert GraphWalk(over="links").fit(known, RNG).score(asked)[0, 2] > 0.1
    assert GraphWalk(over="target").fit(known, RNG).score(asked)[0, 2] < 0.01


def test_degrees_may_be_taken_out() -> None:
    known = taken([(0, 0), (0, 1), (1, 1), (2, 1), (3, 1), (0, 2)])
    asked = ask(known, [4], [(0, 0)])
    plain, lowered = (GraphWalk(degree_power=each).fit(known, RNG).score(asked)[0] for each in (0.0, 1.0))
    assert plain[1] > plain[2]
    assert lowered[1] < lowered[2]
