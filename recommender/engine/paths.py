"""The path that explains a recommendation: given candidate, basket, recommended candidate."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from recommender.engine.baskets import BasketFamily
from recommender.engine.estimator import EngineScorer
from recommender.engine.featurizer import Examples
from recommender.engine.touched import Touched
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Flags, Floats, Indices

TARGET = "target"
_LOG_IDF = 5
"""Place of log(shared rarity + .001) among the features of ``Touched``."""


@dataclass(frozen=True)
class BasketPath:
    """Joins ``given`` to ``candidate`` by ``basket``, a node of ``relation``: ``target``, or its key and direction."""

    relation: str
    given: int
    basket: int
    candidate: int
    contribution: float

    @property
    def edges(self) -> tuple[tuple[str, int, int], tuple[str, int, int]]:
        """Both edges as (relation, basket, candidate)."""
        return (self.relation, self.basket, self.given), (self.relation, self.basket, self.candidate)


class PathFinder:
    """Finds the strongest path to a candidate of a question.

    A basket contributes the weight that message passing gives it, mean over networks and heads, times the
    strength of the candidate in it; for an engine without network, its term of the basket neighbours, sim^1.5. The
    given candidate is the rarest of those in the basket.
    """

    def __init__(self, scorer: EngineScorer, questions: Questions) -> None:
        parts, mix = scorer.parts, scorer.mix
        self.questions = questions
        self.families = parts.featurizer.families
        examples = parts.examples(questions)
        self._touched = examples.touched
        weighed = parts.learned and mix.network > 0
        self._weights = _network_weights(scorer, examples) if weighed else _likeness(self.families, examples.touched)
        self._holders = [sparse.csc_array(family.members) for family in self.families]
        self._counts = parts.featurizer.seeding(questions).count

    def strongest(self, question: int, candidate: int, count: int) -> list[BasketPath]:
        """Return the paths of the largest contributions first; none where no touched basket holds the candidate."""
        found = [path for at in range(len(self.families)) for path in self._by(at, question, candidate, count)]
        return sorted(found, key=lambda path: -path.contribution)[:count]

    def _by(self, at: int, question: int, candidate: int, count: int) -> list[BasketPath]:
        family, touched, holders = self.families[at], self._touched[at], self._holders[at]
        part = slice(touched.start[question], touched.start[question + 1])
        held = slice(holders.indptr[candidate], holders.indptr[candidate + 1])
        _, mine, theirs = np.intersect1d(touched.basket[part], holders.indices[held], return_indices=True)
        contribution = self._weights[at][part][mine] * holders.data[held][theirs]
        paths = []
        for best in np.argsort(-contribution, kind="stable")[:count]:
            basket = int(touched.basket[part][mine[best]])
            relation, place = _part(family, basket)
            given = self._rarest(family, basket, question)
            paths.append(BasketPath(relation, given, place, candidate, float(contribution[best])))
        return paths

    def _rarest(self, family: BasketFamily, basket: int, question: int) -> int:
        members, counts = family.members, self._counts
        inside = members.indices[members.indptr[basket] : members.indptr[basket + 1]]
        mine = counts.indices[counts.indptr[question] : counts.indptr[question + 1]]
        shared = np.intersect1d(inside, mine)
        holders = self._holders[next(at for at, each in enumerate(self.families) if each is family)]
        return int(shared[np.argmin(np.diff(holders.indptr)[shared])])


def without_edges(known: Known, edges: set[tuple[str, int, int]]) -> Known:
    """Return what is known less some (relation, basket, candidate), symmetric pairs in both directions."""
    relations = list(known.relations)
    for at, each in enumerate(known.relations):
        gone = np.zeros(len(each), dtype=bool)
        for way in ("out", "in"):
            named = {(basket, member) for name, basket, member in edges if name == "__".join((*each.key, way))}
            near, far = (each.src, each.dst) if way == "out" else (each.dst, each.src)
            gone |= _are(far, near, named)
        relations[at] = each.take(~gone)
    named = {(basket, member) for name, basket, member in edges if name == TARGET}
    gone = _are(known.pairs.query, known.pairs.candidate, _both_ways(known, named))
    return replace(known.without(gone), relations=tuple(relations))


def without_given(questions: Questions, known: Known, edges: set[tuple[str, int, int]]) -> Questions:
    """Return the same questions less given pairs that are among the edges."""
    named = _both_ways(known, {(basket, member) for name, basket, member in edges if name == TARGET})
    gone = _are(questions.query[questions.given.query], questions.given.candidate, named)
    return replace(questions, given=questions.given.take(~gone))


def edges_of(known: Known, relation: str) -> tuple[Indices, Indices]:
    """Return both ends of all known edges of a relation as (baskets, candidates)."""
    if relation == TARGET:
        return known.pairs.query, known.pairs.candidate
    for each in known.relations:
        if relation == "__".join((*each.key, "out")):
            return each.dst, each.src
        if relation == "__".join((*each.key, "in")):
            return each.src, each.dst
    empty: Indices = np.zeros(0, dtype=np.int64)
    return empty, empty


def _both_ways(known: Known, pairs: set[tuple[int, int]]) -> set[tuple[int, int]]:
    return pairs | {(other, one) for one, other in pairs} if known.task.symmetric else pairs


def _are(one: Indices, other: Indices, wanted: set[tuple[int, int]]) -> Flags:
    """Which rows are among the wanted pairs."""
    if not wanted or not len(one):
        return np.zeros(len(one), dtype=bool)
    pairs = np.array(sorted(wanted), dtype=np.int64)
    width = int(max(other.max(), pairs[:, 1].max())) + 1
    return np.isin(one * width + other, pairs[:, 0] * width + pairs[:, 1])


def _part(family: BasketFamily, basket: int) -> tuple[str, int]:
    """Kind of a basket and its place among the nodes of that kind."""
    for name, size in family.parts:
        if basket < size:
            return name, basket
        basket -= size
    raise AssertionError(family.name)


def _likeness(families: tuple[BasketFamily, ...], touched: tuple[Touched, ...]) -> list[Floats]:
    """Term of each (question, basket) in the score by basket neighbours."""
    found = []
    for family, each in zip(families, touched, strict=True):
        idf = np.exp(each.features[:, _LOG_IDF].astype(np.float32)) - 1e-3
        size = np.sqrt(np.maximum(family.sizes[each.basket], 1))
        found.append(np.asarray(np.maximum(idf / size, 0.0) ** 1.5, dtype=np.float32))
    return found


def _network_weights(scorer: EngineScorer, examples: Examples) -> list[Floats]:
    """Weight of each (question, basket), mean over networks and heads."""
    networks = scorer.parts.networks(scorer.seed)
    found = []
    for at, touched in enumerate(examples.touched):
        features = touched.features.astype(np.float32)
        weights = [network.weigh(at, features).mean(axis=1) for network in networks]
        found.append(np.asarray(np.mean(weights, axis=0), dtype=np.float32))
    return found
