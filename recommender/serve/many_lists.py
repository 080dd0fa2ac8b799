"""The lists of all askers of a task, ranked and explained in blocks: what ``Recommender.recommend`` says of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Final

import numpy as np

from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.knowledge.known import Questions
from recommender.knowledge.task_data import TaskData
from recommender.language.answers import Grade
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.standard_scores import standard
from recommender.publish.probability import Calibration
from recommender.reasons.chains import ManyPaths
from recommender.reasons.fitness import fitting, met
from recommender.reasons.path_words import PathWords
from recommender.reasons.similarity import Likeness, NearText
from recommender.rules.askers import askers_of_nodes
from recommender.rules.base import CandidatePairs
from recommender.rules.decide import Decisions, decide
from recommender.rules.sentence_cache import with_sentence_cache
from recommender.serve.listing import seen_as
from recommender.serve.ordering import LARGEST_SHARE
from recommender.serve.own_text import ByText
from recommender.serve.ranked_task import INTERCHANGEABLE, RankedTask
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network

_CELLS: Final = 2_000_000
"""Pairs that are scored and judged at a time; each takes some 40 bytes."""
_MOST_ASKERS: Final = 512
"""Askers at a time: more gain no speed, and delay the first list."""
_FIRST_LOOK: Final = 4
"""Lists' lengths that are put in order first, where results may look alike and so more than one list is needed."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One result of one list, worded for the city; ``to_be_checked`` is in Korean."""

    asker: NodeRef
    result: NodeRef
    rank: int
    score: float
    grade: Grade | None
    reason_ko: str
    reason_en: str
    to_be_checked: tuple[str, ...]


@dataclass(frozen=True)
class Ranking:
    """What a task is ranked with: ``score`` gives (Q, C) in the order of the candidates."""

    served: RankedTask
    facts: DatedFacts
    network: Network
    score: Callable[[Questions], Floats]
    calibration: Calibration | None


@dataclass(frozen=True)
class AskerBlock:
    """Askers that are dealt with together: those from ``start`` until ``stop`` of a label's askers of a task."""

    label: str
    start: int
    stop: int

    def __len__(self) -> int:
        return self.stop - self.start


def blocks_of(data: TaskData) -> list[AskerBlock]:
    """Divide the askers of a task."""
    size = int(np.clip(_CELLS // max(data.n_candidates, 1), 1, _MOST_ASKERS))
    return [
        AskerBlock(label, start, min(start + size, len(positions)))
        for label, positions in data.query_space.members.items()
        for start in range(0, len(positions), size)
    ]


@dataclass(frozen=True)
class _JudgedAskers:
    """B askers of one label with their scores and decisions, (B, C) each.

    ``model``: what probabilities are read of, where ``recorded``, (B,).
    """

    label: str
    positions: Indices
    model: Floats
    scores: Floats
    decisions: Decisions
    nearness: Floats
    recorded: Flags

    @cached_property
    def admitted(self) -> Flags:
        return self.decisions.admitted


class ManyLists:
    """Lists of ``n`` results for every asker of a task on a day."""

    def __init__(self, by: Ranking, n: int, day: date) -> None:
        self._by, self._n, self._day = by, n, day
        self._served = by.served
        self._paths, self._words = ManyPaths(by.network, day), PathWords(by.network)
        self._likeness_of = Likeness(by.facts, day, by.served.words)
        self._rules = with_sentence_cache(decide(by.served.task, self._pairs("Company", np.zeros(0, np.int64))).rules)
        labels = {ref.label for ref in by.served.candidates.refs}
        self._alike = bool(labels & INTERCHANGEABLE)
        self._numbers = self._candidate_numbers()

    def of(self, block: AskerBlock) -> list[Listed]:
        """Return the lists of the askers of a block."""
        data = self._served.data
        positions = data.query_space.members[block.label][block.start : block.stop]
        return self._lists(self._judged(block.label, positions, data.query_space.starts[block.label] + block.start))

    def _judged(self, label: str, positions: Indices, first_row: int) -> _JudgedAskers:
        rows = np.arange(first_row, first_row + len(positions))
        model = self._by.score(self._served.data.known.history_of(rows))
        decisions = replace(decide(self._served.task, self._pairs(label, positions)), rules=self._rules)
        near = self._served.own.of_pairs(label, positions, self._day)
        scores, why = self._served.own.weighed(label, positions, model, near, decisions.admitted, self._day)
        return _JudgedAskers(label, positions, model, scores, decisions, near, why != ByText.REAL)

    def _pairs(self, label: str, positions: Indices) -> CandidatePairs:
        return CandidatePairs(
            askers_of_nodes(self._by.facts, label, positions, self._day), self._by.served.candidates, self._day
        )

    def _candidate_numbers(self) -> Indices:
        members = self._served.data.candidate_space.members.items()
        return np.concatenate([self._by.network.numbers(label, at) for label, at in members])

    def _lists(self, block: _JudgedAskers) -> list[Listed]:
        row, column = self._chosen(block)
        rank = np.arange(len(row)) - np.searchsorted(row, row, "left") + 1
        grades, checks = self._grades(block, row, column), block.decisions.to_be_checked(row, column)
        paths = self._paths_between(block, row, column)
        without = np.array([at not in paths for at in range(len(row))], dtype=bool)
        near = iter(self._near(block, row[without], column[without]))
        vocabulary = self._by.facts.snapshot.vocabulary(block.label)
        refs, listed = self._served.candidates.refs, []
        askers = [NodeRef(block.label, vocabulary.id(int(position))) for position in block.positions]
        for at, (i, c) in enumerate(zip(row.tolist(), column.tolist(), strict=True)):
            said = paths.get(at) or [self._likeness(block, (askers[i], i, c), next(near))]
            listed.append(
                Listed(
                    askers[i],
                    refs[c],
                    int(rank[at]),
                    float(block.scores[i, c]),
                    grades[at],
                    " / ".join(each.ko for each in said),
                    " / ".join(each.en for each in said),
                    tuple(checks[at]),
                )
            )
        return listed

    def _chosen(self, block: _JudgedAskers) -> tuple[Indices, Indices]:
        """Asker and candidate of every result, list by list in order."""
        if not self._alike:
            row, column = self._in_order(block, np.arange(len(block.positions)), self._n)
            first = np.arange(len(row)) - np.searchsorted(row, row, "left") < self._n
            return row[first], column[first]
        lists, rows = self._distinct(block, np.arange(len(block.positions)), self._n * _FIRST_LOOK)
        counts = block.admitted.sum(axis=1)
        short = np.array([len(found) < self._n and counts[i] > rows[i] for i, found in enumerate(lists)], dtype=bool)
        for i, found in zip(np.flatnonzero(short), self._distinct(block, np.flatnonzero(short), None)[0], strict=True):
            lists[i] = found
        row = np.repeat(np.arange(len(lists)), [len(found) for found in lists])
        return row, np.array([column for found in lists for column in found], dtype=np.int64)

    def _distinct(self, block: _JudgedAskers, askers: Indices, most: int | None) -> tuple[list[list[int]], Indices]:
        """Return the list of each asker without what a person cannot tell apart, and how many were looked at."""
        row, column = self._in_order(block, askers, most)
        starts = np.searchsorted(row, askers, "left")
        stops = np.searchsorted(row, askers, "right")
        look = self._served.look
        lists = []
        for asker, start, stop in zip(askers.tolist(), starts.tolist(), stops.tolist(), strict=True):
            here = column[start:stop]
            shared = np.bincount(look[here])[look[here]] > 1 if len(here) else here
            lines: dict[Hashable, int] = {}
            for c, is_shared in zip(here.tolist(), shared.tolist(), strict=True):
                key = (int(look[c]), seen_as(block.decisions, block.scores[asker], c, asker)) if is_shared else c
                lines.setdefault(key, c)
                if len(lines) == self._n:
                    break
            lists.append(list(lines.values()))
        return lists, stops - starts

    def _in_order(self, block: _JudgedAskers, askers: Indices, most: int | None) -> tuple[Indices, Indices]:
        """Asker and candidate of what is admitted, in the order of lists; of each at least the first ``most``."""
        admitted, scores = block.admitted[askers], block.scores[askers]
        doubtful = block.decisions.doubtful[askers]
        if most is not None and most < scores.shape[1]:
            open_ = np.where(admitted & ~doubtful, scores, -np.inf)
            least = np.partition(open_, -most, axis=1)[:, [-most]]
            admitted = admitted & (open_ >= least)
        place, column = np.nonzero(admitted)
        row = askers[place]
        near = np.nan_to_num(block.nearness[row, column], nan=0.0) if block.nearness.shape[1] else np.zeros(len(row))
        by = (
            self._served.by_id[column],
            -self._served.popularity[column],
            -self._met(block, row, column),
            -near,
            -scores[place, column],
            doubtful[place, column],
            row,
        )
        order = np.lexsort(by)
        return row[order], column[order]

    def _met(self, block: _JudgedAskers, row: Indices, column: Indices) -> Floats:
        return met(block.decisions)[row, column]

    def _grades(self, block: _JudgedAskers, row: Indices, column: Indices) -> Sequence[Grade | None]:
        """Return how likely each result is; None where no probability is given."""
        calibration = self._by.calibration
        if calibration is None or not len(row):
            return [None] * len(row)
        chances = calibration.curve(standard(block.model)[row, column])
        equal = np.array(
            [np.count_nonzero(block.model[i] == block.model[i, c]) for i, c in zip(row, column, strict=True)]
        )
        usual = (equal > LARGEST_SHARE * block.model.shape[1]) | ~block.recorded[row]
        return [
            None if said_by_most or np.isnan(chance) else calibration.grade(float(chance))
            for chance, said_by_most in zip(chances, usual, strict=True)
        ]

    def _paths_between(self, block: _JudgedAskers, row: Indices, column: Indices) -> dict[int, list[Wording]]:
        """Word the paths of each result that has one, by its place."""
        starts, ends = self._by.network.numbers(block.label, block.positions), self._numbers[column]
        found = self._paths.best(starts, row, ends)
        sentences = self._words.of_chains(found, starts[row[found.pair]], ends[found.pair])
        said: dict[int, list[Wording]] = {}
        for pair, sentence in zip(found.pair.tolist(), sentences, strict=True):
            said.setdefault(pair, []).append(sentence)
        return said

    def _near(self, block: _JudgedAskers, row: Indices, column: Indices) -> list[NearText | None]:
        """Place of each result's text among those of the admitted, None where the asker has no text of its own."""
        found: list[NearText | None] = [None] * len(row)
        if not block.nearness.shape[1]:
            return found
        speaks = self._served.own.speaks(block.label, self._day)[block.positions]
        starts = np.searchsorted(row, np.arange(len(speaks) + 1), "left")
        for asker in np.flatnonzero(speaks & ~np.isnan(block.nearness).all(axis=1)).tolist():
            start, stop = starts[asker : asker + 2].tolist()
            listed = block.nearness[asker][block.admitted[asker]]
            nearer = np.count_nonzero(listed > block.nearness[asker, column[start:stop], None], axis=1)
            of, work = int(block.positions[asker]), partial(self._served.own.nearest_work, block.label)
            found[start:stop] = [
                NearText(count + 1, len(listed), work=work(of, c, self._day))
                for count, c in zip(nearer.tolist(), column[start:stop].tolist(), strict=True)
            ]
        return found

    def _likeness(self, block: _JudgedAskers, pair: tuple[NodeRef, int, int], near: NearText | None) -> Wording:
        asker, i, c = pair
        also = fitting(block.decisions, (i, c))
        reason = self._likeness_of.reason(asker, self._served.candidates.refs[c], near, also=also)
        return Wording(reason.ko, reason.en)
