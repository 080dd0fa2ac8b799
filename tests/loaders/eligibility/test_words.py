"""Tests of sizes in a target's words, and of what any text gives."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import EXCLUSION_KINDS, TARGET_KINDS
from loaders.eligibility import words
from tests.loaders.eligibility.said import applicants, passage, value


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("충청북도 소재 중소ㆍ중견기업", {"sme", "mid_size"}),
        ("제조 중견ㆍ중소기업", {"sme", "mid_size"}),
        ("업력 4년 이상의 중소ㆍ중견ㆍ대기업", {"sme", "mid_size", "large"}),
        ("협력을 찾는 대ㆍ중견기업", {"large", "mid_size"}),
        ("대기업(계열사 포함) 및 중견기업", {"mid_size", "large"}),
        ("중소(개인사업자 포함)ㆍ중견 기업", {"sme", "mid_size"}),
        ("충남도내 소재 소기업ㆍ소상공인", {"small", "micro"}),
        ("「소상공인기본법」 제2조의 소상공인", {"micro"}),
        ("「중견기업 성장촉진 및 경쟁력 강화에 관한 특별법」에 따른 중견기업", {"mid_size"}),
        ("중소기업확인서 내 ’소기업‘ 이상(소상공인 제외)인 중소기업", {"sme"}),
        ("대기업 협력사인 중소기업", {"sme"}),
        ("유망업체, 대기업 협력사", None),
        ("중소기업중앙회 회원", None),
        ("중소벤처기업부 창업교육을 마친 사람", None),
        ("중소기업창업 지원법 제2조에 따른 예비재창업자", None),
        ("중소기업에 기술협력 프로그램을 제공할 수 있는 대학", None),
        ("글로벌 강소기업 지정기업", None),
        ("경기도 소재 기업", None),
        ("도내 소재 화장품 중ㆍ소기업", {"sme"}),
        ("특허를 가진 중소 및 초기 중견기업", {"mid_size", "sme"}),
        ("중ㆍ소기업 및 소상공인", {"micro", "sme"}),
    ],
)
def test_sizes(text: str, sizes: set[str] | None) -> None:
    assert value(words.read_sizes(applicants(text))) == sizes


@pytest.mark.parametrize("text", ["물류 중소기업(규모 제한 없음)", "기업ㆍ기관(규모 및 유형 제한 없음)"])
def test_sizes_that_a_text_lifts_are_to_be_checked(text: str) -> None:
    found = words.read_sizes(passage(text))

    assert found
    assert found.unread


@given(st.text(max_size=80))
def test_any_text_gives_known_kinds(text: str) -> None:
    some = passage(text)
    assert (value(words.read_sizes(some)) or set()) | (value(words.read_kinds(some)) or set()) <= set(TARGET_KINDS)
    assert (value(words.read_exclusions(some)) or set()) <= set(EXCLUSION_KINDS)
