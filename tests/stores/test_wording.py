"""What a store cannot do is told in Korean as well as in English, with the value and the remedy."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from graph_schema.catalog import node_type
from graph_schema.columns import arrow_schema
from graph_schema.errors import DureError
from graph_schema.wording import Wording
from stores.backup import read_backup, write_backup
from stores.bolt_address import check_address, not_let_in, refused, unfilled, unreached
from stores.bolt_columns import record_batch
from stores.common import conform, opened_read_only
from stores.embedded import EmbeddedStore
from stores.file_uri import path_of
from stores.jars import missing_extra
from stores.legacy import _refuse
from stores.opening import open_store
from stores.server import Neo4jServer
from stores.server_wording import being_started, ended_early, not_started, not_stopped, silent_on

AT = "bolt://127.0.0.1:7687"
HOME = Path("home")


def closed(at: Path) -> None:
    store = EmbeddedStore(at / "graph.duckdb")
    store.close()
    store.counts()


def without_migration(at: Path) -> None:
    with EmbeddedStore(at / "graph.duckdb") as store:
        store.name = "duckdb:graph.duckdb"
        store.counts()


def of_another_kind(at: Path) -> None:
    (at / "graph.duckdb").write_text("name,address\n" * 100, encoding="utf-8")
    EmbeddedStore(at / "graph.duckdb")


def opened_otherwise(at: Path) -> None:
    with EmbeddedStore(at / "graph.duckdb"):
        EmbeddedStore(at / "graph.duckdb", read_only=True)


def written_over(at: Path) -> None:
    with EmbeddedStore(at / "graph.duckdb") as store:
        write_backup(store, at)


def lacking_columns(_: Path) -> None:
    company = node_type("Company")
    names = [name for name in arrow_schema(company.stored).names if name not in ("name", "loaded_at")]
    conform(company, pa.table({name: ["두레"] for name in names}))


def of_another_type(_: Path) -> None:
    region = node_type("Region")
    record_batch(region, [["41" if p.name == "id" else 1 for p in region.stored]])


@pytest.mark.parametrize(
    ("provoked", "korean"),
    [
        (
            lambda _: open_store(" "),
            (
                "저장소를 지정하지 않았습니다. duckdb:///path/graph.duckdb나 bolt://host:port를 적거나 DURE_STORE를 "
                "설정하십시오"
            ),
        ),
        (
            lambda at: open_store(str(at / "none.duckdb"), create=False),
            "{at}/none.duckdb: 저장소가 없습니다. 다른 저장소를 적거나 `dure migrate`로 만드십시오",
        ),
        (lambda _: open_store("bolt://"), "bolt://: 호스트가 적혀 있지 않습니다. bolt://localhost:7687처럼 적으십시오"),
        (
            lambda _: path_of("duckdb://graph.duckdb"),
            (
                "duckdb://graph.duckdb: 내장 저장소는 파일이므로 호스트를 적을 수 없습니다. 절대 경로는 "
                "duckdb:///graph.duckdb, 현재 폴더에서 시작하는 경로는 duckdb:graph.duckdb처럼 적으십시오"
            ),
        ),
        (
            lambda _: check_address("http://localhost"),
            (
                "'http://localhost': Neo4j 서버의 주소가 아닙니다. bolt://127.0.0.1:7687처럼 적고, 사용자와 비밀번호는 "
                "DURE_NEO4J_USER와 DURE_NEO4J_PASSWORD에 적으십시오"
            ),
        ),
        (closed, "{at}/graph.duckdb: 닫힌 저장소입니다. 다시 여십시오"),
        (
            without_migration,
            (
                "duckdb://{at}/graph.duckdb: 마이그레이션 '0001 catalog' 적용이 필요합니다. 다음 명령을 실행하십시오: "
                "`dure migrate --store duckdb:graph.duckdb`"
            ),
        ),
        (
            of_another_kind,
            "{at}/graph.duckdb: DuckDB 파일이 아닙니다. 다른 경로를 적거나, 그 파일을 옮기고 새 저장소를 만드십시오",
        ),
        (
            opened_otherwise,
            (
                "{at}/graph.duckdb: 이 프로세스가 이미 다른 방식(읽기 전용 또는 쓰기)으로 열고 있습니다. 먼저 닫거나 "
                "같은 방식으로 여십시오"
            ),
        ),
        (
            lambda at: read_backup(at / "graph.duckdb"),
            (
                "{at}/graph.duckdb: 온전한 백업이 아닙니다([Errno 2] No such file or directory: "
                "'{at}/graph.duckdb/manifest.json'). `dure neo4j backup`으로 만든 폴더를 적으십시오"
            ),
        ),
        (written_over, "{at}: 이미 있는 폴더나 파일입니다. 아직 없는 폴더를 적으십시오"),
        (lacking_columns, "Company: 행에 없는 열: loaded_at, name. table_from_columns로 행을 만드십시오"),
        (
            of_another_type,
            "Region 41: source 속성의 값이 string 형식이 아닙니다(int). `dure graph check`를 실행하십시오",
        ),
        (
            lambda at: Neo4jServer(at).password(),
            (
                "{at}/password: 비밀번호 파일이 없습니다. {at}에서 Neo4j 서버를 시작한 적이 없으니 dure neo4j start로 "
                "시작하십시오"
            ),
        ),
        (
            lambda _: _refuse(),
            "읽기만 하는 py2neo Graph입니다. 카탈로그의 규칙이 지켜지도록 `dure load`나 stores.bolt로 쓰십시오",
        ),
    ],
)
def test_an_error_says_in_korean_what_to_do(tmp_path: Path, provoked: Callable[[Path], object], korean: str) -> None:
    with pytest.raises(DureError) as caught:
        provoked(tmp_path)
    assert caught.value.in_language("ko") == korean.format(at=tmp_path)
    assert str(caught.value) == caught.value.wording.en != caught.value.wording.ko


@pytest.mark.parametrize(
    ("said", "korean"),
    [
        (
            unreached(AT, ConnectionRefusedError()),
            (
                f"{AT}: 응답하는 Neo4j 서버가 없습니다. `dure neo4j start`로 시작하거나 "
                "주소(--store, DURE_STORE, DURE_NEO4J_URI)를 확인하십시오"
            ),
        ),
        (
            unreached(AT, socket.gaierror()),
            f"{AT}: 호스트를 찾을 수 없습니다. 주소(--store, DURE_STORE, DURE_NEO4J_URI)를 확인하십시오",
        ),
        (
            unreached(AT, ConnectionResetError(104, "reset")),
            (
                f"{AT}: Neo4j와의 연결이 끊어졌습니다. 서버가 실행 중인지(여기서 띄운 것은 `dure neo4j status`로) "
                "확인한 뒤 같은 명령을 다시 실행하십시오. 이미 저장된 것은 남아 있고 나머지를 이어서 저장합니다"
            ),
        ),
        (
            unreached(AT, ssl.SSLError()),
            f"{AT}: TLS를 쓰지 않는 서버입니다. bolt:// 또는 neo4j://로 적거나 서버에서 TLS를 켜십시오",
        ),
        (
            not_let_in(AT, "neo4j"),
            f"{AT}: Neo4j가 사용자 'neo4j'의 접속을 거부했습니다. DURE_NEO4J_USER와 DURE_NEO4J_PASSWORD를 확인하십시오",
        ),
        (refused(AT, "Neo.ClientError.X", "bad"), f"{AT}: Neo4j가 질의를 거부했습니다. Neo.ClientError.X: bad"),
        (
            unfilled(AT, ["a", "b"]),
            (
                f"{AT}: Neo4j가 채우지 못한 색인: a, b. 서버의 로그를 보고(디스크가 찼을 수 있습니다) DROP INDEX로 "
                "지운 뒤 `dure migrate`를 다시 실행하십시오"
            ),
        ),
        (opened_read_only(AT), f"{AT}: 읽기 전용으로 열었습니다. 쓰려면 read_only 없이 여십시오"),
        (
            missing_extra(ImportError(name="jgo")).wording,
            (
                "파이썬 패키지 'jgo' 설치가 필요합니다. 없으면 여기에서 Neo4j 서버를 시작할 수 없습니다. "
                "pip install 'dure[neo4j-server]'로 설치하거나, 다른 곳에서 실행 중인 서버를 DURE_NEO4J_URI에 "
                "적으십시오"
            ),
        ),
        (
            not_stopped(HOME, 4711, 90, Path("log")),
            (
                "home: Neo4j 서버(프로세스 4711)가 90초 안에 종료되지 않았습니다. log에서 원인을 확인하고 기다리거나, "
                "다음 명령으로 끝내십시오: kill -9 4711 (Neo4j는 다음에 시작할 때 복구합니다)"
            ),
        ),
        (
            being_started(HOME, 180, Path("log")),
            (
                "home: 다른 프로세스가 180초째 Neo4j 서버를 시작하고 있습니다. log에서 원인을 확인하고 같은 명령을 "
                "다시 실행하십시오"
            ),
        ),
        (
            not_started(HOME, ended_early(1), Path("log"), "…"),
            "home: Neo4j 서버가 시작하는 도중에 종료되었습니다(종료 코드 1). log의 마지막 부분:\n…",
        ),
        (
            not_started(HOME, silent_on(7687, 180), Path("log"), "…"),
            "home: Neo4j 서버가 180초 안에 7687번 포트에서 응답하지 않았습니다. log의 마지막 부분:\n…",
        ),
    ],
)
def test_what_goes_wrong_with_a_server_is_told_in_korean(said: Wording, korean: str) -> None:
    assert said.ko == korean
