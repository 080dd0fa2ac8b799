"""The rule that made-up choices follow, as far as it can be known before them: what no model can beat for long."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, Protocol

from recommender.knowledge.known import Known, Scorer

ORACLE: Final = "oracle"
"""Its row in reports."""


class Oracle(Protocol):
    """Knows how the choices of a graph were drawn."""

    @property
    def settings(self) -> Mapping[str, object]:
        """What the choices were drawn with, as plain values."""
        ...

    def scorer(self, known: Known, days: tuple[date, date]) -> Scorer | None:
        """Return what it expects from the first day until before the second; None for choices that it did not draw."""
        ...
