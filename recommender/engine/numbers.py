"""Numbers and days that go together: which askers a candidate was taken by, and what numbers they took."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from recommender.engine.seeds import Seeds
from recommender.knowledge.columns import DateColumn, NumberColumn
from recommender.knowledge.dataset import Nodes
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats, Indices, Values

_MOST_COLUMNS: Final = 4
"""Chosen by hand: each is a score over all candidates."""
_LEAST_PAIRS: Final = 30
"""Fewer say nothing of which numbers go together."""
_PRIOR: Final = 5.0
"""Pairs of a typical asker that every candidate is taken to have had, so that one pair does not say all."""
_UNKNOWN: Final = 0.5
"""Half way between near and far: what is not known speaks neither for nor against."""
_LEAST_SPREAD: Final = 1e-3
"""A number that hardly varies is divided by this instead of nought."""


class Takers:
    """How an asker's number lies among those of a candidate's past askers: a normal density, 1 at most on average."""

    def __init__(self, known: Known, name: str, askers: AskerNumbers) -> None:
        self.name, self.column = f"takers:{name}", name
        self.nodes = known.queries
        self.values = values = askers.columns[name]
        pairs, size = known.pairs, len(known.candidates)
        there = np.isfinite(values[pairs.query])
        taken, number = pairs.candidate[there], values[pairs.query][there]
        mean, spread = (number.mean(), max(number.std(), _LEAST_SPREAD)) if len(number) else (0.0, 1.0)
        count = np.bincount(taken, minlength=size) + _PRIOR
        self.mean = (np.bincount(taken, number, size) + _PRIOR * mean) / count
        squares = np.bincount(taken, (number - self.mean[taken]) ** 2, size)
        self.spread = np.sqrt((squares + _PRIOR * spread**2) / count)

    def scores(self, _seeds: Seeds, questions: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield the density, (Q, C)."""
        mine = self.values if questions.guests is None else _column(questions.guests.nodes, self.nodes, self.column)
        away = (mine[questions.query][:, None] - self.mean) / self.spread
        density = np.exp(-(away**2) / 2) * (self.spread.mean() / self.spread)
        yield self.name, np.where(np.isfinite(away), density, _UNKNOWN).astype(np.float32)


class Fits:
    """How near a candidate's number is to what askers of such numbers took: least squares over the known pairs."""

    def __init__(self, known: Known, name: str, askers: AskerNumbers) -> None:
        self.name = f"fits:{name}"
        self.askers = askers
        self.values = _column(known.candidates, known.candidates, name)
        there = np.isfinite(self.values[known.pairs.candidate])
        questions, number = known.pairs.query[there], self.values[known.pairs.candidate][there]
        self.weights: Values | None = None
        if len(number) >= _LEAST_PAIRS:
            table = self.askers.table(questions)
            moments = table.T @ table + np.eye(table.shape[1])
            weights: Values = np.asarray(np.linalg.solve(moments, table.T @ number), np.float64)
            self.weights, self.spread = weights, max(float((number - table @ weights).std()), _LEAST_SPREAD)

    def scores(self, _seeds: Seeds, questions: Questions) -> Iterator[tuple[str, Floats]]:
        """Yield a normal density that is 1 where the number is the one expected, (Q, C)."""
        found = np.full((len(questions), len(self.values)), _UNKNOWN, np.float32)
        if self.weights is not None:
            table = self.askers.table(questions.query, None if questions.guests is None else questions.guests.nodes)
            away = (self.values - (table @ self.weights)[:, None]) / self.spread
            found = np.where(np.isfinite(away), np.exp(-(away**2) / 2), found).astype(np.float32)
        yield self.name, found


class AskerNumbers:
    """Numbers of askers, as they are and standardised by those of all; unknown ones are then the mean."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.columns = {name: _column(nodes, nodes, name) for name in _names(nodes)}
        self.means = {name: float(np.nanmean(each)) for name, each in self.columns.items()}
        self.spreads = {name: max(float(np.nanstd(each)), _LEAST_SPREAD) for name, each in self.columns.items()}

    def table(self, rows: Indices, guests: Nodes | None = None) -> Values:
        """Return 1 and the standardised numbers of some askers, or guests, (rows, 1 + numbers)."""
        columns = [np.ones(len(rows))]
        for name, every in self.columns.items():
            mine = every if guests is None else _column(guests, self.nodes, name)
            columns.append(np.nan_to_num((mine[rows] - self.means[name]) / self.spreads[name]))
        return np.column_stack(columns)


def number_sources(known: Known) -> list[Takers | Fits]:
    """Return what numbers of either side allow, for four columns of each at most."""
    if known.same_label:
        return []
    askers = AskerNumbers(known.queries)
    fits = _names(known.candidates, days=False) if askers.columns else []
    return [
        *(Takers(known, name, askers) for name in askers.columns),
        *(Fits(known, name, askers) for name in fits),
    ]


def _names(nodes: Nodes, *, days: bool = True) -> list[str]:
    """Columns of numbers that differ, and of days."""
    found = []
    for column in nodes.columns:
        if isinstance(column, NumberColumn) or (days and isinstance(column, DateColumn)):
            values = _column(nodes, nodes, column.name)
            if np.isfinite(values).any() and np.nanmin(values) < np.nanmax(values):
                found.append(column.name)
    return found[:_MOST_COLUMNS]


def _column(nodes: Nodes, like: Nodes, name: str) -> Values:
    """Return days since 1970, or numbers, as logarithms where those of ``like`` are never below 0; NaN if unknown."""
    column, model = (next(each for each in of.columns if each.name == name) for of in (nodes, like))
    if isinstance(column, DateColumn):
        days = column.values.astype("datetime64[D]").astype(np.float64)
        return np.where(np.isnat(column.values), np.nan, days)
    assert isinstance(column, NumberColumn)
    assert isinstance(model, NumberColumn)
    if not np.isfinite(model.values).any() or np.nanmin(model.values) < 0:
        return column.values
    return np.log1p(np.maximum(column.values, 0.0))
