"""Tests of the kinds of support."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import PROGRAM_KINDS
from loaders.eligibility.kinds import bizinfo_kind, kstartup_kind, notice_kind, titled_kind


@pytest.mark.parametrize(
    ("general", "detailed", "kind"),
    [
        (["금융"], ["융자"], "loan"),
        (["경영", "기술"], ["컨설팅", "공동기술개발"], "consulting"),
        (["인력"], ["교육/훈련/연수"], "education"),
        (["제도", "수출"], ["조세", "해외진출"], "export"),
        (["제도"], ["조세"], "other"),
        (["기술"], [], "rnd"),
        (["금융"], ["보험(수출+무역)"], "other"),
        (["경영", "내수"], ["디자인/상품화/사업화", "홍보지원"], "marketing"),
        (["기술", "경영"], ["기술정보제공", "컨설팅"], "consulting"),
        (["경영"], [], "other"),
        ([], [], None),
    ],
)
def test_the_second_level_tells_more_than_the_first(general: list[str], detailed: list[str], kind: str | None) -> None:
    assert bizinfo_kind(general, detailed) == kind


@pytest.mark.parametrize(
    ("category", "kind"),
    [
        ("사업화", "startup"),
        ("행사ㆍ네트워크", "other"),
        ("멘토링ㆍ컨설팅ㆍ교육", "consulting"),
        ("시설ㆍ공간ㆍ보육", "space"),
        ("기술개발(R&D)", "rnd"),
        ("새로운 분류", None),
        (None, None),
    ],
)
def test_categories_of_kstartup(category: str | None, kind: str | None) -> None:
    assert kstartup_kind(category) == kind


@given(st.lists(st.text()), st.lists(st.text()))
def test_any_category_gives_a_known_kind_or_none(general: list[str], detailed: list[str]) -> None:
    assert bizinfo_kind(general, detailed) in {*PROGRAM_KINDS, None}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("[인천] 부평구 2026년 중소기업(소상공인) 운전자금(이차보전금) 융자계획 공고", "loan"),
        ("2026년 3차 창업성장기술개발사업(디딤돌) 시행계획 공고", "rnd"),
        ("2026년 1:1 무료 수출컨설팅(이동코트라) 공고", "consulting"),
        ("[경북] 상주시 2026년 상반기 중소기업 맞춤형 인재양성 지원사업 참여기업 추가모집 공고", "education"),
        ("2026년 해외점포 미스터리쇼퍼 사업 참가기업 모집 공고", None),
        ("2026년 스마트 제조혁신 지원사업 통합 공고", None),
    ],
)
def test_a_title_tells_the_kind_only_where_it_names_it(title: str, kind: str | None) -> None:
    assert titled_kind(title) == kind


@pytest.mark.parametrize(
    ("category", "title", "benefit", "kind"),
    [
        (None, "[강원] 호주(멜버른) 수출로드쇼 참가기업 모집 공고", "현지 바이어 섭외", "export"),
        (None, "2026년 참여기업 모집 공고", " 경영진단ㆍ멘토링 등 지원 - 교육", "consulting"),
        (None, "2026년 참여기업 모집 공고", "", None),
        (None, "2026년 유럽 진출 지원 사업 참여기업 모집 공고", "기술실증", "export"),
        (None, "2026년 사업화지원 (XR페어 참가 지원) 공고", "", "export"),
        (None, "2026년 시험분석ㆍ성능검증 지원 공고", "", "rnd"),
        (None, "2026년 산업혁신기반구축사업 기업지원 공고", "기술지원", "rnd"),
        (None, "2026년 여행사 지원계획 공고", "인센티브 지원", "grant"),
        (None, "2026년 육성사업 참가기업 모집 공고", "인증서 및 현판 수여", "other"),
        ("space", "[경기] 2021년 에너지 분야 융자 안내", "", "loan"),
        ("export", "해외점포 교육 지원", "", "export"),
        ("grant", "2021년 인재양성 지원", "", "education"),
    ],
)
def test_title_and_benefit_tell_the_kind_where_no_category_does(
    category: str | None, title: str, benefit: str, kind: str | None
) -> None:
    assert notice_kind(category, title, benefit) == kind
