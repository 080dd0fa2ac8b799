"""Tests of industries in a target's words, beside those that the register lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import industries
from loaders.eligibility.ksic_ranges import AdmittedIndustries
from loaders.eligibility.passages import Passage
from loaders.eligibility.trades import read_trades

MADE = AdmittedIndustries(every=False, divisions=industries.divisions("C"))
ALL = AdmittedIndustries(every=True)


def read(text: str, listed: AdmittedIndustries | None = None, title: str = "공고") -> tuple[AdmittedIndustries, bool]:
    chosen, found = read_trades(Passage("summary", 0, text), listed or AdmittedIndustries(), Passage("title", 0, title))
    return chosen, found is not None and found.unread


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("상주시에 소재한 제조 중견ㆍ중소기업", industries.divisions("C")),
        ("칠곡군 소재 중소기업(제조업)", industries.divisions("C")),
        ("포천지역 가구제조업(C32) 소공인", ("32",)),
        ("제조업종(C10~C12, C32)을 영위하는 소공인", ("10", "11", "12", "32")),
        ("국내 출판사", ("581",)),
        ("등록된 여행사", ("752",)),
        ("국내 영상물(영화ㆍ드라마ㆍ예능ㆍ다큐) 제작사", ("59",)),
        ("영상 콘텐츠 제작사", ("59",)),
        ("국내 독립예술영화 제작사 또는 연출자", ("59",)),
        ("경남 소재 SW기업", industries.divisions("J")),
    ],
)
def test_trades_that_are_clear(text: str, codes: tuple[str, ...]) -> None:
    assert read(text) == (AdmittedIndustries(every=False, divisions=codes), False)


@pytest.mark.parametrize(
    "text",
    [
        "중소제조 및 유통기업",
        "창업 7년 이내 제조업 및 지식기반서비스업",
        "제조업 우대",
        "제조업을 제외한 소상인",
        "자동차부품 기업, 관세피해 기업 - 보호차체 제조기업",
        "제조기업과 디자인기업의 컨소시엄",
        "대구지역 모빌리티 기업",
        "주력산업 분야 KSIC 코드 보유 기업",
        "국내 팹리스 전문 중소기업",
        "3D프린팅 기술을 활용하여 제작한 제품을 출시한 기업",
        "비용을 지원할 필요성이 인정되는 핀테크 기업",
        "참가를 희망하는 기업 - 전시품목 : 화장품",
        "공예 분야 예비창업자",
        "도자기 관련 창업을 준비하는 사람",
        "양자 기술을 보유한 국내 기업",
        "풍력 기술을 가진 스타트업",
        "시에 있는 뿌리기업",
        "가방 완제품과 부품 등 관련업종",
        "조선산업 전ㆍ후방 연관 제품을 만드는 제조기업",
    ],
)
def test_words_that_only_narrow_are_left_to_people(text: str) -> None:
    assert read(text) == (AdmittedIndustries(), True)


def test_a_list_of_everything_is_narrowed_and_to_be_checked() -> None:
    assert read("대구지역 중소 수출 제조기업", ALL) == (MADE, True)


def test_a_narrower_list_stands_and_is_doubtful_where_the_text_narrows_it_further() -> None:
    assert read("광주 소재 제조기업", MADE) == (MADE, False)
    assert read("자동차 산업 연관 기업", MADE) == (MADE, True)
    wider = AdmittedIndustries(every=False, divisions=("10", "36", *industries.divisions("C")[1:]))
    assert read("공장 등록된 중ㆍ소 제조업체", wider) == (wider, True)
    assert read("매출액 300억원 미만의 중소기업(제조ㆍ비제조업)", wider) == (wider, False)


def test_a_field_in_the_title_is_left_to_people_where_nothing_else_tells() -> None:
    assert read("수출유망 중소기업", title="K-소비재 유통망 입점 사업 공고") == (AdmittedIndustries(), True)
    assert read("수출유망 중소기업", ALL, title="K-소비재 유통망 입점 사업 공고") == (ALL, False)


def test_trades_that_are_left_out_or_that_the_purpose_means_are_left_to_people() -> None:
    anyone, title = Passage("summary", 9, "서울 소재 기업"), Passage("title", 0, "공고")
    none = AdmittedIndustries()
    barred = read_trades(anyone, none, title, left_out=Passage("target_text", 3, "음식점 등 제외 업종"))[1]
    meant = read_trades(anyone, none, title, purpose=Passage("summary", 0, "제조업 중소기업을 대상으로 합니다"))[1]
    silent = read_trades(anyone, none, title, Passage("target_text", 3, "체납자"), Passage("summary", 0, "사업입니다"))

    assert barred is not None
    assert barred.unread
    assert meant is not None
    assert meant.unread
    assert silent == (none, None)


def test_no_limit_in_so_many_words() -> None:
    assert read("업종 제한 없음") == (ALL, False)


@pytest.mark.parametrize(
    "text", ["중소기업", "제조물책임(PL)보험 가입 기업", "제조업무를 하는 사람", "혁신 기술을 보유한 기업", ""]
)
def test_text_without_a_trade_says_nothing(text: str) -> None:
    assert read(text) == (AdmittedIndustries(), False)


@given(st.text(max_size=80))
def test_any_text_gives_codes_that_exist(text: str) -> None:
    assert set(read(text)[0].divisions) <= set(industries.table())
