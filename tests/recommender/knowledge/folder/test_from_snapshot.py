"""A task of a snapshot as an experiment folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import EvaluationError
from recommender.knowledge.dataset import read_dataset
from recommender.knowledge.folder.from_snapshot import export_task
from recommender.knowledge.stages import build_stage
from recommender.knowledge.tasks import get_task
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import SmallGraph


def partners_graph() -> Snapshot:
    return _partners().snapshot()


def write_partners(folder: Path) -> Snapshot:
    """Write the same as the current snapshot of ``folder``."""
    return _partners().written(folder)


def _partners() -> SmallGraph:
    """Ten companies that file with one another month by month, each with an industry; one fact is made up."""
    graph = SmallGraph()
    graph.tree("Industry", "C>C26")
    for each in range(10):
        graph.node("Company", f"c{each}", name=f"회사 {each}", representative="김비밀", products="로봇, 센서\n기타")
        graph.link(f"Company:c{each}", "IN_INDUSTRY", "Industry:C26")
    graph.node("Institution", "u", name="대학", kind="university")
    graph.node("Technology", "t", title="특허", applied_on=date(2021, 5, 1))
    graph.link("Company:c0", "FILED", "Technology:t")
    for month in range(12):
        day = date(2021, month + 1, 3)
        one, other = month % 10, (month + 1 + month // 4) % 10
        graph.link(
            f"Company:c{min(one, other)}", "CO_FILED_WITH", f"Company:c{max(one, other)}", key=str(month), on=day
        )
        graph.link(f"Company:c{one}", "CO_FILED_WITH", "Institution:u", key=str(month), on=day)
    graph.link("Company:c0", "CO_FILED_WITH", "Company:c9", key="x", synthetic=True, on=date(2021, 1, 1))
    return graph


def test_labels_asked_for_together_become_one(tmp_path: Path) -> None:
    dataset = read_dataset(export_task(partners_graph(), get_task("partners"), tmp_path / "out"))
    nodes = dataset.nodes["CompanyInstitution"]
    assert len(nodes) == 11
    assert nodes.ids[0] == "Company:c0"
    assert set(nodes.raw["node_label"]) == {"Company", "Institution"}
    assert dataset.spec.task.symmetric
    assert build_stage(dataset, "test", {}).asked


def test_personal_and_made_up_facts_stay_out(tmp_path: Path) -> None:
    snapshot = partners_graph()
    folder = export_task(snapshot, get_task("partners"), tmp_path / "out")
    text = "".join(path.read_text(encoding="utf-8") for path in folder.rglob("*.*"))
    assert "김비밀" not in text
    real = read_dataset(folder)
    mixed = read_dataset(export_task(snapshot, get_task("partners"), tmp_path / "mixed", include_synthetic=True))
    assert len(mixed.target) == len(real.target) + 1
    assert mixed.name.endswith("-synthetic")
    assert "synthetic" not in real.name
    assert not real.quarantine


def test_a_fact_is_dated_by_the_younger_of_itself_and_its_end(tmp_path: Path) -> None:
    dataset = read_dataset(export_task(partners_graph(), get_task("partners"), tmp_path / "out"))
    filed = next(edges for edges in dataset.relations if edges.name == "FILED")
    assert filed.time.astype("datetime64[D]").tolist() == [date(2021, 5, 1)]


def test_a_task_without_facts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError):
        export_task(partners_graph(), get_task("spaces"), tmp_path / "out")
