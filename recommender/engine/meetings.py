"""Nodes that who asks and a candidate both lead to, such as an industry that a programme is for or a need's topic."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
from scipy import sparse

from recommender.engine.seeds import Seeds
from recommender.knowledge.dataset import Edges
from recommender.knowledge.known import Known, LinkKey, Questions, Rows
from recommender.measure.arrays import Floats
from recommender.scorers.attribute_factors import trees_above
from recommender.scorers.facts import unit_rows
from recommender.scorers.few_rows import dense_product, narrow, scaled_columns

Route = tuple[LinkKey, ...]
"""One relation, or two after another."""
_MOST_LABELS: Final = 4
"""Chosen by hand: each is two scores over all candidates."""
_MOST_NODES: Final = 5_000
"""Nodes of a label at most: one of more, such as other companies, says who somebody is, not of what kind."""
_UNNAMED: Final = 0.5
"""Of a candidate that names no node of a label: it is neither for the asker's kind nor for another."""


class Meeting:
    """Nodes of one label that both sides lead to by some routes.

    Two scores: whether a candidate names a node at or above one of the asker's, and the cosine of all that both lead
    to with what is above it, rare nodes counting for more.
    """

    def __init__(self, known: Known, label: str, asking: Sequence[Route], naming: Sequence[Route]) -> None:
        self.known, self.asking = known, asking
        self.name = f"meets:{label}"
        self.above = trees_above(known, label)
        named = _led_to(known, known.rows_of(known.task.candidate), naming)
        self.named = narrow(sparse.csr_array(named.T))
        self.unnamed = np.diff(named.indptr) == 0
        whole = self._with_above(named)
        having = np.bincount(whole.indices, minlength=whole.shape[1])
        self.rarity = np.log1p(whole.shape[0] / np.maximum(having, 1)).astype(np.float32)
        self.candidates = narrow(sparse.csr_array(self._weighed(whole).T))
        self.askers = narrow(self._led(known.rows_of(known.task.query)))

    def scores(self, _seeds: Seeds, questions: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield both, (Q, C)."""
        mine = sparse.csr_array(
            (self.askers if questions.guests is None else self._led(questions.guests))[questions.query]
        )
        meets = dense_product(mine, self.named) > 0
        yield self.name, np.where(self.unnamed[None, :], _UNNAMED, meets).astype(np.float32)
        yield f"{self.name}:cosine", dense_product(self._weighed(mine), self.candidates)

    def _led(self, rows: Rows) -> sparse.csr_array:
        return self._with_above(_led_to(self.known, rows, self.asking))

    def _with_above(self, nodes: sparse.csr_array) -> sparse.csr_array:
        for tree in self.above:
            nodes = sparse.csr_array(nodes @ tree)
        return _ones(nodes)

    def _weighed(self, nodes: sparse.csr_array) -> sparse.csr_array:
        return unit_rows(scaled_columns(nodes, self.rarity))


def meetings(known: Known) -> list[Meeting]:
    """Return one for each label that both sides lead to, the four that most candidates name where there are more.

    Which these are is the same at every moment, since all relations are looked at, known yet or not.
    """
    if known.same_label:
        return []
    asking, naming = _routes(known, known.task.query), _routes(known, known.task.candidate)
    sizes = {edges.key: len(edges) for edges in known.dataset.context}
    most = {label: max(sizes[route[0][:3]] for route in routes) for label, routes in naming.items()}
    shared = sorted(asking.keys() & naming.keys(), key=lambda label: (-most[label], label))
    return [Meeting(known, label, asking[label], naming[label]) for label in shared[:_MOST_LABELS]]


def _routes(known: Known, label: str) -> dict[str, list[Route]]:
    """Return the routes from nodes of a label by the label that they lead to.

    Of two relations the first joins one to one or many, such as a need to its company or a room to its centre, and the
    second is what the node between says of itself.
    """
    found: dict[str, list[Route]] = {}
    for near in known.dataset.context:
        for key, far in _ways(near, label):
            _add(known, found, label, far, (key,))
            if not _one_to_many(near):
                continue
            for onward in known.dataset.context:
                if onward.source == far and onward.target != far:
                    _add(known, found, label, onward.target, (key, (*onward.key, "out")))
    return found


def _ways(edges: Edges, label: str) -> list[tuple[LinkKey, str]]:
    """Directions in which a relation leads away from a label, and to what."""
    ends: list[tuple[LinkKey, str, str]] = [
        ((*edges.key, "out"), edges.source, edges.target),
        ((*edges.key, "in"), edges.target, edges.source),
    ]
    return [(key, far) for key, near, far in ends if near == label and far != label]


def _add(known: Known, found: dict[str, list[Route]], near: str, far: str, route: Route) -> None:
    if far not in {near, known.task.query, known.task.candidate} and len(known.dataset.nodes[far]) <= _MOST_NODES:
        found.setdefault(far, []).append(route)


def _one_to_many(edges: Edges) -> bool:
    return len(edges) > 0 and min(np.bincount(edges.src).max(), np.bincount(edges.dst).max()) == 1


def _led_to(known: Known, rows: Rows, routes: Sequence[Route]) -> sparse.csr_array:
    """Nodes that rows lead to by any of the routes, as ones; (rows, nodes)."""
    found = []
    for first, *more in routes:
        reached = rows.links[first]
        for key in more:
            reached = reached @ known.adjacency(key[0])[key]
        found.append(reached)
    return _ones(sparse.csr_array(sum(found[1:], found[0])))


def _ones(matrix: sparse.csr_array) -> sparse.csr_array:
    matrix = matrix.copy()
    matrix.data = np.ones_like(matrix.data)
    return matrix
