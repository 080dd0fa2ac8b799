"""Facts of nodes: their categories, numbers by range and linked nodes, as sparse ones by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn, NumberColumn
from recommender.knowledge.dataset import Nodes
from recommender.knowledge.known import Known
from recommender.measure.arrays import Floats

Fields = dict[str, sparse.csr_array]
_RANGES: Final = 8
"""Of a number, each with as many nodes. Chosen by hand."""


def attribute_facts(nodes: Nodes) -> Fields:
    """Categories, and numbers cut at their quantiles, by column; each of shape (nodes, values)."""
    fields: Fields = {}
    for column in nodes.columns:
        if isinstance(column, CategoryColumn):
            fields[column.name] = column.members
        elif isinstance(column, NumberColumn):
            fields[column.name] = _ranges(column)
    return fields


def linked_facts(known: Known, label: str, *, hops: int = 1) -> Fields:
    """Linked nodes, by ``@`` and the far label, or by ``@far@farther`` for what those are linked to in turn."""
    fields: Fields = {}
    for (source, name, target, way), links in known.adjacency(label).items():
        far = target if way == "out" else source
        _add(fields, f"@{far}", links)
        if hops > 1:
            for (*key, back), onward in known.adjacency(far).items():
                if (tuple(key), back) != ((source, name, target), "in" if way == "out" else "out"):
                    _add(fields, f"@{far}@{key[2] if back == 'out' else key[0]}", links @ onward)
            for column, members in attribute_facts(known.dataset.nodes[far]).items():
                _add(fields, f"@{far}@{column}", links @ members)
    return fields


def vectors_of(fields: Mapping[str, sparse.csr_array], size: int, idf_power: float = 1.0) -> sparse.csr_array:
    """Join fields to rows of length 1, each cell weighted by log(1 + nodes / nodes that have it); shape (size, facts).

    Every field has the same say: its rows are brought to length 1 before they are joined.
    """
    parts = [unit_rows(_weighted(field, idf_power)) for field in fields.values()]
    return unit_rows(sparse.hstack(parts, format="csr")) if parts else sparse.csr_array((size, 0), dtype=np.float32)


def _weighted(field: sparse.csr_array, power: float) -> sparse.csr_array:
    having = np.bincount(field.indices, minlength=field.shape[1])
    idf = np.log1p(field.shape[0] / np.maximum(having, 1)) ** power
    return sparse.csr_array(field @ sparse.diags_array(idf.astype(np.float32)))


def unit_rows(rows: sparse.csr_array) -> sparse.csr_array:
    """Bring rows to length 1; rows of zeros stay."""
    length = np.sqrt(np.asarray((rows * rows).sum(axis=1))).reshape(-1)
    scale = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return sparse.csr_array(sparse.diags_array(scale.astype(np.float32)) @ rows)


def products(rows: Floats, others: Floats) -> Floats:
    """Return the dot products of rows (n, d) with others (m, d), shape (n, m).

    In double precision: single sums differ in their last bits with the number of rows, and a feature in half precision
    may fall to the other side, so that an answer would depend on who else is asked.
    """
    return np.asarray(rows.astype(np.float64) @ others.astype(np.float64).T, dtype=np.float32)


def _ranges(column: NumberColumn) -> sparse.csr_array:
    known = np.flatnonzero(np.isfinite(column.values))
    values = column.values[known]
    distinct = np.unique(values)
    if len(distinct) > _RANGES:
        distinct = np.unique(np.quantile(values, np.arange(_RANGES) / _RANGES))
    place = np.searchsorted(distinct, values, side="right") - 1
    cells = (np.ones(len(known), np.float32), (known, place))
    return sparse.coo_array(cells, shape=(len(column.values), max(len(distinct), 1))).tocsr()


def _add(fields: Fields, name: str, links: sparse.csr_array) -> None:
    fields[name] = sparse.csr_array(fields[name] + links) if name in fields else sparse.csr_array(links)
