"""Rows of links as compressed rows of ones: some of them, what they lead to, and two side by side."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from recommender.measure.arrays import Indices


def rows_of(links: sparse.csr_array) -> Indices:
    """Row of each stored link, (links,)."""
    return np.repeat(np.arange(links.shape[0]), np.diff(links.indptr))


def taken(links: sparse.csr_array, rows: Indices) -> sparse.csr_array:
    """Return some rows, by place, as ones; columns in order."""
    owner, columns = _expanded(links, np.arange(len(rows)), rows)
    return _ones(owner, columns, (len(rows), links.shape[1]))


def reached(links: sparse.csr_array, steps: sparse.csr_array) -> sparse.csr_array:
    """Return what each row comes to by one of ``steps``, (nodes, nodes), from one of its columns, as ones."""
    owner, columns = _expanded(steps, rows_of(links), links.indices)
    return _ones(owner, columns, (links.shape[0], steps.shape[1]))


def either(one: sparse.csr_array, other: sparse.csr_array) -> sparse.csr_array:
    """Return the links of both, of equal shape, as ones."""
    owner = np.concatenate([rows_of(one), rows_of(other)])
    return _ones(owner, np.concatenate([one.indices, other.indices]), one.shape)


def binary(matrix: sparse.csr_array) -> sparse.csr_array:
    """Return the matrix with every stored value 1."""
    result = sparse.csr_array(matrix)
    result.sum_duplicates()
    result.data = np.ones_like(result.data)
    return result


def _expanded(links: sparse.csr_array, owner: Indices, rows: Indices) -> tuple[Indices, Indices]:
    """Columns of ``rows`` one after another, each with the ``owner`` of its row."""
    first = links.indptr[rows].astype(np.int64)
    counts = links.indptr[rows + 1] - first
    place = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts - first, counts)
    return np.repeat(owner, counts), links.indices[place]


def _ones(owner: Indices, columns: Indices, shape: tuple[int, int]) -> sparse.csr_array:
    """Ones at some cells, each once, by row and column."""
    cells = np.unique(owner * np.int64(shape[1]) + columns)
    rows, columns = np.divmod(cells, np.int64(shape[1])) if len(cells) else (cells, cells)
    indptr = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=shape[0]))])
    return sparse.csr_array((np.ones(len(cells), dtype=np.float32), columns, indptr), shape=shape)
