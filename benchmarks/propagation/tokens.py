"""Tokens of a node: its own vector, and means over its neighbours along each relation, one and two hops away."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse

from benchmarks.propagation.compression import Compression
from benchmarks.propagation.graph import EdgeKey, TypedGraph
from recommender.measure.arrays import Floats, Halves

_ROWS = 8_192
"""Nodes at a time: their sums are made in single precision and kept in half."""
_SAMPLE = 16_384
"""Rows from which components are found, which bounds time and memory."""


@dataclass(frozen=True)
class Propagated:
    """A graph whose nodes know their neighbours: ``states`` (nodes, k) by type, in half precision."""

    graph: TypedGraph
    states: Mapping[str, Halves]


@dataclass(frozen=True)
class Propagation:
    """Propagation without weights to learn, computed once before training.

    A node of a type with relations r_1 … r_m has the tokens ``own``, ``mean_r(own)`` and ``mean_r(state)`` for each r,
    and log(1 + degree) by relation; ``state`` is [own, mean_1(own) … mean_m(own)] compressed to ``dimension``
    components, so the third kind holds what is two hops away, by the relation of the first hop. Cost and memory are
    linear in nodes and relationships. A node that comes later is seen through its links alone, as any other.

    Frasca et al. (2020), "SIGN: scalable inception graph neural networks"; typed as in Yang et al. (2023), "Simple and
    efficient heterogeneous graph neural network" (SeHGNN).
    """

    compressions: Mapping[str, Compression]

    @classmethod
    def fit(cls, graph: TypedGraph, dimension: int, rng: np.random.Generator) -> Propagation:
        """Find the compression of each node type on a sample of its nodes."""
        found = {}
        for label, own in graph.own.items():
            rows = np.sort(rng.choice(len(own), min(len(own), _SAMPLE), replace=False))
            found[label] = Compression.fit(_first_hop(own[rows], _rows(graph.into(label), rows), graph), dimension)
        return cls(found)

    def spread(self, graph: TypedGraph) -> Propagated:
        """Compute the states of all nodes."""
        states = {}
        for label, own in graph.own.items():
            compress, links = self.compressions[label], graph.into(label)
            out = np.empty((len(own), compress.axes.shape[1]), np.float16)
            for rows in _blocks(len(own)):
                out[rows] = compress(_first_hop(own[rows], _rows(links, rows), graph))
            states[label] = out
        return Propagated(graph, states)

    def tokens(self, known: Propagated, label: str) -> Halves:
        """Tokens of all nodes of a type, (nodes, width)."""
        own, links = known.graph.own[label], known.graph.into(label)
        return self.tokens_of(known, label, own, links)

    def tokens_of(
        self, known: Propagated, label: str, own: Floats, links: Mapping[EdgeKey, sparse.csr_array]
    ) -> Halves:
        """Tokens of nodes that need not be in the graph, from their own vectors (n, d) and links (n, sources)."""
        links = {key: links[key] for key in known.graph.into(label)}
        out = np.empty((len(own), self.width(known.graph, label)), np.float16)
        for rows in _blocks(len(own)):
            near = _rows(links, rows)
            far = [_mean(matrix, known.states[key[0]]) for key, matrix in near.items()]
            degrees = [np.log1p(_weight(matrix))[:, None] for matrix in near.values()]
            out[rows] = np.hstack([_first_hop(own[rows], near, known.graph), *far, *degrees])
        return out

    def width(self, graph: TypedGraph, label: str) -> int:
        """Numbers in the tokens of a node type."""
        sources = [key[0] for key in graph.into(label)]
        first: int = sum(graph.own[source].shape[1] for source in (label, *sources))
        second: int = sum(self.compressions[source].axes.shape[1] for source in sources)
        return first + second + len(sources)


def _first_hop(own: Floats, links: Mapping[EdgeKey, sparse.csr_array], graph: TypedGraph) -> Floats:
    """Own vectors beside the means over each relation."""
    return np.hstack([own, *(_mean(matrix, graph.own[key[0]]) for key, matrix in links.items())])


def _mean(links: sparse.csr_array, values: Floats | Halves) -> Floats:
    """Weighted mean over the neighbours; zeros where there are none.

    Only the neighbours of these rows are widened to single precision, so that the whole table never is.
    """
    total = links @ values if values.dtype == np.float32 else _gathered(links, values)
    return np.asarray(total / np.maximum(_weight(links), 1e-12)[:, None], dtype=np.float32)


def _gathered(links: sparse.csr_array, values: Floats | Halves) -> Floats:
    columns, inverse = np.unique(links.indices, return_inverse=True)
    narrow = sparse.csr_array((links.data, inverse, links.indptr), shape=(links.shape[0], len(columns)))
    return np.asarray(narrow @ values[columns].astype(np.float32), dtype=np.float32)


def _weight(links: sparse.csr_array) -> Floats:
    """Sum of the weights of each row."""
    return np.asarray(links.sum(axis=1), dtype=np.float32).reshape(-1)


def _rows(
    links: Mapping[EdgeKey, sparse.csr_array], rows: slice | npt.NDArray[np.int64]
) -> dict[EdgeKey, sparse.csr_array]:
    return {key: matrix[rows] for key, matrix in links.items()}


def _blocks(count: int) -> Iterator[slice]:
    """Cut rows so that a block of wide rows stays small."""
    for start in range(0, count, _ROWS):
        yield slice(start, min(start + _ROWS, count))
