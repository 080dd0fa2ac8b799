"""Where a company is decides what is open to it; what it says beside that is what its request is compared by."""

from __future__ import annotations

import pytest

from recommender.serve.place_reading import regions_in, without_places
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import goyang


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return goyang().snapshot()


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("고양시 일산동구에서 빵집을 합니다", "빵집을 합니다"),
        ("일산에 있는 카페인데 손님이 없습니다", "카페인데 손님이 없습니다"),
        ("고양시 소재 제조업체입니다. 스마트공장을 하고 싶습니다", "제조업체입니다. 스마트공장을 하고 싶습니다"),
        ("일산동구의 작은 화훼 농장", "작은 화훼 농장"),
        ("고양시입니다. 판로를 찾습니다", ". 판로를 찾습니다"),
    ],
)
def test_where_the_asker_is_is_left_out(text: str, rest: str, snapshot: Snapshot) -> None:
    assert without_places(text, snapshot) == rest


@pytest.mark.parametrize(
    "text",
    [
        "고양이 카페",
        "고양시는 월세가 비싸서 힘들어요",
        "고양시에 납품합니다",
        "고양시 지원 사업을 찾습니다",
        "떡집",
        "",
    ],
)
def test_what_else_a_place_is_named_for_stays(text: str, snapshot: Snapshot) -> None:
    assert without_places(text, snapshot) == text


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("We are a bakery in Goyang", "41280"),
        ("We are a bakery in Goyang with 3 employees", "41280"),
        ("a machine shop in Gyeonggi-do", "41"),
        ("Our customers are in Seoul", None),
        ("We deliver to Seoul", None),
        ("Goyangi cafe", None),
    ],
)
def test_english_names_say_where_the_asker_is(text: str, region: str | None, snapshot: Snapshot) -> None:
    assert [ref.id[:5] for ref in regions_in(text, snapshot)][:1] == ([] if region is None else [region])
