"""A task of a snapshot as an experiment folder."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy import sparse

from graph_schema.errors import EvaluationError
from recommender.knowledge.folder.export import export_task
from recommender.knowledge.folder.read import read_dataset
from recommender.knowledge.from_snapshot import dataset_of
from recommender.knowledge.splits import Cuts, task_pairs, window
from recommender.knowledge.stages import all_known, build_stage
from recommender.knowledge.task_data import ALL_KNOWN
from recommender.knowledge.tasks import get_task
from recommender.snapshot.snapshot import Snapshot
from recommender.text.encoder import node_texts
from tests.recommender.small_graph import SmallGraph, goyang


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
    assert build_stage(dataset, "test", {}).questions


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


def test_no_model_learns_from_the_point_of_a_place(tmp_path: Path) -> None:
    graph = _partners()
    graph.node("Company", "here", name="가온", employees=3, lat=37.6, lon=126.9, point_of="district")
    dataset = read_dataset(export_task(graph.snapshot(), get_task("partners"), tmp_path / "out"))
    names = set(dataset.nodes["CompanyInstitution"].raw)
    assert "employees" in names
    assert names.isdisjoint({"lat", "lon", "point_of"})


def test_a_fact_is_dated_by_the_younger_of_itself_and_its_end(tmp_path: Path) -> None:
    dataset = read_dataset(export_task(partners_graph(), get_task("partners"), tmp_path / "out"))
    filed = next(edges for edges in dataset.relations if edges.name == "FILED")
    assert filed.time.astype("datetime64[D]").tolist() == [date(2021, 5, 1)]


def test_a_task_without_facts_is_refused(tmp_path: Path) -> None:
    told = (
        r"^spaces: no target relationship has a date, .*; load facts with dates, or let made-up facts take part with "
    )
    with pytest.raises(EvaluationError, match=told):
        export_task(partners_graph(), get_task("spaces"), tmp_path / "out")
    with pytest.raises(EvaluationError, match=r"load facts with dates$"):
        export_task(partners_graph(), get_task("spaces"), tmp_path / "out", include_synthetic=True)


@pytest.fixture(scope="module")
def city_snapshot() -> Snapshot:
    """Draw a few of everything that tasks ask for, with dates, lists, numbers and texts of several lines."""
    graph = goyang()
    for number in range(40):
        graph.node(
            "Company",
            f"c{number:02}",
            name=f"회사 {number}",
            products=None if number % 5 == 0 else f"제품 {number % 7}\n둘째 줄",
            employees=None if number % 3 == 0 else number,
            revenue_krw=number * 1.5e8 + 0.1,
            founded_on=None if number % 4 == 0 else date(2000 + number % 20, 1, 2),
            certificates=["벤처기업", "이노비즈"][: number % 3] or None,
            single_establishment=bool(number % 2),
            synthetic=number >= 30,
        )
        graph.link(f"Company:c{number:02}", "LOCATED_IN", "Region:41281")
    for number in range(6):
        kind = ("loan", "education", "grant")[number % 3]
        graph.node(
            "Program", f"p{number}", title=f"지원 {number}", kind=kind, announced_on=date(2021, 1 + number, 1),
            apply_until=date(2022, 1, 1), targets=["micro"],
        )  # fmt: skip
        graph.node("Expert", f"e{number}", headline=f"세무사 {number}", profession="tax")
    for number in range(120):
        day = date(2021 + number % 3, 1 + number % 12, 1 + number % 27)
        company = f"Company:c{number % 40:02}"
        graph.link(company, "APPLIED_TO", f"Program:p{number % 6}", key=str(number), on=day)
        graph.link(company, "CONSULTED", f"Expert:e{(number * 5 + number // 6) % 6}", key=str(number), on=day)
    return graph.snapshot()


@pytest.mark.parametrize("synthetic", [False, True])
@pytest.mark.parametrize("name", ["programs", "finance", "education", "experts"])
def test_a_snapshot_and_its_exported_folder_are_one_dataset(
    city_snapshot: Snapshot, tmp_path: Path, name: str, *, synthetic: bool
) -> None:
    """Array by array: nodes, typed columns, texts, relations, and what is known of both windows."""
    task = get_task(name)
    direct = dataset_of(city_snapshot, task, include_synthetic=synthetic)
    read = read_dataset(export_task(city_snapshot, task, tmp_path / "out", include_synthetic=synthetic))
    assert not read.quarantine
    assert direct.spec == read.spec
    assert_equal(direct.nodes, read.nodes)
    assert_equal(direct.relations, read.relations)
    for name_of_window in ("valid", "test"):
        assert_equal(build_stage(direct, name_of_window, {}), build_stage(read, name_of_window, {}))
    moment = np.datetime64("2022-06-01", "s")
    assert_equal(all_known(direct, {}).before(moment), all_known(read, {}).before(moment))


@pytest.mark.parametrize("undated", [False, True])
def test_windows_of_pairs_and_of_a_dataset_agree_on_what_is_new(*, undated: bool) -> None:
    """A pair's first day is one idea in both: any fact without a day makes it known always, whatever others say."""
    graph = _partners()
    if undated:
        for month in (8, 10, 11):  # each is filed by this pair alone, in the windows
            one, other = sorted((month % 10, (month + 1 + month // 4) % 10))
            graph.link(f"Company:c{one}", "CO_FILED_WITH", f"Company:c{other}", key=f"undated {month}")
    snapshot, task = graph.snapshot(), get_task("partners")
    pairs, cuts = task_pairs(snapshot, task), Cuts(date(2021, 8, 1), date(2021, 10, 1), date(2022, 1, 1))
    stage = build_stage(dataset_of(snapshot, task, cuts=cuts), "test", {})
    ids = stage.known.queries.ids
    asked = {
        ids[query]: {ids[column] for column in stage.positives[[row]].indices}
        for row, query in enumerate(stage.questions.query)
    }
    found = window(pairs, "test", cuts.test_from, cuts.end)
    assert asked == {
        str(ref): {str(pairs.candidates[column]) for column in found.positives[[row]].indices}
        for row, ref in enumerate(found.asked)
    }
    assert ("Company:c0" in asked) is not undated


def test_the_text_of_a_node_is_what_is_encoded_of_a_snapshot(city_snapshot: Snapshot) -> None:
    """So that a text is encoded once, for a snapshot and for its experiments."""
    nodes = dataset_of(city_snapshot, get_task("experts"), include_synthetic=True).nodes
    for label in ("Company", "Expert", "Region"):
        wanted = [" ".join(text.split()) for text in node_texts(city_snapshot, label)]
        assert nodes[label].texts is not None
        assert [" ".join(text.split()) for text in nodes[label].texts] == wanted


def test_what_is_known_before_a_moment_is_dated_before_it(city_snapshot: Snapshot) -> None:
    known = all_known(dataset_of(city_snapshot, get_task("programs"), include_synthetic=True), {})
    moment = np.datetime64("2022-06-01", "s")
    assert (known.before(moment).pairs.time < moment).all()
    assert len(known.before(moment).pairs) < len(known.pairs) == 120


def assert_equal(one: object, other: object, at: str = "") -> None:
    """Compare dataclasses, mappings and tuples down to their arrays; where a dataset lies does not count."""
    assert type(one) is type(other) or (isinstance(one, Mapping) and isinstance(other, Mapping)), at
    if isinstance(one, np.ndarray) and isinstance(other, np.ndarray):
        assert one.dtype == other.dtype, at
        assert np.array_equal(one, other, equal_nan=one.dtype.kind in "fM"), at
    elif sparse.issparse(one):
        assert one.shape == other.shape, at  # type: ignore[attr-defined]
        assert (one != other).nnz == 0, at  # type: ignore[attr-defined]
    elif dataclasses.is_dataclass(one):
        for each in dataclasses.fields(one):
            if each.name not in ("folder", "content_hash"):
                assert_equal(getattr(one, each.name), getattr(other, each.name), f"{at}.{each.name}")
    elif isinstance(one, Mapping) and isinstance(other, Mapping):
        assert set(one) == set(other), at
        for name in one:
            assert_equal(one[name], other[name], f"{at}[{name}]")
    elif isinstance(one, tuple) and isinstance(other, tuple):
        assert len(one) == len(other), at
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            assert_equal(left, right, f"{at}[{number}]")
    else:
        assert one == other, at


def test_tasks_of_a_snapshot_hold_equal_edges_once(city_snapshot: Snapshot) -> None:
    """Two tasks over the same nodes have one object for a relation that both take alike, and its matrix once."""
    tasks = [get_task(name) for name in ("programs", "spaces")]
    one, other = (dataset_of(city_snapshot, task, include_synthetic=True, cuts=ALL_KNOWN) for task in tasks)
    mine = {edges.key: edges for edges in one.context}
    shared = [edges for edges in other.context if mine.get(edges.key) is edges]
    assert shared
    edges = shared[0]
    shape = len(one.nodes[edges.source]), len(one.nodes[edges.target])
    assert edges.joins("out", shape) is edges.joins("out", shape)
    assert (edges.joins("in", shape) != edges.joins("out", shape).T).nnz == 0
