"""The windows by which training decides: one to choose settings on, then two later ones to be tested on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from recommender.knowledge.splits import Pairs, sample, window
from recommender.measure import metrics
from recommender.measure.arrays import Values
from recommender.measure.ranks import concatenate, rank_positives
from recommender.publish.promotion import Compared
from recommender.served.evaluation.later_links import DAYS_A_MONTH, LaterLinks, months_later
from recommender.served.scorer_protocols import Estimator, Scorer
from recommender.served.scorers.families import joined
from recommender.served.task_data import TaskData
from recommender.served.validation import chunks, dated_days

_DEPTH = 10


@dataclass(frozen=True)
class Spans:
    """Settings are chosen on [``choose``, ``tests[0]``), or until ``end`` where there are no ``tests``.

    ``tests``: first days of two later windows of ``months`` months each, the second ending with the last dated pair.
    """

    choose: date
    tests: tuple[date, ...]
    end: date
    months: int

    @property
    def test_ends(self) -> tuple[date, ...]:
        """Day after the last of each later window."""
        return (*self.tests[1:], self.end)[: len(self.tests)]


@dataclass(frozen=True)
class Shares:
    """How dated pairs are shared out: about ``valid`` of the earlier ones to choose on, ``test`` in the last window.

    With fewer than ``least`` earlier pairs, or fewer than ``least_inside`` in a window, there is no such window.
    """

    valid: float
    test: float
    least: int
    least_inside: int


def spans_of(data: TaskData, shares: Shares) -> Spans | None:
    """Cut the dated pairs of ``data`` into windows; None where they are too few even to choose by."""
    days = dated_days(data)
    if len(days) < shares.least:
        return None
    end = _day(days[-1]) + timedelta(days=1)
    newest = (end - _day(days[int(len(days) * (1.0 - shares.test))])).days
    months = max(1, round(newest / DAYS_A_MONTH))
    first, second = (months_later(end, -months * back) for back in (2, 1))
    earlier = days[days < np.datetime64(first)]
    inside = np.histogram(
        days.astype(np.int64), np.array([first, second, end], dtype="datetime64[D]").astype(np.int64)
    )[0]
    choose = _choosing(earlier, shares) if len(earlier) >= shares.least else None
    if choose is not None and inside.min() >= shares.least_inside:
        return Spans(choose, (first, second), end, months)
    alone = _choosing(days, shares)
    return None if alone is None else Spans(alone, (), end, months)


@dataclass(frozen=True)
class Later:
    """A later window, ``data.before`` to ``end``, and scorers that know only what was known before it."""

    data: TaskData
    end: date
    scorers: Mapping[str, Scorer]

    @classmethod
    def fit(cls, data: TaskData, end: date, estimators: Mapping[str, Estimator], seed: int) -> Later:
        """Train all scorers on ``data``."""
        fitted = {name: each.fit(data, np.random.default_rng(seed)) for name, each in estimators.items()}
        return cls(data, end, fitted)

    def served(self, weights: Mapping[str, float]) -> Scorer:
        """Return the scorer or the blend that would have served in the window."""
        return joined([self.scorers[name] for name in weights], weights, self.data)

    def links(self, pairs: Pairs, askers: int) -> LaterLinks:
        """Return what was linked in the window, for askers drawn from all."""
        return LaterLinks.of(self.data, pairs, self.end, askers)


def compare(laters: Sequence[Later], pairs: Pairs, served: Mapping[str, Mapping[str, float]], askers: int) -> Compared:
    """NDCG@10 of what is ``served`` under each name, on at most ``askers`` askers of each window."""
    values: dict[str, list[Values]] = {name: [] for name in served}
    groups, above = [], 0
    for later in laters:
        if later.data.before is None:
            continue
        asked = sample(window(pairs, "later", later.data.before, later.end), askers)
        rows = later.data.queries(asked.asked).index
        for name, weights in served.items():
            scorer, parts = later.served(weights), []
            for block in chunks(np.arange(len(rows))):
                scores = scorer.score(later.data.queries_at(rows[block]))
                parts.append(rank_positives(scores, asked.positives[block], asked.known[block]))
            values[name].append(metrics.ndcg(concatenate(parts), _DEPTH))
        groups.append(asked.groups + above)
        above = int(groups[-1].max()) + 1
    return Compared({name: np.concatenate(parts) for name, parts in values.items()}, np.concatenate(groups))


def _choosing(days: np.ndarray, shares: Shares) -> date | None:
    """First day of the last ``valid`` share, None where too few lie on either side of it."""
    start = days[int(len(days) * (1.0 - shares.valid))]
    inside, before = int((days >= start).sum()), int((days < start).sum())
    return _day(start) if min(inside, before) >= shares.least_inside else None


def _day(value: np.datetime64) -> date:
    return date.fromisoformat(str(value))
