"""Small graphs written by hand, as snapshots on disk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import arrow_schema, table_from_columns
from graph_schema.model import ElementType, NodeType, RelationType
from graph_schema.progress import Progress
from loaders.regions import table
from recommender.snapshot.snapshot import FileEntry, Manifest, Snapshot, write_snapshot
from stores.base import CheckReport

LOADED_AT = datetime(2026, 1, 1, tzinfo=UTC)


class SmallGraph:
    """Collects nodes and relationships row by row; the part of a store that a snapshot reads."""

    def __init__(self) -> None:
        self._rows: dict[ElementType, list[dict[str, object]]] = {}

    def node(self, label: str, id_: str, /, **properties: object) -> str:
        element = node_type(label)
        row = {"id": id_, "source": "test", "synthetic": False, "loaded_at": LOADED_AT} | properties
        for p in element.properties:
            if p.required and p.name not in row:
                row[p.name] = id_
        self._rows.setdefault(element, []).append(row)
        return id_

    def link(self, source: str, type_: str, target: str, /, **properties: object) -> None:
        """Join ``Label:id`` to ``Label:id``."""
        (source_label, _, src), (target_label, _, dst) = source.partition(":"), target.partition(":")
        element = relation_type(source_label, type_, target_label)
        row = {"src": src, "dst": dst, "key": "", "source": "test", "synthetic": False, "loaded_at": LOADED_AT}
        self._rows.setdefault(element, []).append(row | properties)

    def tree(self, label: str, *paths: str) -> None:
        """Add code trees, each written from the top: ``41>41280>41281``; names equal ids where none is given."""
        known = {str(row["id"]) for row in self._rows.get(node_type(label), [])}
        for path in paths:
            parts = path.split(">")
            for parent, child in zip([None, *parts], parts, strict=False):
                if child not in known:
                    known.add(child)
                    self.node(label, child)
                    if parent is not None:
                        self.link(f"{label}:{child}", "PART_OF", f"{label}:{parent}")

    def schema_version(self) -> int:
        return 1

    def check(self, *, adopt: bool, progress: Progress) -> CheckReport:  # noqa: ARG002 - nobody draws in it by hand
        return CheckReport()

    def read_nodes(self, node: NodeType) -> Iterator[pa.RecordBatch]:
        return self._read(node, ("id",))

    def read_relationships(self, relation: RelationType) -> Iterator[pa.RecordBatch]:
        return self._read(relation, ("src", "dst", "key"))

    def _read(self, element: ElementType, keys: tuple[str, ...]) -> Iterator[pa.RecordBatch]:
        rows = sorted(self._rows.get(element, []), key=lambda row: [str(row[key]) for key in keys])
        if rows:
            names = sorted({name for row in rows for name in row})
            columns: Mapping[str, list[object]] = {name: [row.get(name) for row in rows] for name in names}
            yield from table_from_columns(element, columns).to_batches()

    def written(self, folder: Path) -> Snapshot:
        """Return the snapshot as it is read from disk."""
        return write_snapshot(self, folder)  # type: ignore[arg-type]

    def snapshot(self) -> Snapshot:
        """Return the same snapshot without writing it, which takes a tenth of the time."""
        snapshot = Snapshot(Path("memory"), Manifest("0" * 64, 1, "", {}))
        files = {}
        for element in self._rows:
            keys = ("id",) if isinstance(element, NodeType) else ("src", "dst", "key")
            table = pa.Table.from_batches(self._read(element, keys))
            snapshot._tables[element.name] = table.select(arrow_schema(element.public).names)
            files[element.name] = FileEntry(table.num_rows, "", "")
        snapshot.manifest = Manifest("0" * 64, 1, "", files)
        return snapshot


def goyang() -> SmallGraph:
    """Draw a few companies, programmes, experts, spaces and technologies of a made-up Goyang."""
    g = SmallGraph()
    g.node("Region", "41", name="경기도", code="41", level=1)
    g.node("Region", "11", name="서울특별시", code="11", level=1)
    g.node("Region", "41280", name="고양시", code="41280", level=2)
    g.node("Region", "41285", name="고양시 일산동구", code="41285", level=3)
    g.node("Region", "41281", name="고양시 덕양구", code="41281", level=3)
    for child, parent in (("41280", "41"), ("41285", "41280"), ("41281", "41280")):
        g.link(f"Region:{child}", "PART_OF", f"Region:{parent}")
    for code, name, parent in (
        ("C", "제조업", None),
        ("10", "식료품 제조업", "C"),
        ("107", "기타 식품 제조업", "10"),
        ("10711", "떡류 제조업", "107"),
        ("J", "정보통신업", None),
        ("62", "컴퓨터 프로그래밍, 시스템 통합 및 관리업", "J"),
        ("62010", "컴퓨터 프로그래밍 서비스업", "62"),
    ):
        g.node("Industry", f"ksic11:{code}", name=name, code=code, revision=11)
        if parent:
            g.link(f"Industry:ksic11:{code}", "PART_OF", f"Industry:ksic11:{parent}")
    g.node(
        "Company",
        "bakery",
        name="가온떡집",
        products="떡, 빵 온라인 판매",
        founded_on=date(2021, 3, 2),
        employees=3,
        revenue_krw=2e8,
        legal_form="sole",
    )
    g.link("Company:bakery", "IN_INDUSTRY", "Industry:ksic11:10711")
    g.link("Company:bakery", "LOCATED_IN", "Region:41285")
    g.node(
        "Company",
        "soft",
        name="나래소프트",
        products="제조 데이터 분석 소프트웨어",
        founded_on=date(2015, 6, 1),
        employees=25,
        revenue_krw=3e9,
        legal_form="corporation",
        certificates=["벤처기업"],
    )
    g.link("Company:soft", "IN_INDUSTRY", "Industry:ksic11:62010")
    g.link("Company:soft", "LOCATED_IN", "Region:41281")
    g.node("Company", "unknown", name="미상기업")
    return g


def with_crowd(g: SmallGraph, count: int = 40) -> SmallGraph:
    """Add companies without relationships, so that a tenth of all companies is more than a few."""
    for number in range(count):
        g.node("Company", f"crowd{number:03}", name=f"여느기업{number}")
    return g


def whole_country() -> SmallGraph:
    """Draw every region of the country, each in the one around it."""
    graph = SmallGraph()
    for code, region in table().items():
        graph.node("Region", code, name=region.name, code=code)
        if region.parent:
            graph.link(f"Region:{code}", "PART_OF", f"Region:{region.parent}")
    return graph
