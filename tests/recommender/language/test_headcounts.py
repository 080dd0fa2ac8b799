"""A number of people is that of the staff where it belongs to a word for them, whatever stands between."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


def employees(text: str) -> int | None:
    return read_text(text, TODAY).employees


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("직원 수는 현재 기준으로 스물다섯 명입니다", 25),
        ("직원이 많이 줄었어요 열다섯에서 일곱으로", 7),
        ("직원이 한 명 그만둬서 세 명으로 운영합니다", 3),
        ("직원 다섯 중 둘이 이번 달에 나가서 셋 남았습니다", 3),
        ("고용 인원은 정규 7, 계약 2 해서 모두 9명", 9),
        ("임직원수 17명(정규직 15명)", 17),
        ("작년에 5명이던 직원이 올해 9명입니다", 9),
        ("현재 인원은 사장 빼고 여덟입니다", 8),
        ("사원 수 27", 27),
        ("직원 세 분 모시고 있습니다", 3),
    ],
)
def test_what_stands_between_a_word_and_its_number_needs_no_order(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("사람 셋 두고 철공소 합니다", 3),
        ("다섯 명이서 해요. 저까지요", 4),
        ("저를 포함한 5명의 팀으로 운영합니다", 4),
        ("지금은 여덟이서 꾸려갑니다 직원이요", 8),
        ("따로 쓰는 사람은 없어요", 0),
        ("직원들 다 나가고 저만 남았어요", 0),
        ("2018년 창업 / 1인 / 온라인 의류", 0),
        ("1인 디자인 회사예요", 0),
        ("혼자 새벽부터 굽고 있어요", 0),
        ("혼자 작업하는 작가입니다", 0),
        ("직원은 이모님 한 분 계세요", 1),
        ("직원은 관제 보는 2명이에요", 2),
        ("직원은 홀 둘에 주방 셋이에요", 5),
        ("지금 있는 직원 2명도 힘들어합니다", 2),
        ("주방장 한 명만 두고 있습니다", 1),
        ("상시근로자: 8 (대표 제외)", 8),
        ("사원수 19명(대표 포함)", 18),
        ("headcount는 founder 빼고 7명", 7),
        ("목표는 내년까지 직원 10명입니다. 지금은 매출 3억에 직원 3명이에요", 3),
        ("취약계층 직원 8명을 포함해 전체 13명이 일합니다", 13),
    ],
)
def test_staff_need_no_word_where_the_verb_or_the_owner_tells(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "수강생 40명, 강사 3명 두고 있습니다",
        "손님이 30명 옵니다. 직원 구합니다",
        "직원이 있고 지금 마흔하나입니다",
        "팀원 4명이 개발하고 2명이 영업합니다",
        "직원 20명일 때 지원받았어요",
        "직원 채용 3명 하면 총 10명 됩니다",
        "전 회사에서 직원 30명을 관리했습니다",
        "직원 30명 규모의 공장에서 일하다가 독립했습니다",
        "우리 업계 평균 직원은 5명입니다",
        "컨설팅 받은 회사는 직원이 15명에서 30명으로 늘었대요",
        "직원을 8명으로 줄여야 합니다",
        "직원은 열명 조금 넘어요",
        "직원 한 명 한 명이 소중합니다",
    ],
)
def test_people_of_another_noun_time_or_firm_are_no_staff(text: str) -> None:
    assert employees(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "직원 10명, 매출 20억이 목표입니다",
        "2027년까지 직원 50명을 채우겠습니다",
        "1인 가구용 밀키트 회사입니다",
        "1인 회사였는데 직원을 뽑았습니다",
        "1인 기업으로 시작해 지금은 여럿입니다",
        "예전에는 혼자 운영했어요",
        "혼자 사는 분들의 반찬을 만들어요",
        "혼자 만들어 보려고 합니다",
        "직원이 혼자 가게를 지키고 있어요",
        "직원은 이모 한 명 뽑고 싶어요",
        "직원은 디자이너 2명, 그리고 인턴 하나",
        "직원이 10명 쪼매 넘어요",
        "혼자 작업하는 작가들을 위한 공유공방이에요",
        "혼자서 편집 작업을 다 하는 직원이 있어요",
        "1인 미용실을 운영하는 분들을 상대로 영업합니다",
    ],
)
def test_staff_of_a_goal_a_time_before_or_only_some_are_not_read(text: str) -> None:
    assert employees(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("홀에 2명, 주방에 3명 이렇게 직원이 다섯이에요", 5),
        ("남자 5명 여자 4명 해서 총 9명이 일해요", 9),
        ("직원은 재봉사 셋하고 재단사 하나예요", 4),
        ("직원은 반장 2명, 경리 1명 이렇게 3명입니다", 3),
        ("저랑 직원 셋 이렇게 넷이서 버팁니다", 3),
        ("현재 재직 인원 31명(사무 6, 현장 25)", 31),
        ("직원은 일 년 내내 6명으로 돌립니다", 6),
        ("직원은 카운터 한 명뿐이에요", 1),
        ("상근자는 간사 1명뿐입니다", 1),
        ("직원은 저희 언니 한 명이에요", 1),
        ("직원으로 조카 하나 두고 있어요", 1),
        ("여동생이 직원으로 등록되어 있습니다", 1),
        ("직원은 분점에만 4명이에요", 4),
        ("본점 직원 2명, 분점 직원 5명입니다", 7),
        ("직원은 본점 5명, 분점 3명이에요", 8),
        ("저와 남편, 직원 2명이 일합니다", 2),
        ("알바2명 직원1명", 1),
        ("상시근로자 10명 미만만 된다던데 저희는 8명이에요", 8),
        ("직원3 사장1", 3),
        ("대표 1명 직원 6명", 6),
    ],
)
def test_staff_told_by_what_they_do_are_summed(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("사람은 저 빼고 3명.", 3),
        ("직원은 저 빼면 여섯입니다", 6),
        ("대표 포함 임직원 21명입니다", 20),
        ("대표자 1인 포함 4인", 3),
        ("직원은 4명, 저까지 하면 5명", 4),
        ("가게 식구는 저까지 다섯이에요", 4),
        ("총인원 11명, 대표 제외 10명", 10),
    ],
)
def test_whether_the_owner_is_counted_in_is_told_in_many_ways(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("종업원수(명): 9 / 설립 2014", 9),
        ("상시근로자 (대표 제외) 6명", 6),
        ("피보험자 수 29명", 29),
        ("점원 둘 있습니다", 2),
        ("직원네명이고 손님은 많아요", 4),
        ("빵집하는데요직원이세명입니다", 3),
        ("직원 너이 데리고 합니더", 4),
        ("식구 같은 직원 셋하고 일해요", 3),
        ("동업자가 직원 다섯 중 셋을 데려갔어요. 남은 직원 두 명이랑 합니다", 2),
        ("직원 300명짜리 원청이 부도났습니다. 저희 근로자는 8명이에요", 8),
    ],
)
def test_labels_crowded_and_spoken_spellings_are_read(text: str, number: int) -> None:
    assert employees(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "강사 4명에 상담 직원 1명 있고요",
        "점원 한 명, 배달 기사 한 명",
        "점장 1명, 직원 3명",
        "직원 3명, 점장 1명",
        "직원 두 명분 인건비를 지원받고 싶어요",
        "강사 2명, 수강생 30명 해서 총 32명입니다",
        "외국인 근로자 2명, 내국인 3명 씁니다",
        "직원은 하루에 손님 30명을 받습니다",
        "직원은 최대 5명까지 가능합니다",
        "직원은 주방 1명 더 필요해요",
        "경쟁사는 매출이 30억, 직원 20명입니다",
        "직원이 스무 명 가까이 됩니다",
        "식구 넷이 매달려 합니다",
        "용접사 셋 두고 장부 적는 직원이 하나 있어요",
        "저 말고 미용사가 한 명 더 있고 보조 셋이 근무합니다",
        "계약직까지 하면 많고 정규직만 19명입니다",
    ],
)
def test_staff_beside_others_or_of_others_are_not_all_there_are(text: str) -> None:
    assert employees(text) is None
