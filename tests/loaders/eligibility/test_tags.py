"""Tests of topics."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.tags import topic_ref, topics


def test_regions_years_and_agencies_are_no_topics() -> None:
    tags = "기술,서울,전남광주,2026,2026년,경기도,고양시,조달청,중소벤처기업부,기초자치단체,규격추가,#혁신제품"

    assert topics(tags.split(","), {"기술"}) == ["규격추가", "혁신제품"]


def test_spellings_of_one_topic_meet() -> None:
    assert topics(["창업 교육", "창업교육", "R&D", "r&d", "행사ㆍ네트워크"]) == ["창업 교육", "R&D", "행사ㆍ네트워크"]
    assert topic_ref("행사ㆍ네트워크") == topic_ref("행사·네트워크")


@given(st.lists(st.text()))
def test_topics_are_distinct_and_never_empty(tags: list[str]) -> None:
    found = topics(tags)

    assert all(found)
    assert len({topic_ref(tag) for tag in found}) == len(found)
