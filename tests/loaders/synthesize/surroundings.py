"""A small but complete surrounding for made-up cities: real codes, invented programmes, technologies and centres."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from graph_schema.catalog import PROGRAM_KINDS, node_type, relation_type
from graph_schema.columns import table_from_columns
from loaders import industries, ipc, regions
from loaders.points import point_at
from loaders.synthesize.themes import THEMES
from stores.base import GraphStore, Outcome

LOADED = datetime(2026, 1, 1, tzinfo=UTC)
PROGRAMS = 1_200
TECHNOLOGIES = 150
FIELDS = [f"ipc:{code}" for code in ("A23L", "B23Q", "B24B", "C08L", "C12N", "G01N", "G06N", "G06Q", "H01L", "H04N")]
CENTERS = {
    "하늘마루@41281": 60_000.0,
    "들녘타워@41281": 20_000.0,
    "물결센터@41285": 45_000.0,
    "솔숲밸리@41287": 9_000.0,
}
FAR = "48"
"""A province from which no company of the city comes."""

_Row = Mapping[str, object]


def fill(store: GraphStore) -> None:
    """Write the surroundings, none of them made up as far as the store can tell."""
    store.migrate()
    _nodes(
        store,
        "Industry",
        [
            {"id": f"ksic11:{code}", "name": name, "code": code, "revision": 11, "level": level}
            for code, (level, name, _) in industries.table().items()
        ],
    )
    parents = [(f"ksic11:{c}", f"ksic11:{p}") for c, (_, _, p) in industries.table().items() if p]
    _edges(store, "Industry", "PART_OF", "Industry", parents)
    _nodes(store, "Region", [{"id": c, "name": r.name, "code": c} for c, r in regions.table().items()])
    _edges(store, "Region", "PART_OF", "Region", [(c, r.parent) for c, r in regions.table().items() if r.parent])
    centers = [(i, a, point_at(i.partition("@")[2], ())._asdict()) for i, a in CENTERS.items()]
    _nodes(store, "Center", [{"id": i, "name": i.partition("@")[0], "floor_area_m2": a, **at} for i, a, at in centers])
    _edges(store, "Center", "LOCATED_IN", "Region", [(i, i.partition("@")[2]) for i in CENTERS])
    _programs(store)
    _technologies(store)


def _programs(store: GraphStore) -> None:
    _nodes(store, "Program", [_program(i) for i in range(PROGRAMS)])
    divisions = {"C": industries.divisions("C"), "I": industries.divisions("I"), "J": industries.divisions("J")}
    for_some = {1: divisions["C"], 2: divisions["I"], 3: divisions["C"] + divisions["J"]}
    _edges(
        store, "Program", "TARGETS", "Industry",
        [(f"P{i:04d}", f"ksic11:{d}") for i in range(PROGRAMS) for d in for_some.get(i % 9, ())],
    )  # fmt: skip
    by_region = {0: ("41",), 1: ("41281",), 2: (FAR,)}
    _edges(
        store, "Program", "TARGETS", "Region",
        [(f"P{i:04d}", code) for i in range(PROGRAMS) for code in by_region.get(i % 7, ())],
    )  # fmt: skip
    _nodes(store, "Topic", [{"id": tag, "name": tag} for tag in ("수출", "금융", "융자", "창업")])
    _edges(store, "Program", "ABOUT", "Topic", [("P0000", "수출"), ("P0001", "금융")])


def _program(i: int) -> _Row:
    theme = THEMES[i % len(THEMES)]
    start = date(2024, 1, 3) + timedelta(days=7 * i % 500)
    return {
        "id": f"P{i:04d}",
        "title": f"{theme.words[i % len(theme.words)]} 지원 {i}",
        "kind": next(iter(theme.kinds)) if i % 2 else PROGRAM_KINDS[i % len(PROGRAM_KINDS)],
        "nationwide": False if i % 7 < 3 else (None, True)[i % 2],
        "all_industries": False if i % 9 in (1, 2, 3) else (None, True)[i % 2],
        "targets": {3: ["micro"], 4: ["sme", "mid_size"], 5: ["corporation"], 6: ["startup", "other"]}.get(i % 11),
        "max_company_age": 7.0 if i % 13 == 0 else None,
        "min_employees": 5 if i % 17 == 0 else None,
        "max_employees": 50 if i % 19 == 0 else None,
        "apply_from": start if i % 3 else None,
        "apply_until": start + timedelta(days=20) if i % 3 else None,
    }


def _technologies(store: GraphStore) -> None:
    titles = {f: ipc.titles()[f[4:]].ko for f in FIELDS}
    _nodes(store, "TechField", [{"id": f, "name": titles[f], "code": f[4:], "scheme": "ipc"} for f in FIELDS])
    rows = [
        {"id": f"10{i:05d}", "title": f"기술 {i}", "applied_on": date(2015, 1, 1) + timedelta(days=25 * i)}
        for i in range(TECHNOLOGIES)
    ]
    _nodes(store, "Technology", rows)
    fields = [(f"10{i:05d}", FIELDS[i % len(FIELDS)]) for i in range(TECHNOLOGIES)]
    _edges(store, "Technology", "IN_FIELD", "TechField", fields)
    _nodes(store, "Institution", [{"id": f"대학{i}", "name": f"대학{i}", "kind": "university"} for i in range(4)])


def _nodes(store: GraphStore, label: str, rows: Sequence[_Row]) -> None:
    names = list(dict.fromkeys(name for row in rows for name in row))
    columns = {name: [row.get(name) for row in rows] for name in names}
    table = table_from_columns(node_type(label), columns, source="test", loaded_at=LOADED)
    assert (store.upsert_nodes(node_type(label), table) == Outcome.WRITTEN).all()


def _edges(store: GraphStore, source: str, type_: str, target: str, pairs: Sequence[tuple[str, str]]) -> None:
    relation = relation_type(source, type_, target)
    columns = {"src": [s for s, _ in pairs], "dst": [d for _, d in pairs]}
    table = table_from_columns(relation, columns, source="test", loaded_at=LOADED)
    assert (store.upsert_relationships(relation, table) == Outcome.WRITTEN).all()
