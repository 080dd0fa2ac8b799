"""What a rule is: a vectorised decision over askers and candidates, and the sentence that tells it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from functools import cached_property

import numpy as np
import numpy.typing as npt

from graph_schema.errors import NotFoundError
from graph_schema.wording import Wording
from recommender.language.answers import Verdict
from recommender.measure.arrays import Flags
from recommender.rules.askers import Askers
from recommender.rules.candidates import Candidates


class Code(IntEnum):
    """What a rule says of one pair."""

    OUT = -1
    CHECK = 0
    IN = 1
    FREE = 2
    """The candidate sets no such condition, so no fact was needed."""

    @property
    def verdict(self) -> Verdict:
        """The same as it is told to people."""
        return {Code.OUT: Verdict.OUT, Code.CHECK: Verdict.CHECK}.get(self, Verdict.IN)


Codes = npt.NDArray[np.int8]
"""``Code`` of each pair, shape (askers, candidates) or one that broadcasts to it."""


@dataclass(frozen=True)
class CandidatePairs:
    """All pairs of A askers and C candidates on one day."""

    askers: Askers
    candidates: Candidates
    as_of: date
    _kept: dict[Callable[[CandidatePairs], Codes], Codes] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, judge: Callable[[CandidatePairs], Codes]) -> Codes:
        """Return what ``judge`` says of these pairs, asked the first time alone; deciding and explaining share it."""
        if judge not in self._kept:
            self._kept[judge] = judge(self)
        return self._kept[judge]

    @cached_property
    def likely(self) -> CandidatePairs | None:
        """The same pairs with the guesses about the asker taken as facts, None where there are none."""
        likely = self.askers.likely
        return None if likely is None else CandidatePairs(likely, self.candidates, self.as_of)

    @property
    def shape(self) -> tuple[int, int]:
        """(A, C)."""
        return len(self.askers), len(self.candidates)


@dataclass(frozen=True)
class Rule:
    """One constraint.

    ``needs`` are the facts it decides on, as ``Label.property`` or ``Label-REL``: where one of them is unknown it says
    ``CHECK``, never ``IN``. ``describe(pairs, asker, candidate, code)`` words the decision for one pair.
    ``of_candidates``: whether it looks at the candidates and the day alone, whoever asks. ``doubts`` names the pairs,
    of shape (A, C) or one that broadcasts to it, that will rather not pass the check: they are listed after all others.
    """

    id: str
    ko: str
    en: str
    needs: tuple[str, ...]
    decide: Callable[[CandidatePairs], Codes]
    describe: Callable[[CandidatePairs, int, int, Code], Wording]
    of_candidates: bool = False
    doubts: Callable[[CandidatePairs], Flags] | None = None

    def judge(self, pairs: CandidatePairs) -> Codes:
        """Decide, once a day where who asks does not matter."""
        if self.of_candidates:
            return pairs.candidates.on(pairs.as_of, self.id, lambda: self.decide(pairs))
        return self.decide(pairs)


def codes(shape: tuple[int, ...], fill: Code) -> Codes:
    """Codes of a shape, all of them ``fill``."""
    return np.full(shape, fill, dtype=np.int8)


def index_rules(*rules: Rule) -> dict[str, Rule]:
    """Rules by id."""
    return {rule.id: rule for rule in rules}


def find_rule(rules: Mapping[str, Rule], id_: str) -> Rule:
    """Return a rule; raises ``NotFoundError`` for an unknown id."""
    try:
        return rules[id_]
    except KeyError:
        known = ", ".join(rules)
        raise NotFoundError(
            Wording(f"알 수 없는 규칙: {id_!r}. 있는 규칙: {known}", f"unknown rule {id_!r}; known are {known}")
        ) from None
