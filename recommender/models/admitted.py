"""Scorers behind the rules, as they serve: what the rules kept from an asker in a past window stands below all else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

import numpy as np

from recommender.knowledge.known import Questions, Scorer
from recommender.knowledge.stages import Stage, StageName
from recommender.knowledge.task_data import TaskData
from recommender.measure.arrays import Flags, Floats, Indices
from recommender.measure.wilson import wilson_interval
from recommender.rules.askers import askers_of_nodes
from recommender.rules.base import CandidatePairs
from recommender.rules.candidates import Candidates
from recommender.rules.past import out_all_along, past_rules
from recommender.snapshot.dated_facts import DatedFacts

IN_DISPUTE: Final = 0.05
"""A rule that surely forbids more than this share of what happened is refuted by the data, or wrong."""


@dataclass(frozen=True)
class AdmittedScorer:
    """score(q, c) = s(q, c) where c is open to q, else a number just below all of s(q, ·).

    ``out`` says what the rules keep from the askers of a batch, (Q, C).
    """

    scorer: Scorer
    out: Callable[[Questions], Flags]

    def score(self, questions: Questions) -> Floats:
        """Return scores with what is kept from each asker below all others, (Q, C)."""
        scores = self.scorer.score(questions)
        below = np.nextafter(scores.min(axis=1, keepdims=True), -np.inf, dtype=scores.dtype)
        return np.where(self.out(questions), below, scores)


@dataclass(frozen=True)
class RuleFigures:
    """How the rules of a task stand to what happened.

    ``asked``: rules that what serves was measured behind. ``disputed``: rules left out of the measure, since they
    forbid too much of what happened where settings are chosen, and the share of it. ``forbidden``: of the answers that
    are tested on, the share that each rule asked forbids, where it does; ``forbidden_share`` that any does. ``out``:
    share of all pairs of askers and candidates that the rules keep apart there, or of which somebody has the candidate.
    """

    asked: tuple[str, ...]
    disputed: Mapping[str, float]
    forbidden: Mapping[str, float]
    forbidden_share: float
    out: float


class RuleMask:
    """What the rules of a task keep from the askers of its two windows; those in dispute with valid are left out.

    An answer that the rules forbid is a fault of a rule or of the data. Of single ones ``figures`` tells; a rule that
    surely forbids more than a twentieth of the answers of the valid window is not asked, and that is told too. What
    somebody has, where each candidate goes to one asker (``Known.occupied``), is kept from all: a scorer that ranks
    rooms that are let before those that are free would be no opponent.
    """

    def __init__(self, data: TaskData, spans: Mapping[StageName, tuple[date, date]], valid: Stage) -> None:
        """Take the first day of each window and the day after its last, and the window that settings are chosen on."""
        self._data, self._spans = data, spans
        self._facts = DatedFacts(data.snapshot)
        self._candidates = Candidates(self._facts, [data.candidate_ref(row) for row in range(data.n_candidates)])
        self._blocks: dict[tuple[StageName, bytes], Flags] = {}
        self._occupied_before: dict[StageName, Flags] = {}
        self._rules = past_rules(data.task)
        against = self._against(valid)
        answers = valid.positives.nnz
        self.disputed = {
            id_: share
            for id_, share in against.items()
            if wilson_interval(round(share * answers), answers)[0] > IN_DISPUTE
        }
        self._rules = tuple(rule for rule in self._rules if rule.id not in self.disputed)

    def behind(self, scorer: Scorer, stage: StageName) -> Scorer:
        """Return a scorer as it would serve in a window: behind the rules."""
        return AdmittedScorer(scorer, lambda questions: self.out(questions, stage))

    def out(self, questions: Questions, stage: StageName) -> Flags:
        """Flag what the rules keep from the askers of a batch, (Q, C); kept, since every scorer is asked the same.

        Guests are no nodes of the snapshot; what is kept from them is decided where they are served.
        """
        if questions.guests is not None:
            return np.zeros((len(questions), questions.n_candidates), dtype=bool)
        key = stage, questions.query.tobytes()
        if key not in self._blocks:
            found = np.zeros((len(questions), questions.n_candidates), dtype=bool)
            for flags in self._by_rule(questions, stage).values():
                found |= flags
            self._blocks[key] = found | self._occupied(stage)
        return self._blocks[key]

    def _occupied(self, stage: StageName) -> Flags:
        """Flag what somebody has when a window begins, (C,)."""
        if stage not in self._occupied_before:
            self._occupied_before[stage] = self._data.known.before(np.datetime64(self._spans[stage][0], "s")).occupied
        return self._occupied_before[stage]

    def figures(self, test: Stage) -> RuleFigures:
        """Count what the rules forbid of the answers of a window, and how much they keep apart in all."""
        out = self.out(test.questions, test.name)
        return RuleFigures(
            tuple(rule.id for rule in self._rules),
            self.disputed,
            {id_: share for id_, share in self._against(test).items() if share},
            float(out[test.positives.nonzero()].mean()),
            float(out[:, self._data.columns].mean()),
        )

    def _against(self, stage: Stage) -> dict[str, float]:
        """Share of the answers of a window that each rule forbids."""
        answers = stage.positives.nonzero()
        return {id_: float(flags[answers].mean()) for id_, flags in self._by_rule(stage.questions, stage.name).items()}

    def _by_rule(self, questions: Questions, stage: StageName) -> dict[str, Flags]:
        """Return what each rule keeps from the askers of a batch, (Q, C) over the nodes of the candidate label."""
        space, (start, until) = self._data.query_space, self._spans[stage]
        found = {rule.id: np.zeros((len(questions), questions.n_candidates), dtype=bool) for rule in self._rules}
        for label, members in space.members.items():
            rows = questions.query - space.starts[label]
            here = np.flatnonzero((rows >= 0) & (rows < len(members)))
            if not len(here):
                continue
            pairs = self._pairs(label, members[rows[here]], start - timedelta(days=1))
            for rule in self._rules:
                found[rule.id][np.ix_(here, self._data.columns)] = out_all_along(rule, pairs, until)
        return found

    def _pairs(self, label: str, positions: Indices, as_of: date) -> CandidatePairs:
        return CandidatePairs(askers_of_nodes(self._facts, label, positions, as_of), self._candidates, as_of)
