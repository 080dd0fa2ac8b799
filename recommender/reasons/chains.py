"""Paths of up to three relationships between pairs of nodes, found for many pairs at once, in arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import RELATION_TYPES
from recommender.measure.arrays import Indices
from recommender.snapshot.dated_facts import day
from recommender.snapshot.network import Incident, Network

_CONSIDERED: Final = 60
"""Paths of one length and pair that are looked at for variety."""
_PLACE_BITS: Final = 32
"""The lower half of a number of 64 bits."""
LONGEST: Final = 3
"""Hops of a path: longer ones are no reason that a person follows."""
_SHOWN: Final = 3
"""Paths of a pair: more would not be read."""
NOBODY: Final = -1
"""Where a path is shorter; no node has this place."""
CODES: Final = 2 * len(RELATION_TYPES) + 1
"""Codes of a hop, and none."""
_CONDITION: Final = np.array([relation.type in {"TARGETS", "ADMITS"} for relation in RELATION_TYPES])
"""Relations that say whom something is for. Two that are for the same others have nothing to do with the asker, so no
path goes from one to the other by these; what is for the asker's own trade or place is a shorter path."""
_SYMMETRIC: Final = np.array([relation.symmetric for relation in RELATION_TYPES])
_KINDS: Final = {
    pair: number for number, pair in enumerate(sorted({tuple(sorted((r.source, r.target))) for r in RELATION_TYPES}), 1)
}
_KIND: Final = np.array([_KINDS[tuple(sorted((r.source, r.target)))] for r in RELATION_TYPES])
_TYPES: Final = {name: number for number, name in enumerate(sorted({r.type for r in RELATION_TYPES}))}
_TYPE: Final = np.array([_TYPES[r.type] for r in RELATION_TYPES])


@dataclass(frozen=True)
class Chains:
    """Walks between the ends of pairs, one a row.

    ``pair`` (N,) is non-decreasing in what ``best`` returns. ``nodes`` (N, 2) are those between the ends, -1 where a
    walk is shorter; ``hops`` (N, 3) are twice the relation's position, plus one where it is outgoing, -1 likewise, and
    ``rows`` (N, 3) the positions in the relations' tables.
    """

    pair: Indices
    weight: npt.NDArray[np.float64]
    newest: Indices
    nodes: npt.NDArray[np.int64]
    hops: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pair)

    @property
    def length(self) -> Indices:
        """Hops of each, (N,)."""
        return np.asarray((self.hops >= 0).sum(axis=1), dtype=np.int64)

    def take(self, rows: npt.NDArray[np.bool_] | Indices) -> Chains:
        """Return some of them, by mask or position."""
        pair, weight, newest = self.pair[rows], self.weight[rows], self.newest[rows]
        return Chains(pair, weight, newest, self.nodes[rows], self.hops[rows], self.rows[rows])


class ManyPaths:
    """Paths between pairs of nodes of a network, as they were known on a day; no path leads through a hub.

    A path weighs the product of 1 / log(e - 1 + degree) over the nodes between its ends, so short ones and those
    through rare nodes come first. ``visible`` leaves out what may not be shown of relationships away from the start.
    """

    def __init__(
        self, network: Network, as_of: date, visible: Callable[[Incident], Incident] = lambda found: found
    ) -> None:
        self._network = network
        self._today = day(as_of)
        self._passable = ~network.hubs
        self._visible = visible

    def best(self, starts: Indices, pairs: Indices, ends: Indices) -> Chains:
        """Up to three different paths for each pair, best first.

        ``starts`` (S,) are distinct numbers of nodes; ``pairs`` and ``ends`` (P,): place in ``starts`` and node. Paths
        through different kinds of nodes come before more paths through the same ones.
        """
        return self.best_from(starts, self._network.incident(starts, self._today), pairs, ends)

    def best_from(self, starts: Indices, first: Incident, pairs: Indices, ends: Indices) -> Chains:
        """Do so where ``first`` leaves the starts, one of which may be -1, which is no node of the network."""
        place = np.empty(self._network.size + 1, dtype=np.int64)  # the last is that of -1
        place[starts] = np.arange(len(starts))
        known_ends, end_of = np.unique(ends, return_inverse=True)
        last = self._visible(self._network.incident(known_ends, self._today))
        asked = _Pairs(
            starts, pairs, ends, end_of, _Edges.of(first, place), _Edges.of(last, _places(known_ends, place))
        )
        found = [self._direct(asked), self._over_one(asked), self._over_two(asked)]
        return _varied(_chained([_considered(chains) for chains in found]))

    def _direct(self, asked: _Pairs) -> Chains:
        size = self._network.size
        left, right = _join(asked.pairs * size + asked.ends, asked.first.place * size + asked.first.edges.far)
        return _chains(left, np.ones(len(left)), (), (asked.first.edges.where(right),))

    def _over_one(self, asked: _Pairs) -> Chains:
        size, first, last = self._network.size, asked.first, asked.last
        through = self._passable[first.edges.far] & (first.edges.far != first.edges.near)
        pair, one = _expanded(asked.pairs, first.where(through))
        open_ = first.where(through)
        keep = open_.edges.far[one] != asked.ends[pair]
        pair, one = pair[keep], one[keep]
        left, right = _join(asked.end_of[pair] * size + open_.edges.far[one], last.place * size + last.edges.far)
        pair, hop = pair[left], open_.edges.where(one[left])
        return _chains(pair, self._weight(hop.far), (hop.far,), (hop, last.edges.where(right)))

    def _over_two(self, asked: _Pairs) -> Chains:
        """Join the walks of two hops from each start with the neighbours of the ends that it is asked about."""
        size, first, last = self._network.size, asked.first, asked.last
        wanted = np.zeros(size, dtype=bool)
        wanted[last.edges.far] = True
        wanted &= self._passable
        open_ = first.where(self._passable[first.edges.far] & (first.edges.far != first.edges.near))
        middle, of_middle = np.unique(open_.edges.far, return_inverse=True)
        second = self._visible(self._network.incident(middle, self._today))
        second = second.where(wanted[second.far] & (second.far != second.near))
        stop = np.searchsorted(second.near, middle, "right")
        begin = np.searchsorted(second.near, middle, "left")
        one, two = ranges(begin[of_middle], stop[of_middle])
        start = open_.place[one]
        away = second.far[two] != asked.starts[start]
        one, two, start = one[away], two[away], start[away]
        pair, three = _expanded(asked.end_of, last)
        left, right = _join(start * size + second.far[two], asked.pairs[pair] * size + last.edges.far[three])
        one, two, pair, three = one[left], two[left], pair[right], three[right]
        keep = (open_.edges.far[one] != asked.ends[pair]) & (second.far[two] != asked.ends[pair])
        outer = _CONDITION[open_.edges.relation][one] | _CONDITION[last.edges.relation][three]
        keep &= ~(_CONDITION[second.relation][two] & outer)
        one, two, pair, three = one[keep], two[keep], pair[keep], three[keep]
        weight = (self._weight(second.near) * self._weight(second.far))[two]
        heavy = _heaviest(pair, weight, _CONSIDERED * 4)
        one, two, pair, three, weight = one[heavy], two[heavy], pair[heavy], three[heavy], weight[heavy]
        hops = (open_.edges.where(one), second.where(two), last.edges.where(three))
        return _chains(pair, weight, (hops[1].near, hops[1].far), hops)

    def _weight(self, numbers: Indices) -> npt.NDArray[np.float64]:
        return np.asarray(1.0 / np.log(np.e - 1.0 + self._network.degree(numbers)), dtype=np.float64)


@dataclass(frozen=True)
class _Edges:
    """Relationships by the place of their near end; ``place`` (edges,) is non-decreasing."""

    edges: Incident
    place: Indices

    @classmethod
    def of(cls, edges: Incident, place: Indices) -> _Edges:
        return cls(edges, place[edges.near])

    def where(self, keep: npt.NDArray[np.bool_]) -> _Edges:
        return _Edges(self.edges.where(keep), self.place[keep])


@dataclass(frozen=True)
class _Pairs:
    """Pairs, with the relationships at their starts and at their distinct ends."""

    starts: Indices
    pairs: Indices
    ends: Indices
    end_of: Indices
    first: _Edges
    last: _Edges


def _places(nodes: Indices, like: Indices) -> Indices:
    place = np.empty_like(like)
    place[nodes] = np.arange(len(nodes))
    return place


def ranges(begin: Indices, stop: Indices) -> tuple[Indices, Indices]:
    """Row and value of every number of half-open ranges, one range a row."""
    counts = stop - begin
    row = np.repeat(np.arange(len(counts)), counts)
    return row, np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts - begin, counts)


def _join(left: Indices, right: Indices) -> tuple[Indices, Indices]:
    """Positions of all pairs with equal values."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    of_left, place = ranges(np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right"))
    return of_left, order[place]


def _expanded(places: Indices, edges: _Edges) -> tuple[Indices, Indices]:
    """Each place with each relationship there: position in ``places``, position in ``edges``."""
    begin, stop = (np.searchsorted(edges.place, places, side) for side in ("left", "right"))
    return ranges(begin, stop)


def _chains(
    pair: Indices, weight: npt.NDArray[np.float64], between: Sequence[Indices], hops: Sequence[Incident]
) -> Chains:
    nodes = np.full((len(pair), LONGEST - 1), NOBODY, dtype=np.int64)
    codes = np.full((len(pair), LONGEST), NOBODY, dtype=np.int64)
    rows = np.full((len(pair), LONGEST), NOBODY, dtype=np.int64)
    newest = np.zeros(len(pair), dtype=np.int64)
    for i, column in enumerate(between):
        nodes[:, i] = column
    for i, hop in enumerate(hops):
        # The last relationship of several was found from the end.
        outgoing = ~hop.outgoing if i and i == len(hops) - 1 else hop.outgoing
        codes[:, i] = hop.relation * 2 + outgoing
        rows[:, i] = hop.row
        newest += np.where(np.isnat(hop.begins), 0, hop.begins.astype(np.int64))
    return Chains(pair, weight, newest, nodes, codes, rows)


def _chained(parts: Sequence[Chains]) -> Chains:
    columns = zip(*((c.pair, c.weight, c.newest, c.nodes, c.hops, c.rows) for c in parts), strict=True)
    return Chains(*(np.concatenate(column) for column in columns))


def _rank(groups: Indices) -> Indices:
    """Place of each row within its group; rows of one group stand together."""
    return np.arange(len(groups)) - np.searchsorted(groups, groups, "left")


def _heaviest(pair: Indices, weight: npt.NDArray[np.float64], most: int) -> Indices:
    """Places of those that are no lighter than the ``most``-th of their pair; in single precision, so none is missed.

    Pair and weight are one number each: it is sorted many times as fast as two columns are.
    """
    counts = np.bincount(pair)
    if not len(counts) or counts.max() <= most:
        return np.arange(len(pair))
    # Floats of 0 or more are in the order of their bits; the heaviest comes first.
    light = np.iinfo(np.int32).max - weight.astype(np.float32).view(np.int32).astype(np.int64)
    place = pair << _PLACE_BITS | light
    ordered = np.sort(place)
    least = ordered[np.maximum(np.cumsum(counts) - counts + np.minimum(counts, most) - 1, 0)]
    return np.flatnonzero(place <= least[pair])


def _considered(chains: Chains) -> Chains:
    """Keep the heaviest of each pair, of parallel relationships only the newest."""
    order = np.lexsort((-chains.newest, chains.nodes[:, 0], chains.nodes[:, 1], -chains.weight, chains.pair))
    chains = chains.take(order)
    chains = chains.take(_rank(chains.pair) < _CONSIDERED * 4)
    relation = chains.hops >> 1
    steps = np.where(chains.hops < 0, 0, (relation << 1 | (chains.hops & 1) | _SYMMETRIC[relation]) + 1)
    same = _runs(chains.pair, chains.nodes[:, 0], chains.nodes[:, 1])
    kinds = (same * CODES + steps[:, 0]) * CODES**2 + steps[:, 1] * CODES + steps[:, 2]
    chains = chains.take(np.sort(np.unique(kinds, return_index=True)[1]))
    return chains.take(_rank(chains.pair) < _CONSIDERED)


def _runs(*columns: Indices) -> Indices:
    """Return a number for each run of rows that are equal in all columns, (rows,)."""
    fresh = np.zeros(len(columns[0]), dtype=bool)
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return np.cumsum(fresh)


def _varied(chains: Chains) -> Chains:
    """Take the best path through each kind of nodes first, then more of the same; the best first, no nodes twice."""
    relation = chains.hops >> 1
    types = np.sort(np.where(chains.hops < 0, NOBODY, _TYPE[relation]), axis=1)
    different = (types[:, 0] >= 0).astype(np.int64) + ((types[:, 1:] != types[:, :-1]) & (types[:, 1:] >= 0)).sum(
        axis=1
    )
    by = (different, chains.nodes[:, 1], chains.nodes[:, 0], chains.length, -chains.weight, chains.pair)
    chains = chains.take(np.lexsort(by))
    same = _runs(chains.pair, chains.length, chains.nodes[:, 0], chains.nodes[:, 1])
    chains = chains.take(np.unique(same, return_index=True)[1])
    relation = chains.hops >> 1
    kinds = np.where(chains.hops < 0, 0, _KIND[relation])
    width = len(_KINDS) + 1
    labels = ((chains.pair * width + kinds[:, 0]) * width + kinds[:, 1]) * width + kinds[:, 2]
    behind = np.ones(len(chains), dtype=bool)
    behind[np.unique(labels, return_index=True)[1]] = False
    first = np.lexsort((behind, chains.pair))
    kept = first[_rank(chains.pair[first]) < _SHOWN]
    return chains.take(np.sort(kept))
