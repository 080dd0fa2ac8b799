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
        ("서울 성수동 공방", ["11200"]),
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


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("안양평촌에서 수선집 합니다", ["41170"]),
        ("부산영도에서 배 부품을 깎아요", ["26200"]),
        ("군산산업단지에서 도금합니다", ["52130"]),
        ("춘천 명동에서 분식집 합니다", ["51110"]),
        ("강릉 교동 빵집", ["51150"]),
        ("대전 둔산동 치과", ["30170"]),
        ("부산 서면에서 안경점 합니다", ["26230"]),
        ("충남 둔포에서 사출합니다", ["44200"]),
        ("대전 은행에서 상담했습니다", ["30"]),
        ("제주 성산에서 민박합니다", ["50130"]),
        ("대구 칠곡에서 세탁소 합니다", ["27230"]),
        ("경북 칠곡에서 사출합니다", ["47850"]),
    ],
)
def test_a_neighbourhood_behind_a_province_is_its_district_and_behind_a_city_the_city(
    text: str, codes: list[str], country: Snapshot
) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("강화도에 있는 양조장", ["28710"]),
        ("시화공단에서 금형을 합니다", ["41390"]),
        ("용접 / 개인 / 문래동 / 2명", ["11560"]),
        ("사무실은 대치동이에요", ["11680"]),
        ("오창에서 장비를 만듭니다", ["43114"]),
        ("쌍용동에서 학원 합니다", ["44130"]),
        ("신촌리에서 농사짓습니다", []),
        ("중동에서 대추야자를 들여옵니다", []),
        ("강하면 부러집니다", []),
        ("중문 시공을 합니다", []),
        ("서면으로 신청했습니다", []),
        ("이태원 감성의 소품을 만듭니다", []),
        ("대치동 학생들이 고객입니다", []),
        ("문래동에서 부품을 받아 조립합니다", []),
    ],
)
def test_a_neighbourhood_alone_is_a_place_where_one_only_can_be_meant(
    text: str, codes: list[str], country: Snapshot
) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("개인 / 도배 / 서산 / 2명", ["44210"]),
        ("업종: 제과 / 지역: 예산", ["44810"]),
        ("예산 / 3억 / 부족", []),
        ("고창에서 복분자를 키웁니다", ["52790"]),
        ("울진 후포항에서 횟집 합니다", ["47930"]),
        ("남해에서 잡은 멸치로 액젓을 담급니다", []),
        ("꽃집이고 광명시고 혼자 합니다", ["41210"]),
        ("본사를 서울 구로구에서 인천 송도로 옮깁니다. 지금은 아직 구로구예요", ["11530"]),
        ("제조는 음성, 창고는 평택인데 본점 소재지는 평택으로 되어 있습니다", ["41220"]),
    ],
)
def test_a_town_whose_name_is_a_word_is_a_place_where_it_stands_as_one(
    text: str, codes: list[str], country: Snapshot
) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("A lab in Buk-gu, Gwangju", ["29170"]),
        ("We make soap in Hapjeong-dong, Seoul", ["11440"]),
        ("Cosmetics plant in Osong, Cheongju", ["43110"]),
        ("HQ: Suseong-gu, Daegu", ["27260"]),
        ("It is a shop in Itaewon", ["11170"]),
        ("Our buyers are in Seongsu-dong, Seoul", []),
        ("My wife and I opened a bar in Hapjeong-dong, Seoul", ["11440"]),
        ("My wife runs a bar in Hapjeong-dong, Seoul", []),
    ],
)
def test_english_addresses_are_read_from_the_narrowest_name_on(text: str, codes: list[str], country: Snapshot) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes


def test_a_neighbourhood_of_a_district_that_the_snapshot_lacks_is_of_the_region_around_it(snapshot: Snapshot) -> None:
    assert [ref.id for ref in regions_in("성수동에서 공방을 합니다", snapshot)] == ["11"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("포항 북구에서 배관을 만듭니다", ["47113"]),
        ("대구 북구에서 배관을 만듭니다", ["27230"]),
        ("금산읍에서 인삼을 찝니다", ["44710"]),
        ("금산면에서 인삼을 찝니다", []),
    ],
)
def test_a_district_is_of_the_city_before_it_and_a_town_is_no_township(
    text: str, codes: list[str], country: Snapshot
) -> None:
    assert [ref.id for ref in regions_in(text, country)] == codes
