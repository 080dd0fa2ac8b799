"""Finds short, specific paths from one node, or from the facts of a profile, to several others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, partial
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc
from scipy import sparse

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Audience
from recommender.measure.arrays import Indices
from recommender.reasons.chains import ManyPaths
from recommender.reasons.ties import FEWEST_COUNTED, Sharing, Ties
from recommender.snapshot.dated_facts import day
from recommender.snapshot.link_rows import binary
from recommender.snapshot.network import Incident, Network

# What stands for the position of a relationship that the snapshot lacks: a profile states it, or it is guessed.
STATED_ROW: Final = -1
GUESSED_ROW: Final = -2
_RELATION_POSITIONS: Final = {relation: position for position, relation in enumerate(RELATION_TYPES)}
_PRIVATE: Final = np.array([relation.private for relation in RELATION_TYPES])
_OF_COMPANIES: Final = np.array([relation.source == "Company" for relation in RELATION_TYPES])


@dataclass(frozen=True, slots=True)
class Hop:
    """One relationship: ``code`` is twice its relation's position, plus one if it is walked from source to target.

    ``row`` is its position in the relation's table, below 0 for a profile's own.
    """

    code: int
    row: int

    @property
    def back(self) -> Hop:
        """The same relationship from its other end."""
        return Hop(self.code ^ 1, self.row)


@dataclass(frozen=True, slots=True)
class FoundPath:
    """A path of 1 to 3 hops; ``nodes`` are numbers of the network, -1 for a profile; a higher ``weight`` is better."""

    nodes: tuple[int, ...]
    hops: tuple[Hop, ...]
    weight: float

    @property
    def back(self) -> FoundPath:
        """The same path from its other end."""
        return FoundPath(self.nodes[::-1], tuple(hop.back for hop in self.hops[::-1]), self.weight)


@dataclass(frozen=True, slots=True)
class FoundCount:
    """How many companies are like the start in ``shared`` and joined to the end by a relation; not which ones.

    ``shared`` is ``far``, to which the start is joined by ``first``, or a code above it; ``last`` is the position of
    the relation. ``synthetic``: whether any of the relationships counted is made up.
    """

    shared: int
    first: Hop
    far: int
    last: int
    companies: int
    synthetic: bool


class ReasonSearch:
    """All paths of up to three hops that leave one start, as they were known on a day.

    For ``Audience.COMPANY`` a path tells public facts and the start's own dealings alone; what other companies did is
    only counted (``counts``).
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
        if isinstance(start, Profile):
            self._start = -1
            self._first = _stated(network, start)
        else:
            self._start = network.find(start)
            self._first = network.incident(np.array([self._start]), self._today)
        self._own = self._own_needs()
        self._paths = ManyPaths(network, as_of, self._visible)

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

    def _visible(self, found: Incident) -> Incident:
        """Leave out what the audience may not be told."""
        if self._audience is Audience.CITY:
            return found
        own = self._own[found.far] | self._own[found.near]
        return found.where(~_PRIVATE[found.relation] | own)

    def to(self, targets: Sequence[NodeRef]) -> list[list[FoundPath]]:
        """Up to three different paths to each target, best first."""
        ends = self._numbers(targets)
        paths: list[list[FoundPath]] = [[] for _ in targets]
        found = self._paths.best_from(np.array([self._start]), self._first, np.zeros_like(ends), ends)
        columns = (found.pair, found.weight, found.nodes, found.hops, found.rows)
        for pair, weight, between, codes, rows in zip(*(column.tolist() for column in columns), strict=True):
            hops = tuple(Hop(code, row) for code, row in zip(codes, rows, strict=True) if code >= 0)
            nodes = (self._start, *between[: len(hops) - 1], int(ends[pair]))
            paths[pair].append(FoundPath(nodes, hops, weight))
        return paths

    def counts(self, targets: Sequence[NodeRef]) -> list[FoundCount | None]:
        """Count for each target the companies like the start whose private dealings lead there, of the closest kind.

        They share a relationship of one kind with the start, to one node or within one branch of a code tree. Counts
        below ``FEWEST_COUNTED`` are left out; of several the most specific likeness is told, then the largest count.
        """
        ends, end_of = np.unique(self._numbers(targets), return_inverse=True)
        last = self._network.incident(ends, self._today)
        last = last.where(
            _PRIVATE[last.relation] & _OF_COMPANIES[last.relation] & ~last.outgoing & (last.far != self._start)
        )
        if len(last) < FEWEST_COUNTED:
            return [None] * len(targets)
        ways, way = np.unique(last.near * len(RELATION_TYPES) + last.relation, return_inverse=True)
        end = ways // len(RELATION_TYPES)
        own, companies = self._alike
        dealers = binary(sparse.csr_array((np.ones(len(way)), (last.far, way)), shape=(self._network.size, len(ways))))
        counts = sparse.coo_array(companies @ dealers)
        tie, to = counts.coords
        kept = np.flatnonzero((counts.data >= FEWEST_COUNTED) & (own.edges.far[tie] != end[to]))
        tie, to, count = tie[kept], to[kept], counts.data[kept].astype(np.int64)
        order = np.lexsort((tie, to, own.key[tie], -count, -own.specific[tie], end[to]))
        best = order[np.unique(end[to][order], return_index=True)[1]]
        found: dict[int, FoundCount] = {}
        shares = np.zeros(self._network.size, dtype=bool)
        for at in best.tolist():
            alike = companies.indices[companies.indptr[tie[at]] : companies.indptr[tie[at] + 1]]
            shares[alike] = True
            dealings = last.where((way == to[at]) & shares[last.far])
            shares[alike] = False
            found[int(end[to[at]])] = self._count(own, int(tie[at]), dealings, int(count[at]))
        return [found.get(number) for number in ends[end_of].tolist()]

    def _numbers(self, targets: Sequence[NodeRef]) -> Indices:
        return np.array([self._network.find(target) for target in targets], dtype=np.int64)

    @cached_property
    def _alike(self) -> tuple[Ties, sparse.csr_array]:
        """What the start is joined to, each kind and node once, and the companies that share it, (ties, nodes)."""
        ties = Ties.of(self._network, self._first)
        own = ties.where(np.unique(ties.key, return_index=True)[1])
        companies, counts = self._sharing().of(own.key)
        indptr, shape = np.concatenate([[0], np.cumsum(counts)]), (len(counts), self._network.size)
        return own, sparse.csr_array((np.ones(len(companies), np.float32), companies, indptr), shape=shape)

    def _count(self, own: Ties, at: int, dealings: Incident, companies: int) -> FoundCount:
        """Describe the companies that share the tie at a place by their dealings, one or more each."""
        dealing = int(dealings.relation[0])
        made_up = self._network.snapshot.values(RELATION_TYPES[dealing], "synthetic")
        return FoundCount(
            int(own.node[at]),
            Hop(int(own.edges.relation[at]) * 2 + int(own.edges.outgoing[at]), int(own.edges.row[at])),
            int(own.edges.far[at]),
            dealing,
            companies,
            bool(pc.any(made_up.take(dealings.row)).as_py()),
        )


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
