"""What a company says of itself is read where it is a fact of its own that holds now, and nothing else is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommender.language.text_facts import TextFacts, read_text, states_facts

TODAY = date(2026, 3, 2)


def read(text: str, field: str) -> object:
    return getattr(read_text(text, TODAY), field)


def guessed(text: str, field: str) -> list[object]:
    return [reading.value for reading in read_text(text, TODAY).guesses(field)]


@pytest.mark.parametrize(
    "text",
    [
        "벤처기업이 아닙니다",
        "벤처기업에 납품합니다",
        "벤처기업 인증이 만료되었습니다",
        "여성기업은 아니고 일반기업입니다",
        "여성기업 인증 탈락",
        "사회적기업과 거래합니다",
        "장애인기업 제품을 구매합니다",
        "벤처기업 인증을 받고 싶다",
        "이노비즈 인증이 없어서 걱정입니다",
        "거래처가 벤처기업 인증을 받았습니다",
        "벤처기업이면 우대받나요?",
    ],
)
def test_a_certificate_denied_lapsed_wished_for_or_of_others_is_none(text: str) -> None:
    assert (read(text, "certificates"), guessed(text, "certificates")) == ((), [])


@pytest.mark.parametrize("text", ["바이오 벤처기업입니다", "벤처기업이고 직원이 셋입니다"])
def test_a_venture_by_word_alone_is_a_guess(text: str) -> None:
    assert (read(text, "certificates"), guessed(text, "certificates")) == ((), ["벤처기업"])


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("벤처기업 인증을 받았고 여성기업입니다", ("벤처기업", "여성기업")),
        ("벤처확인기업입니다", ("벤처기업",)),
        ("사회적 기업", ("사회적기업",)),
        ("메인비즈 인증 보유", ("메인비즈",)),
        ("기업부설연구소를 2017년에 설립하였고", ("기업부설연구소",)),
    ],
)
def test_a_certificate_that_is_held_is_a_fact(text: str, held: tuple[str, ...]) -> None:
    assert read(text, "certificates") == held


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("법인이 아닙니다", None),
        ("법인세가 부담됩니다", None),
        ("(주)한빛정밀에 납품합니다", None),
        ("비영리 사단법인", "other"),
        ("협동조합", "other"),
        ("2020년 베트남 법인을 설립했습니다", None),
        ("개인사업자가 아니라 법인입니다", "corporation"),
        ("법인 전환을 고민 중인 개인사업자", "sole"),
        ("개인사업자에서 법인으로 바꾸고 싶다", None),
        ("개인사업자와 주식회사를 운영", None),
        ("개인사업자입니다", "sole"),
        ("(주)가온", "corporation"),
        ("법인 전환을 마치지 못했습니다", None),
    ],
)
def test_the_legal_form_is_that_of_the_asker(text: str, form: str | None) -> None:
    assert read(text, "legal_form") == form


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("직원 2명이 부족합니다", None),
        ("직원 3명이 퇴사했습니다", None),
        ("직원이 3명에서 8명으로 늘었습니다", 8),
        ("협력업체 직원 200명", None),
        ("거래처는 직원 500명인 중견기업입니다", None),
        ("직원 없이 시작했지만 지금은 7명", 7),
        ("직원이 없는 시간에는 무인으로 운영합니다. 직원 4명", 4),
        ("직원은 없어요", 0),
        ("직원 없어요", 0),
        ("직원이 한 명도 없습니다", 0),
        ("1인 기업", 0),
        ("임직원 수: 15", 15),
        ("직원 열두 명", 12),
        ("직원 스무 명", 20),
        ("저 포함 3명이 일합니다", 2),
        ("종업원 수 12명", 12),
        ("임직원은 총 1,200명입니다", 1200),
        ("3명의 직원과 일합니다", 3),
        ("직원 세 명", 3),
        ("직원 없이 혼자 합니다", 0),
        ("직원 2명을 채용하고 싶다", None),
        ("직원 3명, 임직원 5명", None),
        ("고객 300명", None),
        ("직원 5명 미만", None),
        ("직원 1명당 인건비", None),
        ("직원 3명이 아니라 5명입니다", 5),
        (f"직원 {'0' * 30}5명", 5),
    ],
)
def test_employees_are_those_that_the_asker_has_now(text: str, employees: int | None) -> None:
    assert read(text, "employees") == employees


@pytest.mark.parametrize(
    ("text", "revenue"),
    [
        ("매출 1조 2천억원", 1.2e12),
        ("매출이 30억에서 20억으로 줄었습니다", 2e9),
        ("매출 100억 달성을 목표로 합니다", None),
        ("매출 10억을 목표로", None),
        ("매출 규모 30억원", 3e9),
        ("연매출 3억", 3e8),
        ("매출액은 12억 5천만 원", 1.25e9),
        ("매출 1억 2,000만원", 1.2e8),
        ("매출 5000만원", 5e7),
        ("매출 4억 5천", 4.5e8),
        ("매출액 850백만원", 8.5e8),
        ("매출 10% 성장", None),
        ("매출 10억을 달성하고 싶다", None),
        ("월 매출 3천만원", None),
        ("매출은 아직 없습니다", 0.0),
    ],
)
def test_revenue_is_that_of_a_year_that_was_reached(text: str, revenue: float | None) -> None:
    assert read(text, "revenue_krw") == revenue


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        ("직원 약 10명", "employees", 10),
        ("직원 10여 명", "employees", 10),
        ("매출 3억 정도", "revenue_krw", 3e8),
        ("2022년 매출 7억", "revenue_krw", 7e8),
        ("체납 세금을 분할 납부 중입니다", "standing", "tax_arrears"),
    ],
)
def test_what_is_rough_or_old_is_a_guess(text: str, field: str, value: object) -> None:
    assert (read(text, field), guessed(text, field)) == (read("", field), [value])


@pytest.mark.parametrize(
    ("text", "founded"),
    [
        ("기업부설연구소를 2017년에 설립하였고", None),
        ("기업부설연구소를 2024년에 설립한 30년 된 공장", None),
        ("2021년 창업했다가 2023년 폐업하고 2024년 재창업", ("2024-01-01", "2024-12-31")),
        ("창업 2년차", ("2024-03-03", "2025-12-31")),
        ("창업 3년차", ("2023-03-03", "2024-12-31")),
        ("창업한 지 5년", ("2020-03-03", "2021-12-31")),
        ("업력 7년", ("2018-03-03", "2019-12-31")),
        ("작년에 창업", ("2025-01-01", "2025-12-31")),
        ("올해 1월 개업", ("2026-01-01", "2026-01-31")),
        ("21년 창업", ("2021-01-01", "2021-12-31")),
        ("2021년도에 창업", ("2021-01-01", "2021-12-31")),
        ("창업연도 2021", ("2021-01-01", "2021-12-31")),
        ("2021년 창업", ("2021-01-01", "2021-12-31")),
        ("2021년 3월 설립", ("2021-03-01", "2021-03-31")),
        ("2021.03.02 설립", ("2021-03-02", "2021-03-02")),
        ("설립일은 2021-03-02", ("2021-03-02", "2021-03-02")),
        ("3년 전에 창업했습니다", ("2023-01-01", "2023-12-31")),
        ("2026년 창업", ("2026-01-01", "2026-03-02")),
        ("2026년 6월 창업 예정", ("2026-06-01", "2026-06-30")),
        ("2021년 13월 창업", None),
        ("2021년 매출 3억", None),
        ("2021년에 공장을 새로 설립했습니다", None),
        ("친구가 2020년에 창업했습니다", None),
        ("업력이 10년 넘었습니다", None),
        ("2024년 창업경진대회 수상", None),
    ],
)
def test_founding_is_as_exact_as_the_text_and_the_companys_own(text: str, founded: tuple[str, str] | None) -> None:
    period = read_text(text, TODAY).founded
    assert (period and tuple(day.isoformat() for day in period)) == founded


@pytest.mark.parametrize(
    ("text", "yet"),
    [
        ("카페를 열 예정인 예비창업자입니다", True),
        ("퇴직하고 창업을 준비 중입니다", True),
        ("예비창업자 교육을 하는 회사", False),
        ("예비창업패키지를 졸업했습니다", False),
        ("직원 채용을 준비 중입니다", False),
    ],
)
def test_who_is_yet_to_found_says_so(text: str, yet: bool) -> None:  # noqa: FBT001 - a case of the table
    assert read(text, "yet_to_found") is yet


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("작년에 폐업했습니다", ("closed",)),
        ("폐업을 고민하고 있습니다", ()),
        ("거래처가 폐업해서 힘듭니다", ()),
        ("2021년 폐업하고 2024년 재창업했습니다", ()),
        ("지금 휴업 중입니다", ("suspended",)),
        ("국세를 체납하고 있습니다", ("tax_arrears",)),
        ("부가세가 밀려 있습니다", ("tax_arrears",)),
        ("세금 체납과 대출 연체가 있습니다", ("tax_arrears", "overdue")),
        ("체납은 없습니다", ()),
        ("체납했던 세금은 다 냈습니다", ()),
        ("대출이자가 두 달째 연체 중입니다", ("overdue",)),
        ("거래처 대금이 연체되어 자금난입니다", ()),
        ("대출이 연체될까 걱정입니다", ()),
        ("사업자등록은 없습니다", ("unregistered",)),
    ],
)
def test_what_bars_from_support_is_read_where_it_is_said(text: str, standing: tuple[str, ...]) -> None:
    assert read(text, "standing") == standing


@pytest.mark.parametrize(
    "text",
    """
    직원 한 명이 육아휴직 중입니다
    직원 2명을 내보냈습니다
    창업 당시 직원 2명
    전성기에는 직원이 30명이었습니다
    직원이 2명 늘었습니다
    직원 20~30명
    직원이 50명이 넘으면 안 된다고 하던데요
    종업원 5명 이하만 신청 가능하다고 들었습니다
    직원 5명인 협력업체 3곳과 일합니다
    1인 기업을 돕는 컨설팅 회사입니다
    직원 없이도 되는 일입니다
    10명이 근무할 사무실
    정규직 8명 계약직 3명
    매출이 3억 늘었습니다
    매출 5억이 안 됩니다
    매출이 10억에 못 미칩니다
    매출 3억에서 5억 사이
    올해 매출 15억 예상
    매출 5억 찍는 게 소원이에요
    2025년 상반기 매출 5억원
    한달 매출이 3천만원
    온라인 매출이 2억
    납품처 매출이 500억입니다
    2020년 설립된 협력사와 일합니다
    대표가 2015년 설립한 다른 회사도 있습니다
    이전 회사는 2015년 설립
    2022년 창업도약패키지 지원을 받았습니다
    2023년 창업중심대학 선정
    창업 7년이 넘었습니다
    주식회사로 전환 예정
    주식회사 가온의 협력사입니다
    삼성전자(주) 협력사
    (주)신세계 입점 업체입니다
    개인사업자 대상 교육을 합니다
    자영업자를 위한 앱을 만듭니다
    비법인
    5년차 개발자가 창업한 회사
    10년 된 건물에 있는 카페
    여성기업 인증받은 업체에서 납품받습니다
    여성기업, 장애인기업 우대인가요?
    여성기업인데 확인서는 없습니다
    벤처기업 인증 받았었는데 지금은 없습니다
    사회적기업 인증을 받은 후 취소되었습니다
    2021년 벤처기업 인증을 받았고 올해 만료됩니다
    기업부설연구소가 있으면 좋겠습니다
    옆 가게가 문을 닫았습니다
    주변 가게들이 다 폐업했습니다
    전 사업은 폐업했습니다
    폐업한 친구 가게를 인수했습니다
    가게를 폐업하고 취업하려고 합니다
    일요일에는 문을 닫았습니다
    휴업 중인 공장을 임대했습니다
    세금이 밀린 적 없습니다
    세금 체납이 있으면 안 되나요
    4대보험이 체납되어 있습니다
    대출이 밀린 적은 없습니다
    이자 연체 중인 거래처
    사업자등록을 안 하면 안 되나요
    사업자등록이 없는 사람도 되나요
    예비창업자들을 멘토링합니다
    예비마을기업
    자회사 포함 매출 300억
    지방세 체납 중이지만 분납 약속했습니다
    """.strip().split("\n"),
)
def test_no_fact_is_read_where_none_is_stated(text: str) -> None:
    facts = read_text(text.strip(), TODAY)
    assert replace(facts, readings=()) == TextFacts()


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "당사는 2009년 설립된 펌프 제조기업으로 현재 임직원 63명이 근무하고 있으며 2025년 매출액 186억 원입니다",
            {"employees": 63, "founded": (date(2009, 1, 1), date(2009, 12, 31)), "revenue_krw": 1.86e10},
        ),
        ("거래처 직원이 50명인데 저희 직원은 4명입니다", {"employees": 4}),
        ("예전엔 직원 5명 썼는데 지금은 키오스크로 혼자 합니다", {"employees": 0}),
        ("종업원은 원래 10명이었으나 현재는 6명", {"employees": 6}),
        ("법인 설립 3개월차, 아직 매출 없음, 직원 없음", {"employees": 0, "revenue_krw": 0.0}),
        ("1997년도에 창업하여 29년째 운영", {"founded": (date(1997, 3, 3), date(1997, 12, 31))}),
        ("창업 준비하다가 작년에 개업했습니다", {"founded": (date(2025, 1, 1), date(2025, 12, 31))}),
        ("여성기업 및 벤처기업 인증 보유", {"certificates": ("여성기업", "벤처기업")}),
        ("2020년 개인사업자 창업 → 2022년 법인전환", {"legal_form": "corporation"}),
        ("사회복지법인입니다", {"legal_form": "other"}),
        ("시작한 지 2년째인 동네 책방", {"founded": (date(2024, 3, 3), date(2025, 12, 31))}),
        ("3월에 폐업했고 5월에 다시 창업하려고 합니다", {"standing": ("closed",), "yet_to_found": True}),
    ],
)
def test_what_is_stated_beside_something_else_is_read_alone(text: str, facts: dict[str, object]) -> None:
    assert replace(read_text(text, TODAY), readings=()) == replace(TextFacts(), **facts)


def test_each_reading_keeps_the_words_it_was_read_from() -> None:
    text = "고양시  빵집,  직원   3명이고 2021년\t 창업, 여성기업 확인서 보유"
    words = {r.field: text[r.start : r.end].strip() for r in read_text(text, TODAY).readings}
    assert words == {"employees": "직원   3명", "founded": "2021년\t 창업", "certificates": "여성기업 확인서"}


@pytest.mark.parametrize("text", ["founded in 2023", "We were established in 2021", "2021년 창업", "작년에 창업했어요"])
def test_a_day_of_founding_is_a_fact_whatever_its_year(text: str) -> None:
    assert states_facts(text)


def test_only_facts_make_a_clause_one_that_informs() -> None:
    assert [
        states_facts(text) for text in ("직원 3명", "폐업했습니다", "직원 약 10명", "예비창업자", "빵을 굽습니다")
    ] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_runs_of_blanks_say_what_one_blank_says() -> None:
    wide, narrow = (read_text(text, TODAY) for text in ("직원   3   명,   2021   년   창업", "직원 3 명, 2021 년 창업"))
    assert (wide.employees, wide.founded) == (narrow.employees, narrow.founded) == (3, narrow.founded)


@given(
    st.text(
        alphabet="고양시 일산동구직원3명2021년창업매출억(주).,에서으로지금은아니라저포함열두체납연체폐업인증을받",
        max_size=60,
    )
)
@settings(max_examples=300)
def test_any_text_can_be_read(text: str) -> None:
    facts = read_text(text, TODAY)
    assert facts.employees is None or facts.employees >= 0
    assert facts.founded is None or facts.founded[0] <= facts.founded[1]
    assert all(0 <= r.start < r.end <= len(text) for r in facts.readings)


def test_nothing_is_read_of_an_empty_text() -> None:
    assert read_text("", TODAY) == TextFacts()


@pytest.mark.parametrize(
    ("text", "employees"),
    [
        ("직원은 한 명도 두지 않고 혼자 세탁소를 꾸려 갑니다", 0),
        ("직원을 한 명도 안 씁니다", 0),
        ("혼자서 작은 공방을 운영합니다", 0),
        ("혼자 고민을 하고 있습니다", None),
        ("상근 직원은 일곱입니다", 7),
        ("직원이 셋 있습니다", 3),
        ("직원이 셋 있어야 합니다", None),
        ("직원이 둘 있었습니다", None),
        ("상시 인력은 마흔두 명이에요", 42),
        ("직원수 : 일백이십명", 120),
        ("3천 명 근무하는 공단 근처 식당입니다", None),
        ("직원 아홉 명 중 네 명이 나가서 다섯 명 남았습니다", 5),
        ("직원 다섯을 셋으로 줄였습니다", 3),
        ("직원 네 명을 여섯 명으로 늘렸습니다", 6),
        ("직원 8명을 3교대로 돌립니다", 8),
        ("정규직이 9명에서 12명이 됐습니다", 12),
        ("인원은 여섯이고요", 6),
        ("모집 인원은 다섯입니다", None),
        ("스태프가 넷이에요", 4),
        ("고용보험 피보험자가 13명입니다", 13),
        ("저까지 넷입니다", 3),
        ("직원은 안 둬요", 0),
        ("직원을 안 쓰면 힘듭니다", None),
        ("직원 두 명만 더 있으면 좋겠어요", None),
        ("직원 두 명이 더 있으면 합니다", None),
        ("직원 3명만 있습니다", 3),
        ("전 직장은 직원 40명이었고 지금은 저 포함 3명이서 일합니다", 2),
    ],
)
def test_staff_is_counted_however_it_is_numbered_and_never_wished_for(text: str, employees: int | None) -> None:
    assert read(text, "employees") == employees


@pytest.mark.parametrize(
    ("text", "revenue"),
    [
        ("매출이 18억까지 갔다가 작년에 11억으로 내려앉았어요", 1_100_000_000),
        ("작년 매출을 5억 2천으로 신고해 줬어요", 520_000_000),
        ("작년 매출을 20억으로 올리려고 합니다", None),
        ("올해 매출을 20억으로 신고할 예정입니다", None),
        ("매출 ₩1,250,000,000 (2025년)", 1_250_000_000),
        ("작년에 8억 4천만 원어치 팔았습니다", 840_000_000),
        ("건물을 작년에 3억에 팔았습니다", None),
        ("매출은 재작년 4억, 작년 6억이었습니다", 600_000_000),
        ("투자해 준 회사의 매출이 1,200억원이라 든든합니다", None),
    ],
)
def test_sales_that_changed_or_were_filed_are_read_and_anothers_are_not(text: str, revenue: float | None) -> None:
    assert read(text, "revenue_krw") == revenue


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("이노비즈는 아직 없고 메인비즈만 받아 두었습니다", ("메인비즈",)),
        ("메인비즈 유효기간이 지나서 지금은 이노비즈만 유지 중입니다", ("이노비즈",)),
        ("올해 2월에 기업부설연구소를 다시 인정받았습니다", ("기업부설연구소",)),
        ("벤처인증을 다시 받으려고 합니다", ()),
        ("벤처 확인은 2024년 3월에 받아서 아직 유효합니다", ("벤처기업",)),
        ("이노비즈 심사를 지난주에 통과했습니다", ("이노비즈",)),
        ("이노비즈 심사를 앞두고 있습니다", ()),
        ("벤처기업확인서, 이노비즈, 메인비즈 셋 다 보유", ("벤처기업", "이노비즈", "메인비즈")),
        ("옆 공장은 뿌리기업 확인서가 있다는데 우리는 없습니다", ()),
        ("남들은 벤처 인증이 있다더라고요", ()),
        ("언젠가는 여성기업 확인을 받아 보고 싶습니다", ()),
        ("여성기업 인증을 받아 판로를 찾고 싶습니다", ("여성기업",)),
        ("경쟁 업체들은 다 사회적기업 인증을 받았는데 저희만 없어요", ()),
    ],
)
def test_the_one_certificate_that_is_left_is_held_and_a_wished_one_is_not(text: str, held: tuple[str, ...]) -> None:
    assert read(text, "certificates") == held


@pytest.mark.parametrize(
    "text",
    [
        "우리 거래처 두 곳이 대출을 연체 중이라고 합니다",
        "납품하던 마트가 문을 닫았습니다",
        "다니던 회사가 문을 닫았습니다",
        "아들 회사가 폐업했습니다",
        "앞집이 폐업했습니다",
        "세금 밀린 것 하나 없이 11년을 장사했습니다",
        "밀린 세금은 없습니다",
    ],
)
def test_anothers_standing_and_none_are_not_ones_own(text: str) -> None:
    assert read(text, "standing") == ()


def test_a_business_that_one_ran_oneself_is_ones_own() -> None:
    assert read("운영하던 가게가 문을 닫았습니다", "standing") == ("closed",)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("3년 전에 반납하고 일반 법인으로 합니다", "corporation"),
        ("2023년 1월 주식회사로 바꿨습니다", "corporation"),
        ("법인 설립 등기가 어제 끝났습니다", "corporation"),
        ("법인 설립 등기를 준비하고 있습니다", None),
        ("주식회사로 바꾸려고 합니다", None),
        ("주식회사 아닙니다, 그냥 자영업이에요", "sole"),
        ("거래처가 주식회사로 바꿨습니다", None),
    ],
)
def test_a_form_that_was_changed_to_is_ones_own(text: str, form: str | None) -> None:
    assert read(text, "legal_form") == form


@pytest.mark.parametrize(
    ("text", "yet"),
    [
        ("사업자등록을 다음 달에 내려고 준비하고 있어요", True),
        ("사업자등록을 곧 하려고 합니다", True),
        ("사업자등록을 하나 더 내려고 합니다", False),
        ("사업자등록을 추가로 낼 계획입니다", False),
    ],
)
def test_who_is_about_to_register_is_yet_to_found(text: str, *, yet: bool) -> None:
    assert read(text, "yet_to_found") is yet
