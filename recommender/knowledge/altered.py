"""The control of every graph model: the same questions over a graph whose edges were shuffled."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from recommender.knowledge.dataset import Edges
from recommender.knowledge.known import Known, Pairs, joined
from recommender.measure.arrays import Flags, Indices, Times

_BUCKET: Final = 1_000
"""Edges of neighbouring dates that change ends with one another; a date then stays plausible for both ends."""
_ROUNDS: Final = 50
"""Rounds of swaps after which no pair is where it was by more than chance; each is quick."""
_FAIR: Final = 0.5
"""Which end of a symmetric edge stays is a toss of a coin, so that any two ends may meet."""


def shuffled(known: Known, rng: np.random.Generator) -> Known:
    """Return the same with every relation and the history rewired at random; attributes and candidates stay.

    Every node keeps its number of edges in each relation, at either end, but for the few edges that could not be placed
    without repeating another or joining a node to itself, and are dropped. Edges change ends with others of about the
    same date.
    """
    relations = tuple(_rewired_relation(edges, rng) for edges in known.relations)
    return replace(known, pairs=_rewired_pairs(known, rng), relations=relations)


def _rewired_relation(edges: Edges, rng: np.random.Generator) -> Edges:
    dst, kept = _rewired(edges.src, edges.dst, edges.time, rng, loops=edges.source != edges.target)
    return replace(edges, dst=dst).take(kept)


def _rewired_pairs(known: Known, rng: np.random.Generator) -> Pairs:
    """Rewire the history; where the relation is symmetric each edge once, and both its ways together."""
    pairs = known.pairs
    if not known.task.symmetric:
        candidate, kept = _rewired(pairs.query, pairs.candidate, pairs.time, rng, loops=not known.same_label)
        return replace(pairs, candidate=candidate).take(kept)
    once = pairs.take(pairs.query < pairs.candidate)
    turned = rng.random(len(once)) < _FAIR
    near, far = np.where(turned, once.candidate, once.query), np.where(turned, once.query, once.candidate)
    far, kept = _rewired(near, far, once.time, rng, loops=False, symmetric=True)
    forward = replace(once, query=near, candidate=far).take(kept)
    return joined(forward, replace(forward, query=forward.candidate, candidate=forward.query))


def _rewired(
    src: Indices,
    dst: Indices,
    time: Times,
    rng: np.random.Generator,
    *,
    loops: bool,
    symmetric: bool = False,
) -> tuple[Indices, Flags]:
    """Return new far ends, shape (edges,), and which edges to keep: none is a loop or repeats another unless some did.

    Ends are permuted within buckets of neighbouring dates; edges that repeat another, or are loops where ``loops`` are
    not, then change ends with others of their bucket until no more are left than there were.
    """
    buckets = _buckets(time, rng)
    bucket_of = np.zeros(len(dst), dtype=np.int64)
    repeats = int(_repeated(src, dst, symmetric=symmetric).sum())
    for number, rows in enumerate(buckets):
        bucket_of[rows] = number
    dst = _permuted(dst, np.arange(len(dst)), bucket_of, rng)
    for _ in range(_ROUNDS):
        repeated, loop = _repeated(src, dst, symmetric=symmetric), (src == dst) & (not loops)
        wrong = np.flatnonzero(repeated | loop)
        if repeated.sum() <= repeats and not loop.any():
            break
        partners = [rng.choice(buckets[number], size) for number, size in enumerate(np.bincount(bucket_of[wrong]))]
        dst = _permuted(dst, np.unique(np.concatenate([wrong, *partners])), bucket_of, rng)
    repeated, loop = _repeated(src, dst, symmetric=symmetric), (src == dst) & (not loops)
    # As many edges as repeated another before may do so after.
    allowed = np.flatnonzero(repeated & ~loop)[:repeats]
    repeated[allowed] = False
    return dst, ~(repeated | loop)


def _permuted(dst: Indices, rows: Indices, bucket_of: Indices, rng: np.random.Generator) -> Indices:
    """Permute the ends of some edges within their buckets."""
    to = rows[np.argsort(bucket_of[rows], kind="stable")]
    mixed = rng.permutation(rows)
    changed = dst.copy()
    changed[to] = dst[mixed[np.argsort(bucket_of[mixed], kind="stable")]]
    return changed


def _buckets(time: Times, rng: np.random.Generator) -> list[Indices]:
    """Split edges into groups of about a thousand neighbours in time; undated edges are one group of their own."""
    undated = np.isnat(time)
    mixed = rng.permutation(len(time))
    dated = mixed[~undated[mixed]]
    dated = dated[np.argsort(time[dated], kind="stable")]
    groups = np.array_split(dated, max(1, len(dated) // _BUCKET))
    return [rows.astype(np.int64) for rows in (*groups, np.flatnonzero(undated)) if len(rows)]


def _repeated(src: Indices, dst: Indices, *, symmetric: bool) -> Flags:
    """Flag edges that repeat an earlier one, shape (edges,)."""
    one, other = (np.minimum(src, dst), np.maximum(src, dst)) if symmetric else (src, dst)
    codes = one * (int(other.max(initial=0)) + 1) + other
    order = np.argsort(codes, kind="stable")
    repeated = np.zeros(len(codes), dtype=bool)
    repeated[order[1:]] = codes[order[1:]] == codes[order[:-1]]
    return repeated
