"""Each part of a request finds its own answers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from recommender.knowledge.tasks import TASKS
from recommender.language.requests import MOST_CLAUSES, asks, requests_in
from recommender.reasons.similarity import NearText
from recommender.serve.request_text import (
    RequestParts,
    parts_for,
    request_nearness,
    with_request,
    z_scores,
)
from tests.recommender.fixtures import WordEncoder, near_to

TITLES = ["빵 축제", "운영자금 융자 필요", "온라인 판매 교육", "수출 상담회", "빵 굽기"]


def test_the_nearest_part_counts_and_is_named() -> None:
    encoder = WordEncoder()
    candidates = encoder.encode(TITLES, "passage")
    near = request_nearness(["빵 굽기", "운영자금 융자 필요"], near_to(candidates), encoder)
    assert near is not None
    assert set(np.argsort(-near.scores)[:2]) == {1, 4}
    assert near.said(1) == NearText(1, 5, "운영자금 융자 필요", ("finance", "programs", "experts"))
    assert near.said(4) == NearText(1, 5, "빵 굽기")


def test_a_part_that_names_the_trade_is_no_wish() -> None:
    encoder = WordEncoder()
    parts = RequestParts((), {"제과점업": "제과점업"})
    near = request_nearness(parts, near_to(encoder.encode(["제과점업 오븐", "빵"], "passage")), encoder)
    assert near is not None
    assert near.said(0) == NearText(1, 2, "제과점업", of_trade=True)


@pytest.mark.parametrize(
    "trouble", ["손님이 줄었습니다", "단골이 없습니다", "매출이 떨어져 걱정입니다", "we need more customers"]
)
def test_a_lack_of_customers_speaks_of_selling_and_of_no_patent(trouble: str) -> None:
    assert parts_for("programs", [trouble]) == parts_for("experts", [trouble]) == (trouble,)
    assert parts_for("technologies", [trouble]) == parts_for("researchers", [trouble]) == ()


def test_words_for_what_the_company_is_say_whom_a_part_speaks_of() -> None:
    encoder = WordEncoder()
    candidates = encoder.encode(["자금 중견기업", "자금 소상공인"], "passage")
    near = request_nearness(["자금"], near_to(candidates), encoder, kinds=["소상공인"])
    assert near is not None
    assert near.scores.argmax() == 1
    assert near.parts == ("자금",), "the company is quoted as it wrote"


def test_where_there_is_no_text_there_is_no_nearness() -> None:
    encoder = WordEncoder()
    assert request_nearness([], near_to(encoder.encode(TITLES, "passage")), encoder) is None
    assert request_nearness(["빵"], near_to(np.zeros((3, encoder.dimension), np.float32)), encoder) is None
    assert request_nearness(["빵"], near_to(np.zeros((0, encoder.dimension), np.float32)), encoder) is None


def test_one_favourite_of_everybody_does_not_drown_the_text() -> None:
    encoder = WordEncoder()
    titles = [*(f"행사 {number}" for number in range(50)), "온라인 판매 교육"]
    near = request_nearness(["온라인 판매 교육"], near_to(encoder.encode(titles, "passage")), encoder)
    assert near is not None
    favourite = np.zeros(51, np.float32)
    favourite[0] = 1e6
    assert with_request(favourite, near).argmax() == 50


def test_words_that_ask_for_nothing_count_by_the_share_that_was_learned() -> None:
    encoder = WordEncoder()
    candidates = near_to(encoder.encode(["빵 굽기", "온라인 판매"], "passage"))
    told, asked = (request_nearness([part], candidates, encoder) for part in ("빵 굽기", "빵 굽기 교육을 찾습니다"))
    assert told is not None
    assert asked is not None
    model = np.array([0.0, 1.0], np.float32)
    assert with_request(model, told).argmax() == 0
    assert with_request(model, told, text_share=0.0).argmax() == 1
    assert with_request(model, asked, text_share=0.0).argmax() == 0, "a wish is told by its words alone"


def test_words_count_twice_where_captions_tell_of_a_subject() -> None:
    encoder = WordEncoder()
    near = request_nearness(
        ["빵 굽기 기술을 찾습니다"], near_to(encoder.encode(["빵 굽기", "판매", "교육"], "passage")), encoder
    )
    assert near is not None
    model = np.array([0.0, 1.0, 0.5], np.float32)
    plain, subject = (with_request(model, near, task) for task in ("programs", "technologies"))
    assert subject[0] - subject[1] > plain[0] - plain[1]


@given(hnp.arrays(np.float32, st.integers(0, 20), elements=st.floats(-1e6, 1e6, width=32)))
def test_z_scores_keep_the_order_and_are_finite(values: np.ndarray) -> None:
    scores = z_scores(values)
    assert np.isfinite(scores).all()
    order = np.argsort(values, kind="stable")
    assert (np.diff(scores[order]) >= 0).all()
    if len(values) and values.min() != values.max():
        assert scores.mean() == pytest.approx(0, abs=1e-4)


def test_of_a_long_text_at_most_24_clauses_are_used_and_those_that_ask_first() -> None:
    told = [f"{chr(0xAC00 + 7 * number)}" for number in range(1_500)]
    parts = requests_in("\n".join([*told, "판로를 찾습니다"]))
    assert len(parts) == MOST_CLAUSES
    assert parts[0] == told[0]
    assert parts[-1] == "판로를 찾습니다"


def test_a_text_of_a_few_clauses_is_used_as_it_is() -> None:
    assert requests_in("빵을 굽습니다. 판로를 찾습니다") == ("빵을 굽습니다", "판로를 찾습니다")


@pytest.mark.parametrize(
    ("part", "counts", "not_for"),
    [
        ("정책자금이 필요하다", {"finance", "programs", "experts"}, {"technologies", "spaces", "researchers"}),
        ("투자유치와 사무실이 필요합니다", {"finance", "programs", "spaces"}, {"technologies"}),
        ("사무실이 필요합니다", {"spaces"}, {"programs", "experts", "partners"}),
        ("OTT 수출 지원", {"programs"}, {"spaces", "technologies"}),
        ("기름값이 부담입니다", {"finance", "programs"}, {"technologies"}),
        ("신소재 개발 협력 연구자를 찾습니다", {"researchers", "partners"}, {"spaces", "finance"}),
        ("숙련공 인력이 부족합니다", {"programs", "education", "experts"}, {"partners", "technologies", "spaces"}),
        ("We need a loan", {"finance", "programs"}, {"spaces"}),
        ("고양시로 옮기고 싶습니다", {"spaces"}, {"researchers", "technologies", "partners"}),
        ("공장을 이전하려고 합니다", {"spaces"}, {"researchers", "technologies"}),
        ("기술이전하고 싶습니다", {"technologies", "researchers"}, {"spaces"}),
        ("사진 촬영 스튜디오가 필요합니다", {"spaces"}, {"finance"}),
        ("카페 자리를 알아보고 있습니다", {"spaces"}, {"finance"}),
        ("지식산업센터에 들어가고 싶습니다", {"spaces"}, {"finance"}),
        ("점포 철거비가 필요합니다", {"programs"}, {"spaces"}),
        ("매장을 찾는 손님이 줄어 걱정입니다", {"programs"}, {"spaces"}),
        ("장사가 안돼서 폐업하려고 합니다", {"programs", "experts"}, {"technologies", "researchers", "partners"}),
        ("카페를 차리려고 합니다", {"programs", "education", "finance"}, {"technologies", "researchers"}),
        ("I want to open a cafe", {"programs", "education", "finance"}, {"technologies", "researchers"}),
        ("직원을 한 명 더 구하려고 합니다", {"programs", "experts"}, {"technologies", "spaces", "finance"}),
        ("일손이 모자랍니다", {"programs", "experts"}, {"technologies", "spaces", "finance"}),
        ("4대보험을 어떻게 드는지 모르겠습니다", {"experts"}, {"technologies", "spaces", "finance"}),
        ("CNC 선반을 한 대 더 사려고 합니다", {"programs", "finance"}, {"technologies", "researchers", "spaces"}),
        ("키오스크를 놓고 싶습니다", {"programs", "finance"}, {"technologies", "researchers", "spaces"}),
        ("전기료가 올라 힘듭니다", {"programs", "finance"}, {"technologies", "spaces"}),
        ("거래처를 늘리고 싶습니다", {"programs", "education"}, {"technologies", "spaces"}),
        ("불량률을 줄이고 싶습니다", {"technologies", "researchers", "education"}, {"spaces", "finance"}),
        ("시설 관리 로봇을 개발하고 싶습니다", {"technologies", "researchers", "partners"}, {"spaces", "finance"}),
    ],
)
def test_a_wish_counts_for_the_tasks_that_it_speaks_of(part: str, counts: set[str], not_for: set[str]) -> None:
    for task in TASKS:
        if task in counts | not_for:
            assert parts_for(task, [part]) == ((part,) if task in counts else ())


@pytest.mark.parametrize(
    "part",
    [
        "빵을 굽고 싶다",
        "공공 입찰에 참여하고 싶다",
        "빵집",
        "사무실에서 소프트웨어를 만듭니다",
        "공구를 만드는 회사",
        "2019년에 카페를 개업했습니다",
        "기계를 만들고 싶습니다",
    ],
)
def test_what_names_no_task_counts_for_all_but_rooms_whose_captions_name_no_trade(part: str) -> None:
    assert {task for task in TASKS if parts_for(task, [part])} == {*TASKS} - {"spaces"}


@pytest.mark.parametrize("part", ["🍞🥐😀", "ㅎㅎ", "…", "010-1234"], ids=["pictures", "jamo", "dots", "digits"])
def test_what_holds_no_word_counts_for_nothing(part: str) -> None:
    assert parts_for("programs", [part, "R&D", "빵집🍞"]) == ("R&D", "빵집🍞")


@pytest.mark.parametrize("fact", ["직원 없음", "사업자등록은 없습니다", "벤처기업이 아닙니다", "특허는 아직 없다"])
def test_a_fact_that_is_absent_is_no_wish_and_is_not_quoted(fact: str) -> None:
    assert requests_in(f"{fact}. 판로를 찾습니다") == ("판로를 찾습니다",)
    encoder = WordEncoder()
    near = request_nearness(requests_in(fact), near_to(encoder.encode([fact, "다른 글"], "passage")), encoder)
    assert near is not None
    assert near.said(0).part == ""


@pytest.mark.parametrize("trouble", ["손님이 없다", "담보가 없어 걱정", "특허가 없어 기술이전이 필요하다"])
def test_what_is_missed_is_a_wish(trouble: str) -> None:
    assert asks(trouble)
