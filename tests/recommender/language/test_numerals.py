"""Korean numbers are read as they are written and spoken."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.numerals import AMOUNT, COUNT, SMALL, amount, count, small


@pytest.mark.parametrize(
    ("text", "number"),
    [("열두", 12), ("스물 한", 21), ("스무", 20), ("서른다섯", 35), ("1,250", 1250), ("007", 7), ("여덟", 8)],
)
def test_people_are_counted_in_native_and_arabic_numbers(text: str, number: int) -> None:
    assert count(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("3년", 3), ("삼 년", 3), ("십오 년", 15), ("두 해", 2), ("열두 해", 12), ("석 달", 3), ("넉 달", 4)],
)
def test_years_and_months_are_told_in_either_kind_of_numbers(text: str, number: int) -> None:
    match = re.match(SMALL, text)
    assert match
    assert small(match[0]) == number


@pytest.mark.parametrize("text", ["이런 년", "오 해", "123년"])
def test_what_counts_no_years_is_no_number_of_them(text: str) -> None:
    assert re.match(rf"{SMALL}\s?[년해]", text) is None


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("350,000천원", 3.5e8),
        ("1조 2천억원", 1.2e12),
        ("12억 5천만 원", 1.25e9),
        ("4억 5천", 4.5e8),
        ("일억오천", 1.5e8),
        ("850백만원", 8.5e8),
        ("3천5백만", 3.5e7),
        ("이십억", 2e9),
        ("1.5억", 1.5e8),
        ("50,000,000원", 5e7),
        ("2천억", 2e11),
        ("12억 3백", 1.203e9),
        ("1억2천3백만", 1.23e8),
    ],
)
def test_sums_are_read_whole(text: str, won: float) -> None:
    match = re.fullmatch(AMOUNT, text)
    assert match
    assert amount(text) == won


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("3만 2천원", 32_000),
        ("2만5천원", 25_000),
        ("5만 3백 원", 50_300),
        ("1조 2천", 1.2e12),
        ("1억 500만 2천", 105_002_000),
    ],
)
def test_thousands_without_a_unit_count_what_comes_next_below_the_last_one(text: str, won: float) -> None:
    """After 조 they are of 억, after 억 of 만, after 만 of won."""
    match = re.fullmatch(AMOUNT, text)
    assert match
    assert amount(text) == won


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from([("조", 1e12, 1e8), ("억", 1e8, 1e4), ("만", 1e4, 1)]))
def test_sums_in_large_units_add_up(large: int, small: int, unit: tuple[str, float, float]) -> None:
    name, value, below = unit
    assert amount(f"{large}{name} {small}천") == pytest.approx(large * value + small * 1000 * below)
    assert amount(f"{large * 10}{name}") == pytest.approx(10 * amount(f"{large}{name}"))


@given(st.integers(0, 10**15))
def test_digits_are_read_as_they_are_with_commas_or_without(number: int) -> None:
    assert count(str(number)) == count(f"{number:,}") == number
    assert amount(f"{number:,}원") == amount(f"{number}원") == number


@given(st.sampled_from("일이삼사오육칠팔구"), st.sampled_from(["천", "백", "십", ""]), st.sampled_from("조억만"))
def test_numbers_in_words_are_those_in_digits(digit: str, unit: str, large: str) -> None:
    number = "일이삼사오육칠팔구".index(digit) + 1
    assert amount(f"{digit}{unit}{large}") == amount(f"{number}{unit}{large}")
    if unit and digit == "일":
        assert amount(f"{unit}{large}") == amount(f"{digit}{unit}{large}")


def test_more_digits_than_anybody_counts_with_are_cut() -> None:
    assert count("9" * 5000) == int("9" * 20)
    assert count("0" * 5000) == 0


@pytest.mark.parametrize("text", ["10%", "3개", "수십억", "2천"])
def test_what_is_no_sum_is_none(text: str) -> None:
    assert not re.match(AMOUNT, text)


@given(st.text(alphabet="0123456789,.천백십조억만일이삼 원열스물한두", max_size=60))
def test_whatever_matches_can_be_read(text: str) -> None:
    assert all(amount(match[0]) >= 0 for match in re.finditer(AMOUNT, text))
    assert all(count(match[0]) >= 0 for match in re.finditer(COUNT, text))
