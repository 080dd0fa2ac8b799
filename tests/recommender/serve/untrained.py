"""A home whose model needs no training: eight programmes around a small city, each task by one simple scorer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph_schema.model import NodeRef
from recommender.bench.contender import config_of
from recommender.knowledge.tasks import TASKS
from recommender.publish.bundle import BundleSpec, TaskModel, write_bundle
from recommender.publish.probability import Calibration
from recommender.publish.promotion import Promotion
from recommender.publish.registry import ModelRegistry
from recommender.scorers.content_knn import ContentMatch
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.popularity import Popularity
from recommender.scorers.simple_blend import SimpleBlend
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import encode_snapshot
from tests.recommender.fixtures import WordEncoder
from tests.recommender.small_graph import SmallGraph, goyang, with_crowd

TODAY = date(2026, 3, 2)
BAKERY = NodeRef("Company", "bakery")
CALIBRATED = Calibration(6, 80, 70, (-1.0, 3.0), (0.01, 0.41), 0.01, ((0.1, 0.1, 500.0),), "2025-01-01", "2025-07-01")


def city() -> SmallGraph:
    graph = with_crowd(goyang())
    for number in range(8):
        graph.node(
            "Program",
            f"P{number}",
            title=f"판로 지원 {number}",
            kind="loan" if number % 2 else "grant",
            window_kind="fixed",
            announced_on=date(2026, 1, 2),
            apply_from=date(2026, 1, 2),
            apply_until=date(2026, 2, 28 if number == 0 else 20) if number < 2 else date(2026, 12, 31),
            nationwide=True,
            all_industries=True,
            targets=["corporation"] if number == 2 else ["sme"],
            url=f"https://example.org/{number}",
        )
    for number in range(3, 8):
        for company in range(number):
            graph.link(f"Company:crowd{company:03}", "APPLIED_TO", f"Program:P{number}", on=date(2025, 6, 1))
    graph.link("Program:P7", "TARGETS", "Industry:ksic11:10711")
    graph.node("Technology", "T", title="떡 포장 기술", status="registered")
    return graph


ESTIMATORS = {
    "popularity": Popularity(),
    "content-knn": ContentMatch(),
    "item-knn": ItemKnn(),
    "simple-blend": SimpleBlend(),
}


def write_home(
    home: Path,
    snapshot: Snapshot,
    scorer: str = "popularity",
    calibration: Calibration | None = None,
    promotion: Promotion | None = None,
) -> Path:
    """Publish a bundle that needs no training."""
    spec = BundleSpec(
        version="v1",
        snapshot_id=snapshot.id,
        config_hash="c0ffee",
        config={},
        encoder="words",
        seed=0,
        until=None,
        include_synthetic=True,
        created_at="2026-03-01T00:00:00+00:00",
        libraries={},
        tasks={
            name: TaskModel(
                scorer,
                config_of(ESTIMATORS[scorer]),
                {},
                positives=0,
                synthetic_share=0.0,
                promotion=promotion,
                calibration=calibration,
            )
            for name in TASKS
        },
    )
    write_bundle(home / "bundle", spec, encode_snapshot(snapshot, WordEncoder()), {}, "# card\n")
    registry = ModelRegistry(home / "models")
    registry.add(home / "bundle", "v1")
    registry.promote("v1")
    return home
