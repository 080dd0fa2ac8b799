"""Whose fact words tell, and whether it holds: what bars a company from support, and where it is."""

from __future__ import annotations

from datetime import date

import pytest

from recommender.language.clauses import Clauses
from recommender.language.places import own_places
from recommender.language.requests import MOST_CLAUSES, asks, has_too_many_clauses, only_informs, requests_in
from recommender.language.text_facts import read_text

TODAY = date(2026, 3, 2)
NAMES = {
    "고양시",
    "고양",
    "일산동구",
    "일산",
    "서울특별시",
    "서울",
    "중구",
    "중",
    "가평군",
    "가평",
    "부산",
    "대화동",
    "대화",
}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("작년에 폐업했습니다", ("closed",)),
        ("폐업하고 다시 시작했습니다", ()),
        ("폐업 예정입니다", ()),
        ("현재 휴업 중입니다", ("suspended",)),
        ("월요일에는 휴업 중입니다", ()),
        ("국세를 체납하고 있습니다", ("tax_arrears",)),
        ("국세 체납은 완납했습니다", ()),
        ("국세 체납 없음", ()),
        ("거래처가 세금을 체납하고 있습니다", ()),
        ("대출 이자가 밀렸습니다", ("overdue",)),
        ("납품 대금이 연체 중입니다", ()),
        ("대출금 연체가 있었지만 다 갚았습니다", ()),
        ("사업자등록을 안 했습니다", ("unregistered",)),
        ("사업자등록 했습니다", ()),
        ("휴업 중이고 국세 체납이 있습니다", ("suspended", "tax_arrears")),
    ],
)
def test_what_bars_it_from_support_is_its_own_and_holds_now(text: str, standing: tuple[str, ...]) -> None:
    assert read_text(text, TODAY).standing == standing


def test_arrears_paid_by_instalments_are_a_guess() -> None:
    found = read_text("국세 체납이 있어 분할납부 중입니다", TODAY)
    assert found.standing == ()
    assert [each.value for each in found.guesses("standing")] == ["tax_arrears"]


def test_a_guess_of_what_is_known_is_none() -> None:
    """A fact is no longer a guess, and each guess comes once, from where it stood first."""
    found = read_text("벤처기업 인증을 받았습니다. 바이오 벤처기업입니다", TODAY)
    assert found.certificates == ("벤처기업",)
    assert found.guesses("certificates") == ()
    twice = read_text("벤처기업입니다. 예비사회적기업입니다. 벤처기업이고요", TODAY)
    starts = {each.value: each.start for each in twice.guesses("certificates")}
    assert starts == {"벤처기업": 0, "예비사회적기업": 9}, "where it stood first"
    assert len(twice.guesses("certificates")) == 2
    employed = read_text("직원 5명. 직원 20여 명", TODAY)
    assert employed.employees == 5
    assert employed.guesses("employees") == ()


def places(text: str) -> list[tuple[tuple[str, ...], bool]]:
    return [(each.names, each.surely) for each in own_places(Clauses(text), NAMES)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("고양시에 있는 떡집입니다", [(("고양시",), False)]),
        ("고양시 일산동구에 있습니다", [(("고양시", "일산동구"), False)]),
        ("고양시에 있고 공장은 부산에 있습니다", [(("고양시",), False), (("부산",), False)]),
        ("거래처가 서울에 있습니다", []),
        ("서울에서 고양시로 이전했습니다", [(("고양시",), True)]),
        ("고양시에서 빵집을 합니다. 밀가루는 부산에서 받아 와요", [(("고양시",), False)]),
        ("집은 서울이고 가게는 고양시예요", [(("고양시",), False)]),
        ("부산에서 고양시로 출퇴근하는 직원이 셋 있습니다", []),
        ("아들이 부산에서 회사를 운영합니다", []),
        ("은행 지점장이 고양시 기업이면 된다고 했습니다", []),
        ("손님 중에 서울 분이 많은 가게", []),
        ("서울 사는 제가 고양시에서 가게를 합니다", [(("고양시",), False)]),
        ("프랜차이즈 가맹점이라 본사는 서울이고 제 가게는 고양시예요", [(("고양시",), False)]),
        ("", []),
    ],
)
def test_places_are_those_that_the_asker_is_in(text: str, found: list[tuple[tuple[str, ...], bool]]) -> None:
    """Names in a row are one place; what it moved from is none."""
    assert places(text) == found


def test_without_names_there_is_no_place() -> None:
    assert list(own_places(Clauses("고양시에 있습니다"), ())) == []


def test_a_place_stands_where_the_text_has_it() -> None:
    text = "떡집은   고양시  일산동구에 있습니다"
    (place,) = own_places(Clauses(text), NAMES)
    assert text[place.start : place.end] == "고양시  일산동구"


@pytest.mark.parametrize(
    ("clause", "wanted"),
    [
        ("판로를 찾습니다", True),
        ("손님이 없어요", True),
        ("매출은 없습니다", False),
        ("특허가 없습니다", False),
        ("특허가 없어 걱정입니다", True),
        ("떡집입니다", False),
        ("we need money", True),
    ],
)
def test_a_wish_or_a_trouble_asks_and_an_absent_fact_does_not(clause: str, *, wanted: bool) -> None:
    assert asks(clause) is wanted


def test_facts_inform_and_ask_for_nothing() -> None:
    assert only_informs("직원 5명입니다")
    assert only_informs("특허가 없습니다")
    assert not only_informs("직원 5명을 채용하고 싶습니다")
    assert not only_informs("떡집입니다")


def test_what_asks_goes_before_what_only_tells_and_the_order_of_the_text_stays() -> None:
    assert requests_in("떡집입니다. 직원 5명입니다. 판로를 찾습니다") == ("떡집입니다", "판로를 찾습니다")
    assert requests_in("직원 5명입니다") == ("직원 5명입니다",), "nothing else is said"
    assert requests_in("  ") == ()
    telling = [f"말{number}입니다" for number in range(MOST_CLAUSES + 5)]
    asking = "판로를 찾습니다"
    chosen = requests_in(". ".join([*telling, asking]))
    assert chosen == (*telling[: MOST_CLAUSES - 1], asking)


@pytest.mark.parametrize(
    ("count", "many"), [(MOST_CLAUSES - 1, False), (MOST_CLAUSES, False), (MOST_CLAUSES + 1, True)]
)
def test_more_clauses_than_a_request_is_ranked_by_are_told(count: int, *, many: bool) -> None:
    text = ". ".join(f"{number}번 판로를 찾습니다" for number in range(count))
    assert has_too_many_clauses(text) is many
    assert len(requests_in(text)) == min(count, MOST_CLAUSES)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("기사님들은 다 개인사업자라 바쁩니다", None),
        ("작가들은 개인사업자입니다", None),
        ("개발자들이 모여 만든 주식회사입니다", "corporation"),
        ("법인으로 등록된 건 아닙니다", None),
        ("법인을 두 개 운영합니다", "corporation"),
        ("법인 아니고 개인으로 돼 있습니다", "sole"),
        ("사업자형태: 일반과세자(개인)", "sole"),
    ],
)
def test_persons_have_forms_of_their_own(text: str, form: str | None) -> None:
    assert read_text(text, TODAY).legal_form == form


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("휴업 신고는 3월 말까지로 해 뒀고 4월에 엽니다", ("suspended",)),
        ("휴업 신고는 안 해 놨어요", ()),
        ("폐업한 건 아니고 잠깐 쉽니다", ()),
        ("지방세가 밀렸었는데 지난달에 다 냈습니다", ()),
        ("부가세가 밀렸고 소득세는 다 냈어요", ("tax_arrears",)),
    ],
)
def test_what_bars_is_told_with_words_between_and_is_over_once_settled(text: str, standing: tuple[str, ...]) -> None:
    assert read_text(text, TODAY).standing == standing
