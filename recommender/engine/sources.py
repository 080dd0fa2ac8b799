"""Simple scores over all candidates: they choose the pool of a question and are features of the blend."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol
from weakref import WeakValueDictionary

import numpy as np
from scipy import sparse

from recommender.engine.baskets import BasketFamily, ages
from recommender.engine.pool import largest
from recommender.engine.profiles import Block
from recommender.engine.seeds import Seeding, Seeds
from recommender.knowledge.known import Known, Questions, Scorer
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.baskets import blocks, smallest_within
from recommender.scorers.facts import pair_cosines, products, unit_rows
from recommender.scorers.few_rows import dense_product, narrow, rows_of, scaled, scaled_columns

_NEIGHBOURS = 60
"""Past questions whose candidates count. Chosen by hand."""
_BY_PAST = {"text:knn": _NEIGHBOURS, "text:near": 10}
"""Scores by past questions, and how many of the nearest count. Chosen by hand."""
_TEXT_CELLS = 8_000_000
"""Likenesses to past questions at a time, which take 100 MB while the nearest are found; more gain no speed."""
_HALF_LIVES = (3.0, 0.5, 1.0)
"""In windows. Half a window and one are of the prototype; three were added by hand."""
_MAX_EASE = 5_000
"""Candidates up to which the linear autoencoder is fitted; its cost grows with their cube."""
_MOST_CELLS = 60_000_000
"""Bound on the pairs of members of all baskets: 700 MB at the most while they are counted."""
_MOST_WALKED = 2_500_000
"""Pairs of candidates up to which walks are made beforehand: 10 MB for each walk, and a third of a second to make."""
_RESTARTS = (0.4, 0.15)
"""A near walk and a far one; the best single one lay between .3 and .5, by the set."""
_held: WeakValueDictionary[tuple[str, ...], Floats] = WeakValueDictionary()
"""What sources hold at the moment, by what it was made of: tasks of one kind of candidate have the same baskets."""


class CandidateSource(Protocol):
    """A simple scorer inside the engine."""

    def scores(self, seeds: Seeds, questions: Questions) -> Iterable[tuple[str, Floats]]:
        """Yield named scores of shape (Q, C)."""
        ...


def make_sources(
    known: Known, seeding: Seeding, families: tuple[BasketFamily, ...], unit: float
) -> list[CandidateSource]:
    """Return the sources that suit what is known."""
    recent = known.recency(known.pairs.time, 2.0 * unit)
    sources: list[CandidateSource] = [BasketSource(family) for family in families]
    sources += [ValueSource(known, seeding.query_blocks, at, recent) for at in range(len(seeding.query_blocks))]
    sources += [AttributeMatch(block) for block in seeding.candidate_blocks]
    sources.append(Affinity(known, seeding, families, recent))
    if seeding.query_text is not None or seeding.candidate_text is not None:
        sources.append(TextLikeness(known, seeding))
    if families:
        sources += [Walk(families, restart) for restart in _RESTARTS]
    for family in families[:2]:
        sources.append(Together(family, np.exp2(-ages(family, known.now, unit))))
        if len(known.candidates) <= _MAX_EASE:
            sources.append(EaseSource(family))
    return sources


class BasketSource:
    """Candidates of the baskets most like what is given: Σ_b sim(S, b)^1.5, sim = Σ_{w ∈ S∩b} deg(w)^-.5 / |b|^.5.

    Where questions and baskets have attributes, a basket counts (1 + 5 cos) times.
    """

    def __init__(self, family: BasketFamily) -> None:
        self.name = f"knn:{family.name}"
        self.profile = family.profile
        self.members = family.members.copy()
        self.members.data = np.ones_like(self.members.data)
        degree = np.maximum(np.bincount(self.members.indices, minlength=self.members.shape[1]), 1)
        size = np.maximum(np.diff(self.members.indptr), 1)
        scaled = sparse.diags_array((size**-0.5).astype(np.float32)) @ self.members
        self.scaled = narrow(sparse.csr_array((scaled @ sparse.diags_array((degree**-0.5).astype(np.float32))).T))

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the score, and with attributes a second one, each (Q, C)."""
        near = sparse.csr_array(seeds.count @ self.scaled)
        near.data = near.data**1.5
        yield self.name, dense_product(near, self.members)
        if self.profile is not None and seeds.profile is not None:
            near.sort_indices()
            alike = pair_cosines(seeds.profile, self.profile, rows_of(near), near.indices)
            near.data = near.data * (1.0 + 5.0 * alike)
            yield f"{self.name}+profile", dense_product(near, self.members)


class ValueSource:
    """How often candidates went with each attribute value of the question, P(c | value), recent pairs first."""

    def __init__(self, known: Known, blocks: tuple[Block, ...], at: int, weight: Floats) -> None:
        block = blocks[at]
        self.name = f"given:{block.name}"
        self.at = at
        shape = len(known.queries), len(known.candidates)
        pairs = sparse.coo_array((weight, (known.pairs.query, known.pairs.candidate)), shape=shape).tocsr()
        counts = sparse.csr_array(block.members.T @ pairs)
        total = np.asarray(counts.sum(axis=1)).reshape(-1)
        self.shares = narrow(sparse.csr_array(sparse.diags_array((1.0 / (total + 5.0)).astype(np.float32)) @ counts))

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the mean share over the question's values, (Q, C)."""
        mine = seeds.values[self.at]
        share = scaled(mine, (1.0 / np.maximum(np.diff(mine.indptr), 1)).astype(np.float32))
        yield self.name, dense_product(share, self.shares)


class AttributeMatch:
    """Share of what is given that has the candidate's attribute values."""

    def __init__(self, block: Block) -> None:
        self.name = f"match:{block.name}"
        self.values = narrow(block.cosines)
        self.by_value = narrow(sparse.csr_array(self.values.T))

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the mean cosine with the given candidates, (Q, C)."""
        mine = seeds.count @ self.values
        mean = scaled(mine, (1.0 / np.maximum(seeds.sizes, 1.0)).astype(np.float32))
        yield self.name, dense_product(mean, self.by_value)


class Affinity:
    """What kind of question a candidate went with before, and what kind of candidates it went with, as cosines."""

    def __init__(self, known: Known, seeding: Seeding, families: tuple[BasketFamily, ...], weight: Floats) -> None:
        shape = len(known.queries), len(known.candidates)
        pairs = sparse.coo_array((weight, (known.pairs.query, known.pairs.candidate)), shape=shape).tocsr()
        self.asked_by = self.gone_with = None
        if seeding.query_profile is not None:
            self.asked_by = narrow(sparse.csr_array(unit_rows(sparse.csr_array(pairs.T @ seeding.query_profile)).T))
        if seeding.candidate_profile is not None and families:
            members = families[0].members
            co_members = sparse.csr_array(members.T @ sparse.csr_array(members @ seeding.candidate_profile))
            self.gone_with = narrow(sparse.csr_array(unit_rows(co_members).T))

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield each cosine, (Q, C)."""
        if self.asked_by is not None and seeds.profile is not None:
            yield "match:asked-by", dense_product(seeds.profile, self.asked_by)
        if self.gone_with is not None and seeds.members is not None:
            yield "match:gone-with", dense_product(seeds.members, self.gone_with)


class PastTexts:
    """Texts of past askers, each distinct one once: thousands of companies describe themselves alike.

    ``past`` (P,) are the askers among all, ``text`` (D, d) the distinct rows of ``vectors``, in the order of the first
    asker of each.
    """

    def __init__(self, vectors: Floats, past: Indices) -> None:
        self.past = past
        texts = np.ascontiguousarray(vectors[past])
        _, first, group = np.unique(_as_bytes(texts), return_index=True, return_inverse=True)
        order = np.argsort(first)
        self.text = texts[first[order]]
        group = np.argsort(order)[group]
        self.askers = np.argsort(group, kind="stable")
        """Places among ``past``, those of one text together, (P,)."""
        self.count = np.bincount(group, minlength=len(order))
        self.start = np.cumsum(self.count) - self.count

    def nearest(self, text: Floats, asker: Indices | None, most: int) -> tuple[Indices, Floats]:
        """Return the ``most`` past askers that are nearest to texts (Q, d), and their likeness; (Q, most) each.

        Those alike come in their order. ``asker`` (Q,) are no neighbours of their own; they fill the end where fewer
        are left.
        """
        size = min(most, len(self.past))
        alike = products(text, self.text)
        # One more: the asker may be alone with a text.
        near = np.sort(largest(alike, min(size + 1, alike.shape[1]))[0], axis=1)
        order = np.argsort(-np.take_along_axis(alike, near, axis=1), axis=1, kind="stable")
        near = np.take_along_axis(near, order, axis=1)
        taken = np.minimum(self.count[near], size + 1)
        row, group = np.repeat(np.arange(len(near)), taken.sum(axis=1)), np.repeat(near.reshape(-1), taken.reshape(-1))
        ends = np.cumsum(taken.reshape(-1))
        nth = np.arange(len(group)) - np.repeat(ends - taken.reshape(-1), taken.reshape(-1))
        place, values = self.askers[self.start[group] + nth], alike[row, group]
        if asker is not None:
            own = asker[row] == self.past[place]
            values[own] = -1.0
            last = np.lexsort((own, row))
            row, place, values = row[last], place[last], values[last]
        rank = np.arange(len(row)) - np.searchsorted(row, row, "left")
        kept = rank < size
        return place[kept].reshape(len(near), size), values[kept].reshape(len(near), size)


def _as_bytes(rows: Floats) -> np.ndarray[tuple[int], np.dtype[np.void]]:
    """View rows (n, d) as one value each, which are equal where all bits are; (n,)."""
    width = rows.shape[1] * rows.itemsize
    return rows.view(np.dtype((np.void, width))).reshape(len(rows)) if width else np.zeros(len(rows), "V1")


class TextLikeness:
    """Text of the question against the candidate's, against past questions with their candidates, and of the given."""

    def __init__(self, known: Known, seeding: Seeding) -> None:
        self.candidate = seeding.candidate_text
        history = known.history
        asked_before = np.flatnonzero(np.diff(history.indptr))
        self.history = narrow(sparse.csr_array(history[asked_before]))
        self.past = self.profile = None
        if seeding.query_text is not None:
            self.past = PastTexts(seeding.query_text, asked_before)
            mean = np.asarray(self.history.T @ seeding.query_text[asked_before])
            self.profile = (mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)).astype(np.float32)

    def scores(self, seeds: Seeds, questions: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield what the texts allow, each (Q, C)."""
        if seeds.text is not None and self.candidate is not None:
            yield "text:candidate", products(seeds.text, self.candidate)
        if seeds.member_text is not None and self.candidate is not None:
            yield "text:given", products(seeds.member_text, self.candidate)
        if seeds.text is None or self.past is None or self.profile is None:
            return
        yield "text:profile", products(seeds.text, self.profile)
        asker = questions.query if questions.guests is None else None
        parts = blocks(len(questions), len(self.past.text), _TEXT_CELLS) if len(questions) else (slice(0),)
        found = [self._by_past(self.past, seeds.text[part], None if asker is None else asker[part]) for part in parts]
        for name, *scores in zip(_BY_PAST, *found, strict=True):
            yield name, np.concatenate(scores)

    def _by_past(self, past: PastTexts, text: Floats, asker: Indices | None) -> list[Floats]:
        """Scores by the past questions that are nearest, for each of ``_BY_PAST``."""
        if not len(past.past):
            return [np.zeros((len(text), self.history.shape[1]), np.float32) for _ in _BY_PAST]
        near, values = past.nearest(text, asker, _NEIGHBOURS)
        return [self._taken(near[:, :most], values[:, :most]) for most in _BY_PAST.values()]

    def _taken(self, near: Indices, values: Floats) -> Floats:
        """Sum what the nearest took, those nearer counting for more; ``near`` and ``values`` (Q, neighbours)."""
        spread = np.maximum(values[:, :1] - values[:, -1:], 1e-6)
        weight = (values - values[:, -1:]) / spread + 0.02
        start = np.arange(0, near.size + 1, near.shape[1])
        cells = weight.reshape(-1).astype(np.float32), near.reshape(-1), start
        return dense_product(sparse.csr_array(cells, shape=(len(near), self.history.shape[0])), self.history)


class EaseSource:
    """Linear autoencoder on the baskets (Steck 2019), B = I - P / diag(P), P = (XᵀX + λI)^-1, columns scaled d^-.2."""

    def __init__(self, family: BasketFamily, reg: float = 50.0) -> None:
        self.name = f"ease:{family.name}"
        members = family.members.copy()
        members.data = np.ones_like(members.data)
        degree = np.bincount(members.indices, minlength=members.shape[1])
        self.kept = np.flatnonzero(degree)
        self.scale = np.maximum(degree[self.kept], 1).astype(np.float32) ** -0.2
        self.weights = _once(lambda: self._solved(members, reg), members, f"ease {reg}")
        self.width = members.shape[1]
        # What is left out weighs nothing, wherever its place is.
        self.place, self.scale_of = np.zeros(self.width, dtype=np.int32), np.zeros(self.width, dtype=np.float32)
        self.place[self.kept], self.scale_of[self.kept] = np.arange(len(self.kept)), self.scale

    def _solved(self, members: sparse.csr_array, reg: float) -> Floats:
        """Solve for the weights of the candidates that are kept, (kept, kept)."""
        x = members[:, self.kept] @ sparse.diags_array(self.scale)
        gram = np.asarray((x.T @ x).toarray(), np.float32)
        gram[np.diag_indices_from(gram)] += reg * float(np.sum(self.scale**2)) / max(1, len(self.kept))
        inverse = np.linalg.inv(gram)
        weights = np.asarray(-inverse / np.diag(inverse)[None, :], np.float32)
        weights[np.diag_indices_from(weights)] = 0.0
        return weights

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the linear prediction, 0 for candidates that were left out; (Q, C)."""
        out = np.zeros((seeds.count.shape[0], self.width), np.float32)
        if len(self.kept):
            given = scaled_columns(seeds.count, self.scale_of)
            places = self.place[given.indices]
            given = sparse.csr_array((given.data, places, given.indptr), shape=(len(out), len(self.kept)))
            out[:, self.kept] = given @ self.weights / self.scale
        yield self.name, out


class Together:
    """How many of the given candidates have shared a basket with the candidate, and how often, old baskets less.

    The largest baskets are left out where all would give more pairs than memory is for.
    """

    def __init__(self, family: BasketFamily, decay: Floats) -> None:
        self.name = f"together:{family.name}"
        kept = smallest_within(family.sizes, _MOST_CELLS)
        members = sparse.csr_array(family.members[kept])
        members.data = np.ones_like(members.data)
        scaled = sparse.diags_array((decay / np.sqrt(np.maximum(family.sizes, 1)))[kept].astype(np.float32)) @ members
        self.recent = narrow(sparse.csr_array(scaled.T @ members))
        met = np.ones_like(self.recent.data), self.recent.indices, self.recent.indptr
        self.ever = sparse.csr_array(met, shape=self.recent.shape)

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the number of given candidates met, and the decayed meetings, each (Q, C)."""
        yield f"{self.name}:ever", dense_product(seeds.count, self.ever)
        yield f"{self.name}:recent", dense_product(seeds.count, self.recent)
        yield f"{self.name}:lead", dense_product(_heaviest(seeds.weight), self.recent)


def _heaviest(weight: sparse.csr_array) -> sparse.csr_array:
    """Entries of the greatest weight in each row as ones, the others as zeros."""
    row = rows_of(weight)
    top = np.zeros(weight.shape[0], dtype=weight.dtype)
    np.maximum.at(top, row, weight.data)
    ones = (weight.data >= top[row]).astype(np.float32)
    return sparse.csr_array((ones, weight.indices, weight.indptr), shape=weight.shape)


class Walk:
    """Random walk with restart between candidates and baskets of all families, a few steps (Haveliwala 2002).

    Where candidates are few, each is walked from beforehand, so that a question costs as much in a large city as in a
    small one.
    """

    def __init__(self, families: tuple[BasketFamily, ...], restart: float, steps: int = 4) -> None:
        self.name = f"walk:{restart:g}"
        self.restart, self.steps = restart, steps
        stacked = sparse.csr_array(sparse.vstack([each.members for each in families]))
        stacked.data = np.ones_like(stacked.data)
        self.up = narrow(_row_stochastic(sparse.csr_array(stacked.T))).T
        self.down = narrow(_row_stochastic(stacked)).T
        self.visits: Floats | None = None
        self.width: int = stacked.shape[0]
        """Columns of the widest dense array of a question."""
        if stacked.shape[1] ** 2 <= _MOST_WALKED:
            self.width = stacked.shape[1]
            self.visits = _once(self._walked_from_all, stacked, f"walk {restart} {steps}")

    def scores(self, seeds: Seeds, _asked: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the visits, (Q, C)."""
        start = _row_stochastic(seeds.count)
        yield self.name, self._by_baskets(start) if self.visits is None else np.asarray(start @ self.visits)

    def _walked_from_all(self) -> Floats:
        """Walk from each candidate, (C, C)."""
        step = np.asarray((self.down @ self.up).toarray(), np.float32)
        visits = self._walked(np.eye(self.width, dtype=np.float32), lambda now: step @ now)
        return np.ascontiguousarray(visits.T)

    def _by_baskets(self, start: sparse.csr_array) -> Floats:
        """Walk from baskets to candidates and back, (Q, C)."""
        now = self._walked(start.toarray().T, lambda now: self.down @ (self.up @ now))
        return np.asarray(now.T, np.float32)

    def _walked(self, start: Floats, onward: Callable[[Floats], Floats]) -> Floats:
        """Walk from each column of ``start`` (C, Q); ``onward`` takes one step, to a basket and back."""
        now = start
        for _ in range(self.steps):
            now = self.restart * start + (1 - self.restart) * onward(now)
        return now


def _once(make: Callable[[], Floats], filled: sparse.csr_array, settings: str) -> Floats:
    """Return what ``make`` makes of where a matrix is filled, or the same where another source still holds it."""
    digest = hashlib.sha256(repr(filled.shape).encode())
    for part in (filled.indptr, filled.indices):
        digest.update(part.tobytes())
    key = digest.hexdigest(), settings
    found = _held.get(key)
    if found is None:
        _held[key] = found = make()
    return found


def _row_stochastic(matrix: sparse.csr_array) -> sparse.csr_array:
    total = np.maximum(np.asarray(matrix.sum(axis=1)).reshape(-1), 1e-9)
    return scaled(matrix, (1.0 / total).astype(np.float32))


def popularity(known: Known, unit: float) -> Floats:
    """Pairs of each candidate: all, and where pairs are dated with half-lives of some windows; (C, columns)."""
    size = len(known.candidates)
    columns = [np.bincount(known.pairs.candidate, minlength=size)]
    if unit > 0:
        columns += [
            np.bincount(known.pairs.candidate, known.recency(known.pairs.time, unit * each), size)
            for each in _HALF_LIVES
        ]
    return np.stack(columns, axis=1).astype(np.float32)


class ScorerSource:
    """A scorer of the bench as a source."""

    def __init__(self, name: str, scorer: Scorer) -> None:
        self.name = name
        self.scorer: Any = scorer

    def scores(self, _seeds: Seeds, questions: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield its scores shifted above 0, (Q, C)."""
        scores = self.scorer.score(questions)
        yield self.name, scores - scores.min(axis=1, keepdims=True, initial=np.inf)
