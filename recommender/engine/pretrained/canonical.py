"""Features of one fixed form for the pool of a question, whatever a set's baskets, attributes and texts are called.

Columns, by ``COLUMNS``: for every kind of score in ``KINDS`` two, each the mean over the scores of that kind (one for
each relation, attribute or text): the share of the question's best (``/share``) and the z-score within the pool
(``/z``); NaN where a set has nothing of the kind. Then ``CANDIDATE`` and ``QUESTION``: of the candidate alone and of
the question alone. Ages and half-lives are years, whatever a window is. Nothing tells sets apart, such as a number of
candidates: what is learned on it would not carry over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from recommender.engine.baskets import BasketFamily, basket_families
from recommender.engine.pool import best_of_each, blocked_cells
from recommender.engine.pretrained.more_sources import further_sources
from recommender.engine.seeds import Seeding
from recommender.engine.sources import CandidateSource, make_sources
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Flags, Floats, Indices

YEAR: Final = 365.25 * 86_400
"""Seconds."""
KINDS: Final = (
    "knn",
    "knn+profile",
    "knn-recent",
    "ease",
    "cosine:sum",
    "cosine:recent",
    "cosine:most",
    "walk:near",
    "walk:far",
    "together:ever",
    "together:recent",
    "together:lead",
    "given",
    "match",
    "match:asked-by",
    "match:gone-with",
    "text:candidate",
    "text:given",
    "text:profile",
    "text:knn",
    "text:near",
    "content",
    "like:most",
    "like:given",
    "like:neighbours",
)
"""Kinds of scores; what they are is said where they are made, in ``sources`` and ``more_sources``."""
_FORMS: Final = ("share", "z")
_WINDOWS: Final = (np.inf, 3.0, 1.0, 0.5)
"""Half-lives of popularity in years."""
CANDIDATE: Final = (
    *(f"popularity-{half_life:g}/{form}" for half_life in _WINDOWS for form in ("share", "log", "rank")),
    "askers/share",
    "askers/rank",
    "trend",
    "first",
    "last",
    "unseen",
)
"""Popularity with half-lives of so many years: share of the most, log of it, share of candidates below.

``askers``: each asker once. ``trend``: log of the popularity of a year over that of three. ``first`` and ``last``: log
of years since the first and last known pair, NaN without dates. ``unseen``: whether it has no known pair.
"""
QUESTION: Final = ("given", "since")
"""Log of how much is given, and of years since the last of it."""
COLUMNS: Final = (*(f"{kind}/{form}" for kind in KINDS for form in _FORMS), *CANDIDATE, *QUESTION)
_BLOCK_CELLS: Final = 2_000_000
"""8 MB for each dense score of a batch, of which dozens are held at once."""
_NEAR: Final = 0.3
"""Restart from which a walk is a near one."""
_OLDEST: Final = 20.0
"""Years; what is older counts as this old."""


@dataclass(frozen=True)
class CanonicalPools:
    """Pools of Q questions: ``start`` (Q + 1,), ``candidate`` (rows,), ``table`` (rows, ``COLUMNS``) float32."""

    start: Indices
    candidate: Indices
    table: Floats

    def __len__(self) -> int:
        return len(self.start) - 1

    @property
    def question(self) -> Indices:
        """Question of each row, (rows,)."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))


class CanonicalFeaturizer:
    """Makes canonical pools of questions at one moment; all that it keeps comes from ``known``."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.unit = 0.0 if np.isnat(known.now) else YEAR
        self.seeding = Seeding(known, self.unit)
        self.families: tuple[BasketFamily, ...] = basket_families(known)
        self._sources: list[CandidateSource] = [
            *make_sources(known, self.seeding, self.families, self.unit),
            *further_sources(known, self.seeding, self.families, self.unit),
        ]
        self.static = candidate_features(known, self.unit)
        askers = int(np.count_nonzero(np.diff(known.history.indptr)))
        widths = [len(known.candidates), askers, *(len(family.sizes) for family in self.families)]
        self._step = max(1, _BLOCK_CELLS // max(1, *widths))

    def blocks(self, questions: Questions, size: int) -> Iterator[tuple[Indices, CanonicalPools]]:
        """Yield some questions at a time: their places and their pools of about ``size``."""
        for begin in range(0, len(questions), self._step):
            rows = np.arange(begin, min(begin + self._step, len(questions)))
            batch = questions.take(rows)
            yield rows, self._pools(batch, size)

    def pools(self, questions: Questions, size: int) -> CanonicalPools:
        """Describe all questions at once."""
        return joined_pools([pools for _, pools in self.blocks(questions, size)])

    def _pools(self, questions: Questions, size: int) -> CanonicalPools:
        seeds = self.seeding(questions)
        blocked = blocked_cells(questions, self.known)
        named = [
            (kind, np.asarray(scores, np.float32))
            for source in self._sources
            for name, scores in source.scores(seeds, questions)
            if (kind := kind_of(name)) is not None
        ]
        popular = np.tile(self.static[:, 0] + np.float32(1e-6), (len(questions), 1))
        every = [*(scores for _, scores in named), popular]
        for scores in every:
            scores[blocked] = -np.inf
        chosen = best_of_each(every, size)
        row, candidate = np.nonzero(chosen)
        start = np.concatenate([[0], np.cumsum(chosen.sum(axis=1))]).astype(np.int64)
        found: dict[str, list[Floats]] = {}
        for kind, scores in named:
            found.setdefault(kind, []).append(scores[row, candidate])
        columns = _columns(found, row, start)
        pair = np.stack(columns, axis=1) if len(row) else np.zeros((0, len(KINDS) * len(_FORMS)), np.float32)
        question = self._question(questions)[row]
        table = np.concatenate([pair, self.static[candidate], question], axis=1)
        return CanonicalPools(start, candidate.astype(np.int64), np.asarray(table, np.float32))

    def _question(self, questions: Questions) -> Floats:
        given = np.diff(questions.context.indptr)
        since = np.full(len(questions), np.nan)
        if self.unit:
            age = np.clip((self.known.now - questions.given.time) / np.timedelta64(1, "s") / self.unit, 0.0, _OLDEST)
            last = np.full(len(questions), np.inf)
            np.fmin.at(last, questions.given.query, age)
            since = np.where(np.isfinite(last), np.log1p(last), np.nan)
        return np.asarray(np.stack([np.log1p(given), since], axis=1), np.float32)


def kind_of(source: str) -> str | None:
    """Return the kind of a score by the name that its source gives it, None for one that has none here."""
    if source in KINDS:
        return source
    head, _, rest = source.partition(":")
    if head == "knn":
        return "knn+profile" if rest.endswith("+profile") else "knn"
    if head == "walk":
        return "walk:near" if float(rest) >= _NEAR else "walk:far"
    kind = f"together:{rest.rpartition(':')[2]}" if head == "together" else head
    return kind if kind in KINDS else None


def candidate_features(known: Known, unit: float) -> Floats:
    """Return the columns ``CANDIDATE`` of every node of the candidate label, (C, columns); ``unit``: seconds a year."""
    size, candidate = len(known.candidates), known.pairs.candidate
    columns: list[Floats] = []
    counted = []
    for half_life in _WINDOWS:
        weight = (
            known.recency(known.pairs.time, unit * half_life) if np.isfinite(half_life) else np.ones(len(candidate))
        )
        count = np.bincount(candidate, weight, size).astype(np.float32)
        counted.append(count)
        share = _share(count, known.is_candidate)
        columns += [share, np.log(share + np.float32(1e-3)), _rank(count, known.is_candidate)]
    askers = np.bincount(known.history.indices, minlength=size).astype(np.float32)
    columns += [_share(askers, known.is_candidate), _rank(askers, known.is_candidate)]
    columns.append(np.log((counted[2] + 0.1) / (counted[1] + 0.1)))
    first, last = np.full(size, np.nan), np.full(size, np.nan)
    if unit:
        age = np.clip((known.now - known.pairs.time) / np.timedelta64(1, "s") / unit, 0.0, _OLDEST)
        np.fmax.at(first, candidate, age)
        np.fmin.at(last, candidate, age)
    columns += [np.log1p(first), np.log1p(last), (counted[0] == 0).astype(np.float32)]
    return np.asarray(np.stack(columns, axis=1), np.float32)


def joined_pools(parts: Sequence[CanonicalPools]) -> CanonicalPools:
    """Return the pools of consecutive batches as those of one."""
    if not parts:
        return CanonicalPools(np.zeros(1, np.int64), np.zeros(0, np.int64), np.zeros((0, len(COLUMNS)), np.float32))
    counts = np.concatenate([np.diff(each.start) for each in parts])
    return CanonicalPools(
        np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        np.concatenate([each.candidate for each in parts]),
        np.concatenate([each.table for each in parts]),
    )


def _columns(found: Mapping[str, Sequence[Floats]], row: Indices, start: Indices) -> list[Floats]:
    """Return the columns of every kind, (rows,) each."""
    missing = np.full(len(row), np.nan, np.float32)
    columns: list[Floats] = []
    for kind in KINDS:
        if kind not in found:
            columns += [missing] * len(_FORMS)
            continue
        shares = np.stack([shares_of(each, row, start) for each in found[kind]])
        z = np.stack([pool_z_scores(each, row, start) for each in found[kind]])
        columns += [shares.mean(axis=0), z.mean(axis=0)]
    return columns


def shares_of(values: Floats, row: Indices, start: Indices) -> Floats:
    """Return values over the largest of their question, 0 where none is above 0; (rows,)."""
    best = np.zeros(len(start) - 1, np.float32)
    np.maximum.at(best, row, values)
    safe = np.where(best > 0, best, np.inf)
    return np.asarray(np.clip(values / safe[row], -1.0, 1.0), np.float32)


def pool_z_scores(values: Floats, row: Indices, start: Indices) -> Floats:
    """Return values less the mean of their question's pool, over its standard deviation, at most 10; (rows,)."""
    counts = np.maximum(np.diff(start), 1)
    mean = np.bincount(row, values, len(counts)) / counts
    apart = values - mean[row]
    spread = np.sqrt(np.bincount(row, apart**2, len(counts)) / counts)
    safe = np.where(spread > 1e-6 * np.abs(mean) + 1e-12, spread, np.inf)  # rounding is no difference
    return np.asarray(np.clip(apart / safe[row], -10.0, 10.0), np.float32)


def _share(count: Floats, among: Flags) -> Floats:
    return np.asarray(count / max(float(count[among].max(initial=0.0)), 1e-9), np.float32).clip(0.0, 1.0)


def _rank(count: Floats, among: Flags) -> Floats:
    """Share of the candidates that have less, ties half; (C,)."""
    ordered = np.sort(count[among])
    if not len(ordered):
        return np.zeros(len(count), np.float32)
    below = np.searchsorted(ordered, count, "left") + np.searchsorted(ordered, count, "right")
    return np.asarray(below / (2 * len(ordered)), np.float32)
