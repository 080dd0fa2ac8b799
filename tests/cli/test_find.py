"""Nodes are found by words, and a name is accepted wherever an id is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cli.naming import find_node
from graph_schema.catalog import node_type
from graph_schema.errors import NotFoundError, SchemaError
from graph_schema.model import NodeRef
from recommender.snapshot.snapshot import Snapshot, open_snapshot, write_snapshot
from stores.embedded import EmbeddedStore
from tests.command_line import Run
from tests.stores.contract import COMPANY, companies, rows_of

INSTITUTION, PROGRAM, SPACE = node_type("Institution"), node_type("Program"), node_type("Space")
TECHNOLOGY = node_type("Technology")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a home with a graph and a snapshot once; tests that write get a copy."""
    home = tmp_path_factory.mktemp("written")
    names = ["서울대학교산학협력단", "서울시립대학교 산학협력단", "한국전자기술연구원"]
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.migrate()
        store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=names, name=names))
        store.upsert_nodes(COMPANY, companies("c1", "c2", "c3", name=["두레정밀", "두레정밀", "한국정밀"]))
        write_snapshot(store, home / "snapshots")
    return home


@pytest.fixture
def snapshot(written: Path, home: Path) -> Snapshot:
    shutil.copytree(written, home)
    return open_snapshot(home / "snapshots")


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("Institution:서울대학교산학협력단", "Institution:서울대학교산학협력단"),
        ("서울대학교 산학협력단", "Institution:서울대학교산학협력단"),
        ("서울대 산학협력단", "Institution:서울대학교산학협력단"),
        ("서울시립대", "Institution:서울시립대학교 산학협력단"),
        ("전자기술", "Institution:한국전자기술연구원"),
        ("C3", "Company:c3"),
    ],
)
def test_a_name_means_the_one_node_that_has_it(snapshot: Snapshot, text: str, ref: str) -> None:
    """In full before in part, without blanks, 대 for 대학교."""
    assert str(find_node(snapshot, text)) == ref


@pytest.mark.parametrize(
    ("text", "ref"),
    [
        ("KETI", "Institution:한국전자기술연구원"),
        ("전자부품연구원", "Institution:한국전자기술연구원"),
        ("kt", "Company:kt"),
        ("KT", "Company:kt"),
        ("케이티", "Company:kt"),
        ("엘지전자", "Company:lg"),
        ("특허청", "Institution:지식재산처"),
    ],
)
def test_an_organisation_may_be_called_as_resolving_knows_it(text: str, ref: str, home: Path, run: Run) -> None:
    """Before what only holds the letters; by the snapshot and by the store."""
    home.mkdir()
    bodies = ["한국전자기술연구원", "지식재산처"]
    named = ["주식회사 케이티", "주식회사 케이티앤지", "DKT정밀", "LG전자(주)"]
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.migrate()
        store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=bodies, name=bodies))
        store.upsert_nodes(COMPANY, companies("kt", "ktng", "dkt", "lg", name=named))
        made = write_snapshot(store, home / "snapshots")

    assert str(find_node(made, text)) == ref
    assert json.loads(run("find", text, "--json").stdout)[0]["ref"] == ref
    assert run("graph", "view", text, "-o", home / "view.html").exit_code == 0


@pytest.mark.parametrize("text", ["(주)튼실디자인", "㈜튼실디자인", "튼실디자인(주)", "튼실 디자인 ㈜", "(주)튼실"])
def test_a_legal_form_may_be_written_as_people_write_it(text: str, home: Path, run: Run) -> None:
    """On a form it stands before the name or behind it, short or in full, and registers write another."""
    home.mkdir()
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.migrate()
        store.upsert_nodes(COMPANY, companies("c1", "c2", name=["주식회사 튼실디자인(가상)", "(주)다른회사"]))
        made = write_snapshot(store, home / "snapshots")
    assert str(find_node(made, text)) == "Company:c1"
    assert "no name holds" not in run("find", text).stdout


def test_a_node_of_another_kind_is_told_as_such(snapshot: Snapshot) -> None:
    """It is in the graph, and to say that it is not would send people looking for it."""
    with pytest.raises(
        NotFoundError, match=r"is of another kind, and what is wanted here is Company; found is:\n"
    ) as told:
        find_node(snapshot, "서울대 산학협력단", ["Company"])
    assert "Institution:서울대학교산학협력단  서울대학교산학협력단" in str(told.value)
    assert "여기에 적을 수 있는 종류: 기업" in told.value.in_language("ko")


def test_a_blank_is_no_name(snapshot: Snapshot, run: Run) -> None:
    with pytest.raises(NotFoundError, match="the name is empty"):
        find_node(snapshot, " ")
    assert "nothing to find is given" in str(run("find", " ").exception)


def test_what_a_name_may_mean_is_listed(snapshot: Snapshot) -> None:
    with pytest.raises(NotFoundError, match=r"may mean 2 nodes.*\n  Company:c1  두레정밀\n  Company:c2  두레정밀"):
        find_node(snapshot, "두레정밀")
    assert find_node(snapshot, "한국", ["Company"]) == NodeRef("Company", "c3")


def test_an_unknown_name_is_told_with_the_way_to_look(snapshot: Snapshot) -> None:
    with pytest.raises(NotFoundError, match="dure find '없는 곳'") as told:
        find_node(snapshot, "없는 곳")
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("text", "meant"),
    [("서울대학교 산학협렵단", "Institution:서울대학교산학협력단"), ("한국정말", "Company:c3")],
)
def test_what_is_spelt_nearly_so_is_listed(snapshot: Snapshot, text: str, meant: str) -> None:
    with pytest.raises(NotFoundError, match=f"it may be:\n  {meant}  "):
        find_node(snapshot, text)


@pytest.mark.usefixtures("snapshot")
def test_of_many_that_a_name_may_mean_the_shortest_come_first(home: Path) -> None:
    """A centre's rooms bear its name, and would hide the centre and its district."""
    with EmbeddedStore(home / "graph.duckdb") as store:
        rooms = [f"정밀 타워 사무형 호실 {number}" for number in range(12)]
        store.upsert_nodes(SPACE, rows_of(SPACE, id=rooms, title=rooms))
        region = node_type("Region")
        store.upsert_nodes(region, rows_of(region, id=["41"], name=["정밀구"]))
        many = write_snapshot(store, home / "snapshots")
    with pytest.raises(NotFoundError, match=r"may mean 16 nodes; name one as Label:id:\n  Region:41  정밀구\n"):
        find_node(many, "정밀")


@pytest.mark.parametrize("label", ["Institution", "institution", "기관", "대학·연구소·기관"])
def test_a_label_may_be_called_as_the_table_calls_it(run: Run, snapshot: Snapshot, label: str) -> None:
    assert snapshot.id
    found = json.loads(run("find", "한국", "--label", label, "--json").stdout)
    assert [hit["ref"] for hit in found] == ["Institution:한국전자기술연구원"]
    refused = run("find", "한국", "--label", "없음").exception
    assert isinstance(refused, SchemaError)
    assert "unknown label '없음'" in str(refused)
    assert "Institution(대학·연구소·기관)" in refused.in_language("ko")


@pytest.mark.parametrize(
    ("number", "ref"),
    [
        ("PBLN_1", "Program:PBLN_1"),
        ("123-45-67891", "Company:brn:1234567891"),
        ("10-2015-0028097", "Technology:1020150028097"),
        (" 1020150028097 ", "Technology:1020150028097"),
    ],
)
def test_a_number_finds_what_bears_it(home: Path, run: Run, number: str, ref: str) -> None:
    """The number of a notice in a web address, of a company on a form, of a patent as the office prints it."""
    home.mkdir()
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.migrate()
        store.upsert_nodes(PROGRAM, rows_of(PROGRAM, id=["PBLN_1"], title=["지원사업"]))
        store.upsert_nodes(COMPANY, companies("brn:1234567891"))
        store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["1020150028097"], title=["센서"]))
    assert [hit["ref"] for hit in json.loads(run("find", number, "--json").stdout)] == [ref]


def test_words_find_nodes(home: Path, snapshot: Snapshot, run: Run) -> None:
    assert home.exists()
    assert snapshot.id
    found = json.loads(run("find", "산학협력단", "--json").stdout)
    assert {hit["ref"] for hit in found} == {
        "Institution:서울대학교산학협력단",
        "Institution:서울시립대학교 산학협력단",
    }
    assert json.loads(run("find", "정밀", "--label", "Company", "-n", 2, "--json").stdout)[0]["ref"][:8] == "Company:"
    assert "기업" in run("find", "한국정밀").stdout
    assert "nothing holds" in run("find", "없는곳").stdout


def test_a_centre_is_found_before_its_rooms(home: Path, run: Run) -> None:
    """All bear its name, and their texts are shorter: a list of ten would be rooms alone."""
    home.mkdir()
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.migrate()
        rooms = [f"정밀타워 사무형 소형 호실 {number}" for number in range(12)]
        store.upsert_nodes(SPACE, rows_of(SPACE, id=rooms, title=rooms))
        centre = node_type("Center")
        address = ["경기도 고양시 덕양구 향동로 218 (향동동) 정밀타워 지하 일층부터 지상 십오층까지"]
        store.upsert_nodes(centre, rows_of(centre, id=["타워"], name=["정밀타워 디엠씨"], address=address))
    found = [hit["ref"] for hit in json.loads(run("find", "정밀 타워", "-n", 3, "--json").stdout)]
    assert found[0] == "Center:타워"
    assert len(found) == 3


def test_finding_nothing_tells_what_is_spelt_nearly_so(home: Path, run: Run) -> None:
    home.mkdir()
    with EmbeddedStore(home / "graph.duckdb") as store:
        store.migrate()
        store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=["킨텍스"], name=["킨텍스"]))
        write_snapshot(store, home / "snapshots")
    assert run("find", "킨택스").stdout == "nothing holds '킨택스'\nit may be:\n  Institution:킨텍스  킨텍스\n"


@pytest.mark.parametrize(
    ("words", "named"),
    [("산학협력단 서울대", True), ("KETI", True), ("전자부품연구원", True), ("한국에 없는 정밀공업", False)],
)
def test_what_holds_only_part_of_the_words_is_told_as_such(
    snapshot: Snapshot, run: Run, words: str, *, named: bool
) -> None:
    """Of a name that does not exist a list without a word looks like an answer."""
    assert snapshot.id
    told = run("find", words).stdout
    assert told.startswith("Found")
    assert ("no name holds" in told) is not named
