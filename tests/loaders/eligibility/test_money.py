"""Tests of sums of money in Korean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.money import sums


@pytest.mark.parametrize(
    ("text", "krw"),
    [
        ("최대 1억원", 100_000_000),
        ("1억 3천만 원 한도", 130_000_000),
        ("1억 400만원 미만", 104_000_000),
        ("1억5천", 150_000_000),
        ("1천3백만원", 13_000_000),
        ("2억 1천5백만원", 215_000_000),
        ("4천2백억원", 420_000_000_000),
        ("50백만원", 50_000_000),
        ("12,000천원", 12_000_000),
        ("160만원", 1_600_000),
        ("840,000원", 840_000),
        ("2.5억원", 250_000_000),
        ("30억 미만", 3_000_000_000),
        ("8억한도", 800_000_000),
        ("최대 천만 원", 10_000_000),
        ("백만원 이내", 1_000_000),
    ],
)
def test_units_of_notices(text: str, krw: float) -> None:
    assert [each.krw for each in sums(text)] == [krw]


@pytest.mark.parametrize("text", ["2천만불 이하", "5,000만 달러", "1천만엔", "500만인", "3년", "100%"])
def test_other_currencies_and_counts_are_no_sums(text: str) -> None:
    assert list(sums(text)) == []


def test_the_bounds_of_a_range_are_two_sums() -> None:
    assert [each.krw for each in sums("2억원~5억원 이내")] == [200_000_000, 500_000_000]


@given(st.integers(1, 9_999))
def test_a_number_of_ten_thousands(number: int) -> None:
    assert [each.krw for each in sums(f"업체당 {number:,}만원 지원")] == [number * 10_000]
