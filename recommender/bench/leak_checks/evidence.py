"""What the checks compare: pairs known, given, answered and to be answered later, worked out anew from the folder."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.wording import Wording
from recommender.knowledge.dataset import Dataset, Edges, Nodes
from recommender.knowledge.known import Pairs, oriented
from recommender.knowledge.stages import TEST, TEST_CONTEXT, TRAIN, VALID, VALID_CONTEXT, Stage, assign_splits
from recommender.measure.arrays import Flags, Indices, Splits

PairCodes = npt.NDArray[np.int64]
"""Pairs as ``query node * C + candidate node``, sorted and distinct where not said otherwise."""

RARE: Final = 0.01
"""Share of the rows of a window that may be faulty in an honest file; a figure does not move by it."""
DENSE: Final = 0.4
"""Share of answers among all pairs that may be answers, from which a hit proves nothing."""
FEWEST: Final = 3
"""Hits that a share is judged by; fewer happen by chance."""
_TIMES: Final = 5
"""How much larger a share must be to be far larger."""
_LEVEL: Final = 0.01
"""How much larger a share must be to be far larger, and the level of the test that it is not so by chance."""


@dataclass(frozen=True)
class Evidence:
    """One window of a dataset, as the checks see it."""

    dataset: Dataset
    stage: Stage

    @property
    def queries(self) -> Nodes:
        """Nodes of the query label."""
        return self.stage.known.queries

    @property
    def candidates(self) -> Nodes:
        """Nodes of the candidate label."""
        return self.stage.known.candidates

    @property
    def same_label(self) -> bool:
        """Whether queries are candidates themselves."""
        return self.stage.known.same_label

    @property
    def temporal(self) -> bool:
        """Whether the window has a first moment."""
        return not np.isnat(self.stage.known.start)

    @property
    def file(self) -> str:
        """Name of the target's file."""
        return edge_file(self.dataset.target)

    @cached_property
    def splits(self) -> Splits:
        """Code of each target row."""
        return assign_splits(self.dataset)

    @cached_property
    def wanted(self) -> Flags:
        """Target rows that are asked for in the window."""
        return np.asarray(self.splits == (VALID if self.stage.name == "valid" else TEST))

    @cached_property
    def with_question(self) -> Flags:
        """Target rows that come with the questions of the window."""
        return np.asarray(self.splits == (VALID_CONTEXT if self.stage.name == "valid" else TEST_CONTEXT))

    @cached_property
    def learned(self) -> Flags:
        """Target rows that may be learned from."""
        refit = self.stage.name == "test" and self.dataset.spec.split.refit == "train+valid"
        return np.isin(self.splits, (TRAIN, VALID, VALID_CONTEXT) if refit else (TRAIN,))

    @cached_property
    def learned_pairs(self) -> PairCodes:
        """Pairs that may be learned from."""
        return self.codes_of_rows(self.learned)

    @cached_property
    def context_pairs(self) -> PairCodes:
        """Pairs that come with the questions of the window, of asked queries or not."""
        return self.codes_of_rows(self.with_question)

    @cached_property
    def given_pairs(self) -> PairCodes:
        """Pairs that the stage hands over with its questions."""
        given = self.stage.questions.given
        return self.codes(self.stage.questions.query[given.query], given.candidate)

    @cached_property
    def answers(self) -> PairCodes:
        """Pairs asked for."""
        found = self.stage.positives.tocoo()
        return self.codes(self.stage.questions.query[found.row], found.col)

    @cached_property
    def future(self) -> PairCodes:
        """Pairs of the target file that are neither learned nor given: answers of this and of later windows."""
        later = self.codes_of_rows(~self.learned & ~self.with_question)
        return later[~contained(later, self.learned_pairs)]

    @cached_property
    def is_asked(self) -> Flags:
        """Which query nodes are asked, shape (query nodes,)."""
        flags = np.zeros(len(self.queries), dtype=bool)
        flags[self.stage.questions.query] = True
        return flags

    def codes(self, query: Indices, candidate: Indices) -> PairCodes:
        """Return pairs of nodes as codes."""
        return distinct(query.astype(np.int64) * len(self.candidates) + candidate)

    def codes_of_rows(self, rows: Flags) -> PairCodes:
        """Return target rows as codes, both ways round where the relation is symmetric."""
        pairs = self.pairs_of_rows(rows)
        return self.codes(pairs.query, pairs.candidate)

    def pairs_of_rows(self, rows: Flags) -> Pairs:
        """Return target rows as pairs."""
        return oriented(self.dataset.target.take(rows), self.dataset.spec.task)

    def open(self, codes: PairCodes) -> PairCodes:
        """Keep the pairs that could be answers: of an asked query, with a candidate, neither known nor given."""
        query, candidate = np.divmod(codes, len(self.candidates))
        free = self.is_asked[query] & self.stage.is_candidate[candidate]
        if self.same_label:
            free &= query != candidate
        codes = codes[free]
        return codes[~contained(codes, self.learned_pairs) & ~contained(codes, self.given_pairs)]

    def n_open(self, n_queries: int) -> int:
        """Estimate how many pairs could be answers of so many questions."""
        ranked = self.stage.is_candidate.sum() - self.same_label
        return int(n_queries * (ranked - len(self.given_pairs) / len(self.stage.questions)))

    @cached_property
    def is_dense(self) -> bool:
        """Whether so much of what may be an answer is one that naming answers takes no knowledge of them."""
        return len(self.open(self.future)) > DENSE * self.n_open(len(self.stage.questions))

    def name(self, code: int) -> Wording:
        """Name one pair by the ids of its ends."""
        query, candidate = divmod(int(code), len(self.candidates))
        one, other = self.queries.ids[query], self.candidates.ids[candidate]
        return Wording(f"{one} – {other}", f"{one} with {other}")


def distinct(values: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Sort and drop what comes twice; quicker than ``np.unique``, which hashes."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def contained(values: npt.NDArray[np.int64], ordered: npt.NDArray[np.int64]) -> Flags:
    """Tell which values are in a sorted array, shape of ``values``."""
    if not len(ordered):
        return np.zeros(len(values), dtype=bool)
    place = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    return np.asarray(ordered[place] == values)


def edge_file(edges: Edges) -> str:
    """Name of the file that edges came from."""
    return f"edges/{'__'.join(edges.key)}.csv"


def chance(hits: int, drawn: int, marked: int, total: int) -> float:
    """Probability of ``hits`` or more marked among ``drawn`` of ``total`` (hypergeometric)."""
    from scipy.stats import hypergeom

    marked, drawn = min(marked, total), min(drawn, total)
    return float(hypergeom.sf(hits - 1, total, marked, drawn)) if total else 1.0


def far_more_often(hits: int, of: int, base_hits: int, base_of: int) -> bool:
    """Whether a share is at least five times another, and that not by chance (one-sided Fisher test)."""
    if not of or not base_of or hits * base_of < _TIMES * base_hits * of:
        return False
    return chance(hits, of, hits + base_hits, of + base_of) < _LEVEL
