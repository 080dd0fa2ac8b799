"""Probabilities held against what came true: reliability bins, calibration error, and the curve that makes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from graph_schema.errors import EvaluationError
from graph_schema.wording import Wording
from recommender.measure.arrays import Flags, Values

BINS: Final = 10
"""Bins of equal count by which the calibration error is taken."""
SHOWN: Final = 20
"""Probabilities are looked at where they are shown: among the first of each list."""
_CELL: Final = 0.01
"""Scores are counted in cells so that any number of them fits memory; a hundredth of a deviation changes no curve."""
_LOWEST, _HIGHEST = -10.0, 90.0
"""Standard scores of all but the oddest lists lie within; others count as the nearest."""
_LEVELS: Final = 100
"""Steps of the curve at most; finer ones follow chance."""
_LEAST_LINKS: Final = 5
"""Links for each step, below which its share is chance."""


def reliability(probability: Values, true: Flags, weight: Values | None = None) -> Values:
    """Bins of equal size by probability: mean probability, share that came true, size; shape (bins, 3).

    All of shape (N,). ``weight``: how many cases each stands for, 1 by default; sizes are sums of it. Of equal
    probabilities each bin gets the expected share over random orders, as ties in a ranking do.
    """
    if not len(probability):
        return np.empty((0, 3))
    order = np.argsort(probability, kind="stable")
    said, size = probability[order], np.ones(len(order)) if weight is None else weight[order]
    _, tie = np.unique(said, return_inverse=True)
    came = (np.bincount(tie, weights=size * true[order]) / np.bincount(tie, weights=size))[tie]
    middle = np.cumsum(size) - size / 2
    bins = np.minimum((middle / size.sum() * BINS).astype(np.int64), BINS - 1)
    sizes = np.bincount(bins, weights=size, minlength=BINS)
    sums = [np.bincount(bins, weights=size * each, minlength=BINS) for each in (said, came)]
    used = sizes > 0
    return np.stack([sums[0][used] / sizes[used], sums[1][used] / sizes[used], sizes[used]], axis=1)


def calibration_error(bins: Values) -> float:
    """Return the expected calibration error: mean distance of probability and share (Naeini et al. 2015)."""
    return float(np.average(np.abs(bins[:, 0] - bins[:, 1]), weights=bins[:, 2]))


@dataclass(frozen=True)
class Curve:
    """Probability by score: straight lines between breakpoints, level beyond the first and the last."""

    scores: tuple[float, ...]
    probabilities: tuple[float, ...]

    def __call__(self, scores: npt.NDArray[np.floating]) -> Values:
        """Probabilities of standard scores, any shape; never falling as the score rises."""
        return np.asarray(np.interp(scores, self.scores, self.probabilities), dtype=np.float64)


class ScoreCounts:
    """Counts cases and links by score in cells of a hundredth, so that memory does not grow with what is counted."""

    def __init__(self) -> None:
        cells = round((_HIGHEST - _LOWEST) / _CELL)
        self._cases, self._links, self._sums = np.zeros(cells), np.zeros(cells), np.zeros(cells)
        self._seen = np.zeros(cells)

    def add(self, scores: Values, linked: Flags, weight: Values) -> None:
        """Count cases, all of shape (N,); ``weight``: how many cases each stands for."""
        cells = len(self._cases)
        cell = np.clip(((scores - _LOWEST) / _CELL).astype(np.int64), 0, cells - 1)
        self._cases += np.bincount(cell, weights=weight, minlength=cells)
        self._sums += np.bincount(cell, weights=weight * scores, minlength=cells)
        self._links += np.bincount(cell, weights=weight * linked, minlength=cells)
        self._seen += np.bincount(cell, weights=linked, minlength=cells)

    def curve(self) -> Curve:
        """Isotonic regression over levels of about equal numbers of links, at least five in each.

        Levels keep the few highest scores from being promised certainty because one of them came true. Barlow et
        al. (1972); Zadrozny & Elkan (2002). Raises ``EvaluationError`` where no link was counted.
        """
        total = self._seen.sum()
        if not total:
            raise EvaluationError(
                Wording(
                    "센 사례 가운데 실제로 이어진 것이 없어 확률을 학습할 수 없습니다",
                    "no link among the cases counted, so no probability can be learned from them",
                )
            )
        above = np.cumsum(self._seen[::-1])[::-1] - self._seen  # links at strictly higher scores
        levels = max(1, min(_LEVELS, int(total // _LEAST_LINKS)))
        level = levels - 1 - np.minimum((above / total * levels).astype(np.int64), levels - 1)
        cases, sums, links = (np.bincount(level, of, levels) for of in (self._cases, self._sums, self._links))
        used = cases > 0
        from scipy.optimize import isotonic_regression  # what serves has no use for it, and it takes long to import

        shares = isotonic_regression(links[used] / cases[used], weights=cases[used]).x
        return Curve(tuple((sums[used] / cases[used]).tolist()), tuple(shares.tolist()))
