"""Compressed rows of links."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from recommender.snapshot.link_rows import either, reached, rows_of, taken

LINKS = sparse.csr_array(np.array([[0, 1, 1], [0, 0, 0], [1, 0, 1]], dtype=np.float32))
STEPS = sparse.csr_array(np.array([[1, 0, 0, 0], [0, 2, 0, 1], [0, 1, 0, 0]], dtype=np.float32))


def test_rows_of_names_the_row_of_each_link() -> None:
    """Two links of the first row, none of the second, two of the third."""
    assert rows_of(LINKS).tolist() == [0, 0, 2, 2]


def test_taken_rows_stand_in_the_order_asked_for() -> None:
    """A row may be taken twice, and an empty one stays empty."""
    assert taken(LINKS, np.array([2, 1, 2])).toarray().tolist() == [[1, 0, 1], [0, 0, 0], [1, 0, 1]]


def test_reached_is_the_product_as_ones() -> None:
    """What several links lead to counts once, whatever the steps weigh."""
    assert reached(LINKS, STEPS).toarray().tolist() == [[0, 1, 0, 1], [0, 0, 0, 0], [1, 1, 0, 0]]


def test_reached_of_no_links_is_empty() -> None:
    """Nobody with links reaches nothing, of the width of the steps."""
    assert reached(sparse.csr_array((1, 3), dtype=np.float32), STEPS).toarray().tolist() == [[0, 0, 0, 0]]


def test_either_holds_the_links_of_both() -> None:
    """A link of both stands there once, as 1."""
    other = sparse.csr_array(np.array([[1, 1, 0], [0, 0, 0], [0, 0, 0]], dtype=np.float32))
    assert either(LINKS, other).toarray().tolist() == [[1, 1, 1], [0, 0, 0], [1, 0, 1]]
