"""Finds and words the paths of many pairs at once, for who may be told everything; as ``ReasonSearch`` does for one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.catalog import RELATION_TYPES
from recommender.language import particles as sentences
from recommender.language.said import Said
from recommender.measure.arrays import Indices
from recommender.reasons.explain import wording_of
from recommender.reasons.paths import CONDITION, Hop
from recommender.snapshot.dated_facts import day
from recommender.snapshot.network import Incident, Network

_CONSIDERED: Final = 60
"""Paths of one length that are looked at for variety, as ``ReasonSearch`` does."""
_PLACE_BITS: Final = 32
"""The lower half of a number of 64 bits."""
_LONGEST: Final = 3
"""Hops of a path, as ``ReasonSearch`` walks them."""
_SHOWN: Final = 3
"""Paths of a pair, as ``Recommender`` lists them."""
_NOBODY: Final = -1
"""Where a path is shorter; no node has this place."""
_NAMES_KEPT: Final = 50_000
"""Names of a city's frequent nodes, some five MB."""
_SENTENCES_KEPT: Final = 10_000
"""Kinds of paths, each with the last syllables of its names, some MB."""
_PRIVATE_USE: Final = 0xE000
"""Letters from here on are nobody's, so no relation's words hold them."""
_CODES: Final = 2 * len(RELATION_TYPES) + 1
"""Codes of a hop, and none."""
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
    walk is shorter; ``hops`` (N, 3) are twice the relation's position, plus one where it is outgoing, -1 likewise.
    """

    pair: Indices
    weight: npt.NDArray[np.float64]
    newest: Indices
    nodes: npt.NDArray[np.int64]
    hops: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.pair)

    @property
    def length(self) -> Indices:
        """Hops of each, (N,)."""
        return np.asarray((self.hops >= 0).sum(axis=1), dtype=np.int64)

    def take(self, rows: npt.NDArray[np.bool_] | Indices) -> Chains:
        """Return some of them, by mask or position."""
        return Chains(self.pair[rows], self.weight[rows], self.newest[rows], self.nodes[rows], self.hops[rows])


class ManyPaths:
    """Paths between pairs of nodes of a network, as they were known on a day; no path leads through a hub."""

    def __init__(self, network: Network, as_of: date) -> None:
        self._network = network
        self._today = day(as_of)
        self._passable = ~network.hubs

    def best(self, starts: Indices, pairs: Indices, ends: Indices) -> Chains:
        """Up to three different paths for each pair, best first, as ``ReasonSearch.to`` finds them.

        ``starts`` (S,) are distinct numbers of nodes; ``pairs`` and ``ends`` (P,): place in ``starts`` and node.
        """
        first = self._network.incident(starts, self._today)
        place = np.empty(self._network.size, dtype=np.int64)
        place[starts] = np.arange(len(starts))
        known_ends, end_of = np.unique(ends, return_inverse=True)
        last = self._network.incident(known_ends, self._today)
        asked = _Asked(
            starts, pairs, ends, end_of, _Edges.of(first, place), _Edges.of(last, _places(known_ends, place))
        )
        found = [self._direct(asked), self._over_one(asked), self._over_two(asked)]
        return _varied(_chained([_considered(chains) for chains in found]))

    def _direct(self, asked: _Asked) -> Chains:
        size = self._network.size
        left, right = _join(asked.pairs * size + asked.ends, asked.first.place * size + asked.first.edges.far)
        return _chains(left, np.ones(len(left)), (), (asked.first.edges.where(right),))

    def _over_one(self, asked: _Asked) -> Chains:
        size, first, last = self._network.size, asked.first, asked.last
        through = self._passable[first.edges.far] & (first.edges.far != first.edges.near)
        pair, one = _expanded(asked.pairs, first.where(through))
        open_ = first.where(through)
        keep = open_.edges.far[one] != asked.ends[pair]
        pair, one = pair[keep], one[keep]
        left, right = _join(asked.end_of[pair] * size + open_.edges.far[one], last.place * size + last.edges.far)
        pair, hop = pair[left], open_.edges.where(one[left])
        return _chains(pair, self._weight(hop.far), (hop.far,), (hop, last.edges.where(right)))

    def _over_two(self, asked: _Asked) -> Chains:
        """Join the walks of two hops from each start with the neighbours of the ends that it is asked about."""
        size, first, last = self._network.size, asked.first, asked.last
        wanted = np.zeros(size, dtype=bool)
        wanted[last.edges.far] = True
        wanted &= self._passable
        open_ = first.where(self._passable[first.edges.far] & (first.edges.far != first.edges.near))
        middle, of_middle = np.unique(open_.edges.far, return_inverse=True)
        second = self._network.incident(middle, self._today)
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
        outer = CONDITION[open_.edges.relation][one] | CONDITION[last.edges.relation][three]
        keep &= ~(CONDITION[second.relation][two] & outer)
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
class _Asked:
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
    nodes = np.full((len(pair), _LONGEST - 1), _NOBODY, dtype=np.int64)
    codes = np.full((len(pair), _LONGEST), _NOBODY, dtype=np.int64)
    newest = np.zeros(len(pair), dtype=np.int64)
    for i, column in enumerate(between):
        nodes[:, i] = column
    for i, hop in enumerate(hops):
        # The last relationship of several was found from the end.
        outgoing = ~hop.outgoing if i and i == len(hops) - 1 else hop.outgoing
        codes[:, i] = hop.relation * 2 + outgoing
        newest += np.where(np.isnat(hop.begins), 0, hop.begins.astype(np.int64))
    return Chains(pair, weight, newest, nodes, codes)


def _chained(parts: Sequence[Chains]) -> Chains:
    columns = zip(*((c.pair, c.weight, c.newest, c.nodes, c.hops) for c in parts), strict=True)
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
    told = np.where(chains.hops < 0, 0, (relation << 1 | (chains.hops & 1) | _SYMMETRIC[relation]) + 1)
    same = _runs(chains.pair, chains.nodes[:, 0], chains.nodes[:, 1])
    kinds = (same * _CODES + told[:, 0]) * _CODES**2 + told[:, 1] * _CODES + told[:, 2]
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
    types = np.sort(np.where(chains.hops < 0, _NOBODY, _TYPE[relation]), axis=1)
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


class PathWords:
    """Words paths as ``Explainer`` does: one sentence for all paths that differ in names alone."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._name = lru_cache(_NAMES_KEPT)(self._named)

    def said(self, chains: Chains, starts: Indices, ends: Indices) -> list[Said]:
        """Word each path of ``chains``; ``starts`` and ``ends`` (N,) are the numbers of its ends."""
        known, places = np.unique(np.column_stack([starts, chains.nodes, ends]), return_inverse=True)
        places = places.reshape(len(chains), _LONGEST + 1)
        named = [self._name(number) for number in known.tolist()]
        names, endings = [name for name, _ in named], np.array([ending for _, ending in named], dtype=np.int64)
        columns = np.column_stack([chains.hops + 1, endings[places]])
        code = np.ravel_multi_index(tuple(columns.T), (_CODES,) * _LONGEST + (len(sentences.ENDINGS),) * (_LONGEST + 1))
        _, first, kind = np.unique(code, return_index=True, return_inverse=True)
        sentences_of = [_sentence(tuple(chains.hops[at].tolist()), tuple(endings[places[at]].tolist())) for at in first]
        found = []
        for of_kind, row in zip(kind.tolist(), places.tolist(), strict=True):
            sentence, four = sentences_of[of_kind], [names[place] for place in row]
            english = sentence.en.format(*four)
            found.append(Said(sentence.ko.format(*four), english[0].upper() + english[1:]))
        return found

    def _named(self, number: int) -> tuple[str, int]:
        """Name of a node and its place in ``particles.ENDINGS``."""
        if number == _NOBODY:
            return "", 0
        ref = self._network.ref(number)
        name = sentences.quoted(ref.label, self._network.snapshot.caption(ref))
        return name, sentences.ending(name)


@lru_cache(_SENTENCES_KEPT)
def _sentence(hops: tuple[int, ...], endings: tuple[int, ...]) -> Said:
    """Say all paths over these hops in one, to be filled in with four names that end so, the last node's the last."""
    codes = [code for code in hops if code >= 0]
    columns = [*range(len(codes)), _LONGEST]
    left = [Hop(RELATION_TYPES[code >> 1], 0, bool(code & 1)) for code in codes]
    names = [f"{chr(_PRIVATE_USE + column)}{sentences.ENDINGS[endings[column]]}" for column in columns]
    ko: list[str] = []
    en: list[str] = []
    while left:
        taken, places, korean, english = wording_of(left)
        clause = korean(*(names[place] for place in places))
        ko.append(sentences.korean_and(clause) if left[taken:] else clause)
        en.append(english(*(names[place] for place in places)))
        left, names = left[taken:], names[taken:]
    return Said(_with_places(", ".join(ko) + "."), _with_places(", and ".join(en) + "."))


def _with_places(sentence: str) -> str:
    """Turn the names that stand for others into places of ``str.format``."""
    plain = sentence.replace("{", "{{").replace("}", "}}")
    return re.sub(
        f"([{chr(_PRIVATE_USE)}-{chr(_PRIVATE_USE + _LONGEST)}])[{''.join(sentences.ENDINGS)}]",
        lambda found: f"{{{ord(found[1]) - _PRIVATE_USE}}}",
        plain,
    )
