"""What a person types becomes facts only where it states facts."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

import pytest

from graph_schema.errors import ValidationError
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import get_task
from recommender.language.answers import Verdict
from recommender.rules.askers import asker_of_profile
from recommender.rules.base import CandidatePairs, Code
from recommender.rules.candidates import Candidates
from recommender.rules.decide import decide
from recommender.serve.profile_reading import read_profile
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import goyang

TODAY = date(2026, 3, 2)
BAKERY = "고양시 일산동구에서 빵집을 하는 개인사업자, 직원 3명, 2021년 창업, 온라인 판매를 시작하고 싶다"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    graph = goyang()
    graph.node("Industry", "ksic11:56191", name="제과점업", code="56191", revision=11)
    graph.node("Region", "28", name="인천광역시")
    graph.node("Region", "28260", name="인천광역시 서구")
    graph.link("Region:28260", "PART_OF", "Region:28")
    graph.node("Region", "29", name="광주광역시")
    graph.node("Region", "29140", name="광주광역시 서구")
    graph.link("Region:29140", "PART_OF", "Region:29")
    graph.node("Region", "41610", name="경기도 광주시")
    graph.link("Region:41610", "PART_OF", "Region:41")
    return graph.snapshot()


def test_free_korean_text_becomes_facts_and_notes(snapshot: Snapshot) -> None:
    profile, notes = read_profile(BAKERY, snapshot, today=TODAY)
    assert profile == Profile(
        BAKERY,
        {"LOCATED_IN": (NodeRef("Region", "41285"),)},
        founded_on=date(2021, 1, 1),
        founded_until=date(2021, 12, 31),
        employees=3,
        legal_form="sole",
        guesses={"IN_INDUSTRY": (NodeRef("Industry", "ksic11:56191"),)},
    )
    said = {note.rule: note for note in notes}
    assert said["region"].ko == "소재지 고양시 일산동구"
    assert said["industry"].verdict is Verdict.CHECK
    assert "제과점업(ksic11:56191)" in said["industry"].ko


def test_what_is_asked_for_is_noted_with_the_tasks_that_it_counts_for(snapshot: Snapshot) -> None:
    _, notes = read_profile(f"{BAKERY}. 운영자금도 필요하다", snapshot, today=TODAY)
    said = next(note for note in notes if note.rule == "requests")
    online = "‘온라인 판매를 시작하고 싶다’(지원사업, 교육·인력, 전문가)"
    money = "‘운영자금도 필요하다’(정책금융, 지원사업, 전문가)"
    assert said.ko == f"요청 {online}, {money}"
    assert said.en.startswith("asks for ‘온라인 판매를 시작하고 싶다’ (")
    _, plain = read_profile("일산동구 빵집, 직원 3명", snapshot, today=TODAY)
    assert not [note for note in plain if note.rule == "requests"]


def test_decomposed_text_is_read_as_composed_text_is(snapshot: Snapshot) -> None:
    decomposed = unicodedata.normalize("NFD", BAKERY)
    assert read_profile(decomposed, snapshot, today=TODAY) == read_profile(BAKERY, snapshot, today=TODAY)


def test_a_guessed_industry_decides_nothing(snapshot: Snapshot) -> None:
    profile, _ = read_profile(BAKERY, snapshot, today=TODAY)
    facts = DatedFacts(snapshot)
    assert asker_of_profile(facts, profile, TODAY).industries.nnz == 0


def test_who_names_no_place_is_supposed_to_be_where_most_companies_are() -> None:
    """The narrowest region that holds more than half of them; as a guess, which decides nothing and is told."""
    graph = goyang()
    for number, place in enumerate(("41285", "41281", "41281", "11", "41")):
        graph.node("Company", f"c{number}")
        graph.link(f"Company:c{number}", "LOCATED_IN", f"Region:{place}")
    snapshot = graph.snapshot()
    profile, notes = read_profile("빵집", snapshot, today=TODAY)
    assert profile.guesses["LOCATED_IN"] == (NodeRef("Region", "41280"),)
    said = {note.rule: note for note in notes}
    assert said["region"].verdict is Verdict.CHECK
    assert said["region"].ko == "소재지는 고양시로 추정: 순위에만 쓰고 자격 판정에는 쓰지 않음, 확인 필요"
    assert asker_of_profile(DatedFacts(snapshot), profile, TODAY).regions.nnz == 0
    for text in ("일산동구 빵집", "서울과 고양시에 빵집"):
        assert "LOCATED_IN" not in read_profile(text, snapshot, today=TODAY)[0].guesses


def test_where_no_region_holds_most_companies_no_place_is_supposed() -> None:
    graph = goyang()
    for number in range(2):  # two of goyang's own are in Gyeonggi
        graph.node("Company", f"c{number}")
        graph.link(f"Company:c{number}", "LOCATED_IN", "Region:11")
    assert "LOCATED_IN" not in read_profile("빵집", graph.snapshot(), today=TODAY)[0].guesses


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("일산동구에 있는 회사", ("41285",)),
        ("고양에서 창업", ("41280",)),
        ("경기도 고양시 덕양구 소재", ("41281",)),
        ("인천 서구에 있음", ("28260",)),
        ("서구에 있음", ()),
        ("고양이 카페", ()),
        ("고양시 덕양구와 일산동구에 있음", ()),
        ("일산에서 꽃집을 합니다", ("41280",)),
        ("고양시일산동구에서 미용실", ("41285",)),
        ("본사는 서울이고 공장은 고양시 덕양구", ()),
        ("서울에 납품하는 고양시 업체", ("41280",)),
        ("고양시로 이전하고 싶은 서울의 제조업체", ("11",)),
        ("서울에 있다가 작년에 고양시로 옮겼습니다", ("41280",)),
        ("서울 거래처가 많은 일산동구 인쇄소", ("41285",)),
        ("협력업체는 서울에 있습니다", ()),
        ("서울 출신입니다", ()),
        ("서울 기업은 안 되나요?", ()),
        ("고양시에 공장을 짓고 싶습니다", ()),
        ("고양시 지원사업이 있나요", ()),
        ("고양 지식산업센터에 입주하고 싶습니다", ()),
        ("경기 침체로 매출이 줄었습니다", ()),
        ("경기 고양에서 만듭니다", ("41280",)),
        ("전라도 광주 서구에서 카페를 합니다", ("29140",)),
        ("경기도 광주시에서 가구를 만듭니다", ("41610",)),
    ],
)
def test_regions_need_to_be_named_for_certain(snapshot: Snapshot, text: str, regions: tuple[str, ...]) -> None:
    profile, _ = read_profile(text, snapshot, today=TODAY)
    assert tuple(ref.id for ref in profile.links.get("LOCATED_IN", ())) == regions


def test_two_places_are_noted_to_be_told_apart(snapshot: Snapshot) -> None:
    profile, notes = read_profile("본사는 서울이고 공장은 고양시 덕양구", snapshot, today=TODAY)
    said = next(note for note in notes if note.rule == "region")
    assert (profile.links, said.verdict) == ({}, Verdict.CHECK)
    assert said.ko == "지역이 여럿이라 확인 필요: 서울특별시, 고양시 덕양구"


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("바이오 벤처기업입니다", "certificates", "‘벤처기업’"),
        ("직원 약 10명입니다", "employees", "‘직원 약 10명’"),
        ("매출은 3억 정도입니다", "revenue_krw", "‘매출은 3억’"),
        ("체납 세금을 분할 납부 중입니다", "standing", "‘체납 세금을 분할 납부’"),
    ],
)
def test_a_guess_decides_nothing_and_quotes_what_it_was_read_from(
    snapshot: Snapshot, text: str, rule: str, words: str
) -> None:
    profile, notes = read_profile(text, snapshot, today=TODAY)
    said = next(note for note in notes if note.rule == rule)
    assert said.verdict is Verdict.CHECK
    assert said.ko.startswith(words)
    assert (profile.employees, profile.revenue_krw, profile.certificates, profile.standing) == (None, None, (), ())


def test_what_bars_from_support_is_noted_with_what_it_means(snapshot: Snapshot) -> None:
    profile, notes = read_profile("식당인데 부가세가 밀려 있습니다", snapshot, today=TODAY)
    said = next(note for note in notes if note.rule == "standing")
    assert profile.standing == ("tax_arrears",)
    assert said.ko.startswith("세금 체납: 융자·보증은 제외하고")
    assert said.en.startswith("tax arrears: loans and guarantees are left out")


def test_a_co_operative_is_named_as_what_it_is(snapshot: Snapshot) -> None:
    for given in ({"text": "협동조합"}, {"legal_form": "other"}):
        profile, notes = read_profile(given, snapshot, today=TODAY)
        said = {note.rule: note.ko for note in notes}
        assert (profile.legal_form, said["legal_form"]) == ("other", "조합·비영리 등 그 밖의 형태")


@pytest.mark.parametrize(
    ("given", "ko", "en"),
    [
        ({"text": "연매출 28억원"}, "매출 28억 원", "revenue of KRW 2.8 billion"),
        ({"revenue_krw": 1.8e8}, "매출 1억 8,000만 원", "revenue of KRW 180 million"),
    ],
)
def test_sales_are_told_as_the_rules_tell_them(given: dict[str, object], ko: str, en: str, snapshot: Snapshot) -> None:
    (said,) = [note for note in read_profile(given, snapshot, today=TODAY)[1] if note.rule == "revenue_krw"]
    assert (said.ko, said.en) == (ko, en)


def test_fields_are_taken_as_given_and_go_before_the_text(snapshot: Snapshot) -> None:
    profile, notes = read_profile(
        {
            "text": BAKERY,
            "region": "41281",
            "industry": "10711",
            "employees": 4,
            "founded_on": "2020-05-01",
            "legal_form": "corporation",
            "certificates": ["벤처기업"],
            "revenue_krw": 3e8,
        },
        snapshot,
    )
    assert profile.links == {
        "LOCATED_IN": (NodeRef("Region", "41281"),),
        "IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),),
    }
    assert (profile.employees, profile.founded_on, profile.founded_until) == (4, date(2020, 5, 1), None)
    assert (profile.legal_form, profile.certificates, profile.revenue_krw) == ("corporation", ("벤처기업",), 3e8)
    assert all(note.verdict is Verdict.IN for note in notes)


def test_json_text_is_read_as_fields(snapshot: Snapshot) -> None:
    profile, _ = read_profile('{"text": "떡집", "industry": "C10711", "employees": 2}', snapshot)
    assert profile.links["IN_INDUSTRY"] == (NodeRef("Industry", "ksic11:10711"),)
    with pytest.raises(ValidationError, match="is not a JSON object"):
        read_profile("{text: 떡집}", snapshot)


def test_all_faults_come_in_one_error(snapshot: Snapshot) -> None:
    with pytest.raises(ValidationError) as raised:
        read_profile(
            {
                "text": 3,
                "region": "없는시",
                "industry": "99999",
                "employees": -1,
                "founded_on": "어제",
                "legal_form": "조합",
                "certificates": "벤처",
                "colour": "red",
                "revenue_krw": True,
            },
            snapshot,
        )
    assert [fault.field for fault in raised.value.faults] == [
        "text",
        "region",
        "industry",
        "employees",
        "founded_on",
        "legal_form",
        "certificates",
        "colour",
        "revenue_krw",
    ]


def test_every_fault_is_told_in_korean_and_english(snapshot: Snapshot) -> None:
    given = {
        "text": 3,
        "region": "없는시",
        "industry": "99999",
        "employees": -1,
        "founded_on": "1700-01-01",
        "legal_form": "조합",
        "certificates": "벤처",
        "colour": "red",
        "label": "Center",
    }
    with pytest.raises(ValidationError) as raised:
        read_profile(given, snapshot)
    assert len(raised.value.faults) == len(given)
    for fault in raised.value.faults:
        for text in (fault.reason, fault.remedy):
            assert re.search("[가-힣]", text.ko)
            assert text.en != text.ko


def test_an_unknown_code_names_the_nearest_of_the_snapshot(snapshot: Snapshot) -> None:
    with pytest.raises(ValidationError, match=r"such as 56191 \(제과점업\)"):
        read_profile({"industry": "56192"}, snapshot)
    for name in ("제과점업", "제과점", "제과점 업"):
        with pytest.raises(ValidationError, match=r"such as 56191 \(제과점업\)"):
            read_profile({"industry": name}, snapshot)
    with pytest.raises(ValidationError, match="a code of KSIC revision 9"):
        read_profile({"industry": "ksic9:10711"}, snapshot)


def test_a_trade_s_everyday_word_as_an_industry_names_its_code_and_nonsense_names_none(snapshot: Snapshot) -> None:
    with pytest.raises(ValidationError, match=r"such as 56191 \(제과점업\)$"):
        read_profile({"industry": "빵집"}, snapshot)
    with pytest.raises(ValidationError, match="describe it in `text`"):
        read_profile({"industry": "asdf"}, snapshot)


def test_a_region_s_name_that_several_have_lists_them_all_by_what_they_lie_in(snapshot: Snapshot) -> None:
    with pytest.raises(ValidationError, match=r"such as 28260 \(인천광역시 서구\), 29140 \(광주광역시 서구\)$"):
        read_profile({"region": "서구"}, snapshot)
    with pytest.raises(ValidationError, match=r"such as 28 \(인천광역시\)"):
        read_profile({"region": "인천광역사"}, snapshot)
    with pytest.raises(ValidationError, match=r"such as 11 \(서울특별시\), "):
        read_profile({"region": "xyz"}, snapshot)


def test_a_region_may_be_written_in_english(snapshot: Snapshot) -> None:
    profile, _ = read_profile({"region": "Goyang"}, snapshot)
    assert profile.links["LOCATED_IN"] == (NodeRef("Region", "41280"),)


def test_a_certificate_goes_by_its_full_name_and_one_nobody_knows_is_to_be_checked() -> None:
    graph = goyang()
    graph.node("Program", "P", title="공고", certificates=["K마크"])
    profile, notes = read_profile({"text": "빵집", "certificates": ["벤처", "ISO9001", "K마크"]}, graph.snapshot())
    assert profile.certificates == ("벤처기업", "ISO9001", "K마크")
    said = next(note for note in notes if note.rule == "certificates")
    assert said.verdict is Verdict.CHECK
    assert said.ko == "인증 벤처기업, ISO9001, K마크. 이름을 확인하십시오: ISO9001"


def test_a_day_of_founding_that_lies_ahead_is_a_planned_one(snapshot: Snapshot) -> None:
    given = {"text": "빵집", "founded_on": "2026-05-01"}
    for today, said in ((TODAY, "창업 예정일 2026-05-01"), (date(2026, 5, 1), "창업일 2026-05-01")):
        profile, notes = read_profile(given, snapshot, today=today)
        assert profile.founded_on == date(2026, 5, 1)
        assert said in [note.ko for note in notes]


def test_an_institution_has_no_industry_not_even_a_guessed_one(snapshot: Snapshot) -> None:
    for said in ({"text": "제과점업"}, {"industry": "56191"}):
        profile, notes = read_profile({**said, "label": "Institution"}, snapshot)
        assert (profile.label, profile.links, profile.guesses) == ("Institution", {}, {})
        assert "업종은 대학·연구소·기관에 적용되지 않습니다: 쓰지 않음" in [note.ko for note in notes]


@pytest.mark.parametrize("number", ["99999999999999999999", "9" * 5000, "1," * 3000 + "1"])
def test_a_number_too_large_to_be_meant_is_not_used_and_noted(snapshot: Snapshot, number: str) -> None:
    profile, notes = read_profile(f"직원 {number}명", snapshot)
    assert profile.employees is None
    assert [note.verdict for note in notes if note.rule == "employees"] == [Verdict.CHECK]


@pytest.mark.parametrize(
    ("limit", "as_of", "code"),
    [
        (5.0, date(2026, 1, 1), Code.IN),
        (5.0, date(2026, 1, 2), Code.CHECK),
        (5.0, date(2026, 12, 31), Code.CHECK),
        (5.0, date(2027, 1, 1), Code.OUT),
    ],
)
def test_a_year_of_founding_decides_only_what_all_its_days_decide(limit: float, as_of: date, code: Code) -> None:
    graph = goyang()
    graph.node("Program", "P", title="창업 지원", max_company_age=limit)
    facts = DatedFacts(graph.snapshot())
    profile = Profile("", founded_on=date(2021, 1, 1), founded_until=date(2021, 12, 31))
    pairs = CandidatePairs(asker_of_profile(facts, profile, as_of), Candidates(facts, [NodeRef("Program", "P")]), as_of)
    decisions = decide(get_task("programs"), pairs)
    by_rule = dict(zip([rule.id for rule in decisions.rules], decisions.by_rule, strict=True))
    assert by_rule["age"].item() == code


@pytest.mark.parametrize("value", [float("inf"), float("nan"), -1, 2.5, True, "3", 10_000_001, 10**400])
def test_employees_that_are_no_whole_number_are_a_fault(snapshot: Snapshot, value: object) -> None:
    """JSON from Python may hold Infinity and NaN."""
    with pytest.raises(ValidationError, match="is not a number that can be used here"):
        read_profile({"text": "빵집", "employees": value}, snapshot, today=TODAY)


@pytest.mark.parametrize(
    ("region", "code"), [("고양시", "41280"), ("경기도 고양시", "41280"), ("경기도 고양시 일산동구", "41285")]
)
def test_a_region_may_be_given_with_what_lies_above_it(snapshot: Snapshot, region: str, code: str) -> None:
    profile, _ = read_profile({"text": "빵집", "region": region}, snapshot, today=TODAY)
    assert profile.links["LOCATED_IN"] == (NodeRef("Region", code),)


def test_certificates_are_named_once_and_blank_ones_left_out(snapshot: Snapshot) -> None:
    given = {"text": "빵집", "certificates": ["", " 벤처기업", "벤처기업"]}
    profile, notes = read_profile(given, snapshot, today=TODAY)
    assert profile.certificates == ("벤처기업",)
    told = next(note for note in notes if note.rule == "certificates")
    assert (told.ko, told.en) == ("인증 벤처기업", "certificates venture company (벤처기업)")
    _, notes = read_profile({"text": "빵집", "certificates": []}, snapshot, today=TODAY)
    assert next(note for note in notes if note.rule == "certificates").en == "certificates none"


@pytest.mark.parametrize(("count", "en"), [(0, "0 employees"), (1, "1 employee"), (2, "2 employees")])
def test_one_employee_is_no_plural(snapshot: Snapshot, count: int, en: str) -> None:
    for given in ({"text": "빵집", "employees": count}, {"text": f"직원 {count}명"}):
        _, notes = read_profile(given, snapshot, today=TODAY)
        assert next(note for note in notes if note.rule == "employees").en == en


def test_who_has_yet_to_found_has_nothing_registered(snapshot: Snapshot) -> None:
    profile, notes = read_profile("아직 창업 전입니다. 수제간식 가게를 열고 싶어요", snapshot, today=TODAY)
    assert profile.standing == ("unregistered",)
    assert next(note for note in notes if note.rule == "founded_on").ko.startswith("예비창업자로 읽음")
    assert read_profile("빵집을 합니다", snapshot, today=TODAY)[0].standing == ()
    again = "작년에 카페를 폐업하고 올해 온라인 쇼핑몰 창업을 준비하고 있어요"
    assert read_profile(again, snapshot, today=TODAY)[0].standing == ("closed", "unregistered")
    given = {"text": "아직 창업 전입니다", "founded_on": "2020-05-01"}
    assert read_profile(given, snapshot, today=TODAY)[0].standing == ()
