"""What a question starts from: its given candidates with weights, its attributes and its text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from recommender.engine.profiles import BlockKinds, attribute_blocks, joined_cosines, text_vectors_of
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices
from recommender.scorers.facts import unit_rows


@dataclass(frozen=True)
class Seeds:
    """A batch of Q questions as the engine sees them.

    All matrices of shape (Q, C) have the same pattern, the given candidates and, where candidates ask, the asker
    itself: ``count`` is 1, ``weight`` the mean weight of the pair over the mean of all, ``recency`` decays with age.
    ``values`` (Q, values) of each block of attributes, ``profile`` (Q, attributes) and ``text`` (Q, d) describe the
    question, ``members`` (Q, candidate attributes) what is given. ``asker`` (Q,) is the candidate that asks, None where
    none does.
    """

    count: sparse.csr_array
    weight: sparse.csr_array
    recency: sparse.csr_array
    values: tuple[sparse.csr_array, ...]
    profile: sparse.csr_array | None
    text: Floats | None
    members: sparse.csr_array | None
    member_text: Floats | None
    asker: Indices | None

    @property
    def sizes(self) -> Floats:
        """Given candidates of each question, shape (Q,)."""
        return np.asarray(np.diff(self.count.indptr), dtype=np.float32)


class Seeding:
    """Makes ``Seeds`` of questions; ``unit`` is the length of a window in seconds, 0 where time does not matter."""

    def __init__(self, known: Known, unit: float) -> None:
        self.known = known
        self.unit = unit
        self.query_kinds = BlockKinds(known, known.task.query)
        self.query_blocks = self.query_kinds.of(known.rows_of(known.task.query))
        self.candidate_blocks = attribute_blocks(known, known.task.candidate)
        self.query_profile = joined_cosines(self.query_blocks, len(known.queries)) if self.query_blocks else None
        self.candidate_profile = (
            joined_cosines(self.candidate_blocks, len(known.candidates)) if self.candidate_blocks else None
        )
        self.query_text = text_vectors_of(known, known.task.query)
        self.candidate_text = text_vectors_of(known, known.task.candidate)
        self._mean_weight = max(float(np.abs(known.pairs.weight).mean()), 1e-9) if len(known.pairs) else 1.0

    def __call__(self, questions: Questions) -> Seeds:
        """Describe a batch of questions."""
        given, shape = questions.given, (len(questions), questions.n_candidates)
        query, candidate = given.query, given.candidate
        weight = np.maximum(given.weight / self._mean_weight, 0.05).astype(np.float32)
        recency = self.known.recency(given.time, self.unit)
        asks_itself = self.known.same_label and questions.guests is None
        if asks_itself:
            query = np.concatenate([query, np.arange(len(questions))])
            candidate = np.concatenate([candidate, questions.query])
            weight = np.concatenate([weight, np.full(len(questions), 2.0, np.float32)])
            recency = np.concatenate([recency, np.full(len(questions), 2.0, np.float32)])
        count, total, recent = _summed(query, candidate, (np.ones_like(weight), weight, recency), shape)
        total.data /= count.data
        count.data[:] = 1.0
        values, profile, text = self._described(questions)
        return Seeds(
            count,
            total,
            recent,
            values,
            profile,
            text,
            unit_rows(sparse.csr_array(count @ self.candidate_profile)) if self.candidate_profile is not None else None,
            _mean_text(count, self.candidate_text) if self.candidate_text is not None else None,
            questions.query if asks_itself else None,
        )

    def _described(
        self, questions: Questions
    ) -> tuple[tuple[sparse.csr_array, ...], sparse.csr_array | None, Floats | None]:
        """Values by block, profile and text of who asks."""
        rows, text, profile = questions.guests, self.query_text, self.query_profile
        blocks = self.query_blocks
        if rows is not None:
            blocks = self.query_kinds.of(rows)
            every = tuple(block.members for block in blocks)
            profile = None if profile is None else joined_cosines(self.query_blocks, len(rows), every)
            text = None if text is None else _filled(rows.text, len(rows), text.shape[1])
        return (
            tuple(block.members[questions.query] for block in blocks),
            None if profile is None else profile[questions.query],
            None if text is None else text[questions.query],
        )


def _summed(
    row: Indices, column: Indices, values: Sequence[Floats], shape: tuple[int, int]
) -> Iterator[sparse.csr_array]:
    """Yield a matrix for each of ``values``, summed by cell; all have the same cells, sorted."""
    order = np.lexsort((column, row))
    row, column = row[order], column[order]
    first = np.ones(len(order), dtype=bool)
    first[1:] = (np.diff(row) != 0) | (np.diff(column) != 0)
    cell, columns = np.cumsum(first) - 1, column[first].astype(np.int32)
    start = np.concatenate([[0], np.cumsum(np.bincount(row[first], minlength=shape[0]))]).astype(np.int32)
    for each in values:
        sums = np.zeros(len(columns), dtype=np.float32)
        np.add.at(sums, cell, each[order])
        yield sparse.csr_array((sums, columns, start), shape=shape)


def _mean_text(count: sparse.csr_array, text: Floats) -> Floats:
    mean = np.asarray(count @ text) / np.maximum(np.diff(count.indptr), 1)[:, None]
    return np.asarray(mean / np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def _filled(text: Floats | None, rows: int, width: int) -> Floats:
    return np.zeros((rows, width), dtype=np.float32) if text is None else text
