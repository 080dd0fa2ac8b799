"""What the rules keep from an asker on every day of a past window, by what was known before it.

A question of the bench stands for months, a rule says what holds on a day. So a rule speaks here only as far as its
answer is that of the whole window and gives nothing away that became known in it:

- what does not change of itself is judged once, as it was the day before the window,
- what runs out or begins on a day that asker and candidate themselves state is out where it is out all along,
- what says how things stand on one day, or goes by a state without a day, is not asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final

import numpy as np

from recommender.knowledge.tasks import Task
from recommender.measure.arrays import Flags
from recommender.rules.base import CandidatePairs, Code, Rule
from recommender.rules.decide import RULES

LASTING: Final = frozenset(
    {"region", "industry", "barred_industry", "size", "revenue", "standing", "in_business", "admitted_industry"}
)
"""Judged once, by the facts of the day before the window."""
BY_DAY: Final = frozenset({"window", "consent", "age", "target"})
"""Out where they are out on every day: a call may open and a company be founded within the window."""
OF_ONE_DAY: Final = frozenset({"capacity", "available"})
"""Who has no time this month has some the next, and a room that is let may be left: not asked."""
OF_TODAY: Final = frozenset({"legal_status", "for_licence"})
"""Registers tell how a right stands now, and lists what is offered now, and not since when: not asked."""
NEVER_OUT: Final = frozenset({"certificate", "representative", "exclusion", "support", "notice"})
"""They have something checked and keep nothing out."""


def past_rules(task: Task) -> tuple[Rule, ...]:
    """Rules of a task that can be asked about a window of the past; what is known already, the window leaves out."""
    return tuple(RULES[id_] for id_ in task.constraints if id_ in LASTING | BY_DAY)


def out_all_along(rule: Rule, pairs: CandidatePairs, until: date) -> Flags:
    """Flag the pairs that a rule keeps out on every day after that of ``pairs`` and before ``until``, (A, C).

    The day of ``pairs`` is the one before the window: what is known of its askers is what was known then.
    """
    if rule.id in LASTING:
        return np.broadcast_to(rule.judge(pairs) == Code.OUT, pairs.shape)
    first, last = pairs.as_of + timedelta(days=1), until - timedelta(days=1)
    if rule.of_candidates:
        days = [first + timedelta(days=each) for each in range((until - first).days)]
        out = pairs.candidates.once((rule.id, first, until), lambda: _on_all(rule, pairs, days))
    else:
        # By age somebody is out at the start, at the end or at both; in between alone only where limits are of months.
        out = _on_all(rule, pairs, (first, last))
    return np.broadcast_to(out, pairs.shape)


def _on_all(rule: Rule, pairs: CandidatePairs, days: Iterable[date]) -> Flags:
    found: Flags = np.ones((1, 1), dtype=bool)
    for day in days:
        found = found & (rule.decide(replace(pairs, as_of=day)) == Code.OUT)
    return found
