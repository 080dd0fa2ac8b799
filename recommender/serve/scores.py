"""Scores of a task's candidates: read where they were worked out beforehand, else computed."""

from __future__ import annotations

from pathlib import Path
from threading import RLock
from typing import Final

import numpy as np

from graph_schema.deadline import check_deadline
from graph_schema.errors import ModelError
from graph_schema.wording import Wording
from recommender.knowledge.known import Questions, Scorer
from recommender.measure.arrays import Floats, Indices
from recommender.publish.bundle import Bundle
from recommender.serve.score_table import ScoreTable

_ROUNDING: Final = 1e-4
"""How far a stored score may be from the one that is computed now: another machine adds up in another order."""


class Scores:
    """What a model gives to askers. Safe for threads.

    ``folder`` holds what was worked out beforehand of it; None where nothing is to be looked for.
    """

    def __init__(self, bundle: Bundle, folder: Path | None) -> None:
        self._bundle = bundle
        self._folder = folder
        self._kept: dict[str, ScoreTable | None] = {}
        self._lock = RLock()

    def of(self, task: str, questions: Questions) -> Floats:
        """Scores of the candidates in their order, (Q, C); ``questions`` are guests, or nodes with all known."""
        check_deadline()
        table = self.kept(task) if questions.guests is None else None
        if table is not None:
            return table.rows(questions.query)
        return self._scored(task, questions)

    def scorer(self, task: str) -> Scorer:
        """Return what gives the scores of a task."""
        return self._bundle.scorer(task)

    def computed(self, task: str, rows: Indices) -> Floats:
        """Scores of some askers, (rows, C), as the model gives them now."""
        return self._scored(task, self._bundle.data(task).known.history_of(rows))

    def table(self, task: str) -> ScoreTable:
        """Where the scores of a task are, or belong; raises ``ModelError`` without a folder."""
        if self._folder is None:
            version = self._bundle.version
            raise ModelError(
                Wording(
                    f"모델 {version}: 점수를 저장할 폴더 없이 열었습니다",
                    f"model {version} was opened without a folder of scores",
                )
            )
        data = self._bundle.data(task)
        return ScoreTable(self._folder / task, data.n_queries, data.n_candidates)

    def kept(self, task: str) -> ScoreTable | None:
        """Return the finished table of a task; None where there is none that the model agrees with."""
        if self._folder is None:
            return None
        table = self.table(task)
        with self._lock:
            if not table.finished:  # not yet, or no longer: a run for another model deletes it
                self._kept.pop(task, None)
                return None
            if task not in self._kept:
                self._kept[task] = table if self.agrees(task) else None
            return self._kept[task]

    def agrees(self, task: str) -> bool:
        """Whether a few stored scores are those that the model gives; code may have changed since."""
        table = self.table(task)
        rows = table.sample()
        return bool(np.allclose(table.rows(rows), self.computed(task, rows), rtol=_ROUNDING, atol=_ROUNDING))

    def _scored(self, task: str, questions: Questions) -> Floats:
        scores = self._bundle.scorer(task).score(questions)[:, self._bundle.data(task).columns]
        if not np.isfinite(scores).all():
            version = self._bundle.version
            raise ModelError(
                Wording(
                    f"모델 {version}: 과제 {task!r}의 점수에 유한하지 않은 값이 있습니다. 이전 모델로 되돌리십시오",
                    f"model {version} gave scores that are not finite for {task!r}; roll back",
                )
            )
        # Row by row, as they are read from disk: the order in which they lie decides about the last bit of their mean.
        return np.ascontiguousarray(scores)
