"""What ended, is intended, was heard or is another's is no fact of the asker's, however it is worded."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.text_facts import TextFacts, read_text

_DAY = date(2026, 3, 2)


def _read(text: str) -> TextFacts:
    return read_text(text, _DAY)


@pytest.mark.parametrize(
    "text",
    [
        "메인비즈 2023년 만료, 미갱신",
        "여성기업 확인서 기한이 작년까지였고 연장 못 했습니다",
        "사회적기업으로 인증받으려고 정관을 고치고 있어요",
        "마을기업으로 선정되면 보조금이 나오나요",
        "아래층 공장은 벤처 인증도 있고 부설연구소도 있는데 부럽네요",
        "사촌 누나는 카페를 하는데 여성기업 확인서도 있어요",
    ],
)
def test_papers_that_lapsed_are_sought_or_anothers_are_not_held(text: str) -> None:
    assert _read(text).certificates == ()


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("뿌리기업이자 이노비즈 기업입니다", ("뿌리기업", "이노비즈")),
        ("벤처기업(2027년까지), 메인비즈 보유", ("벤처기업", "메인비즈")),
        ("이노비즈, 여성기업 이렇게 두 개 있습니다", ("이노비즈", "여성기업")),
    ],
)
def test_all_of_a_list_of_papers_are_held(text: str, held: tuple[str, ...]) -> None:
    assert _read(text).certificates == held


@pytest.mark.parametrize(
    "text",
    [
        "지방세를 좀 밀렸다가 지난주에 싹 정리했습니다",
        "휴업 신고했다가 3주 전에 다시 열었습니다",
        "사업자등록 없이 장터에서 팔다가 올해 사업자를 냈습니다",
        "그 집은 대출이 연체 중이래요",
        "구청에서 지방세 체납이 있다고 문자가 왔는데 착오였어요",
        "분점은 휴업 중입니다",
        "예전에 이사로 있던 법인이 부가세를 체납했어요",
    ],
)
def test_what_kept_from_support_and_is_over_or_anothers_is_no_standing(text: str) -> None:
    assert _read(text).standing == ()


def test_a_suspended_business_that_will_open_again_is_suspended() -> None:
    assert _read("6월까지 휴업 신고해 놓은 상태이고 7월에 다시 엽니다").standing == ("suspended",)


@pytest.mark.parametrize(
    "text",
    [
        "휴업했다가 올해 2월에 다시 문을 열었어요",
        "뿌리기업 4년차입니다",
        "나간 주방장이 2024년에 자기 식당을 차렸어요",
        "2층 매장은 2012년에 개업했어요",
        "온라인 사업을 2023년에 시작했어요",
        "고모네 식당은 2011년에 개업했습니다",
    ],
)
def test_reopening_papers_and_others_shops_are_no_founding(text: str) -> None:
    assert _read(text).founded is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("가게 연 건 작년 5월이에요", date(2025, 5, 1), date(2025, 5, 31)),
        ("작년 4월부터 영업하고 있습니다", date(2025, 4, 1), date(2025, 4, 30)),
        ("설립은 이천십이년", date(2012, 1, 1), date(2012, 12, 31)),
        ("사업자 등록은 2021년 8월이에요", date(2021, 8, 1), date(2021, 8, 31)),
        ("법인 등기 2022년 11월 3일", date(2022, 11, 3), date(2022, 11, 3)),
        ("드디어 가게를 열었습니다 2024년 9월에", date(2024, 9, 1), date(2024, 9, 30)),
        ("창업 8주년 맞은 책방", date(2017, 3, 3), date(2018, 12, 31)),
        ("제작년 10월에 개업했어요", date(2024, 10, 1), date(2024, 10, 31)),
        ("I opened my studio three years ago", date(2023, 1, 1), date(2023, 12, 31)),
        ("We open in May 2022", date(2022, 5, 1), date(2022, 5, 31)),
    ],
)
def test_days_of_founding_are_read_however_they_are_told(text: str, first: date, last: date) -> None:
    assert _read(text).founded == (first, last)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("그쪽은 직원이 15명이래요", None),
        ("직원이 30명이라고 기사에 났어요", None),
        ("대표 1명 직원 3명 총 4명입니다", 3),
        ("조리사 두 명을 직원으로 두고 있어요", 2),
        ("정비사 한 명 데리고 합니다", 1),
        ("직원은 알바빼고 4명이에요", 4),
        ("지금은 그냥 나 혼자", 0),
        ("직원이 3명이나 4명 됩니다", None),
        ("저 포함 4명이 공동 창업했어요", None),
        ("처가 공장은 작년에 확장했고 직원이 60명이에요", None),
        ("의뢰 업체는 직원이 25명입니다", None),
        ("사범 2명과 기사 1명을 쓰고 있습니다", 3),
    ],
)
def test_people_who_are_heard_of_counted_in_or_employed(text: str, number: int | None) -> None:
    assert _read(text).employees == number


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("22년 4월 법인설립", "corporation"),
        ("법인 전환은 2020년에 했어요", "corporation"),
        ("2014년에 법인으로 출발했습니다", "corporation"),
        ("지금은 개인이고 혼자 합니다", "sole"),
        ("영농조합입니다", "other"),
        ("법인 전환은 내년쯤 생각합니다", None),
    ],
)
def test_forms_are_told_by_their_founding_and_by_what_holds_now(text: str, form: str | None) -> None:
    assert _read(text).legal_form == form


def test_who_is_employed_and_wishes_for_a_shop_has_yet_to_found() -> None:
    assert _read("아직 직장인이고 퇴사하면 속초에서 작은 식당을 열고 싶어요").yet_to_found
    assert not _read("식당을 운영합니다. 학생들이 많아서 분식집도 하나 내고 싶어요").yet_to_found


@pytest.mark.parametrize(
    "text", ["장모님이 하시는 국숫집 매출이 작년 4억이었어요", "어제 매출 90만원", "이번 주 매출 800만원"]
)
def test_sales_of_another_or_of_a_day_are_no_yearly_sales(text: str) -> None:
    assert _read(text).revenue_krw is None


def test_whose_child_will_found_is_no_founder() -> None:
    assert not _read("큰애가 예비창업자예요").yet_to_found


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("고객사 직원 20명 남았어요", None),
        ("거래처 직원 7명이 남아 있어요", None),
        ("납품업체 쪽 직원이 5명 우리 공장에 와 있어요", None),
        ("공급업체 측 직원 3명", None),
        ("직원 3명 남았어요", 3),
        ("여섯이던 직원이 지금은 둘 남았습니다", 2),
    ],
)
def test_staff_of_another_is_not_the_askers_by_any_verb(text: str, employees: int | None) -> None:
    assert _read(text).employees == employees
