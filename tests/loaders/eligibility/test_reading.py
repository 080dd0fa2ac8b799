"""Tests of a notice read as a whole: columns and text together."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.eligibility.limits import Limits
from loaders.eligibility.passages import Passage, cut
from loaders.eligibility.reading import Columns, NoticeReading, read_notice


def read(summary: str, title: str = "2026년 지원사업 공고", columns: Columns | None = None) -> NoticeReading:
    return read_notice(cut(title, summary), columns or Columns())


def rules(lines: tuple[str, ...] | None) -> set[str]:
    return {line.partition("@")[0] for line in lines or ()}


def test_what_is_understood_has_its_words_and_nothing_is_left() -> None:
    asked = read(
        "사업입니다. ☞ 업력 3년 이상 7년 이내인 중소기업 ☞ 업체당 최대 1억원 이내",
        columns=Columns(targets=("중소기업",)),
    )

    assert (asked.age, asked.max_support_krw, asked.targets) == (Limits(3, 7), 100_000_000, ("sme",))
    assert asked.unread == ()
    assert "age@summary:9 업력 3년 이상 7년 이내" in asked.read_from


def test_a_notice_without_a_target_was_not_read() -> None:
    assert read("아무 말", columns=Columns(targets=("중소기업",))).unread is None


def test_limits_in_the_column_of_applicants_hold_where_there_is_no_text() -> None:
    asked = read("아무 말", columns=Columns(targets=("고용보험 피보험자 10인 이상 기업",)))

    assert (asked.staff, asked.unread) == (Limits(10, None), None)
    assert "size@target_text:5 피보험자 10인 이상" in asked.read_from


def test_what_is_spoken_of_and_not_understood_is_left_to_people() -> None:
    asked = read(
        "☞ 업력 요건을 갖추고 수출 2천만불 이하이며 「도약 프로그램」에 선정된 자 "
        "※ 자세한 지원대상 공고문 참조 ☞ 1인당 월 60만원"
    )

    assert rules(asked.unread) == {"age", "revenue", "certificate", "notice", "support"}
    assert asked.age == Limits()


def test_years_and_staff_that_only_the_title_tells_are_left_to_people() -> None:
    asked = read("☞ 관내 기업 ☞ 공간 지원", title="업력 7년 이내 창업기업 입주 모집 공고")

    assert (rules(asked.unread), asked.age) == ({"age", "region"}, Limits())
    assert rules(read("☞ 소상공인 ☞", title="1인 소상공인 고용보험료 지원 공고").unread) == {"size"}
    assert read("☞ 업력 3년 이내 기업 ☞", title="업력 7년 이내 기업 모집 공고").age == Limits(None, 3)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("☞ 창업기업 (업력 제한 없음) ☞", Limits()),
        ("☞ 업력과 매출 규모에 제한 없이 누구나 ☞", Limits()),
        ("☞ 업력 무관, 법인 ☞", Limits()),
        ("☞ 업력 7년 이내, 투자 단계 제한 없음 ☞", Limits(None, 7)),
        ("☞ 창업기업, 지역 제한 없음 ☞", Limits(None, 10)),
    ],
)
def test_a_text_that_lifts_the_limit_on_years_goes_before_a_list_of_ages(text: str, age: Limits) -> None:
    assert read(text, columns=Columns(age=Limits(None, 10))).age == age


def test_sizes_of_the_text_win_over_the_column() -> None:
    assert read("☞ 중소ㆍ중견기업 ☞", columns=Columns(targets=("중소기업",))).targets == ("mid_size", "sme")
    assert read("☞ 소기업ㆍ소상공인 ☞", columns=Columns(targets=("중소기업",))).targets == ("micro", "small")
    assert read("☞ 기업 ☞", columns=Columns(targets=("중소기업",))).targets == ("sme",)


def test_companies_beside_a_class_of_size_keep_that_of_the_column() -> None:
    beside = read("☞ 도내 기업, 소상공인, 동호회 ☞", columns=Columns(targets=("중소기업",)))

    assert (beside.targets or ())[:1] == ("micro",)
    assert "sme" in (beside.targets or ())
    assert read("☞ 도내 소상공인 ☞", columns=Columns(targets=("중소기업",))).targets == ("micro",)


def test_sizes_that_contradict_the_column_are_to_be_checked() -> None:
    asked = read("☞ 대기업(계열사 포함) 및 중견기업 ☞ 구축 지원", columns=Columns(targets=("중소기업",)))

    assert asked.targets == ("large", "mid_size")
    assert rules(asked.unread) == {"target"}


def test_the_category_of_founders_yields_to_the_kind_that_the_text_names() -> None:
    assert read("☞ 사업자등록을 하지 않은 예비창업자 ☞", columns=Columns(targets=("창업벤처",))).targets == (
        "pre_founder",
    )
    assert read("☞ 경북 도내 기업 ☞", columns=Columns(targets=("창업벤처",))).targets == ("startup", "venture")
    assert read("☞ 은퇴 체육인 ☞", columns=Columns(targets=("창업벤처",))).targets == ("individual",)


def test_a_category_of_young_companies_that_nobody_else_speaks_of_is_to_be_checked() -> None:
    young = Columns(targets=("창업벤처",))

    assert rules(read("☞ 경북 도내 기업 ☞", columns=young).unread) == {"target"}
    assert rules(read("☞ 경북 도내 기업 ☞", "스타트업 모집 공고", columns=young).unread) == set()
    assert rules(read("☞ 경북 도내 창업기업 ☞", columns=young).unread) == set()


def test_start_ups_that_a_title_calls_up_are_asked_for() -> None:
    assert read("☞ 3년 미만 중소기업 ☞", "스타트업 데모데이 참여기업 모집").targets == ("sme", "startup")
    assert read("☞ 중견기업 ☞", "스타트업 오픈이노베이션 수요기업 모집").targets == ("mid_size",)


def test_founders_stay_beside_ventures_where_the_text_counts_years_from_founding() -> None:
    asked = read("☞ 창업 7년 미만인 제조업종 중소ㆍ벤처기업 ☞", columns=Columns(targets=("창업벤처",)))

    assert asked.targets == ("sme", "startup", "venture")


def test_start_ups_of_more_than_seven_years_are_a_contradiction() -> None:
    assert rules(read("☞ 창업 7년 초과 출판사 ☞", columns=Columns(targets=("창업벤처",))).unread) == {"target"}


def test_how_old_a_start_up_may_be_is_told_by_the_law_of_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Companies of eight years are no start-ups by an act of seven years, and may be by one of ten."""

    def unread(on: date) -> set[str]:
        return rules(read("☞ 업력 8년 이상인 창업기업 ☞", columns=Columns(targets=("창업벤처",), on=on)).unread)

    assert (unread(date(2026, 3, 2)), unread(date(2021, 3, 2))) == ({"target"}, {"target"})
    monkeypatch.setattr("loaders.eligibility.reading.figure_on", lambda *_: 10.0)
    assert unread(date(2026, 3, 2)) == set()


def test_what_text_and_column_both_admit_holds_and_is_doubtful_where_they_differ() -> None:
    asked = read("☞ 창업 7년 이내 창업기업 ☞", columns=Columns(age=Limits(most=10)))

    assert (asked.age, rules(asked.unread)) == (Limits(most=7), {"age"})
    assert "age@summary:2 창업 7년 이내" in asked.read_from
    apart = read("☞ 업력 7년 이상인 기업 ☞", columns=Columns(age=Limits(most=3)))
    assert (apart.age, rules(apart.unread), rules(apart.read_from)) == (Limits(most=3), {"age"}, set())
    assert rules(read("☞ 창업 7년 이내 창업기업 ☞", columns=Columns(age=Limits(most=7))).unread) == set()


def test_a_list_of_ages_that_may_mean_everybody_is_doubtful_where_the_text_sets_none() -> None:
    columns = Columns(age=Limits(most=10), open_ages=Passage("target_text", 5, "1년미만, 10년미만"))
    silent = read("☞ 판로를 찾는 기업 ☞", columns=columns)

    assert (silent.age, rules(silent.unread)) == (Limits(most=10), {"age"})
    assert "age@target_text:5 1년미만, 10년미만" in silent.read_from
    assert read("☞ 창업 10년 이내 기업 ☞", columns=columns).unread == ()


@given(st.text(), st.text(max_size=60))
def test_every_span_can_be_looked_up(title: str, target: str) -> None:
    summary = f"목적 ☞ {target} ☞ 업체당 1억원 이내"
    asked = read(summary, title)
    for line in (*asked.read_from, *(asked.unread or ())):
        place, _, rest = line.partition("@")[2].partition(":")
        start, _, quote = rest.partition(" ")
        whole = {"title": title, "summary": summary}[place]
        assert "".join(quote.split()) == "".join(whole[int(start) :].split())[: len("".join(quote.split()))]


def test_a_category_of_leaders_is_none_where_the_text_tells_of_employers() -> None:
    """장애인 표준사업장 employs disabled people; who leads it is not told."""
    asked = read("☞ 장애인 표준사업장으로 인증받은 기업 ☞", columns=Columns(targets=("장애인기업",)))
    assert (asked.targets, rules(asked.unread) >= {"target"}) == (None, True)
    assert read("☞ 장애인이 대표인 기업 ☞", columns=Columns(targets=("장애인기업",))).targets == ("disabled",)
