"""``dure graph view --recommended`` draws what a server's lists hold."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph_schema.catalog import node_type
from graph_schema.errors import ConfigError
from graph_schema.model import NodeRef
from recommender.snapshot.snapshot import write_snapshot
from stores.bolt import Neo4jStore
from stores.recommendations import Recommended, replace_one
from stores.recommendations import Run as ListsOfTask
from tests.command_line import Run
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies, rows_of

PROGRAM = node_type("Program")


@pytest.mark.neo4j
def test_the_first_three_of_a_list_are_drawn(
    run: Run, home: Path, neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, monkeypatch: pytest.MonkeyPatch
) -> None:
    titles = [f"{number}번 사업" for number in range(1, 5)]
    neo4j_store.upsert_nodes(COMPANY, companies("c", name=["튼실디자인"]))
    neo4j_store.upsert_nodes(PROGRAM, rows_of(PROGRAM, id=titles, title=titles))
    write_snapshot(neo4j_store, home / "snapshots")
    asker = NodeRef("Company", "c")
    listed = [
        Recommended(asker, NodeRef("Program", title), {"rank": rank, "reason_ko": f"{rank}번 이유"})
        for rank, title in enumerate(titles, 1)
    ]
    replace_one(neo4j_store, ListsOfTask("programs", listed), asker)
    monkeypatch.setenv("DURE_NEO4J_USER", neo4j_graph.user)
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", neo4j_graph.password)
    view = home / "view.html"
    shown = run("graph", "view", "튼실디자인", "--recommended", "--store", neo4j_store.uri, "-o", view)
    assert shown.exit_code == 0, shown.output
    page = view.read_text(encoding="utf-8")
    assert [title for title in titles if title in page] == titles[:3]
    assert "3번 이유" in page
    assert "4번 이유" not in page


def test_pages_of_neighbours_have_no_lists(run: Run) -> None:
    refused = run("graph", "view", "튼실디자인", "--recommended", "--pages")
    assert isinstance(refused.exception, ConfigError)
    assert "do not go together" in str(refused.exception)


@pytest.mark.neo4j
def test_the_embedded_store_holds_no_lists(run: Run, home: Path, neo4j_store: Neo4jStore) -> None:
    neo4j_store.upsert_nodes(COMPANY, companies("c", name=["튼실디자인"]))
    write_snapshot(neo4j_store, home / "snapshots")
    assert run("migrate").exit_code == 0
    refused = run("graph", "view", "튼실디자인", "--recommended", "-o", home / "view.html")
    assert "dure graph copy" in str(refused.exception)
    assert not (home / "view.html").exists()
