"""Tests of whom a target prefers or bars, which is no part of what it asks: words of applicants x wordings."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.asides import set_apart
from loaders.eligibility.limits import Limits
from loaders.eligibility.passages import cut
from loaders.eligibility.reading import Columns, NoticeReading, read_notice
from tests.loaders.eligibility.said import passage

ASKED = "중소기업"
APPLICANTS = (
    "이노비즈 인증기업",
    "벤처기업",
    "여성기업",
    "청년 대표 기업",
    "상시근로자 5인 이상 기업",
    "업력 3년 이상 기업",
    "매출액 10억원 이상 기업",
    "제조업",
    "서울 소재 기업",
    "HACCP 인증을 받은 업체",
)
PREFERRED = (
    "{asked} ({others} 우대)",
    "{asked} ※ {others} 가점",
    "{asked} ※ 우대사항 : {others}",
    "{asked} ※ {others}에 가산점을 부여함",
    "{asked} - 우대 : {others}",
    "{asked} ({others} 우선 선정)",
    "{asked}\n* 가점 대상: {others}",
    "{asked} (우대: {others})",
    "{asked} (단, {others} 우선 지원)",
)
BARRED = (
    "{asked} ({others} 제외)",
    "{asked} ({others} 지원 불가)",
    "{asked}, {others} 신청 불가",
    "{asked} ※ {others}는 참여 불가",
    "{asked} ※ 단, {others}는 신청할 수 없음",
    "{others}를 제외한 {asked}",
)


def read(target: str, columns: Columns | None = None) -> NoticeReading:
    return read_notice(
        cut("공고", f"사업입니다. ☞ {target} ☞ 시제품 제작"), columns or Columns(authority="중소벤처기업부")
    )


def rules(lines: tuple[str, ...] | None) -> set[str]:
    return {line.partition("@")[0] for line in lines or ()}


@pytest.mark.parametrize(
    ("wording", "others"),
    [
        *product((*PREFERRED, "{asked}, {others} 우대", "{asked} 중 {others} 우대"), APPLICANTS),
        *product(PREFERRED, (", ".join(APPLICANTS[:3]), "ㆍ".join(APPLICANTS[1:4]))),
        ("{asked}, {others}(우대)", "상시근로자 5인 이상"),
        ("{asked}, {others}을 70% 안팎 우선 선정", "업력 2년 이내 재창업기업"),
    ],
)
def test_whom_a_target_prefers_is_not_asked_for(wording: str, others: str) -> None:
    plain, asked = (read(text) for text in (ASKED, wording.format(asked=ASKED, others=others)))

    assert replace(asked, read_from=plain.read_from) == plain
    assert asked.unread == ()


@pytest.mark.parametrize("wording", BARRED)
def test_founders_who_are_barred_are_not_admitted(wording: str) -> None:
    asked = read(wording.format(asked="창업기업", others="예비창업자"))

    assert (asked.targets, asked.admits_pre_founders) == (("startup",), False)
    assert rules(asked.unread) <= {"region", "exclusion"}
    assert asked.unread == () or "제외한" in wording


@pytest.mark.parametrize(
    ("wording", "others"), [*product(BARRED, ("벤처기업", "여성기업", "협동조합", "기업부설연구소 보유 기업"))]
)
def test_others_who_are_barred_are_no_applicants_and_left_to_people(wording: str, others: str) -> None:
    asked = read(wording.format(asked="소상공인", others=others))

    assert (asked.targets, asked.certificates, asked.representatives) == (("micro",), (), ())
    assert "exclusion" in rules(asked.unread)


@pytest.mark.parametrize(
    ("target", "targets"),
    [
        ("법인사업자 (개인사업자 신청 불가)", ("corporation",)),
        ("중소기업 (대기업 신청 불가)", ("sme",)),
        ("창업기업 (예비창업자 신청 불가)", ("startup",)),
    ],
)
def test_who_is_told_apart_by_what_is_asked_need_not_be_barred_too(target: str, targets: tuple[str, ...]) -> None:
    asked = read(target)

    assert (asked.targets, rules(asked.unread) - {"exclusion"}, asked.exclusions) == (targets, set(), ())


@pytest.mark.parametrize("lacked", ["벤처기업 인증이 없는", "이노비즈 인증을 받지 않은", "여성기업이 아닌"])
def test_what_an_applicant_lacks_is_not_asked_for(lacked: str) -> None:
    asked = read(f"{lacked} 중소기업")

    assert (asked.targets, asked.certificates, asked.representatives) == (("sme",), (), ())


def test_years_and_staff_of_those_who_are_barred_are_left_to_people() -> None:
    old = read("로봇 제조기업 (업력이 9년 이상인 경우 제외)")
    assert (old.age, "age" in rules(old.unread)) == (Limits(), True)
    young = read("업력 7년 이내 창업기업 (업력 1년 미만 제외)")
    assert (young.age, "age" in rules(young.unread)) == (Limits(None, 7), True)


def test_whoever_stands_in_a_list_before_the_one_who_is_preferred_is_left_to_people() -> None:
    asked = read("중소기업, 벤처기업, 여성기업 우대")

    assert (asked.targets, asked.representatives, rules(asked.unread)) == (("sme",), (), {"target"})
    assert rules(read("중소기업 - 이노비즈 인증기업, 여성기업 우대").unread) == {"certificate"}


def test_founders_whom_a_column_lists_and_the_text_bars_are_left_to_people() -> None:
    asked = read("창업기업 (예비창업자 제외)", Columns(admits_pre_founders=True))

    assert (asked.admits_pre_founders, "target" in rules(asked.unread)) == (True, True)


@pytest.mark.parametrize(
    "target",
    [
        "우선지원대상 기업",
        "조달가점, 법정의무인증을 취득한 기업",
        "상시근로자 5인 이상(대표 제외)의 기업",
        "사업자등록을 하지 않은 예비창업자",
        "예비창업자를 포함한 소상공인",
        "창업 후 7년이 지나지 않은 기업",
        "대표자가 한국 국적자가 아닌 기업",
        "중소ㆍ중견기업 ※ 창업기업, 디자인전문회사 포함",
        "업력 7년 이내 기업 (딥테크는 10년 이내)",
    ],
)
def test_words_of_the_law_and_of_a_count_set_nothing_apart(target: str) -> None:
    apart = set_apart(passage(target))

    assert (apart.conditions.text, apart.applicants.text) == (target, target)


def test_what_is_set_apart_leaves_every_word_in_its_place() -> None:
    text = "서울 소재 중소기업 (벤처기업 우대, 예비창업자 제외)"
    apart = set_apart(passage(text))

    assert apart.conditions.text == text.replace("벤처기업 우대", " " * 7)
    assert apart.applicants.text == "서울 소재 중소기업 (".ljust(len(text) - 1) + ")"
    assert (apart.barred.text.strip(" ,"), len(apart.barred.text)) == ("예비창업자 제외", len(text))


@given(st.text(alphabet="중소기업벤처우대가점제외불가신청예비창업자※()[]:,. -*\n", max_size=60))
def test_any_text_is_set_apart_without_moving_a_word(text: str) -> None:
    apart = set_apart(passage(text))

    for part in (apart.conditions, apart.applicants, apart.barred, apart.unsure):
        assert all(own in (" ", whole) for own, whole in zip(part.text or " " * len(text), text, strict=True))
