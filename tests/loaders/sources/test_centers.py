"""Tests of the source ``centers``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.samples import FOLDER
from loaders.sources.centers import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import ends, everything, write_csv


class TestCenters(LoaderContract):
    """The contract on its sample."""

    source = "centers"
    spoil: ClassVar = {"시도": "달나라", "지식산업센터명": ""}

    def valid_file(self) -> Path:
        return FOLDER / "centers.csv"


def test_the_29_centres_of_goyang_lie_in_its_districts(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FOLDER / "centers.csv"], store, quarantine_dir=tmp_path)

    places = ends(store, "Center", "LOCATED_IN", "Region")
    assert len(places) == 29
    assert {end for _, end in places} == {"41281", "41285"}
    assert ends(store, "Region", "PART_OF", "Region") == {("41281", "41280"), ("41285", "41280"), ("41280", "41")}


def test_areas_addresses_and_stage_are_read_as_what_they_are(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FOLDER / "centers.csv"], store, quarantine_dir=tmp_path)
    center = store.get_node(NodeRef("Center", "유니테크빌@41285"))

    assert center is not None
    assert "land_area_m2" not in center, "an area of 0 means that none was entered"
    assert center["floor_area_m2"] == 94849.55
    assert center["factory_area_m2"] == 80699.67
    assert center["in_complex"] is False
    assert center["developer"] == "풍산종합건설(주)"
    assert (center["stage"], center["stage_text"]) == ("completed", "[완료신고] 건축완료")
    assert center["lot_address"] == "경기도 고양시일산동구 백석동 1141-2번지"


def test_boxes_that_a_form_left_empty_are_no_part_of_an_address(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FOLDER / "centers.csv"], store, quarantine_dir=tmp_path)
    center = store.get_node(NodeRef("Center", "현대테라타워dmc@41281"))
    assert center is not None
    assert center["lot_address"] == "경기도 고양시 덕양구 향동동 396"


def test_namesakes_in_districts_that_are_not_in_the_table_stay_apart(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"시도": "인천광역시", "지식산업센터명": "테크노타워", "공장대표주소(지번)": ""}
    path = write_csv(tmp_path / "rows.csv", [row | {"시군구": "새날구"}, row | {"시군구": "새빛구"}])
    report = load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert report.loaded == 2
    assert ends(store, "Center", "LOCATED_IN", "Region") == {
        ("테크노타워@28새날구", "28"),
        ("테크노타워@28새빛구", "28"),
    }


@pytest.mark.parametrize(
    ("province", "district", "code"),
    [
        ("전남광주통합특별시", "광산구", "29200"),
        ("제주특별자치도", "제주시", "50110"),
        ("경기도", "고양특례시 덕양구", "41281"),
        ("강원도", "원주시", "51130"),
    ],
)
def test_a_centre_lies_in_its_district_in_every_province(
    province: str, district: str, code: str, store: EmbeddedStore, tmp_path: Path
) -> None:
    row = {"시도": province, "시군구": district, "지식산업센터명": "가나센터", "공장대표주소(지번)": ""}
    load(SOURCE, [write_csv(tmp_path / "rows.csv", [row])], store, quarantine_dir=tmp_path)

    assert ends(store, "Center", "LOCATED_IN", "Region") == {(f"가나센터@{code}", code)}


def test_the_registers_own_api_is_read(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {
        "시도": "경기도",
        "시군구": "고양시 일산동구",
        "지식산업센터명": "가나지식산업센터",
        "공장대표주소(지번)": "경기도 고양시 일산동구 장항동 1",
        "공장대표주소(도로명)": None,
        "용지면적(제곱미터)": 1000.5,
    }
    path = tmp_path / "centers.json"
    path.write_text(json.dumps({"currentCount": 1, "data": [row], "totalCount": 1}, ensure_ascii=False), "utf-8")
    load(SOURCE, [path], store, quarantine_dir=tmp_path)

    assert (store.get_node(NodeRef("Center", "가나지식산업센터@41285")) or {})["land_area_m2"] == 1000.5


def test_a_dash_for_an_area_is_no_area(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"시도": "전북", "시군구": "전주시 덕진구", "지식산업센터명": "가나센터", "공장대표주소(지번)": "-"}
    path = write_csv(tmp_path / "rows.csv", [row | {"용지면적(제곱미터)": "-"}])
    load(SOURCE, [path], store, quarantine_dir=tmp_path)
    node = store.get_node(NodeRef("Center", "가나센터@52113")) or {}

    assert node
    assert not {"land_area_m2", "lot_address"} & node.keys()


def test_centres_have_the_point_of_their_neighbourhood_else_of_their_district(
    store: EmbeddedStore, tmp_path: Path
) -> None:
    load(SOURCE, [FOLDER / "centers.csv"], store, quarantine_dir=tmp_path)
    centers = {row["name"]: row for row in everything(store)["Center"]}

    assert Counter(row["point_of"] for row in centers.values()) == {"neighbourhood": 29}
    master = centers["DMC 마스터원"]
    assert (master["lat"], master["lon"]) == (37.6011, 126.8922)


def test_the_kind_of_site_tells_whether_a_centre_is_in_a_complex(store: EmbeddedStore, tmp_path: Path) -> None:
    row = {"시도": "경기도", "시군구": "고양시 덕양구", "공장대표주소(지번)": "경기도 고양시 덕양구 향동동 1"}
    kinds = {"가나": "개별", "다라": "일반산업단지", "마바": "도시첨단", "사아": ""}
    rows = [row | {"지식산업센터명": name, "산단구분": kind} for name, kind in kinds.items()]
    load(SOURCE, [write_csv(tmp_path / "c.csv", rows)], store, quarantine_dir=tmp_path)
    found = [(store.get_node(NodeRef("Center", f"{name}@41281")) or {}).get("in_complex") for name in kinds]
    assert found == [False, True, True, None]
