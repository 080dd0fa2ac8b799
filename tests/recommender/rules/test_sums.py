"""Sums of money as people say them, in both languages."""

from __future__ import annotations

import pytest

from graph_schema.wording import Wording
from recommender.rules.sums import krw, krw_between


@pytest.mark.parametrize(
    ("amount", "ko", "en"),
    [
        (0.0, "0 원", "KRW 0"),
        (3_500.0, "3,500원", "KRW 3,500"),
        (6e7, "6,000만 원", "KRW 60 million"),
        (1.3e8, "1억 3,000만 원", "KRW 130 million"),
        (87_654_321.0, "87,654,321원", "KRW 87,654,321"),
        (2.5e9, "25억 원", "KRW 2.5 billion"),
        (1.2e12, "1조 2,000억 원", "KRW 1,200 billion"),
        (1e12 + 5e4, "1조 5만 원", "KRW 1,000.00005 billion"),
    ],
)
def test_a_sum_is_written_in_the_units_of_each_language(amount: float, ko: str, en: str) -> None:
    assert krw(amount) == Wording(ko, en)


def test_a_sum_between_two_names_both_and_one_open_above_the_lower() -> None:
    assert krw_between(1e8, 1e8) == Wording("1억 원", "KRW 100 million")
    assert krw_between(1e8, 5e8) == Wording("1억 원~5억 원", "KRW 100 million to KRW 500 million")
    assert krw_between(1e8, float("inf")) == Wording("1억 원 이상", "KRW 100 million or more")
