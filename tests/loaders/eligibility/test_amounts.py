"""Tests of what one applicant gets, and of the share that it bears."""

from __future__ import annotations

import pytest

from loaders.eligibility.amounts import read_amount, read_own_share
from loaders.eligibility.passages import Passage


@pytest.mark.parametrize(
    ("text", "krw"),
    [
        ("최대 160만원 지원", 1_600_000),
        ("지원대상별연간 60억원 이내 지원", 6_000_000_000),
        ("업체당 5억원(우량 중소기업 10억원)이내", 1_000_000_000),
        ("2억원~5억원 이내 지원", 500_000_000),
        ("기업당 20~50백만원 지원", 50_000_000),
        ("1개사당 보조금 합산 최대 50백만원 지원", 50_000_000),
        ("총 4억원 이내 지원(수요기업 2개 선정, 기업 당 2억원 매칭지원)", 200_000_000),
        ("(예산 규모 1,395억원) - 연간 한도 : 수주기업 15억원", 1_500_000_000),
        ("업체당 최대 100~200만원 한도이내", 2_000_000),
        ("과제당 총 15억원 내외 지원", 1_500_000_000),
        ("업체별 최대 1,500만원 한도 내 지원(채널별 최대 500만원한도 내 지원)", 15_000_000),
        ("개인 또는 법인 당 2천만원 한도", 20_000_000),
        ("최대 1억5천~ 2억원 융자 지원", 200_000_000),
        ("사업화자금(평균0.67억원,최대1억원)", 100_000_000),
        ("기업 지원금 40만원, 멘토 수당 30만원 (8주 기준) 지원", 400_000),
        ("대출한도 운전자금 1억원, 시설자금 5억원 지원", 500_000_000),
        ("최대 1천만원 또는 2천만원 지원", 20_000_000),
        ("총 30백만원 이내 지원", 30_000_000),
        ("총 15억원 이내(시설자금 13억원, 운영자금 2억원) 융자", 1_500_000_000),
        ("업체당 최대 8억한도 내 지원", 800_000_000),
        ("디자인 컨설팅(1일 300천원 이내), 디자인 개발(최대500만원) 등 지원", 5_000_000),
        ("시험수수료 1회 최대 4,000천원 지원(연간 최대 8,000천원 이내)", 8_000_000),
        ("연 75억원 내외 지원", 7_500_000_000),
        ("연간 한도 판매기업 10억원, 구매기업 30억원 이내", 1_000_000_000),
        ("매장별 700,000원 지원", 700_000),
        ("개업비 1천만원 이내, 기금 융자 최대 2억원(금리 1%) 추천", 10_000_000),
        ("가게당 최대 2억원 이내→가게당 최대 3천만원 이내로 변경", 30_000_000),
        ("정부지원금 9억원(3개 과제, 각 3억원) 지원", 300_000_000),
    ],
)
def test_the_most_that_one_applicant_gets(text: str, krw: float) -> None:
    found = read_amount(Passage("summary", 0, text))

    assert found is not None
    assert found.value == krw


@pytest.mark.parametrize(
    "text",
    [
        "6개월간 최대 월 4만원 장려금 적립 지원",
        "1명당 840,000원 지원",
        "업체당 창고보관료(월 60만원 한도), 운송료(월 80만원 한도) 지원",
        "지원사 당 최대 1,5000,000원",
        "종당 최대 50백만원 이내",
        "평균 5,000만원 지원금",
        "과제당 연간 평균 2억원 내외 지원",
        "임차비 지원(실 당 최대 300,000원)",
        "프로젝트당 90억원 내외(민간 先투자 20억원 이상)",
        "50만원 지원",
        "편당 50백만원 내외 지원",
        "1대당 최대 465만원 지원",
        "1회 최대 100~200만원까지 지원",
        "여행사별 1회에 최대 500만원 한도 내에서 지원",
        "해당 기업에 인건비(최대 225만 원) 최대 6개월까지 지원",
        "인건비 월 200 ~ 250만원 한도 지원",
        "72억 원 내외 지원",
        "지원분야별 최대 2천만원/건까지 지원",
        "편도운송료(70만원한도), 기타 운영 등 지원",
        "부스 제공, 업체당 숙박비 최대 30만원",
        "부스비 지원, 현장운영비 지원(기업당 120만원 내)",
        "1년간 최대 720만원 지원, 청년 2년간 최대 720만원 지원",
        "예비승인일 ~ 180일까지 ※ 단, 승인액 200억 원 이상, 1년 이상인 융자사업",
    ],
)
def test_sums_of_something_else_are_left_to_people(text: str) -> None:
    found = read_amount(Passage("summary", 0, text))

    assert found is not None
    assert found.value is None
    assert found.spans


@pytest.mark.parametrize("text", ["총 170억 원, 130과제", "예산 규모 1,395억원", "컨설팅 지원"])
def test_the_money_of_the_whole_programme_is_nobodys(text: str) -> None:
    assert read_amount(Passage("summary", 0, text)) is None


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("물류비 소요비용의 90% 지원", 10),
        ("총 사업비의 50∼70%이내 지원", 30),
        ("총 사업비의 70~50% 지원", 30),
        ("비용(전시참가ㆍ운영비)의 70% 지원", 30),
        ("납부한 보험료의 10~30%이내 지원(업체당 최대 100만원)", 70),
        ("인증획득비용의 일부(50% ~ 70%) 지원", 30),
        ("자부담 20% 이상", 20),
        ("택배비(최대 3,000천원 한도, 소요비용의 80%) 지원", 20),
        ("공동주택 등의 임차비 90%지원(실 당 최대 300,000원)", 10),
        ("관내 소비액의 70% 이내 지원", 30),
        ("검사비의 90% 지원", 10),
        ("총 소요비용에 대해 기업 유형별로 60~80%, 최대 1억원까지 지원", 20),
        ("컨설팅 비용의 90% 국비 지원", 10),
        ("참가비의 50~80% 사후 지원", 20),
        ("고용보험의 보험료 중 50~80%를 최대 5년(60개월)까지 지원(환급)", 20),
    ],
)
def test_the_least_share_that_the_applicant_bears(text: str, percent: float) -> None:
    found = read_own_share(Passage("summary", 0, text))

    assert found is not None
    assert found.value == percent


@pytest.mark.parametrize(
    "text",
    [
        "부스임차료와 장치비의 50%이내, 운송비 1CBM 편도 100%, 홍보",
        "바이어 발굴, 상담장 임차, 통역, 항공료(50~70%, 참여횟수별 차등지원)",
        "물류비의 90% 지원, 보험료의 50% 지원",
        "총사업비의 30~100% 이내 정부 지원",
        "부스임차료 및 장치비 90%(1부스 기준), 통역",
        "상담 알선, 통역 지원 - 항공료 40% 지원(1사 1인)",
        "부스비 지원(임차비 및 장치비 60%), 현장 운영비 지원",
        "상담장 임차료, 통역, 항공료(1인 40%) 등 지원",
    ],
)
def test_shares_that_differ_by_cost_are_left_to_people(text: str) -> None:
    found = read_own_share(Passage("summary", 0, text))

    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    "text",
    [
        "발주서 금액의 80% 이내",
        "최대 30% 할인쿠폰 지원",
        "연 2.0% 이차보전",
        "수출물량(Kg)×표준물류비의 7% 이내 지원",
        "통상임금 100%이상",
        "총 사업비 10% 최대 80백만원 지원",
        "사업비의 100% 지원",
    ],
)
def test_percentages_of_something_else_are_no_share(text: str) -> None:
    assert read_own_share(Passage("summary", 0, text)) is None
