"""Where the name of an institution says that it is, and where not."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.catalog import relation_type
from loaders.frame import load
from loaders.institutions import SOURCE, mention_institution, named_place
from loaders.records import RowRecords
from loaders.registry import SOURCES
from loaders.samples import FOLDER
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import ends


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("경기도", "41"),
        ("경기도경제과학진흥원", "41"),
        ("경기테크노파크", "41"),
        ("경기대진테크노파크", "41"),
        ("전라북도경제통상진흥원", "52"),
        ("광주경제진흥상생일자리재단", "29"),
        ("고양시정연구원", "41280"),
        ("고양산업진흥원", "41280"),
        ("광명시청", "41210"),
        ("재단법인 서울디자인재단", "11"),
        ("대구경북디자인진흥원", None),
        ("재단법인 아산사회복지재단", None),
        ("서울지방중소벤처기업청", None),
        ("세종학당재단", None),
        ("충남대병원", None),
        ("한국전력공사", None),
        ("중구시설관리공단", None),
    ],
)
def test_a_public_body_is_where_it_is_named_after(name: str, place: str | None) -> None:
    assert named_place(name) == place


@pytest.mark.parametrize("name", ["충남대학교 산학협력단", "세종대학교산학협력단", "경기도주식회사"])
def test_universities_and_companies_are_not_placed_by_their_names(name: str) -> None:
    records = RowRecords("kipris", "1")
    mention_institution(records, name)
    assert [record.element.name for record in records.records] == ["Institution"]


def test_a_place_read_from_a_name_says_so(store: EmbeddedStore, tmp_path: Path) -> None:
    load(SOURCES["bizinfo"], [FOLDER / "bizinfo_2021.csv"], store, quarantine_dir=tmp_path)
    located = relation_type("Institution", "LOCATED_IN", "Region")
    rows = [row for batch in store.read_relationships(located) for row in batch.to_pylist()]

    assert ("경기테크노파크", "41") in ends(store, "Institution", "LOCATED_IN", "Region")
    assert len(rows) > 50
    assert {row["source"] for row in rows} == {SOURCE}


def test_a_second_load_of_the_same_file_changes_nothing(store: EmbeddedStore, tmp_path: Path) -> None:
    file = FOLDER / "bizinfo_2026.csv"
    load(SOURCES["bizinfo"], [file], store, quarantine_dir=tmp_path)
    again = load(SOURCES["bizinfo"], [file], store, quarantine_dir=tmp_path)
    assert (again.loaded, again.closed) == (0, 0)
