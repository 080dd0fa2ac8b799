"""A small hand-made graph as a snapshot, and an encoder that needs no model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from graph_schema.catalog import node_type, relation_type
from graph_schema.columns import table_from_columns
from graph_schema.progress import Progress, silent
from recommender.measure.arrays import Floats
from recommender.models.served import EngineSize
from recommender.snapshot.snapshot import Snapshot, write_snapshot
from recommender.text.protocol import Role
from stores.embedded import EmbeddedStore

Row = Mapping[str, object]


class WordEncoder:
    """Sums a fixed random vector for each word: texts that share words are near."""

    model_id = "words"
    dimension = 32

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str], role: Role, progress: Progress = silent) -> Floats:
        """Encode texts; the role makes no difference."""
        progress("encode text", len(texts), len(texts))
        assert role in ("query", "passage")
        self.asked.extend(texts)
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                seed = int.from_bytes(hashlib.sha256(word.encode()).digest()[:4])
                out[row] += np.random.default_rng(seed).normal(size=self.dimension).astype(np.float32)
            length = np.linalg.norm(out[row])
            out[row] /= length or 1.0
        return out

    def pieces(self, word: str) -> int:  # noqa: ARG002
        """Know every word."""
        return 1


@dataclass
class GraphBuilder:
    """Collects nodes and relationships by table name, then writes them as a snapshot."""

    nodes: dict[str, list[Row]] = field(default_factory=dict)
    relationships: dict[tuple[str, str, str], list[Row]] = field(default_factory=dict)

    def node(self, label: str, id_: str, **properties: object) -> GraphBuilder:
        """Add a node; its caption is its id unless given."""
        named = {node_type(label).caption: id_} | properties
        self.nodes.setdefault(label, []).append({"id": id_, **named})
        return self

    def link(self, relation: tuple[str, str, str], src: str, dst: str, **properties: object) -> GraphBuilder:
        """Add a relationship."""
        self.relationships.setdefault(relation, []).append({"src": src, "dst": dst, **properties})
        return self

    def snapshot(self, folder: Path) -> Snapshot:
        """Write everything into an embedded store under ``folder`` and make a snapshot of it."""
        folder.mkdir(parents=True, exist_ok=True)
        with EmbeddedStore(folder / "graph.duckdb") as store:
            store.migrate()
            for label, rows in self.nodes.items():
                store.upsert_nodes(
                    node_type(label), table_from_columns(node_type(label), _columns(rows), source="test")
                )
            for key, rows in self.relationships.items():
                relation = relation_type(*key)
                store.upsert_relationships(relation, table_from_columns(relation, _columns(rows), source="test"))
            return write_snapshot(store, folder / "snapshots")


APPLIED = ("Company", "APPLIED_TO", "Program")
IN_INDUSTRY = ("Company", "IN_INDUSTRY", "Industry")
LOCATED_IN = ("Company", "LOCATED_IN", "Region")
FIRST_DAY = date(2024, 1, 1)


def planted_city(companies: int = 120, programs: int = 24, themes: int = 4, seed: int = 0) -> GraphBuilder:
    """Build a city where companies of industry i apply, over two years, to programmes whose fields are theme i.

    Programme texts say nothing of the theme, so content alone cannot find it; all programmes are equally popular, so
    popularity cannot either. Only who applied before tells.
    """
    rng = np.random.default_rng(seed)
    graph = GraphBuilder()
    graph.node("Region", "41281", name="덕양구", code="41281").node("Region", "41285", name="일산동구", code="41285")
    for theme in range(themes):
        graph.node("Industry", f"ksic11:{theme}", name=f"업종 {theme}", code=str(theme))
    for program in range(programs):
        graph.node("Program", f"P{program:03}", title=f"공고 {program}", kind="loan" if program % 5 == 0 else "grant")
    for company in range(companies):
        id_ = f"C{company:03}"
        theme = company % themes
        employees = int(rng.integers(1, 300))
        graph.node("Company", id_, name=f"회사 {company}", employees=employees, founded_on=date(2015, 1, 1))
        graph.link(IN_INDUSTRY, id_, f"ksic11:{theme}")
        graph.link(LOCATED_IN, id_, "41281" if company % 2 else "41285")
        own = np.arange(theme, programs, themes)
        for program in rng.choice(own, 4, replace=False):
            on = FIRST_DAY + timedelta(days=int(rng.integers(0, 730)))
            graph.link(APPLIED, id_, f"P{program:03}", on=on)
    return graph


def _columns(rows: Sequence[Row]) -> dict[str, list[object]]:
    names = dict.fromkeys(name for row in rows for name in row)
    defaults = {"synthetic": False, "key": ""}
    return {name: [row.get(name, defaults.get(name)) for row in rows] for name in names}


SMALL_ENGINE = EngineSize(windows=2, questions=60, pool=24, rounds=5, epochs=1)
"""Quick to train, and none the wiser."""


def near_to(candidates: Floats) -> Callable[[Floats], Floats]:
    """Compare texts with the one text of each candidate, (C, d)."""
    return lambda texts: np.asarray(texts @ candidates.T)
