"""Windows of a list of awards."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.errors import SourceError
from recommender.importers.award_windows import choose_windows

MONTHS = [date(2023 + month // 12, month % 12 + 1, 15) for month in range(20)]
YEARS = [date(year, 1, 1) for year in (*[2019] * 50, *[2020] * 30, *[2021] * 12, *[2022] * 8)]


def test_by_default_the_last_tenth_is_the_test_and_the_tenth_before_valid() -> None:
    assert choose_windows(MONTHS, None, None) == (date(2024, 5, 1), date(2024, 7, 1))


def test_a_list_of_years_is_cut_between_years() -> None:
    """Eight of a hundred are nearest to a tenth, twenty are a fifth."""
    assert choose_windows(YEARS, None, None) == (date(2021, 1, 1), date(2022, 1, 1))


def test_three_periods_are_enough() -> None:
    days = [date(2020, 1, 1)] * 2 + [date(2021, 1, 1)] + [date(2022, 1, 1)] * 9
    assert choose_windows(days, None, None) == (date(2021, 1, 1), date(2022, 1, 1))


def test_a_day_that_is_given_stays_and_the_other_fits_it() -> None:
    assert choose_windows(MONTHS, None, date(2023, 6, 10)) == (date(2023, 4, 1), date(2023, 6, 10))
    assert choose_windows(MONTHS, date(2024, 7, 3), None) == (date(2024, 7, 3), date(2024, 8, 1))
    assert choose_windows(YEARS, date(2020, 1, 1), date(2021, 1, 1)) == (date(2020, 1, 1), date(2021, 1, 1))


@pytest.mark.parametrize(
    ("days", "span"),
    [
        ([], "0 years"),
        ([date(2020, 1, 1)], "1 year"),
        ([date(2020, 3, 2)], "1 month"),
        ([date(2020, 1, 1), date(2021, 1, 1)], "2 years"),
    ],
)
def test_too_short_a_list_is_refused(days: list[date], span: str) -> None:
    with pytest.raises(
        SourceError, match=f"^awards of {span} cannot be cut into train, valid and test; bring a longer list"
    ):
        choose_windows(days, None, None)


def test_a_window_without_awards_is_refused() -> None:
    with pytest.raises(SourceError, match=r"^no award lies from 2030-01-01 on; the list goes from 2019-01-01 to 2022"):
        choose_windows(YEARS, date(2030, 1, 1), None)
    with pytest.raises(SourceError, match=r"^no award lies from 2030-01-01 on; the list goes from 2019-01-01 to 2022"):
        choose_windows(YEARS, None, date(2030, 1, 1))
    with pytest.raises(SourceError, match="no award lies before 2018-01-01; the list goes from 2019-01-01 to 2022"):
        choose_windows(YEARS, date(2018, 1, 1), date(2021, 1, 1))
    with pytest.raises(SourceError, match="no award lies from 2023-01-01 until 2024-01-01 nor from 2024-01-01 on"):
        choose_windows(YEARS, date(2023, 1, 1), date(2024, 1, 1))
    with pytest.raises(SourceError, match="no award lies from 2022-01-01 until 2021-01-01"):
        choose_windows(YEARS, date(2022, 1, 1), date(2021, 1, 1))
