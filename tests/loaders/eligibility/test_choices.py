"""Tests of lists of conditions of which one is enough."""

from __future__ import annotations

import pytest

from loaders.eligibility.choices import of_a_partner, one_is_enough


@pytest.mark.parametrize(
    ("text", "word", "enough"),
    [
        ("아래 요건 중 1개 이상 충족하는 업체 - 수출 실적 - 특허", "특허", True),
        ("특허 보유 업체로서 다음 각 호의 어느 하나에 해당하는 자 ① 제조업", "특허", False),
        ("특허 보유 업체, 수출 업체 ※ 해당 조건 중 하나 이상 충족 시 신청 가능", "특허", True),
        ("특허를 보유한 업체", "특허", False),
        ("", "", False),
    ],
)
def test_a_condition_of_a_list_of_which_one_is_enough(text: str, word: str, enough: bool) -> None:  # noqa: FBT001
    assert one_is_enough(text, text.find(word)) is enough


def test_partners_of_a_project_are_told_from_who_applies() -> None:
    assert of_a_partner("- (공동연구개발기관)")
    assert of_a_partner("- 공급기업 :")
    assert not of_a_partner("(주관기관)")
