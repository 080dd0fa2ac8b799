"""Bootstrap of many columns at once: the same resamplings as ``bootstrap``, drawn once for all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Indices, Values
from recommender.measure.bootstrap import Difference, Interval, difference_of, percentiles

_BLOCK = 4_000_000
"""Resampled entries drawn at a time, as in ``bootstrap``: equal blocks give equal resamplings."""


@dataclass(frozen=True)
class Resampling:
    """Resamplings of Q queries by whole ``groups``, shape (Q,)."""

    groups: Indices
    seed: int = 0
    samples: int = 2_000

    def means(self, values: Values) -> Values:
        """Means of each column of ``values``, shape (Q, M), over each resampling; shape (samples, M)."""
        if not len(values):
            raise EvaluationError(
                Wording(
                    "다시 뽑을 값이 없습니다. 이 구분이나 구간에 질의가 없습니다",
                    "no values to resample; the slice or window holds no query",
                )
            )
        members = np.unique(self.groups, return_inverse=True)[1].reshape(-1)
        count = int(members.max()) + 1
        sums = np.stack([np.bincount(members, weights=column) for column in values.T], axis=1)
        sizes = np.bincount(members).astype(np.float64)
        rng = np.random.default_rng(self.seed)
        blocks = []
        for start in range(0, self.samples, max(1, _BLOCK // count)):
            rows = min(max(1, _BLOCK // count), self.samples - start)
            drawn = rng.integers(0, count, (rows, count)) + count * np.arange(rows)[:, None]
            times = np.bincount(drawn.reshape(-1), minlength=rows * count).reshape(rows, count).astype(np.float64)
            blocks.append((times @ sums) / (times @ sizes)[:, None])
        return np.concatenate(blocks)

    def intervals(self, values: Values) -> list[Interval]:
        """Mean and 95 % percentile interval of each column of ``values``, shape (Q, M)."""
        low, high = np.percentile(self.means(values), (2.5, 97.5), axis=0)
        return [Interval(*map(float, each)) for each in zip(values.mean(axis=0), low, high, strict=True)]

    def compare(self, ours: Values, theirs: Values) -> tuple[Difference, Interval | None]:
        """Paired difference and ratio of means of two scorers on the same queries, both of shape (Q,).

        Both are judged as in ``difference_of``; of few groups the ratio's interval holds 1. The ratio is None where a
        resampling of ``theirs`` has mean 0.
        """
        if ours.shape != theirs.shape:
            raise EvaluationError(
                Wording(
                    f"비교할 값의 개수가 다릅니다({len(ours)}개, {len(theirs)}개). 같은 질의의 값끼리 비교하십시오",
                    f"{len(ours)} and {len(theirs)} values are not of the same queries; compare like with like",
                )
            )
        means = self.means(np.stack([ours, theirs], axis=1))
        count = len(np.unique(self.groups))
        difference = difference_of(float((ours - theirs).mean()), means[:, 0] - means[:, 1], count)
        if (means[:, 1] <= 0).any():
            return difference, None
        ratio = Interval(float(ours.mean() / theirs.mean()), *percentiles(means[:, 0] / means[:, 1], count, 1.0))
        return difference, ratio
