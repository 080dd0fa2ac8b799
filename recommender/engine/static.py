"""Features of each candidate alone: how sought after, since when, and what kind it is."""

from __future__ import annotations

import numpy as np

from recommender.engine.profiles import Block
from recommender.engine.sources import popularity
from recommender.knowledge.columns import CategoryColumn, NumberColumn
from recommender.knowledge.known import Known
from recommender.measure.arrays import Floats

_MAX_ONE_HOT = 12
"""Chosen by hand: a column of more values would be most of the features, and blocks tell how sought after each is."""
_OLDEST = 20.0
"""Windows; what is older, or has no date, counts as this old. Chosen by hand."""

_YEAR = 365.25 * 86_400
"""Seconds: windows of a year or more have no season."""
_SEASON_PRIOR = 3.0
"""Pairs spread over the year that every candidate is taken to have had, so that one pair does not say all."""


def static_features(known: Known, blocks: tuple[Block, ...], unit: float) -> tuple[Floats, tuple[str, ...]]:
    """Return (C, features) and their names; counts are relative to the mean, since raw ones drift as history grows."""
    table = popularity(known, unit)
    named = {f"popularity:{at}": column for at, column in enumerate(_relative(table).T)}
    if unit > 0:
        named |= _activity(known, unit) | _season(known, unit)
    named |= _weights(known, table[:, 0]) | _numbers(known)
    for block in blocks:
        sought = np.asarray(block.members.T @ table[:, 0])
        members = np.maximum(np.asarray(block.members.sum(axis=0)).reshape(-1), 1)
        values = np.maximum(np.diff(block.members.indptr), 1)
        named[f"{block.name}:mean"] = np.log1p(block.members @ (sought / members) / values)
        named[f"{block.name}:share"] = block.members @ (sought / max(float(sought.sum()), 1e-9)) / values
    named |= _one_hots(known)
    return np.stack([np.asarray(each, np.float32) for each in named.values()], axis=1), tuple(named)


def _relative(table: Floats) -> Floats:
    mean = table.sum(axis=0) / max(1, len(table))
    return np.asarray(np.log((table + 0.1) / np.maximum(mean, 1e-9)), dtype=np.float32)


def _activity(known: Known, unit: float) -> dict[str, Floats]:
    """Age of the first and of the last known pair, as log of windows."""
    age = (known.now - known.pairs.time) / np.timedelta64(1, "s") / unit
    age = np.clip(np.nan_to_num(age, nan=_OLDEST), 0.0, _OLDEST)
    first, last = np.zeros(len(known.candidates)), np.full(len(known.candidates), _OLDEST)
    np.maximum.at(first, known.pairs.candidate, age)
    np.minimum.at(last, known.pairs.candidate, age)
    return {"first": np.log1p(first), "last": np.log1p(last)}


def season_shares(known: Known, unit: float) -> Floats:
    """Share of each candidate's pairs that fell into the part of the year in which the window lies, above 0; (C,).

    Calls return every year: those of spring are not taken in a window of autumn. All 1 where windows are a year or
    longer, and where nothing is dated.
    """
    size, there = len(known.candidates), ~np.isnat(known.pairs.time)
    if not 0 < unit < _YEAR or np.isnat(known.now):
        return np.ones(size, np.float32)
    age = (known.now - known.pairs.time[there]) / np.timedelta64(1, "s")
    inside, taken = np.mod(-age, _YEAR) < unit, known.pairs.candidate[there]
    weight = np.exp2(-np.clip(age / (2 * _YEAR), 0.0, 30.0))
    within = np.bincount(taken[inside], weight[inside], size) + _SEASON_PRIOR * unit / _YEAR
    return np.asarray(within / (np.bincount(taken, weight, size) + _SEASON_PRIOR), np.float32)


def _season(known: Known, unit: float) -> dict[str, Floats]:
    """Return the share as a logarithm, nothing where it says nothing."""
    return {"season": np.log(season_shares(known, unit) + 0.01)} if unit < _YEAR else {}


def _weights(known: Known, counts: Floats) -> dict[str, Floats]:
    weight = known.dataset.target.weight
    if not len(weight) or weight.min() == weight.max():
        return {}
    scale = float(np.abs(known.pairs.weight).mean()) if len(known.pairs) else 1.0
    total = np.bincount(known.pairs.candidate, known.pairs.weight, len(counts))
    mean = total / np.maximum(counts, 1) / max(scale, 1e-9)
    return {"weight": np.clip(mean, -20.0, 20.0)}


def _numbers(known: Known) -> dict[str, Floats]:
    named = {}
    for column in known.candidates.columns:
        if isinstance(column, NumberColumn):
            filled = np.where(np.isfinite(column.values), column.values, np.nanmedian(column.values))
            # The square of what is larger has no place in a float.
            filled = np.clip(filled, -1e100, 1e100)
            named[column.name] = np.clip((filled - filled.mean()) / max(float(filled.std()), 1e-9), -4, 4)
    return named


def _one_hots(known: Known) -> dict[str, Floats]:
    return {
        f"{column.name}={value}": column.members[:, [at]].toarray().reshape(-1)
        for column in known.candidates.columns
        if isinstance(column, CategoryColumn) and len(column.categories) <= _MAX_ONE_HOT
        for at, value in enumerate(column.categories)
    }
