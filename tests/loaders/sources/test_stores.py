"""Tests of the source ``stores``."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.sources.stores import SOURCE
from stores.embedded import EmbeddedStore
from tests.loaders.contract import LoaderContract
from tests.loaders.graphs import FILES, ends, everything, read_csv, write_csv


class TestStores(LoaderContract):
    """The contract on made-up rows."""

    source = "stores"
    spoil: ClassVar = {"상호명": "", "시군구코드": ""}
    optional_pii: ClassVar = {"도로명주소": "가나로 1-234"}

    def valid_file(self) -> Path:
        return FILES / "stores.csv"


def test_a_shop_is_known_by_its_number_and_read_in_revision_10(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCE, [FILES / "stores.csv"], store, quarantine_dir=tmp_path)
    bakery, shop = "stores:MA010120260900000044", "stores:MA010120260900000045"

    assert (store.get_node(NodeRef("Company", shop)) or {})["name"] == "다라편의점 화정점"
    assert ends(store, "Company", "IN_INDUSTRY", "Industry") == {
        (bakery, "ksic10:56191"),
        (bakery, "ksic11:56150"),
        (shop, "ksic11:47122"),
    }
    assert ends(store, "Company", "LOCATED_IN", "Region") == {(bakery, "41285"), (shop, "41281")}


def test_a_shop_of_a_district_with_a_new_code_is_placed_by_name(store: EmbeddedStore, tmp_path: Path) -> None:
    """Provinces that were joined number their districts anew (12… for 46…); a code of nowhere waits."""
    (row, *_) = read_csv(FILES / "stores.csv")
    rows = [
        row | {"시군구코드": "12150", "시도명": "전남광주통합특별시", "시군구명": "순천시"},
        row | {"상가업소번호": "MA2", "시군구코드": "99999", "시도명": "", "시군구명": ""},
    ]
    report = load(SOURCE, [write_csv(tmp_path / "s.csv", rows)], store, quarantine_dir=tmp_path / "q")

    assert ends(store, "Company", "LOCATED_IN", "Region") == {("stores:MA010120260900000044", "46150")}
    assert report.quarantine_file is not None
    (fault,) = read_csv(report.quarantine_file)
    assert (fault["field"], fault["value"], fault["reason"]) == ("시군구코드", "99999", "not a known district")


@pytest.mark.parametrize(
    "told", [{"법정동명": "장항동"}, {"법정동명": "", "지번주소": "경기도 고양시 일산동구 장항동 1"}]
)
def test_a_shop_has_the_point_of_its_neighbourhood_and_not_of_its_door(
    store: EmbeddedStore, tmp_path: Path, told: dict[str, str]
) -> None:
    row = read_csv(FILES / "stores.csv")[0] | told
    load(SOURCE, [write_csv(tmp_path / "s.csv", [row])], store, quarantine_dir=tmp_path)
    (shop,) = everything(store)["Company"]

    assert (shop["lat"], shop["lon"], shop["point_of"]) == (37.6479, 126.7567, "neighbourhood")


@pytest.mark.parametrize("column", ["법정동명", "지번주소"])
def test_a_cell_that_tells_the_neighbourhood_costs_no_shop(store: EmbeddedStore, tmp_path: Path, column: str) -> None:
    row = read_csv(FILES / "stores.csv")[0] | {"법정동명": "", column: "#REF!"}
    report = load(SOURCE, [write_csv(tmp_path / "s.csv", [row])], store, quarantine_dir=tmp_path / "q")
    (shop,) = everything(store)["Company"]

    assert (report.loaded, shop["point_of"]) == (1, "district")
