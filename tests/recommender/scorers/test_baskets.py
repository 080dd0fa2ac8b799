"""Baskets are sets of two or more; what a question starts from; blocks cover all rows once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.scorers.baskets import (
    basket_sources,
    blocks,
    degree_weights,
    read_baskets,
    smallest_within,
    starting_members,
)
from tests.recommender.scorers.small import ask, edges, partners, taken

LINKS = [edges(("Item", "IN", "Field"), [(0, 0), (1, 0), (3, 1)])]
KNOWN = taken([(0, 0), (0, 1), (1, 2), (3, 1), (3, 2), (3, 3)], links=LINKS)


def test_baskets_of_the_target_are_what_past_queries_took_two_or_more_of() -> None:
    found = read_baskets(KNOWN, "target")
    assert found.rows.toarray().tolist() == [[1, 1, 0, 0], [0, 1, 1, 1]]
    assert found.owner.tolist() == [0, 3]
    assert found.size.tolist() == [2, 3]
    assert found.degree.tolist() == [1, 2, 1, 1]


def test_baskets_of_links_are_what_a_node_joins_and_belong_to_nobody() -> None:
    found = read_baskets(KNOWN, "links")
    assert found.rows.toarray().tolist() == [[1, 1, 0, 0]]
    assert found.owner.tolist() == [-1]


def test_a_partner_is_in_its_own_basket() -> None:
    found = read_baskets(partners([(0, 1), (1, 2)]), "target")
    assert found.rows.toarray().tolist() == [[1, 1, 0, 0, 0], [1, 1, 1, 0, 0], [0, 1, 1, 0, 0]]
    assert found.owner.tolist() == [0, 1, 2]


def test_only_sources_with_a_basket_are_named() -> None:
    assert basket_sources(KNOWN) == ("target", "links")
    assert basket_sources(taken([(0, 0), (1, 1)], links=LINKS)) == ("links",)
    assert basket_sources(taken([(0, 0)])) == ()


def test_a_question_starts_from_what_is_given_and_from_the_asker_with_its_weight() -> None:
    known = partners([(0, 1), (1, 2)])
    asked = ask(known, [0, 3], [(0, 1)])
    assert starting_members(asked, 2.0).toarray().tolist() == [[2, 1, 0, 0, 0], [0, 0, 0, 2, 0]]
    assert starting_members(asked, 0.0).toarray().tolist() == [[0, 1, 0, 0, 0], [0, 0, 0, 0, 0]]


def test_the_smallest_sets_are_kept_as_long_as_their_pairs_fit() -> None:
    size = np.array([5, 1, 3, 2])
    assert smallest_within(size, 14).tolist() == [1, 2, 3]
    assert smallest_within(size, 13).tolist() == [1, 3]
    assert smallest_within(size, 0).tolist() == []


def test_weights_fall_with_the_count_and_what_never_was_weighs_nothing() -> None:
    assert degree_weights(np.array([0, 1, 4]), 0.5).tolist() == [0, 1, 0.5]
    assert degree_weights(np.array([0, 1]), 1.0, shift=1.0).tolist() == [0, 0.5]
    assert degree_weights(np.array([0, 9]), 0.0).tolist() == [0, 1]


@given(st.integers(0, 40), st.integers(0, 12), st.integers(1, 30))
def test_blocks_cover_all_rows_once_and_stay_within_the_cells(size: int, width: int, cells: int) -> None:
    parts = list(blocks(size, width, cells))
    assert [row for part in parts for row in range(part.start, part.stop)] == list(range(size))
    assert all((part.stop - part.start) * width <= max(cells, width) for part in parts)


@pytest.mark.parametrize("source", ["target", "links"])
def test_no_pairs_make_no_basket(source: str) -> None:
    found = read_baskets(taken([]), "target" if source == "target" else "links")
    assert found.rows.shape[0] == len(found.owner) == 0
    assert found.degree.tolist() == [0] * 4
