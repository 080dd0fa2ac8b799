"""Tests of where applicants are, from a notice's list, title, target and authority together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders import regions
from loaders.eligibility.passages import cut
from loaders.eligibility.places import read_areas

ALL = tuple(region.short for region in regions.table().values() if not region.parent)


def read(
    title: str = "공고", target: str = "", listed: tuple[str, ...] = (), authority: str | None = None, purpose: str = ""
) -> tuple[bool | None, tuple[str, ...], bool]:
    areas, found = read_areas(listed, cut(title, f"{purpose}☞ {target}"), authority)
    return areas.nationwide, areas.codes, found is not None and found.unread


@pytest.mark.parametrize(
    ("title", "target", "listed", "codes"),
    [
        ("[대구] 달성군 공고", "대구 달성군 산업단지 등 관내 입주 기업", ("대구",), ("27710",)),
        ("[경기] 공고", "부천시 내에서 영업 중인 상인", ("경기",), ("41190",)),
        ("[경기] 2022ㆍ2023년 안산시 공고", "관내 기업", ("경기",), ("41270",)),
        ("[광주] 공고", "광주광역시 북구에 소재하는 중소기업", ("광주",), ("29170",)),
        ("[강원] 공고", "원주 소재 의료기기 기업", ("강원",), ("51130",)),
        ("[경기] 공고", "경기도 포천시, 김포시, 연천군 소재 기업", ("경기",), ("41570", "41650", "41800")),
        ("[부산] 공고", "부산 서부산권(사하, 강서, 사상구) 소재 기업", ("부산",), ("26380", "26440", "26530")),
        (
            "[경북ㆍ대구] 공고",
            "관할구역 : 대구광역시 서구, 달서구, 달성군, 남구, 경상북도 칠곡군(석적 3공단 제외), 고령군",
            ("경북", "대구"),
            ("27170", "27200", "27290", "27710", "47830", "47850"),
        ),
        (
            "[전북] 공고",
            "동부권 3개 시ㆍ군(남원, 진안, 장수)에 사업장이 있는 기업",
            ("전북",),
            ("52190", "52720", "52740"),
        ),
        ("[제주] 공고", "주소지가 제주도에 있는 업체", ("제주",), ("50",)),
        ("[경북] 공고", "경상북도수출기업협회 회원사", ("경북",), ("47",)),
    ],
)
def test_the_text_narrows_a_province(title: str, target: str, listed: tuple[str, ...], codes: tuple[str, ...]) -> None:
    assert read(title, target, listed) == (False, codes, False)


def test_the_purpose_narrows_where_the_target_names_no_place() -> None:
    assert read("[경북] 공고", "수혜기업", ("경북",), purpose="영천시에 정착을 원하는 기업 ")[1] == ("47230",)
    assert read("[충남] 공고", "충청남도 소재 기업", ("충남",), purpose="천안 소재 청년 채용 ")[1] == ("44",)


def test_a_district_beside_its_province_is_to_be_checked() -> None:
    assert read("[충북] 공고", "증평군 및 충북지역 내 소재한 기업", ("충북",)) == (False, ("43",), True)


def test_a_list_of_all_provinces_beside_one_in_the_title_is_narrow_and_to_be_checked() -> None:
    assert read("[울산] 공고", "울산광역시 소재 중소기업", ALL) == (False, ("31",), True)
    assert read("[울산] 공고", "중소기업", ALL) == (False, ("31",), True)


def test_a_list_of_all_provinces_beside_a_place_in_the_text_is_to_be_checked() -> None:
    assert read("강원도 춘천시 청년몰 공고", "예비 창업자", ALL) == (True, (), True)
    assert read("공고", "중소기업", ALL) == (True, (), False)


def test_a_place_outside_the_listed_province_is_to_be_checked() -> None:
    assert read("[경기] 공고", "인천광역시 소재 기업", ("경기",)) == (False, ("41",), True)


@pytest.mark.parametrize(
    ("target", "authority", "areas"),
    [
        ("국내 중소기업", "중소벤처기업부", (True, (), False)),
        ("전국 의료기기 기업", "강원특별자치도", (True, (), False)),
        ("경북 소재 제조 중소기업", "경상북도", (False, ("47",), False)),
        ("구미 소재 창업기업", "경상북도", (False, ("47190",), False)),
        ("중소기업", "경상북도", (None, (), True)),
        ("관내 사업장을 갖고 있는 기업", "대전광역시", (False, ("30",), False)),
        ("도내 소재한 중소기업", "경상북도", (False, ("47",), False)),
        ("비수도권 내 본사 소재 기업", "산업통상부", (None, (), True)),
        ("관내ㆍ관외 기업 모두 신청 가능", "충청남도", (True, (), False)),
        ("스마트팜 기업(지역 제한없음)", "전라남도", (True, (), False)),
        ("서울을 제외한 기업", "중소벤처기업부", (None, (), True)),
        ("산업위기지역의 중소기업", "산업통상부", (None, (), True)),
        ("중소기업", None, (None, (), False)),
    ],
)
def test_without_list_and_prefix_the_target_and_then_the_authority_tell(
    target: str, authority: str | None, areas: tuple[bool | None, tuple[str, ...], bool]
) -> None:
    assert read("2026년 지원사업 공고", target, (), authority) == areas


def test_a_place_that_applicants_only_come_to_is_to_be_checked() -> None:
    assert read("[경북] 로케이션 제작지원 공고", "경북에서 촬영하는 제작사", ("경북",)) == (False, ("47",), True)
    assert read("로케이션 제작지원 공고", "예산군 내에서 촬영하는 작품", (), "충청남도") == (False, ("44810",), True)


def test_places_that_are_counted_and_not_named_or_lifted_are_to_be_checked() -> None:
    assert read("[충남] 공고", "충남 12개 참여시군에 소재한 기업", ("충남",)) == (False, ("44",), True)
    assert read("[충남] 공고", "청년 창업자 ※ 지역 제한 없음", ("충남",)) == (False, ("44",), True)


def test_a_ministry_tells_nothing_where_the_target_is_not_at_hand() -> None:
    assert read(authority="중소벤처기업부") == (None, (), False)


MINISTRY = "중소벤처기업부"
SEATS = ("{place} 소재", "{place} 소재 중소기업", "{place}에 소재한 기업", "{place}에 본사를 둔 기업")
TENANTS = ("{place} 입주기업", "{place}에 입주한 기업", "{place} 내 기업", "{place} 소재 기업")


@pytest.mark.parametrize(
    ("wording", "place", "codes"),
    [
        (wording, place, codes)
        for wording in (*SEATS, "{place} 내 중소기업", "{place} 지역 중소기업")
        for place, codes in (
            ("서울", ("11",)),
            ("충청권", ("30", "36", "43", "44")),
            ("수도권", ("11", "28", "41")),
            ("부울경", ("26", "31", "48")),
            ("호남권", ("29", "46", "52")),
            ("대경권", ("27", "47")),
            ("영남권", ("26", "27", "31", "47", "48")),
            ("안산시", ("41270",)),
            ("고양특례시", ("41280",)),
        )
        if not (wording.endswith("지역 중소기업") and place.endswith("시"))
    ],
)
def test_a_place_of_the_table_is_read_whoever_gives_notice(wording: str, place: str, codes: tuple[str, ...]) -> None:
    assert read(target=wording.format(place=place), authority=MINISTRY) == (False, codes, False)


@pytest.mark.parametrize(
    ("wording", "place", "codes"),
    [
        *(
            (wording, place, codes)
            for wording in SEATS
            for place, codes in (
                ("서울 성수동", ("11",)),
                ("서울 강남", ("11",)),
                ("부산 해운대", ("26",)),
                ("경기북부", ("41",)),
                ("경기북부지역", ("41",)),
                ("경북 북부권", ("47",)),
                ("판교", ()),
                ("성수동", ()),
                ("매화권역", ()),
            )
        ),
        *(
            (wording, place, codes)
            for wording in TENANTS
            for place, codes in (
                ("구미국가산업단지", ("47190",)),
                ("인천 남동산단", ("28",)),
                ("안산 반월공단", ("41270",)),
                ("창원 국가산업단지", ("48120",)),
                ("대구경북첨단의료복합단지", ("27", "47")),
                ("판교테크노밸리", ()),
                ("농공단지", ()),
                ("연구개발특구", ()),
            )
        ),
        ("{place}입주기업", "농공단지", ()),
        *(("{place} 중소기업", place, ()) for place in ("도내", "관내", "지역 내", "비수도권 소재")),
        ("{place} 소재한 기업", "관내에", ()),
    ],
)
def test_a_place_that_no_table_knows_is_to_be_checked_within_what_is_certain(
    wording: str, place: str, codes: tuple[str, ...]
) -> None:
    assert read(target=wording.format(place=place), authority=MINISTRY) == (False if codes else None, codes, True)


@pytest.mark.parametrize(
    "target",
    [
        "중소기업",
        "국내 소재 중소기업",
        "국내에 소재한 법인",
        "대한민국 소재 기업",
        "본사가 국내에 소재한 기업",
        "첨단 소재 기업",
        "섬유 소재를 만드는 기업",
        "소재ㆍ부품 중소기업",
        "근로복지공단에 등록된 기업",
        "특허권 보유 중소기업",
        "예산 내 지원 기업",
        "활동 지역이 다양한 기업",
        "외부 기업과 협력하는 기업",
    ],
)
def test_words_that_name_no_place_leave_a_notice_of_a_ministry_nationwide(target: str) -> None:
    assert read(target=target, authority=MINISTRY) == (True, (), False)


@pytest.mark.parametrize(
    ("title", "target", "listed", "codes"),
    [
        ("[전남] 목포시 공고", "전남 목포시 내 산업단지에 입주한 중소기업", ("전남",), ("46110",)),
        ("[경남] 창원시 공고", "창원 국가산업단지 소재 중소기업", ("경남",), ("48120",)),
        ("[경기] 공고", "경기북부지역 소재 중소기업", ("경기",), ("41",)),
        ("[경기] 시흥시 공고", "매화권역 소재 중소 제조업체", ("경기",), ("41390",)),
    ],
)
def test_a_part_of_a_listed_province_that_no_table_knows_is_to_be_checked(
    title: str, target: str, listed: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    assert read(title, target, listed) == (False, codes, True)


def test_an_estate_beside_a_list_of_all_provinces_is_to_be_checked() -> None:
    assert read(target="농공단지 입주기업", listed=ALL) == (True, (), True)


def test_a_notice_of_everywhere_in_a_province_is_of_that_province() -> None:
    assert read(target="관내에 소재한 중소기업", authority="경상북도") == (False, ("47",), False)


@given(title=st.text(), target=st.text(), authority=st.none() | st.text(), listed=st.lists(st.sampled_from(ALL)))
def test_any_text_is_read_without_complaint(title: str, target: str, authority: str | None, listed: list[str]) -> None:
    nationwide, codes, _ = read(title, target, tuple(listed), authority)

    assert set(codes) <= set(regions.table())
    assert not (nationwide and codes)
