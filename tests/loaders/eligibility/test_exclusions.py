"""Tests of who is left out in a target's words."""

from __future__ import annotations

import pytest

from loaders.eligibility import words
from loaders.eligibility.passages import Passage
from tests.loaders.eligibility.said import passage, value


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
        ("국세ㆍ지방세를 완납한 제조기업", {"arrears"}),
        ("4대 보험 완납 중소기업", {"arrears"}),
        ("공고일 현재 영업활동을 하고 있는 기업", {"closed"}),
        ("올해 재단의 보증지원을 받지 않은 소상공인", {"duplicate"}),
        ("기업 ※ 작년 박람회 참가기업은 신청(중복) 불가", {"duplicate"}),
        ("타 기관의 유사 지원사업 수혜기업 제외", {"duplicate"}),
        ("신용회복 약정자 중 미연체자", {"bad_credit"}),
        (
            "국세 체납, 휴업, 금융기관 채무불이행 및 향락업종을 운영하는 업체는 제외",
            {"arrears", "closed", "bad_credit", "entertainment"},
        ),
        ("부정당업자 제한을 받지 않는 자", {"sanctioned"}),
        ("기업 ※ 신청 제외 대상 : 부도 기업, 휴ㆍ폐업 기업", {"insolvent", "closed"}),
        ("주최측이 참여 제한 사유가 있다고 보는 경우", None),
        ("지방세를 완납하지 못한 기업도 상담 가능", None),
        ("폐업 소상공인", None),
        ("고양시 소재 기업", None),
    ],
)
def test_who_is_left_out(text: str, kinds: set[str] | None) -> None:
    assert value(words.read_exclusions(passage(text))) == kinds


@pytest.mark.parametrize(
    "text",
    [
        "광고ㆍ인쇄업 등 제외",
        "금융지원 결격사유가 없는 기업",
        "참여제한조건 확인",
        "권고사직 이력이 없는 기업",
        "계열사에 해당하지 않는 사업자",
        "제조기업 (수입ㆍ유통업 불가)",
    ],
)
def test_others_who_are_left_out_are_left_to_people(text: str) -> None:
    found = words.read_exclusions(passage(text))

    assert found is not None
    assert found.value is None


def test_parts_of_a_benefit_that_exclude_each_other_leave_nobody_out() -> None:
    target = passage("김제시 소재 기업")
    alone, another = ("업체별 1건 지원 (중복지원 불가)", "타 사업과 중복지원 불가")

    assert words.read_exclusions(target, Passage("summary", 40, alone)) is None
    assert value(words.read_exclusions(target, Passage("summary", 40, another))) == {"duplicate"}


@pytest.mark.parametrize(
    ("text", "kinds", "doubtful"),
    [
        ("국세ㆍ지방세 체납자", {"arrears"}, False),
        ("휴업 또는 폐업 중인 사업자", {"closed"}, False),
        ("휴ㆍ폐업하지 않은 사업자", None, True),
        ("수강생 가운데 폐업자는 신청 가능", None, True),
        ("최종 수혜 기업", {"duplicate"}, False),
        ("작년에 같은 강의를 수강하신 분", {"duplicate"}, True),
        ("국세 체납자 (단, 재기 자금을 지원받은 기업은 예외)", {"arrears"}, True),
        ("부도 기업. 다만 휴업 뒤 다시 연 업체는 신청 가능", {"insolvent"}, True),
        ("타 기관 지원사업과 동시 수행 기업", {"duplicate"}, True),
        ("채무불이행자, 남의 상표를 베낀 상품", {"bad_credit"}, True),
        ("누적 투자금 20억원 이상인 기업", None, True),
        ("해당 없음", None, None),
        ("없음.", None, None),
        ("예비창업자 신청 불가", None, None),
        ("", None, None),
    ],
)
def test_a_field_of_those_left_out_needs_no_word_that_bars_them(
    text: str,
    kinds: set[str] | None,
    doubtful: bool | None,  # noqa: FBT001 - a case of the table
) -> None:
    found = words.read_exclusions(passage("서울 소재 기업"), left_out=passage(text))

    assert (value(found), found and found.doubtful) == (kinds, doubtful)
