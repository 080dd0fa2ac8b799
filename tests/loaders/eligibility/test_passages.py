"""Tests of the passages of a notice and of spans of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.passages import Passages, cut

SUMMARY = "지원해 드리는 사업입니다.\n☞ 고양시 소재 기업\n☞ 기업당 1억원 ☞ 교육"


def test_the_target_stands_behind_the_first_pointer_and_the_benefit_behind_the_others() -> None:
    passages = cut("제목", SUMMARY)

    assert passages.purpose.text == "지원해 드리는 사업입니다.\n"
    assert passages.target.text == " 고양시 소재 기업\n"
    assert passages.benefit.text == " 기업당 1억원 ☞ 교육"


def test_without_a_pointer_all_is_purpose() -> None:
    passages = cut("제목", "아무 말")

    assert (passages.purpose.text, passages.target.text, passages.empty) == ("아무 말", "", True)


@given(title=st.text(), summary=st.text() | st.lists(st.sampled_from(["☞", "가", " ", "\n"])).map("".join))
def test_every_span_points_to_its_words(title: str, summary: str) -> None:
    passages: Passages = cut(title, summary)
    for passage in (passages.title, passages.purpose, passages.target, passages.benefit):
        whole = title if passage.place == "title" else summary
        span = passage.between(0, len(passage.text))
        assert whole[span.start : span.start + len(span.quote)] == span.quote
