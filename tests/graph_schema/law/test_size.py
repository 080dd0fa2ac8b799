"""Size classes, one case per line of the annexes: the limit itself, just above it, and the days around a change."""

from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.errors import NotFoundError
from graph_schema.law.industries import path
from graph_schema.law.size import (
    SizeClass,
    figure,
    grace,
    regular_workers,
    sales_limit,
    size_class,
    staff_limit,
)

BEFORE, AFTER = date(2025, 8, 31), date(2025, 9, 1)
HUNDRED_MILLION = 100_000_000

LINES = [
    # industry, SME until and from 1 September 2025, small enterprise until and from then; hundred millions of KRW
    ("A", 1000, 1000, 80, 80), ("B", 1000, 1000, 80, 80), ("C10", 1000, 1200, 120, 120), ("C11", 800, 800, 120, 120),
    ("C12", 1000, 1000, 80, 80), ("C13", 1000, 1000, 80, 80), ("C14", 1500, 1500, 120, 120),
    ("C15", 1500, 1500, 120, 120), ("C16", 1000, 1000, 80, 80), ("C17", 1500, 1800, 80, 80), ("C18", 800, 800, 80, 80),
    ("C19", 1000, 1000, 120, 140), ("C20", 1000, 1200, 120, 120), ("C21", 800, 800, 120, 120),
    ("C22", 1000, 1200, 80, 80), ("C23", 800, 800, 120, 120), ("C24", 1500, 1800, 120, 140),
    ("C25", 1000, 1200, 120, 120), ("C26", 1000, 1000, 120, 120), ("C27", 800, 800, 80, 80),
    ("C28", 1500, 1800, 120, 120), ("C29", 1000, 1200, 120, 120), ("C301", 1000, 1200, 120, 120),
    ("C311", 1000, 1200, 80, 80), ("C32", 1500, 1500, 120, 120), ("C33", 800, 1000, 80, 80), ("C34", 600, 600, 10, 15),
    ("D", 1000, 1000, 120, 120), ("E36", 1000, 1000, 120, 120), ("E37", 800, 800, 30, 40), ("E38", 800, 800, 30, 40),
    ("E39", 800, 800, 30, 40), ("F", 1000, 1200, 80, 80), ("G", 1000, 1200, 50, 60), ("H", 800, 1000, 80, 100),
    ("I", 400, 400, 10, 15), ("J", 800, 1000, 50, 50), ("K", 400, 400, 80, 100), ("L", 400, 400, 30, 40),
    ("M", 600, 600, 30, 30), ("N74", 600, 800, 30, 30), ("N75", 600, 800, 30, 30), ("N76", 400, 400, 30, 30),
    ("P", 400, 400, 10, 15), ("Q", 600, 600, 10, 15), ("R", 600, 600, 30, 30), ("S95", 600, 600, 10, 15),
    ("S96", 600, 600, 10, 15), ("C30393", 1500, 1500, 120, 120),
]  # fmt: skip


@pytest.mark.parametrize(("industry", "sme_old", "sme", "small_old", "small"), LINES)
def test_each_industry_has_its_limits_before_and_after_the_change(
    industry: str, sme_old: int, sme: int, small_old: int, small: int
) -> None:
    """At the limit a company is still of the class, one won above it is not."""
    for day, small_limit, sme_limit in ((BEFORE, small_old, sme_old), (AFTER, small, sme)):
        sales = small_limit * HUNDRED_MILLION
        assert size_class(industry, sales, 4, day).possible == (SizeClass.MICRO,)
        assert size_class(industry, sales, 50, day).possible == (SizeClass.SMALL,)
        assert size_class(industry, sales + 1, 4, day).possible == (SizeClass.MEDIUM,)
        assert size_class(industry, sme_limit * HUNDRED_MILLION, 4, day).possible == (SizeClass.MEDIUM,)
        assert size_class(industry, sme_limit * HUNDRED_MILLION + 1, 4, day).possible == (SizeClass.LARGER,)


def test_as_many_limits_rose_as_the_ministry_counts() -> None:
    """Of 44 industries 16 were raised for SMEs and of 43 twelve for small enterprises; parts of one line count once."""
    twice = {"E38", "E39", "N75", "S96", "C30393"}
    lines = [line for line in LINES if line[0] not in twice]
    assert len(lines) == 44
    assert sum(old < new for _, old, new, _, _ in lines) == 16
    assert sum(old < new for _, _, _, old, new in lines) == 12


HEADS = [
    ("B", 10), ("C", 10), ("F", 10), ("H49", 10), ("H50", 10), ("H51", 10), ("H529", 10),
    ("A", 5), ("D", 5), ("E", 5), ("G", 5), ("I", 5), ("J", 5), ("K", 5), ("L", 5), ("M", 5), ("N", 5), ("P", 5),
    ("Q", 5), ("R", 5), ("S", 5),
]  # fmt: skip


@pytest.mark.parametrize(("industry", "below"), HEADS)
def test_a_micro_enterprise_has_fewer_workers_than_its_industry_allows(industry: str, below: int) -> None:
    sales = 10 * HUNDRED_MILLION
    assert size_class(industry, sales, below - 0.5, AFTER).possible == (SizeClass.MICRO,)
    assert size_class(industry, sales, below, AFTER).possible == (SizeClass.SMALL,)


def test_whether_warehousing_is_transport_is_left_open() -> None:
    found = size_class("H52102", HUNDRED_MILLION, 7, AFTER)
    assert found.possible == (SizeClass.MICRO, SizeClass.SMALL)
    assert {row.id for row in found.rows} >= {"micro-521", "micro-H"}


def test_the_number_of_workers_decides_since_the_decree_of_february_2021() -> None:
    assert size_class("J", HUNDRED_MILLION, 4, date(2021, 2, 5)).possible == (SizeClass.MICRO,)
    assert size_class("J", HUNDRED_MILLION, 4, date(2021, 2, 4)).possible == (SizeClass.MICRO, SizeClass.SMALL)


@pytest.mark.parametrize("industry", ["C31202", "C31322"])
def test_makers_of_seats_may_have_the_higher_limit(industry: str) -> None:
    """A code that holds more than seats has either limit."""
    assert size_class(industry, 1200 * HUNDRED_MILLION, 90, AFTER).possible == (SizeClass.MEDIUM,)
    assert size_class(industry, 1500 * HUNDRED_MILLION, 90, AFTER).possible == (SizeClass.MEDIUM, SizeClass.LARGER)
    assert size_class(industry, 1501 * HUNDRED_MILLION, 90, AFTER).possible == (SizeClass.LARGER,)


def test_an_association_has_no_limit() -> None:
    assert size_class("S94", HUNDRED_MILLION, 2, AFTER).possible == tuple(SizeClass)


@pytest.mark.parametrize(
    ("industry", "sales", "staff", "possible", "unknown"),
    [
        (None, 15, 4, ("micro",), ()),
        (None, 16, 4, ("micro", "small", "medium"), ("industry",)),
        (None, 400, 20, ("small", "medium")[1:], ()),
        (None, 1801, 20, ("larger",), ()),
        ("J", None, 4, ("micro", "small", "medium", "larger"), ("sales",)),
        ("J", 50, None, ("micro", "small"), ("staff",)),
        ("J", None, 5, ("small", "medium", "larger"), ("sales",)),
        ("C", 1201, 20, ("medium", "larger"), ()),
    ],
)
def test_what_is_not_known_leaves_classes_open(
    industry: str | None, sales: float | None, staff: float | None, possible: tuple[str, ...], unknown: tuple[str, ...]
) -> None:
    money = None if sales is None else sales * HUNDRED_MILLION
    found = size_class(industry, money, staff, AFTER)
    assert found.possible == possible
    assert found.unknown == unknown


SOME = st.sampled_from([None, "A", "C", "10711", "C30393", "31202", "E", "I", "N", "52101", "S", "94"])


@given(
    industry=SOME,
    sales=st.none() | st.floats(0, 3e11),
    staff=st.none() | st.floats(0, 400),
    day=st.dates(date(2018, 1, 1), date(2027, 1, 1)),
)
def test_one_class_at_least_is_possible_and_more_facts_only_narrow(
    industry: str | None, sales: float | None, staff: float | None, day: date
) -> None:
    possible = size_class(industry, sales, staff, day).possible
    assert possible
    assert set(possible) <= set(size_class(None if industry != "94" else industry, sales, staff, day).possible)
    assert set(possible) <= set(size_class(industry, None, staff, day).possible)
    assert set(possible) <= set(size_class(industry, sales, None, day).possible)


def test_before_the_first_row_no_limit_is_known() -> None:
    limit = sales_limit("sme", "J", date(2017, 10, 16))
    assert (limit.low, limit.high, limit.rows) == (-math.inf, math.inf, ())
    assert staff_limit("J", date(2021, 2, 4)).rows == ()


def test_part_timers_count_half() -> None:
    assert regular_workers(4, 1, AFTER) == 4.5


@pytest.mark.parametrize(
    ("kind", "outgrown", "until", "workers"),
    [
        ("micro", date(2026, 3, 1), date(2029, 12, 31), 20),
        ("micro", date(2025, 8, 31), date(2028, 12, 31), math.inf),
        ("sme", date(2026, 3, 1), date(2031, 12, 31), math.inf),
    ],
)
def test_grace_lasts_until_the_end_of_a_year(kind: str, outgrown: date, until: date, workers: float) -> None:
    """From September 2025 on a micro enterprise that reaches 20 workers has none."""
    given = grace(kind, outgrown)
    assert given is not None
    assert (given.until, given.workers) == (until, workers)


def test_there_is_no_grace_before_its_act() -> None:
    assert grace("micro", date(2021, 2, 4)) is None


METHOD = [
    ("part_timer", 0.5), ("part_timer_hours", 60), ("short_contract", 3), ("head_months", 12), ("micro_sales_years", 1),
    ("micro_grace", 3), ("micro_grace_workers", 20), ("sme_grace", 5), ("sme_grace_kospi", 7), ("sme_assets", 5e11),
    ("sme_owner", 0.3), ("sales_years", 3), ("status_months", 3), ("false_papers", 5e6),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), METHOD)
def test_each_line_of_the_method(kind: str, value: float) -> None:
    assert figure(kind, date(2026, 11, 27)) == value


def test_a_line_that_did_not_hold_yet_is_told() -> None:
    with pytest.raises(NotFoundError, match="no 'part_timer' on 2021-02-04"):
        figure("part_timer", date(2021, 2, 4))


def test_a_code_is_read_with_and_without_its_section() -> None:
    assert path("10711") == path("C10711") == ("10711", "1071", "107", "10", "C", "")
    assert path("C") == ("C", "")
