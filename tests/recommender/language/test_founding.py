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
        ("회사는 3년 전에 만들었습니다", (2023, 1, 1), (2023, 12, 31)),
        ("10년 전에 부산에서 창업했습니다", (2016, 1, 1), (2016, 12, 31)),
        ("가게 연 게 3년 전이에요", (2023, 1, 1), (2023, 12, 31)),
        ("회사 차린 건 8개월 전입니다", (2025, 6, 3), (2025, 7, 31)),
        ("창업한 게 5년 전입니다", (2021, 1, 1), (2021, 12, 31)),
        ("개업은 지난달입니다", (2026, 2, 1), (2026, 2, 28)),
        ("카페를 열었어요. 3년 전입니다", (2023, 1, 1), (2023, 12, 31)),
        ("5년 전부터 카페를 하고 있습니다", (2021, 1, 1), (2021, 12, 31)),
        ("재창업했습니다. 2023년에 법인을 설립했어요", (2023, 1, 1), (2023, 12, 31)),
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
        "가게 오픈한 지 1년 반 됐어요",
        "올해 9월이면 개업한 지 5년이 됩니다",
        "2020년 설립된 협력사와 일합니다",
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


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("인쇄소 / 은평구 / 19년째", (2007, 3, 3), (2008, 12, 31)),
        ("분식집 합니다 올해로 6년차고 혼자 해요", (2020, 3, 3), (2021, 12, 31)),
        ("사진관 한지 벌써 꼭 13년째네요", (2013, 3, 3), (2014, 12, 31)),
        ("업력은 5년차네요", (2021, 3, 3), (2022, 12, 31)),
        ("골목에서 16년째.", (2010, 3, 3), (2011, 12, 31)),
        ("장사한 지는 4년 됐고요", (2021, 3, 3), (2022, 12, 31)),
        ("설립 9개월 / 법인", (2025, 5, 3), (2025, 6, 30)),
        ("오픈한 지 반년 됐어요", (2025, 8, 3), (2025, 9, 30)),
        ("올해 20주년입니다", (2005, 3, 3), (2006, 12, 31)),
    ],
)
def test_how_old_it_is(text: str, first: Day, last: Day) -> None:
    assert read(text).founded == (date(*first), date(*last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("치과입니다. 2016년 2월에 개원했어요", (2016, 2, 1), (2016, 2, 29)),
        ("2007년 창사했습니다", (2007, 1, 1), (2007, 12, 31)),
        ("설립년월: 2013-07", (2013, 7, 1), (2013, 7, 31)),
        ("사업자등록 2018.10.05, 직원 1인", (2018, 10, 5), (2018, 10, 5)),
        ("국수집임 사업자2023년8월", (2023, 8, 1), (2023, 8, 31)),
        ("물류 / 1997 설립 / 30명", (1997, 1, 1), (1997, 12, 31)),
        ("편의점 / 19년 3월~ / 알바 2", (2019, 3, 1), (2019, 3, 31)),
        ("도장 관장입니다. 개관은 2012년 4월.", (2012, 4, 1), (2012, 4, 30)),
        ("돼지를 키웁니다. 시작은 2005년이에요", (2005, 1, 1), (2005, 12, 31)),
        ("문 연 건 2010년 11월.", (2010, 11, 1), (2010, 11, 30)),
        ("2021년 가을에 열었어요", (2021, 1, 1), (2021, 12, 31)),
        ("한식당을 합니다. 직원은 둘이에요. 97년도부터 했습니다.", (1997, 1, 1), (1997, 12, 31)),
        ("사업자는 작년8월에 냄", (2025, 8, 1), (2025, 8, 31)),
        ("사업자등록증 지난달에 나온 새내기입니다", (2026, 2, 1), (2026, 2, 28)),
        ("올 2월에 가게 인수해서 사업자 새로 냈어요", (2026, 2, 1), (2026, 2, 28)),
    ],
)
def test_the_day_may_stand_in_a_list_or_behind_what_began(text: str, first: Day, last: Day) -> None:
    assert read(text).founded == (date(*first), date(*last))


@pytest.mark.parametrize(
    "text",
    [
        "개인사업자 2024년 매출 3억",
        "수출도 하고 있어요. 2015년부터 했습니다.",
        "온라인 판매 합니다. 2020년부터 했어요",
        "아버지가 하시던 가게예요. 아버지는 장사를 잘하셨어요. 1985년부터 했어요",
        "유튜브 시작은 2021년이에요",
        "전시회를 2022년에 열었습니다",
        "2호점은 2022년에 열었습니다",
        "2호점 오픈한 게 2024년입니다",
        "연구소 설립 2020년",
        "결혼 10주년입니다",
        "근무한 지 반년 됐습니다",
        "디자이너 경력 10년차 / 미용실",
        "이 회사에서 10년째.",
    ],
)
def test_what_else_began_is_not_the_company(text: str) -> None:
    assert read(text).founded is None


@pytest.mark.parametrize(
    ("text", "yet"),
    [
        ("체육관을 열려고 준비 중입니다", True),
        ("빵집을 차리려고 합니다. 직원은 한 명 뽑을 예정이에요", True),
        ("새로운 시장을 열려고 합니다", False),
        ("직원 4명인 카페인데 매장을 하나 더 열려고 합니다", False),
    ],
)
def test_staff_that_is_planned_tells_of_no_running_business(text: str, *, yet: bool) -> None:
    assert read(text).yet_to_found is yet
