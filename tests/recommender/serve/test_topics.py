"""What a request asks for is found in titles of the same topic, however the request words it."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from benchmarks.requests import PARTS, judged, requests, right_of
from benchmarks.topic_weights import learn, left_out, wishes
from loaders.samples import FOLDER
from recommender.knowledge.tasks import get_task
from recommender.serve.request_text import REQUEST_ROLE, nothing_of_topic, request_nearness
from recommender.serve.topics import TOPICS, asked_of, topic_weights, topics_asked, topics_offered, topics_wished
from recommender.text.encoder import load_encoder
from recommender.text.protocol import TextEncoder
from tests.recommender.fixtures import WordEncoder, near_to

IDS = [topic.id for topic in TOPICS]


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return load_encoder()


def _surest(text: str, encoder: TextEncoder) -> str:
    return IDS[int(topics_asked([text], encoder, REQUEST_ROLE)[0].argmax())]


@pytest.mark.parametrize(
    ("wish", "topics"),
    [
        ("운영자금이 필요합니다", ["money"]),
        ("직원을 한 명 더 구하려고 합니다", ["hiring"]),
        ("선반을 한 대 더 사고 싶습니다", ["equipment"]),
        ("남이 우리 제품을 베껴서 팝니다", ["ip"]),  # a trouble, described without being named
        ("특허 제품을 만들어서 팝니다", []),  # says what it does and asks for nothing
        ("상표를 도용당했습니다", ["ip"]),
        ("수출도 하고 전시회도 나가고 싶습니다", ["export", "exhibitions"]),
        ("수출 통관 서류를 모르겠습니다", ["export"]),
        ("해고 통보를 어떻게 해야 하나 모르겠습니다", ["labour"]),
        ("폐수 배출 허가를 받아야 합니다", ["permits"]),
        ("아들에게 가게를 물려주고 싶습니다", ["tax"]),
        ("거래처가 대금을 안 줘서 고민입니다", ["sales", "law"]),
        ("사기를 당했습니다", ["law"]),
        ("지원가능한 곳을 찾습니다", []),  # a part of another word is none: 원가, 고소, 사기, 고발, 동업, 배출
        ("고소한 맛을 더 내고 싶습니다", []),
        ("밀가루를 사기 어렵습니다", []),
        ("사고발생 뒤가 걱정입니다", []),
        ("자동업무를 찾습니다", []),
        ("제자를 배출하고 싶습니다", []),
        ("사무실이 필요합니다", ["space", "offices"]),
        ("공장 자리를 알아보고 있습니다", ["space", "workshops"]),
        ("카페 자리를 구합니다", ["space", "shop_rooms"]),
    ],
)
def test_words_say_what_a_wish_is_about(wish: str, topics: list[str]) -> None:
    assert [IDS[at] for at in topics_wished(wish)] == topics


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("2026년 중소기업 정책자금 융자계획 변경 공고", {"money", "costs", "equipment"}),
        ("2026년 미래내일 일경험(인턴형) 참여기업 모집 공고", {"hiring"}),
        ("2026년 산업ㆍ일자리전환 컨설팅 참여기업 모집 공고", {"advice"}),
        ("2026년 해외 온라인 위조상품 유통 사전진단 서비스 공고", {"export", "ip", "advice"}),
        ("2026년 소상공인 고용보험료 지원사업 공고", {"costs", "labour"}),
        ("변호사, 인력·노무·입지 (상품 판매·외식)", {"law", "hiring", "labour", "permits"}),
        ("변리사, 특허 (공산품 제조·부동산)", {"ip"}),
        ("관세사, 수출·인증 (운송·물류)", {"export", "certification"}),
        ("경영지도사, 경영·창업 (외식)", {"advice", "starting"}),
        ("세무사, 환경 (인력 공급)", {"tax", "permits"}),
    ],
)
def test_words_of_a_title_say_what_it_is_about(title: str, topics: set[str]) -> None:
    assert {IDS[at] for at in topics_offered([title])[0].nonzero()[0]} == topics


@pytest.mark.parametrize(
    ("wish", "topic"),
    [
        ("은행에서 더 안 빌려준대요", "money"),
        ("일할 사람이 안 와요", "hiring"),
        ("튀김기가 20년이 다 돼서 자꾸 꺼져요", "equipment"),
        ("포장 상자가 너무 촌스러워요", "design"),
    ],
)
def test_learnt_weights_know_wishes_that_no_words_foresee(wish: str, topic: str, encoder: TextEncoder) -> None:
    assert topic not in [IDS[at] for at in topics_wished(wish)]
    assert _surest(wish, encoder) == topic


def test_weights_are_those_of_the_labelled_wishes(encoder: TextEncoder) -> None:
    """Learnt from a part of them, they order that part's topics as the package's do, and know others better by far."""
    rows = wishes()[::6]
    vectors = encoder.encode([row["text"] for row in rows], REQUEST_ROLE)
    about = [row["topics"] for row in rows]
    assert {topic for topics in about for topic in topics} <= {*IDS}
    assert learn(vectors, about) == learn(vectors, about)
    known = topic_weights().probability(vectors)
    right = np.array([[topic in topics for topic in IDS] for topics in about])
    assert (known[right] > 0.5).mean() > 0.8
    assert (known[~right] > 0.5).mean() < 0.02
    assert np.mean(list(left_out(vectors, about).values())) > 3 * right.mean(), "three times what chance would give"


def test_another_text_model_goes_by_words_alone() -> None:
    asked = topics_asked(["운영자금이 필요합니다", "빵을 굽고 싶다"], WordEncoder(), REQUEST_ROLE)
    assert {IDS[at] for at in asked[0].nonzero()[0]} == {"money"}
    assert not asked[1].any()
    assert topics_asked([], WordEncoder(), REQUEST_ROLE).shape == (0, len(TOPICS))


def test_each_topic_is_served_by_a_task_and_one_of_words_alone_has_no_weight() -> None:
    assert len({*IDS}) == len(IDS)
    assert all(topic.tasks for topic in TOPICS)
    unlearnt = {IDS[at] for at in np.flatnonzero(np.isinf(topic_weights().weights[:, -1]))}
    assert unlearnt == {"support", "permits", "environment", "offices", "workshops", "shop_rooms"}
    assert asked_of("바우처를 받고 싶습니다") == ("programs", "experts")


def test_a_title_of_the_topic_goes_before_one_with_a_like_word(encoder: TextEncoder) -> None:
    titles = ["2026년 오늘전통 창업 선도기업 공고", "2026년 2차 자율형공장 구축 지원사업 공고", "K-팝 선반 전시"]
    near = request_nearness(
        ["선반을 한 대 더 사고 싶습니다"],
        near_to(encoder.encode(titles, "passage")),
        encoder,
        offered=topics_offered(titles),
    )
    assert near is not None
    assert near.scores.argmax() == 1
    said = near.said(1)
    assert said.place == 1
    assert said.topic is not None
    assert said.topic.en == "equipment"
    assert near.said(0).topic is None


@pytest.mark.parametrize(
    ("wish", "task", "missed"),
    [
        ("수출도 하고 전시회도 나가고 싶습니다", "programs", ["exhibitions"]),
        ("무역 실무와 수출 교육을 받고 싶습니다", "education", []),
        ("전시회에 나가는 교육을 받고 싶습니다", "education", ["exhibitions"]),
        ("안전 교육을 받고 싶습니다", "finance", []),  # no task of these topics
        ("융자를 받고 싶습니다", "finance", []),  # all of finance is about money
        ("융자를 받고 싶습니다", "programs", ["money"]),
        ("전시회에 나가고 싶습니다", "researchers", []),  # whose names tell no topic
        ("우리 빵은 맛있습니다", "programs", []),
    ],
)
def test_what_is_asked_for_and_no_candidate_is_about_is_said(wish: str, task: str, missed: list[str]) -> None:
    titles = ["2026년 수출 바우처 공고", "무역과 수출 입문 과정"]
    encoder = WordEncoder()
    near = request_nearness([wish], near_to(encoder.encode(titles, "passage")), encoder, offered=topics_offered(titles))
    assert near is not None
    said = nothing_of_topic(get_task(task), near.unmatched)
    names = [topic.name for topic in TOPICS if topic.id in missed]
    assert len(said) == bool(missed)
    for note in said:
        assert f"({', '.join(name.ko for name in names)})" in note.ko
        assert f"({', '.join(name.en for name in names)})" in note.en


def test_labelled_requests_name_notices_of_the_samples() -> None:
    with (FOLDER / "bizinfo_2026.csv").open(encoding="utf-8") as file:
        known = {row["pblancId"] for row in csv.DictReader(file)}
    rows = requests()
    assert {row["part"] for row in rows} == {*PARTS}
    for row in rows:
        assert row["text"]
        assert row["relevant"]
        assert {id_ for id_ in row["relevant"] if not id_.startswith("course:syn-")} <= known


def test_labelled_requests_for_experts_name_professions_and_fields_of_headlines() -> None:
    rows = requests("experts")
    assert {row["part"] for row in rows} <= {*PARTS}
    for row in rows:
        assert row["text"]
        assert row["professions"] or row["fields"]
    experts = {
        "a": "세무사, 자금·세무 (외식)",
        "b": "변호사, 노무 (세무 서비스)",
        "c": "금융 전문가, 자금 (외식·부동산)",
    }
    assert right_of({"professions": ["변호사"], "fields": ["세무"]}, experts) == ["a", "b"]
    assert right_of({"professions": ["금융 전문가"], "fields": []}, experts) == ["c"]


def test_a_list_is_judged_by_places_of_the_right_ones() -> None:
    precision, among, rank = judged(["a", "b", "c", "d"], ["b", "d", "z"])
    assert precision == pytest.approx((1 / 2 + 2 / 4) / 3)
    assert among == pytest.approx(2 / 3)
    assert rank == 1 / 2
    assert judged(["a"], ["z"]) == (0, 0, 0)


@pytest.mark.parametrize(
    ("wish", "restarts"),
    [
        ("다시 창업하려고 합니다", True),
        ("재창업 지원을 받고 싶습니다", True),
        ("처음 창업하려고 합니다", False),
        ("다시 개업하려고 합니다", True),
    ],
)
def test_who_starts_again_asks_for_that_and_not_for_a_first_start(wish: str, *, restarts: bool) -> None:
    asked = {TOPICS[at].id for at in topics_wished(wish)}
    assert ("restart" in asked) is restarts
    assert ("starting" in asked) is not restarts
