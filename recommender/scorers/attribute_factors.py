"""Factorised attributes: which kinds of candidates suit which kinds of askers, learned from who took what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn, Column, DateColumn, NumberColumn
from recommender.knowledge.known import Asked, Known, Rows
from recommender.measure.arrays import Arrays, Flags, Floats
from recommender.scorers.facts import compact, number_ranges
from recommender.scorers.popularity import decayed_history, span_days

_MOST_VALUES: Final = 5_000
"""Values of a field at most: a field of more, such as other companies, says who somebody is, not of what kind."""
_MOST_ONWARD: Final = 500
"""Values of a field that is reached over another node, such as the topics of an asker's needs."""
_DEEPEST_TREE: Final = 6
_BATCH: Final = 512
"""Askers of one step."""
_BETAS: Final = (0.9, 0.99)
_TINY: Final = 1e-8
_LEAST_LOG: Final = -60.0
"""Below this the power of e would be nought in single precision, and tie with others."""
_START: Final = 0.05
"""Spread of the vectors before training: products of two near nought, so that popularity is learned first."""


@dataclass(frozen=True)
class AttributeFactors:
    """score(q, c) = exp(f_q · g_c + b_c) relative to the best, f_q the sum of its attributes, g_c its own and theirs.

    A factorisation machine of the two sides (Rendle 2010; Kula 2015, "Metadata embeddings") under a softmax over all
    candidates, trained by Adam on each asker's known pairs. Attributes are categories, numbers and days in ranges, and
    linked nodes with all that stands above them in a tree, so that an industry shares what its group has shown.
    """

    dimension: int = 8
    """Length of the vectors; 1 or more."""
    decay: float = 0.01
    """Pull of every number towards 0 in each step, as a share of the step; 0 or more."""
    rate: float = 0.03
    """Length of a step of Adam; above 0."""
    epochs: int = 12
    """Passes over the askers; 1 or more."""
    half_life: float = 2.0
    """Age at which a pair counts half, as a share of the time that pairs span; above 0."""
    name: str = "attribute-factors"
    """Name of the row in reports."""

    def fit(self, known: Known, rng: np.random.Generator) -> FactorScorer:
        """Train on the known pairs."""
        askers = attributes_of(known, known.task.query)
        candidates = attributes_of(known, known.task.candidate)
        shape = askers.shape[1], candidates.shape[1], len(known.candidates)
        arrays: Arrays = {
            "asker": _drawn(rng, shape[0], self.dimension),
            "kind": _drawn(rng, shape[1], self.dimension),
            "own": np.zeros((shape[2], self.dimension), np.float32),
            "bias": np.zeros(shape[2], np.float32),
        }
        target = self._target(known)
        rows = np.flatnonzero(np.diff(target.indptr))
        # What was taken and is not ranked, such as notices of another kind, tells of who took it all the same.
        may = known.is_candidate | (np.bincount(target.indices, minlength=shape[2]) > 0)
        steps = _Adam(self.rate, self.decay, arrays)
        for _ in range(self.epochs if len(rows) else 0):
            order = rng.permutation(rows)
            for begin in range(0, len(order), _BATCH):
                batch = np.sort(order[begin : begin + _BATCH])
                steps.take(_gradients(arrays, askers[batch], candidates, target[batch], may))
        return _scorer(known, arrays, askers, candidates)

    def restore(self, known: Known, arrays: Arrays) -> FactorScorer:
        """Return the scorer whose ``arrays`` these are."""
        askers = attributes_of(known, known.task.query)
        return _scorer(known, arrays, askers, attributes_of(known, known.task.candidate))

    def _target(self, known: Known) -> sparse.csr_array:
        """Weights of the known pairs, young ones more; (Q, C)."""
        span = span_days(known)
        return sparse.csr_array(decayed_history(known, span * self.half_life if span else None), dtype=np.float32)


@dataclass(frozen=True)
class FactorScorer:
    """``states``: (Q, d) of the query nodes, ``factors``: (C, d) of the candidates; ``arrays`` are what was trained."""

    known: Known
    trained: Arrays
    states: Floats
    factors: Floats

    @property
    def embeddings(self) -> Floats:
        """Vector of each candidate, (C, d)."""
        return self.factors

    def arrays(self) -> Arrays:
        """Return what training found."""
        return self.trained

    def score(self, asked: Asked) -> Floats:
        """Compare who asks with every candidate, relative to the best that is ranked."""
        states = self.states
        if asked.guests is not None:
            rows = attributes_of(self.known, self.known.task.query, asked.guests)
            states = np.asarray(rows @ self.trained["asker"], dtype=np.float32)
        logits = _logits(states[asked.query], self.factors, self.trained["bias"])
        logits -= logits[:, self.known.is_candidate].max(axis=1, keepdims=True, initial=-np.inf)
        np.clip(logits, _LEAST_LOG, 0.0, out=logits)
        return np.exp(logits, out=logits)


def _scorer(known: Known, arrays: Arrays, askers: sparse.csr_array, candidates: sparse.csr_array) -> FactorScorer:
    factors = np.asarray(arrays["own"] + candidates @ arrays["kind"], dtype=np.float32)
    return FactorScorer(known, arrays, np.asarray(askers @ arrays["asker"], dtype=np.float32), factors)


class _Adam:
    """Steps of Adam (Kingma and Ba 2015) with decoupled decay, in place."""

    def __init__(self, rate: float, decay: float, arrays: Arrays) -> None:
        self.rate, self.decay, self.arrays, self.count = rate, decay, arrays, 0
        self.first = {name: np.zeros_like(each) for name, each in arrays.items()}
        self.second = {name: np.zeros_like(each) for name, each in arrays.items()}

    def take(self, gradients: Mapping[str, Floats]) -> None:
        self.count += 1
        one, two = _BETAS
        for name, gradient in gradients.items():
            mean, square, values = self.first[name], self.second[name], self.arrays[name]
            mean += (1 - one) * (gradient - mean)
            square += (1 - two) * (gradient**2 - square)
            step = mean / (1 - one**self.count) / (np.sqrt(square / (1 - two**self.count)) + _TINY)
            values -= np.float32(self.rate) * step
            if name != "bias":
                values *= np.float32(1 - self.decay)


def _gradients(
    arrays: Arrays, askers: sparse.csr_array, candidates: sparse.csr_array, target: sparse.csr_array, may: Flags
) -> dict[str, Floats]:
    """Gradients of the mean cross entropy of a batch of askers."""
    states = askers @ arrays["asker"]
    factors = arrays["own"] + candidates @ arrays["kind"]
    error = _logits(states, factors, arrays["bias"])
    error[:, ~may] = -np.inf
    _make_softmax(error)
    wanted = target.toarray()
    total = wanted.sum(axis=1, keepdims=True)
    # In place: each copy has a number for every asker and candidate, and making it takes longer than computing it.
    error *= total
    error -= wanted
    error /= np.float32(max(total.sum(), _TINY))
    of_factors = error.T @ states
    return {
        "asker": askers.T @ (error @ factors),
        "kind": candidates.T @ of_factors,
        "own": of_factors,
        "bias": error.sum(axis=0),
    }


def _logits(states: Floats, factors: Floats, bias: Floats) -> Floats:
    logits = np.asarray(states @ factors.T, dtype=np.float32)
    logits += bias
    return logits


def _make_softmax(logits: Floats) -> None:
    """Turn logits into chances, in place."""
    logits -= logits.max(axis=1, keepdims=True, initial=-np.inf)
    np.exp(logits, out=logits)
    logits /= logits.sum(axis=1, keepdims=True)


def _drawn(rng: np.random.Generator, rows: int, columns: int) -> Floats:
    return np.asarray(_START * rng.standard_normal((rows, columns)), dtype=np.float32)


def attributes_of(known: Known, label: str, rows: Rows | None = None) -> sparse.csr_array:
    """Describe nodes of a label, or guests, by attributes of kinds: each field's row sums to 1; (rows, attributes).

    The first attribute is everybody's.
    """
    nodes = known.dataset.nodes[label]
    found = known.rows_of(label) if rows is None else rows
    size = len(found)
    fields = [sparse.csr_array(np.ones((size, 1), np.float32))]
    fields += [_of_column(mine, all_) for mine, all_ in zip(found.nodes.columns, nodes.columns, strict=True)]
    for (source, name, target, way), links in found.links.items():
        far = target if way == "out" else source
        if links.shape[1] <= _MOST_VALUES:
            fields += [links @ tree for tree in trees_above(known, far)] or [links]
        for (*key, back), onward in known.adjacency(far).items():
            if onward.shape[1] <= _MOST_ONWARD and (tuple(key), back) != ((source, name, target), _other(way)):
                fields.append(links @ onward)
    return compact(sparse.csr_array(sparse.hstack([_shares(each) for each in fields if each.shape[1]], format="csr")))


def _of_column(column: Column, of_all: Column) -> sparse.csr_array:
    if isinstance(column, CategoryColumn):
        return column.members
    if isinstance(column, NumberColumn) and isinstance(of_all, NumberColumn):
        return number_ranges(column.values, of_all.values)
    if isinstance(column, DateColumn) and isinstance(of_all, DateColumn):
        return number_ranges(_seconds(column), _seconds(of_all))
    return sparse.csr_array((len(column.values), 0), dtype=np.float32)


def _seconds(column: DateColumn) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.where(np.isnat(column.values), np.nan, column.values.astype(np.int64)).astype(np.float64)


def _other(way: str) -> str:
    return "in" if way == "out" else "out"


def trees_above(known: Known, label: str) -> list[sparse.csr_array]:
    """Each node of a label with all above it, by undated relations of the label in which a node has one above."""
    found = []
    for edges in known.dataset.context:
        if edges.source != label or edges.target != label or not np.isnat(edges.time).all():
            continue
        parents = known.adjacency(label).get((*edges.key, "out"))
        if parents is None or np.diff(parents.indptr).max(initial=0) > 1:
            continue
        reached = sparse.csr_array(sparse.eye_array(parents.shape[0], dtype=np.float32))
        above = reached
        for _ in range(_DEEPEST_TREE):
            reached = sparse.csr_array(reached @ parents)
            above = sparse.csr_array(above + reached)
        found.append(above)
    return found


def _shares(field: sparse.csr_array) -> sparse.csr_array:
    total = np.maximum(np.asarray(field.sum(axis=1)).reshape(-1), _TINY)
    share = (1.0 / total).astype(np.float32)
    data = (np.repeat(share, np.diff(field.indptr)) * field.data).astype(np.float32)
    return sparse.csr_array((data, field.indices, field.indptr), shape=field.shape)
