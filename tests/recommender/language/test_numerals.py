"""Korean numbers are read as they are written and spoken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.numerals import AMOUNT, COUNT, amount, count


@pytest.mark.parametrize(
    ("text", "number"),
    [("열두", 12), ("스물 한", 21), ("스무", 20), ("서른다섯", 35), ("1,250", 1250), ("007", 7), ("여덟", 8)],
)
def test_people_are_counted_in_native_and_arabic_numbers(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("1조 2천억원", 1.2e12),
        ("12억 5천만 원", 1.25e9),
        ("4억 5천", 4.5e8),
        ("일억오천", 1.5e8),
        ("850백만원", 8.5e8),
        ("3천5백만", 3.5e7),
        ("이십억", 2e9),
        ("1.5억", 1.5e8),
        ("50,000,000원", 5e7),
    ],
)
def test_sums_are_read_whole(text: str, won: float) -> None:
    match = re.fullmatch(AMOUNT, text)
    assert match
    assert amount(text) == won


@pytest.mark.parametrize("text", ["10%", "3개", "수십억", "2천"])
def test_what_is_no_sum_is_none(text: str) -> None:
    assert not re.match(AMOUNT, text)


@given(st.text(alphabet="0123456789,.천백십조억만일이삼 원열스물한두", max_size=60))
def test_whatever_matches_can_be_read(text: str) -> None:
    assert all(amount(match[0]) >= 0 for match in re.finditer(AMOUNT, text))
    assert all(count(match[0]) >= 0 for match in re.finditer(COUNT, text))
