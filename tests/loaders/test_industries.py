"""Tests of KSIC codes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import industries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I56221", "56221"),
        ("56221", "56221"),
        (" c26299 ", "26299"),
        ("C", "C"),
        ("26", "26"),
        ("C26", "26"),
        ("A26299", None),
        ("99999", None),
        ("2629", "2629"),
        ("제조업", None),
        ("", None),
    ],
)
def test_codes_are_read_with_and_without_their_section(text: str, code: str | None) -> None:
    assert industries.normalise_code(text) == code


@given(st.sampled_from(sorted(industries.table())))
def test_every_code_of_the_table_is_read_with_its_section(code: str) -> None:
    assert industries.normalise_code(code) == code
    assert industries.section_of(code) in industries.sections()
    if code.isdigit():
        assert industries.normalise_code(f"{industries.section_of(code)}{code}") == code


def test_divisions_lie_in_sections() -> None:
    assert len(industries.divisions()) == 77
    assert industries.divisions("F") == ("41", "42")
    assert sum(len(industries.divisions(section)) for section in industries.sections()) == 77


def test_sections_are_known_by_name() -> None:
    assert industries.section_named("제조업") == "C"
    assert industries.section_named("중소기업") is None
