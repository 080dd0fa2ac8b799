"""Tests of limits on years in business, staff and revenue in a target's words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.limits import Limits, read_limits
from loaders.eligibility.passages import Passage


def read(text: str, field: str) -> Limits | None:
    found = read_limits(Passage("summary", 0, text)).get(field)
    return found.value if found else None


def is_left_to_people(text: str, field: str) -> bool:
    found = read_limits(Passage("summary", 0, text)).get(field)
    return found is not None and found.value is None


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("업력 3년 이상 7년 이내인 경기도 소재 기업", 3, 7),
        ("업력이 3~7년 이내인 기업", 3, 7),
        ("업력이 3년~7년 이내인 강원도 내 소재 기업", 3, 7),
        ("창업 7년 미만인제조업종 중소ㆍ벤처기업", None, 7),
        ("설립 후 7년이내 벤처인증기업", None, 7),
        ("초기창업자(창업 3년 미만)", None, 3),
        ("사업을 개시한 날부터 3년이 지나지 아니한 창업기업", None, 3),
        ("3년 미만 초기창업자", None, 3),
        ("부산 소재 7년 이내의 기술창업기업", None, 7),
        ("1년 이상 영업한 서점", 1, None),
        ("접수일 기준 5년 이내의 핀테크 스타트업", None, 5),
        ("공고일 기준 5년 이내의 관광 스타트업", None, 5),
        ("영업신고 2년 이상 경과한 제과점", 2, None),
        ("사업자등록 후 3년 이상 경과한 업체", 3, None),
        ("4년 이내 여성 창업자", None, 4),
        ("사업자등록 6개월 이상 경과한 소상공인", 0.5, None),
        ("강릉시에서 6개월 이상 영업 중인 업체", 0.5, None),
        ("업력 36개월 이상", 3, None),
        ("접수 마감일 기준 창업 7년 초과 출판사", 7, None),
        ("업력 7년 미만인 중소기업 또는", None, 7),
        ("사업자등록을 한 후 1년이 경과한 소상공인", 1, None),
        ("예비창업자, 업력 3년 이내 창업기업", None, 3),
        ("설립 2년 이상 법인(조선업 우대)", 2, None),
        ("반도체 설계를 하는 창업 9년* 이내 기업", None, 9),
        ("공고일 기준 2년 이내* 창업기업", None, 2),
        ("예비 또는 개업 5년 이내 창업자", None, 5),
        ("군내에서 4개월 이상 가동 중인 공장", 1 / 3, None),
        ("음식점 영업신고(변경 포함) 완료 후 2년 이상 지난 업소", 2, None),
        ("군에 둔 업소로 영업 9월 이상 업체", 0.75, None),
        ("설립(법인 등기) 5년 이내 영화사", None, 5),
        ("업력 5년 이내 로봇 창업기업 - 선정 후 3개월 이내 공장 이전 가능 기업", None, 5),
        ("(주관기관) 창업 5년 미만 법인 - (참여기관) 대학, 중견기업", None, 5),
        ("모두 충족하는 기업 ① 소재지 : 군산시 ② 업력 : 설립 4년 이상", 4, None),
    ],
)
def test_years_in_business(text: str, least: float | None, most: float | None) -> None:
    assert read(text, "age") == Limits(least, most)


@pytest.mark.parametrize(
    "text",
    [
        "전자ㆍIT기업에서 5년 이상 근무한 자",
        "6개월 이상 재직한 자",
        "최근 3년 이내 특허를 취득한 기업",
        "최근 1년 이내 거래실적",
        "지역 창업기업 및 BI 졸업 후 5년 이내 기업",
        "만 60세 이상 채용 의사가 있는 기업",
    ],
)
def test_years_of_something_else_are_no_age(text: str) -> None:
    assert "age" not in read_limits(Passage("summary", 0, text))


@pytest.mark.parametrize(
    "text",
    [
        "2년 이상 정상 가동중인 중소기업",
        "스타트업 기업(3년 미만), 중소 SW기업",
        "(유망기업) 창업 7년 이내 제조업 - (스타기업) 창업 3년 이상 제조업",
        "- 잠재기업 : 창업 10년 이내 기업 - 자율기획기업 : 수출 준비 기업",
        "업력 요건을 갖춘 기업",
        "관내에서 영업 8개월 이상인 업체",
        "최근 5년 이상 계속하여 창업 보육 업무를 수행한 법인",
        "공고일 기준 업력 20년 이상 기업은 자부담으로 교육만 신청 가능",
        "일반 소상공인 및 창업 1년 미만의 소상공인",
        "벤처기업, 창업 7년 이내 광(光) 관련기업",
        "3년 이상 선용품공급업, 선박수리업, 선박관리업 운영 기업",
        "영천시 소재 1년 이상, 종사자 수 20인 미만 제조 중소기업",
        "5년이상 중소기업을 경영한 대표자",
        "사업 운영기간 60일 이상 소상공인",
        "2021. 04. 01. 이후 창업한 스타트업",
        "2024. 1. 1. 이전부터 대구시에 사업자등록증명원 소재지 유지",
        "최근 3개년 결산재무제표를 보유한 기업",
        "공장 등록 후 3년 이상 영업한 업체",
        "묶음형 : 2년 이상 본사 또는 공장이 농공단지에 있는 기업",
        "창업센터 입주기업(창업 5년 미만), 용역 사업장 ※ 해당 요건 중 1개 이상 충족 시 신청 가능",
        "로봇 기업, 업력이 9년 이상인 경우 제외",
        "설립 후 4년 이상 지난 기업, 상근 자문역 보유 기업으로 이 중 1개 이상 해당하는 업체",
        "아래 요건 중 하나 이상에 해당하는 기업 - 창업 5년 미만 기업 - 수출 기업",
    ],
)
def test_years_that_no_one_limit_tells_are_left_to_people(text: str) -> None:
    assert is_left_to_people(text, "age")


@pytest.mark.parametrize(
    "text",
    [
        "창업 5년 이내 기업(신산업 분야는 10년 이내)",
        "업력 5년 이내(딥테크 분야 업력 10년) 창업기업",
        "공예 분야 창업 5년 이내 기업 - 신산업 분야(로봇, 우주항공, 바이오, 양자 등)는 10년 이내 기업",
        "업력 5년 이내 제조 스타트업 ※ 수소차 분야는 10년까지 가능",
        "창업 5년 이내 기업 또는 이노비즈기업",
    ],
)
def test_years_beyond_which_some_are_admitted_are_doubtful(text: str) -> None:
    found = read_limits(Passage("summary", 0, text))["age"]

    assert (found.value, found.doubtful) == (Limits(None, 5), True)
    assert found.spans[-1].quote in text
    assert len(found.spans) > 1


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("상시근로자 5인 이상 중소ㆍ중견기업", 5, None),
        ("고용보험상 피보험자 수 5인 이상의", 5, None),
        ("300인 미만중소기업", None, 299),
        ("근로자 10인 미만 기업", None, 9),
        ("피보험자수 5인 이상 500인 이하 중소기업", 5, 500),
        ("상시근로자 수 5인이상~1,000인미만 기업", 5, 999),
        ("상시 근로자 5인(사업주 포함)이상 사업체", 5, None),
        ("청년을 신규 채용한 5인 이상 중소ㆍ중견기업", 5, None),
        ("중소기업(5인 이상~300인 이하)", 5, 300),
        ("충남 지역 10인 이상 200인 이하 반도체부품 제조기업", 10, 200),
        ("고용인원 10명 이상인 기업", 10, None),
        ("직원 3명 이상을 둔 업체", 3, None),
        ("재직 인원 30명 이상이며 이 중 연구소 소속 재직 인원이 5명 이상인 기업", 30, None),
        ("종사자 수 20인 미만 제조 중소기업", None, 19),
        ("군산시에 있는 7인 종업원 이상 기업", 7, None),
        ("건강보험 직장 가입자가 4명 이상인 기업", 4, None),
    ],
)
def test_staff(text: str, least: int | None, most: int | None) -> None:
    assert read(text, "size") == Limits(least, most)


@pytest.mark.parametrize(
    "text",
    [
        "최소 5인이상의 세종시 지역주민으로 구성된 법인",
        "3명 이상 신규 채용한 기업",
        "3인 이상 공동으로 기업을 차린 사람",
        "최대 5명 이내",
        "3인 미만 사업장의 경우 대표만 수강",
    ],
)
def test_heads_that_are_no_staff(text: str) -> None:
    assert read(text, "size") is None


def test_a_limit_of_the_first_of_several_groups_is_left_to_people() -> None:
    groups = "체계 구축 컨설팅 : 종사자 10~49인 부설연구소 - 고압가스 컨설팅 : 고압가스 취급 연구실"

    assert is_left_to_people(groups, "size")
    assert read("참여기업 : 피보험자 수 5인 이상 기업 - 청년 : 만 15세~34세", "size") == Limits(5, None)


@pytest.mark.parametrize(
    "text", ["근로자수 5인 미만의 소상인 및 10인 미만의 소공인", "상시종업원이 3인이상 순증되고 고용을 유지한 기업"]
)
def test_staff_that_no_one_limit_tells_is_left_to_people(text: str) -> None:
    assert is_left_to_people(text, "size")


@pytest.mark.parametrize(
    "text", ["중위소득 125% 이하 또는 최근 1년 연 매출액 2억원 이하 소상공인", "10만불 미만의 중소ㆍ중견기업"]
)
def test_sales_of_one_of_several_groups_or_of_exports_are_left_to_people(text: str) -> None:
    assert is_left_to_people(text, "revenue")


def test_a_business_of_one_is_left_to_people() -> None:
    assert is_left_to_people("광주 소재 1인 자영업자", "size")


def test_another_bound_in_brackets_is_left_to_people() -> None:
    assert is_left_to_people("상시근로자 수 50인(공동훈련센터형은 20인) 이상", "size")


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("연매출 50억원 미만인 벤처ㆍ창업기업", None, 5_000_000_000),
        ("2025년 기준 매출액 5억원 이상의 기업", 500_000_000, None),
        ("’25년도 연매출액이 1억 원 이하이며", None, 100_000_000),
        ("매출액 0원 초과 1억 400만원 미만", 0, 104_000_000),
        ("전년도 매출액 120억원 미만인 도내 기업", None, 12_000_000_000),
        ("① 소재지 : 김제시 ② 매출액 : 최근 2년 평균 매출액 90억 이하", None, 9_000_000_000),
        ("(수출실적) 1건 이상 - (매출액) 연 4억 이상", 400_000_000, None),
        ("작년 매출액이 1천5백만원 이상 3억원 이하", 15_000_000, 300_000_000),
    ],
)
def test_revenue(text: str, least: float | None, most: float | None) -> None:
    assert read(text, "revenue") == Limits(least, most)


@pytest.mark.parametrize(
    "text",
    [
        "전년도 수출 2천만불 이하 중소기업",
        "매출액의 3%이상 피해 중소기업",
        "매출이 감소한 소상공인",
        "2025년도 수출 실적 2,000만$ 이하 중소기업",
        "연간 수출실적 U$1천만 미만의 중소기업",
        "연 판매액 1천만엔 미만 기업",
    ],
)
def test_sales_that_are_no_revenue_are_left_to_people(text: str) -> None:
    assert is_left_to_people(text, "revenue")


def test_each_limit_keeps_the_words_it_was_read_from() -> None:
    text = "☞ 경북 내 창업 7년 이내, 연매출 50억원 미만인 기업"
    found = read_limits(Passage("summary", 1, text[1:]))

    assert [str(span) for span in found["age"].spans] == ["summary:7 창업 7년 이내"]
    assert [text[span.start :][: len(span.quote)] for span in found["revenue"].spans] == ["매출 50억원 미만"]


@given(st.text(alphabet="업력창업매출액근로자상시인명년개월이상하내미만초과~ ,.0123456789억만원()-", max_size=60))
def test_any_words_are_read_without_complaint_and_limits_are_in_order(text: str) -> None:
    for found in read_limits(Passage("summary", 0, text)).values():
        limits = found.value
        assert found.spans
        assert limits is None or limits.least is None or limits.most is None or limits.least <= limits.most


@pytest.mark.parametrize(
    "text",
    [
        "천안시 소재 5인 이상 우선지원대상 기업 - 청년창업기업 등 1인 이상 ~ 5인 미만 가능",
        "상시근로자 10인 이상 기업 ※ 사회적기업은 10인 미만도 신청 가능",
        "상시근로자 5인 미만 소상공인(제조업 10인 미만)",
    ],
)
def test_staff_below_which_some_are_admitted_is_doubtful(text: str) -> None:
    found = read_limits(Passage("summary", 0, text))["size"]

    assert found.doubtful or found.value is None


def test_staff_of_a_branch_is_left_to_people() -> None:
    found = read_limits(Passage("summary", 0, "지사의 경우 등록ㆍ이전을 마치고 상주인력 2명 이상일 것"))["size"]

    assert found.value is None


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("매출액 30억원 이상 또는 수출액 50만불 이상인 기업", "revenue"),
        ("상시근로자 20인 이상이거나 매출액 20억원 이상인 기업", "size"),
    ],
)
def test_a_limit_beside_which_another_is_enough_is_left_to_people(text: str, field: str) -> None:
    assert read_limits(Passage("summary", 0, text))[field].value is None
