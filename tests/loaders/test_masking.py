"""Tests of taking personal details out of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("연락: 010-1234-5678", "연락: [전화번호]"),
        ("연락: 01012345678 입니다", "연락: [전화번호] 입니다"),
        ("사무실 02-123-4567, 031.900.1234", "사무실 [전화번호], [전화번호]"),
        ("+82-10-1234-5678", "[전화번호]"),
        ("대표번호 1588-1234", "대표번호 [전화번호]"),
        ("a.b+c@example.co.kr로 주세요", "[전자우편]로 주세요"),
        ("주민번호 900101-1234567", "주민번호 [주민등록번호]"),
        ("주민번호 9001011234567", "주민번호 [주민등록번호]"),
        ("사업자 123-45-67891", "사업자 [사업자등록번호]"),
    ],
)
def test_personal_details_are_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    "text",
    ["특허 1020230003245", "2026-03-02 ~ 2026-03-31", "예산 1,234,567,890원", "모델 A-1234-5678", "IP68 등급 30%", ""],
)
def test_other_numbers_stay(text: str) -> None:
    assert mask(text) == text


@given(st.text(), st.integers(0, 99_999_999))
def test_a_mobile_number_never_survives(around: str, number: int) -> None:
    written = f"010-{number // 10_000:04}-{number % 10_000:04}"

    assert written not in mask(f"{around} {written} {around}")


@given(st.text())
def test_masking_twice_changes_nothing_more(text: str) -> None:
    assert mask(mask(text)) == mask(text)
