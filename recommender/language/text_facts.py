"""Reads what a company says of itself in Korean or plain English: facts that hold now, and guesses.

A fact is stated of the asker, now, undenied and no wish; anything else is a guess where it is likely
and vague, or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from typing import Any, Final

from recommender.language.certificates import certificates
from recommender.language.clauses import Clauses
from recommender.language.english import english_facts
from recommender.language.founding import founding
from recommender.language.headcounts import employees
from recommender.language.learned import learned_facts
from recommender.language.legal_forms import legal_forms
from recommender.language.plans import yet_to_found
from recommender.language.readings import Reading, the_one
from recommender.language.sales import revenues
from recommender.language.standing import standings

_ONE_VALUE: Final = ("employees", "founded", "revenue_krw", "legal_form")
_LISTED: Final = ("certificates", "standing")
_ANY_DAY: Final = date(2200, 1, 1)
"""Whether a fact is stated does not depend on the day, as long as no day of founding lies after it."""


@dataclass(frozen=True)
class TextFacts:
    """What the text states; None and empty where it states nothing or contradicts itself."""

    employees: int | None = None
    founded: tuple[date, date] | None = None
    """First and last possible day."""
    yet_to_found: bool = False
    revenue_krw: float | None = None
    legal_form: str | None = None
    certificates: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    """What may bar it from support: closed, suspended, tax_arrears, overdue, unregistered."""
    readings: tuple[Reading, ...] = ()
    """All that was read, guesses too, with the places in the text that it was read from."""

    def guesses(self, field: str) -> tuple[Reading, ...]:
        """Guesses of a field of which no fact is known, each value once."""
        if field in _ONE_VALUE and getattr(self, field) is not None:
            return ()
        known = getattr(self, field) if field in _LISTED else ()
        found = {r.value: r for r in reversed(self.readings) if r.field == field and not r.is_fact}
        return tuple(r for r in reversed(found.values()) if r.value not in known)


def read_text(text: str, today: date) -> TextFacts:
    """Read what ``text`` states; ``today`` is what "three years ago" counts from.

    Time and memory grow with the length of the text and no faster.
    """
    said = Clauses(text)
    by_rules = tuple(
        chain(
            employees(said),
            founding(said, today),
            yet_to_found(said),
            revenues(said, today),
            legal_forms(said),
            certificates(said),
            standings(said),
            english_facts(said, today),
        )
    )
    found = (*by_rules, *learned_facts(said, today, by_rules))
    facts: dict[str, Any] = {name: the_one([r for r in found if r.field == name]) for name in _ONE_VALUE}
    facts["standing"] = tuple(dict.fromkeys(r.value for r in found if r.field == "standing" and r.is_fact))
    held = [r for r in found if r.field == "certificates" and r.is_fact]
    facts["certificates"] = tuple(dict.fromkeys(r.value for r in sorted(held, key=lambda r: r.start)))
    founded = facts["founded"] is not None and facts["founded"][1] <= today
    yet = not founded and any(r.field == "yet_to_found" for r in found)
    return TextFacts(**facts, yet_to_found=yet, readings=tuple(_placed(r, said) for r in found))


def states_facts(clause: str) -> bool:
    """Whether a clause tells what is judged as a fact and needs no nearness of texts."""
    return any(r.field != "yet_to_found" and r.is_fact for r in read_text(clause, _ANY_DAY).readings)


def _placed(found: Reading, said: Clauses) -> Reading:
    start, end = said.span(found.start, found.end)
    return replace(found, start=start, end=end)
