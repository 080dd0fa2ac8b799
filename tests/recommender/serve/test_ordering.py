"""Lists are ordered by score, then by what is told to break ties; what looks alike takes one line."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from recommender.serve.ordering import Line, gathered, ordered, says_nothing


def test_ties_follow_the_first_key_then_the_next_then_the_id() -> None:
    scores = np.array([1.0, 1.0, 1.0, 1.0, 2.0], dtype=np.float32)
    near, met = np.array([0.5, 0.9, 0.5, 0.5, 0.0]), np.array([1.0, 0.0, 2.0, 1.0, 0.0])
    order = ordered(scores, np.ones(5, dtype=bool), np.array([4, 3, 2, 1, 0]), (near, met))
    assert order.positions.tolist() == [4, 1, 2, 3, 0]
    assert order.tied.tolist() == [1, 4, 4, 4, 4]


def test_what_is_unlikely_to_be_open_comes_last() -> None:
    scores, unlikely = np.array([1.0, 3.0, 2.0, 4.0]), np.array([False, True, False, True])
    assert ordered(scores, np.ones(4, dtype=bool), np.arange(4), (), unlikely).positions.tolist() == [2, 0, 3, 1]


def test_only_what_is_admitted_counts_as_tied() -> None:
    order = ordered(np.zeros(4), np.array([True, False, True, False]), np.arange(4))
    assert (order.positions.tolist(), order.tied.tolist()) == ([0, 2], [2, 2])
    assert order.first(1) == [Line(0, 2, 1)]


def test_a_score_says_nothing_where_more_than_half_have_it() -> None:
    assert says_nothing(np.array([0.0, 0.0, 0.0, 1.0])).tolist() == [True, True, True, False]
    assert not says_nothing(np.array([0.0, 0.0, 1.0, 2.0])).any()


def test_a_line_stands_for_those_of_one_look_and_of_what_else_is_seen() -> None:
    """Also for those after the last line; ties with what a line does not stand for are counted."""
    scores = np.array([3.5, 3.0, 2.5, 3.0, 1.0, 0.5])
    order = ordered(scores, np.ones(6, dtype=bool), np.arange(6))
    look = np.array([7, 7, 7, 7, 2, 7])
    lines = gathered(order, 2, scores, look, lambda position: "other" if position == 3 else "same")
    assert lines == [Line(0, 1, 0, (1, 2, 5)), Line(3, 2, 1)]
    assert gathered(order, 1, scores, look, lambda position: scores[position])[0] == Line(0, 1, 0)


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 1.0]), st.integers(0, 3), st.booleans()), max_size=25), st.integers(1, 30)
)
def test_lines_hold_each_admitted_at_most_once_and_lose_none_where_all_fit(
    rows: list[tuple[float, int, bool]], n: int
) -> None:
    scores = np.array([row[0] for row in rows], dtype=np.float32)
    look, admitted = np.array([row[1] for row in rows], dtype=np.int64), np.array([row[2] for row in rows], dtype=bool)
    lines = gathered(ordered(scores, admitted, np.arange(len(rows))), n, scores, look, lambda p: float(scores[p]))
    held = [position for line in lines for position in (line.position, *line.alike)]
    assert len(held) == len(set(held))
    assert len(lines) <= n
    kinds = {(float(scores[p]), int(look[p])) for p in np.flatnonzero(admitted)}
    assert len(lines) == min(n, len(kinds))
    if n >= len(kinds):
        assert sorted(held) == np.flatnonzero(admitted).tolist()
