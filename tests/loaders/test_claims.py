"""What several registers say of one thing is kept for each, and shown alike whichever was loaded first."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.catalog import node_type
from graph_schema.claims import AUTHORITY
from graph_schema.columns import table_from_columns
from loaders import industries, institutions, ipc, regions
from loaders.claims import Claims
from loaders.registry import SOURCES
from loaders.report import LoadReport
from stores.base import GraphStore
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything
from tests.loaders.test_omitted import node, open_ends
from tests.loaders.test_statements import DAYS, load_rows

ID = "name:가나정밀@41280"
LISTED = {
    "기업명": "(주)가나정밀",
    "지역": "고양시 일산동구",
    "업종코드": "26299",
    "종업원 수": "12",
    "전화": "031-900-0001",
    "인증": "이노비즈",
}
FACTORY = {
    "공장관리번호": "1",
    "회사명": "가나정밀",
    "공장주소": "경기도 고양시 일산동구 장항로 1",
    "생산품": "측정기",
    "종업원합계": "15",
    "업종코드": "26299",
    "차수": "11",
}
VENTURE = {
    "업체명": "주식회사 가나정밀",
    "벤처유효시작일": "2025-01-01",
    "벤처유효종료일": "2027-01-01",
    "간략주소": "경기도 고양시 일산동구",
    "업종명(11차)": "전자저항기 및 전자카드 제조업",
}
PATENT = {
    "applicationNumber": "1020210012345",
    "inventionTitle": "센서",
    "applicant_orgs": "(주)가나",
    "applicationDate": "2021-02-01",
    "registerStatus": "",
}
OFFER = {"id": "10-2021-0012345", "title": "센서 장치", "holder": "(주)가나", "for_licence": "아니오", "status": "등록"}
NEED = {"id": "1", "title": "방수 시험", "kind": "기술", "company": "가나정밀", "region": "고양시"}
INDUSTRIES, FILED = "Company__IN_INDUSTRY__Industry", "Company__FILED__Technology"
ROWS: Mapping[str, Mapping[str, str]] = {"companies": LISTED, "factories": FACTORY, "ventures": VENTURE}


def load_all(store: GraphStore, folder: Path, *rows: tuple[str, Mapping[str, str]], first: int = 0) -> list[LoadReport]:
    """Load one row of a source after another, each on a day of its own."""
    return [
        load_rows(store, source, [dict(row)], folder, DAYS[0] + timedelta(days=first + at))
        for at, (source, row) in enumerate(rows)
    ]


def shown(graph: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    """Return the graph without days, which tell when something was loaded, but whether it holds."""
    days = {"loaded_at", "first_seen", "valid_from", "valid_to", "claims"}
    return {
        name: [{k: v for k, v in row.items() if k not in days} | {"open": row["valid_to"] is None} for row in rows]
        for name, rows in graph.items()
    }


def filed(store: GraphStore) -> Mapping[str, Any]:
    (found,) = everything(store)[FILED]
    return found


class ClaimsContract:
    """What becomes of shared nodes and relationships on any store."""

    @pytest.mark.parametrize("order", [*permutations(ROWS)])
    def test_a_company_of_three_registers_has_what_each_of_them_gives(
        self, store: GraphStore, tmp_path: Path, order: tuple[str, ...]
    ) -> None:
        load_all(store, tmp_path, *((source, ROWS[source]) for source in order))

        found = node(store, "Company", ID)
        assert {name: found.get(name) for name in ("name", "employees", "phone", "products", "certificates")} == {
            "name": "(주)가나정밀",
            "employees": 12,
            "phone": "031-900-0001",
            "products": "측정기",
            "certificates": ["이노비즈", "벤처기업"],
        }
        assert (found["source"], found["legal_form"], found["first_seen"]) == (
            "companies",
            "corporation",
            date(2026, 3, 2),
        )
        assert [hit.ref.id for hit in store.search("측정기")] == [ID]

    def test_a_register_replaces_what_it_said_before_and_nothing_else(self, store: GraphStore, tmp_path: Path) -> None:
        load_all(store, tmp_path, *ROWS.items())
        changed = LISTED | {"전화": "031-900-0002", "종업원 수": "", "인증": "", "지역": "고양시 덕양구"}
        (report,) = load_all(store, tmp_path, ("companies", changed), first=3)

        found = node(store, "Company", ID)
        assert (found["phone"], found["employees"]) == ("031-900-0002", 15)
        assert (found["products"], found["certificates"]) == ("측정기", ["벤처기업"])
        assert open_ends(store, "Company__LOCATED_IN__Region") == {"41281", "41285"}
        # The venture list still has the place that the company's own list has left.
        held = {(r["dst"], r["source"], r["valid_to"]) for r in everything(store)["Company__LOCATED_IN__Region"]}
        assert held == {("41281", "companies", None), ("41285", "ventures", None), ("41285", "factories", None)}
        assert report.closed == 1

    def test_what_no_register_gives_any_more_ends(self, store: GraphStore, tmp_path: Path) -> None:
        load_all(store, tmp_path, ("factories", FACTORY), ("companies", LISTED))
        load_all(store, tmp_path, ("factories", FACTORY | {"생산품": "", "종업원합계": ""}), first=2)
        load_all(store, tmp_path, ("companies", LISTED | {"종업원 수": ""}), first=3)

        found = node(store, "Company", ID)
        assert not {"products", "employees"} & found.keys()
        assert found["phone"] == "031-900-0001"

    def test_a_column_that_is_absent_keeps_what_the_register_itself_gave(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        lean = {name: text for name, text in LISTED.items() if name != "종업원 수"}
        load_all(store, tmp_path, ("factories", FACTORY), ("companies", lean))
        load_all(store, tmp_path, ("factories", FACTORY | {"종업원합계": ""}), first=2)
        assert "employees" not in node(store, "Company", ID)

        load_all(store, tmp_path, ("companies", LISTED), ("companies", lean), first=3)
        assert node(store, "Company", ID)["employees"] == 12

    def test_nothing_changes_where_nothing_new_is_said(self, store: GraphStore, tmp_path: Path) -> None:
        """A register that says less is kept, but the company did not change that day; later all are quiet."""
        load_all(store, tmp_path, ("companies", LISTED))
        before = node(store, "Company", ID)
        less = FACTORY | {"생산품": "", "종업원합계": "12", "공장주소": "경기도 고양시"}
        load_all(store, tmp_path, ("needs", NEED), first=1)
        assert node(store, "Company", ID)["loaded_at"] == before["loaded_at"]
        load_all(store, tmp_path, ("factories", less), ("ventures", VENTURE), first=2)
        graph = everything(store)

        again = load_all(
            store, tmp_path, ("companies", LISTED), ("factories", less), ("ventures", VENTURE), ("needs", NEED), first=4
        )
        assert [(each.loaded, each.unchanged, each.closed) for each in again] == [(0, 1, 0)] * 4
        assert everything(store) == graph

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_patent_of_two_registers_and_its_filing(self, store: GraphStore, tmp_path: Path, order: int) -> None:
        """The office's title is shown; its unknown state, and the licence that it does not speak of, hide nothing."""
        rows = [("kipris", PATENT), ("technologies", OFFER)]
        load_all(store, tmp_path, *(rows[::order]))

        found = node(store, "Technology", "1020210012345")
        assert (found["title"], found["status"], found["for_licence"]) == ("센서", "registered", False)
        assert (filed(store)["on"], filed(store)["source"]) == (date(2021, 2, 1), "kipris")

    def test_a_relationship_holds_while_any_register_says_it(self, store: GraphStore, tmp_path: Path) -> None:
        load_all(store, tmp_path, ("technologies", OFFER), ("kipris", PATENT))
        other = PATENT | {"applicant_orgs": "(주)다라"}
        load_all(store, tmp_path, ("kipris", other), first=2)
        found = {row["src"]: row for row in everything(store)[FILED]}
        assert {name: (row["source"], row["valid_to"]) for name, row in found.items()} == {
            "name:가나": ("technologies", None),
            "name:다라": ("kipris", None),
        }
        assert found["name:가나"]["on"] is None

        load_all(store, tmp_path, ("technologies", OFFER | {"holder": "(주)다라"}), first=3)
        ended = {row["src"]: row["valid_to"] for row in everything(store)[FILED]}
        assert ended == {"name:가나": date(2026, 3, 4), "name:다라": None}

    def test_what_is_not_shown_is_named_in_the_report(self, store: GraphStore, tmp_path: Path) -> None:
        first, second = load_all(store, tmp_path, ("factories", FACTORY), ("companies", LISTED))

        assert not first.disagreements
        assert {
            (each.element.name, each.name, each.by, each.overruled): rows for each, rows in second.disagreements.items()
        } == {
            ("Company", "name", "companies", "factories"): 1,
            ("Company", "employees", "companies", "factories"): 1,
        }

    def test_a_whole_load_ends_only_what_its_own_register_says(self, store: GraphStore, tmp_path: Path) -> None:
        load_all(store, tmp_path, ("companies", LISTED), ("ventures", VENTURE))
        other = LISTED | {"기업명": "다라식품"}
        load_rows(store, "companies", [other], tmp_path, DAYS[2], whole=True)

        found = node(store, "Company", ID)
        assert (found["source"], found.get("phone"), found.get("valid_to")) == ("ventures", None, None)
        assert found["certificates"] == ["벤처기업"]
        load_rows(store, "ventures", [VENTURE | {"업체명": "다라식품"}], tmp_path, DAYS[3], whole=True)
        assert node(store, "Company", ID)["valid_to"] == date(2026, 3, 4)

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_need_that_names_a_company_does_not_keep_it_open(
        self, store: GraphStore, tmp_path: Path, order: int
    ) -> None:
        """Whether a company is there is for the lists of companies to say."""
        load_all(store, tmp_path, *[("companies", LISTED), ("needs", NEED)][::order])
        load_rows(store, "companies", [LISTED | {"기업명": "다라식품"}], tmp_path, DAYS[2], whole=True)

        assert node(store, "Company", ID).items() >= {"valid_to": date(2026, 3, 3), "employees": 12}.items()
        load_all(store, tmp_path, ("needs", NEED | {"id": "2"}), first=3)
        assert node(store, "Company", ID)["valid_to"] == date(2026, 3, 3)
        load_all(store, tmp_path, ("companies", LISTED), first=4)
        assert "valid_to" not in node(store, "Company", ID)

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_real_row_takes_the_mark_and_what_was_made_up_is_not_shown(
        self, store: GraphStore, tmp_path: Path, order: int
    ) -> None:
        rows = [("companies", LISTED | {"가상 여부": "예"}), ("ventures", VENTURE)]
        load_all(store, tmp_path, *(rows[::order]))

        found = node(store, "Company", ID)
        assert (found["synthetic"], found["source"], found["certificates"]) == (False, "ventures", ["벤처기업"])
        assert not {"employees", "phone"} & found.keys()
        marks = {row["dst"]: row["synthetic"] for row in everything(store)[INDUSTRIES]}
        assert marks == {"ksic11:26299": True, "ksic11:26292": False}
        assert [row["synthetic"] for row in everything(store)["Company__LOCATED_IN__Region"]] == [False]

    @pytest.mark.parametrize("order", [1, -1])
    def test_a_real_mention_takes_the_mark_from_a_made_up_one(
        self, store: GraphStore, tmp_path: Path, order: int
    ) -> None:
        """Of one source in one file, of one in two, and of two sources."""
        real, made_up = NEED | {"가상 여부": ""}, NEED | {"id": "2", "가상 여부": "예"}
        rows = [real, made_up][::order]
        load_rows(store, "needs", rows, tmp_path, DAYS[0])
        assert node(store, "Company", ID)["synthetic"] is False

        elsewhere = [row | {"company": "다라"} for row in rows]
        load_all(store, tmp_path, *(("needs", row | {"id": f"1{row['id']}"}) for row in elsewhere), first=1)
        assert node(store, "Company", "name:다라@41280")["synthetic"] is False

        figures = {"기업명": "마바", "지역": "고양시", "연도": "2025", "종업원 수": "3"}
        named = made_up | {"id": "3", "company": "마바"}
        pair = [("annual-figures", figures), ("needs", named)]
        load_all(store, tmp_path, *(pair[::order]), first=3)
        assert node(store, "Company", "name:마바@41280")["synthetic"] is False
        assert node(store, "Need", "need:3")["synthetic"] is True

    def test_a_row_without_the_column_of_marks_keeps_its_mark(self, store: GraphStore, tmp_path: Path) -> None:
        made_up = NEED | {"가상 여부": "예"}
        load_all(store, tmp_path, ("needs", made_up), ("companies", LISTED | {"가상 여부": "예"}))
        reports = load_all(store, tmp_path, ("needs", NEED | {"title": "방수"}), ("companies", LISTED), first=2)

        assert node(store, "Need", "need:1").items() >= {"title": "방수", "synthetic": True}.items()
        assert node(store, "Company", ID)["synthetic"] is True
        graph = everything(store)
        assert {row["synthetic"] for name in (INDUSTRIES, "Company__NEEDS__Need") for row in graph[name]} == {True}
        assert not [name for report in reports for name in report.lacking_columns if name == "가상 여부"]
        load_all(store, tmp_path, ("companies", LISTED | {"가상 여부": "아니오"}), first=4)
        assert node(store, "Company", ID)["synthetic"] is False

    @pytest.mark.parametrize("order", [1, -1])
    def test_the_made_up_city_adds_nothing_to_a_real_node(self, store: GraphStore, tmp_path: Path, order: int) -> None:
        company = node_type("Company")
        columns = {"id": [ID], "name": ["가나"], "employees": [99], "revenue_krw": [1e9]}
        made_up = table_from_columns(company, columns, source="synthetic", synthetic=True, loaded_at=DAYS[1])
        steps = [
            lambda: load_all(store, tmp_path, ("ventures", VENTURE)),
            lambda: Claims(store).upsert(company, made_up),
        ]
        for step in steps[::order]:
            step()

        found = node(store, "Company", ID)
        assert (found["synthetic"], found["name"]) == (False, "주식회사 가나정밀")
        assert not {"employees", "revenue_krw"} & found.keys()
        assert Claims(store).upsert(company, made_up).tolist() == [0]


class TestInTheEmbeddedStore(ClaimsContract):
    """The contract on DuckDB."""

    @pytest.fixture
    def store(self, store: EmbeddedStore) -> EmbeddedStore:
        return store


@pytest.mark.neo4j
class TestInNeo4j(ClaimsContract):
    """The contract on a real Neo4j server."""

    @pytest.fixture
    def store(self, neo4j_store: Neo4jStore) -> Neo4jStore:
        return neo4j_store


_TEXTS = st.sampled_from(["", "1", "2"])
_NAMES = st.sampled_from(["가나", "(주)가나", "다라"])
_LISTED = st.fixed_dictionaries(
    {"기업명": _NAMES, "종업원 수": _TEXTS, "생산품·서비스": _TEXTS, "가상 여부": st.sampled_from(["", "예"])}
)
_FACTORIES = st.fixed_dictionaries({"회사명": _NAMES, "생산품": _TEXTS, "종업원합계": _TEXTS})
_VENTURES = st.fixed_dictionaries({"업체명": _NAMES, "주생산품": _TEXTS})


_ROWS: Final = {"companies": _LISTED, "factories": _FACTORIES, "ventures": _VENTURES}


@settings(max_examples=10)
@given(
    st.fixed_dictionaries({source: st.tuples(rows, rows) for source, rows in _ROWS.items()}),
    st.permutations(2 * [*_ROWS]),
)
def test_any_order_of_loads_of_three_registers_gives_one_graph(
    migrated_file: Path, rows: dict[str, tuple[dict[str, str], dict[str, str]]], order: list[str]
) -> None:
    """Each register is loaded twice, its second edition after its first, and the others before, between and after."""
    graphs = []
    for sources in (sorted(order), order):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "graph.duckdb"
            shutil.copyfile(migrated_file, path)
            editions = {source: iter(rows[source]) for source in rows}
            with EmbeddedStore(path) as store:
                load_all(store, Path(folder), *((each, ROWS[each] | next(editions[each])) for each in sources))
                graphs.append(shown(everything(store)))
    assert graphs[0] == graphs[1]


def test_every_source_has_its_place_among_the_others() -> None:
    concluded = {industries.SOURCE, institutions.SOURCE, ipc.SOURCE, regions.SOURCE, "nst", "ksic-10-11"}
    assert {*AUTHORITY} == {*SOURCES, *concluded, "resolve", "api", "hand", "synthetic"}
