"""Products of sparse rows that are few, such as those of one question: scipy sets one up for longer than it computes.

They are scipy's to the bit: sums run in single steps in the order in which the left side is stored, and a scaled row
is stored backwards, as a product with a diagonal is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Floats, Indices

_MOST_TERMS: Final = 50_000
"""Chosen by hand: with more terms scipy is about as quick, and takes less memory."""


def rows_of(matrix: sparse.csr_array) -> Indices:
    """Row of each stored cell, (cells,)."""
    return np.repeat(np.arange(matrix.shape[0], dtype=np.int64), np.diff(matrix.indptr))


def narrow(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return what is kept with indices of 32 bits, where they suffice: half of what scipy takes for them."""
    if matrix.indices.dtype == np.int32 or max(matrix.nnz, *matrix.shape) > np.iinfo(np.int32).max:
        return matrix
    cells = matrix.data, matrix.indices.astype(np.int32), matrix.indptr.astype(np.int32)
    found = sparse.csr_array(cells, shape=matrix.shape)
    found.has_sorted_indices = matrix.has_sorted_indices
    return found


def dense_product(rows: sparse.csr_array, others: sparse.csr_array) -> Floats:
    """Return ``rows @ others`` of (n, k) and (k, m) with all its zeros, (n, m)."""
    first = others.indptr[rows.indices]
    counts = others.indptr[1:][rows.indices] - first
    ends = np.cumsum(counts, dtype=np.int64)
    terms = int(ends[-1]) if len(ends) else 0
    if terms > _MOST_TERMS:
        return np.asarray((rows @ others).toarray())
    cell = np.repeat(np.arange(len(counts)), counts)
    at = np.arange(terms) + (first - ends + counts)[cell]
    place: Indices = others.indices[at]
    if rows.shape[0] > 1:
        place = place + (rows_of(rows) * others.shape[1])[cell]
    out = np.zeros(rows.shape[0] * others.shape[1], dtype=np.result_type(rows.dtype, others.dtype))
    np.add.at(out, place, rows.data[cell] * others.data[at])
    return out.reshape(rows.shape[0], others.shape[1])


def scaled(rows: sparse.csr_array, factor: Floats) -> sparse.csr_array:
    """Return rows (n, m) times a factor each, (n,)."""
    if rows.nnz > _MOST_TERMS:
        return sparse.csr_array(sparse.diags_array(factor) @ rows)
    backwards, of_cell = _backwards(rows)
    return _like(rows, rows.indices[backwards], factor[of_cell] * rows.data[backwards])


def scaled_columns(rows: sparse.csr_array, factor: Floats) -> sparse.csr_array:
    """Return rows (n, m) with a factor for each column, (m,)."""
    if rows.nnz > _MOST_TERMS:
        return sparse.csr_array(rows @ sparse.diags_array(factor))
    backwards, _ = _backwards(rows)
    columns = rows.indices[backwards]
    return _like(rows, columns, rows.data[backwards] * factor[columns])


def square_sums(rows: sparse.csr_array) -> Floats:
    """Return the squared length of each row, (n,)."""
    if rows.nnz > _MOST_TERMS:
        return np.asarray((rows * rows).sum(axis=1)).reshape(-1)
    data = rows.data if rows.has_canonical_format else rows.data[_backwards(rows)[0]]
    having = np.flatnonzero(np.diff(rows.indptr))
    sums = np.zeros(rows.shape[0], dtype=rows.dtype)
    if len(having):
        sums[having] = np.add.reduceat(data * data, rows.indptr[having])
    return sums


def side_by_side(parts: Sequence[sparse.csr_array]) -> sparse.csr_array:
    """Join matrices of the same rows, one or more, to (n, all columns), in the order in which they are stored."""
    if sum(each.nnz for each in parts) > _MOST_TERMS:
        return sparse.csr_array(sparse.hstack(parts, format="csr"))
    begins = np.cumsum([0, *(each.shape[1] for each in parts)])
    some = [(at, each) for at, each in zip(begins[:-1].tolist(), parts, strict=True) if each.nnz] or [(0, parts[0])]
    row = np.concatenate([rows_of(each) for _, each in some])
    column = np.concatenate([at + each.indices.astype(np.int64) for at, each in some])
    order = np.argsort(row, kind="stable")
    data = np.concatenate([each.data for _, each in some])[order]
    start = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=parts[0].shape[0]))])
    places = column[order].astype(np.int32), start.astype(np.int32)
    return sparse.csr_array((data, *places), shape=(parts[0].shape[0], int(begins[-1])))


def _backwards(rows: sparse.csr_array) -> tuple[Indices, Indices]:
    """Places of the cells with those of each row in turned order, and the row of each."""
    of_cell = rows_of(rows)
    return (rows.indptr[:-1] + rows.indptr[1:])[of_cell] - 1 - np.arange(len(of_cell)), of_cell


def _like(rows: sparse.csr_array, columns: Indices, data: Floats) -> sparse.csr_array:
    return sparse.csr_array((data, columns, rows.indptr), shape=rows.shape)
