"""Tests of kinds of applicant and ages of company."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import TARGET_KINDS
from loaders.eligibility.limits import Limits
from loaders.eligibility.targets import KINDS, parse_ages, parse_targets


@given(st.lists(st.text() | st.sampled_from(sorted(KINDS))))
def test_every_word_counts_and_unknown_ones_become_other(words: list[str]) -> None:
    found = parse_targets(words)

    assert (found is None) == (not any(word.strip() for word in words))
    assert set(found or ()) <= set(TARGET_KINDS)
    unknown = any(word.strip() and word.strip() not in KINDS for word in words)
    assert ("other" in (found or ())) == unknown


def test_words_of_the_registers() -> None:
    assert parse_targets(["중소기업", "중견기업"]) == ("mid_size", "sme")
    assert parse_targets(["창업벤처"]) == ("startup", "venture")
    assert parse_targets(["1인기업"]) == ("other",)


def test_prose_in_the_place_of_a_word_tells_what_it_names() -> None:
    assert parse_targets(["출자자 5인 이상인 소상공인 협동조합"]) == ("micro", "other", "social")


@pytest.mark.parametrize(
    ("words", "ages"),
    [
        ("예비창업자,1년미만,2년미만,3년미만,5년미만,7년미만", (Limits(most=7.0), True)),
        ("1년미만,10년미만", (Limits(most=10.0), False)),
        ("예비창업자", (Limits(most=0.0), True)),
        ("예비창업자,10년이상", (Limits(), True)),
        ("10년이상", (Limits(), None)),
        ("", (Limits(), None)),
    ],
)
def test_ages_of_company(words: str, ages: tuple[Limits, bool | None]) -> None:
    assert parse_ages(words.split(",")) == ages


@given(years=st.lists(st.integers(1, 20), min_size=1), pre_founders=st.booleans())
def test_the_largest_bound_counts(*, years: list[int], pre_founders: bool) -> None:
    words = [f"{year}년미만" for year in years] + ["예비창업자"] * pre_founders

    assert parse_ages(words) == (Limits(most=float(max(years))), pre_founders)
