"""Finds short, specific paths from one node, or from the facts of a profile, to several others."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef, RelationType
from recommender.knowledge.profile import Profile
from recommender.language.answers import Audience
from recommender.measure.arrays import Indices
from recommender.reasons.ties import FEWEST_COUNTED, Sharing, Ties
from recommender.snapshot.dated_facts import day
from recommender.snapshot.network import Incident, Network

# What stands for the position of a relationship that the snapshot lacks: a profile states it, or it is guessed.
STATED_ROW: Final = -1
GUESSED_ROW: Final = -2
_CONSIDERED: Final = 60
"""Paths of one length that are looked at for variety."""
_RELATION_POSITIONS: Final = {relation: position for position, relation in enumerate(RELATION_TYPES)}
_ENDS: Final = {relation: tuple(sorted((relation.source, relation.target))) for relation in RELATION_TYPES}
_PRIVATE: Final = np.array([relation.private for relation in RELATION_TYPES])
_OF_COMPANIES: Final = np.array([relation.source == "Company" for relation in RELATION_TYPES])
_IS_SYMMETRIC: Final = [relation.symmetric for relation in RELATION_TYPES]
CONDITION: Final = np.array([relation.type in {"TARGETS", "ADMITS"} for relation in RELATION_TYPES])
"""Relations that say whom something is for. Two that are for the same others have nothing to do with the asker, so no
path goes from one to the other by these; what is for the asker's own trade or place is a shorter path."""


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
        return tuple(label for hop in self.hops for label in _ENDS[hop.relation])


@dataclass(frozen=True, slots=True)
class FoundCount:
    """How many companies are like the start in ``shared`` and joined to the end by ``last``; not which ones.

    ``shared`` is ``far``, to which the start is joined by ``first``, or a code above it. ``synthetic``: whether any of
    the relationships counted is made up.
    """

    shared: int
    first: Hop
    far: int
    last: RelationType
    companies: int
    synthetic: bool


@dataclass(frozen=True)
class _Chains:
    """Walks found so far, column by column; ``middle`` has one array of numbers for each node between the ends."""

    middle: tuple[Indices, ...]
    hops: tuple[Incident, ...]
    weight: npt.NDArray[np.float64]


class ReasonSearch:
    """All paths of up to three hops that leave one start, as they were known on a day.

    No path leads through a hub (``Network.hubs``). A path weighs the product of 1 / log(e - 1 + degree) over the nodes
    between its ends, so short ones and those through rare nodes come first. For ``Audience.COMPANY`` a path tells
    public facts and the start's own dealings alone; what other companies did is only counted (``counts``).
    """

    def __init__(
        self,
        network: Network,
        start: NodeRef | Profile,
        as_of: date,
        audience: Audience = Audience.COMPANY,
        sharing: Callable[[], Sharing] | None = None,
    ) -> None:
        """Read what leaves the start; ``sharing`` gives what companies share on the day, read here where it is None."""
        self._network = network
        self._audience = audience
        self._sharing = sharing or cache(partial(Sharing.on, network, as_of))
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
        self._own = self._own_needs()
        self._second = self._told(network.incident(middle, self._today))

    @property
    def start(self) -> int:
        """Number of the start in the network, -1 for a profile."""
        return self._start

    def _own_needs(self) -> npt.NDArray[np.bool_]:
        """Needs of the start, (nodes,): what they are about is its own affair."""
        own = np.zeros(self._network.size, dtype=bool)
        needs = [p for relation, p in _RELATION_POSITIONS.items() if relation.type == "NEEDS"]
        own[self._first.far[np.isin(self._first.relation, needs) & self._first.outgoing]] = True
        return own

    def _told(self, found: Incident) -> Incident:
        """Leave out what the audience may not be told."""
        if self._audience is Audience.CITY:
            return found
        own = self._own[found.far] | self._own[found.near]
        return found.where(~_PRIVATE[found.relation] | own)

    def to(self, target: NodeRef, *, hidden: Collection[str] = (), limit: int = 3) -> list[FoundPath]:
        """Up to ``limit`` different paths, best first; direct relationships of the relations ``hidden`` do not count.

        Paths through different kinds of nodes come before more paths through the same ones.
        """
        end = self._network.find(target)
        last = self._told(self._network.incident(np.array([end]), self._today))
        found = [
            path
            for chains in (self._direct(end, hidden), self._over_one(end, last), self._over_two(end, last))
            for path in self._read(end, chains)
        ]
        return _varied(found, limit)

    def counts(self, target: NodeRef, *, limit: int = 1) -> list[FoundCount]:
        """Count the companies like the start whose private dealings lead to ``target``; most specific likeness first.

        They share a relationship of one kind with the start, to one node or within one branch of a code tree. Counts
        below ``FEWEST_COUNTED`` are left out, and of each kind of likeness and dealing only one is told.
        """
        end = self._network.find(target)
        last = self._network.incident(np.array([end]), self._today)
        last = last.where(
            _PRIVATE[last.relation] & _OF_COMPANIES[last.relation] & ~last.outgoing & (last.far != self._start)
        )
        if len(last) < FEWEST_COUNTED:
            return []
        own, companies, bounds = self._alike
        joined = np.zeros(self._network.size, dtype=bool)
        counted = []
        for dealing in np.unique(last.relation).tolist():
            joined[:] = False
            joined[last.far[last.relation == dealing]] = True
            sums = np.concatenate([[0], np.cumsum(joined[companies])])
            counts = np.diff(sums[bounds])
            for at in np.flatnonzero((counts >= FEWEST_COUNTED) & (own.edges.far != end)).tolist():
                order = -int(own.specific[at]), -int(counts[at]), int(own.key[at])
                counted.append((*order, dealing, at))
        found: dict[tuple[str, int], FoundCount] = {}
        for *_, dealing, at in sorted(counted):
            kind = RELATION_TYPES[int(own.edges.relation[at])].name, dealing
            if kind not in found and len(found) < limit:
                dealings = last.where(last.relation == dealing)
                alike = companies[bounds[at] : bounds[at + 1]]
                found[kind] = self._count(own, at, dealings.where(np.isin(dealings.far, alike)))
        return list(found.values())

    @cached_property
    def _alike(self) -> tuple[Ties, npt.NDArray[np.int32], Indices]:
        """What the start is joined to, each kind and node once, the companies that share it, and their bounds."""
        ties = Ties.of(self._network, self._first)
        own = ties.where(np.unique(ties.key, return_index=True)[1])
        companies, counts = self._sharing().of(own.key)
        return own, companies, np.concatenate([[0], np.cumsum(counts)])

    def _count(self, own: Ties, at: int, dealings: Incident) -> FoundCount:
        """Describe the companies that share the tie at a place by their dealings, one or more each."""
        relation, dealing = RELATION_TYPES[int(own.edges.relation[at])], RELATION_TYPES[int(dealings.relation[0])]
        made_up = self._network.snapshot.values(dealing, "synthetic")
        return FoundCount(
            int(own.node[at]),
            Hop(relation, int(own.edges.row[at]), bool(own.edges.outgoing[at])),
            int(own.edges.far[at]),
            dealing,
            len(np.unique(dealings.far)),
            bool(pc.any(made_up.take(dealings.row)).as_py()),
        )

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
        tells = ~(CONDITION[second.relation] & (CONDITION[first.relation] | CONDITION[closing.relation]))
        first, second, closing = first.where(tells), second.where(tells), closing.where(tells)
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
        middle = [column[order].tolist() for column in chains.middle]
        # The last relationship was found from the end, unless it is the only one.
        last = len(chains.hops) - 1
        hops = [
            (hop.relation[order].tolist(), hop.row[order].tolist(), (hop.outgoing[order] ^ (0 < at == last)).tolist())
            for at, hop in enumerate(chains.hops)
        ]
        seen: set[tuple[object, ...]] = set()
        for i, weight in enumerate(chains.weight[order].tolist()):
            nodes = (self._start, *(column[i] for column in middle), end)
            key = (nodes, *((relation[i], outgoing[i] or _IS_SYMMETRIC[relation[i]]) for relation, _, outgoing in hops))
            if key not in seen:
                seen.add(key)
                found = (Hop(RELATION_TYPES[relation[i]], row[i], outgoing[i]) for relation, row, outgoing in hops)
                yield FoundPath(nodes, tuple(found), weight)
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
            labels = path.labels
            (behind if labels in kinds else ahead).append(path)
            kinds.add(labels)
            if len(ahead) == limit:
                break
    return sorted([*ahead, *behind][:limit], key=lambda path: path.order)
