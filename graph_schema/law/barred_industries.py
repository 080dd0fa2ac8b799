"""Which industries a fund or an act leaves out of its support: lists of the funds' yearly plans, acts and decrees."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from graph_schema.law.admission import Admission
from graph_schema.law.industries import below, nearest
from graph_schema.law.rows import LawRow, in_force

_KEPT: Final = 1 << 14
"""Answers kept: five funds by some thousand industries, on the few days that are asked about at a time."""
_TRUTH: Final = {"admitted": 1, "conditional": 0, "refused": -1}
_TABLE: Final = "barred_industries"


class Fund(StrEnum):
    """Whose list it is; values are the kinds of the table's rows."""

    MICRO = "micro_fund"
    SME = "sme_fund"
    GUARANTEE = "guarantee"
    STARTUP = "startup"
    VENTURE = "venture"


def list_of(fund: Fund, on: date) -> tuple[LawRow, ...]:
    """Rows of a fund's list that hold on a day; none where the list of that day is not known."""
    return in_force(_TABLE, fund, on)


@lru_cache(maxsize=_KEPT)
def fund_admits(fund: Fund, industry: str | None, on: date) -> Admission:
    """Whether a fund admits an industry (KSIC 11 code): -1 left out, 1 not, 0 to be checked; None is not known.

    To be checked is also what is left out in part, a wide code of which only some is left out, and every industry on
    days whose list is not known. A part of a five-digit code says nothing of the wider ones.
    """
    rows = list_of(fund, on)
    if industry is None or not rows:
        return Admission(0, ())
    above = nearest(rows, industry)
    within = tuple(row for row in below(rows, industry) if not row.part)
    verdicts = {_TRUTH[row.verdict] for row in (*above, *within)}
    if all(row.part for row in above):
        verdicts.add(1)
    return Admission(verdicts.pop() if len(verdicts) == 1 else 0, above + within)
