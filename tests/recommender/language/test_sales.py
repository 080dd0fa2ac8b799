"""A sum is of the sales of a year where it belongs to a word or verb for them, and to no other money."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


def revenue(text: str) -> float | None:
    return read_text(text, TODAY).revenue_krw


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("작년 매출이 재작년 5억보다 1억 늘어 6억이 됐습니다", 6e8),
        ("매출 2023: 12억, 2024: 15억, 2025: 13억", 1.3e9),
        ("24년 매출 5억→25년 6.2억", 6.2e8),
        ("재작년 매출 7억, 작년에는 그보다 줄어서 5억 5천", 5.5e8),
        ("매출은 얼마 안 돼요, 작년에 3,200만원 했습니다", 3.2e7),
        ("작년 매출은 전년 대비 20% 감소한 4억원입니다", 4e8),
        ("2025년에 2억 7천만 원의 매출을 올렸습니다", 2.7e8),
        ("온라인 의류 / 매출 9천", 9e7),
        ("매출액(25년): 8.3억원", 8.3e8),
        ("매출 제로예요", 0.0),
        ("매출이 아직 안 나옵니다", 0.0),
    ],
)
def test_the_sum_of_the_last_year_is_read_in_any_order(text: str, won: float) -> None:
    assert revenue(text) == won


@pytest.mark.parametrize(
    "text",
    [
        "매출이 2억 부족합니다",
        "매출 대비 대출이 3억입니다",
        "코로나 전에는 매출 20억이었어요",
        "매출 3억을 신고하지 않았어요",
        "인수할 회사가 매출 40억입니다",
        "매출 100억 회사 임원이었습니다",
        "작년 상반기 매출이 1억이었습니다",
        "작년에 기계를 2억에 팔았습니다",
        "매출 원가가 1억입니다",
    ],
)
def test_sums_of_other_money_times_or_firms_are_no_sales(text: str) -> None:
    assert revenue(text) is None


@pytest.mark.parametrize("text", ["매출 30억 쪼매 넘었심더", "내년 목표는 매출 10억", "매출 5억을 채 못 미칩니다"])
def test_a_bound_in_any_words_and_a_goal_are_no_sum(text: str) -> None:
    assert revenue(text) is None


@pytest.mark.parametrize(
    ("text", "won"),
    [
        ("매출액(백만원): 1,250", 1.25e9),
        ("2025년 매출액(단위: 천원) 845,000", 8.45e8),
        ("작년에 3억4천팔음", 3.4e8),
        ("작년 실적은 5억 3천이었고요", 5.3e8),
        ("작년은 39억 8천, 재작년은 44억 매출이었습니다", 3.98e9),
        ("작년 매출이 목표 2억에 못 미쳐서 1억 4천에 그쳤습니다", 1.4e8),
        ("작년 매출은 반토막 나서 2억 1천이었어요", 2.1e8),
        ("작년 매출 목표가 8억이었는데 실제로는 5억 9천에 그쳤어요", 5.9e8),
        ("올해 두 달간 매출이 4천만원이고 작년 한 해는 2억 7천이었습니다", 2.7e8),
        ("작년 매출이 재작년보다 20% 줄어 4억이었습니다", 4e8),
        ("작년 매출은 5억, 그 전년은 4억이었습니다", 5e8),
        ("매출 무 / 부산", 0.0),
        ("매출 1억5", 1.5e8),
        ("매출이 아직 한 푼도 없어요", 0.0),
    ],
)
def test_a_sum_is_read_with_its_unit_and_past_a_goal(text: str, won: float) -> None:
    assert revenue(text) == won


@pytest.mark.parametrize(
    "text",
    [
        "작년 매출은 4억 중반 나왔고요",
        "매출은 1억 8천 언저리입니다",
        "연매출 2억대요",
        "매출은 10억대예요",
        "매출은 12억 안팎이에요",
        "경쟁업체는 직원이 50명, 매출 100억입니다",
        "친구 회사는 직원 10명이고 매출 20억이에요",
        "작년 수출 실적은 3억입니다",
        "월매출(만원): 3,000",
        "직원 1명당 매출이 1억이에요",
        "매출이 없다시피 해요",
        "매출액(백만원): 2,000~3,000",
    ],
)
def test_rough_sums_and_those_of_others_are_no_facts(text: str) -> None:
    assert revenue(text) is None


@pytest.mark.parametrize("text", ["작년 매출 about 3억", "작년 매출이 약 3억입니다", "연매출 around 3억"])
def test_about_so_much_is_a_guess_in_either_language(text: str) -> None:
    facts = read_text(text, TODAY)
    assert facts.revenue_krw is None
    assert [guess.value for guess in facts.guesses("revenue_krw")] == [3e8]
