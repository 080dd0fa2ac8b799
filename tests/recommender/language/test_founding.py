"""When a company was founded: the first and last day on which it can have been, by the words it uses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.language.text_facts import TextFacts, read_text

TODAY = date(2026, 3, 2)
Day = tuple[int, int, int]


def read(text: str, today: date = TODAY) -> TextFacts:
    return read_text(text, today)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019년에 창업했습니다", (2019, 1, 1), (2019, 12, 31)),
        ("2020년 2월에 설립했습니다", (2020, 2, 1), (2020, 2, 29)),
        ("2021.3.15 설립", (2021, 3, 15), (2021, 3, 15)),
        ("설립일: 2018년 11월 30일", (2018, 11, 30), (2018, 11, 30)),
        ("개업일자 20200229", (2020, 2, 29), (2020, 2, 29)),
        ("98년에 창업한 회사입니다", (1998, 1, 1), (1998, 12, 31)),
        ("76년에 창업한 회사입니다", (1976, 1, 1), (1976, 12, 31)),
        ("작년에 창업했습니다", (2025, 1, 1), (2025, 12, 31)),
        ("지난해 4월에 창업했습니다", (2025, 4, 1), (2025, 4, 30)),
        ("재작년에 창업했습니다", (2024, 1, 1), (2024, 12, 31)),
        ("올해 창업했습니다", (2026, 1, 1), (2026, 3, 2)),
        ("지난달에 개업했습니다", (2026, 2, 1), (2026, 2, 28)),
        ("이번 달에 개업했습니다", (2026, 3, 1), (2026, 3, 2)),
        ("3년 전에 창업했습니다", (2023, 1, 1), (2023, 12, 31)),
        ("2015년부터 식당을 운영합니다", (2015, 1, 1), (2015, 12, 31)),
        ("창업 3년차입니다", (2023, 3, 3), (2024, 12, 31)),
        ("창업 1년차입니다", (2025, 3, 3), (2026, 3, 2)),
        ("창업한 지 5년 됐습니다", (2020, 3, 3), (2021, 12, 31)),
        ("창업한 지 8개월 됐습니다", (2025, 6, 3), (2025, 7, 31)),
        ("업력 10년입니다", (2015, 3, 3), (2016, 12, 31)),
        ("2020년 봄에 창업했습니다", (2020, 1, 1), (2020, 12, 31)),
        ("7년째 운영 중입니다", (2019, 3, 3), (2020, 12, 31)),
        ("개인사업자로 3년째 하는 꽃집이에요", (2023, 3, 3), (2024, 12, 31)),
        ("손세차장을 차린 지 2년입니다", (2023, 3, 3), (2024, 12, 31)),
    ],
)
def test_the_period_in_which_it_was_founded(text: str, first: Day, last: Day) -> None:
    """An age is counted by days, or by calendar years, so that the period holds both; it ends today at the latest."""
    assert read(text).founded == (date(*first), date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "75년에 창업한 회사입니다",
        "30년에 창업했습니다",
        "2020년 2월 30일 설립",
        "2020년 13월에 설립했습니다",
        "거래처는 2010년에 창업했습니다",
        "2020년에 창업했나요?",
        "창업한 지 3년 이내 기업",
        "2018년에 공장을 설립했습니다",
        "2019년 창업지원 사업에 참여했습니다",
        "창업 0년차",
    ],
)
def test_what_tells_of_no_founding_of_its_own_gives_no_period(text: str) -> None:
    """Two digits are of the last fifty years; no day that there is not; nobody else's, and nothing else's."""
    assert read(text).founded is None


def test_what_is_planned_lies_after_today() -> None:
    found = read("2026년 창업 예정입니다")
    assert found.yet_to_found
    assert found.founded is None or found.founded[0] > TODAY
    assert read("예비창업자입니다").yet_to_found
    assert not read("예비창업자였습니다").yet_to_found
    assert not read("2020년에 창업했습니다. 예비창업자 교육을 듣고 싶습니다").yet_to_found


def test_of_one_that_closed_and_began_again_the_new_start_counts() -> None:
    assert read("2010년에 창업했다가 폐업하고 2023년에 재창업했습니다").founded == (
        date(2023, 1, 1),
        date(2023, 12, 31),
    )


def test_two_ways_to_say_it_meet_where_both_hold() -> None:
    """In its third year by either count, and founded in 2024."""
    assert read("2024년에 창업했습니다. 창업 3년차입니다").founded == (date(2024, 1, 1), date(2024, 12, 31))
    assert read("2024년에 창업했습니다. 창업한 지 10년 됐습니다").founded is None, "it contradicts itself"


@given(st.dates(date(2001, 1, 1), date(2060, 12, 31)), st.integers(1, 40))
def test_every_day_on_which_an_age_is_true_is_in_its_period(today: date, years: int) -> None:
    """Whoever is so many full years old today was founded within the period."""
    found = read(f"창업한 지 {years}년 됐습니다", today).founded
    assert found is not None
    first, last = found
    for days in (0, 100, 364):
        born = date(today.year - years, today.month, min(today.day, 28)) - timedelta(days)
        assert first <= born + timedelta(3)
        assert born <= last
    assert last.year == today.year - years
    assert (today - first).days < 366 * (years + 1)


@given(st.integers(0, 3000), st.integers(1, 30))
def test_what_is_told_does_not_depend_on_when_it_is_read(shift: int, years: int) -> None:
    """A calendar year is the same whenever it is read; an age moves with the day of reading."""
    later = date(2026, 3, 2) + timedelta(shift)
    assert read("2019년에 창업했습니다", later).founded == read("2019년에 창업했습니다").founded
    now, then = read(f"{years}년 전에 창업했습니다").founded, read(f"{years}년 전에 창업했습니다", later).founded
    assert now is not None
    assert then is not None
    assert then[0].year - now[0].year == later.year - 2026


@pytest.mark.parametrize(
    ("text", "founded"),
    [
        ("작년 5월 10일 개업했습니다", (date(2025, 5, 10), date(2025, 5, 10))),
        ("개인택시 23년째입니다", (date(2003, 3, 3), date(2004, 12, 31))),
        ("올해로 딱 18년째예요", (date(2008, 3, 3), date(2009, 12, 31))),
        ("세탁소 한 지 올해로 22년이고", (date(2003, 3, 3), date(2004, 12, 31))),
        ("올해 안에 정식으로 시작하고 싶어요", None),
        ("올해 하반기에 창업하려고 합니다", None),
        ("휴업 2년째입니다", None),
        ("회사원 10년차입니다", None),
        ("내년에 10년 차인 회사입니다", None),
    ],
)
def test_years_of_a_trade_are_read_and_wishes_and_years_of_something_else_are_not(
    text: str, founded: tuple[date, date] | None
) -> None:
    assert read(text).founded == founded
