"""A text is cut into what asks and what only informs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from recommender.language.clauses import clauses
from recommender.language.requests import asks, requests_in, wishes


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


@pytest.mark.parametrize(
    "text",
    [
        "사무실을 원합니다",
        "운전자금이 급합니다",
        "스마트공장 도입 업체를 추천해 주세요",
        "세무사 소개 부탁드려요",
        "소상공인이 받을 수 있는 대출이 뭐가 있는지 궁금해요",
        "받을 수 있는 지원이 있나요",
        "교육도 가능할까요",
        "자금은 받을 수 있을까요",
    ],
)
def test_wishes_and_questions_ask(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "노무 상담",
        "소프트웨어 회사 8명이 쓸 사무실 30평",
        "창고 50평 정도",
        "배터리 열관리 연구자",
        "드론 제어보드를 같이 개발할 회사",
        "소상공인 대출",
    ],
)
def test_a_noun_that_names_what_is_wanted_asks(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    ["세무사 사무실", "심리 상담 센터", "드론을 개발하는 회사", "창고업", "대출 중개업체", "함께 일하는 직원 3명"],
)
def test_a_trade_of_the_same_words_asks_for_nothing(text: str) -> None:
    assert not asks(text)


@pytest.mark.parametrize(
    "text", ["빵을 굽습니다", "지원사업을 대행하는 회사입니다", "대출은 다 갚았습니다", "교육 서비스업입니다"]
)
def test_what_one_does_asks_for_nothing(text: str) -> None:
    assert not asks(text)


def test_brackets_are_not_cut() -> None:
    text = "시설채소(상추, 오이) 농사를 짓습니다. 저온창고(10평/20평)가 필요합니다"
    assert requests_in(text) == ("시설채소(상추, 오이) 농사를 짓습니다", "저온창고(10평/20평)가 필요합니다")
    assert requests_in("판로를 (해외, 국내 찾습니다") == ("판로를 (해외", "국내 찾습니다")  # never closed


def test_labelled_sentences_ask_or_tell() -> None:
    """Written by somebody who had not seen the patterns; the first look, before they were developed on, is in docs."""
    rows = [json.loads(line) for line in Path(__file__).with_name("asking.jsonl").read_text("utf-8").splitlines()]
    assert {row["asks"] for row in rows} == {True, False}
    assert not [row["text"] for row in rows if any(map(asks, requests_in(row["text"]))) is not row["asks"]]


@pytest.mark.parametrize(
    "text",
    [
        "임대료가 자꾸 올라서",
        "건물주가 나가라고 해요",
        "거래처가 돈을 안 줘요",
        "불량률이 높아요",
        "간이과세에서 바뀌었는데 뭘 해야 하나요",
        "인증을 받아야 납품할 수 있대요",
        "신용등급이 낮아서 은행에서 거절당했습니다",
        "반려된 서류 때문에 문의드립니다",
    ],
)
def test_questions_and_described_troubles_ask(text: str) -> None:
    assert asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "반려동물 용품을 팝니다",
        "며느리가 도와줍니다",
        "디자이너 두 명을 새로 뽑았습니다",
        "임대료가 없습니다",
        "창고는 두 곳 있습니다",
        "맛집 프로그램에 소개됐어요",
        "판매가 전년보다 세 배 뛰었습니다",
        "어디서나 볼 수 있는 제품",
        "뭐든 만듭니다",
    ],
)
def test_facts_of_like_words_ask_for_nothing(text: str) -> None:
    assert not asks(text)


def test_a_question_that_names_no_wish_is_no_wish() -> None:
    assert wishes("운영자금이 필요합니다")
    assert not wishes("신청 순서 좀 알려주세요")
    assert asks("신청 순서 좀 알려주세요")
