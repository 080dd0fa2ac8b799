"""Who outgrew a size class some years ago may still count as of it: 소상공인기본법 제2조, 중소기업기본법 제2조."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import numpy as np

from graph_schema.law.size import Grace, grace
from recommender.measure.arrays import Flags
from recommender.rules.askers import Askers
from recommender.rules.base import Code, Codes
from recommender.snapshot.dated_facts import DatedFacts

Judge = Callable[[Askers, DatedFacts, date], Codes]
"""Says of each asker whether it is of a kind on a day, (A,)."""


def with_grace(kind: str, judge: Judge, askers: Askers, facts: DatedFacts, on: date) -> Codes:
    """Judge, and leave open whoever is too large by now but was not in a year from which grace may last; (A,).

    Years speak for nodes alone: a profile tells what it is today.
    """
    now = judge(askers, facts, on)
    out = (now == Code.OUT) & (askers.row >= 0)
    if not out.any() or not facts.has_figures_by_year:
        return now
    return np.where(out & _outgrew(kind, judge, askers, facts, on), Code.CHECK, now).astype(np.int8)


def _outgrew(kind: str, judge: Judge, askers: Askers, facts: DatedFacts, on: date) -> Flags:
    """Which askers were of a class by the figures and the law of a day from which grace may last, (A,)."""
    grew = np.zeros(len(askers), dtype=bool)
    for then, given in _graces(kind, on):
        before = replace(askers, figures=facts.company_figures(then).take(askers.row))
        few_enough = ~(askers.figures.employees.least >= given.workers)
        grew |= few_enough & (judge(before, facts, then) == Code.IN)
    return grew


def _graces(kind: str, on: date) -> Iterator[tuple[date, Grace]]:
    """Days of the years before in which an enterprise may last have been of a class, with the grace that followed."""
    then = date(on.year - 1, 12, 31)
    while (given := grace(kind, date(then.year + 1, 1, 1))) and given.until >= on:
        yield then, given
        then = date(then.year - 1, 12, 31)
