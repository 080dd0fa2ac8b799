"""Findings of models that are known by heart: where each puts the one right answer of each question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from recommender.bench.bench import Slice, WindowQuestions
from recommender.bench.contender import Contender, Role
from recommender.bench.figures import WindowFigures, window_figures
from recommender.bench.findings import Findings
from recommender.bench.outcome import Cost, Lists, SeedOutcome
from recommender.bench.run import ContenderRun, Tried
from recommender.knowledge.dataset import Dataset
from recommender.measure.ranks import PositiveRanks
from tests.recommender.bench.models import Popular
from tests.recommender.scorers.small import taken

Places = Sequence[int]
"""How many candidates stand above the right answer of each question."""
HISTORY, DEGREE = (0, 1, 4, 30), (0, 2, 2, 7, 600)
FACTS = {"queries": 4, "drawn_from": 4, "positives": 4, "starts": "2025-01-01", "events": 40}


def outcome(places: Places, **cost: float) -> SeedOutcome:
    """One right answer a question: candidates 0, 1, 2, 3, and 0 again for the fifth."""
    ones = np.ones(len(places), dtype=np.int64)
    rows = np.arange(len(places), dtype=np.int64)
    ranks = PositiveRanks(rows, np.array(places, dtype=np.int64), ones, ones, 0 * ones, ones)
    nothing = Lists(np.zeros(len(places) + 1, dtype=np.int64), np.empty(0, dtype=np.int64), np.empty(0))
    return SeedOutcome(ranks, rows % 4, coverage=0.5, gini=0.25, lists=nothing, cost=Cost(**cost))


def row(
    name: str, *seeds: Places, role: Role = Role.SIMPLE, asked: bool = False, tried: Sequence[Tried] = ()
) -> ContenderRun:
    outcomes = tuple(outcome(places, fit_seconds=60.0, score_seconds=30.0, peak_mib=512.0) for places in seeds)
    contender = Contender(name, (Popular(),), role, asked=asked)
    return ContenderRun(contender, tried=tuple(tried), seeds=tuple(range(len(seeds))), outcomes=outcomes)


class FewQuestions:
    """The part of a bench that figures are made from: one question an event, the first is cold."""

    metrics = ("mrr", "recall@1", "ndcg@10")

    def __init__(self, facts: Mapping[str, object], count: int = 4) -> None:
        self.facts, self.count = facts, count

    def questions(self, stage: str) -> WindowQuestions:
        assert stage == "test"
        count = self.count
        names = tuple("abcdefghijkl"[:count])
        cold = np.arange(count) == 0
        every, nobody = np.ones(count, dtype=bool), np.zeros(count, dtype=bool)
        slices = Slice("all", every), Slice("cold_query", cold), Slice("few_shot", nobody)
        return WindowQuestions(
            names,
            names,
            np.arange(count),
            tuple("01234"),
            groups=np.arange(count),
            history=np.resize(HISTORY, count),
            degree=np.array(DEGREE),
            candidates=1234,
            positives=count,
            slices=slices,
            facts=self.facts,
        )


def window(*rows: ContenderRun, facts: Mapping[str, object] = FACTS) -> WindowFigures:
    asked = next(len(each.outcomes[0].ranks) for each in rows if each.outcomes)
    return window_figures(FewQuestions(facts, asked), rows)


def findings(*rows: ContenderRun, dataset: Dataset | None = None, **changed: object) -> Findings:
    """Return what a run with these rows found; ``changed`` are its fields, ``facts`` those of the window."""
    test = window(*rows, facts=changed.pop("facts", FACTS))
    given = {
        "dataset": dataset or taken([(0, 0), (1, 1)]).dataset,
        "valid_facts": FACTS | {"starts": ""},
        "test": test,
        "hidden": None,
        "hidden_note": None,
        "notes": (),
        "seeds": (0, 1),
        "hashes": {"data": "d" * 64, "config": "cc", "code_version": "vv"},
        "settings": {"encoder": "none", "device": "cpu", "budget": 20.0},
    }
    return Findings(**(given | changed))


FIRST, SECOND, FOURTH = (0, 0, 0, 0), (1, 1, 1, 1), (3, 3, 3, 3)
TWELVE_FIRST, TWELVE_SECOND, TWELVE_FOURTH = 3 * FIRST, 3 * SECOND, 3 * FOURTH
"""So many events that a bootstrap may prove something: 2 ** (1 - 12) is below its own 2 / 2,001."""
