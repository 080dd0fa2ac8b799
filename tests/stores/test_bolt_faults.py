"""What a server, a network or another loader does to a load: nothing is lost or doubled, and the error names why."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from benchmarks.neo4j_drills import load, proxy
from graph_schema.errors import StoreUnavailableError
from stores.backup import snapshot_id
from stores.bolt import Neo4jStore
from stores.bolt_address import refused, unreached
from stores.embedded import EmbeddedStore
from stores.server import Neo4jServer
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, companies

pytestmark = pytest.mark.neo4j
_COMPANIES = 300


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the id of the graph that ``load`` makes where nothing goes wrong."""
    with EmbeddedStore(tmp_path_factory.mktemp("whole") / "graph.duckdb") as store:
        store.migrate()
        load(store, _COMPANIES)
        return snapshot_id(store)


def port_of(access: Neo4jAccess) -> int:
    return int(access.uri.rpartition(":")[2])


def test_a_load_whose_connection_is_cut_goes_on_when_it_is_run_again(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, whole: str
) -> None:
    with proxy(port_of(neo4j_graph), cut_after=40_000) as port:
        through = Neo4jStore(f"bolt://127.0.0.1:{port}", user=neo4j_graph.user, password=neo4j_graph.password)
        with through, pytest.raises(StoreUnavailableError, match=r"connection .* was cut; .* repeat the command"):
            load(through, _COMPANIES)
    load(neo4j_store, _COMPANIES)
    assert snapshot_id(neo4j_store) == whole


def test_two_loaders_of_the_same_at_once_end_with_the_same_graph(neo4j_graph: Neo4jAccess, whole: str) -> None:
    """Where their locks cross, one of them is undone by the server and goes again."""

    def one(*, backwards: bool) -> None:
        with neo4j_graph.open() as store:
            load(store, _COMPANIES, backwards=backwards)

    with ThreadPoolExecutor(2) as pool:
        for started in [pool.submit(one, backwards=each) for each in (False, True)]:
            started.result()
    with neo4j_graph.open() as store:
        assert snapshot_id(store) == whole


def test_what_is_stored_already_travels_as_keys_and_hashes(neo4j_graph: Neo4jAccess) -> None:
    """A load of which a hundredth changed sends that in full, and of the rest id and hash."""
    ids = [f"c{number:04}" for number in range(1_000)]
    text = ["반도체 검사 장비와 부품을 만들어 판다 " * 4] * len(ids)
    changed = [each + "다" if at % 100 == 0 else each for at, each in enumerate(text)]
    # Each row has a text of its own, or one would travel for all.
    first, second = ([f"{each} {at}" for at, each in enumerate(texts)] for texts in (text, changed))
    sent: list[int] = []
    with proxy(port_of(neo4j_graph), sent=sent) as port:
        address = f"bolt://127.0.0.1:{port}"
        with Neo4jStore(address, user=neo4j_graph.user, password=neo4j_graph.password) as store:
            store.upsert_nodes(COMPANY, companies(*ids, products=first))
            full = sum(sent)
            outcomes = store.upsert_nodes(COMPANY, companies(*ids, products=second))
    assert np.flatnonzero(outcomes).tolist() == list(range(0, 1_000, 100))
    assert sum(sent) - full < full / 4


@pytest.fixture(scope="module")
def with_tls(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """Start a server that takes TLS, with a certificate that it signed itself."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("no openssl to make a certificate with")
    home = tmp_path_factory.mktemp("tls")
    keys = home / "keys"
    keys.mkdir()
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost",
         "-keyout", str(keys / "private.key"), "-out", str(keys / "public.crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    (home / "conf").mkdir()
    (home / "conf" / "neo4j.conf").write_text(
        f"server.bolt.tls_level=OPTIONAL\ndbms.ssl.policy.bolt.enabled=true\n"
        f"dbms.ssl.policy.bolt.base_directory={keys}\ndbms.ssl.policy.bolt.client_auth=NONE\n"
    )
    server = Neo4jServer(home, heap_mb=512)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def open_at(server: Neo4jServer, scheme: str) -> Neo4jStore:
    address = str(server.status().uri).replace("bolt://127.0.0.1", f"{scheme}://localhost")
    return Neo4jStore(address, user="neo4j", password=server.password())


def test_addresses_with_and_without_routing_and_tls_lead_to_the_server(with_tls: Neo4jServer) -> None:
    for scheme in ("bolt", "neo4j", "bolt+ssc", "neo4j+ssc"):
        with open_at(with_tls, scheme) as store:
            assert store.schema_version() == 0
    for scheme in ("bolt+s", "neo4j+s"):
        with (
            open_at(with_tls, scheme) as store,
            pytest.raises(StoreUnavailableError, match="certificate of the Neo4j server"),
        ):
            store.schema_version()


@pytest.mark.parametrize("scheme", ["bolt+s", "neo4j+s"])
def test_a_certificate_that_this_machine_trusts_is_taken_for_its_own_host_alone(
    scheme: str, with_tls: Neo4jServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named by an address that the certificate does not name, the server is not trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(with_tls.home / "keys" / "public.crt"))
    with open_at(with_tls, scheme) as store:
        assert store.schema_version() == 0
    address = str(with_tls.status().uri).replace("bolt://", f"{scheme}://")
    with (
        Neo4jStore(address, user="neo4j", password=with_tls.password()) as store,
        pytest.raises(StoreUnavailableError, match="certificate of the Neo4j server"),
    ):
        store.schema_version()


def test_tls_towards_a_server_without_it_is_told_as_that(neo4j_graph: Neo4jAccess) -> None:
    address = neo4j_graph.uri.replace("bolt://", "bolt+ssc://")
    with Neo4jStore(address, user="neo4j", password="x") as store, pytest.raises(StoreUnavailableError, match="TLS"):
        store.schema_version()


def test_a_server_that_is_frozen_does_not_answer_until_it_goes_on(with_tls: Neo4jServer) -> None:
    import psutil

    process = psutil.Process(with_tls.status().pid)
    process.suspend()
    try:
        assert not with_tls.answers()
    finally:
        process.resume()
    with open_at(with_tls, "bolt") as store:
        assert store.schema_version() == 0


@pytest.mark.parametrize(
    ("cause", "said"),
    [
        (ssl.SSLCertVerificationError("self-signed"), "certificate"),
        (ssl.SSLError("wrong version number"), "does not speak TLS"),
        (TimeoutError("timed out"), "does not answer in time"),
        (ConnectionResetError(104, "reset by peer"), "was cut"),
        (ConnectionRefusedError(), "start one with `dure neo4j start`"),
    ],
)
def test_why_a_server_was_not_reached_is_told_by_the_cause(cause: Exception, said: str) -> None:
    error = RuntimeError("driver")
    error.__cause__ = cause
    assert said in unreached("bolt://127.0.0.1:7687", error).en


def test_a_full_disk_is_told_with_its_remedy() -> None:
    said = refused("bolt://127.0.0.1:7687", "Neo.DatabaseError.Transaction.TransactionLogError", "Could not append")
    assert "make room" in said.en
    assert refused("bolt://h:1", "Neo.ClientError.Statement.SyntaxError", "Invalid input").en.endswith("Invalid input")
