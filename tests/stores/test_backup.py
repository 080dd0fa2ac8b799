"""A backup restores the same graph, and is refused where it is not whole."""

from __future__ import annotations

import json
import stat
from datetime import date
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError, SourceError
from graph_schema.model import NodeRef
from recommender.snapshot.snapshot import write_snapshot
from stores import server as server_module
from stores.backup import restore_backup, snapshot_id, write_backup
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from stores.server import Neo4jServer
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, LOCATED, REGION, companies, nodes_of, relationships, rows_of


def fill(store: EmbeddedStore | Neo4jStore) -> None:
    store.upsert_nodes(COMPANY, companies("a", "b", phone=["031-900-0000", None], founded_on=[date(2019, 3, 4), None]))
    store.upsert_nodes(REGION, rows_of(REGION, id=["41281"], name=["고양시 덕양구"]))
    store.upsert_relationships(LOCATED, relationships(LOCATED, ("a", "41281"), ("b", "41281")))


def test_a_backup_restores_the_same_graph(embedded: EmbeddedStore, tmp_path: Path) -> None:
    """Personal data and times of loading too; its id is that of a snapshot, before and after."""
    fill(embedded)
    manifest = write_backup(embedded, tmp_path / "backup")
    assert manifest.snapshot_id == write_snapshot(embedded, tmp_path / "snapshots").id
    assert sum(manifest.rows.values()) == 5
    with EmbeddedStore(tmp_path / "fresh.duckdb") as fresh:
        restore_backup(tmp_path / "backup", fresh)
        assert nodes_of(fresh, COMPANY) == nodes_of(embedded, COMPANY)
        assert write_snapshot(fresh, tmp_path / "others").id == manifest.snapshot_id


def test_it_is_its_owners_alone_and_replaces_nothing(embedded: EmbeddedStore, tmp_path: Path) -> None:
    write_backup(embedded, tmp_path / "backup")
    assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o700
    with pytest.raises(ConfigError, match="already"):
        write_backup(embedded, tmp_path / "backup")


def test_a_damaged_backup_is_refused_before_anything_is_written(embedded: EmbeddedStore, tmp_path: Path) -> None:
    fill(embedded)
    write_backup(embedded, tmp_path / "backup")
    whole = (tmp_path / "backup" / "Company.parquet").read_bytes()
    (tmp_path / "backup" / "Company.parquet").write_bytes(whole[:-9] + b"x" + whole[-8:])
    with EmbeddedStore(tmp_path / "fresh.duckdb") as fresh:
        with pytest.raises(SourceError, match=r"Company\.parquet is not as it was written"):
            restore_backup(tmp_path / "backup", fresh)
        assert fresh.schema_version() == 0
        with pytest.raises(SourceError, match="not a whole backup"):
            restore_backup(tmp_path, fresh)


def test_a_store_that_holds_something_is_left_alone(embedded: EmbeddedStore, tmp_path: Path) -> None:
    fill(embedded)
    write_backup(embedded, tmp_path / "backup")
    with pytest.raises(ConfigError, match="holds a graph already"):
        restore_backup(tmp_path / "backup", embedded)


def test_a_backup_of_another_version_is_refused(embedded: EmbeddedStore, tmp_path: Path) -> None:
    write_backup(embedded, tmp_path / "backup")
    path = tmp_path / "backup" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"schema_version": 2}))
    with EmbeddedStore(tmp_path / "fresh.duckdb") as fresh, pytest.raises(ConfigError, match="schema version 2"):
        restore_backup(tmp_path / "backup", fresh)


@pytest.mark.neo4j
def test_a_servers_backup_restores_on_a_fresh_one_with_decisions(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, tmp_path: Path
) -> None:
    """Recommendations are left out, since they are made anew; what people did is not."""
    fill(neo4j_store)
    decided = (
        "{task: 'partners', decision: 'refused', reason: '인력 부족', decided_at: datetime('2026-03-02T01:02:03Z')}"
    )
    neo4j_graph.run(
        "MATCH (a:Company {id: 'a'}), (b:Company {id: 'b'}) "
        f"CREATE (a)-[:FOLLOWED_UP {decided}]->(b), (a)-[:RECOMMENDED {{task: 'partners', rank: 1}}]->(b)"
    )
    before = neo4j_graph.run("MATCH ()-[f:FOLLOWED_UP]->() RETURN properties(f)")[0][0]
    manifest = write_backup(neo4j_store, tmp_path / "backup")
    assert manifest.decisions == 1
    neo4j_graph.wipe()
    restore_backup(tmp_path / "backup", neo4j_store)
    assert write_snapshot(neo4j_store, tmp_path / "snapshots").id == manifest.snapshot_id
    assert neo4j_graph.run("MATCH ()-[f:FOLLOWED_UP]->() RETURN properties(f)")[0][0] == before
    assert neo4j_graph.run("MATCH ()-[r:RECOMMENDED]->() RETURN count(r)")[0][0] == 0


@pytest.mark.neo4j
def test_a_dump_loads_into_a_fresh_server_by_neo4js_own_command(neo4j_server: Neo4jAccess, tmp_path: Path) -> None:
    """As Desktop does it: the graph is the same by the id of its snapshot, and the server that was dumped runs on."""
    if neo4j_server.server is None:
        pytest.skip("DURE_NEO4J_URI names a server that is not ours to dump")
    neo4j_server.wipe()
    with neo4j_server.open() as store:
        fill(store)
        wanted = snapshot_id(store)
    file, fresh = tmp_path / "dumps" / "neo4j.dump", Neo4jServer(tmp_path / "fresh", heap_mb=256)
    neo4j_server.server.dump(file)
    assert neo4j_server.server.status().running
    with pytest.raises(ConfigError, match="already"):
        neo4j_server.server.dump(file)
    try:
        fresh.start()
        fresh.stop()
        loading = ("database", "load", f"--from-path={file.parent}", "--overwrite-destination=true", "neo4j")
        done = fresh._administer(server_module._java(), *loading)
        assert done.returncode == 0, done.stderr
        status = fresh.start()
        with Neo4jStore(str(status.uri), user=status.user, password=fresh.password()) as loaded:
            assert snapshot_id(loaded) == wanted
            assert loaded.get_node(NodeRef("Company", "a")) is not None
    finally:
        fresh.stop()
