"""Tests of plain text."""

from __future__ import annotations

import html

from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.text import one_line, plain, pointed_sections


def test_markup_goes_and_lines_stay() -> None:
    text = '<p style="x">신청 &amp; 접수</p><p><br></p><p>☞ 고양시&nbsp;소재 &lt;창업&gt;기업</p>☞ 공간'

    assert plain(text) == "신청 & 접수\n☞ 고양시 소재 <창업>기업\n☞ 공간"


def test_entities_escaped_twice_are_read() -> None:
    assert one_line("&amp;#40;예비&amp;#41; R&amp;amp;D &apos;26") == "(예비) R&D '26"


def test_a_comparison_is_no_tag() -> None:
    assert plain("매출 < 10억, 상시근로자 > 5명") == "매출 < 10억, 상시근로자 > 5명"


def test_what_is_pointed_at() -> None:
    assert pointed_sections("안내 ☞ 대상 기업 ☞ 지원 내용 ※ 참고") == ["대상 기업", "지원 내용 ※ 참고"]
    assert pointed_sections("안내만") == []


@given(st.text(st.characters(codec="utf-8", exclude_characters="<>&")))
def test_escaping_is_undone(text: str) -> None:
    assert one_line(html.escape(text)) == " ".join(text.split())
