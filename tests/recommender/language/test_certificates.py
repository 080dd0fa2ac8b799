"""A certificate is held where the first predicate behind its name, or behind the list it is in, says so."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)


def held(text: str) -> tuple[str, ...]:
    return read_text(text, TODAY).certificates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("메인비즈는 작년에 따놨고 벤처는 아직 안 땄어요", ("메인비즈",)),
        ("벤쳐기업 인증 O, 이노비즈 X, 여성기업 X", ("벤처기업",)),
        ("3대 인증(벤처, 이노비즈, 메인비즈) 다 있습니다", ("벤처기업", "이노비즈", "메인비즈")),
        ("벤처 + 이노비즈 + 메인비즈 3종 인증 보유", ("벤처기업", "이노비즈", "메인비즈")),
        ("이노비즈는 3년 전에 취득했는데 아직 살아있습니다", ("이노비즈",)),
        ("뿌리기업 확인서는 3월에 만료 예정이고 지금은 유효해요", ("뿌리기업",)),
        ("가지고 있는 건 이노비즈 하나입니다", ("이노비즈",)),
        ("인증은 여성기업밖에 없어요", ("여성기업",)),
        ("메인비즈는 있고 이노비즈는 만료됐어요", ("메인비즈",)),
        ("이노비즈 A등급입니다", ("이노비즈",)),
        ("부산 강서구 / 벤처기업, 메인비즈 / 직원 9명", ("벤처기업", "메인비즈")),
        ("장애인기업 맞고요, 직원은 셋입니다", ("장애인기업",)),
        ("지난해부터 연구개발전담부서로 등록해 놓았습니다", ("연구개발전담부서",)),
        ("법인 메인비즈 여성기업 둘다 있음", ("메인비즈", "여성기업")),
    ],
)
def test_the_predicate_behind_a_name_says_that_it_is_held(text: str, names: tuple[str, ...]) -> None:
    assert held(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "벤처는 재작년에 끝났어요",
        "여성기업 지원사업에 선정됐습니다",
        "여성기업 인증서가 있는 배우자 회사와 합칩니다",
        "벤처 인증 컨설팅을 받았습니다",
        "벤처 인증 심사를 받았습니다",
        "장애인기업 확인서 발급 대기중",
        "이노비즈는 3년 전에 취득했다가 놓쳤습니다",
        "소셜벤처 인증 받았어요",
        "메인비즈 갱신을 못 했어요",
        "메인비즈 여성기업 둘 다 없습니다",
        "이노비즈 벤처기업 인증 준비하고 있습니다",
    ],
)
def test_what_ended_or_is_told_of_something_else_is_not_held(text: str) -> None:
    assert held(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("이노비즈 만료돼서 올해 2월에 다시 받았습니다. 메인비즈도 유지중이에요", ("이노비즈", "메인비즈")),
        ("이노비즈가 만료됐다가 작년 11월에 재인증 받았어요", ("이노비즈",)),
        ("벤처는 작년 가을에 끝났고 이노비즈 하나 남았네요", ("이노비즈",)),
        ("메인비즈를 올해 안에 받는 것이 목표이고 여성기업확인서는 보유하고 있습니다", ("여성기업",)),
        ("벤처인증 기간이 끝났는데 아직 재인증을 못 받았습니다", ()),
        ("이노비즈가 만료돼서 다시 받으려고요", ()),
        ("3년 안에 이노비즈 따고 매출 20억 찍는 게 꿈입니다", ()),
        ("이노비즈 인증 완료 목표", ()),
        ("정식 기업부설연구소로 인정받은 건 아니고 사내 조직입니다", ()),
        ("거래하는 작가님들은 여성기업 인증이 있습니다", ()),
    ],
)
def test_a_paper_given_back_is_held_and_one_to_come_denied_or_of_persons_is_not(
    text: str, names: tuple[str, ...]
) -> None:
    assert held(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("여성기업만 된다고 적혀 있던데요", ()),
        ("뿌리기업 대상 사업이라고 합니다", ()),
        ("여성기업만 신청할 수 있대요", ()),
        ("메인비즈만 받아 두었습니다", ("메인비즈",)),
    ],
)
def test_a_condition_is_no_certificate_of_ones_own(text: str, names: tuple[str, ...]) -> None:
    assert held(text) == names
