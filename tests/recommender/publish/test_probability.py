"""When answers carry probabilities, how likely a result is called, and what is said of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.splits import ALWAYS, LinkedPairs
from recommender.language.answers import Grade
from recommender.measure.calibration import calibration_error
from recommender.publish.probability import DESCRIBED, TIED, Calibration, expected, meaning
from recommender.publish.windows import Shares, windows_of

GOOD = Calibration(6, 80, 60, error=0.01, bins=((0.1, 0.08, 300.0), (0.4, 0.5, 100.0)))
"""Wording: (0.1 · 300 + 0.4 · 100) / 400; came true: (0.08 · 300 + 0.5 · 100) / 400."""


def test_said_and_share_are_means_over_all_cases() -> None:
    assert GOOD.said == pytest.approx(0.175)
    assert GOOD.share == pytest.approx(0.185)
    assert (Calibration(6, 80, 60).said, Calibration(6, 80, 60).share) == (0, 0)


@pytest.mark.parametrize(
    ("learned", "judged", "enough"), [(50, 50, True), (49, 50, False), (50, 49, False), (500, 0, False)]
)
def test_fifty_events_are_needed_in_either_window(learned: int, judged: int, *, enough: bool) -> None:
    found = replace(GOOD, events_learnt=learned, events_judged=judged)
    assert (found.enough, found.given) == (enough, enough)


@pytest.mark.parametrize(
    ("error", "share", "given"),
    [
        (0.05, 0.2, True),
        (0.0501, 0.2, False),
        (0.005, 0.01, True),
        (0.0051, 0.01, False),
        (0.05, 0.1, True),
        (None, 0.2, False),
    ],
)
def test_an_error_of_a_twentieth_or_of_half_of_what_came_true_is_too_large(
    error: float | None, share: float, *, given: bool
) -> None:
    """Both bounds are still given; where nothing was judged there is no error."""
    assert replace(GOOD, error=error, bins=((share, share, 100.0),)).given is given


@pytest.mark.parametrize(
    ("times", "grade"),
    [
        (0.0, Grade.LOW),
        (1.49, Grade.LOW),
        (1.5, Grade.MEDIUM),
        (3.99, Grade.MEDIUM),
        (4.0, Grade.HIGH),
        (9, Grade.HIGH),
    ],
)
def test_a_result_is_graded_by_how_many_times_the_average_it_is(times: float, grade: Grade) -> None:
    average = replace(GOOD, bins=((0.25, 0.25, 8.0),))
    assert average.grade(times * 0.25) is grade


def test_probabilities_lie_on_lines_between_breakpoints() -> None:
    curve = replace(GOOD, scores=(0.0, 2.0), probabilities=(0.1, 0.5)).curve
    assert curve(np.array([-9.0, 0.0, 0.5, 1.0, 2.0, 9.0])) == pytest.approx([0.1, 0.1, 0.2, 0.3, 0.5, 0.5])


def test_the_calibration_error_is_weighed_by_cases() -> None:
    """|0.1 − 0.08| · 300/400 + |0.4 − 0.5| · 100/400."""
    assert calibration_error(np.array(GOOD.bins)) == pytest.approx(0.04)


def test_the_meaning_of_probabilities_or_why_there_are_none() -> None:
    assert "within 6 months" in meaning(GOOD).en
    assert "0.01, 60 events" in meaning(GOOD).en
    assert "later links are too few" in meaning(None).en
    few = meaning(replace(GOOD, events_learnt=12))
    assert "needs 50 independent events, and there are 12 to learn from and 60 to judge by" in few.en
    assert "사건 50건이 필요하나 12건과 60건입니다" in few.ko
    wrong = meaning(replace(GOOD, error=0.2))
    assert "calibration error, 0.2, is above 0.05 or above half of the share that came true, 0.185" in wrong.en
    rare = meaning(replace(GOOD, error=0.00006, bins=((0.00012, 0.00011, 400.0),)))
    assert "오차(ECE 0.00006)가 0.05 또는 실제 비율(0.00011)의 절반보다 큽니다" in rare.ko
    assert "0.00006, is above 0.05 or above half of the share that came true, 0.00011" in rare.en
    for said in (meaning(GOOD), few, wrong, DESCRIBED, TIED):
        assert said.ko.endswith((".", "다.", "다)."))
        assert said.en.endswith(".")


def test_the_expected_number_of_links_is_the_sum_of_the_probabilities() -> None:
    """Of one candidate over askers it is the sum, of one asker's results that of ten companies."""
    of_askers = expected([0.5, 0.25, 0.75], 6, askers=True)
    assert of_askers.en == "Of the 3 companies listed, about 1.5 should link with it within 6 months."
    assert "기업 3곳 가운데 6개월 안에" in of_askers.ko
    assert "약 1.5곳" in of_askers.ko
    of_results = expected([0.01, 0.02], 12, askers=False)
    assert of_results.en.startswith("Of 10 companies shown 2 results like these, about 0.3 links in all are expected")
    assert "약 0.3건" in of_results.ko
    assert expected([0.5], 6, askers=True).en.startswith("Of the one company listed")
    assert "shown one result like this" in expected([0.5], 6, askers=False).en


@pytest.mark.parametrize(("chance", "words"), [(0.049, "fewer than 0.1"), (0.05, "about 0.1"), (0.26, "about 0.3")])
def test_very_few_are_told_as_fewer_than_a_tenth(chance: float, words: str) -> None:
    assert words in expected([chance], 6, askers=True).en


def test_results_whose_score_most_share_carry_none() -> None:
    assert expected([None, None], 6, askers=True) is TIED
    assert (expected([], 6, askers=True).ko, expected([], 6, askers=True).en) == ("", "")
    mixed = expected([None, 0.5], 6, askers=True)
    assert mixed.en.startswith("Of the one company listed, about 0.5 should")
    assert mixed.en.endswith("Results whose score most others share carry none.")
    assert not expected([0.5], 6, askers=True).en.endswith("carry none.")


def pairs_on(*days: date | None) -> LinkedPairs:
    first = np.array([ALWAYS if day is None else np.datetime64(day, "D") for day in days])
    places = np.arange(len(days))
    refs = tuple(NodeRef("Company", str(place)) for place in places)
    return LinkedPairs(refs, refs, places, places, first, np.full(len(days), -1))


EVERY_DAY = [date(2020, 1, 1) + timedelta(day) for day in range(1461)]
"""Four years, from 2020 to 2023."""


@pytest.mark.parametrize(("newest", "months"), [(0.25, 12), (0.125, 6), (1 / 48, 1), (1e-6, 1)])
def test_both_windows_are_as_long_as_what_holds_the_newest_pairs(newest: float, months: int) -> None:
    """In whole months, one at least; the second ends with the last pair, the first where the second begins."""
    found = windows_of(pairs_on(*EVERY_DAY), Shares(newest, 10, 5), None)
    assert found is not None
    assert found.months == months
    assert found.test == (date(2024, 1, 1) - timedelta(round(months * 365.25 / 12)), date(2024, 1, 1))
    assert found.valid == (date(2024, 1, 1) - timedelta(round(months * 2 * 365.25 / 12)), found.test[0])


def test_only_pairs_before_a_day_are_cut() -> None:
    whole = windows_of(pairs_on(*EVERY_DAY), Shares(0.25, 10, 5), date(2023, 1, 1))
    assert whole == windows_of(pairs_on(*EVERY_DAY[:1096]), Shares(0.25, 10, 5), None)
    assert whole is not None
    assert whole.test[1] == date(2023, 1, 1)


@pytest.mark.parametrize(
    ("shares", "cut"),
    [
        (Shares(0.25, 1461 - 731, 5), True),
        (Shares(0.25, 1461 - 729, 5), False),
        (Shares(0.25, 10, 365), True),
        (Shares(0.25, 10, 367), False),
        (Shares(0.25, 1462, 5), False),
    ],
)
def test_too_few_before_or_inside_are_no_windows(shares: Shares, *, cut: bool) -> None:
    """Twelve months hold 365 or 366 of the 1,461 days, and 730 lie before both windows."""
    assert (windows_of(pairs_on(*EVERY_DAY), shares, None) is not None) is cut


def test_undated_pairs_count_nowhere() -> None:
    dated = windows_of(pairs_on(*EVERY_DAY), Shares(0.25, 10, 5), None)
    assert windows_of(pairs_on(*[None] * 500, *EVERY_DAY), Shares(0.25, 10, 5), None) == dated
    assert windows_of(pairs_on(*[None] * 500), Shares(0.25, 1, 1), None) is None
