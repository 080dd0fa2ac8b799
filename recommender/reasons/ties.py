"""What nodes are joined to, with the codes above that, and which companies share it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import RELATION_TYPES
from recommender.measure.arrays import Indices
from recommender.snapshot.dated_facts import day
from recommender.snapshot.network import Incident, Network

FEWEST_COUNTED: Final = 5
"""Of fewer companies than these a count is not told either: a neighbour could guess who they are."""
_SYMMETRIC: Final = np.array([relation.symmetric for relation in RELATION_TYPES])
_COMPANIES_AT_ONCE: Final = 20_000
"""Bounds memory while a day's companies are read, of some 30 relationships and codes each."""


@dataclass(frozen=True)
class Ties:
    """Relationships with the far node and each code above it in its tree; all of shape (ties,).

    ``key`` tells kind and node; ``specific`` orders by how much the node tells (``Network.with_ancestors``).
    """

    edges: Incident
    node: Indices
    key: Indices
    specific: Indices

    @classmethod
    def of(cls, network: Network, edges: Incident) -> Ties:
        """Join each relationship to its far node and what stands above that."""
        row, node, specific = network.with_ancestors(edges.far)
        edges = edges.where(row)
        outgoing = edges.outgoing & ~_SYMMETRIC[edges.relation]
        return cls(edges, node, (edges.relation * 2 + outgoing) * network.size + node, specific)

    def where(self, keep: npt.NDArray[np.bool_] | Indices) -> Ties:
        """Return some of them, by mask or position."""
        return Ties(self.edges.where(keep), self.node[keep], self.key[keep], self.specific[keep])


@dataclass(frozen=True)
class Sharing:
    """Which companies share a tie on a day, of ties that five or more share.

    ``keys`` (K,) ascending, as in ``Ties``; ``companies`` (N,) are numbers of nodes, those of ``keys[i]`` from
    ``starts[i]`` to ``starts[i + 1]``, each once.
    """

    keys: Indices
    starts: Indices
    companies: npt.NDArray[np.int32]

    @classmethod
    def on(cls, network: Network, as_of: date) -> Sharing:
        """Read the relationships of all companies; takes some 8 bytes for each company and code."""
        every = network.numbers("Company", np.arange(len(network.snapshot.vocabulary("Company"))))
        pairs = [np.zeros(0, dtype=np.int64)]
        for first in range(0, len(every), _COMPANIES_AT_ONCE):
            ties = Ties.of(network, network.incident(every[first : first + _COMPANIES_AT_ONCE], day(as_of)))
            pairs.append(np.unique(ties.key * network.size + ties.edges.near))
        found = np.sort(np.concatenate(pairs))
        keys, counts = np.unique(found // network.size, return_counts=True)
        shared = counts >= FEWEST_COUNTED
        kept = np.repeat(shared, counts)
        companies = (found[kept] % network.size).astype(np.int32)
        return cls(keys[shared], np.concatenate([[0], np.cumsum(counts[shared])]), companies)

    def of(self, keys: Indices) -> tuple[npt.NDArray[np.int32], Indices]:
        """Return who shares each of some ties, one tie after the other, and how many do; nobody where too few do."""
        at = np.searchsorted(self.keys, keys)
        there = at < len(self.keys)
        there[there] = self.keys[at[there]] == keys[there]
        counts = np.zeros(len(keys), dtype=np.int64)
        counts[there] = self.starts[at[there] + 1] - self.starts[at[there]]
        parts = [self.companies[self.starts[i] : self.starts[i + 1]] for i in at[there].tolist()]
        return np.concatenate([self.companies[:0], *parts]), counts
