"""Tests of names and numbers of organisations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from loaders.names import (
    business_number,
    company_ref,
    corporate_number,
    institution_kind,
    institution_ref,
    is_company,
    is_organisation,
    legal_form,
    may_be_person,
    normalise,
    organisation_ref,
    tidy,
)


@pytest.mark.parametrize(
    "spellings",
    [
        (
            "주식회사 윈텍오토메이션",
            "(주)윈텍오토메이션",
            "㈜ 윈텍 오토메이션",
            "윈텍오토메이션(주)",
            "윈텍오토메이션 주식회사",
        ),
        ("국립부경대학교 산학협력단", "국립부경대학교산학협력단"),
        ("대한민국(농촌진흥청장)", "대한민국 (농촌진흥청장)", "농촌진흥청"),
        ("대한민국(관리부서 대검찰청)", "대검찰청"),
        ("재단법인대구경북과학기술원", "대구경북과학기술원"),
        ("행사ㆍ네트워크 협회", "행사·네트워크협회"),
        ("LG CNS Co., Ltd.", "lg cns co ltd"),
    ],
)
def test_spellings_of_one_organisation_meet(spellings: tuple[str, ...]) -> None:
    assert len({normalise(name) for name in spellings}) == 1


@given(st.text())
def test_normalising_twice_changes_nothing_more_for_plain_names(name: str) -> None:
    once = normalise(name)

    assert normalise(name) == once
    assert not set(once) & set(" .,·")


def test_a_name_that_is_a_legal_form_alone_keeps_it() -> None:
    assert normalise("주식회사") == "주식회사"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("서울대학교산학협력단", "university"),
        ("유니버시티 오브 매릴랜드, 칼리지 파크", "university"),
        ("한국생산기술연구원", "institute"),
        ("재단법인 파동에너지 극한제어 연구단", "institute"),
        ("소상공인시장진흥공단", "agency"),
        ("한국해외인프라도시개발지원공사", "agency"),
        ("한국산업기술시험원", "agency"),
        ("충북산학융합본부", "agency"),
        ("기술보증기금", "agency"),
        ("경기도", "government"),
        ("중소벤처기업부", "government"),
        ("대한민국(농촌진흥청장)", "government"),
        ("광명시청", "government"),
        ("대한상공회의소", "association"),
        ("재단법인 아산사회복지재단", "association"),
        ("(주)좋은일자리", "other"),
    ],
)
def test_kinds_of_institution(name: str, kind: str) -> None:
    assert institution_kind(name) == kind


@pytest.mark.parametrize(
    ("name", "company"),
    [
        ("주식회사 케이디중앙연구소", True),
        ("한국남부발전 주식회사", True),
        ("한국전력공사", False),
        ("국방과학연구소", False),
        ("복막암종증정밀의료협동조합", True),
        ("어업회사법인 주식회사 해천마", True),
        ("SAMSUNG ELECTRONICS CO., LTD.", True),
    ],
)
def test_companies_are_told_from_institutions(name: str, *, company: bool) -> None:
    assert is_company(name) is company
    assert is_organisation(name)


@pytest.mark.parametrize("name", ["홍길동", "남궁민수", "JOHN SMITH"])
def test_a_name_that_shows_no_organisation_may_be_a_person(name: str) -> None:
    assert not is_organisation(name)


def test_nodes_of_organisations() -> None:
    assert organisation_ref("(주) 두루") == NodeRef("Company", "name:두루")
    assert organisation_ref("고양 연구원") == NodeRef("Institution", "고양연구원")
    assert institution_ref("(재)두루") == NodeRef("Institution", "두루")
    assert company_ref("두루", "1234567891") == NodeRef("Company", "brn:1234567891")
    assert tidy("㈜  두루ㆍ기술") == "(주) 두루·기술"


def test_business_numbers_are_checked() -> None:
    # 1·1 + 2·3 + 3·7 + 4·1 + 5·3 + 6·7 + 7·1 + 8·3 + 9·5 = 165, and ⌊5·9/10⌋ = 4: 169 asks for 1.
    assert business_number("123-45-67891") == business_number("1234567891") == "1234567891"
    assert business_number("123-45-67890") is None
    assert business_number("12-345") is None
    assert business_number("000-00-00000") is None, "two that bear it would be one company"
    assert business_number("١٢٣٤٥٦٧٨٩١") is None


@given(st.integers(1, 999_999_999))
def test_exactly_one_last_digit_fits(nine: int) -> None:
    assert sum(business_number(f"{nine:09}{last}") is not None for last in range(10)) == 1


@given(st.text())
def test_any_text_is_a_number_or_not(text: str) -> None:
    found = business_number(text)

    assert found is None or (len(found) == 10 and found.isdigit())


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("(재)가나", "Institution"),
        ("(사)가나", "Institution"),
        ("학교법인 다라학원", "Institution"),
        ("의료법인 가나의료재단", "Institution"),
        ("마바 가부시키가이샤", "Company"),
        ("사아 엘엘씨", "Company"),
        ("자차 인크.", "Company"),
        ("카타 에스에이", "Company"),
        ("카타 법무법인", "Company"),
        ("특허법인 가나", "Company"),
        ("Kana Kabushiki Kaisha", "Company"),
    ],
)
def test_legal_forms_show_an_organisation_and_its_kind(name: str, label: str) -> None:
    assert is_organisation(name)
    assert organisation_ref(name).label == label


@pytest.mark.parametrize("name", ["홍길동", "김인크", "남궁에이지", "이엘엘씨", "Jane Doe"])
def test_a_persons_name_shows_no_organisation(name: str) -> None:
    assert not is_organisation(name)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("대한민국(관리부서 가나대학교(정밀기계연구소))", "가나대학교"),
        ("대한민국(농촌진흥청장)", "농촌진흥청"),
        ("대한민국 (환경부 국립환경과학원장)", "환경부국립환경과학원"),
    ],
)
def test_offices_of_the_state_are_known_by_their_own_name(name: str, normal: str) -> None:
    assert normalise(name) == normal


@pytest.mark.parametrize("text", ["1234567891.0", "123–45–67891", "123−45−67891", "１２３-45-67891", "123 45 67891"])
def test_business_numbers_are_read_as_spreadsheets_and_people_leave_them(text: str) -> None:
    assert business_number(text) == "1234567891"


def test_a_company_is_not_the_body_that_it_is_named_after() -> None:
    """경기도주식회사 belongs to the province, and runs programmes beside it."""
    assert institution_ref("경기도주식회사") == institution_ref("경기도 (주)")
    assert institution_ref("경기도주식회사") != institution_ref("경기도")


def test_a_company_of_a_national_list_is_known_by_its_place_too() -> None:
    assert company_ref("두루", place="41280") == NodeRef("Company", "name:두루@41280")
    assert company_ref("두루", "1234567891", "41280") == NodeRef("Company", "brn:1234567891")


def test_a_corporate_number_has_thirteen_digits() -> None:
    """Numbers given since 2025 have no check digit; zeros stand where there is none."""
    assert corporate_number("110111-1234567") == "1101111234567"
    assert corporate_number("1101111234567.0") == "1101111234567"
    assert corporate_number("0000000000000") is None
    assert corporate_number("110111123456") is None


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("주식회사 두루", "corporation"),
        ("㈜두루", "corporation"),
        ("두루 유한회사", "corporation"),
        ("Duru Co., Ltd.", "corporation"),
        ("두루디자인", None),
        ("두루협동조합", None),
    ],
)
def test_a_name_with_a_legal_form_is_a_corporations(name: str, form: str | None) -> None:
    assert legal_form(name) == form


def test_who_bears_a_surname_and_no_sign_of_an_organisation_may_be_a_person() -> None:
    assert may_be_person("김철수")
    assert may_be_person("남궁 민수")
    assert may_be_person("예비창업자 김철수")
    assert not may_be_person("(주)김철수")
    assert not may_be_person("대성")
    assert not may_be_person("김철수산업")
