"""A saved model of triples: what completes a question, and the vectors of entities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import numpy as np

from recommender.knowledge.dataset import Dataset
from recommender.knowledge.device import resolve_device
from recommender.lab.saved_model import SavedModel
from recommender.measure.arrays import Flags, Floats
from recommender.measure.arrays_file import read_arrays
from recommender.triples.data import Answers, Queries
from recommender.triples.folder import NamedTriples, read_triples
from recommender.triples.protocols import FitContext, TripleEstimator, restored


@dataclass(frozen=True)
class SavedTripleModel(SavedModel):
    """A model that has learned from train; answers that any split knows are left out."""

    named: NamedTriples = field(repr=False)

    @property
    def _kind(self) -> str:
        return "triples"

    @property
    def _candidates(self) -> tuple[str, ...]:
        return self.named.entities

    @cached_property
    def _answers(self) -> Answers:
        triples = self.named.triples
        return Answers.of(triples.known, triples.n_entities, triples.n_relations)

    def _rows(self, queries: Sequence[str]) -> tuple[Queries, list[str]]:
        rows = self.named.questions(queries) if len(queries) else self._answers.queries
        return rows, self.named.texts(rows)

    def _scored(self, rows: Queries) -> tuple[Floats, Flags]:
        blocked = ~self.named.triples.candidates(rows)
        known = self._answers.rows(rows)
        blocked[np.repeat(np.arange(len(rows)), np.diff(known.indptr)), known.indices] = True
        return self.scorer.score(rows), blocked


def open_triples(
    name: str, dataset: Dataset, estimator: TripleEstimator, file: Path, fitted: tuple[int, str]
) -> SavedTripleModel:
    """Return the model whose arrays are in ``file``; ``fitted``: its seed and device."""
    seed, device = fitted
    named = read_triples(dataset)
    context = FitContext(seed, str(resolve_device(device)))
    return SavedTripleModel(name, restored(estimator, named.triples, read_arrays(file), context), named)
