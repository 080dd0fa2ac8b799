"""Where a company is decides what is open to it; what it says beside that is what its request is compared by."""

from __future__ import annotations

import pytest

from recommender.serve.place_reading import regions_in, without_places
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import goyang, whole_country


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


@pytest.fixture(scope="module")
def country() -> Snapshot:
    """Every region of the country."""
    return whole_country().snapshot()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("인천서 배관자재 장사해요", ["28"]),
        ("부산 사상구에 공장이 있고 서울 구로에는 영업소만 있습니다", ["26530"]),
        ("평택에서 나고 자라 지금은 천안에서 유통합니다", ["44130"]),
        ("파주 사는데 일산서구에 매장이 있어요", ["41287"]),
        ("화성에서 사출합니다", ["41590"]),
        ("화성 탐사 장비를 만듭니다", []),
        ("I run a cafe in Goyang", ["41280"]),
        ("Our customers are in Seoul", []),
    ],
)
def test_the_asker_is_where_it_is_now_and_works(text: str, codes: list[str], country: Snapshot) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("판교에서 스타트업 합니다", ["41135"]),
        ("식사동에서 가구 만들어요", ["41285"]),
        ("서울 성수동 공방", ["11"]),
        ("강서구 마곡에서 회사 운영 중", ["11500"]),
    ],
)
def test_a_neighbourhood_alone_is_its_district_and_tells_towns_of_one_name_apart(
    text: str, codes: list[str], country: Snapshot
) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes


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
