"""Applies the rules of a task to all pairs of askers and candidates at once, and words the outcome of a few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

import numpy as np

from graph_schema.wording import Wording
from recommender.knowledge.tasks import Task
from recommender.language.answers import Check
from recommender.measure.arrays import Flags, Indices
from recommender.rules.barred_industry import BARRED_INDUSTRY
from recommender.rules.base import CandidatePairs, Code, Codes, Rule, codes, find_rule, index_rules
from recommender.rules.in_business import IN_BUSINESS
from recommender.rules.known import SELF, known_rule
from recommender.rules.limits import AGE, REVENUE, SIZE
from recommender.rules.notices import NOTICE
from recommender.rules.offers import ADMITTED_INDUSTRY, AVAILABLE, CAPACITY, CONSENT, FOR_LICENCE, LEGAL_STATUS
from recommender.rules.programs import INDUSTRY, REGION, WINDOW
from recommender.rules.requirements import CERTIFICATE, EXCLUSION, REPRESENTATIVE, SUPPORT
from recommender.rules.standing import STANDING
from recommender.rules.targets import TARGET

RULES: Mapping[str, Rule] = MappingProxyType(
    index_rules(
        WINDOW,
        REGION,
        INDUSTRY,
        BARRED_INDUSTRY,
        TARGET,
        AGE,
        SIZE,
        STANDING,
        REVENUE,
        CERTIFICATE,
        REPRESENTATIVE,
        EXCLUSION,
        SUPPORT,
        NOTICE,
        LEGAL_STATUS,
        FOR_LICENCE,
        CONSENT,
        CAPACITY,
        AVAILABLE,
        ADMITTED_INDUSTRY,
        IN_BUSINESS,
    )
)
"""Rules that a task may name; ``self`` and ``known`` hold for every task."""


@dataclass(frozen=True)
class Decisions:
    """What every rule of a task says of every pair; ``by_rule`` holds (A, C) codes in the order of the rules."""

    pairs: CandidatePairs
    rules: tuple[Rule, ...]
    by_rule: tuple[Codes, ...]

    @cached_property
    def admitted(self) -> Flags:
        """Pairs that no rule keeps out, (A, C)."""
        admitted = np.ones(self.pairs.shape, dtype=bool)
        for said in self.by_rule:
            admitted &= said != Code.OUT
        return admitted

    @cached_property
    def doubtful(self) -> Flags:
        """Pairs of which a rule that is to be checked will rather not hold, (A, C)."""
        doubtful = np.zeros(self.pairs.shape, dtype=bool)
        for rule, said in zip(self.rules, self.by_rule, strict=True):
            if rule.doubts is not None and doubtful.size:
                doubtful |= rule.doubts(self.pairs) & (said == Code.CHECK)
        return doubtful

    def excluded(self) -> dict[str, int]:
        """Count the pairs that each rule keeps out; a pair that two rules keep out counts for both."""
        counts = {
            rule.id: int(np.count_nonzero(said == Code.OUT))
            for rule, said in zip(self.rules, self.by_rule, strict=True)
        }
        return {id_: count for id_, count in counts.items() if count}

    def checks(self, asker: int, candidate: int) -> tuple[Check, ...]:
        """Decisions on one pair that rest on a fact or wait for one, and those that keep it out."""
        found, free = [], int(Code.FREE)
        for rule, said in zip(self.rules, self.by_rule, strict=True):
            value = int(said[asker, candidate])
            if value != free:
                code = Code(value)
                ko, en = rule.describe(self.pairs, asker, candidate, code)
                found.append(Check(rule.id, code.verdict, ko, en))
        return tuple(found)

    def to_be_checked(self, askers: Indices, candidates: Indices) -> list[list[str]]:
        """Tell what has to be checked of each of some pairs, in Korean; both places have shape (pairs,)."""
        found: list[list[str]] = [[] for _ in askers]
        check = Code.CHECK
        for rule, said in zip(self.rules, self.by_rule, strict=True):
            for at in np.flatnonzero(said[askers, candidates] == check).tolist():
                found[at].append(rule.describe(self.pairs, int(askers[at]), int(candidates[at]), check).ko)
        return found


def excluded_said(task: Task, excluded: Mapping[str, int]) -> Wording:
    """Name the rules that kept candidates out with how many, the one that kept out most first."""
    rules = {rule.id: rule for rule in rules_of(task)}
    counts = sorted(excluded.items(), key=lambda each: (-each[1], each[0]))
    ko, en = ([f"{getattr(rules[id_], name)} {count:,}" for id_, count in counts] for name in ("ko", "en"))
    return Wording(", ".join(ko), ", ".join(en))


def rules_of(task: Task) -> tuple[Rule, ...]:
    """Rules of a task in the order in which they are told; raises ``NotFoundError`` for one it should not name."""
    return (SELF, known_rule(task), *(find_rule(RULES, id_) for id_ in task.constraints))


def decide(task: Task, pairs: CandidatePairs) -> Decisions:
    """Apply the rules of ``task``; time and memory grow with the number of pairs."""
    rules = rules_of(task)
    if 0 in pairs.shape:
        return Decisions(pairs, rules, tuple(codes(pairs.shape, Code.FREE) for _ in rules))
    return Decisions(pairs, rules, tuple(np.broadcast_to(rule.judge(pairs), pairs.shape) for rule in rules))
