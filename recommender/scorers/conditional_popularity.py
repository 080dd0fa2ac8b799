"""Conditional popularity: what is popular among past queries that share facts with the one that asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from scipy import sparse

from recommender.knowledge.known import Known, Questions, Rows
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.facts import Fields, attribute_facts, linked_facts
from recommender.scorers.popularity import decayed_history

FactKind = Literal["attributes", "links", "all"]
_MOST_CELLS: Final = 50_000_000
"""Bound on the counted pairs of a fact and a candidate: some 400 MB."""


@dataclass(frozen=True)
class ConditionalPopularity:
    """score(q, c) = Σ_x idf(x) · (n_xc + m p_c) / (n_x + m), over the facts x of the query.

    n_x: past queries that have x; n_xc: their pairs with c, of weight 2^(−age / half_life); p_c: share of all past
    queries that have c; m: ``smoothing``; idf(x) = log(1 + N / n_x). Each term is the chance of c given x with a
    Dirichlet prior (Zhai and Lafferty, "A Study of Smoothing Methods for Language Models", 2004). A query without facts
    gets p_c. ``hops`` 2 also counts what linked nodes are linked to. The rarest facts are left out where all would not
    fit in memory.
    """

    facts: FactKind = "all"
    """Which facts of the query count: its attributes, the nodes that it is linked to, or both."""
    smoothing: float = 10.0
    """m: how many past queries plain popularity weighs as much as; above 0."""
    half_life: float | None = None
    """Days after which a pair counts half, above 0; None counts old and new alike."""
    hops: int = 1
    """How far linked facts reach: 1 for linked nodes, 2 for what those are linked to in turn as well."""
    only: str = ""
    """The one attribute or linked label (``@Region``) that counts; every one where empty."""
    name: str = "conditional-popularity"
    """Name of the row in reports."""

    def fit(self, known: Known, _rng: np.random.Generator) -> ConditionalScorer:
        """Count pairs by fact."""
        history = decayed_history(known, self.half_life)
        active = np.diff(known.history.indptr) > 0
        total = max(int(active.sum()), 1)
        own = _facts(known, self)
        kept = _within_memory(own[active], known.history[active], _MOST_CELLS)
        own = own[:, kept]
        past = own[active]
        having = np.bincount(past.indices, minlength=own.shape[1])
        idf = np.where(having > 0, np.log1p(total / np.maximum(having, 1)), 0.0)
        weight = (idf / (having + self.smoothing)).astype(np.float32)
        counts = sparse.csr_array(sparse.diags_array(weight) @ sparse.csr_array(past.T @ history[active]))
        prior = np.asarray(history.sum(axis=0)).reshape(-1) / total
        backing = weight * np.float32(self.smoothing)
        return ConditionalScorer(self, known, own, kept, counts, backing, prior.astype(np.float32))


@dataclass(frozen=True)
class ConditionalScorer:
    """``facts``: (query nodes, F) as ones, ``kept`` of all that there are; ``counts``: (F, C).

    ``backing``: (F,), weight of the prior (C,).
    """

    config: ConditionalPopularity
    known: Known
    facts: sparse.csr_array
    kept: Indices
    counts: sparse.csr_array
    backing: Floats
    prior: Floats

    def score(self, questions: Questions) -> Floats:
        """Sum over the facts of each query."""
        rows = questions.guests
        mine = (self.facts if rows is None else _facts(self.known, self.config, rows)[:, self.kept])[questions.query]
        # The least weight orders by popularity those of whom nothing is known.
        backing = np.asarray(mine @ self.backing).reshape(-1, 1) + np.float32(1e-6)
        return np.asarray((mine @ self.counts).toarray() + backing * self.prior, dtype=np.float32)


def _facts(known: Known, config: ConditionalPopularity, rows: Rows | None = None) -> sparse.csr_array:
    """Facts of all query nodes, or of guests, as ones; (rows, all facts)."""
    nodes = known.queries if rows is None else rows.nodes
    fields: Fields = {}
    if config.facts != "links":
        fields |= attribute_facts(nodes, known.queries)
    if config.facts != "attributes":
        fields |= linked_facts(known, known.task.query, hops=config.hops, rows=rows)
    if config.only:
        fields = {name: field for name, field in fields.items() if name == config.only}
    if not fields:
        return sparse.csr_array((len(nodes), 0), dtype=np.float32)
    found = sparse.csr_array(sparse.hstack(list(fields.values()), format="csr"), copy=True)
    found.data[:] = 1.0
    return found


def _within_memory(past: sparse.csr_array, history: sparse.csr_array, cells: int) -> Indices:
    """Return the places of the most frequent facts that have no more than ``cells`` pairs with candidates."""
    pairs = np.minimum(past.T @ np.diff(history.indptr).astype(np.float64), history.shape[1])
    order = np.argsort(-np.bincount(past.indices, minlength=past.shape[1]), kind="stable")
    return np.asarray(np.sort(order[np.cumsum(pairs[order]) <= cells]), dtype=np.int64)
