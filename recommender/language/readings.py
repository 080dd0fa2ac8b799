"""One thing read out of a text, and which of several that were read holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from recommender.language.clauses import Mention

Value = int | float | str | bool | tuple[date, date]


class Weight(IntEnum):
    """How much a reading counts; of several facts of one field those of the greatest weight count."""

    GUESS = 0
    """Likely, too vague to decide: 약 10명, 벤처기업이다."""
    STATED = 1
    CURRENT = 2
    """Wording to hold now, after or against something else: 지금은 7명, 3명에서 8명으로."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A value of a field of ``TextFacts`` and the words ``text[start:end]`` that it was read from."""

    field: str
    value: Value
    start: int
    end: int
    weight: Weight = Weight.STATED

    @property
    def is_fact(self) -> bool:
        """Whether it may decide."""
        return self.weight is not Weight.GUESS


def reading(mention: Mention, field: str, value: Value, weight: Weight = Weight.STATED) -> Reading:
    """Make a reading of the words of a mention."""
    return Reading(field, value, mention.start, mention.end, weight)


def the_one(readings: Sequence[Reading]) -> Value | None:
    """Return the value that all facts of the greatest weight agree on, None where they do not or there is none.

    Periods agree where they overlap.
    """
    facts = [each for each in readings if each.is_fact]
    most = max((each.weight for each in facts), default=None)
    values = {each.value for each in facts if each.weight == most}
    periods = [value for value in values if isinstance(value, tuple)]
    if periods:
        first, last = max(start for start, _ in periods), min(end for _, end in periods)
        return (first, last) if first <= last else None
    return values.pop() if len(values) == 1 else None
