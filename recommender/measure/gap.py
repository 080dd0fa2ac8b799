"""How much of what can be known a model knows, where the rule behind the data is known: the share of a gap."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from recommender.measure.arrays import Indices, Values
from recommender.measure.bootstrap import Interval, resampled_means


@dataclass(frozen=True)
class GapClosed:
    """How far ``model`` gets from the best simple scorer ``baseline`` towards the oracle, by the mean of a metric.

    ``share`` with its 95 % interval is None where the oracle is not shown to be ahead of the baseline.
    """

    model: str
    baseline: str
    oracle: float
    share: float | None = None
    low: float | None = None
    high: float | None = None

    @classmethod
    def of(cls, model: tuple[str, Values], baseline: tuple[str, Values], oracle: Values, groups: Indices) -> GapClosed:
        """Measure it on the same questions, each of shape (Q,); ``groups``, (Q,), are resampled together."""
        (name, values), (against, simple) = model, baseline
        found, mean = share_closed(simple, values, oracle, groups), float(oracle.mean())
        bounds = () if found is None else (found.mean, found.low, found.high)
        return cls(name, against, mean, *bounds)

    @property
    def shown(self) -> str:
        """The share and its interval in per cent; empty where there is none."""
        if self.share is None or self.low is None or self.high is None:
            return ""
        return f"{self.share:.0%} [{self.low:.0%}, {self.high:.0%}]"


def share_closed(simple: Values, model: Values, oracle: Values, groups: Indices) -> Interval | None:
    """Share of the gap between ``simple`` and ``oracle`` that ``model`` closes; all of shape (Q,).

    The interval is over the same resampled questions in both differences. None where the gap is not above zero in
    97.5 % of them.
    """
    gained, gap = (resampled_means(each - simple, groups=groups, seed=0, samples=2_000) for each in (model, oracle))
    if np.percentile(gap, 2.5) <= 0:
        return None
    low, high = np.percentile(gained / gap, (2.5, 97.5))
    return Interval(float((model - simple).mean() / (oracle - simple).mean()), float(low), float(high))
