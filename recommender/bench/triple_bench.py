"""Triple completion on an experiment folder: both sides of each triple asked, filtered."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import Final

import numpy as np
from scipy import sparse

from recommender.bench.bench import Slice, WindowQuestions, checked_depths
from recommender.bench.leaks import refuse_triple_leaks
from recommender.bench.outcome import BLOCK_CELLS, Collector, Lists, SeedOutcome, checked, top_lists
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.stages import StageName
from recommender.measure.arrays import Indices
from recommender.measure.triple_metrics import TIE_RULES
from recommender.triples.data import Answers, Queries, Triples, both_sides
from recommender.triples.folder import read_triples
from recommender.triples.protocols import FitContext, TripleEstimator, TripleScorer

MAX_VALID_TRIPLES: Final = 5_000
"""More than this many triples of the valid window are drawn from, since settings are chosen many times."""
_EXPOSURE_AT: Final = 10
"""Length of a list as it is shown, as in recommendation."""
_MANY: Final = 1.5
"""A side of a relation is N where an entity of the other side has more partners than this on average (Bordes 2013)."""
_CARDINALITIES: Final = ("1-1", "1-N", "N-1", "N-N")


class TripleBench:
    """Windows of a folder of triples; two splits that share a triple are refused."""

    def __init__(self, dataset: Dataset, device: str = "cpu") -> None:
        self.dataset = dataset
        self.device = device
        self._named = read_triples(dataset)
        self.notes = refuse_triple_leaks(self._named.triples, self._named.relations, self._named.entities)
        checked_depths(dataset, TIE_RULES)

    @property
    def metrics(self) -> tuple[str, ...]:
        """The main metric, hits at 1, 3, 10 and the cut-offs of the folder, and MRR under each rule for ties."""
        hits = [f"hits@{k}" for k in sorted({1, 3, 10, *self.dataset.spec.report.k})]
        return tuple(dict.fromkeys((self.dataset.spec.main, "mrr", *hits, *TIE_RULES)))

    @property
    def triples(self) -> Triples:
        """All triples of the folder."""
        return self._named.triples

    def questions(self, stage: StageName) -> WindowQuestions:
        """Return both queries of each triple of a window; those of one triple are resampled together."""
        queries, answers, groups = self._asked(stage)
        triples = self.triples
        known = Answers.of(triples.train, triples.n_entities, triples.n_relations)
        tail_side = queries.relation < triples.n_relations
        cardinality = self._cardinality[queries.relation % triples.n_relations]
        slices = [
            Slice("all", np.ones(len(queries), dtype=bool)),
            Slice("tail", tail_side),
            Slice("head", ~tail_side),
            *(Slice(name, cardinality == number) for number, name in enumerate(_CARDINALITIES)),
        ]
        qids = self._named.texts(queries)
        return WindowQuestions(
            names=tuple(f"{qid} {self._named.entities[answer]}" for qid, answer in zip(qids, answers, strict=True)),
            list_names=tuple(self._named.texts(self._distinct(queries))),
            lists=self._places(queries),
            answer_names=self._named.entities,
            groups=groups,
            history=np.diff(known.rows(queries).indptr).astype(np.int64),
            degree=np.bincount(triples.train[:, [0, 2]].reshape(-1), minlength=triples.n_entities),
            candidates=int(np.bincount(triples.entity_types).max()),
            positives=len(answers),
            slices=tuple(slices),
            facts={
                "queries": len(queries),
                "drawn_from": 2 * len(triples.valid if stage == "valid" else triples.test),
                "positives": len(answers),
                "candidates": triples.n_entities,
                "events": len(np.unique(groups)),
                "known_pairs": len(triples.train),
                "starts": "",
                "slices": {each.name: int(each.queries.sum()) for each in slices},
            },
        )

    def fit(self, estimator: TripleEstimator, stage: StageName, seed: int) -> TripleScorer:
        """Learn from train; valid may decide when to stop, test is not there at all."""
        del stage
        unseen = replace(self.triples, test=np.empty((0, 3), dtype=np.int64))
        return estimator.fit(unseen, FitContext(seed, self.device))

    def rank(self, scorer: TripleScorer, stage: StageName, name: str) -> SeedOutcome:
        """Rank the answer of each query among the candidates that no split knows, block by block.

        Only test gets lists: they mask less than the ranks do, so that every query has to be scored once more.
        """
        triples = self.triples
        queries, answers, _ = self._asked(stage)
        known = Answers.of(triples.known, triples.n_entities, triples.n_relations)
        everybody = np.arange(triples.n_entities)
        collector = Collector(triples.n_entities, _EXPOSURE_AT)
        size = max(1, BLOCK_CELLS // triples.n_entities)
        for start in range(0, len(queries), size):
            block = queries[start : start + size]
            scores = checked(scorer.score(block), (len(block), triples.n_entities), name)
            right = _cells(answers[start : start + size], triples.n_entities)
            other = sparse.csr_array(known.rows(block) - known.rows(block).multiply(right))
            collector.add(scores, right, self._masked(block, other), everybody)
        outcome = collector.outcome()
        if stage == "valid":
            return outcome.without_lists()
        return replace(outcome, lists=self._lists(scorer, self._distinct(queries), name))

    def hide_queries(self) -> None:
        """Return None: an entity without a triple has nothing to be asked by."""
        return

    def _lists(self, scorer: TripleScorer, queries: Queries, name: str) -> Lists:
        """Best candidates of each distinct query, answers of train and valid left out, those of test not."""
        triples = self.triples
        learned = np.concatenate((triples.train, triples.valid))
        known = Answers.of(learned, triples.n_entities, triples.n_relations)
        found = []
        for block in queries.blocks(max(1, BLOCK_CELLS // triples.n_entities)):
            scores = checked(scorer.score(block), (len(block), triples.n_entities), name)
            found += top_lists(scores, self._masked(block, known.rows(block)))
        starts = np.cumsum([0, *(len(columns) for columns, _ in found)]).astype(np.int64)
        return Lists(starts, np.concatenate([each for each, _ in found]), np.concatenate([each for _, each in found]))

    def _masked(self, queries: Queries, known: sparse.csr_array) -> sparse.csr_array:
        """Add entities of another label than the relation's to those that are masked."""
        masked = sparse.csr_array(known)
        masked.eliminate_zeros()
        if not self.triples.several_types:
            return masked
        return sparse.csr_array(masked + sparse.csr_array((~self.triples.candidates(queries)).astype(np.float32)))

    def _asked(self, stage: StageName) -> tuple[Queries, Indices, Indices]:
        """Return the 2n queries of a window, their answers, and the triple of each; all of length 2n."""
        window = self.triples.valid if stage == "valid" else self.triples.test
        if stage == "valid" and len(window) > MAX_VALID_TRIPLES:
            window = window[np.sort(np.random.default_rng(0).permutation(len(window))[:MAX_VALID_TRIPLES])]
        queries, answers = both_sides(window, self.triples.n_relations)
        return queries, answers, np.tile(np.arange(len(window)), 2)

    def _distinct(self, queries: Queries) -> Queries:
        """Return each query once, in the order in which they are first asked."""
        return queries[np.sort(np.unique(self._keys(queries), return_index=True)[1])]

    def _places(self, queries: Queries) -> Indices:
        """Return the place of each query among the distinct ones."""
        _, first, inverse = np.unique(self._keys(queries), return_index=True, return_inverse=True)
        return np.asarray(np.argsort(np.argsort(first))[inverse.reshape(-1)], dtype=np.int64)

    def _keys(self, queries: Queries) -> Indices:
        return np.asarray(queries.relation * self.triples.n_entities + queries.anchor, dtype=np.int64)

    @cached_property
    def _cardinality(self) -> Indices:
        """Place in ``_CARDINALITIES`` of each relation, shape (R,), by the triples of train."""
        many = np.stack([self._average(near, far) > _MANY for near, far in ((2, 0), (0, 2))])
        return np.asarray(2 * many[0] + many[1], dtype=np.int64)

    def _average(self, near: int, far: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        """Mean number of partners at the far side of an entity at the near side, by relation."""
        train, size = self.triples.train, self.triples.n_relations
        pairs = np.unique(train[:, [1, near, far]], axis=0)
        ends = np.unique(train[:, [1, near]], axis=0)
        counts = (np.bincount(each[:, 0], minlength=size) for each in (pairs, ends))
        total, nodes = counts
        return np.asarray(total / np.maximum(nodes, 1))


def _cells(columns: Indices, width: int) -> sparse.csr_array:
    """One cell a row, as ones."""
    ones = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_array((ones, (np.arange(len(columns)), columns)), shape=(len(columns), width))
