"""Start-ups by age, on the last day and the day after it."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from graph_schema.law.rows import in_force
from graph_schema.law.startups import is_startup

ON = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("founded", "on", "truth"),
    [
        ("2026-03-02", ON, 1),
        ("2026-03-03", ON, -1),
        ("2019-03-02", ON, 1),
        ("2019-03-01", ON, 0),
        ("2016-03-02", ON, 0),
        ("2016-03-01", ON, -1),
        ("NaT", ON, 0),
        ("2015-06-29", date(2022, 6, 29), 1),
        ("2015-06-28", date(2022, 6, 29), 0),
        ("2015-06-27", date(2022, 6, 28), -1),
        ("2015-06-28", date(2022, 6, 28), 1),
        ("2000-01-01", date(2004, 7, 30), 1),
        ("2000-01-01", date(2004, 7, 29), 0),
        ("2016-02-29", date(2023, 3, 1), 1),
    ],
)
def test_seven_years_and_ten_in_new_industries(founded: str, on: date, truth: int) -> None:
    """Ten years exist since 29 June 2022; whether an industry is one of the new ones is not known."""
    assert is_startup(np.array([founded], dtype="datetime64[D]"), on).tolist() == [truth]


@pytest.mark.parametrize(
    ("first", "last", "truth"),
    [("2019-03-02", "2020-01-01", 1), ("2018-01-01", "2020-01-01", 0), ("2010-01-01", "2016-03-01", -1)],
)
def test_a_period_of_founding_is_certain_where_both_ends_agree(first: str, last: str, truth: int) -> None:
    days = (np.array([each], dtype="datetime64[D]") for each in (first, last))
    founded, until = days
    assert is_startup(founded, ON, until).tolist() == [truth]


@pytest.mark.parametrize(("kind", "value"), [("startup", 7), ("new_industry", 10), ("early", 3), ("youth", 39)])
def test_each_line_of_the_act(kind: str, value: float) -> None:
    assert [row.figure for row in in_force("startups", kind, ON)] == [value]
