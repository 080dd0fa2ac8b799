"""How sure a mean over queries is: percentile intervals and paired tests by bootstrap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Indices, Values

_BLOCK = 4_000_000
"""Resampled entries drawn at a time, which bounds memory."""
_NO_ERROR = 1e-12
"""In place of a standard error of 0, as that of a single query is."""
_ROUNDING = 1e-12
"""Means that differ by less are equal: sums of the same values in another order are off by some 1e-16."""
_FEWEST = 6
"""Independent groups from which on a paired test can come below 0.05: 2 ** (1 - 6) is 0.031, 2 ** (1 - 5) is 0.063."""


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % percentile interval."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Difference:
    """A mean paired difference with its 95 % interval and the two-sided p-value of no difference."""

    mean: float
    low: float
    high: float
    p_value: float


def interval(values: Values, *, groups: Indices | None = None, seed: int = 0, samples: int = 2_000) -> Interval:
    """Return the mean of ``values``, shape (Q,), and its percentile interval over resampled queries.

    With ``groups``, shape (Q,), whole groups are resampled instead, for queries that answer for the same event.
    Raises ``EvaluationError`` where there is nothing to resample.
    """
    means = resampled_means(values, groups=groups, seed=seed, samples=samples)
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(values.mean()), float(low), float(high))


def paired_difference(
    ours: Values, theirs: Values, *, groups: Indices | None = None, samples: int = 2_000
) -> Difference:
    """Compare two scorers on the same queries; both of shape (Q,), positive means that ``ours`` is better.

    What few groups allow is told by ``difference_of``.
    """
    if ours.shape != theirs.shape:
        raise EvaluationError(
            Wording(
                f"비교할 값의 개수가 다릅니다({len(ours)}개, {len(theirs)}개). 같은 질의의 값끼리 비교하십시오",
                f"{len(ours)} and {len(theirs)} values are not of the same queries; compare like with like",
            )
        )
    values = ours - theirs
    means = resampled_means(values, groups=groups, seed=0, samples=samples)
    return difference_of(float(values.mean()), means, len(values) if groups is None else len(np.unique(groups)))


def difference_of(mean: float, resampled: Values, count: int) -> Difference:
    """Judge a mean paired difference by its resampled means, shape (samples,), over ``count`` independent groups.

    The p-value is twice the smaller tail of the resampled differences around zero, with one added to the counts, so
    that it is never below 2 / (samples + 1). Efron & Tibshirani (1993), ch. 15-16. Nor is it below 2 ** (1 - count),
    which a test that turns the signs of the groups reaches at most: one group alone has a sign, and no proof of it.
    Of fewer than six groups the interval holds zero, as no such test tells the difference from it.
    """
    gains = _settled(resampled, 0.0)
    tail = min(int((gains <= 0).sum()), int((gains >= 0).sum()))
    p_value = min(1.0, max(2 * (tail + 1) / (len(gains) + 1), 2.0 ** (1 - count)))
    return Difference(mean, *percentiles(resampled, count, 0.0), p_value)


def percentiles(resampled: Values, count: int, nothing: float) -> tuple[float, float]:
    """Return the 95 % interval of resampled values, shape (samples,), over ``count`` independent groups.

    Of fewer than six it is widened to ``nothing``, the value that stands for no difference.
    """
    low, high = map(float, np.percentile(_settled(resampled, nothing), (2.5, 97.5)))
    return (low, high) if count >= _FEWEST else (min(low, nothing), max(high, nothing))


def _settled(resampled: Values, nothing: float) -> Values:
    """Take what rounding alone holds apart from ``nothing`` as that, since no difference speaks for neither side."""
    return np.where(np.abs(resampled - nothing) < _ROUNDING, nothing, resampled)


def errors_behind(values: Values, groups: Indices) -> Values:
    """By how many standard errors of the paired difference each row is behind the row with the best mean; (M,).

    ``values`` of shape (M, Q) are those of M scorers on the same queries; 0 for the best and for its equals.
    Queries of one group, (Q,), answer for the same event, so their differences are added up before they are squared.
    """
    means = values.mean(axis=1)
    gaps = values[int(np.argmax(means))] - values
    members = np.unique(groups, return_inverse=True)[1].reshape(-1)
    apart = gaps - gaps.mean(axis=1, keepdims=True)
    errors = np.sqrt([np.square(np.bincount(members, each)).sum() for each in apart]) / values.shape[1]
    return np.asarray((means.max() - means) / np.maximum(errors, _NO_ERROR))


def resampled_means(values: Values, *, groups: Indices | None, seed: int, samples: int) -> Values:
    """Means of ``samples`` resamplings with replacement, shape (samples,); the same seed gives the same ones."""
    if not len(values):
        raise EvaluationError(
            Wording(
                "다시 뽑을 값이 없습니다. 이 구분이나 구간에 질의가 없습니다",
                "no values to resample; the slice or window holds no query",
            )
        )
    members = np.arange(len(values)) if groups is None else np.unique(groups, return_inverse=True)[1].reshape(-1)
    sums, sizes = np.bincount(members, weights=values), np.bincount(members)
    rng, count = np.random.default_rng(seed), len(sums)
    blocks = []
    for start in range(0, samples, max(1, _BLOCK // count)):
        rows = min(max(1, _BLOCK // count), samples - start)
        drawn = rng.integers(0, count, (rows, count))
        blocks.append(sums[drawn].sum(axis=1) / sizes[drawn].sum(axis=1))
    return np.concatenate(blocks)
