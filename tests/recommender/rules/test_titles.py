"""What a title names decides nothing, is told, and puts a notice after those that name no other place or year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language.answers import Verdict
from recommender.rules.candidates import Candidates
from recommender.rules.titles import places_in_titles, years_in_titles
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.rules.judging import TODAY, judge
from tests.recommender.small_graph import SmallGraph, goyang

IN_ILSAN = Profile("빵집", {"LOCATED_IN": (NodeRef("Region", "41285"),)})

MICRO = Profile("빵집", employees=1, revenue_krw=6e7)


def notice(title: str, **properties: object) -> SmallGraph:
    graph = goyang()
    for id_, name, above in (
        ("47", "경상북도", None),
        ("47190", "구미시", "47"),
        ("29", "광주광역시", None),
        ("41610", "광주시", "41"),
        ("30", "대전광역시", None),
    ):
        graph.node("Region", id_, name=name, code=id_)
        if above:
            graph.link(f"Region:{id_}", "PART_OF", f"Region:{above}")
    graph.node("Program", "P", title=title, **properties)
    return graph


@pytest.mark.parametrize(
    ("title", "words", "regions"),
    [
        ("2026년 구미시 스타트업 제작센터 참여기업 모집", "구미시", {"47190"}),
        ("디지털커머스 전문기관(소담스퀘어 in 광주) 모집", "광주", {"29", "41610"}),
        ("대전형 코업 청년 사업", "대전", {"30"}),
        ("경북 지역 기업 판로 지원", "경북", {"47"}),
        ("경상북도 구미 산단 지원", "경상북도, 구미", {"47", "47190"}),
        ("창조문화센터(구미역지하도상가) 입주자 모집", "구미", {"47190"}),
        ("구미역사 보존 사업", "", set()),
        ("AI 대전환 지원", "", set()),
        ("경기 침체 대응 대전환 자금", "", set()),
        ("구미호 상품화 지원", "", set()),
        ("고양이 용품 기업 지원", "", set()),
    ],
)
def test_places_are_found_as_titles_write_them(title: str, words: str, regions: set[str]) -> None:
    facts = DatedFacts(notice(title).snapshot())
    found = places_in_titles(Candidates(facts, [NodeRef("Program", "P")]))
    assert found.words == (words,)
    vocabulary = facts.snapshot.vocabulary("Region")
    assert {vocabulary.id(int(column)) for column in found.regions.indices} == regions


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2025년 특례 지원", 2025),
        ("2025년도 사업", 2025),
        ("기획_(2025)기획", 2025),
        ("2024년 결산 2025년 지원", 2025),
        ("수출 2000억", 0),
    ],
)
def test_the_last_year_of_a_title_is_read(title: str, year: int) -> None:
    facts = DatedFacts(notice(title).snapshot())
    assert years_in_titles(Candidates(facts, [NodeRef("Program", "P")])).tolist() == [year]


def test_a_notice_that_names_another_place_is_doubtful_and_says_so() -> None:
    decisions, checks = judge(notice("소담스퀘어 in 광주 모집"), "programs", IN_ILSAN, "Program:P")
    assert decisions.doubtful.tolist() == [[True]]
    assert decisions.admitted.tolist() == [[True]]
    assert checks["region"].verdict is Verdict.CHECK
    assert checks["region"].ko == "제목에 적힌 지역(광주)만 대상일 수 있어 확인 필요, 소재지 고양시 일산동구"
    assert checks["region"].en == (
        "its title names 광주, and it may be open to that region alone: to be checked; located in 고양시 일산동구"
    )


@pytest.mark.parametrize("title", ["고양시 소상공인 지원", "일산동구 상점가 지원", "경기도 판로 지원", "판로 지원"])
def test_a_notice_of_the_askers_own_place_or_of_none_is_not_doubtful(title: str) -> None:
    assert not judge(notice(title), "programs", IN_ILSAN, "Program:P")[0].doubtful.any()


def test_who_tells_no_place_or_one_above_doubts_none() -> None:
    above = Profile("빵집", {"LOCATED_IN": (NodeRef("Region", "47"),)})
    for asker in (Profile("빵집"), above):
        assert not judge(notice("구미시 지원"), "programs", asker, "Program:P")[0].doubtful.any()


def test_what_a_register_says_of_regions_goes_before_the_title() -> None:
    assert "region" not in judge(notice("구미시 산업전", nationwide=True), "programs", IN_ILSAN, "Program:P")[1]
    graph = notice("구미시 산업전")
    graph.link("Program:P", "TARGETS", "Region:41")
    decisions, checks = judge(graph, "programs", IN_ILSAN, "Program:P")
    assert (checks["region"].verdict, decisions.doubtful.any()) == (Verdict.IN, False)


@pytest.mark.parametrize(
    ("title", "window", "as_of", "doubtful"),
    [
        ("2025년 특례", {"window_kind": "unknown"}, TODAY, True),
        ("2025년 특례", {"window_kind": "unknown"}, date(2025, 12, 31), False),
        ("2026년 특례", {"window_kind": "unknown"}, TODAY, False),
        ("특례", {"window_kind": "unknown"}, TODAY, False),
        ("2025년 특례", {"window_kind": "unknown", "announced_on": date(2026, 1, 5)}, TODAY, False),
        ("2025년 특례", {"window_kind": "fixed", "apply_until": date(2026, 12, 31)}, TODAY, False),
        ("2025년 특례", {"window_kind": "always", "announced_on": date(2025, 1, 5)}, TODAY, False),
        ("2025년 특례", {"window_kind": "until_budget", "announced_on": date(2025, 1, 5)}, TODAY, True),
    ],
)
def test_an_undated_notice_of_a_year_that_is_over_is_doubtful(
    title: str, window: dict[str, object], as_of: date, *, doubtful: bool
) -> None:
    decisions, checks = judge(notice(title, nationwide=True, **window), "programs", IN_ILSAN, "Program:P", as_of)
    assert decisions.doubtful.tolist() == [[doubtful]]
    assert ("제목이 2025년이라 끝났을 수 있음" in (checks["window"].ko if "window" in checks else "")) is doubtful


@pytest.mark.parametrize(
    ("targets", "asker", "doubtful"),
    [
        (["disabled"], IN_ILSAN, True),
        (["disabled", "sme"], IN_ILSAN, False),
        (["women"], IN_ILSAN, False),
        (["disabled"], Profile("장애인기업입니다"), False),
        (["disabled"], Profile("빵집", certificates=("장애인기업",)), False),
        ([], IN_ILSAN, False),
    ],
)
def test_what_is_for_a_few_is_doubtful_for_who_says_nothing_of_it(
    targets: list[str], asker: Profile, *, doubtful: bool
) -> None:
    graph = notice("지원", nationwide=True, targets=targets, announced_on=TODAY)
    assert judge(graph, "programs", asker, "Program:P")[0].doubtful.tolist() == [[doubtful]]


@pytest.mark.parametrize(
    ("title", "asker", "told"),
    [
        ("체육인 직업안정 사업", MICRO, "지원 대상 소상공인, 제목의 ‘체육인’에 해당하는지 확인 필요"),
        ("장애인 창업 컨설팅", MICRO, "지원 대상 소상공인, 제목의 ‘장애인’에 해당하는지 확인 필요"),
        ("장애인 창업 컨설팅", replace(MICRO, text="장애가 있는 대표입니다"), None),
        ("장애인 고용 장려금", MICRO, None),
        ("희망리턴패키지 재기사업화", MICRO, "지원 대상 소상공인, 제목의 ‘희망리턴’에 해당하는지 확인 필요"),
        (
            "희망리턴패키지 재기사업화",
            replace(MICRO, text="직원이 없습니다"),
            "지원 대상 소상공인, 제목의 ‘희망리턴’에 해당하는지 확인 필요",
        ),
        ("희망리턴패키지 재기사업화", replace(MICRO, text="손님이 줄어 폐업을 고민합니다"), None),
        ("희망리턴패키지 재기사업화", replace(MICRO, text="손님이 없어요"), None),
        ("체육시설 지원", MICRO, None),
        ("해양기업 혁신성장", MICRO, "지원 대상 소상공인, 제목의 ‘해양기업’에 해당하는지 확인 필요"),
        ("해양기업 혁신성장", replace(MICRO, text="선박 부품을 만듭니다"), None),
        ("레미콘 기업지원", MICRO, "지원 대상 소상공인, 제목의 ‘레미콘’에 해당하는지 확인 필요"),
        ("K-뷰티ㆍ헬스케어 현지진출", MICRO, "지원 대상 소상공인, 제목의 ‘뷰티’에 해당하는지 확인 필요"),
        ("K-뷰티ㆍ헬스케어 현지진출", replace(MICRO, text="화장품 제조업체"), None),
        ("K-FOOD 통상촉진단", MICRO, None),
        (
            "K-FOOD 통상촉진단",
            replace(MICRO, text="물류회사"),
            "지원 대상 소상공인, 제목의 ‘K-FOOD’에 해당하는지 확인 필요",
        ),
        ("홈로봇가전 시제작 지원", MICRO, "지원 대상 소상공인, 제목의 ‘로봇’에 해당하는지 확인 필요"),
        ("홈로봇가전 시제작 지원", replace(MICRO, text="드론을 만듭니다"), None),
        (
            "소프트웨어 지식재산권(IP) 평가보증",
            MICRO,
            "지원 대상 소상공인, 제목의 ‘소프트웨어 지식재산’에 해당하는지 확인 필요",
        ),
        ("소프트웨어 지식재산권(IP) 평가보증", replace(MICRO, text="We build an AI app"), None),
        (
            "소프트웨어 지식재산권(IP) 평가보증",
            replace(MICRO, text="The main trade is bread"),
            "지원 대상 소상공인, 제목의 ‘소프트웨어 지식재산’에 해당하는지 확인 필요",
        ),
        ("소프트웨어 구매 바우처", MICRO, None),
        (
            "고령자친화기업 공모",
            replace(MICRO, text="빵집, 청년을 뽑고 싶습니다"),
            "지원 대상 소상공인, 제목의 ‘고령’에 해당하는지 확인 필요",
        ),
        ("고령자친화기업 공모", replace(MICRO, text="빵집, 사람을 뽑고 싶습니다"), None),
        ("고령자친화기업 공모", replace(MICRO, text="빵집, 청년과 어르신을 뽑고 싶습니다"), None),
        (
            "청년 일자리 도약 장려금",
            replace(MICRO, text="빵집, 시니어를 뽑고 싶습니다"),
            "지원 대상 소상공인, 제목의 ‘청년’에 해당하는지 확인 필요",
        ),
        ("도쿄 XR페어 참가 지원", replace(MICRO, text="영화를 찍는 스튜디오"), None),
        (
            "AI기반 슬립테크 실증",
            replace(MICRO, text="수학학원"),
            "지원 대상 소상공인, 제목의 ‘슬립테크’에 해당하는지 확인 필요",
        ),
    ],
)
def test_a_title_that_names_few_people_admits_no_other_for_certain(
    title: str, asker: Profile, told: str | None
) -> None:
    graph = notice(title, nationwide=True, targets=["micro"])
    decisions, checks = judge(graph, "programs", asker, "Program:P")
    assert decisions.doubtful.tolist() == [[told is not None]]
    assert checks["target"].verdict is (Verdict.IN if told is None else Verdict.CHECK)
    assert told is None or checks["target"].ko == told


def test_a_company_of_the_graph_that_tells_no_trade_in_words_is_not_doubted() -> None:
    assert not judge(notice("해양기업 지원", nationwide=True), "programs", "bakery", "Program:P")[0].doubtful.any()


def test_who_holds_the_certificate_is_one_of_the_people_named() -> None:
    asker = replace(MICRO, certificates=("장애인기업",))
    for target in ("disabled", "micro"):
        graph = notice("장애인 창업 컨설팅", nationwide=True, targets=[target])
        decisions, checks = judge(graph, "programs", asker, "Program:P")
        assert (checks["target"].verdict, decisions.doubtful.any()) == (Verdict.IN, False)


def test_a_kind_that_is_named_already_is_not_told_twice() -> None:
    graph = notice("장애인기업 판로 지원", nationwide=True, targets=["disabled"])
    check = judge(graph, "programs", MICRO, "Program:P")[1]["target"]
    assert check.ko == "지원 대상 장애인기업, 해당 여부 확인 필요"
