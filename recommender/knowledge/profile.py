"""A company described in a request, which need not be in the graph."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from graph_schema.model import NodeRef

MOST_EMPLOYEES: Final = 10_000_000
"""More than any company of the country has; a larger number is a slip."""
MOST_REVENUE_KRW: Final = 1e16
"""More than any company has, a year; a larger number is an error."""
EARLIEST_DAY: Final = date(1800, 1, 1)
LATEST_DAY: Final = date(2200, 12, 31)


@dataclass(frozen=True)
class Profile:
    """What is known of a company when it asks; what is not known stays None or empty.

    ``links`` are facts about it as references to nodes of the graph by relationship type, such as
    ``{"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),), "LOCATED_IN": (NodeRef("Region", "41281"),)}``.
    ``guesses`` are likely but unconfirmed ones: they help to rank and to explain, and never decide.
    """

    text: str
    links: Mapping[str, tuple[NodeRef, ...]] = field(default_factory=dict)
    founded_on: date | None = None
    founded_until: date | None = None
    """Latest possible day of founding where only a period is known, such as a year; ``founded_on`` is its first."""
    employees: int | None = None
    revenue_krw: float | None = None
    legal_form: str | None = None
    certificates: tuple[str, ...] = ()
    label: str = "Company"
    guesses: Mapping[str, tuple[NodeRef, ...]] = field(default_factory=dict)
    standing: tuple[str, ...] = ()
    """What it says may bar it from support: closed, suspended, tax_arrears, overdue, unregistered."""

    @property
    def likely_links(self) -> dict[str, tuple[NodeRef, ...]]:
        """Facts and guesses together."""
        types = dict.fromkeys([*self.links, *self.guesses])
        return {type_: (*self.links.get(type_, ()), *self.guesses.get(type_, ())) for type_ in types}
