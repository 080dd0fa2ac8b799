"""Facts of nodes: their categories, numbers by range and linked nodes, as sparse ones by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn, NumberColumn
from recommender.knowledge.dataset import Nodes
from recommender.knowledge.known import Known, Rows
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.few_rows import scaled, scaled_columns, side_by_side, square_sums

Fields = dict[str, sparse.csr_array]
_ROWS_AT_ONCE: Final = 512
"""Of vectors in double precision, which then stay in the cache of a core: 1.5 MB of 384 numbers each."""
_CELLS_JOINED_AT_ONCE: Final = 4_000_000
"""Of the facts of all nodes: some 100 MB while they are joined; more gain no speed."""
_PAIRS_AT_ONCE: Final = 16_384
"""Whose facts are laid side by side, some ten each: they stay in the cache of a core."""
_TEXT_PAIRS_AT_ONCE: Final = 1_024
"""The same of 384 numbers each: a hundred times as many took sixteen times as long."""
_RANGES: Final = 8
"""Of a number, each with as many nodes. Chosen by hand."""


def attribute_facts(nodes: Nodes, like: Nodes | None = None) -> Fields:
    """Categories, and numbers cut at their quantiles, by column; each of shape (nodes, values).

    ``like`` are the nodes whose quantiles cut the numbers, ``nodes`` themselves by default.
    """
    fields: Fields = {}
    for column, model in zip(nodes.columns, (like or nodes).columns, strict=True):
        if isinstance(column, CategoryColumn):
            fields[column.name] = column.members
        elif isinstance(column, NumberColumn) and isinstance(model, NumberColumn):
            fields[column.name] = in_ranges(column.values, range_limits(model.values))
    return fields


def linked_facts(known: Known, label: str, *, hops: int = 1, rows: Rows | None = None) -> Fields:
    """Linked nodes, by ``@`` and the far label, or by ``@far@farther`` for what those are linked to in turn.

    ``rows`` are some nodes of the label, or guests; all its nodes by default.
    """
    fields: Fields = {}
    for (source, name, target, way), links in (rows or known.rows_of(label)).links.items():
        far = target if way == "out" else source
        _add(fields, f"@{far}", links)
        if hops > 1:
            for (*key, back), onward in known.adjacency(far).items():
                if (tuple(key), back) != ((source, name, target), "in" if way == "out" else "out"):
                    _add(fields, f"@{far}@{key[2] if back == 'out' else key[0]}", links @ onward)
            for column, members in attribute_facts(known.dataset.nodes[far]).items():
                _add(fields, f"@{far}@{column}", links @ members)
    return fields


def rarities(fields: Mapping[str, sparse.csr_array], power: float = 1.0) -> dict[str, Floats]:
    """Weight of each value of each field, log(1 + nodes / nodes that have it)^power; (values,)."""
    found = {}
    for name, field in fields.items():
        having = np.bincount(field.indices, minlength=field.shape[1])
        found[name] = (np.log1p(field.shape[0] / np.maximum(having, 1)) ** power).astype(np.float32)
    return found


def vectors_of(fields: Fields, size: int, weights: Mapping[str, Floats]) -> sparse.csr_array:
    """Join fields to rows of length 1, each cell with the weight of its value; shape (size, facts).

    Every field has the same say: its rows are brought to length 1 before they are joined. ``fields`` is emptied. Some
    rows are joined at a time, since facts two hops away are tens of millions of cells, which joining needs four times.
    """
    if not weights:
        return sparse.csr_array((size, 0), dtype="f4")
    cells = sum(fields[name].nnz for name in weights)
    step = max(1, int(size * min(1.0, _CELLS_JOINED_AT_ONCE / max(cells, 1))))
    if step >= size:
        return compact(_joined([(fields.pop(name), weights[name]) for name in weights]))
    width = sum(map(len, weights.values()))
    data = np.empty(cells, np.float32)
    columns = np.empty(cells, np.int32 if width <= np.iinfo(np.int32).max else np.int64)
    ends = np.zeros(size + 1, np.int64)
    for start in range(0, size, step):
        part = _joined([(fields[name][start : start + step], weights[name]) for name in weights])
        begin = ends[start]
        ends[start + 1 : start + 1 + part.shape[0]] = begin + part.indptr[1:]
        data[begin : begin + part.nnz], columns[begin : begin + part.nnz] = part.data, part.indices
    fields.clear()
    return compact(sparse.csr_array((data[: ends[-1]], columns[: ends[-1]], ends), shape=(size, width)))


def _joined(parts: list[tuple[sparse.csr_array, Floats]]) -> sparse.csr_array:
    """Join the rows of fields with the weights of their values."""
    weighted = [unit_rows(scaled_columns(field, weight)) for field, weight in parts]
    parts.clear()
    return unit_rows(side_by_side(weighted))


def compact(rows: sparse.csr_array) -> sparse.csr_array:
    """Keep places in 32 bits where they fit, which joining widens to 64: half the memory, and faster."""
    if max(rows.nnz, *rows.shape) > np.iinfo(np.int32).max:
        return rows
    places = rows.indices.astype(np.int32, copy=False), rows.indptr.astype(np.int32, copy=False)
    return sparse.csr_array((rows.data, *places), shape=rows.shape)


def unit_rows(rows: sparse.csr_array) -> sparse.csr_array:
    """Bring rows to length 1; rows of zeros stay."""
    length = np.sqrt(square_sums(rows))
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return scaled(rows, scale.astype(np.float32))


def products(rows: Floats, others: Floats, among: Indices | None = None) -> Floats:
    """Return the dot products of rows (n, d) with others (m, d), or those of them ``among`` (m,); shape (n, m).

    In double precision: single sums differ in their last bits with the number of rows, and a feature in half precision
    may fall to the other side, so that an answer would depend on who else is asked.
    """
    size, mine = len(others) if among is None else len(among), rows.astype(np.float64)
    out = np.empty((len(rows), size), dtype=np.float32)
    for begin in range(0, size, _ROWS_AT_ONCE):
        part = slice(begin, begin + _ROWS_AT_ONCE)
        theirs = others[part if among is None else among[part]]
        out[:, part] = mine @ theirs.astype(np.float64).T
    return out


def pair_cosines(left: sparse.csr_array, right: sparse.csr_array, row: Indices, other: Indices) -> Floats:
    """Return the dot product of each pair of a ``row`` and an ``other`` row, both (pairs,); (pairs,)."""
    values = np.empty(len(row), dtype=np.float32)
    for begin in range(0, len(row), _PAIRS_AT_ONCE):
        part = slice(begin, begin + _PAIRS_AT_ONCE)
        values[part] = np.asarray(left[row[part]].multiply(right[other[part]]).sum(axis=1)).reshape(-1)
    return values


def pair_dots(left: Floats, right: Floats, row: Indices, other: Indices) -> Floats:
    """Return the same of dense rows, (n, d) and (m, d)."""
    values = np.empty(len(row), dtype=np.float32)
    for begin in range(0, len(row), _TEXT_PAIRS_AT_ONCE):
        part = slice(begin, begin + _TEXT_PAIRS_AT_ONCE)
        values[part] = np.einsum("nd,nd->n", left[row[part]], right[other[part]])
    return values


def range_limits(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Return the lowest number of each of the ranges that hold as many of ``numbers`` (n,) each, NaN where unknown."""
    there = numbers[np.isfinite(numbers)]
    limits: npt.NDArray[np.float64] = np.unique(there)
    return limits if len(limits) <= _RANGES else np.unique(np.quantile(there, np.arange(_RANGES) / _RANGES))


def in_ranges(values: npt.NDArray[np.float64], limits: npt.NDArray[np.float64]) -> sparse.csr_array:
    """Put numbers (n,), NaN where unknown, into ranges by their lowest numbers; ones, (n, ranges)."""
    known = np.flatnonzero(np.isfinite(values)) if len(limits) else np.zeros(0, np.int64)
    # What is below the lowest that was seen belongs to the lowest range.
    place = np.maximum(np.searchsorted(limits, values[known], side="right") - 1, 0)
    cells = (np.ones(len(known), np.float32), (known, place))
    return sparse.coo_array(cells, shape=(len(values), max(len(limits), 1))).tocsr()


def _add(fields: Fields, name: str, links: sparse.csr_array) -> None:
    fields[name] = sparse.csr_array(fields[name] + links) if name in fields else sparse.csr_array(links)
