"""Baskets: sets of candidates that belong together, such as the members of a project or the items of a user."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from recommender.engine.profiles import attribute_blocks, joined_cosines, text_vectors_of
from recommender.knowledge.known import Known
from recommender.measure.arrays import Floats, Indices, Times
from recommender.scorers.few_rows import narrow

_MOST_MEMBERS = 400
"""Chosen by hand: larger baskets say little of what belongs together, and cost most."""
_MAX_FAMILIES = 4
"""Chosen by hand: each has weights and a pass of messages of its own."""


@dataclass(frozen=True)
class BasketFamily:
    """One kind of basket.

    ``members`` has shape (baskets, C), entries are weights over their mean; ``time`` (baskets,) is when a basket was
    last added to. ``profile`` and ``text`` describe the baskets as ``Seeds`` describe questions, None where nothing
    does. ``parts`` are the kinds it was joined from, each with its number of baskets, in order.
    """

    name: str
    members: sparse.csr_array
    time: Times
    profile: sparse.csr_array | None
    text: Floats | None
    parts: tuple[tuple[str, int], ...] = ()

    @property
    def sizes(self) -> Indices:
        """Members of each basket."""
        return np.asarray(np.diff(self.members.indptr), dtype=np.int64)


def basket_families(known: Known) -> tuple[BasketFamily, ...]:
    """Return the target sets of query nodes, then the nodes of other relations at the candidates, largest first.

    Which families there are, and their order, is the same at every moment; one of which nothing is known is empty.
    """
    ever = {edges.key: len(edges) for edges in known.dataset.context}
    found: list[tuple[int, BasketFamily]] = []
    for edges in known.relations:
        for way, near, far in (("out", edges.src, edges.dst), ("in", edges.dst, edges.src)):
            here, label = (edges.source, edges.target) if way == "out" else (edges.target, edges.source)
            if here == known.task.candidate and ever.get(edges.key):
                shape = len(known.dataset.nodes[label]), len(known.candidates)
                name = "__".join((*edges.key, way))
                found.append((ever[edges.key], _family(name, shape, (far, near), edges.weight, edges.time)))
    found.sort(key=lambda each: -each[0])
    families = [family for _, family in found]
    if len(families) > _MAX_FAMILIES - 1:
        families = [*families[: _MAX_FAMILIES - 2], _merged(families[_MAX_FAMILIES - 2 :])]
    # Where candidates ask, partners are sets that overlap with what joined them, such as projects, and far larger.
    targets = [] if known.same_label and families else [_of_targets(known)]
    return (*targets, *families)


def _of_targets(known: Known) -> BasketFamily:
    shape = len(known.queries), len(known.candidates)
    pairs = known.pairs
    family = _family("target", shape, (pairs.query, pairs.candidate), pairs.weight, pairs.time)
    blocks = attribute_blocks(known, known.task.query)
    profile = joined_cosines(blocks, len(known.queries)) if blocks else None
    return replace(family, profile=profile, text=text_vectors_of(known, known.task.query))


def _family(
    name: str, shape: tuple[int, int], cells: tuple[Indices, Indices], weight: Floats, time: Times
) -> BasketFamily:
    basket = cells[0]
    mean = float(np.abs(weight).mean()) if len(weight) else 1.0
    scaled = np.maximum(weight / max(mean, 1e-9), 0.05).astype(np.float32)
    total = sparse.coo_array((scaled, cells), shape=shape).tocsr()
    count = sparse.coo_array((np.ones(len(basket), np.float32), cells), shape=shape).tocsr()
    total.sort_indices()
    count.sort_indices()
    total.data /= count.data
    small = np.diff(total.indptr) <= _MOST_MEMBERS
    members = sparse.csr_array(sparse.diags_array(small.astype(np.float32)) @ total)
    members.eliminate_zeros()
    members = narrow(members)
    last = np.full(shape[0], np.iinfo(np.int64).min)
    np.maximum.at(last, basket, time.astype("datetime64[s]").astype(np.int64))
    return BasketFamily(name, members, last.astype("datetime64[s]"), None, None, ((name, shape[0]),))


def _merged(families: list[BasketFamily]) -> BasketFamily:
    members = narrow(sparse.csr_array(sparse.vstack([each.members for each in families])))
    time = np.concatenate([each.time for each in families])
    return BasketFamily("others", members, time, None, None, tuple(part for each in families for part in each.parts))


def ages(family: BasketFamily, now: np.datetime64, unit: float) -> Floats:
    """Age of each basket in units of ``unit`` seconds, 0 where time is not known; shape (baskets,)."""
    if np.isnat(now) or unit <= 0:
        return np.zeros(len(family.time), dtype=np.float32)
    seconds = (now - family.time) / np.timedelta64(1, "s")  # NaN where there is no time
    return np.nan_to_num(np.clip(seconds / unit, 0.0, 50.0)).astype(np.float32)
