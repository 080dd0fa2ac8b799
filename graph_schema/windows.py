"""How long a notice that names no last day stands open: the same for recommendations and for queries."""

from __future__ import annotations

from typing import Final

BUDGET_BOUND: Final = ("until_budget", "first_come", "until_filled")
"""Kinds of window that end with the money or the places of the year."""
OPEN_ENDED: Final = ("always", *BUDGET_BOUND)
"""Kinds of window that need no last day to be open."""
LAST_BUDGET_YEARS: Final = 1
"""국가재정법 제3조: a year's spending comes from that year's budget; a notice may come late in the year before."""
STALE_AFTER_YEARS: Final = 3
"""A notice without a last day is out of date then: programmes are announced anew, nearly all of them every year."""
