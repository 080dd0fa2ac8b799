"""Finds short, specific paths from one node, or from the facts of a profile, to several others."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef, RelationType
from recommender.dated_facts import day
from recommender.networks import Incident, Indices, Network
from recommender.profile import Profile

STATED_ROW: Final = -1
GUESSED_ROW: Final = -2
"""What stands for the position of a relationship that the snapshot lacks: a profile states it, or it is guessed."""
_CONSIDERED: Final = 60
"""Paths of one length that are looked at for variety."""
_RELATION_POSITIONS: Final = {relation: position for position, relation in enumerate(RELATION_TYPES)}


@dataclass(frozen=True, slots=True)
class Hop:
    """One relationship of a path; ``row`` is its position in the relation's table, below 0 for a profile's own."""

    relation: RelationType
    row: int
    outgoing: bool


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A path of 1 to 3 hops; ``nodes`` are numbers of the network, -1 for a profile; a higher ``weight`` is better."""

    nodes: tuple[int, ...]
    hops: tuple[Hop, ...]
    weight: float

    @property
    def order(self) -> tuple[object, ...]:
        """Key that sorts the best first; of parallel relationships those of one kind are told in fewer words."""
        kinds = {hop.relation.type for hop in self.hops}
        return (-self.weight, len(self.hops), self.nodes, len(kinds))

    @property
    def labels(self) -> tuple[str, ...]:
        """Kinds of nodes that it leads through."""
        return tuple(label for hop in self.hops for label in sorted((hop.relation.source, hop.relation.target)))


@dataclass(frozen=True)
class _Chains:
    """Walks found so far, column by column; ``middle`` has one array of numbers for each node between the ends."""

    middle: tuple[Indices, ...]
    hops: tuple[Incident, ...]
    weight: npt.NDArray[np.float64]


class PathSearch:
    """All paths of up to three hops that leave one start, as they were known on a day.

    No path leads through a hub (``Network.hubs``). A path weighs the product of 1 / log(e - 1 + degree) over the nodes
    between its ends, so short ones and those through rare nodes come first.
    """

    def __init__(self, network: Network, start: NodeRef | Profile, as_of: date) -> None:
        self._network = network
        self._today = day(as_of)
        self._passable = ~network.hubs
        if isinstance(start, Profile):
            self._start = -1
            self._first = _stated(network, start)
        else:
            self._start = network.find(start)
            self._first = network.incident(np.array([self._start]), self._today)
        middle = np.unique(self._first.far)
        middle = middle[self._passable[middle] & (middle != self._start)]
        self._second = network.incident(middle, self._today)

    def to(self, target: NodeRef, *, hidden: Collection[str] = (), limit: int = 3) -> list[FoundPath]:
        """Up to ``limit`` different paths, best first; direct relationships of the relations ``hidden`` do not count.

        Paths through different kinds of nodes come before more paths through the same ones.
        """
        end = self._network.find(target)
        last = self._network.incident(np.array([end]), self._today)
        found = [
            path
            for chains in (self._direct(end, hidden), self._over_one(end, last), self._over_two(end, last))
            for path in self._read(end, chains)
        ]
        return _varied(found, limit)

    def _direct(self, end: int, hidden: Collection[str]) -> _Chains:
        positions = [p for relation, p in _RELATION_POSITIONS.items() if relation.name in hidden]
        chosen = self._first.where((self._first.far == end) & ~np.isin(self._first.relation, positions))
        return _Chains((), (chosen,), np.ones(len(chosen)))

    def _over_one(self, end: int, last: Incident) -> _Chains:
        far = self._first.far
        first = self._first.where(self._passable[far] & (far != end) & (far != self._start))
        left, right = _join(first.far, last.far)
        return _Chains((first.far[left],), (first.where(left), last.where(right)), self._weight(first.far[left]))

    def _over_two(self, end: int, last: Incident) -> _Chains:
        """Join what two hops from the start reach with the neighbours of the end."""
        wanted = np.zeros(self._network.size, dtype=bool)
        wanted[last.far] = True
        wanted &= self._passable
        wanted[[end, *([self._start] if self._start >= 0 else [])]] = False
        second = self._second.where(wanted[self._second.far] & (self._second.near != end))
        left, right = _join(second.far, last.far)
        second, closing = second.where(left), last.where(right)
        left, right = _join(self._first.far, second.near)
        first, second, closing = self._first.where(left), second.where(right), closing.where(right)
        weight = self._weight(second.near) * self._weight(second.far)
        return _Chains((second.near, second.far), (first, second, closing), weight)

    def _weight(self, numbers: Indices) -> npt.NDArray[np.float64]:
        return np.asarray(1.0 / np.log(np.e - 1.0 + self._network.degree(numbers)), dtype=np.float64)

    def _read(self, end: int, chains: _Chains) -> Iterator[FoundPath]:
        """Yield the heaviest chains as paths, of parallel relationships only the newest."""
        newest = sum(
            (np.where(np.isnat(hop.begins), 0, hop.begins.astype(np.int64)) for hop in chains.hops),
            np.zeros(len(chains.weight), dtype=np.int64),
        )
        order = np.lexsort((-newest, *chains.middle, -chains.weight))[: _CONSIDERED * 4]
        seen: set[tuple[object, ...]] = set()
        for i in order:
            nodes = (self._start, *(int(column[i]) for column in chains.middle), end)
            hops = [
                Hop(RELATION_TYPES[int(hop.relation[i])], int(hop.row[i]), bool(hop.outgoing[i])) for hop in chains.hops
            ]
            if len(hops) > 1:
                # The last relationship was found from the end.
                hops[-1] = Hop(hops[-1].relation, hops[-1].row, not hops[-1].outgoing)
            key = (nodes, *((hop.relation.name, hop.outgoing or hop.relation.symmetric) for hop in hops))
            if key not in seen:
                seen.add(key)
                yield FoundPath(nodes, tuple(hops), float(chains.weight[i]))
            if len(seen) >= _CONSIDERED:
                return


def _stated(network: Network, profile: Profile) -> Incident:
    """Facts of a profile about nodes of the snapshot, stated and guessed."""
    found = []
    for links, row in ((profile.links, STATED_ROW), (profile.guesses, GUESSED_ROW)):
        for type_, ref in ((type_, ref) for type_, refs in links.items() for ref in refs):
            for relation, position in _RELATION_POSITIONS.items():
                is_it = (relation.source, relation.type, relation.target) == (profile.label, type_, ref.label)
                if is_it and network.snapshot.vocabulary(ref.label).find(ref.id) is not None:
                    found.append((network.find(ref), position, row))
    far, relations, rows = (np.array([fact[i] for fact in found], dtype=np.int64) for i in range(3))
    count = len(found)
    never = np.full(count, np.datetime64("NaT"), dtype="datetime64[D]")
    return Incident(np.full(count, -1), far, relations, rows, np.ones(count, dtype=bool), never)


def _join(left: Indices, right: Indices) -> tuple[Indices, Indices]:
    """Positions of all pairs with equal values."""
    order = np.argsort(right, kind="stable")
    ordered = right[order]
    begin, stop = np.searchsorted(ordered, left, "left"), np.searchsorted(ordered, left, "right")
    counts = stop - begin
    of_left = np.repeat(np.arange(len(left)), counts)
    offsets = np.arange(int(counts.sum())) - np.repeat(np.cumsum(counts) - counts, counts)
    return of_left, order[np.repeat(begin, counts) + offsets]


def _varied(paths: Sequence[FoundPath], limit: int) -> list[FoundPath]:
    """Take the best path through each kind of nodes first, then more of the same; the best first, no nodes twice."""
    kinds: set[tuple[str, ...]] = set()
    seen: set[tuple[int, ...]] = set()
    ahead: list[FoundPath] = []
    behind: list[FoundPath] = []
    for path in sorted(paths, key=lambda path: path.order):
        if path.nodes not in seen:
            seen.add(path.nodes)
            (behind if path.labels in kinds else ahead).append(path)
            kinds.add(path.labels)
    return sorted([*ahead, *behind][:limit], key=lambda path: path.order)
