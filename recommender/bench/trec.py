"""Run files that any evaluation tool reads, ``qid Q0 docid rank score tag``, and answers, ``qid 0 docid 1``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import numpy as np

from recommender.bench.bench import WindowQuestions
from recommender.bench.outcome import SeedOutcome
from recommender.measure.run_ids import run_id


def write_run(path: Path, questions: WindowQuestions, outcome: SeedOutcome, tag: str) -> None:
    """Write the ranked lists of an outcome, best first, ids as ``run_id`` writes them.

    Scores have as many digits as tell them apart, so ties in the file are ties of the model.
    """
    lists = outcome.lists
    single = np.array_equal(lists.scores, lists.scores.astype(np.float32).astype(np.float64))
    digits = 9 if single else 17
    docids = [run_id(name) for name in questions.answer_names]
    names = [run_id(name) for name in questions.list_names]
    with _whole(path) as file:
        for row, name in enumerate(names):
            mine = slice(lists.starts[row], lists.starts[row + 1])
            best = zip(lists.columns[mine].tolist(), lists.scores[mine].tolist(), strict=True)
            file.writelines(
                f"{name} Q0 {docids[column]} {rank} {score:.{digits}g} {tag}\n"
                for rank, (column, score) in enumerate(best, start=1)
            )


def write_qrels(path: Path, questions: WindowQuestions, outcome: SeedOutcome) -> None:
    """Write the answers of a window, which are those of any outcome, by the ids of its run files."""
    docids = [run_id(name) for name in questions.answer_names]
    names = [run_id(name) for name in questions.list_names]
    places = questions.lists[outcome.ranks.query]
    order = np.lexsort((outcome.answers, places))
    with _whole(path) as file:
        file.writelines(
            f"{names[place]} 0 {docids[column]} 1\n"
            for place, column in zip(places[order].tolist(), outcome.answers[order].tolist(), strict=True)
        )


@contextmanager
def _whole(path: Path) -> Iterator[TextIO]:
    """Open a file that is there once it is whole."""
    scratch = path.with_suffix(".writing")
    with scratch.open("w", encoding="utf-8", newline="\n") as file:
        yield file
    scratch.replace(path)
