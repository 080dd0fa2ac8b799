"""The part of a network around one node that a person can take in: hubs and long lists are cut and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice, zip_longest
from typing import Final

import numpy as np

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef, RelationType
from recommender.language.answers import Audience
from recommender.measure.arrays import Indices
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Incident, Network
from recommender.snapshot.snapshot import Snapshot

_BUSY: Final = 50
"""A neighbour with more relationships than this is shown, and not opened."""
_OPENED_EACH, _OPENED_PART = 5, 40
"""Relationships shown of each neighbour in the second hop at first: five, or a fortieth of a larger picture."""
_OF_ONE_KIND, _PART_OF_ONE_KIND = 12, 8
"""Relationships of one kind shown of the centre at first: a dozen, or an eighth of a larger picture."""


_ALIKE: Final = np.array([relation.symmetric and relation.source == relation.target for relation in RELATION_TYPES])
"""Relations that are the same from both ends, whichever way they are stored."""


@dataclass(frozen=True)
class Fact:
    """One relationship to show, in its stored direction."""

    source: NodeRef
    relation: RelationType
    target: NodeRef
    row: int


@dataclass(frozen=True)
class Surplus:
    """Relationships of the centre that are counted and not shown."""

    relation: RelationType
    outgoing: bool
    count: int


@dataclass(frozen=True)
class ListedResult:
    """A result of a list of recommendations that is the centre's, with what ``RECOMMENDED`` says of it."""

    result: NodeRef
    properties: Mapping[str, object]


@dataclass(frozen=True)
class Neighbourhood:
    """Nodes in the order in which they were reached, the centre first; ``closed`` are hubs that were not opened.

    ``listed`` is laid over the facts; its results are among the nodes.
    """

    nodes: tuple[NodeRef, ...]
    facts: tuple[Fact, ...]
    surplus: tuple[Surplus, ...]
    closed: tuple[NodeRef, ...]
    audience: Audience
    listed: tuple[ListedResult, ...] = ()

    def with_lists(self, listed: Iterable[ListedResult]) -> Neighbourhood:
        """Lay recommendations over the facts."""
        kept = tuple(listed)
        nodes = tuple(dict.fromkeys([*self.nodes, *(each.result for each in kept)]))
        return replace(self, nodes=nodes, listed=kept)


def find_neighbourhood(
    snapshot: Snapshot, centre: NodeRef, *, hops: int, limit: int, audience: Audience = Audience.COMPANY
) -> Neighbourhood:
    """Up to ``limit`` nodes around ``centre``, newest relationships first, each relation with its share.

    Room that is left once neighbours are opened goes to the relations that were cut; of one hop a part is drawn that
    can be taken in at a glance.

    Dealings of companies are in it for ``Audience.CITY`` alone: a page is passed on, and nobody knows to whom. Raises
    ``NotFoundError`` for a node that is not in the snapshot.
    """
    network = _network(snapshot, private=audience is Audience.CITY)
    start = network.find(centre)
    kinds = _kinds(network, start)
    share = _fair_share(np.array([len(kind.far) for kind in kinds], np.int64), limit)
    reached = list(dict.fromkeys([start, *(n for kind in kinds for n in kind.far[:share])]))
    opened = [n for n in reached[1:] if not _is_closed(network, n)] if hops > 1 else []
    closed = [n for n in reached[1:] if n not in opened] if hops > 1 else []
    if hops > 1:
        reached = _second_hop(network, reached, opened, limit)
        reached += _further(kinds, share, {*reached}, limit + 1 - len(reached))
    shown = np.array(reached)
    between = network.incident(shown)
    between = between.where(between.outgoing & np.isin(between.far, shown))
    ref = {number: network.ref(number) for number in reached}
    facts = tuple(
        Fact(ref[int(source)], RELATION_TYPES[int(relation)], ref[int(target)], int(row))
        for source, relation, target, row in zip(between.near, between.relation, between.far, between.row, strict=True)
    )
    surplus = tuple(
        Surplus(RELATION_TYPES[kind.relation], kind.outgoing, left)
        for kind in kinds
        if (left := sum(n not in ref for n in kind.far))
    )
    return Neighbourhood(tuple(ref.values()), facts, surplus, tuple(ref[number] for number in closed), audience)


def _network(snapshot: Snapshot, *, private: bool) -> Network:
    """Return the network of a snapshot, made once for the pages of all neighbours."""
    return snapshot.derived(("network", private), lambda: Network(DatedFacts(snapshot), private=private))


@dataclass(frozen=True)
class _EdgeKind:
    """The far ends of one kind of relationship of the centre, the newest first."""

    relation: int
    outgoing: bool
    far: list[int]


def _kinds(network: Network, start: int) -> list[_EdgeKind]:
    incident = network.incident(np.array([start]))
    kinds = incident.relation * 2 + (incident.outgoing & ~_ALIKE[incident.relation])
    return [
        _EdgeKind(int(kind) // 2, bool(kind % 2), _newest(incident.where(np.flatnonzero(kinds == kind))).tolist())
        for kind in np.unique(kinds)
    ]


def _is_closed(network: Network, number: int) -> bool:
    """Tell whether a neighbour is shown and not opened."""
    return bool(network.hubs[number] or network.degree(np.array([number]))[0] > _BUSY)


def _further(kinds: Sequence[_EdgeKind], share: int, reached: set[int], room: int) -> list[int]:
    """Return what the room that is left takes of the kinds that were cut, in turn."""
    turns = chain.from_iterable(zip_longest(*(kind.far[share:] for kind in kinds)))
    return list(islice(dict.fromkeys(n for n in turns if n is not None and n not in reached), max(room, 0)))


def _second_hop(network: Network, reached: list[int], opened: list[int], limit: int) -> list[int]:
    """Add the newest around each opened neighbour, more of each as long as there is room: none has more than _BUSY."""
    share = max(_OPENED_EACH, limit // _OPENED_PART)
    while True:
        for number in opened:
            if len(reached) <= limit:
                further = _newest(network.incident(np.array([number])))[:share]
                reached = list(dict.fromkeys([*reached, *further.tolist()]))[: limit + 1]
        if len(reached) > limit or share >= _BUSY:
            return reached
        share *= 2


def _fair_share(counts: Indices, limit: int) -> int:
    """Largest number such that so many of each kind together stay within the limit and its part of one kind."""
    share, most = 1, min(limit, max(_OF_ONE_KIND, limit // _PART_OF_ONE_KIND))
    while share < most and np.minimum(counts, share + 1).sum() <= limit:
        share += 1
    return share


def _days(incident: Incident) -> Indices:
    return np.where(np.isnat(incident.begins), -(10**9), incident.begins.astype(np.int64))


def _newest(incident: Incident) -> Indices:
    """Far ends, newest relationship first."""
    return incident.far[np.argsort(-_days(incident), kind="stable")]
