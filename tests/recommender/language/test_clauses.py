"""Clauses end where a sentence goes on, and what is found keeps its place in the text as it was written."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.clauses import Clauses, clauses, one_blank


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("떡집입니다. 판로를 찾습니다", ("떡집입니다", "판로를 찾습니다")),
        ("매출 1.5억, 직원 3명", ("매출 1.5억", "직원 3명")),
        ("매출 1,500만 원", ("매출 1,500만 원",)),
        ("떡을 제조하고 온라인으로 팝니다", ("떡을 제조하고", "온라인으로 팝니다")),
        ("배우고 싶습니다", ("배우고 싶습니다",)),
        ("팔고 있습니다", ("팔고 있습니다",)),
        ("작년에 오픈했고 직원이 없어요", ("작년에 오픈했고", "직원이 없어요")),
        ("작은 가게인데 손님이 없어요 도와주세요", ("작은 가게인데", "손님이 없어요", "도와주세요")),
        ("하나; 둘/셋\n넷", ("하나", "둘", "셋", "넷")),
        ("같은 말, 같은 말", ("같은 말",)),
        ("  ,, . ", ()),
        ("", ()),
    ],
)
def test_where_clauses_end(text: str, parts: tuple[str, ...]) -> None:
    """Points and commas within numbers end none, nor does a verb with its helper."""
    assert clauses(text) == parts


def found(text: str, word: str) -> tuple[str, str, str, bool]:
    (mention,) = Clauses(text).find(re.compile(word))
    return mention.before, mention.after, mention.later, mention.asked


def test_a_mention_sees_its_clause_and_its_sentence() -> None:
    assert found("가 나, 다 X 라, 마 바. 사", "X") == (" 다 ", " 라", " 라, 마 바.", False)
    assert found("X", "X") == ("", "", "", False)
    assert found("가? 나 X 다? 라", "X") == (" 나 ", " 다", " 다?", True)
    assert found("가 X. 나?", "X")[3] is False, "the question is the next sentence's"


def test_a_sentence_does_not_end_within_a_number() -> None:
    assert found("X 1.5억 나. 다", "X")[2] == " 1.5억 나."


@pytest.mark.parametrize(("length", "seen"), [(79, 79), (80, 80), (81, 80)])
def test_eighty_characters_are_looked_at_on_either_side(length: int, seen: int) -> None:
    before, after, later, _ = found("가" * length + "X" + "나" * length, "X")
    assert (before, after, later) == ("가" * seen, "나" * seen, "나" * seen)


def test_a_mention_may_reach_over_the_end_of_a_clause() -> None:
    before, after, _, asked = found("가, 나 X, Y 다, 라", "X, Y")
    assert (before, after, asked) == (" 나 ", " 다", False)


@given(st.text(alphabet="가나 \t\n.,X다요", max_size=40))
def test_every_mention_stands_where_the_original_has_it(text: str) -> None:
    """Runs of blanks and of empty lines count as one in what is searched, and all of them in what was written."""
    said = Clauses(text)
    for mention in said.find(re.compile("[가나X다요]")):
        start, end = said.span(mention.start, mention.end)
        assert text[start:end] == mention.match[0]
    whole = said.text
    if whole:
        start, end = said.span(0, len(whole))
        assert one_blank(re.sub(r"(?:[^\S\n]*\n){3,}", "\n\n", text[start:end])) == whole


@given(st.text(alphabet="가나다 .,;\n요고", max_size=60))
def test_clauses_hold_every_letter_of_the_text_in_its_order(text: str) -> None:
    parts = clauses(text)
    letters = "".join(dict.fromkeys(part for part in parts))
    assert set(re.sub(r"[\s.,;]", "", text)) == set(re.sub(r"[\s.,;]", "", letters))
    assert len(set(parts)) == len(parts)
    assert all(part == part.strip() and part in one_blank(text) for part in parts)


@given(st.text(alphabet=" \t가\n\r", max_size=30))
def test_blanks_are_made_one_and_lines_stay(text: str) -> None:
    once = one_blank(text)
    assert one_blank(once) == once
    assert once.count("\n") == text.count("\n")
    assert "  " not in once
    assert "\t" not in once
