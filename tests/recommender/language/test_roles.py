"""Staff told by their trades and a verb of employing, whatever they are called; others who are counted are none."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text


def _employees(text: str) -> int | None:
    return read_text(text, date(2026, 3, 2)).employees


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("공방 합니다. 목수 4명 고용, 2011년 오픈", 4),
        ("한의원을 하는데 물리치료사 5명과 접수 담당 2명이 근무하고 있습니다", 7),
        ("조리장 1명, 서빙 3명, 운전기사 1명 씁니다", 5),
        ("베트남 청년 셋 쓰고예 딸기 합니더", 3),
        ("낚시터에 관리인 2명 두고 있습니다", 2),
        ("반찬 하는 할머니 세 분을 모시고 있어요", 3),
        ("미용사 3명이랑 인턴 2명 있고 작년에 열었어요", 5),
        ("태권도장 사범님 두 분 계세요", 2),
        ("4대보험 넣는 트레이너 3명, 주말엔 알바가 더 와요", 3),
        ("언어치료사 4명과 함께하고 있습니다", 4),
        ("목공소입니다. 작업은 혼자 하고 배달은 맡깁니다", 0),
        ("직언 2명이고 식당입니다", 2),
        ("대구에서 부품 만드는 업체이고 14 employees입니다", 14),
        ("수원에서 영어학원을 합니다. 강사 3명, 차량기사 1명. 2023년 3월 개원", 4),
        ("버스 회사입니다. 기사 41명, 정비 3명, 사무 2명. 1991년 설립", 46),
        ("검도관입니다. 사범 2명이고 차량 도우미 1명이요", 3),
        ("대게식당. 서빙 5 주방 2. 개인사업자", 7),
        ("출판사예요. 편집자 2명, 디자이너 1명, 마케터 1명 있습니다", 4),
        ("전세버스 회사입니다. 기사 9명에 사무직 2명 있어요", 11),
    ],
)
def test_whoever_is_employed_is_staff_and_roles_are_added_up(text: str, number: int) -> None:
    assert _employees(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "수강생 30명과 함께하고 있습니다",
        "입소자 12명 모시고 있습니다",
        "알바 두 명이랑 매니저 1명 있어요",
        "아들 둘 데리고 장사합니다",
        "남편과 딸 둘이 일합니다",
        "일용직 목수 4명을 고용하고 있습니다",
        "좌석 손님 30명 있어요",
        "건물에 수의사 세 분 계세요",
        "세무사 한 분 쓰고 있어요",
        "작년에는 목수 4명을 고용했습니다",
        "목수 4명을 고용하고 싶습니다",
        "거래처는 목수 4명을 고용하고 있습니다",
        "목수 4명을 고용하고 있으면 신청되나요?",
        "목수 4명을 고용하고 있는 회사에 납품합니다",
        "도급 용접사 6명 쓰고 있어요",
        "작가 20명과 함께하고 있습니다",
        "내년에 목수 3명 고용합니다",
        "감자빵 팝니다. 매장 하나 공장 하나. 2021년 개업",
        "학원 두 개, 지사 하나 있습니다",
        "본사 하나, 센터 하나 있어요",
        "초청 강사 2명, 토론자 3명. 세미나 지원을 찾습니다",
        "작년에는 강사 4명, 기사 1명.",
        "거래처는 강사 4명, 기사 1명입니다",
        "필요 인력: 강사 2명, 조교 1명",
        "강사 2명, 조교 1명을 구합니다",
        "작년 사고 건수: 배송 4, 생산 2",
        "소비자 3명, 피해자 2명입니다",
        "지난달 퇴사: 기사 2명, 정비사 1명",
        "입상자 2명, 참가자 40명.",
    ],
)
def test_pupils_family_and_day_labourers_are_none_nor_are_those_of_others(text: str) -> None:
    assert _employees(text) is None
