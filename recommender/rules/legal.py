"""What the rows of the law say of askers on a day, by the industries that they state."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from graph_schema.law.admission import Admission, UnitUse, may_move_in
from graph_schema.law.barred_industries import Fund, fund_admits
from graph_schema.law.rows import LawRow
from graph_schema.law.size import Limit
from recommender.measure.arrays import Flags
from recommender.rules.askers import Askers
from recommender.snapshot.dated_facts import DatedFacts

Find = Callable[[str | None, date], Limit]


class Unit(NamedTuple):
    """A unit of a centre by its use, and whether it is in an industrial complex; None where that is not known."""

    use: str | None
    in_complex: bool | None

    def admission(self, industry: str, on: date, *, venture: bool) -> Admission:
        """Whether the law lets a company of an industry in."""
        use = UnitUse(self.use) if self.use else None
        return may_move_in(industry, use, on, in_complex=self.in_complex, venture=venture)


@dataclass(frozen=True)
class LimitBounds:
    """Between what a limit lies for each of A askers, (A,) each; which of its industries is the main one is open."""

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]


def limits(askers: Askers, facts: DatedFacts, on: date, find: Find) -> LimitBounds:
    """Join the limits of all industries that an asker states; of one without, those of all industries."""
    stated = _Stated(askers, facts)
    found = [find(code, on) for code in stated.codes]
    anywhere = find(None, on)
    low = stated.join(np.minimum, [limit.low for limit in found], anywhere.low)
    return LimitBounds(low, stated.join(np.maximum, [limit.high for limit in found], anywhere.high))


def limit_rows(askers: Askers, facts: DatedFacts, asker: int, on: date, find: Find) -> tuple[LawRow, ...]:
    """Rows that may decide for one asker."""
    codes = codes_of(askers, facts, asker)
    return tuple(dict.fromkeys(row for code in codes or (None,) for row in find(code, on).rows))


def admissions(askers: Askers, facts: DatedFacts, unit: Unit, on: date, ventures: Flags) -> npt.NDArray[np.int8]:
    """Whether the law lets each asker into a unit, whatever of it is not known, (A,).

    One admitted industry is enough. ``ventures``: (A,), which of them are certified ventures.
    """
    stated = _Stated(askers, facts)
    plain, certified = (
        stated.join(np.maximum, [unit.admission(code, on, venture=so).verdict for code in stated.codes], 0.0)
        for so in (False, True)
    )
    return np.where(ventures, certified, plain).astype(np.int8)


def admission_of(askers: Askers, facts: DatedFacts, asker: int, unit: Unit, on: date, *, venture: bool) -> Admission:
    """On what the admission of one asker rests."""
    found = [unit.admission(code, on, venture=venture) for code in codes_of(askers, facts, asker)]
    return max(found, key=lambda each: each.verdict, default=Admission(0, ()))


def fund_verdicts(askers: Askers, facts: DatedFacts, fund: Fund, on: date) -> npt.NDArray[np.int8]:
    """Whether a fund admits each asker, (A,), as ``fund_admits`` says; 0 where two of its industries differ."""
    stated = _Stated(askers, facts)
    found = [fund_admits(fund, code, on).verdict for code in stated.codes]
    low, high = (stated.join(joined, found, 0.0) for joined in (np.minimum, np.maximum))
    return np.where(low == high, low, 0.0).astype(np.int8)


def fund_speaks(askers: Askers, facts: DatedFacts, fund: Fund, on: date) -> Flags:
    """Which askers, (A,), work in an industry that a fund leaves out, wholly or in part."""
    stated = _Stated(askers, facts)
    return stated.join(np.maximum, [bool(fund_rows((code,), fund, on)) for code in stated.codes], 0.0) > 0


def left_out_as(askers: Askers, facts: DatedFacts, scope: str, on: date) -> Flags:
    """Which askers, (A,), work only in industries that public funds leave out for one reason, such as entertainment."""
    stated = _Stated(askers, facts)
    found = [fund_admits(Fund.MICRO, code, on) for code in stated.codes]
    out = [each.verdict < 0 and each.rows[0].scope == scope for each in found]
    return stated.join(np.minimum, out, 0.0) > 0


def fund_rows(codes: Iterable[str], fund: Fund, on: date) -> tuple[LawRow, ...]:
    """Rows that leave out one of some industries, wholly or in part, those that leave it out wholly first."""
    found = dict.fromkeys(row for code in codes for row in fund_admits(fund, code, on).rows)
    return tuple(row for verdict in ("refused", "conditional") for row in found if row.verdict == verdict)


def codes_of(askers: Askers, facts: DatedFacts, asker: int) -> tuple[str, ...]:
    """Codes of KSIC 11 that one asker states."""
    matrix = askers.industries
    columns = matrix.indices[matrix.indptr[asker] : matrix.indptr[asker + 1]]
    return tuple(sorted({str(code) for code in facts.ksic_codes[columns] if code}))


class _Stated:
    """Industries that askers state and whose code is known: ``codes``, one for each node of them."""

    def __init__(self, askers: Askers, facts: DatedFacts) -> None:
        self._count = len(askers)
        rows = np.repeat(np.arange(self._count), np.diff(askers.industries.indptr))
        nodes, of = np.unique(askers.industries.indices, return_inverse=True)
        known = facts.ksic_codes[nodes] != ""
        self.codes = tuple(str(code) for code in facts.ksic_codes[nodes[known]])
        self._rows = rows[known[of]]
        self._of = (np.cumsum(known) - 1)[of[known[of]]]

    def join(self, joined: np.ufunc, of_codes: Iterable[float], otherwise: float) -> npt.NDArray[np.float64]:
        """Join a figure of each code per asker, (A,); ``otherwise`` for askers without a code."""
        result = np.full(self._count, otherwise, dtype=np.float64)
        figures = np.array(list(of_codes), dtype=np.float64)[self._of]
        result[self._rows] = figures
        joined.at(result, self._rows, figures)
        return result
