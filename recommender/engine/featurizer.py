"""Questions with their pool of candidates and the features of both, for the network and the trees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from recommender.engine.baskets import BasketFamily, basket_families
from recommender.engine.meetings import meetings
from recommender.engine.numbers import number_sources
from recommender.engine.pool import Pool, best_of_each, blocked_cells
from recommender.engine.seeds import Seeding, Seeds
from recommender.engine.sources import CandidateSource, ScorerSource, Walk, make_sources, popularity
from recommender.engine.static import static_features
from recommender.engine.touched import BasketFeatures, Touched
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Flags, Floats, Halves, Indices
from recommender.scorers.few_rows import rows_of

_BLOCK_CELLS = 1_000_000
"""4 MB for each dense score of a batch, of which dozens are held at once."""
_MOST_ORDERED = 5_000
"""Candidates up to which those outside a pool are ordered by the sources too; more would fill memory with batches."""
_NO_POOL_SOURCES = ("match:", "meets:", "takers:")
"""Scores that say what a candidate has in common with what is given or who asks, too coarse to choose a pool by."""


@dataclass(frozen=True)
class Examples:
    """Questions ready to be scored: what they touch in each basket family, and their pool.

    ``likeness``, (Q, C) float16 from 0 to 1: the mean of what the sources give, relative to their best; it orders what
    is outside a pool. None where there are too many candidates.
    """

    questions: Questions
    touched: tuple[Touched, ...]
    pool: Pool
    likeness: Halves | None = None

    def __len__(self) -> int:
        return len(self.questions)


@dataclass(frozen=True)
class TrainingEpisode:
    """Examples of one episode with their answers: ``labels`` (rows of the pool,) of bool.

    ``static`` (C, features) and ``families`` are its featurizer's: all that is learned from of it, and little of it.
    """

    static: Floats
    families: tuple[BasketFamily, ...]
    examples: Examples
    labels: Flags


class Featurizer:
    """Makes ``Examples`` of questions at one moment; all that it keeps comes from ``known``.

    ``unit`` is the length of a window in seconds, 0 where time does not matter. Without ``graph`` there are no
    baskets: attributes, text and popularity remain. ``more`` are sources beside the engine's own.
    """

    def __init__(self, known: Known, unit: float, *, graph: bool = True, more: Sequence[ScorerSource] = ()) -> None:
        self.known = known
        self.seeding = Seeding(known, unit)
        self.families: tuple[BasketFamily, ...] = basket_families(known) if graph else ()
        self._baskets = tuple(BasketFeatures(family, self.seeding) for family in self.families)
        self.more = tuple(more)
        own = make_sources(known, self.seeding, self.families, unit)
        own += [*(meetings(known) if graph else []), *number_sources(known)]
        self._sources: list[CandidateSource] = [*own, *more]
        self.popularity = popularity(known, unit)[:, -1]
        self._occupied = known.occupied
        self.static, self.static_names = static_features(known, self.seeding.candidate_blocks, unit)
        # The sources name their scores; what they are does not depend on the questions, so none are asked.
        nobody = known.history_of(np.zeros(0, dtype=np.int64))
        self.pair_names = _pair_names(name for name, _ in self._scored(nobody, self.seeding(nobody)))
        self.names = (
            *self.pair_names,
            *self.static_names,
            *(f"{each.family.name}:{name}" for each in self._baskets for name in each.names),
        )
        """What the features mean, in their order: those of the pair, the candidate and each family of baskets."""
        # What every source makes of a question is as wide as the candidates; what a walk goes by may be wider.
        self._widest = max(1, len(known.candidates), *(each.width for each in self._sources if isinstance(each, Walk)))
        self._links = np.zeros(len(known.candidates), dtype=np.int64)
        for each in self._baskets:
            self._links += np.diff(each.by_candidate.indptr)

    def examples(self, questions: Questions, size: int) -> Examples:
        """Describe questions by pools of about ``size``."""
        pools, touched, likeness = [], [], []
        for rows in self._batches(questions):
            batch = questions.take(rows)
            seeds = self.seeding(batch)
            touched.append([basket(seeds) for basket in self._baskets])
            pool, like = self._pool(batch, seeds, size)
            pools.append(pool)
            likeness += [] if like is None else [like]
        families = [_joined_touched([each[at] for each in touched]) for at in range(len(self._baskets))]
        kept = np.concatenate(likeness) if likeness else None
        return Examples(questions, tuple(families), _joined_pools(pools), kept)

    def _batches(self, questions: Questions) -> list[Indices]:
        """Cut questions where what is held of them at a time would be too much."""
        given = questions.context
        cells = np.full(len(questions), self._widest, dtype=np.int64)
        np.add.at(cells, rows_of(given), self._links[given.indices])
        return np.split(np.arange(len(questions)), np.flatnonzero(np.diff(np.cumsum(cells) // _BLOCK_CELLS)) + 1)

    def _pool(self, questions: Questions, seeds: Seeds, size: int) -> tuple[Pool, Halves | None]:
        blocked = blocked_cells(questions, self.known)
        named = {}
        for name, scores in self._scored(questions, seeds):
            named[name] = np.array(scores, dtype=np.float32)
            named[name][blocked] = -np.inf
        popular = np.where(blocked, -np.inf, self.popularity + 1e-6).astype(np.float32)
        choosing = [scores for name, scores in named.items() if not name.startswith(_NO_POOL_SOURCES)]
        chosen = best_of_each(self._open([*choosing, popular]), size)
        row, candidate = np.nonzero(chosen)
        start = np.concatenate([[0], np.cumsum(chosen.sum(axis=1))]).astype(np.int64)
        pool = Pool(start, candidate.astype(np.int64), self._features(named, seeds, row, candidate))
        return pool, _likeness([*choosing, popular]) if questions.n_candidates <= _MOST_ORDERED else None

    def _open(self, scores: list[Floats]) -> list[Floats]:
        """Return scores (Q, C) by which nothing that is gone is chosen for a pool."""
        if not self._occupied.any():
            return scores
        return [np.where(self._occupied & np.isfinite(each), np.float32(0), each) for each in scores]

    def _scored(self, questions: Questions, seeds: Seeds) -> Iterator[tuple[str, Floats]]:
        """Yield the scores of all sources by name, (Q, C)."""
        for source in self._sources:
            yield from source.scores(seeds, questions)

    def _features(self, named: dict[str, Floats], seeds: Seeds, row: Indices, candidate: Indices) -> Halves:
        """Each score relative to the question's best and as a logarithm, and how much is given."""
        columns = [np.log1p(seeds.sizes)[row]]
        for scores in named.values():
            best = scores.max(axis=1, initial=1e-9)
            values = scores[row, candidate]
            columns += [values / best[row], np.log(np.maximum(values, 0.0) + 1e-4)]
        return np.asarray(np.clip(np.stack(columns, axis=1), -60.0, 60.0), dtype=np.float16)


def _likeness(scores: Sequence[Floats]) -> Halves:
    """Mean of scores (Q, C) relative to their best in each row, 0 for those below 0."""
    total = np.zeros_like(scores[0])
    for values in scores:
        total += np.maximum(values, 0.0) / values.max(axis=1, keepdims=True, initial=1e-9)
    return (total / len(scores)).astype(np.float16)


def _pair_names(sources: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the features of a pair, in order: how much is given, and two for each score."""
    return "given", *(f"{source}/{kind}" for source in sources for kind in ("best", "log"))


def _joined_touched(parts: Sequence[Touched]) -> Touched:
    return Touched(
        _joined_starts([each.start for each in parts]),
        np.concatenate([each.basket for each in parts]),
        np.concatenate([each.features for each in parts]),
    )


def _joined_pools(parts: Sequence[Pool]) -> Pool:
    return Pool(
        _joined_starts([each.start for each in parts]),
        np.concatenate([each.candidate for each in parts]),
        np.concatenate([each.features for each in parts]),
    )


def _joined_starts(starts: Sequence[Indices]) -> Indices:
    """Bounds of consecutive blocks of questions as those of one."""
    counts = np.concatenate([np.diff(each) for each in starts])
    return np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
