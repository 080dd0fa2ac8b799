"""Reasons are paths that stand in the snapshot, told in sentences that a Korean would write."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from graph_schema.catalog import relation_type
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.language import particles as sentences
from recommender.language.answers import Audience, PathStep, Reason
from recommender.reasons.explain import Explainer
from recommender.reasons.shared_words import DistinctiveWords, Stems, place_words
from recommender.reasons.similarity import Likeness, NearText
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import LOADED_AT, SmallGraph, goyang, with_crowd

TODAY = date(2026, 3, 2)
BAKERY, SOFT = NodeRef("Company", "bakery"), NodeRef("Company", "soft")
RICE_CAKES = (NodeRef("Industry", "ksic11:10711"),)


def explain(snapshot: Snapshot, start: NodeRef | Profile, end: NodeRef, *, as_of: date = TODAY) -> tuple[Reason, ...]:
    explainer = Explainer(Network(DatedFacts(snapshot)))
    return explainer.reasons(explainer.search(start, as_of, Audience.CITY), [end])[0]


def likeness(graph: SmallGraph) -> Likeness:
    return Likeness(DatedFacts(graph.snapshot()), TODAY, DistinctiveWords())


def shared(one: str, other: str, words: DistinctiveWords | None = None) -> list[str]:
    return (words or DistinctiveWords()).shared(Stems.of(one), Stems.of(other))


def co_filing() -> SmallGraph:
    graph = with_crowd(goyang())
    graph.node("Institution", "univ", name="한국항공대학교", kind="university")
    for number, company in enumerate(("bakery", "soft")):
        graph.link(
            f"Company:{company}",
            "CO_FILED_WITH",
            "Institution:univ",
            on=date(2024, 1, 2 + number),
            key=f"10{number}",
            source="kipris",
        )
    return graph


def holds(snapshot: Snapshot, step: PathStep) -> bool:
    relation = relation_type(step.source.label, step.type, step.target.label)
    rows = snapshot.table(relation).to_pylist()
    return any(
        (row["src"], row["dst"], row["source"], row["loaded_at"].isoformat(), row["synthetic"])
        == (step.source.id, step.target.id, step.origin, step.loaded_at, step.synthetic)
        for row in rows
    )


def test_a_path_carries_its_source_day_and_time_of_loading() -> None:
    snapshot = co_filing().snapshot()
    (reason,) = explain(snapshot, BAKERY, SOFT)
    univ = NodeRef("Institution", "univ")
    loaded = LOADED_AT.isoformat()
    assert reason.steps == (
        PathStep(BAKERY, "CO_FILED_WITH", univ, "kipris", loaded, "2024-01-02", synthetic=False),
        PathStep(SOFT, "CO_FILED_WITH", univ, "kipris", loaded, "2024-01-03", synthetic=False),
    )
    assert reason.ko == "가온떡집과 나래소프트는 모두 한국항공대학교와 공동 출원했습니다."
    assert reason.en == "가온떡집 and 나래소프트 both filed together with 한국항공대학교."


def applications() -> SmallGraph:
    graph = co_filing()
    graph.node("Program", "P", title="2026 판로 지원")
    graph.link("Company:soft", "APPLIED_TO", "Program:P", on=date(2025, 2, 1))
    graph.link("Program:P", "TARGETS", "Industry:ksic11:10711")
    graph.link("Program:P", "TARGETS", "Region:41280")
    graph.link("Company:bakery", "NEEDS", "Need:N", on=date(2026, 2, 1))
    graph.node("Need", "N", title="온라인 판로")
    graph.node("Topic", "판로", name="판로")
    graph.link("Need:N", "ABOUT", "Topic:판로")
    graph.link("Program:P", "ABOUT", "Topic:판로")
    return graph


def test_up_to_three_true_and_different_paths_of_three_hops_at_most() -> None:
    snapshot = applications().snapshot()
    reasons = explain(snapshot, BAKERY, NodeRef("Program", "P"))
    assert 1 < len(reasons) <= 3
    assert len({reason.steps for reason in reasons}) == len(reasons)
    for reason in reasons:
        assert 1 <= len(reason.steps) <= 3
        assert all(holds(snapshot, step) for step in reason.steps)
        joints = [{step.source, step.target} for step in reason.steps]
        assert BAKERY in joints[0]
        assert NodeRef("Program", "P") in joints[-1]
        assert all(first & second for first, second in pairwise(joints))
    assert reasons[0].ko == "가온떡집의 업종은 떡류 제조업이고, ‘2026 판로 지원’의 대상 업종은 떡류 제조업입니다."


def test_a_field_is_told_with_its_scheme_and_the_title_that_the_graph_has() -> None:
    graph = goyang()
    graph.node("TechField", "ipc:G", name="물리학", code="G", scheme="ipc", level=1)
    graph.node("TechField", "ipc:G01N", name="G01N", code="G01N", scheme="ipc", level=3)
    for number, company in enumerate(("bakery", "soft")):
        graph.node("Technology", f"t{number}", title=f"센서 {number}")
        graph.link(f"Company:{company}", "FILED", f"Technology:t{number}", on=date(2024, 1, 2))
        graph.link(f"Technology:t{number}", "IN_FIELD", "TechField:ipc:G01N")
    (reason,) = explain(graph.snapshot(), BAKERY, NodeRef("Technology", "t1"))
    assert "분야가 IPC G01N (G 물리학)" in reason.ko
    assert "IPC G01N (G 물리학)" in reason.en


def test_a_field_is_told_by_its_title_in_the_language_of_the_sentence() -> None:
    graph = goyang()
    title = {"name": "재료의 조사·분석", "name_en": "Analysing materials"}
    graph.node("TechField", "ipc:G01N", **title, code="G01N", scheme="ipc", level=3)
    for number, company in enumerate(("bakery", "soft")):
        graph.node("Technology", f"t{number}", title=f"센서 {number}")
        graph.link(f"Company:{company}", "FILED", f"Technology:t{number}", on=date(2024, 1, 2))
        graph.link(f"Technology:t{number}", "IN_FIELD", "TechField:ipc:G01N")
    (reason,) = explain(graph.snapshot(), BAKERY, NodeRef("Technology", "t1"))
    assert "분야가 IPC G01N (재료의 조사·분석)" in reason.ko
    assert "IPC G01N (Analysing materials)" in reason.en


def test_a_profile_starts_with_a_fact_that_it_states() -> None:
    snapshot = applications().snapshot()
    profile = Profile("떡집", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)})
    reason = explain(snapshot, profile, NodeRef("Program", "P"))[0]
    assert [step.in_snapshot for step in reason.steps] == [False, True]
    assert reason.steps[0].source == NodeRef("Company", "profile")
    assert reason.ko.startswith("이 기업의 업종은 떡류 제조업이고, ")
    assert reason.en.startswith("This company works in 떡류 제조업, and ")
    assert holds(snapshot, reason.steps[1])


def test_a_name_that_holds_commas_is_quoted() -> None:
    graph = goyang()
    graph.node("Industry", "ksic11:591", name="영화, 비디오물 제작업", code="591", revision=11)
    graph.node("Program", "P", title="판로 지원")
    graph.link("Program:P", "TARGETS", "Industry:ksic11:591")
    profile = Profile("영화사", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:591"),)})
    (reason,) = explain(graph.snapshot(), profile, NodeRef("Program", "P"))
    assert reason.ko == (
        "이 기업의 업종은 ‘영화, 비디오물 제작업’이고, ‘판로 지원’의 대상 업종은 ‘영화, 비디오물 제작업’입니다."
    )


@pytest.mark.parametrize(("others", "found"), [(2, 1), (3, 0)])
def test_no_path_leads_through_what_a_tenth_of_all_companies_share(others: int, found: int) -> None:
    graph = with_crowd(goyang(), 47)  # 50 companies: five are a tenth
    graph.node("Institution", "univ", name="대학")
    shared = ["bakery", "soft", *(f"crowd{number:03}" for number in range(others))]
    for company in shared:
        graph.link(f"Company:{company}", "CO_FILED_WITH", "Institution:univ", on=date(2024, 1, 1))
    assert len(explain(graph.snapshot(), BAKERY, SOFT)) == found


def test_companies_below_a_code_share_it() -> None:
    """All 20 companies of the section's leaves make the section a hub, and no leaf one."""
    graph = with_crowd(goyang(), 97)
    for number in range(20):
        graph.tree("Industry", f"ksic11:C>ksic11:X{number}")
        graph.link(f"Company:crowd{number:03}", "IN_INDUSTRY", f"Industry:ksic11:X{number}")
    network = Network(DatedFacts(graph.snapshot()))
    assert network.hubs[network.find(NodeRef("Industry", "ksic11:C"))]
    assert not network.hubs[network.find(NodeRef("Industry", "ksic11:X1"))]


def test_facts_after_the_day_are_not_used() -> None:
    snapshot = co_filing().snapshot()
    assert not explain(snapshot, BAKERY, SOFT, as_of=date(2024, 1, 2))
    assert len(explain(snapshot, BAKERY, SOFT, as_of=date(2024, 1, 3))) == 1


def test_a_programme_announced_later_explains_nothing_before() -> None:
    graph = with_crowd(goyang())
    graph.node("Program", "P", title="지원", announced_on=date(2026, 3, 3))
    for company in ("bakery", "soft"):
        graph.link(f"Company:{company}", "APPLIED_TO", "Program:P")
    assert not explain(graph.snapshot(), BAKERY, SOFT)
    assert explain(graph.snapshot(), BAKERY, SOFT, as_of=date(2026, 3, 3))


def test_parallel_relationships_give_one_path_with_the_newest() -> None:
    graph = co_filing()
    graph.link("Company:bakery", "CO_FILED_WITH", "Institution:univ", on=date(2025, 7, 1), key="later")
    (reason,) = explain(graph.snapshot(), BAKERY, SOFT)
    assert reason.steps[0].on == "2025-07-01"


def test_rare_nodes_come_before_busy_ones() -> None:
    graph = with_crowd(goyang(), 97)
    for name, others in (("busy", 7), ("rare", 0)):
        graph.node("Institution", name, name=name)
        for company in ("bakery", "soft", *(f"crowd{number:03}" for number in range(others))):
            graph.link(f"Company:{company}", "CO_FILED_WITH", f"Institution:{name}", on=date(2024, 1, 1))
    reasons = explain(graph.snapshot(), BAKERY, SOFT)
    assert [reason.steps[0].target.id for reason in reasons] == ["rare", "busy"]


def test_backwards_tells_the_same_path_from_the_other_end() -> None:
    snapshot = co_filing().snapshot()
    explainer = Explainer(Network(DatedFacts(snapshot)))
    ((reason,),) = explainer.reasons(explainer.search(SOFT, TODAY), [BAKERY], backwards=True)
    assert reason == explain(snapshot, BAKERY, SOFT)[0]


@pytest.mark.parametrize(
    ("word", "kind", "expected"),
    [
        ("떡집", "은", "떡집은"),
        ("소프트", "은", "소프트는"),
        ("대학교", "와", "대학교와"),
        ("연구원", "와", "연구원과"),
        ("경기도", "을", "경기도를"),
        ("서울", "로", "서울로"),
        ("부산", "로", "부산으로"),
        ("고양", "로", "고양으로"),
        ("‘2026 판로 지원’", "을", "‘2026 판로 지원’을"),
        ("(주)가나", "이", "(주)가나가"),
        ("‘세액 감면(2021년 안내)’", "은", "‘세액 감면(2021년 안내)’은"),
        ("부엌(가상)", "은", "부엌(가상)은"),
        ("가온(주)", "이", "가온(주)이"),
        ("사업 3", "을", "사업 3을"),
        ("사업 2", "을", "사업 2를"),
        ("KAIST", "은", "KAIST는"),
        ("LG", "은", "LG는"),
        ("ABM", "은", "ABM은"),
        ("Robot", "이", "Robot이"),
        ("", "이", "가"),
    ],
)
def test_particles_follow_the_final_consonant(word: str, kind: str, expected: str) -> None:
    assert sentences.with_particle(word, kind) == expected


@pytest.mark.parametrize(
    ("relation", "ko", "en"),
    [
        (("Company", "IN_INDUSTRY", "Industry"), "가의 업종은 나다", "A works in B"),
        (("Company", "LOCATED_IN", "Center"), "가가 입주한 센터는 나다", "A is located in B"),
        (("Program", "TARGETS", "Industry"), "가의 대상 업종은 나다", "A is open to the industry B"),
        (("Company", "FILED", "Technology"), "가는 나를 출원했다", "A filed B"),
        (("Company", "CONSULTED", "Expert"), "가는 나의 자문을 받았다", "A consulted B"),
        (("Company", "NEEDS", "Need"), "가는 나가 필요하다", "A asked for B"),
        (("Industry", "MAPS_TO", "Industry"), "가는 나로 이어진다", "A is continued in revision B"),
    ],
)
def test_relationships_read_as_sentences(relation: tuple[str, str, str], ko: str, en: str) -> None:
    assert sentences.korean_fact(relation_type(*relation), "가", "나") == ko
    assert sentences.english_fact(relation_type(*relation), "A", "B") == en


@pytest.mark.parametrize(
    ("relation", "polite"),
    [
        (("Company", "IN_INDUSTRY", "Industry"), "가의 업종은 나입니다"),
        (("Company", "FILED", "Technology"), "가는 나를 출원했습니다"),
        (("Company", "NEEDS", "Need"), "가는 나가 필요합니다"),
        (("Industry", "MAPS_TO", "Industry"), "가는 나로 이어집니다"),
        (("Region", "PART_OF", "Region"), "가는 나에 속합니다"),
        (("Space", "PART_OF", "Center"), "가는 나에 있습니다"),
    ],
)
def test_a_sentence_ends_politely(relation: tuple[str, str, str], polite: str) -> None:
    assert sentences.korean_fact(relation_type(*relation), "가", "나", polite=True) == polite


@pytest.mark.parametrize(
    ("sentence", "clause"),
    [
        ("가는 나와 공동 출원했다", "가는 나와 공동 출원했고"),
        ("가는 나에 속한다", "가는 나에 속하고"),
        ("가는 나로 이어진다", "가는 나로 이어지고"),
        ("가의 업종은 제조업이다", "가의 업종은 제조업이고"),
        ("가의 업종은 나다", "가의 업종은 나고"),
        ("가는 나에 있다", "가는 나에 있고"),
    ],
)
def test_sentences_go_on(sentence: str, clause: str) -> None:
    assert sentences.korean_and(sentence) == clause


def test_what_starts_with_a_guess_says_so() -> None:
    profile = Profile("떡집", guesses={"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)})
    reason = explain(applications().snapshot(), profile, NodeRef("Program", "P"))[0]
    assert [(step.origin, step.in_snapshot) for step in reason.steps] == [
        ("request (guessed)", False),
        ("test", True),
    ]
    assert reason.ko.endswith("(이 기업에 관한 내용은 요청 글에서 추정).")
    assert reason.en.endswith(" (guessed for this company from the request).")


def test_a_guessed_industry_in_common_is_called_a_guess() -> None:
    graph = goyang()
    graph.node("Program", "P", title="식품 안전 교육")
    graph.link("Program:P", "TARGETS", "Industry:ksic11:C")
    guess = (NodeRef("Industry", "ksic11:10711"),)
    result = NodeRef("Program", "P")
    reason = likeness(graph).reason(Profile("떡집", guesses={"IN_INDUSTRY": guess}), result)
    assert reason.ko == "요청과 맞는 점: 같은 업종 대분류 제조업(추정)."
    assert reason.en == "Fits the request: the same industry section 제조업 (guessed)."
    reason = likeness(graph).reason(Profile("떡집", {"IN_INDUSTRY": guess}), result)
    assert reason.ko == "요청과 맞는 점: 같은 업종 대분류 제조업."


def test_two_subjects_in_english_share_one_verb() -> None:
    awarded, located = relation_type("Company", "AWARDED", "Program"), relation_type("Company", "LOCATED_IN", "Region")
    assert sentences.english_shared(awarded, "A", "B", "C") == "A and B were both awarded C"
    assert sentences.english_shared(located, "A", "B", "C") == "A and B are both located in C"


def test_shared_words_leave_particles_and_commonplaces_out() -> None:
    assert shared("온라인 판매를 시작하는 기업", "온라인판매 지원사업, 판매의 달인") == ["온라인", "판매"]
    assert shared("빵집", "지식재산 창출 지원") == []
    assert shared("직원 3명의 개인사업자, 매출 3억", "직원 교육을 하는 개인 사업자의 매출") == []
    assert shared("스마트팜을 짓고 프로그램을 설치", "스마트 거울 프로그램 설치 서비스") == []


def test_without_a_path_only_what_is_true_is_named() -> None:
    graph = goyang()
    graph.node("Program", "P", title="온라인 판매 교육")
    graph.link("Program:P", "TARGETS", "Region:41280")
    reason = likeness(graph).reason(BAKERY, NodeRef("Program", "P"), NearText(1, 250))
    assert reason.attributes == ("region=41280", "words=온라인|판매", "text_rank=1%")
    assert "같은 지역 고양시" in reason.ko
    nothing = likeness(graph).reason(NodeRef("Company", "unknown"), NodeRef("Program", "P"), NearText(50, 100))
    assert nothing.attributes == ()
    assert "점수만으로" in nothing.ko


def test_companies_alike_in_size_and_section_say_so() -> None:
    graph = goyang()
    graph.node("Company", "other", name="다른떡집", employees=4)
    graph.link("Company:other", "IN_INDUSTRY", "Industry:ksic11:10")
    reason = likeness(graph).reason(BAKERY, NodeRef("Company", "other"))
    assert reason.attributes == ("industry_section=ksic11:C", "size_band=under 5")


@pytest.mark.parametrize(
    ("near", "said"),
    [
        (NearText(1, 250), "글 내용이 가까운 상위 1%"),
        (NearText(1, 20), "글 내용이 가까운 상위 5%"),
        (NearText(5, 20), "글 내용이 가까운 상위 25%"),
        (NearText(6, 20), None),
        (NearText(1, 4), "글 내용이 후보 4건 가운데 가장 가까움"),
        (NearText(2, 4), None),
        (NearText(1, 1), None),
    ],
)
def test_a_share_is_never_finer_than_one_of_those_ranked(near: NearText, said: str | None) -> None:
    """A percentage needs twenty candidates; of fewer only the nearest is named, and of one nothing."""
    graph = goyang()
    graph.node("Program", "P", title="도시 농업")
    reason = likeness(graph).reason(SOFT, NodeRef("Program", "P"), near)
    if said is None:
        assert reason.attributes == ()
    else:
        assert reason.ko == f"직접 연결된 경로는 없지만 다음이 비슷합니다: {said}."


@pytest.mark.parametrize(
    "near",
    [
        NearText(1, 7, "강사 6명"),
        NearText(1, 7, "천연 보존제를 찾습니다"),
        NearText(1, 7, "제과점업", of_trade=True),
    ],
    ids=["fact", "other wish", "trade"],
)
def test_of_few_candidates_the_nearest_to_what_asks_for_others_is_no_reason(near: NearText) -> None:
    graph = goyang()
    graph.node("Program", "P", title="이차보전 사업")
    asked, loan = Profile(near.part), NodeRef("Program", "P")
    reason = likeness(graph).reason(asked, loan, near)
    assert reason.ko == "요청과 맞는 점을 따로 들 수 없습니다. 순위 점수만으로 추천했습니다."
    assert reason.attributes == ()
    wished = likeness(graph).reason(asked, loan, NearText(1, 7, "이자가 부담입니다", ("finance",)))
    assert wished.attributes == ("text_rank=1/7", "asks_for=finance")


def test_the_tasks_that_a_part_of_a_request_asks_for_are_attributes() -> None:
    graph = goyang()
    graph.node("Program", "P", title="도시 농업")
    near = NearText(1, 100, "돈이 필요하다", ("finance", "programs"))
    reason = likeness(graph).reason(Profile("돈"), NodeRef("Program", "P"), near)
    assert reason.ko == "요청과 맞는 점: ‘돈이 필요하다’라는 말에 글 내용이 가까운 상위 1%."
    assert reason.attributes == ("text_rank=1%", "asks_for=finance|programs")


def test_a_plain_fact_shares_no_word_with_a_title() -> None:
    """Founded in 2024 is no interest in founding; what is wished for still counts."""
    graph = goyang()
    graph.node("Program", "P", title="창업 선도기업 공고")
    alike, result = likeness(graph), NodeRef("Program", "P")
    assert alike.reason(Profile("떡집, 2024년 창업"), result).attributes == ()
    wish = alike.reason(Profile("떡집, 창업 지원을 받고 싶다"), result)
    assert wish.attributes == ("words=창업",)
    assert wish.en == "Fits the request: the word ‘창업’."


@pytest.mark.parametrize(
    ("profile", "said"),
    [
        (Profile("", {"IN_INDUSTRY": RICE_CAKES}), "업종 ‘떡류 제조업’에 글 내용이 가까운 상위 1%"),
        (Profile("떡집", guesses={"IN_INDUSTRY": RICE_CAKES}), "업종 ‘떡류 제조업’(추정)에 글 내용이 가까운 상위 1%"),
    ],
)
def test_the_name_of_an_industry_is_not_quoted_as_words_of_the_asker(profile: Profile, said: str) -> None:
    graph = goyang()
    graph.node("Technology", "T", title="포장 장치")
    near = NearText(1, 250, "떡류 제조업", of_trade=True)
    reason = likeness(graph).reason(profile, NodeRef("Technology", "T"), near)
    assert reason.ko == f"요청과 맞는 점: {said}."


def test_two_notices_for_the_same_others_are_no_reason() -> None:
    """That both are open to software companies too says nothing to a bakery."""
    graph = goyang()
    for program in ("P", "Q"):
        graph.node("Program", program, title=f"지원 {program}")
        graph.link(f"Program:{program}", "TARGETS", "Industry:ksic11:62010")
    graph.link("Company:bakery", "APPLIED_TO", "Program:Q", on=date(2025, 5, 1))
    assert explain(graph.snapshot(), BAKERY, NodeRef("Program", "P")) == ()
    (own,) = explain(graph.snapshot(), SOFT, NodeRef("Program", "P"))
    assert [step.type for step in own.steps] == ["IN_INDUSTRY", "TARGETS"]


def test_a_room_is_where_its_centre_is() -> None:
    graph = goyang()
    graph.node("Center", "K", name="테크노밸리")
    graph.link("Center:K", "LOCATED_IN", "Region:41285")
    graph.node("Space", "S", title="301호")
    graph.link("Space:S", "PART_OF", "Center:K")
    reason = likeness(graph).reason(BAKERY, NodeRef("Space", "S"))
    assert reason.attributes == ("region=41285",)
    assert "같은 지역 고양시 일산동구" in reason.ko


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("판로를 찾고 싶습니다. 도움이 필요합니다", ["창업이 필요합니다 싶습니다", "있습니다"]),
        ("고양시 일산동구의 가게", ["고양 축제", "일산 시장", "일산동구 골목"]),
        ("자동차 부품", ["자동 문", "부"]),
        ("전기차 정비", ["전기 요금"]),
        ("융자 상담", ["융자 하나", "융자 둘", "융자 셋", "융자 넷"]),
    ],
)
def test_endings_places_parts_of_words_and_usual_words_tell_nothing(asked: str, titles: list[str]) -> None:
    others = [f"다른 이름 {number}" for number in range(26)]
    words = DistinctiveWords([*titles, *others], place_words(goyang().snapshot()))
    assert [shared(asked, title, words) for title in titles] == [[] for _ in titles]


def test_a_word_of_one_title_tells_even_where_titles_are_few() -> None:
    assert shared("온라인판매", "온라인 판매 교육", DistinctiveWords(["온라인 판매 교육", "도시 농업"])) == ["온라인"]
