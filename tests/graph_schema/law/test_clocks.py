"""Legal clocks, counted by hand over weekends and holidays."""

from __future__ import annotations

from datetime import date

import pytest

from graph_schema.errors import NotFoundError
from graph_schema.law.clocks import clock, deadline
from graph_schema.law.days import is_working_day

CLOCKS = [
    ("grievance", 7, "working days"), ("proposal", 14, "working days"), ("question_law", 14, "working days"),
    ("question_other", 7, "working days"), ("other", 3, "working hours"), ("field_survey", 14, "days"),
    ("extension", 1, "times"), ("progress", 30, "days"), ("transfer", 8, "working hours"), ("objection", 60, "days"),
    ("objection_answer", 10, "days"), ("repeated", 2, "answers"), ("by_hours", 5, "days, at most"),
    ("by_days", 6, "days, at least"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "figure", "unit"), CLOCKS)
def test_each_line_of_the_act_on_complaints(kind: str, figure: float, unit: str) -> None:
    row = clock(kind, date(2026, 3, 2))
    assert (row.figure, row.unit) == (figure, unit)


@pytest.mark.parametrize(
    ("kind", "received", "last"),
    [
        ("grievance", date(2026, 11, 2), date(2026, 11, 10)),
        ("grievance", date(2026, 11, 7), date(2026, 11, 17)),
        ("grievance", date(2026, 9, 21), date(2026, 10, 1)),
        ("question_other", date(2026, 9, 21), date(2026, 10, 1)),
        ("proposal", date(2026, 11, 2), date(2026, 11, 19)),
        ("question_law", date(2026, 12, 21), date(2027, 1, 11)),
    ],
)
def test_the_day_of_receipt_counts_and_weekends_and_holidays_do_not(kind: str, received: date, last: date) -> None:
    assert deadline(kind, received) == last


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2025, 5, 1), True),
        (date(2026, 5, 1), False),
        (date(2025, 7, 17), True),
        (date(2026, 7, 17), False),
        (date(2026, 8, 17), False),
        (date(2026, 9, 25), False),
        (date(2026, 11, 28), False),
        (date(2026, 11, 29), False),
        (date(2026, 11, 30), True),
    ],
)
def test_holidays_are_those_of_their_year(day: date, working: object) -> None:
    """Labour Day and Constitution Day are public holidays from 2026 on."""
    assert is_working_day(day) is working


def test_a_clock_in_hours_has_no_last_day() -> None:
    with pytest.raises(NotFoundError, match=r"'other' has no last day.*3 working hours"):
        deadline("other", date(2026, 11, 2))


def test_a_day_beyond_the_known_holidays_is_refused() -> None:
    with pytest.raises(NotFoundError, match="holidays of 2028 are not known, only those of 2023 to 2027"):
        deadline("proposal", date(2027, 12, 30))


def test_no_clock_is_set_before_the_act() -> None:
    with pytest.raises(NotFoundError, match="no clock 'grievance' on 2016-02-11"):
        clock("grievance", date(2016, 2, 11))
