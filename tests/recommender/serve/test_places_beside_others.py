"""The asker's place is told from a warehouse's, a maker's and another's, and is read as it is spoken and written."""

from __future__ import annotations

import pytest

from recommender.serve.place_reading import regions_in
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import whole_country


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return whole_country().snapshot()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("종로구 인사동 여행사입니다", "11110"),
        ("부산사하구감천동 선박수리", "26380"),
        ("강릉에서 배 농사 하면서 즙도 짜요", "51150"),
        ("우리 집은 담양 창평서 엿을 맹그는디", "46710"),
        ("울산 북구 매곡산단에서 브레이크 부품 납품합니다", "31200"),
        ("자재창고는 시흥 과림동에 두고 사무실은 광명 철산동입니다", "41210"),
        ("포장은 이천에 있는 OEM 공장에 맡기고 저희는 서울 송파 문정동에 사무실 있어요", "11710"),
        ("아들놈이 서울서 회사 댕기다 내려왔고 저는 순천에서 배 농사를 합니다", "46150"),
        ("어머니가 하시던 가게를 물려받아 충남 예산 삽교읍에서 국수를 뽑습니다", "44810"),
        ("상주서 감을 깎습니다. 서울 가락시장으로 보냅니다", "47250"),
        ("영암 대불산단에서 철판을 자르는 협력사입니다", "46830"),
        ("금산 약초거리에서 홍삼을 달입니다", "44710"),
        ("이천 사기막골 옹기 공방 / 혼자 합니다", "41500"),
        ("양산 어곡산단의 고무 부품 업체입니다", "48330"),
        ("제천 바이오밸리에 공장이 있습니다", "43150"),
        ("의정부제일시장 떡집입니다", "41150"),
        ("장을 담그는 옥천의 협동조합이에요", "43730"),
        ("Hair salon in Haeundae, Busan", "26350"),
        ("I'm from Lagos and I run a grocery in Dongducheon, near the base", "41250"),
        ("My wife and I live in Seoul but we run a cafe in Gapyeong", "41820"),
        ("Office in Janganpyeong, Seongdong-gu, Seoul", "11200"),
    ],
)
def test_the_place_of_the_asker_is_read_beside_others(text: str, code: str, snapshot: Snapshot) -> None:
    assert [place.id for place in regions_in(text, snapshot)] == [code]


@pytest.mark.parametrize(
    "text",
    [
        "아들놈이 서울서 회사 다니다 내려왔어요",
        "제주 여행 상품을 팝니다",
        "창고는 이천에 있습니다",
        "배추를 서울 가락시장으로 보냅니다",
        "금산 인삼 세트를 선물했습니다",
    ],
)
def test_where_another_was_or_goods_lie_is_no_place(text: str, snapshot: Snapshot) -> None:
    assert regions_in(text, snapshot) == []
