"""Which organisations are taken as one, which a person is asked about, and which stay apart."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from loaders.resolve.decisions import proposals_of
from loaders.resolve.organisations import SCHEMA
from loaders.resolve.pairs import find_pairs

GOYANG, BUSAN = "41281", "26260"
BREAD, SOFTWARE = "ksic11:10712", "ksic11:58221"


def _company(id_: str, name: str, **known: Any) -> dict[str, Any]:
    return {"label": "Company", "id": id_, "name": name, **known}


def _institution(name: str) -> dict[str, Any]:
    return {"label": "Institution", "id": name, "name": name}


def _found(*rows: dict[str, Any]) -> dict[tuple[str, str], str]:
    """Return what becomes of each pair, by (id of the member, id of the one that stays)."""
    table = pa.Table.from_pylist([dict.fromkeys(SCHEMA.names) | row for row in rows], SCHEMA)
    ids = table["id"].to_pylist()
    return {
        (ids[pair["left"]], ids[pair["right"]]): "same" if pair["same"] else "asked"
        for pair in find_pairs(table).to_pylist()
    }


def test_one_corporate_number_is_one_company_whatever_its_branches_are_called() -> None:
    found = _found(
        _company("brn:1", "(주)가나", corporate_number="1101111234567"),
        _company("brn:2", "(주)가나 안동지점", corporate_number="1101111234567"),
    )
    assert found == {("brn:2", "brn:1"): "same"}


def test_one_number_under_two_unlike_company_names_is_for_a_person() -> None:
    """In lists that applicants fill in, one may have copied another's number."""
    found = _found(
        _company("brn:1", "휴먼플러스(주)", corporate_number="1101111234567"),
        _company("brn:2", "주식회사 지노랩", corporate_number="1101111234567"),
    )
    assert found == {("brn:2", "brn:1"): "asked"}


def test_a_number_that_contradicts_the_legal_form_is_not_believed() -> None:
    """Digits 5 and 6 tell the kind of corporation: 71 is no 주식회사."""
    found = _found(
        _company("brn:1", "(주)팀가나", corporate_number="2101710016549"),
        _company("brn:2", "가나팜협동조합", corporate_number="2101710016549"),
    )
    assert found == {}


def test_a_name_alone_joins_no_companies() -> None:
    assert _found(_company("name:a", "가나다라마바테크"), _company("brn:1", "(주)가나다라마바테크")) == {
        ("name:a", "brn:1"): "asked"
    }


def test_name_and_city_and_industry_join() -> None:
    found = _found(
        _company("name:a", "한빛식품", regions=[GOYANG], industries=[BREAD]),
        _company("brn:1", "주식회사 한빛식품", regions=["41280"], industries=[BREAD]),
    )
    assert found == {("name:a", "brn:1"): "same"}


@pytest.mark.parametrize("text", [None, "식빵 케이크 반죽"])
def test_two_companies_of_one_name_in_two_cities_are_two(text: str | None) -> None:
    """Be they ever so alike: they may have moved, so a person may be asked."""
    found = _found(
        _company("name:a@41280", "한빛식품", regions=[GOYANG], industries=[BREAD], text=text),
        _company("name:a@26260", "한빛식품", regions=[BUSAN], industries=[BREAD], text=text),
    )
    assert "same" not in found.values()


def test_what_they_make_speaks_for_one_company() -> None:
    found = _found(
        _company("name:a", "윈텍오토메이션", text="연삭 장치의 연삭량 측정시스템 초경인서트 검사"),
        _company("name:a@30200", "(주)윈텍오토메이션", regions=["30200"], text="초경인서트 연삭검사기"),
    )
    assert found == {("name:a", "name:a@30200"): "same"}


def test_similar_names_in_one_city_are_never_joined_by_rule() -> None:
    found = _found(
        _company("name:a", "한빛로보틱스", regions=[GOYANG], industries=[SOFTWARE], text="배송로봇 관제"),
        _company("name:b", "한밭로보틱스", regions=[GOYANG], industries=[SOFTWARE], text="배송로봇 관제"),
    )
    assert found == {("name:b", "name:a"): "asked"}


def test_persons_are_not_so_much_as_compared_by_name() -> None:
    found = _found(
        _company("name:a", "김철수", regions=[GOYANG], industries=[BREAD]),
        _company("stores:1", "김철수", regions=[GOYANG], industries=[BREAD]),
    )
    assert found == {}


def test_one_persons_business_is_joined_by_its_address_alone() -> None:
    bakery = {"regions": [GOYANG], "industries": [BREAD], "sole": True}
    assert _found(_company("name:a", "두레제과", **bakery), _company("brn:1", "두레제과", **bakery)) == {
        ("name:a", "brn:1"): "asked"
    }
    at = {**bakery, "address": "고양시 일산동구 중앙로 1"}
    assert _found(_company("name:a", "두레제과", **at), _company("brn:1", "두레제과", **at)) == {
        ("name:a", "brn:1"): "same"
    }


def test_public_bodies_are_joined_by_what_they_are_called() -> None:
    found = _found(
        _institution("특허청"),
        _institution("지식재산처"),
        _institution("연세대학교"),
        _institution("연세대학교산학협력단"),
        _institution("한국무역협회"),
        _institution("한국무역협회부산지역본부"),
        _institution("한국무역협회전북지역본부"),
    )
    assert found == {
        ("특허청", "지식재산처"): "same",
        ("연세대학교산학협력단", "연세대학교"): "same",
        ("한국무역협회부산지역본부", "한국무역협회"): "same",
        ("한국무역협회전북지역본부", "한국무역협회"): "same",
    }


def test_a_company_of_a_province_is_not_the_province() -> None:
    assert _found(_institution("경기도"), _institution("경기도주식회사")) == {}


def test_an_organisation_without_readable_letters_is_compared_with_none() -> None:
    assert _found(_company("name:a", "()"), _company("name:b", "( )"), _institution("...")) == {}


def test_no_organisations_give_no_pairs() -> None:
    assert find_pairs(SCHEMA.empty_table()).num_rows == 0


def test_another_street_asks_where_name_and_district_would_join() -> None:
    """One of them may have moved, or the name is borne twice; floors, rooms and buildings are no other street."""
    bakery = {"regions": [GOYANG], "industries": [BREAD]}
    here = _company("name:a", "한빛식품", **bakery, address="고양시 일산동구 중앙로 1, 101호")
    for address, outcome in (
        ("경기도 고양시 일산동구 중앙로 3", "asked"),
        ("경기도 고양시 일산동구 중앙로 1 가나빌딩 3층", "same"),
        ("경기도 고양시 일산동구 장항동 869", "same"),
        (None, "same"),
    ):
        there = _company("brn:1", "주식회사 한빛식품", **bakery, address=address)
        assert _found(here, there) == {("name:a", "brn:1"): outcome}, address


def test_a_number_joins_whatever_the_streets_and_branches_are_elsewhere_anyway() -> None:
    number = {"corporate_number": "1101111234567"}
    found = _found(
        _company("brn:1", "(주)가나", address="중앙로 1", **number),
        _company("brn:2", "(주)가나", address="고양대로 5", **number),
    )
    assert found == {("brn:2", "brn:1"): "same"}


def test_two_streets_are_not_joined_through_a_company_without_one() -> None:
    """It fits both, and so is given to none."""
    bakery = {"regions": [GOYANG], "industries": [BREAD]}
    here, there = "고양시 일산동구 중앙로 1", "고양시 일산동구 중앙로 3"
    rows = [
        _company("name:a", "한빛식품", address=here, **bakery),
        _company("brn:1", "한빛식품", address=there, **bakery),
    ]
    known = pa.Table.from_pylist([dict.fromkeys(SCHEMA.names) | row for row in rows], SCHEMA)
    open_ = pa.Table.from_pylist([dict.fromkeys(SCHEMA.names) | _company("name:b", "한빛식품", **bakery)], SCHEMA)
    assert [each.same for each in proposals_of(known, {})] == [False]
    assert [each.same for each in proposals_of(pa.concat_tables([known.slice(0, 1), open_]), {})] == [True]
    assert [each.same for each in proposals_of(pa.concat_tables([known, open_]), {})] == [False] * 3
