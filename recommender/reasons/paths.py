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

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Audience
from recommender.measure.arrays import Indices
from recommender.reasons.chains import ManyPaths
from recommender.reasons.ties import FEWEST_COUNTED, Sharing, Ties
from recommender.snapshot.dated_facts import day
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
        self._paths = ManyPaths(network, as_of, self._told)

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

    def to(self, targets: Sequence[NodeRef]) -> list[list[FoundPath]]:
        """Up to three different paths to each target, best first."""
        ends = np.array([self._network.find(target) for target in targets], dtype=np.int64)
        paths: list[list[FoundPath]] = [[] for _ in targets]
        found = self._paths.best_from(np.array([self._start]), self._first, np.zeros_like(ends), ends)
        columns = (found.pair, found.weight, found.nodes, found.hops, found.rows)
        for pair, weight, between, codes, rows in zip(*(column.tolist() for column in columns), strict=True):
            hops = tuple(Hop(code, row) for code, row in zip(codes, rows, strict=True) if code >= 0)
            nodes = (self._start, *between[: len(hops) - 1], int(ends[pair]))
            paths[pair].append(FoundPath(nodes, hops, weight))
        return paths

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
        dealing = int(dealings.relation[0])
        made_up = self._network.snapshot.values(RELATION_TYPES[dealing], "synthetic")
        return FoundCount(
            int(own.node[at]),
            Hop(int(own.edges.relation[at]) * 2 + int(own.edges.outgoing[at]), int(own.edges.row[at])),
            int(own.edges.far[at]),
            dealing,
            len(np.unique(dealings.far)),
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
