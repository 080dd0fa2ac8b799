"""What companies employed and sold in the years before a day, so that a past day is judged by what was true then."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from graph_schema.catalog import relation_type
from graph_schema.law.size import figure
from graph_schema.law.truth import Truth
from recommender.measure.arrays import Flags, Indices, Values
from recommender.snapshot.snapshot import Snapshot

_FRESH: Final = 2
"""Years after which a company's present figure, which has no year, is the better guess."""


class Bands(NamedTuple):
    """Least and most that a number of each company may be, (companies,) each, NaN where nothing is known."""

    least: Values
    most: Values

    @classmethod
    def exactly(cls, value: Values) -> Bands:
        """Take numbers as known exactly."""
        return cls(value, value)

    @property
    def value(self) -> Values:
        """The numbers that are known exactly, NaN elsewhere."""
        return np.where(self.least == self.most, self.least, np.nan)

    @property
    def middle(self) -> Values:
        """The middle of each band, the least of one that is open above."""
        return np.where(np.isinf(self.most), self.least, (self.least + self.most) / 2)

    def take(self, rows: Indices) -> Bands:
        """Return those of some companies, by place."""
        return Bands(self.least[rows], self.most[rows])

    def kept_to(self, judge: Callable[[Values], Truth]) -> Truth:
        """Whether a limit is kept that ``judge`` holds against a number: certain where it is for both ends."""
        most, least = judge(self.most), judge(self.least)
        return np.where(most == 1, most, np.minimum(least, 0)).astype(np.int8)

    def formatted(self, at: int) -> str:
        """Write the number of one company: 12, 5~9 or 50~."""
        least, most = self.least[at], self.most[at]
        if least == most:
            return f"{least:,.10g}"
        return f"{least:,.10g}~" if np.isinf(most) else f"{least:,.10g}~{most:,.10g}"

    def otherwise(self, there: Flags, other: Bands) -> Bands:
        """Take the other's numbers where ``there`` is false."""
        return Bands(np.where(there, self.least, other.least), np.where(there, self.most, other.most))


class CompanyFigures(NamedTuple):
    """What was known of all companies on a day: employees, sales of the last year over, and mean sales, in KRW."""

    employees: Bands
    revenue_krw: Bands
    average_revenue_krw: Bands

    def take(self, rows: Indices) -> CompanyFigures:
        """Return those of some companies, by place."""
        return CompanyFigures(*(each.take(rows) for each in self))


def figures_of(employees: float | None, revenue_krw: float | None) -> CompanyFigures:
    """Return the figures of one company that states them; None is not known."""
    staff, sales = (
        Bands.exactly(np.array([np.nan if each is None else each], dtype=np.float64))
        for each in (employees, revenue_krw)
    )
    return CompanyFigures(staff, sales, sales)


def unknown_figures(count: int) -> CompanyFigures:
    """Return figures of ``count`` askers of which nothing is known."""
    unknown = Bands.exactly(np.full(count, np.nan))
    return CompanyFigures(unknown, unknown, unknown)


class AnnualFigures:
    """The figures by year of all companies of a snapshot, sorted by company and year."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        edges = snapshot.edges(relation_type("Company", "REPORTED", "AnnualFigures"))
        there = (edges.src >= 0) & (edges.dst >= 0)
        company, figures = edges.src[there], edges.dst[there]
        years = pc.fill_null(snapshot.nodes("AnnualFigures").column("year"), 0).to_numpy()
        order = np.lexsort((years[figures], company))
        self._company: Indices = company[order]
        self._figures: Indices = figures[order]
        self._year: Indices = np.asarray(years[self._figures], dtype=np.int64)

    def __len__(self) -> int:
        return len(self._company)

    def on(self, as_of: date) -> CompanyFigures:
        """Return what was known on a day.

        The figures of the last year that was over count. Where that lies more than two years back, the company's
        present figure, which has no year, counts before it, and it counts alone where no year is known.
        """
        staff, sales = (
            self._latest(of, name, as_of) for of, name in ((self._staff, "employees"), (self._sales, "revenue_krw"))
        )
        return CompanyFigures(staff, sales, self._average(sales, as_of))

    def _average(self, latest: Bands, as_of: date) -> Bands:
        """Return the mean sales of the years before a day that the law averages, of those known; sizes go by them."""
        first = as_of.year - figure("sales_years", as_of)
        within = (self._year < as_of.year) & (self._year >= first) & ~np.isnan(self._sales.least)
        company, count = self._company[within], len(self._snapshot.vocabulary("Company"))
        years = np.bincount(company, minlength=count)
        least, most = (np.bincount(company, end[within], count) / np.maximum(years, 1) for end in self._sales)
        return Bands(least, most).otherwise(years > 0, latest)

    def _latest(self, of: Bands, present: str, as_of: date) -> Bands:
        count = len(self._snapshot.vocabulary("Company"))
        known = np.flatnonzero((self._year < as_of.year) & ~np.isnan(of.least))
        row = np.full(count, -1, dtype=np.int64)
        row[self._company[known]] = known  # of equal places the last is kept: the newest year
        there = row >= 0
        now = Bands.exactly(_numbers(self._snapshot.nodes("Company"), present))
        if not len(known):
            return now
        annual = Bands(np.where(there, of.least[row], np.nan), np.where(there, of.most[row], np.nan))
        fresh = there & ((self._year[row] >= as_of.year - _FRESH) | np.isnan(now.least))
        return annual.otherwise(fresh, now)

    @cached_property
    def _staff(self) -> Bands:
        return self._bands("employees")

    @cached_property
    def _sales(self) -> Bands:
        return self._bands("revenue_krw")

    def _bands(self, name: str) -> Bands:
        """Return both ends; a band that is open above has no most, and one of which nothing is known no least."""
        table = self._snapshot.nodes("AnnualFigures")
        least, most = (_numbers(table, f"{end}_{name}")[self._figures] for end in ("min", "max"))
        return Bands(least, np.where(np.isnan(most) & ~np.isnan(least), np.inf, most))


def _numbers(table: pa.Table, name: str) -> Values:
    return np.asarray(pc.cast(table.column(name), pa.float64()).to_numpy(), dtype=np.float64)
