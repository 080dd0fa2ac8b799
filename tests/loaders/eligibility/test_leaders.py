"""Tests of who leads the businesses that a notice asks for."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import REPRESENTATIVE_KINDS
from graph_schema.law.rows import in_force
from loaders.eligibility.findings import Finding
from loaders.eligibility.leaders import read_representatives
from loaders.eligibility.passages import Passage

UNTOLD = "참여기업 모집 공고"


def read(target: str, title: str = UNTOLD) -> Finding[tuple[str, ...]] | None:
    return read_representatives(Passage("summary", 0, target), Passage("title", 0, title))


def value(found: Finding[tuple[str, ...]] | None) -> set[str] | None:
    return None if found is None or found.value is None else set(found.value)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("만20세~39세 이하인 충청북도 거주자로 신규창업한 자", {"youth"}),
        ("청년 대표자", {"youth"}),
        ("여성 (예비) 창업자 및 여성기업인", {"women"}),
        ("장애인 예비창업자", {"disabled"}),
        ("만 39세 이하의 예비창업자(팀), 업력 3년 이내 창업기업 대표자", {"youth"}),
        ("19세 이상 39세 이하의 청년이 대표로서 업력 3년 이상 기업", {"youth"}),
        ("전통시장 청년ㆍ중장년 예비창업자", {"youth", "senior"}),
        ("대표가 여성인 기업", {"women"}),
        ("대표자가 장애인인 기업", {"disabled"}),
        ("만 39세 이하 청년을 정규직으로 채용한 기업", None),
        ("청년근로자를 둔 기업", None),
        ("재직자(만 15세이상 ~ 만 34세이하)", None),
        ("공고일 현재 만 19~34세인 청년", {"youth"}),
        ("상표를 보유한 여성", {"women"}),
        ("여성 발명인", {"women"}),
        ("대표자가 청년(19세 이상 39세 이하)인 가게", {"youth"}),
        ("전공과 무관하게 만 39세 이하 국내 거주 청년", {"youth"}),
        ("시내에 사는 19~39세 청년", {"youth"}),
        ("청년창업센터 입주 공고", None),
        ("청년기업가대회", None),
        ("만 39세 이하 미취업 청년", None),
        ("만 18세~39세 이하 신규채용 청년", None),
        ("대표자가 한국 국적이 아닌 창업기업", {"foreign"}),
        ("여성이 많이 찾는 매장을 보유한 기업", None),
        ("대표이사가 외국인인 스타트업", {"foreign"}),
        ("대표자 또는 공동대표가 여성인 법인", {"women"}),
        ("장애인이 운영하는 점포", {"disabled"}),
        ("중장년 온라인 창업 도전자", {"senior"}),
        ("시내에 주소를 둔 만 45세 이상 만 60세 이하의 기창업자", {"senior"}),
        ("만 50세 이상 예비창업자", {"senior"}),
        ("강릉시에 주민등록을 둔 만 19세 이상 만 39세 이하", {"youth"}),
        ("쇼핑몰 창업을 희망하는 여성(재직자 포함)", {"women"}),
        ("Founders who are not a Korean national", {"foreign"}),
        ("만 40세 이상 구직자를 채용한 사업자", None),
        ("장애인기업종합지원센터에 들어온 업체", None),
        ("여성 인재 채용 창업기업", None),
        ("아래 요건 중 1개 이상 충족 기업 - 여성기업 - 수출 기업", None),
    ],
)
def test_who_leads_the_business_and_not_whom_it_employs(text: str, kinds: set[str] | None) -> None:
    assert value(read(text)) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "만 45세 이하의 창업자",
        "경력단절 체육인",
        "사회적기업, 여성기업, 마을기업",
        "장애인기업 또는 소상공인",
        "(청년 트랙) 청년 창업자 (일반 트랙) 나이 제한 없음",
        "창업 7년 이내 기업 ※ 청년 기준: 만 19세~39세",
        "지원사업 수혜기업 대표자 및 임직원",
        "아래 요건 중 1개 이상 충족 기업 - 여성기업 - 수출 기업",
    ],
)
def test_people_of_whom_no_word_tells_whether_they_lead_are_left_to_people(text: str) -> None:
    found = read(text)

    assert found is not None
    assert found.unread


def test_employees_ages_are_no_limit() -> None:
    assert read("만 50세 이상 구직자를 뽑는 기업") is None


def test_what_only_a_title_says_is_in_doubt() -> None:
    titled = read("관내 소재 기업", "여성기업 수출 지원 공고")

    assert titled is not None
    assert titled.value == ("women",)
    assert titled.doubtful


@given(st.text(alphabet="만19 세이하상~청년여성장애인대표창업자가()，,※\n", max_size=80))
def test_any_text_gives_known_groups(text: str) -> None:
    assert (value(read(text, text)) or set()) <= set(REPRESENTATIVE_KINDS)


def test_up_to_which_age_owners_are_young_is_told_by_the_law_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """39 by the act of 29 June 2022, and before it as far as is known; an older bound is in doubt."""
    text, day = "만 45세 이하의 청년 창업자", date(2026, 3, 2)
    passages = Passage("summary", 0, text), Passage("title", 0, UNTOLD)
    for on in (day, date(2021, 3, 2)):
        found = read_representatives(*passages, on)
        assert found is not None
        assert (found.value, found.doubtful) == (("youth",), True)
    row = replace(in_force("startups", "youth", day)[0], figure=45.0, valid_from=date(2027, 1, 1))
    monkeypatch.setattr("graph_schema.law.rows.table", {"startups": (row,)}.__getitem__)
    in_force.cache_clear()
    later = read_representatives(*passages, date(2027, 1, 1))
    in_force.cache_clear()
    assert later is not None
    assert not later.doubtful
