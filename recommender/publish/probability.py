"""The probabilities of what serves a task: how they were learned, how they held, and when they are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np

from graph_schema.wording import NOTHING, Wording
from recommender.knowledge.known import Scorer
from recommender.language.answers import Grade
from recommender.measure.calibration import Curve, calibration_error
from recommender.publish.later_links import LaterLinks

MIN_EVENTS: Final = 50
"""Independent events that each of the two windows must hold: the one learned from and the one judged by."""
MOST_ERROR: Final = 0.05
"""Calibration error up to which probabilities are given."""
MOST_RELATIVE: Final = 0.5
"""The same as a part of the share that came true: links are rare, and a small error may still be all there is."""

HIGH_FROM: Final = 4.0
"""Times the share of all candidates that were linked: what is called high is four times as likely as a draw."""
MEDIUM_FROM: Final = 1.5
"""A result is called likely from so many times the share that came true among the first of each list."""
_ASKERS_SHOWN: Final = 10
"""Whole numbers are understood better than small shares."""
_FIGURES: Final = 3
"""Significant figures of an error: enough to see on which side of its bound it lies."""
_LEAST_SHOWN: Final = 0.05
"""Of ten companies: below, the sentence would speak of hardly any."""


@dataclass(frozen=True)
class Calibration:
    """What a score of a task means: the chance that the link appears within ``months``, among those with this score.

    ``scores`` and ``probabilities``: breakpoints by standard score; empty where none were learned. ``bins``, ``error``:
    reliability on the window after the one learned from, (mean probability, share that came true, cases) a bin.
    Events: independent ones in either window.
    """

    months: int
    events_learnt: int
    events_judged: int
    scores: tuple[float, ...] = ()
    probabilities: tuple[float, ...] = ()
    error: float | None = None
    bins: tuple[tuple[float, float, float], ...] = ()
    judged_from: str = ""
    judged_until: str = ""

    @property
    def enough(self) -> bool:
        """Whether there were enough events in both windows."""
        return min(self.events_learnt, self.events_judged) >= MIN_EVENTS

    @property
    def given(self) -> bool:
        """Whether answers carry probabilities."""
        return self.enough and self.error is not None and self.error <= min(MOST_ERROR, MOST_RELATIVE * self.share)

    @cached_property
    def said(self) -> float:
        """Mean probability of what was judged, 0 where nothing was."""
        return self._mean(0)

    @cached_property
    def share(self) -> float:
        """Share of it that came true, 0 where nothing was judged."""
        return self._mean(1)

    def grade(self, probability: float) -> Grade:
        """Compare a probability with that of an average result, as the judging window had it."""
        if probability >= HIGH_FROM * self.share:
            return Grade.HIGH
        return Grade.MEDIUM if probability >= MEDIUM_FROM * self.share else Grade.LOW

    def _mean(self, column: int) -> float:
        cases = sum(each[2] for each in self.bins)
        return sum(each[column] * each[2] for each in self.bins) / cases if cases else 0.0

    @property
    def curve(self) -> Curve:
        """Probability by standard score."""
        return Curve(self.scores, self.probabilities)


def calibrated(learned: LaterLinks, first: Scorer, judged: LaterLinks, second: Scorer, months: int) -> Calibration:
    """Learn the curve on one window and judge it on a later one; each scorer knows what was known before its window."""
    counts = Calibration(months, learned.events, judged.events)
    if not counts.enough:
        return counts
    curve = learned.curve(first)
    bins = judged.bins(second, curve)
    return replace(
        counts,
        scores=curve.scores,
        probabilities=curve.probabilities,
        error=calibration_error(bins),
        bins=tuple((float(said), float(came), float(size)) for said, came, size in bins),
        judged_from=judged.start.isoformat(),
        judged_until=judged.end.isoformat(),
    )


DESCRIBED: Final = Wording(
    "확률 없음: 글이나 항목으로 적은 기업과 요청에는 점수를 확률로 환산할 과거 기록이 없습니다.",
    "No probability: for a company or a need that a request describes there are no past outcomes to calibrate a score "
    "with.",
)
MADE_UP: Final = Wording(
    "확률 없음: 점수를 확률로 환산할 이력이 가상 자료이고, 이 기업은 실제 기업입니다.",
    "No probability: the outcomes to calibrate a score with are made up, and this company is real.",
)
MADE_UP_TAKERS: Final = Wording(
    "확률 없음: 점수를 확률로 환산할 이력이 가상 자료이고, 목록의 기업은 모두 실제 기업입니다.",
    "No probability: the outcomes to calibrate a score with are made up, and all companies listed are real.",
)
TIED: Final = Wording(
    "확률 없음: 점수가 대부분 같아 서로 가려내지 못하므로 확률을 적지 않았습니다.",
    "No probability: most have this same score, so it tells none of them from another.",
)
_SOME_TIED: Final = Wording(
    " 대부분과 점수가 같은 결과에는 확률을 적지 않았습니다.",
    " Results whose score most others share carry none.",
)


def meaning(calibration: Calibration | None) -> Wording:
    """Say what the probabilities of a task mean, or why there are none."""
    of = calibration
    if of is None:
        return Wording(
            "확률 없음: 이후 기간의 관계가 너무 적어 점수를 확률로 보정할 수 없습니다.",
            "No probability: later links are too few to calibrate scores with.",
        )
    if not of.enough:
        return Wording(
            f"확률 없음: 기간마다 사건 {MIN_EVENTS}건이 필요하나 {of.events_learnt}건과 {of.events_judged}건입니다.",
            f"No probability: each window needs {MIN_EVENTS} independent events, and there are {of.events_learnt} to "
            f"learn from and {of.events_judged} to judge by.",
        )
    error = _plain(of.error or 0.0)
    if not of.given:
        return Wording(
            f"확률 없음: 이후 자료에서 오차(ECE {error})가 {MOST_ERROR} 또는 실제 비율({_plain(of.share)})의 절반보다 "
            "큽니다.",
            f"No probability: on later data the calibration error, {error}, is above {MOST_ERROR} or above half of the "
            f"share that came true, {_plain(of.share)}.",
        )
    return Wording(
        f"확률은 이 점수를 받은 후보 가운데 {of.months}개월 안에 실제로 관계가 생기는 비율이며, 자격 요건은 반영하지 "
        f"않은 값입니다(이후 자료에서 오차 ECE {error}, 사건 {of.events_judged:,}건).",
        f"A probability is the chance that the link appears within {of.months} months, among those with this score, "
        f"without regard to eligibility (calibration error on later data {error}, {of.events_judged:,} events).",
    )


def _plain(share: float) -> str:
    """Write a share in three significant figures: four decimals would make rare links and their errors equal zeros."""
    return np.format_float_positional(share, precision=_FIGURES, fractional=False, trim="-")


def expected(chances: Sequence[float | None], months: int, *, askers: bool) -> Wording:
    """Say how many links are expected of what is shown, or that its scores tie.

    ``chances`` are the probabilities of the results; ``askers``: whether the results are askers of one candidate
    rather than candidates of one asker. The sum of the probabilities is the expected number of links.
    """
    given = [chance for chance in chances if chance is not None]
    if not given:
        return TIED if chances else NOTHING
    rest = _SOME_TIED if len(given) < len(chances) else NOTHING
    number, time = len(given), f"{months}개월 안에"
    if askers:
        ko, en = _number(sum(given), "곳")
        listed = f"{number} companies" if number > 1 else "one company"
        return Wording(
            f"목록의 기업 {number}곳 가운데 {time} 이 후보와 관계가 생기는 곳은 {ko}으로 예상됩니다.{rest.ko}",
            f"Of the {listed} listed, {en} should link with it within {months} months.{rest.en}",
        )
    ko, en = _number(sum(given) * _ASKERS_SHOWN, "건")
    shown = f"{number} results like these" if number > 1 else "one result like this"
    return Wording(
        f"이와 같은 결과 {number}건을 기업 {_ASKERS_SHOWN}곳에 보이면 {time} 생기는 관계는 모두 {ko}으로 "
        f"예상됩니다.{rest.ko}",
        f"Of {_ASKERS_SHOWN} companies shown {shown}, {en} links in all are expected within {months} months.{rest.en}",
    )


def _number(count: float, unit: str) -> Wording:
    """Return a count to one decimal, or that it is smaller; the Korean one with its unit."""
    if count < _LEAST_SHOWN:
        return Wording(f"0.1{unit} 미만", "fewer than 0.1")
    return Wording(f"약 {count:.1f}{unit}", f"about {count:.1f}")
