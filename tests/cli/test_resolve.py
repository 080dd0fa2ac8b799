"""One node for one organisation, from the command line to the snapshot."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.composition import read_settings, store_of
from cli.naming import find_node
from graph_schema.catalog import relation_type
from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.samples import FOLDER
from recommender.snapshot.snapshot import Snapshot, open_snapshot
from stores.embedded import EmbeddedStore
from tests.command_line import Run
from tests.loaders.graphs import ends, read_csv, write_csv

_PATENTS = FOLDER / "patents.csv"
_CALLS = FOLDER / "bizinfo_2021.csv"
_FOUNDATION, _UNIVERSITY = "연세대학교산학협력단", "연세대학교"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load calls and patents once; each test decides on a copy."""
    path = tmp_path_factory.mktemp("loaded") / "graph.duckdb"
    with EmbeddedStore(path) as store:
        store.migrate()
        for name, files in (("bizinfo", [_CALLS, FOLDER / "bizinfo_2026.csv"]), ("kipris", [_PATENTS])):
            load(SOURCES[name], files, store, quarantine_dir=path.parent)
    return path


@pytest.fixture(autouse=True)
def _loaded(graph: Path, home: Path) -> None:
    home.mkdir()
    shutil.copyfile(graph, home / graph.name)


def _patents(snapshot: Snapshot, institution: str) -> int:
    table = snapshot.table(relation_type("Institution", "FILED", "Technology"))
    return table.column("src").to_pylist().count(institution)


def _snapshot(run: Run, home: Path) -> Snapshot:
    assert run("snapshot").exit_code == 0
    return open_snapshot(home / "snapshots")


def test_patents_and_calls_of_one_organisation_stand_at_one_node(run: Run, home: Path, tmp_path: Path) -> None:
    """Until it is undone; the store keeps both nodes, and a load changes nothing of it."""
    call = {"pblancId": "PBLN_000000000999999", "pblancNm": "두레 지원사업", "jrsdInsttNm": _UNIVERSITY}
    with_calls = dict.fromkeys(read_csv(_CALLS)[0], "") | call
    run("load", "bizinfo", write_csv(tmp_path / "call.csv", [with_calls]))
    before = _snapshot(run, home)
    assert (_patents(before, _FOUNDATION), _patents(before, _UNIVERSITY)) == (4, 0)

    shown = json.loads(run("resolve", "show", "--json").stdout)
    assert [f"Institution:{_FOUNDATION}", f"Institution:{_UNIVERSITY}"] in [
        [each["member"], each["stays"]] for each in shown["same"]
    ]
    assert json.loads(run("resolve", "apply", "--json").stdout)["joined"] == len(shown["same"])
    run("load", "kipris", _PATENTS)
    joined = _snapshot(run, home)
    offered = joined.table(relation_type("Program", "OFFERED_BY", "Institution"))
    assert ("PBLN_000000000999999", _UNIVERSITY) in zip(
        offered.column("src").to_pylist(), offered.column("dst").to_pylist(), strict=True
    )
    assert (_patents(joined, _FOUNDATION), _patents(joined, _UNIVERSITY)) == (0, 4)
    assert joined.node(NodeRef("Institution", _FOUNDATION))["id"] == _UNIVERSITY
    assert joined.caption(NodeRef("Institution", _FOUNDATION)) == _UNIVERSITY
    assert find_node(joined, "연세대 산학협력단") == NodeRef("Institution", _UNIVERSITY)

    assert json.loads(run("resolve", "undo", "--json").stdout) == {"withdrawn": len(shown["same"])}
    assert _patents(_snapshot(run, home), _FOUNDATION) == 4


def test_the_snapshot_of_an_undone_decision_is_the_one_from_before(run: Run, home: Path) -> None:
    before = _snapshot(run, home).id
    run("resolve", "apply")
    assert _snapshot(run, home).id != before
    run("resolve", "undo")
    assert _snapshot(run, home).id == before


def test_a_person_decides_on_the_list_and_splits(run: Run, home: Path, tmp_path: Path) -> None:
    """The sample has a ministry under its former name and its present one."""
    review = tmp_path / "review.csv"
    told = run("resolve", "show", "--review", review)
    assert "a person to decide" in told.stdout
    rows = [
        {"decision": "different", "node_1": "Institution:특허청", "node_2": "Institution:지식재산처"},
        {
            "decision": "same",
            "node_1": "Institution:동의대학교산학협력단",
            "node_2": "Institution:동명대학교산학협력단",
        },
    ]
    assert json.loads(run("resolve", "decide", write_csv(review, rows), "--json").stdout) == {
        "decided": 2,
        "changed": 2,
    }
    run("resolve", "apply")
    members = {member for member, _ in _held(home)}
    assert "특허청" not in members
    assert "동명대학교산학협력단" in members | {stays for _, stays in _held(home)}

    assert run("resolve", "split", "Institution:동의대학교산학협력단").exit_code == 0
    run("resolve", "apply")
    assert "동명대학교산학협력단" not in {id_ for pair in _held(home) for id_ in pair}


def test_two_nodes_are_joined_by_name(run: Run, home: Path) -> None:
    assert run("resolve", "join", "Institution:킨텍스", "Institution:경기도").exit_code == 0
    assert {"킨텍스", "경기도"} in map(set, _held(home))


def _held(home: Path) -> set[tuple[str, str]]:
    assert home.exists()
    with store_of(read_settings(), None, read_only=True) as store:
        relation = relation_type("Institution", "SAME_AS", "Institution")
        rows = [row for batch in store.read_relationships(relation) for row in batch.to_pylist()]
        assert len(rows) == len(ends(store, "Institution", "SAME_AS", "Institution"))
        return {(row["src"], row["dst"]) for row in rows if row["valid_to"] is None}


def test_nodes_may_be_joined_and_split_by_name(run: Run) -> None:
    told = run("resolve", "join", "동의대학교 산학협력단", "동명대학교 산학협력단").stdout
    assert "동명대학교산학협력단 and 동의대학교산학협력단 are one organisation" in told
    assert "Institution:동의대학교산학협력단 is no longer" in run("resolve", "split", "동의대학교 산학협력단").stdout
