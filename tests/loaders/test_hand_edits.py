"""A load that writes over what people changed or erased in Neo4j says so in its report, and only then."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from cli.reports import show_load
from loaders.report import LoadReport
from stores import bolt_hands
from stores.base import Overruled
from stores.batches import Indices, UpsertBatch
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from tests.loaders.test_omitted import FULL, ID
from tests.loaders.test_statements import DAYS, load_rows
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies

pytestmark = pytest.mark.neo4j

PLACE = f"Company:{ID}"
PHONED = FULL | {"전화": "031-900-0001"}
Load = Callable[..., LoadReport]


@pytest.fixture
def load(neo4j_store: Neo4jStore, tmp_path: Path) -> Load:
    def again(row: dict[str, str] = PHONED, day: int = 1, **options: bool) -> LoadReport:
        return load_rows(neo4j_store, "companies", [row], tmp_path, DAYS[day], **options)

    again(day=0)
    return again


def told(report: LoadReport) -> tuple[int, int]:
    assert report.hands
    return report.hands.edits, report.hands.redrawn


def edit(server: Neo4jAccess, values: str) -> None:
    server.run(f"MATCH (c:Company {{id: $id}}) SET {values}", id=ID)


def test_an_edit_that_is_written_over_is_told_with_both_values(load: Load, neo4j_graph: Neo4jAccess) -> None:
    edit(neo4j_graph, "c.employees = 15, c.products = '압력 센서'")
    assert told(load()) == (0, 0)  # the register says what it said, so the edit stays
    report = load(PHONED | {"매출액(원)": "800000000"}, 2)
    assert told(report) == (1, 0)
    assert report.hands
    [edited] = report.hands.edited
    assert (edited.element.name, edited.key) == ("Company", (ID,))
    expected = {"employees": (15, 12), "products": ("압력 센서", "온도 센서"), "revenue_krw": (9e8, 8e8)}
    assert dict(edited.changes) == expected
    assert told(load(PHONED, 3)) == (0, 0)  # what the load wrote is no edit


def test_a_personal_value_is_told_by_name_alone(
    load: Load, neo4j_graph: Neo4jAccess, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(neo4j_graph, "c.phone = '031-955-7777'")
    report = load(PHONED | {"종업원 수": "13"}, 2)
    for json_ in (False, True):
        show_load(report, json=json_)
    shown = capsys.readouterr().out
    assert "phone" in shown
    assert "955-7777" not in shown
    assert "900-0001" not in shown


def test_the_report_says_it_in_both_languages_and_as_json(
    load: Load, neo4j_graph: Neo4jAccess, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(neo4j_graph, "c.employees = 15")
    neo4j_graph.run("MATCH (:Company)-[r:IN_INDUSTRY]->(i {id: 'ksic11:26299'}) DELETE r")
    report = load(PHONED | {"생산품·서비스": "습도 센서"}, 2)
    neo4j_graph.run("MATCH (:Company)-[r:IN_INDUSTRY]->(i {id: 'ksic11:58221'}) DELETE r")
    again = load(PHONED | {"생산품·서비스": "습도 센서"}, 3)
    drawn = f"({PLACE})-[IN_INDUSTRY]->(Industry:ksic11:58221)"
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    show_load(report, json=False)
    show_load(again, json=False)
    shown = capsys.readouterr().out
    assert f"overwritten by this load, 1: {PLACE} (products 온도 센서 → 습도 센서, employees 15 → 12)" in shown
    assert (
        f"beside nodes that are as they were, 1 (erased by hand, not to be drawn before, or new in the source): {drawn}"
        in shown
    )
    monkeypatch.setenv("LC_ALL", "ko_KR.UTF-8")
    show_load(report, json=False)
    show_load(again, json=False)
    shown = capsys.readouterr().out
    assert (
        f"손으로 고친 뒤 이번 적재로 덮어쓴 것 1: {PLACE} (생산품·서비스 온도 센서 → 습도 센서, 종업원 수 15 → 12)"
        in shown
    )
    assert f"적힌 관계): {drawn}" in shown
    show_load(report, json=True)
    found = json.loads(capsys.readouterr().out)["hand_edits"]
    assert found["overruled_edits"] == [
        {
            "place": PLACE,
            "changes": {"employees": {"was": 15, "is": 12}, "products": {"was": "온도 센서", "is": "습도 센서"}},
        }
    ]
    assert (found["overruled"], found["redrawn"], found["redrawn_relationships"]) == (1, 0, [])
    assert again.as_json()["hand_edits"] == {
        "overruled": 0, "overruled_edits": [], "redrawn": 1, "redrawn_relationships": [drawn],
    }  # fmt: skip


def test_a_relationship_that_the_register_replaces_is_not_told(load: Load) -> None:
    assert told(load(PHONED | {"업종코드": "26299;10711"}, 2)) == (0, 0)
    assert told(load(PHONED | {"종업원 수": "20", "업종코드": "26299;10711;58221"}, 3)) == (0, 0)


@pytest.mark.parametrize(
    ("edited", "was"),
    [
        ("founded_on = '2019-03-04'", "STRING NOT NULL"),
        ("employees = '열다섯'", "열다섯"),
        ("employees = 12.5", 12.5),
        ("employees = null", None),
    ],
)
def test_a_value_of_another_type_is_told_too(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, edited: str, was: object
) -> None:
    now = {"employees": [12, 12], "founded_on": [date(2019, 3, 4)] * 2}
    neo4j_store.upsert_nodes(COMPANY, companies("a", "b", **now))
    neo4j_graph.run(f"MATCH (c:Company {{id: 'a'}}) SET c.{edited}")
    with neo4j_store.overruling() as found:
        neo4j_store.upsert_nodes(COMPANY, companies("a", "b", **now, products=["측정기"] * 2))
    [told] = found.edits
    name = edited.split(maxsplit=1)[0]
    assert told == Overruled(COMPANY, ("a",), {name: (was, now[name][0]), "products": (None, "측정기")})


def test_an_edit_of_a_relationship_is_told_and_one_that_is_closed_keeps_it(
    load: Load, neo4j_graph: Neo4jAccess
) -> None:
    neo4j_graph.run("MATCH (:Company)-[r:IN_INDUSTRY]->({id: 'ksic11:58221'}) SET r.valid_from = date('2020-01-01')")
    report = load(PHONED | {"업종코드": "26299"}, 2)
    assert told(report) == (0, 0)
    [[begins]] = neo4j_graph.run("MATCH ()-[r:IN_INDUSTRY]->({id: 'ksic11:58221'}) RETURN r.valid_from")
    assert str(begins) == "2020-01-01"


def test_a_node_that_was_drawn_by_hand_and_is_entered_by_a_register_is_told(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
) -> None:
    neo4j_graph.run("CREATE (:Company {id: $id, name: '가나', source: 'hand', synthetic: false})", id=ID)
    report = load_rows(neo4j_store, "companies", [FULL], tmp_path, DAYS[0])
    assert report.hands
    [found] = report.hands.edited
    assert found.changes["name"] == ("가나", "가나정밀")


def test_what_is_the_same_costs_no_further_look(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    found = bolt_hands.replaced

    def replaced(ask: bolt_hands.Ask, batch: UpsertBatch, rows: Indices) -> list[bolt_hands.Found]:
        looked.append(len(rows))
        return found(ask, batch, rows)

    monkeypatch.setattr(bolt_hands, "replaced", replaced)
    load()
    assert (bool(looked), sum(looked)) == (True, 0)


def test_the_embedded_store_has_no_hands(store: EmbeddedStore, tmp_path: Path) -> None:
    report = load_rows(store, "companies", [FULL], tmp_path, DAYS[0])
    assert report.as_json()["hand_edits"] is None
