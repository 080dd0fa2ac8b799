"""Tests of kinds of applicant in a target's words."""

from __future__ import annotations

import pytest

from loaders.eligibility import words
from tests.loaders.eligibility.said import applicants, value


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("사업자등록을 하지 않은 예비창업자", {"pre_founder"}),
        ("스타트업과의 협업을 찾는 중견기업", None),
        ("창업기업과의 협업을 찾는 중견기업", None),
        ("창업기업 육성 경험이 있는 기업", None),
        ("벤처기업 지원을 전담하는 부서를 둔 협력 기업", None),
        ("의료기기를 만들거나 연구소 보유 기업", None),
        ("본사 또는 영업소, 연구소 등 사업장이 부산에 있는 기업", None),
        ("로봇으로 국민 생활 안전을 높이는 기업", None),
        ("분석 장비를 쓰고자 하는 연구자", {"individual"}),
        ("웹툰 창ㆍ제작자 또는 창업기업", {"individual", "startup"}),
        ("법인 기업 - (참여기관) 로봇기업 - 참여기관(수요처ㆍ연구기관 등) 포함", {"corporation"}),
        ("5인 이상 기업 - 문화콘텐츠, 벤처기업, 청년창업기업 등 1인 이상 ~ 5인 미만 가능", None),
        ("기술창업기업 ※ 법인에 한함(개인사업자 신청 불가)", {"corporation", "startup"}),
        ("전국 콘텐츠기업(법인)", {"corporation"}),
        ("중소기업(법인 전환 전 개인사업자 설립일을 기준으로 함)", None),
        ("2년 미만 창업자(예비 포함)", {"pre_founder", "startup"}),
        ("예비로컬창업자", {"pre_founder"}),
        ("예비유니콘 기업", None),
        ("국내에 법인 등록되어 있는 기업", {"corporation"}),
        ("예비ㆍ초기 창업자", {"pre_founder", "startup"}),
        ("(예비)청년 창업자", {"pre_founder", "startup"}),
        ("관내 대학 및 고등학교에 다니는 예비창업자", {"pre_founder"}),
        ("공공연구기관(대학 등) 보유 기술의 이전을 바라는 기업", None),
        ("소프트웨어 기업(창업ㆍ벤처ㆍ중소 등)", {"startup", "venture"}),
        ("대학 정규 수업에 쓰는 제품을 가진 기업", None),
        ("본사 또는 지점, 연구소를 옮길 기업", None),
        ("창업ㆍ중소 환경기업", {"startup"}),
        ("창업 3년 이내 AI 융합 분야 기업", {"startup"}),
        ("해외 공연을 앞둔 뮤지션", {"individual"}),
        ("신규창업 및 창업 3년 이내인 자", {"pre_founder", "startup"}),
        ("벤처ㆍ창업기업", {"venture", "startup"}),
        ("그린 딥테크 분야 중소벤처기업", None),
        ("예비사회적기업 또는 협동조합", {"social"}),
        ("기업, 대학, 연구기관", {"university", "institute"}),
        ("도내 본사ㆍ연구소ㆍ공장 보유기업", None),
        ("기업부설연구소를 보유한 기업", None),
        ("대학생을 고용한 기업", None),
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
        ("중소기업, 비영리 법인ㆍ단체", {"other"}),
        ("지역중소기업 또는 중소기업협동조합", None),
        ("사업자 등록을 하지 않은 만 19세 ~ 만 39세 이하", {"pre_founder"}),
        ("대구지역 내에 소재한 (본사, 공장, 연구소 등 1개 이상) 기업", None),
        ("지역 내 연구소 및 전담부서 설립 희망기업", None),
        ("중소ㆍ벤처ㆍ중견기업", {"venture"}),
        ("스타트업ㆍ벤처 또는 중소 사업장을 운영하는 기업", {"startup", "venture"}),
        ("여행업 등록업체 및 관광벤처기업", None),
        ("창업 및 벤처기업", {"startup", "venture"}),
        ("대구 소재지의 창업ㆍ중소기업", {"startup"}),
        ("중소기업 제조업체, 소상공인, 창업업체 등", {"startup"}),
        ("창업을 희망하는 발명가(개인)", {"individual", "pre_founder"}),
        ("중소기업(법인) 등", {"corporation"}),
        ("체육시설을 운영하는 법인ㆍ개인사업자", {"corporation", "sole"}),
        ("중소기업, 개인", {"individual"}),
        ("전국 대학원(석ㆍ박사 과정) 재학생 및 휴학생", {"individual"}),
        ("엔지니어링 기업 및 재직자", {"individual"}),
        ("중소기업에서 6개월 이상 재직한 자", {"individual"}),
        ("중소ㆍ중견기업 ※ 창업기업, 디자인전문회사 포함", None),
        ("법률에 의한 소상공인(개인, 법인사업자)", {"corporation", "sole"}),
        ("창업 5년 이내 기업", {"startup"}),
        ("창업 후 3년 미만의 개인ㆍ법인사업자", {"startup", "sole", "corporation"}),
        ("개인사업자 및 법인으로서 특허가 있는 자", {"sole", "corporation"}),
        ("카페 창업희망 청년", {"pre_founder"}),
        ("중소ㆍ벤처기업", {"venture"}),
        ("뷰티 중소기업(제조 및 벤처)", {"venture"}),
        ("게임기업(개인 또는 법인사업자)", {"sole", "corporation"}),
        ("스타트업과 협업을 원하는 중견기업", None),
        ("미국 대학의 실험실을 빌려 쓰는 기업", None),
        ("업종이 미디어 콘텐츠 창작자인 사업자", None),
        ("창업 4년 이내 그림책 기업", {"startup"}),
        ("피보험자 5인 이상 기업 - 5인 미만이라도 심사 후 참여 가능 ※ 벤처기업, 사회적기업에 한함", None),
        ("직매장 가맹점을 개설할 창업자 - 창업을 희망하는 자", {"pre_founder"}),
        ("피보험자 10인 이상 기업 ※ 벤처기업일 경우, 10인 미만의 기업이라도 참여가능", None),
    ],
)
def test_kinds_of_applicant(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_kinds(applicants(text))) == kinds


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("피보험자 10인 이상 기업, 공공기관, 비영리 법인 등", {"other"}),
        ("해외 진출 기업 및 업종 단체로 구성된 협의체", {"other"}),
        ("도내 농업인, 생산자단체, 농식품 중소기업", {"other"}),
        ("중소기업ㆍ공공기관ㆍ연구소 등", {"institute", "other"}),
        ("가족친화 경영에 관심 있는 기업(기관)", {"other"}),
        ("식품, 뷰티, 패션 업종 기업 협의체", {"other"}),
        ("콘텐츠 제작기업(또는 고유번호증을 보유한 단체 단위)", {"other"}),
        ("소상공인, 전통시장 및 상점가", {"other"}),
        ("기업ㆍ의료기관 컨소시엄", {"other"}),
        ("도내 기업 또는 단체(사업자등록증이 있을 것)", {"other"}),
        ("상인회가 있는 소상공인 공동체", {"other"}),
        ("소상공인과 아동 양육자", {"other"}),
        ("공공기관에서 지원하는 인력을 활용하는 중소기업", None),
        ("경기도 기초지자체(안산시, 군포시) 관내 중소 제조 기업", None),
        ("단체관광객을 유치한 여행사", None),
        ("단체보험에 가입한 중소기업", None),
        ("수출기업 5개사 이상으로 구성된 협업체", {"other"}),
        ("지역 관광기업 - 축제를 여는 마을회/법인", {"other"}),
        ("데이터를 쓰려는 기업ㆍ기관 ① 의료 ② 통신", {"other"}),
    ],
)
def test_applicants_beside_companies_that_no_kind_names_are_others(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_kinds(applicants(text))) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "등록된 전통시장",
        "품질 인증을 받은 자",
        "양식장을 고치려는 어업인",
        "지역 산업에 이바지한 공이 인정되는 자",
        "정부, 지자체, 지방자치단체 조례에 의해 설립된 지방공기업",
        "광역지방정부 ※ 기초지방정부 및 민간 등으로 구성",
        "벤처기업의 임원 또는 종업원",
        "산업발전에 기여한 자 - 공적기간이 3년(포장 10년)이상인 자",
        "주식을 교환한 벤처기업 등의 주주",
        "창업지원역량 및 인프라를 보유한 대학",
        "대학ㆍ연구소와 기업 간 컨소시엄",
        "다음 요건을 모두 충족하는 지방자치단체",
        "과학기술발전에 공헌한 자로 타의 모범이 되는 자",
        "중소기업창업투자조합 등에 투자자",
        "중소기업창업투자조합, 신기술사업투자조합, 기업구조조정조합",
        "대학생, 개발자, 창업자 등 누구나",
        "「민법」에 따라 설립된 비영리법인일 것",
        "선박을 빌려 쓰고자 하는 연구자",
        "신진 가구 디자이너",
        "중소기업 임직원",
        "투자사(VC, AC)",
        "시민사회단체",
        "학기 중인 재학생 및 휴학생",
        "기업 주도 컨소시엄 - 주관기관 : 도내 기업 - 참여기관 : 도내 대학 및 기업 등",
        "제조 중견기업 - 공동연구개발기관 : 국내 산ㆍ학ㆍ연(선택)",
    ],
)
def test_applicants_that_may_be_no_company_are_left_to_people(text: str) -> None:
    found = words.read_kinds(applicants(text))

    assert found is not None
    assert found.unread


@pytest.mark.parametrize(
    "text",
    [
        "대학 또는 연구기관과 공동으로 제품을 만드는 중소기업",
        "스타트업의 기술을 들여오려는 중견기업",
        "벤처기업 투자 실적이 있는 운용사",
        "대학생을 채용한 중소기업",
        "사회적기업과 협력하는 제조기업",
        "예비창업자를 제외한 소상공인",
        "중소기업 - 벤처기업, 이노비즈 기업 가점 부여",
        "대학과 연구기관이 보유한 장비를 쓰는 기업",
        "도내 대학 내 보육센터에 입주한 기업",
        "개인사업자는 신청할 수 없음",
        "전문기관(대학, 연구소)의 추천을 받은 기업",
        "대학 산학협력단과 협약을 맺은 기업",
        "건조업에 속하는 사업의 사업주 및 근로자",
    ],
)
def test_somebody_else_of_whom_an_applicant_is_told_is_no_applicant(text: str) -> None:
    assert value(words.read_kinds(applicants(text))) is None


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("연출자 또는 연출자와 계약한 제작사", {"individual"}),
        ("대학, 연구기관 및 스타트업", {"institute", "startup", "university"}),
        ("예비창업자를 포함한 소상공인", {"pre_founder"}),
    ],
)
def test_an_applicant_beside_somebody_else_stays_one(text: str, kinds: set[str]) -> None:
    assert value(words.read_kinds(applicants(text))) == kinds


@pytest.mark.parametrize("text", ["기업, 대학, 연구기관", "지자체ㆍ민간기업으로 구성된 기업", "물류사업을 영위하는 자"])
def test_a_body_beside_companies_leaves_companies_in(text: str) -> None:
    found = words.read_kinds(applicants(text))

    assert found is None or not found.unread


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("기업, 대학, 연구기관 - 주관기관이 기업인 경우 법인사업자이어야 함", {"institute", "university"}),
        ("중소기업 또는 대학 ※ 기업일 경우 법인에 한함", {"university"}),
    ],
)
def test_what_is_asked_of_companies_alone_is_not_asked_of_all(text: str, kinds: set[str]) -> None:
    """That a company has to be a corporation is left to people."""
    found = words.read_kinds(applicants(text))
    assert found is not None
    assert (value(found), found.doubtful) == (kinds, True)


@pytest.mark.parametrize(
    "text",
    [
        "장애인 표준사업장으로 인증받은 기업",
        "장애인 다수고용 사업장",
        "여성친화기업",
        "가족친화 인증기업",
        "성실사업자, 성실신고확인대상사업자",
        "간이과세자",
        "면세사업자인 소상공인",
    ],
)
def test_employers_and_taxpayers_of_a_kind_of_their_own_are_left_to_people(text: str) -> None:
    found = words.read_kinds(applicants(text))
    assert found is not None
    assert (found.value, found.doubtful) == (None, True)


@pytest.mark.parametrize("text", ["귀화 희망자로서 요건을 갖춘 자", "귀농을 희망하는 사람", "취업 희망자"])
def test_persons_who_wish_for_something_are_persons(text: str) -> None:
    assert value(words.read_kinds(applicants(text))) == {"individual"}
