"""A text is cut into what asks and what only informs."""

from __future__ import annotations

import pytest

from recommender.language.clauses import clauses
from recommender.language.requests import asks, requests_in


def test_a_text_is_cut_into_clauses_and_its_plain_facts_ask_for_nothing() -> None:
    text = "직원 1,200명이고 2021.03.02 설립, 재고가 쌓여서 어렵다. 온라인 판매를 하고 싶고 운영자금도 필요하다"
    asked = ("재고가 쌓여서 어렵다", "온라인 판매를 하고 싶고", "운영자금도 필요하다")
    assert clauses(text) == ("직원 1,200명이고", "2021.03.02 설립", *asked)
    assert requests_in(text) == asked
    assert requests_in("카페를 하는데 손님이 없다") == ("카페를 하는데", "손님이 없다")
    assert requests_in("직원 3명, 2021년 창업") == ("직원 3명, 2021년 창업",)
    assert requests_in("  ") == ()
    assert [asks(part) for part in clauses("A bakery. We need a loan, and want to sell online")] == [False, True, True]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("직원 3명입니다 판로를 찾습니다", ("직원 3명입니다", "판로를 찾습니다")),
        ("직원 5명이라 소상공인인지 궁금합니다", ("직원 5명이라", "소상공인인지 궁금합니다")),
        ("빵집이고요 직원은 없어요", ("빵집이고요", "직원은 없어요")),
        ("덕양구 / 직원 8", ("덕양구", "직원 8")),
        ("배우고 싶습니다", ("배우고 싶습니다",)),
    ],
)
def test_a_clause_ends_where_its_verb_ends(text: str, parts: tuple[str, ...]) -> None:
    assert clauses(text) == parts
