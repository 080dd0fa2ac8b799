"""Tests of sizes, kinds of applicant, representatives, certificates and exclusions in a target's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import EXCLUSION_KINDS, REPRESENTATIVE_KINDS, TARGET_KINDS
from loaders.eligibility import words
from loaders.eligibility.findings import Finding
from loaders.eligibility.passages import Passage


def value(found: Finding[tuple[str, ...]] | None) -> set[str] | None:
    return None if found is None or found.value is None else set(found.value)


def passage(text: str) -> Passage:
    return Passage("summary", 0, text)


@pytest.mark.parametrize(
    ("text", "sizes"),
    [
        ("충청북도 소재 중소ㆍ중견기업", {"sme", "mid_size"}),
        ("제조 중견ㆍ중소기업", {"sme", "mid_size"}),
        ("업력 4년 이상의 중소ㆍ중견ㆍ대기업", {"sme", "mid_size", "large"}),
        ("대기업(계열사 포함) 및 중견기업", {"mid_size", "large"}),
        ("중소(개인사업자 포함)ㆍ중견 기업", {"sme", "mid_size"}),
        ("충남도내 소재 소기업ㆍ소상공인", {"small", "micro"}),
        ("「소상공인기본법」 제2조의 소상공인", {"micro"}),
        ("「중견기업 성장촉진 및 경쟁력 강화에 관한 특별법」에 따른 중견기업", {"mid_size"}),
        ("중소기업확인서 내 ’소기업‘ 이상(소상공인 제외)인 중소기업", {"sme"}),
        ("대기업 협력사인 중소기업", {"sme"}),
        ("중소기업중앙회 회원", None),
        ("중소기업창업 지원법 제2조에 따른 예비재창업자", None),
        ("중소기업에 기술협력 프로그램을 제공할 수 있는 대학", None),
        ("글로벌 강소기업 지정기업", None),
        ("경기도 소재 기업", None),
    ],
)
def test_sizes(text: str, sizes: set[str] | None) -> None:
    assert value(words.read_sizes(passage(text))) == sizes


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("사업자등록을 하지 않은 예비창업자", {"pre_founder"}),
        ("신규창업 및 창업 3년 이내인 자", {"pre_founder", "startup"}),
        ("벤처ㆍ창업기업", {"venture", "startup"}),
        ("그린 딥테크 분야 중소벤처기업", None),
        ("예비사회적기업 또는 협동조합", {"social"}),
        ("기업, 대학, 연구기관", {"university", "institute"}),
        ("도내 본사ㆍ연구소ㆍ공장 보유기업", None),
        ("기업부설연구소를 보유한 기업", None),
        ("대학생을 고용한 기업", {"individual"}),
        ("개인사업자 또는 법인사업자", {"sole", "corporation"}),
        ("창업초기ㆍ성장단계 제조기업 및 예비창업자", {"startup", "pre_founder"}),
        ("폐업 이력 보유 예비재창업자 또는 7년이내 재창업기업", {"startup", "pre_founder"}),
        ("(예비)초기 창업기업", {"startup", "pre_founder"}),
        ("고용보험에 가입한 광주 소재 1인 자영업자", {"sole"}),
        ("'자영업자 고용보험'에 가입한 소상공인", None),
        ("대한민국 국민(개인 및 중소기업)이 개발한 발명", {"individual"}),
        ("세종시 지역주민(읍ㆍ면)으로 구성된 회사", None),
        ("독립예술영화 제작사 또는 연출자", {"individual"}),
        ("국내에 소재하는 법인이나 단체", {"corporation"}),
        ("중소기업, 비영리 법인ㆍ단체", None),
        ("지역중소기업 또는 중소기업협동조합", None),
        ("사업자 등록을 하지 않은 만 19세 ~ 만 39세 이하", {"pre_founder"}),
        ("대구지역 내에 소재한 (본사, 공장, 연구소 등 1개 이상) 기업", None),
    ],
)
def test_kinds_of_applicant(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_kinds(passage(text))) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "창업지원역량 및 인프라를 보유한 대학",
        "대학ㆍ연구소와 기업 간 컨소시엄",
        "다음 요건을 모두 충족하는 지방자치단체",
        "과학기술발전에 공헌한 자로 타의 모범이 되는 자",
        "중소기업창업투자조합 등에 투자자",
        "중소기업창업투자조합, 신기술사업투자조합, 기업구조조정조합",
        "대학생, 개발자, 창업자 등 누구나",
    ],
)
def test_applicants_that_may_be_no_company_are_left_to_people(text: str) -> None:
    found = words.read_kinds(passage(text))

    assert found is not None
    assert found.unread


@pytest.mark.parametrize("text", ["기업, 대학, 연구기관", "지자체ㆍ민간기업으로 구성된 기업", "물류사업을 영위하는 자"])
def test_a_body_beside_companies_leaves_companies_in(text: str) -> None:
    found = words.read_kinds(passage(text))

    assert found is None or not found.unread


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("만20세~39세 이하인 충청북도 거주자로 신규창업한 자", {"youth"}),
        ("청년 대표자", {"youth"}),
        ("여성 (예비) 창업자 및 여성기업인", {"women"}),
        ("장애인 예비창업자", {"disabled"}),
        ("만 39세 이하 청년을 정규직으로 채용한 기업", None),
        ("청년근로자를 둔 기업", None),
        ("재직자(만 15세이상 ~ 만 34세이하)", None),
    ],
)
def test_who_leads_the_business_and_not_whom_it_employs(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_representatives(passage(text))) == kinds


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("기업부설연구소 또는 연구개발전담부서를 보유한 중소기업", {"기업부설연구소", "연구개발전담부서"}),
        ("장애인기업확인서 보유기업", {"장애인기업"}),
        ("중소기업 또는 소상공인 확인서 보유 업체", {"중소기업확인서"}),
        ("이노비즈 및 벤처인증을 취득한 중소기업", {"이노비즈"}),
        ("사업자등록증 보유", None),
    ],
)
def test_papers_that_are_asked_for(text: str, names: set[str] | None) -> None:
    assert value(words.read_certificates(passage(text))) == names


@pytest.mark.parametrize(
    "text",
    [
        "「도약(Jump-Up) 프로그램」에 선정된 중소기업",
        "기업부설연구소 보유ㆍ설치계획이 있는 중소기업",
        "스마트물류센터 인증 또는 예비인증을 받은 자",
        "공장등록증 보유 기업",
        "통신판매업 신고증을 소지한 중소기업",
        "연구조직을 보유한 중견기업 및 중소기업",
        "규제자유특구 계획에 포함된 특구사업자",
        "일반 수출바우처 1차 선정기업",
        "특허, 실용신안, 디자인으로 등록 또는 출원 중인 발명품",
    ],
)
def test_papers_that_are_not_known_by_name_are_left_to_people(text: str) -> None:
    found = words.read_certificates(passage(text))

    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("사업체를 휴ㆍ폐업하지 않고 영업 중인 소상공인", {"closed"}),
        ("국세 및 지방세 체납이 없는 기업", {"arrears"}),
        ("지원사업 관리 규칙에 따른 제재대상이 아닌 기업", {"sanctioned"}),
        ("(다른사업과의 중복지원 불가)", {"duplicate"}),
        ("유흥업, 사행성 업종 제외", {"entertainment", "speculation"}),
        ("신청일 현재 정상적으로 영업 중인 소상공인", {"closed"}),
        ("선도기업 사업 참여 이력이 없는 중소ㆍ중견기업", {"duplicate"}),
        ("폐업 소상공인", None),
        ("고양시 소재 기업", None),
    ],
)
def test_who_is_left_out(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_exclusions(passage(text))) == kinds


@pytest.mark.parametrize("text", ["광고ㆍ인쇄업 등 제외", "금융지원 결격사유가 없는 기업", "참여제한조건 확인"])
def test_others_who_are_left_out_are_left_to_people(text: str) -> None:
    found = words.read_exclusions(passage(text))

    assert found is not None
    assert found.value is None


@given(st.text(max_size=80))
def test_any_text_gives_known_kinds(text: str) -> None:
    some = passage(text)
    assert (value(words.read_sizes(some)) or set()) | (value(words.read_kinds(some)) or set()) <= set(TARGET_KINDS)
    assert (value(words.read_representatives(some)) or set()) <= set(REPRESENTATIVE_KINDS)
    assert (value(words.read_exclusions(some)) or set()) <= set(EXCLUSION_KINDS)
