"""What is typed in haste or by ear is read as it is spelled, and keeps its place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.spelling import written_out


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("작년에오픈햇어여", "작년에 오픈했어요"),
        ("직원은업구요 저혼자 합니당", "직원은 없구요 저 혼자 합니다"),
        ("떡집 허는디요 직원은 읎어요", "떡집 하는데요 직원은 없어요"),
        ("30억 쪼매 넘었심더", "30억 조금 넘었습니다"),
        ("굽고 있어요ㅠㅠ 오븐", "굽고 있어요 오븐"),
        ("됬습니다~ 법인임다", "됐습니다 법인입니다"),
        ("인증   두 개", "인증 두 개"),
    ],
)
def test_a_chat_spelling_is_written_out(typed: str, written: str) -> None:
    assert written_out(typed).text == written


@pytest.mark.parametrize(
    "text",
    [
        "사업은 수업과 가업을 잇고 있습니다",
        "2020년에는 직원은요 작년에도 3~5명",
        "무엇은 햇감자 씨앗은 빼앗고",
        "참여 기여 부여",
        "혼자서 혼자만 혼자예요",
        "인디 음악",
    ],
)
def test_words_that_only_look_alike_stay(text: str) -> None:
    assert written_out(text).text == text


@given(st.text(alphabet="직원은업햇어여ㅠ ~작년에저혼자심더\n", max_size=40))
def test_each_letter_has_the_place_that_it_was_typed_at(typed: str) -> None:
    written = written_out(typed)
    assert len(written.places) == len(written.text)
    assert list(written.places) == sorted(written.places)
    assert all(0 <= place < len(typed) for place in written.places)
