"""Seeded random streams, exact quotas and noisy choices, all on whole arrays."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Strings = npt.NDArray[np.object_]

_EPOCH = date(1970, 1, 1)


def stream(seed: int, name: str) -> np.random.Generator:
    """Return an independent generator for one part of the city, so that parts can change without moving others."""
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def quota(shares: npt.ArrayLike, total: int) -> Ints:
    """Split ``total`` by ``shares`` into whole numbers that add up to it (largest remainder); shape (len(shares),)."""
    weights = np.asarray(shares, np.float64)
    exact = weights / weights.sum() * total
    counts = np.floor(exact).astype(np.int64)
    remainder = np.argsort(-(exact - counts), kind="stable")[: total - int(counts.sum())]
    counts[remainder] += 1
    return np.asarray(counts, np.int64)


def top_share(scores: npt.NDArray[np.floating], share: float) -> Bools:
    """Mark exactly ``round(share * n)`` of n rows, those with the highest scores."""
    marked = np.zeros(len(scores), np.bool_)
    marked[np.argsort(-scores, kind="stable")[: round(share * len(scores))]] = True
    return marked


def normal(rng: np.random.Generator, *shape: int) -> Floats:
    """Draw standard normal numbers, float32."""
    return rng.standard_normal(shape, dtype=np.float32)


def gumbel(rng: np.random.Generator, *shape: int) -> Floats:
    """Draw Gumbel noise: the highest of ``score + gumbel`` is a draw from the softmax of the scores."""
    noise = rng.standard_exponential(shape, dtype=np.float32)
    np.maximum(noise, np.float32(1e-30), out=noise)
    np.log(noise, out=noise)
    return np.negative(noise, out=noise)


def top_choices(noisy: Floats, wanted: Ints) -> tuple[Ints, Ints]:
    """Return (row, column) of the ``wanted[row]`` highest entries of each row; entries of -inf are never chosen.

    With Gumbel noise in the scores this samples without replacement from each row's softmax.
    """
    most = min(int(wanted.max(initial=0)), noisy.shape[1])
    if most == 0:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    columns = np.argpartition(-noisy, most - 1, axis=1)[:, :most]
    values = np.take_along_axis(noisy, columns, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    columns = np.take_along_axis(columns, order, axis=1)
    values = np.take_along_axis(values, order, axis=1)
    taken = (np.arange(most)[None, :] < wanted[:, None]) & np.isfinite(values)
    rows, places = np.nonzero(taken)
    return rows.astype(np.int64), columns[rows, places].astype(np.int64)


def draw(rng: np.random.Generator, scores: Floats) -> Ints:
    """Draw one column per row from the softmax of ``scores``; shape (rows,)."""
    return np.asarray((scores + gumbel(rng, *scores.shape)).argmax(axis=1), np.int64)


def sigmoid(x: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
    """Logistic function."""
    return np.asarray(1.0 / (1.0 + np.exp(-x)))


def as_date(day: int) -> date:
    """Turn days since 1970-01-01 into a date."""
    return _EPOCH + timedelta(days=day)


def as_day(year: int, month: int, day: int) -> int:
    """Turn a date into days since 1970-01-01."""
    return (date(year, month, day) - _EPOCH).days


def dates(days: npt.NDArray[np.integer]) -> pa.Array:
    """Turn days since 1970-01-01 into an Arrow date column."""
    return pa.array(days.astype(np.int32)).cast(pa.date32())


def iso_dates(days: npt.NDArray[np.integer]) -> pa.Array:
    """Turn days since 1970-01-01 into text such as ``2025-03-01``."""
    return dates(days).cast(pa.string())


def words(texts: Iterable[str]) -> Strings:
    """Return texts as an array, an empty one too."""
    return np.array(list(texts), np.object_)


def numbered(prefix: str, count: int, width: int = 6) -> Strings:
    """Return the ids ``prefix000000`` and on."""
    return np.array([f"{prefix}{i:0{width}d}" for i in range(count)], np.object_)


def subsets(member: Bools, words: Strings) -> pa.Array:
    """Return for each row the words that ``member`` (rows, words) marks, as an Arrow list column."""
    offsets = np.concatenate([[0], member.sum(axis=1).cumsum()]).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), pa.array(words[np.nonzero(member)[1]], pa.string()))
