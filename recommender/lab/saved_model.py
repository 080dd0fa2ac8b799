"""What a saved model can be asked, whatever the kind of its folder."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import pandas as pd

from recommender.bench.model_names import refuse_without_vectors
from recommender.measure.arrays import Flags, Floats

_AT_ONCE: Final = 256
"""Questions that are scored together."""


@dataclass(frozen=True)
class SavedModel(ABC):
    """A model that was opened again; ``name`` is that of its row."""

    name: str
    scorer: Any = field(repr=False)

    def predict(self, queries: Sequence[str] = (), n: int = 10) -> pd.DataFrame:
        """Return the ``n`` best candidates of each query, all of whom something is known by default.

        One row each: ``query``, ``rank`` from 1, ``candidate``, ``score``. What a query is linked to already is left
        out, but where a folder that recommends does not mask it. A query is the id of a node; of triples it is written
        as in the run files, ``head|relation|?`` or ``?|relation|tail``. Raises ``NotFoundError`` for one that the
        folder does not have.
        """
        rows, names = self._rows(queries)
        starts = range(0, len(names), _AT_ONCE)
        parts = [self._best(rows[at : at + _AT_ONCE], names[at : at + _AT_ONCE], n) for at in starts]
        return pd.concat(parts, ignore_index=True) if parts else self._frame([], [], [], [])

    def embeddings(self) -> pd.DataFrame:
        """Return the vector of each candidate, of triples of each entity; a row each with its id as index.

        Raises ``ConfigError`` where the model has none: one that describes a candidate by each question, as the engine
        does, has no vector that is the candidate's own.
        """
        refuse_without_vectors(self.name, self._kind)
        return pd.DataFrame(self.scorer.embeddings, index=pd.Index(self._candidates, name="id"))

    @property
    @abstractmethod
    def _kind(self) -> str:
        """Kind of the folder's task."""

    @property
    @abstractmethod
    def _candidates(self) -> tuple[str, ...]:
        """Ids of the candidates."""

    @abstractmethod
    def _rows(self, queries: Sequence[str]) -> tuple[Any, list[str]]:
        """Return some questions, or all of whom something is known, as the scorer takes them and by name."""

    @abstractmethod
    def _scored(self, rows: Any) -> tuple[Floats, Flags]:
        """Return the scores of some questions and which cells are no answers, both (Q, C)."""

    def _best(self, rows: Any, names: Sequence[str], n: int) -> pd.DataFrame:
        found, blocked = self._scored(rows)
        scores = np.where(blocked, -np.inf, found)
        order = np.argsort(-scores, axis=1, kind="stable")[:, :n]
        row, rank = np.nonzero(np.isfinite(np.take_along_axis(scores, order, axis=1)))
        candidate = order[row, rank]
        ids = self._candidates
        queries = [names[at] for at in row.tolist()]
        return self._frame(queries, rank + 1, [ids[at] for at in candidate.tolist()], scores[row, candidate])

    @staticmethod
    def _frame(queries: Any, ranks: Any, candidates: Any, scores: Any) -> pd.DataFrame:
        return pd.DataFrame({"query": queries, "rank": ranks, "candidate": candidates, "score": scores})
