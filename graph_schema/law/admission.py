"""Who may move into a knowledge industry centre: 산업집적법 제28조의5, its decree, and notices of the city."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final

from graph_schema.law.industries import below, nearest
from graph_schema.law.rows import LawRow, in_force, table

_KEPT: Final = 1 << 14
"""Answers kept: some thousand industries by the few hundred days that a backtest asks about, some MB."""
_TRUTH: Final = {"admitted": 1, "conditional": 0, "refused": -1}
_VENTURE: Final = "venture"
_IN_COMPLEX: Final = ("", "in_complex")
_OUTSIDE: Final = ("", "outside_complex")


class UnitUse(StrEnum):
    """What a unit may be used for: 입주대상시설 or 지원시설."""

    INDUSTRY = "industry"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Admission:
    """``verdict``: 1 admitted, -1 not admitted, 0 to be checked; ``rows`` say on what it rests, or depends."""

    verdict: int
    rows: tuple[LawRow, ...]


@lru_cache(maxsize=_KEPT)
def may_move_in(
    industry: str | None, unit_use: UnitUse | None, on: date, *, in_complex: bool | None = None, venture: bool = False
) -> Admission:
    """Whether a company of an industry (KSIC 11 code) may use a unit; None is not known.

    ``in_complex``: whether the centre lies in an industrial complex. ``venture``: whether it is a confirmed venture.
    The city may recognise more industries than its rows name, so that what no row speaks of is to be checked; the
    centre's own rules are not judged.
    """
    both = (_IN_COMPLEX, _OUTSIDE)
    places = both if in_complex is None else (both[not in_complex],)
    cases = [
        _case(industry, use, place, on, venture=venture)
        for use in (UnitUse if unit_use is None else (unit_use,))
        for place in places
    ]
    return _agreed([case.verdict for case in cases], [row for case in cases for row in case.rows])


def admitted_industries(on: date) -> tuple[str, ...]:
    """Codes of KSIC 11 that the state's decree lets into a unit for industry on a day, some under a condition."""
    state = _layers(UnitUse.INDUSTRY, _OUTSIDE, on)[0]
    return tuple(row.industry for row in state if _TRUTH[row.verdict] >= 0)


def _case(industry: str | None, use: UnitUse, place: tuple[str, ...], on: date, *, venture: bool) -> Admission:
    """Ask each authority whose rows apply; what one of them admits is admitted."""
    ventures = tuple(row for row in in_force("admission", use, on) if row.scope == _VENTURE)
    if venture and ventures:
        return Admission(1, ventures)
    if industry is None:
        return Admission(0, ())
    layers = [_judge(rows, industry) for rows in _layers(use, place, on)]
    return max((each for each in layers if each.rows), key=lambda each: each.verdict, default=Admission(0, ()))


@lru_cache(maxsize=_KEPT)
def _layers(use: UnitUse, place: tuple[str, ...], on: date) -> tuple[tuple[LawRow, ...], ...]:
    """Rows that apply in a place, those of each authority apart, the state's first."""
    rows = [row for row in in_force("admission", use, on) if row.scope in place]
    authorities = dict.fromkeys(row.authority for row in table("admission"))
    return tuple(tuple(row for row in rows if row.authority == each) for each in authorities)


def _judge(rows: Sequence[LawRow], industry: str) -> Admission:
    """Take what all rows that may decide agree on; a part of the industry that no row speaks of is open."""
    above, within = nearest(rows, industry), below(rows, industry)
    verdicts = [_TRUTH[row.verdict] for row in (*above, *within)]
    return _agreed(verdicts if above else [*verdicts, 0], above + within)


def _agreed(verdicts: Sequence[int], rows: Sequence[LawRow]) -> Admission:
    same = len(set(verdicts)) == 1
    return Admission(verdicts[0] if same else 0, tuple(dict.fromkeys(rows)))
