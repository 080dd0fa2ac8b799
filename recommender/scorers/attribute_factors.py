"""Factorised attributes: which kinds of candidates suit which kinds of askers, learned from who took what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy import sparse

from recommender.knowledge.columns import CategoryColumn, Column, DateColumn, NumberColumn
from recommender.knowledge.known import Known, LinkKey, Questions, Rows
from recommender.knowledge.one_cycle import OneCycle
from recommender.knowledge.one_thread import one_thread
from recommender.measure.arrays import Arrays, Flags, Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.scorers.facts import compact, in_ranges, range_limits
from recommender.scorers.few_rows import side_by_side
from recommender.scorers.popularity import decayed_history, span_days

_MOST_VALUES: Final = 5_000
"""Values of a field at most: a field of more, such as other companies, says who somebody is, not of what kind."""
_MOST_ONWARD: Final = 500
"""Values of a field that is reached over another node, such as the topics of an asker's needs."""
_DEEPEST_TREE: Final = 6
"""Levels of KSIC and of regions, and one to spare; a loop in the data ends there."""
_BATCH: Final = 512
"""Askers of one step."""
_BETAS: Final = (0.9, 0.99)
"""The second below the usual .999: some hundred steps are taken, in which that would never settle."""
_MOST_DECAY: Final = 0.5
"""Share of a number that a step takes at most: more would leave no trace of the step before."""
_TINY: Final = 1e-8
"""Of the paper."""
_LEAST_LOG: Final = -60.0
"""Below this the power of e would be nought in single precision, and tie with others."""
_RISING: Final = 0.2
"""Share of the steps in which they grow. Chosen by hand."""
_YEAR: Final = 365.25 * 86_400
"""Seconds."""
_FURTHEST: Final = 4.0
"""Standard deviations beyond which a number counts as no further away. Chosen by hand."""
_START: Final = 0.05
"""Spread of the vectors before training: products of two near nought, so that popularity is learned first."""


@dataclass(frozen=True)
class AttributeFactors:
    """score(q, c) = exp(f_q · g_c + b_c) relative to the best, f_q the sum of its attributes, g_c its own and theirs.

    A factorisation machine of the two sides (Rendle 2010; Kula 2015, "Metadata embeddings") under a softmax over all
    candidates, trained by Adam on each asker's known pairs. Attributes are categories, numbers and days in ranges and
    as they are, and linked nodes with all that stands above them in a tree, each level at its full weight, so that an
    industry shares what its group has shown.
    """

    dimension: int = 12
    """Length of the vectors; 1 or more."""
    reg: float = 15.0
    """Pull of every number towards 0 over the whole training, so weaker in each of more steps; 0 or more."""
    rate: float = 0.03
    """Length of a step of Adam at its longest: steps grow for a fifth of the training, then shrink to nothing."""
    epochs: int = 24
    """Passes over the askers; 1 or more."""
    half_life: float = 2.0
    """Age at which a pair counts half, as a share of the time that pairs span; above 0."""
    name: str = "attribute-factors"
    """Name of the row in reports."""

    def fit(self, known: Known, rng: np.random.Generator) -> FactorScorer:
        """Train on the known pairs."""
        asker = Attributes(known, known.task.query)
        askers, candidates = asker.of_all(), Attributes(known, known.task.candidate).of_all()
        target = self._target(known)
        taking = np.flatnonzero(np.diff(target.indptr))
        # What no asker with a pair is, or no candidate, teaches nothing: half of all that there is to be.
        mine, theirs = _occurring(askers[taking]), _occurring(candidates)
        trained = self._trained(askers[taking][:, mine], candidates[:, theirs], target[taking], known.is_candidate, rng)
        trained["asker"] = _placed(trained["asker"], mine, askers.shape[1])
        trained["kind"] = _placed(trained["kind"], theirs, candidates.shape[1])
        return _scorer(known, trained, asker, (askers, candidates))

    def _trained(
        self,
        askers: sparse.csr_array,
        candidates: sparse.csr_array,
        target: sparse.csr_array,
        ranked: Flags,
        rng: np.random.Generator,
    ) -> Arrays:
        """Train on askers (Q, attributes) with what they took, ``target`` (Q, C)."""
        size = target.shape[1]
        arrays: Arrays = {
            "asker": _drawn(rng, askers.shape[1], self.dimension),
            "kind": _drawn(rng, candidates.shape[1], self.dimension),
            "own": np.zeros((size, self.dimension), np.float32),
            "bias": np.zeros(size, np.float32),
        }
        # What was taken and is not ranked, such as notices of another kind, tells of who took it all the same.
        may = ranked | (np.bincount(target.indices, minlength=size) > 0)
        steps = _Adam(self.rate, self.reg, arrays, self.epochs * -(-askers.shape[0] // _BATCH))
        for _ in range(self.epochs):
            order = rng.permutation(askers.shape[0])
            for begin in range(0, len(order), _BATCH):
                batch = np.sort(order[begin : begin + _BATCH])
                with one_thread():  # its products are so small that threads wait for each other, four times as long
                    steps.take(_gradients(arrays, askers[batch], candidates, target[batch], may))
        return arrays

    def restore(self, known: Known, arrays: Arrays) -> FactorScorer:
        """Return the scorer whose ``arrays`` these are."""
        asker = Attributes(known, known.task.query)
        return _scorer(known, arrays, asker, (asker.of_all(), Attributes(known, known.task.candidate).of_all()))

    def _target(self, known: Known) -> sparse.csr_array:
        """Weights of the known pairs, young ones more; (Q, C)."""
        span = span_days(known)
        return sparse.csr_array(decayed_history(known, span * self.half_life if span else None), dtype=np.float32)


@dataclass(frozen=True)
class FactorScorer:
    """``states``: (Q, d) of the query nodes, ``factors``: (C, d) of the candidates; ``trained`` is what was."""

    known: Known
    trained: Arrays
    states: Floats
    factors: Floats
    asker: Attributes

    @property
    def embeddings(self) -> Floats:
        """Vector of each candidate, (C, d)."""
        return self.factors

    def arrays(self) -> Arrays:
        """Return what training found."""
        return self.trained

    def retrieval_scores(self, candidate: int) -> Floats:
        """Compare every query node with one candidate, (Q,): the mean of two standard scores over the nodes.

        The one is of the logits, the other of the logits less each node's own mean, over their deviation; both follow
        from the mean and the covariance of the factors, so no other candidate is looked at.
        """
        states = np.column_stack([self.states, np.ones(len(self.states), np.float32)])
        logits = states @ np.append(self.factors[candidate], self.trained["bias"][candidate])
        mean, deviation = self._moments
        both = np.stack([logits, (logits - mean) / deviation])
        return np.asarray(standard(both.astype(np.float32)).mean(axis=0), dtype=np.float32)

    @cached_property
    def _moments(self) -> tuple[Floats, Floats]:
        """Mean and standard deviation of each query node's logits over the candidates; both (Q,)."""
        ranked = self.known.is_candidate
        factors = np.column_stack([self.factors, self.trained["bias"]])[ranked].astype(np.float64)
        states = np.column_stack([self.states, np.ones(len(self.states), np.float32)]).astype(np.float64)
        spread = np.einsum("qi,ij,qj->q", states, np.cov(factors.T, bias=True), states)
        return np.asarray(states @ factors.mean(axis=0)), np.sqrt(np.maximum(spread, _TINY))

    def score(self, questions: Questions) -> Floats:
        """Compare who asks with every candidate, relative to the best that is ranked."""
        states = self.states
        if questions.guests is not None:
            states = np.asarray(self.asker.of(questions.guests) @ self.trained["asker"], dtype=np.float32)
        logits = _logits(states[questions.query], self.factors, self.trained["bias"])
        logits -= logits[:, self.known.is_candidate].max(axis=1, keepdims=True, initial=-np.inf)
        np.clip(logits, _LEAST_LOG, 0.0, out=logits)
        return np.exp(logits, out=logits)


def _scorer(
    known: Known, arrays: Arrays, asker: Attributes, described: tuple[sparse.csr_array, sparse.csr_array]
) -> FactorScorer:
    """Return the scorer of what was trained; ``described`` are all askers and all candidates."""
    askers, candidates = described
    factors = np.asarray(arrays["own"] + candidates @ arrays["kind"], dtype=np.float32)
    return FactorScorer(known, arrays, np.asarray(askers @ arrays["asker"], dtype=np.float32), factors, asker)


class _Adam:
    """Steps of Adam (Kingma and Ba 2015) with decoupled decay, in place; both follow one cycle over all ``steps``."""

    def __init__(self, rate: float, reg: float, arrays: Arrays, steps: int) -> None:
        self.rate, self.arrays, self.count = rate, arrays, 0
        self.decay = min(reg / max(1, steps), _MOST_DECAY)
        self.cycle = OneCycle(1.0, steps, _RISING)
        self.first = {name: np.zeros_like(each) for name, each in arrays.items()}
        self.second = {name: np.zeros_like(each) for name, each in arrays.items()}

    def take(self, gradients: Mapping[str, Floats]) -> None:
        share, _ = self.cycle.at(self.count)
        self.count += 1
        one, two = _BETAS
        for name, gradient in gradients.items():
            mean, square, values = self.first[name], self.second[name], self.arrays[name]
            mean += (1 - one) * (gradient - mean)
            square += (1 - two) * (gradient**2 - square)
            step = mean / (1 - one**self.count) / (np.sqrt(square / (1 - two**self.count)) + _TINY)
            values -= np.float32(self.rate * share) * step
            if name != "bias":
                values *= np.float32(1 - self.decay * share)


def _gradients(
    arrays: Arrays, askers: sparse.csr_array, candidates: sparse.csr_array, target: sparse.csr_array, may: Flags
) -> dict[str, Floats]:
    """Gradients of the mean cross entropy of a batch of askers."""
    states = askers @ arrays["asker"]
    factors = arrays["own"] + candidates @ arrays["kind"]
    total = np.asarray(target.sum(axis=1)).reshape(-1)
    weight = 1.0 / max(float(total.sum()), _TINY)
    # In place: each copy has a number for every asker and candidate, and making it takes longer than computing it.
    error = _logits(states, factors, np.where(may, arrays["bias"], np.float32(-np.inf)))
    error -= error.max(axis=1, keepdims=True, initial=-np.inf)
    np.exp(error, out=error)
    error *= (weight * total / error.sum(axis=1)).astype(np.float32)[:, None]
    error[np.repeat(np.arange(len(total)), np.diff(target.indptr)), target.indices] -= np.float32(weight) * target.data
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


def _drawn(rng: np.random.Generator, rows: int, columns: int) -> Floats:
    return np.asarray(_START * rng.standard_normal((rows, columns)), dtype=np.float32)


def _occurring(rows: sparse.csr_array) -> Indices:
    """Return the places of the columns in which a row has something."""
    return np.flatnonzero(np.bincount(rows.indices, minlength=rows.shape[1]))


def _placed(vectors: Floats, at: Indices, size: int) -> Floats:
    """Put vectors (n, d) at their places among ``size``, nought elsewhere."""
    found: Floats = np.zeros((size, vectors.shape[1]), np.float32)
    found[at] = vectors
    return found


class Attributes:
    """Describes nodes of a label, or guests, by attributes of kinds; keeps what does not depend on who is described."""

    def __init__(self, known: Known, label: str) -> None:
        self.known, self.label = known, label
        measured = [each for each in known.dataset.nodes[label].columns if isinstance(each, NumberColumn | DateColumn)]
        self._limits = {each.name: range_limits(_numbers(each)) for each in measured}
        self._scales = {each.name: _Scale.of(each) for each in measured}
        far_ends = set(map(_far_end, known.adjacency(label)))
        self._above = {far: trees_above(known, far) for far in far_ends}
        self._onwards = {far: _kinds_onward(known, far) for far in far_ends}

    def of(self, rows: Rows) -> sparse.csr_array:
        """Return (rows, attributes), the first everybody's; rows of a field sum to 1, but for numbers as they are."""
        fields = [sparse.csr_array(np.ones((len(rows), 1), np.float32))]
        fields += [field for column in rows.nodes.columns for field in self._of_column(column)]
        for key, links in rows.links.items():
            far = _far_end(key)
            if links.shape[1] <= _MOST_VALUES:
                fields += [_onward(_shares(links), tree) for tree in self._above[far]] or [_shares(links)]
            for (*onto, back), onward in self._onwards[far].items():
                if (tuple(onto), back) != (key[:3], _other(key[3])):
                    fields.append(_shares(_onward(links, onward)))
        return compact(side_by_side([each for each in fields if each.shape[1]]))

    def of_all(self) -> sparse.csr_array:
        """Return those of all nodes of the label."""
        return self.of(self.known.rows_of(self.label))

    def _of_column(self, column: Column) -> Iterator[sparse.csr_array]:
        """Yield categories, or numbers and days: in ranges, then as they are."""
        if isinstance(column, CategoryColumn):
            yield _shares(column.members)
        elif isinstance(column, NumberColumn | DateColumn):
            yield in_ranges(_numbers(column), self._limits[column.name])
            yield sparse.csr_array(self._scales[column.name].standard(column)[:, None])


@dataclass(frozen=True)
class _Scale:
    """What numbers are measured by: the newest of days, and the mean and the spread of the logarithms."""

    newest: float
    mean: float
    spread: float

    @classmethod
    def of(cls, column: NumberColumn | DateColumn) -> _Scale:
        numbers = _numbers(column)
        known = numbers[np.isfinite(numbers)]
        newest = float(known.max(initial=0.0)) if isinstance(column, DateColumn) else 0.0
        logs = _logs(known, newest)
        return cls(newest, float(logs.mean()) if len(logs) else 0.0, float(logs.std()) if len(logs) else 0.0)

    def standard(self, column: NumberColumn | DateColumn) -> Floats:
        """Return standard scores of the logarithms, (n,); 0 where nothing is known."""
        away = (_logs(_numbers(column), self.newest) - self.mean) / max(self.spread, _TINY)
        return np.nan_to_num(np.clip(away, -_FURTHEST, _FURTHEST)).astype(np.float32)


def _logs(numbers: npt.NDArray[np.float64], newest: float) -> npt.NDArray[np.float64]:
    """Return logarithms of 1 + the number, or of 1 + the years before ``newest``; negative where those are."""
    away = (newest - numbers) / _YEAR if newest else numbers
    logs: npt.NDArray[np.float64] = np.sign(away) * np.log1p(np.abs(away))
    return logs


def _numbers(column: Column) -> npt.NDArray[np.float64]:
    """Return numbers, and days as seconds, NaN where unknown."""
    if isinstance(column, DateColumn):
        return np.where(np.isnat(column.values), np.nan, column.values.astype(np.int64)).astype(np.float64)
    assert isinstance(column, NumberColumn)
    return column.values


def _far_end(key: LinkKey) -> str:
    source, _, target, way = key
    return target if way == "out" else source


def _kinds_onward(known: Known, label: str) -> Mapping[LinkKey, sparse.csr_array]:
    """Return the relations by which nodes of a label lead to further kinds.

    Not those to nodes that are each led to by one alone, such as the experts of a region: they say who leads there, who
    is an attribute already.
    """
    found = {key: links for key, links in known.adjacency(label).items() if links.shape[1] <= _MOST_ONWARD}
    if len(known.dataset.nodes[label]) > _MOST_VALUES:
        return found
    return {key: links for key, links in found.items() if np.bincount(links.indices, minlength=1).max() > 1}


def _onward(links: sparse.csr_array, further: sparse.csr_array) -> sparse.csr_array:
    """Return ``links @ further``; most guests lead nowhere by most relations, which needs no product."""
    if links.nnz:
        return sparse.csr_array(links @ further)
    return sparse.csr_array((links.shape[0], further.shape[1]), dtype=np.float32)


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
    if not field.nnz:
        return field
    total = np.maximum(np.asarray(field.sum(axis=1)).reshape(-1), _TINY)
    share = (1.0 / total).astype(np.float32)
    data = (np.repeat(share, np.diff(field.indptr)) * field.data).astype(np.float32)
    return sparse.csr_array((data, field.indices, field.indptr), shape=field.shape)
