"""Products of few rows are those of scipy to the bit, and stored in the same order."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from recommender.scorers import few_rows
from recommender.scorers.few_rows import dense_product, rows_of, scaled, scaled_columns, side_by_side, square_sums


def drawn(seed: int, rows: int, columns: int, share: float) -> sparse.csr_array:
    rng = np.random.default_rng(seed)
    cells: sparse.csr_array = sparse.random_array((rows, columns), density=share, format="csr", dtype="f4", rng=rng)
    return cells


def same(one: sparse.csr_array, other: sparse.csr_array) -> bool:
    parts = ((one.indptr, other.indptr), (one.indices, other.indices), (one.data, other.data))
    return one.dtype == other.dtype and all(np.array_equal(mine, theirs) for mine, theirs in parts)


@pytest.mark.parametrize("rows", [0, 1, 7])
@pytest.mark.parametrize("stored", ["sorted", "as a product leaves it"])
def test_a_product_is_that_of_scipy_to_the_bit(rows: int, stored: str) -> None:
    left = drawn(1, rows, 60, 0.3)
    if stored != "sorted":
        left = sparse.csr_array(left @ drawn(2, 60, 60, 0.4))
    right = drawn(3, 60, 40, 0.5)
    found = dense_product(left, right)
    assert found.dtype == np.float32
    assert np.array_equal(found, (left @ right).toarray())


def test_a_product_with_doubles_is_in_double_precision() -> None:
    left = drawn(1, 3, 60, 0.3).astype(np.float64)
    right = drawn(3, 60, 40, 0.5)
    assert dense_product(left, right).dtype == np.float64
    assert np.array_equal(dense_product(left, right), (left @ right).toarray())


def test_rows_without_cells_give_zeros() -> None:
    empty = sparse.csr_array((2, 5), dtype=np.float32)
    assert dense_product(empty, drawn(1, 5, 4, 0.5)).tolist() == [[0.0] * 4] * 2
    assert square_sums(empty).tolist() == [0.0, 0.0]
    assert scaled(empty, np.ones(2, np.float32)).nnz == 0


def test_many_terms_are_left_to_scipy(monkeypatch: pytest.MonkeyPatch) -> None:
    left, right, factor = drawn(1, 7, 60, 0.3), drawn(3, 60, 40, 0.5), drawn(4, 1, 60, 1.0).toarray()[0]
    few = dense_product(left, right), scaled(left, factor[:7]), scaled_columns(left, factor), square_sums(left)
    monkeypatch.setattr(few_rows, "_MOST_TERMS", 0)
    many = dense_product(left, right), scaled(left, factor[:7]), scaled_columns(left, factor), square_sums(left)
    assert np.array_equal(few[0], many[0])
    assert np.array_equal(few[3], many[3])
    assert same(few[1], many[1])
    assert same(few[2], many[2])


def test_square_sums_of_rows_out_of_order_are_those_of_scipy_to_the_bit() -> None:
    rows = sparse.csr_array(drawn(1, 7, 60, 0.3) @ drawn(2, 60, 60, 0.4))
    assert not rows.has_canonical_format
    assert np.array_equal(square_sums(rows), (rows * rows).sum(axis=1))


def test_the_row_of_each_cell() -> None:
    cells = sparse.csr_array(np.array([[1, 1, 0], [0, 0, 0], [0, 0, 1]], dtype=np.float32))
    assert rows_of(cells).tolist() == [0, 0, 2]


@pytest.mark.parametrize("rows", [1, 7])
def test_parts_side_by_side_are_those_of_scipy(rows: int) -> None:
    out_of_order = sparse.csr_array(drawn(1, rows, 60, 0.3) @ drawn(2, 60, 60, 0.4))
    parts = [drawn(4, rows, 9, 0.4), sparse.csr_array((rows, 5), dtype=np.float32), out_of_order]
    assert same(side_by_side(parts), sparse.csr_array(sparse.hstack(parts, format="csr")))


def test_empty_parts_side_by_side_are_empty() -> None:
    empty = side_by_side([sparse.csr_array((2, 3), dtype=np.float32), sparse.csr_array((2, 4), dtype=np.float32)])
    assert (empty.shape, empty.nnz, empty.dtype) == ((2, 7), 0, np.float32)
