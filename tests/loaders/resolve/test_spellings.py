"""Under which names one organisation may be known."""

from __future__ import annotations

import pytest

from loaders.resolve.spellings import also_called, spellings


def _keys(name: str, *, company: bool = True) -> dict[str, str]:
    return {spelling.key: spelling.how for spelling in spellings(name, company=company)}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("㈜다이텍", "다이텍 주식회사"),
        ("KT(주)", "주식회사 케이티"),
        ("ABC테크", "주식회사 에이비씨테크"),
        ("DNA Link", "(주)디엔에이링크"),
        ("가나테크놀러지", "가나테크놀로지"),
        ("주식회사 새이름(구 옛이름)", "옛이름"),
        ("가나정밀(GANA Precision)", "가나정밀 주식회사"),
        ("(주)가나 / 오송 신약 연구소", "(주)가나"),
    ],
)
def test_two_spellings_of_a_company_meet_at_a_key(one: str, other: str) -> None:
    assert _keys(one).keys() & _keys(other).keys()


@pytest.mark.parametrize(
    ("part", "whole", "how"),
    [
        ("서울대학교산학협력단", "서울대학교", "unit"),
        ("성신여자대학교 연구 산학협력단", "성신여자대학교", "unit"),
        ("국립부경대학교 산학협력단", "부경대학교", "unit"),
        ("한국무역협회대전세종충남지역본부", "한국무역협회", "branch"),
        ("주식회사 비루트랩 제주연구소", "비루트랩", "branch"),
        ("주식회사 뷰전 부설연구소", "뷰전", "branch"),
        ("특허청", "지식재산처", "former"),
        ("메인비즈협회", "한국경영혁신중소기업협회", "known"),
        ("한국여성벤처협회장", "한국여성벤처협회", "spelling"),
        ("한국무역협회경기남부지역본부", "한국무역협회", "branch"),
        ("국립대학법인 인천대학교", "인천대학교", "former"),
        ("국립공주대학교 창업보육센터", "공주대학교", "branch"),
        ("한국과학기술원(KAIST)", "한국과학기술원", "spelling"),
        ("SMTECH(중소기업기술정보진흥원)", "중소기업기술정보진흥원", "spelling"),
        ("안동상공회의소(경북북부지식재산센터)", "경북북부지식재산센터", "bracket"),
        ("KAIST 창업원 창업지원센터", "한국과학기술원", "branch"),
        ("쓰리디프린팅연구조합", "3디프린팅연구조합", "spelling"),
        ("전라북도경제통상진흥원", "전북경제통상진흥원", "spelling"),
    ],
)
def test_a_part_a_branch_and_a_former_name_lead_to_the_organisation(part: str, whole: str, how: str) -> None:
    company = part.startswith("주식회사")
    assert _keys(part, company=company)[whole] == how


def test_a_branch_under_the_short_name_of_its_head_leads_to_it() -> None:
    assert "대한무역투자진흥공사" in _keys("KOTRA광주전남지원본부", company=False)


def test_a_campus_and_an_institute_named_after_no_place_stay_what_they_are() -> None:
    """A campus has an industry foundation of its own."""
    assert "단국대학교" not in _keys("단국대학교 천안캠퍼스 산학협력단", company=False)
    assert set(_keys("한국섬유소재연구소", company=False)) == {"한국섬유소재연구소"}


def test_short_names_of_public_bodies_are_no_companies() -> None:
    """A company may be called LH."""
    assert "한국토지주택공사" not in _keys("주식회사 LH")


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("KETI", "한국전자기술연구원"),
        ("한국전자기술연구원", "keti"),
        ("전자부품연구원", "keti"),
        ("kt", "케이티"),
        ("㈜케이티", "kt"),
        ("LG전자", "엘지전자"),
        ("엘지전자", "lg전자"),
        ("지식재산처", "특허청"),
        ("특허청", "지식재산처"),
    ],
)
def test_what_people_call_an_organisation_leads_to_its_other_names(name: str, other: str) -> None:
    assert other in also_called(name)


@pytest.mark.parametrize(
    "name", ["서울대학교산학협력단", "한국무역협회대전세종충남지역본부", "센서 모듈", "두레정밀", ""]
)
def test_others_are_no_further_names(name: str) -> None:
    """A foundation is not its university, a branch not its head, and most words are no names at all."""
    assert also_called(name) == []
