"""Run files that any evaluation tool reads: ``qid Q0 docid rank score tag``."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from recommender.bench.bench import Questions
from recommender.bench.outcome import Outcome
from recommender.measure.run_ids import run_id


def write_run(path: Path, questions: Questions, outcome: Outcome, tag: str) -> None:
    """Write the ranked lists of an outcome, best first, ids as ``run_id`` writes them.

    Scores have as many digits as tell them apart, so ties in the file are ties of the model.
    """
    lists = outcome.lists
    single = np.array_equal(lists.scores, lists.scores.astype(np.float32).astype(np.float64))
    digits = 9 if single else 17
    docids = [run_id(name) for name in questions.answer_names]
    names = [run_id(name) for name in questions.list_names]
    scratch = path.with_suffix(".writing")
    with scratch.open("w", encoding="utf-8", newline="\n") as file:
        for row, name in enumerate(names):
            mine = slice(lists.starts[row], lists.starts[row + 1])
            best = zip(lists.columns[mine].tolist(), lists.scores[mine].tolist(), strict=True)
            file.writelines(
                f"{name} Q0 {docids[column]} {rank} {score:.{digits}g} {tag}\n"
                for rank, (column, score) in enumerate(best, start=1)
            )
    scratch.replace(path)
