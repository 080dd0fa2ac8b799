"""Size classes of enterprises: 중소기업기본법 시행령 별표 1 and 별표 3, 소상공인기본법 시행령 제3조, by the day."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from graph_schema.errors import NotFoundError
from graph_schema.law.industries import deciding
from graph_schema.law.rows import LawRow, in_force
from graph_schema.law.truth import Truth, at_most, fewer
from graph_schema.wording import Wording

_KEPT: Final = 1 << 14
"""Answers kept: some thousand industries by the few hundred days that a backtest asks about, some MB."""


class SizeClass(StrEnum):
    """Classes in rising order; 중기업 is an SME that is no small enterprise, ``LARGER`` 중견기업 and above."""

    MICRO = "micro"
    SMALL = "small"
    MEDIUM = "medium"
    LARGER = "larger"


SIZE_NAMES: Final = {
    SizeClass.MICRO: Wording("소상공인", "micro enterprise"),
    SizeClass.SMALL: Wording("소기업", "small enterprise"),
    SizeClass.MEDIUM: Wording("중기업", "medium-sized enterprise"),
    SizeClass.LARGER: Wording("중견기업 이상", "mid-size or large enterprise"),
}


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that lies between ``low`` and ``high``, equal where one row decides, and the rows that may."""

    low: float
    high: float
    rows: tuple[LawRow, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """Classes that a company may be of, one where it is certain, what is not known, and the rows that decide."""

    possible: tuple[SizeClass, ...]
    unknown: tuple[str, ...]
    rows: tuple[LawRow, ...]


@lru_cache(maxsize=_KEPT)
def sales_limit(kind: str, industry: str | None, on: date) -> Limit:
    """Most average sales in KRW a year of an ``sme`` or a ``small`` enterprise of an industry (KSIC 11 code)."""
    return _limit(deciding(in_force("size_ceilings", kind, on), industry))


@lru_cache(maxsize=_KEPT)
def staff_limit(industry: str | None, on: date) -> Limit:
    """Fewer regular workers than this has a micro enterprise of an industry."""
    return _limit(deciding(in_force("headcounts", "micro", on), industry))


def is_micro(sales: npt.ArrayLike, staff: npt.ArrayLike, small: Limit, heads: Limit) -> Truth:
    """Whether a small enterprise by its sales also has few enough regular workers."""
    return np.minimum(at_most(sales, small.low, small.high), fewer(staff, heads.low, heads.high))


def size_class(industry: str | None, sales: float | None, staff: float | None, on: date) -> Size:
    """Class of a company by its main industry, average sales (KRW a year) and regular workers; None is not known.

    Total assets and independence, which also bound an SME, are not judged; ``grace`` is for who outgrew a class.
    """
    sme, small = (sales_limit(kind, industry, on) for kind in ("sme", "small"))
    heads = staff_limit(industry, on)
    money, people = (math.nan if value is None else value for value in (sales, staff))
    in_small, in_sme = at_most(money, small.low, small.high), at_most(money, sme.low, sme.high)
    micro = is_micro(money, people, small, heads)
    truth = {
        SizeClass.MICRO: micro,
        SizeClass.SMALL: np.minimum(in_small, -micro),
        SizeClass.MEDIUM: np.minimum(in_sme, -in_small),
        SizeClass.LARGER: -in_sme,
    }
    possible = tuple(each for each, holds in truth.items() if holds >= 0)
    given = {"industry": industry, "sales": sales, "staff": staff}
    unknown = tuple(name for name, value in given.items() if value is None) if len(possible) > 1 else ()
    return Size(possible, unknown, tuple(dict.fromkeys((*heads.rows, *small.rows, *sme.rows))))


def regular_workers(full_time: float, part_time: float, on: date) -> float:
    """Count regular workers, of whom ``part_time`` work 60 hours a month or more without being full-time."""
    return full_time + figure("part_timer", on) * part_time


class Grace(NamedTuple):
    """Last day on which who outgrew a class still counts as of it, with fewer workers than this, and what says so."""

    until: date
    workers: float
    row: LawRow


def grace(kind: str, outgrown: date) -> Grace | None:
    """Grace of an enterprise that has been too large for ``micro`` or ``sme`` since a day; None where none is known.

    What else ends it is not judged: mergers, groups, an earlier grace (소상공인기본법 시행령 제4조).
    """
    rows = in_force("size_method", f"{kind}_grace", outgrown)
    if not rows:
        return None
    fewest = min((row.figure for row in in_force("size_method", f"{kind}_grace_workers", outgrown)), default=math.inf)
    return Grace(date(outgrown.year + round(rows[0].figure), 12, 31), fewest, rows[0])


def figure(kind: str, on: date) -> float:
    """Return the figure of one line on the method; raises ``NotFoundError`` where none holds on that day."""
    rows = in_force("size_method", kind, on)
    if not rows:
        raise NotFoundError(
            Wording(
                f"{kind!r}: {on} 현재 시행 중인 기준이 법령 자료에 없습니다. dure law size_method로 확인하십시오",
                f"the law as it is held has no {kind!r} on {on}; see dure law size_method",
            )
        )
    return rows[0].figure


def _limit(rows: tuple[LawRow, ...]) -> Limit:
    """Join rows; those of industries that have no limit count only where no other may decide, and leave it open."""
    figures = [row.figure for row in rows if not math.isnan(row.figure)]
    return Limit(min(figures, default=-math.inf), max(figures, default=math.inf), rows)
