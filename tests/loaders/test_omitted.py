"""What a column that is absent gave stays; what an empty cell no longer says ends. On both stores."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from graph_schema.model import NodeRef
from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import Replaced
from stores.base import GraphStore
from stores.bolt import Neo4jStore
from stores.embedded import EmbeddedStore
from tests.loaders.graphs import everything, without_times, write_csv
from tests.loaders.test_statements import DAYS, held, load_rows
from tests.loaders.workbooks import write_workbook

ID = "brn:1234567891"
COMPANY = {"기업명": "가나정밀", "사업자등록번호": "123-45-67891"}
FULL = COMPANY | {
    "지역": "고양시 덕양구",
    "업종코드": "26299;58221",
    "차수": "11",
    "종업원 수": "12",
    "매출액(원)": "900000000",
    "인증": "벤처기업;이노비즈",
    "생산품·서비스": "온도 센서",
    "지식산업센터": "가나센터",
}
KNOWN = {"employees": 12, "revenue_krw": 9e8, "certificates": ["벤처기업", "이노비즈"], "products": "온도 센서"}
INDUSTRIES = "Company__IN_INDUSTRY__Industry"
REGIONS, CENTERS = "Company__LOCATED_IN__Region", "Company__LOCATED_IN__Center"


def node(store: GraphStore, label: str, id_: str) -> Mapping[str, object]:
    return store.get_node(NodeRef(label, id_)) or {}


def open_ends(store: GraphStore, relation: str) -> set[str]:
    return {end for (_, end), (_, until) in held(store, relation).items() if until is None}


class OmittedContract:
    """What the kept values of absent columns must be on any store."""

    def test_what_an_absent_column_gave_of_a_company_stays(self, store: GraphStore, tmp_path: Path) -> None:
        load_rows(store, "companies", [FULL], tmp_path, DAYS[0])
        report = load_rows(store, "companies", [COMPANY | {"생산품·서비스": "습도 센서"}], tmp_path, DAYS[1])

        found = node(store, "Company", ID)
        assert (report.loaded, report.closed) == (1, 0)
        assert {name: found.get(name) for name in KNOWN} == KNOWN | {"products": "습도 센서"}
        assert {"종업원 수", "인증", "업종코드", "지역"} <= {*report.lacking_columns}
        assert not {"생산품·서비스", "사업자등록번호"} & {*report.lacking_columns}
        assert open_ends(store, INDUSTRIES) == {"ksic11:26299", "ksic11:58221"}
        assert open_ends(store, REGIONS) == {"41281"}
        assert open_ends(store, CENTERS) == {"가나센터@41281"}
        assert [hit.ref.id for hit in store.search("습도")] == [ID]

    def test_what_stays_is_searched_and_loading_it_twice_changes_nothing(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        load_rows(store, "companies", [FULL], tmp_path, DAYS[0])
        load_rows(store, "companies", [COMPANY | {"종업원 수": "13"}], tmp_path, DAYS[1])
        graph = everything(store)
        report = load_rows(store, "companies", [COMPANY | {"종업원 수": "13"}], tmp_path, DAYS[2])

        assert (report.loaded, report.unchanged) == (0, 1)
        assert everything(store) == graph
        assert node(store, "Company", ID)["employees"] == 13
        assert [hit.ref.id for hit in store.search("온도")] == [ID]

    def test_what_an_empty_cell_no_longer_says_ends(self, store: GraphStore, tmp_path: Path) -> None:
        load_rows(store, "companies", [FULL], tmp_path, DAYS[0])
        emptied = COMPANY | {"종업원 수": "", "업종코드": ""}
        report = load_rows(store, "companies", [emptied], tmp_path, DAYS[1])

        found = node(store, "Company", ID)
        assert "employees" not in found
        assert found["revenue_krw"] == KNOWN["revenue_krw"]
        assert (report.closed, open_ends(store, INDUSTRIES)) == (2, set())
        assert open_ends(store, REGIONS) == {"41281"}

    def test_who_has_moved_has_left_the_centre_of_the_former_place(self, store: GraphStore, tmp_path: Path) -> None:
        load_rows(store, "companies", [FULL], tmp_path, DAYS[0])
        load_rows(store, "companies", [COMPANY | {"지역": "고양시 덕양구"}], tmp_path, DAYS[1])
        assert open_ends(store, CENTERS) == {"가나센터@41281"}

        load_rows(store, "companies", [COMPANY | {"지역": "고양시 일산동구"}], tmp_path, DAYS[2])
        assert (open_ends(store, CENTERS), open_ends(store, REGIONS)) == (set(), {"41285"})
        assert open_ends(store, INDUSTRIES) == {"ksic11:26299", "ksic11:58221"}

    def test_a_new_row_has_what_an_absent_column_means_by_default(self, store: GraphStore, tmp_path: Path) -> None:
        """A need is open unless a state is given, and stays resolved where a list leaves the state out."""
        need = {"id": "1", "title": "방수 시험", "kind": "기술"}
        load_rows(store, "needs", [need, need | {"id": "2"}], tmp_path, DAYS[0])
        done = need | {"state": "완료", "company": "가나", "raised_on": "2026-01-02"}
        load_rows(store, "needs", [done], tmp_path, DAYS[1])
        load_rows(store, "needs", [need | {"title": "방수 시험 문의"}], tmp_path, DAYS[2])

        assert node(store, "Need", "need:2")["state"] == "open"
        found = node(store, "Need", "need:1")
        assert (found["title"], found["state"], found["raised_on"]) == ("방수 시험 문의", "resolved", date(2026, 1, 2))
        assert held(store, "Company__NEEDS__Need") == {("name:가나", "need:1"): (None, None)}

    def test_what_a_relationship_has_of_an_absent_column_stays(self, store: GraphStore, tmp_path: Path) -> None:
        """The short dialect of KIPRIS has neither the day nor the classes of a patent."""
        short = {"applicationNumber": "1020210012345", "inventionTitle": "센서", "applicant_orgs": "(주)가나|(주)다라"}
        patent = short | {"applicationDate": "2021-02-01", "ipc": "H01M 10/00", "registerStatus": "등록"}
        load_rows(store, "kipris", [patent], tmp_path, DAYS[0])
        before = without_times(everything(store))
        report = load_rows(store, "kipris", [short], tmp_path, DAYS[1])

        assert without_times(everything(store)) == before
        assert {row["on"] for row in before["Company__FILED__Technology"]} == {date(2021, 2, 1)}
        assert (report.loaded, report.unchanged, report.closed) == (0, 1, 0)

    def test_the_role_of_an_absent_column_stays_beside_the_one_that_is_given(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        notice = {"pblancId": "PBLN_000000000900001", "pblancNm": "가상 공고", "jrsdInsttNm": "경기도"}
        load_rows(store, "bizinfo", [notice | {"excInsttNm": "경기테크노파크"}], tmp_path, DAYS[0])
        load_rows(store, "bizinfo", [notice | {"jrsdInsttNm": "고양시"}], tmp_path, DAYS[1])

        offered = everything(store)["Program__OFFERED_BY__Institution"]
        assert {row["role"]: row["dst"] for row in offered if row["valid_to"] is None} == {
            "authority": "고양시",
            "operator": "경기테크노파크",
        }

    def test_a_file_of_fewer_columns_does_not_disagree_with_an_earlier_one(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        renamed = FULL | {"기업명": "가나정밀공업"}
        full, lean, other = (
            write_csv(tmp_path / f"{at}.csv", [row]) for at, row in enumerate((FULL, COMPANY, renamed))
        )

        def replaced(*paths: Path) -> tuple[Replaced, ...]:
            return load(SOURCES["companies"], paths, store, quarantine_dir=tmp_path / "q", now=DAYS[0]).replaced

        assert replaced(full, lean) == ()
        assert node(store, "Company", ID).items() >= KNOWN.items()
        assert replaced(full, other) == (Replaced(full, other, 1),)

    def test_each_sheet_says_what_its_own_columns_say(self, store: GraphStore, tmp_path: Path) -> None:
        load_rows(store, "companies", [FULL, FULL | {"사업자등록번호": "234-56-78904"}], tmp_path, DAYS[0])
        path = write_workbook(
            tmp_path / "companies.xlsx",
            [["기업명", "사업자등록번호", "종업원 수"], ["가나정밀", "123-45-67891", ""]],
            [["기업명", "사업자등록번호", "매출액(원)"], ["가나정밀", "234-56-78904", ""]],
        )
        report = load(SOURCES["companies"], [path], store, quarantine_dir=tmp_path / "q", now=DAYS[1])

        one, other = (node(store, "Company", id_) for id_ in (ID, "brn:2345678904"))
        assert (one.get("employees"), one.get("revenue_krw")) == (None, KNOWN["revenue_krw"])
        assert (other.get("employees"), other.get("revenue_krw")) == (12, None)
        assert {"종업원 수", "매출액(원)"} <= {*report.lacking_columns}

    def test_a_record_says_nothing_by_a_key_that_it_lacks(self, store: GraphStore, tmp_path: Path) -> None:
        """Whether the other records of the answer have it or not; null is an empty cell."""
        base = {"pblancSeq": "1", "pblancNm": "가상 공고"}
        full = base | {"sportTrget": "중소기업", "areaNm": "경기", "maxEmplyCnt": 9, "mixEmplyCnt": 9}

        def load_items(*items: dict[str, object], day: int) -> tuple[str, ...]:
            path = tmp_path / "answer.json"
            path.write_text(json.dumps({"data": items}, ensure_ascii=False), encoding="utf-8")
            return load(SOURCES["smes24"], [path], store, quarantine_dir=tmp_path / "q", now=DAYS[day]).lacking_columns

        load_items(full, full | {"pblancSeq": "2"}, full | {"pblancSeq": "3"}, day=0)
        lacking = load_items(
            base | {"areaNm": None, "mixEmplyCnt": None}, base | {"pblancSeq": "2"}, full | {"pblancSeq": "3"}, day=1
        )
        said = {number: node(store, "Program", f"smes24:{number}") for number in "123"}
        assert [found.get("max_employees") for found in said.values()] == [None, 9, 9]
        assert {found["target_text"] for found in said.values()} == {"중소기업"}
        regions = held(store, "Program__TARGETS__Region")
        assert {src for (src, _), (_, until) in regions.items() if until is None} == {"smes24:2", "smes24:3"}
        assert "sportTrget" not in lacking
        assert "creatDt" in lacking

    def test_the_factories_of_five_columns_keep_what_the_detailed_ones_gave(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        address = "경기도 고양시 일산동구 장항로 1"
        public = {"회사명": "(주)가나정밀", "생산품": "측정기", "공장주소": address}
        detailed = public | {"공장관리번호": "1", "업종코드": "26299", "차수": "11", "종업원합계": "15"}
        load_rows(store, "factories", [detailed], tmp_path, DAYS[0])
        load_rows(store, "factories", [public | {"생산품": "계측기"}], tmp_path, DAYS[1])

        found = node(store, "Company", "name:가나정밀@41280")
        assert (found["products"], found.get("employees")) == ("계측기", 15)
        assert open_ends(store, INDUSTRIES) == {"ksic11:26299"}

    def test_a_whole_load_of_five_columns_ends_only_the_factories_of_companies_that_it_lacks(
        self, store: GraphStore, tmp_path: Path
    ) -> None:
        """It has no numbers of factories, so that no row of the detailed table comes again."""
        public = {"회사명": "(주)가나정밀", "생산품": "측정기", "공장주소": "경기도 고양시 일산동구 장항로 1"}
        detailed = public | {"업종코드": "26299", "차수": "11", "공장관리번호": "1"}
        gone = detailed | {"회사명": "다라식품", "업종코드": "10712", "차수": "10", "공장관리번호": "2"}
        load_rows(store, "factories", [detailed, gone], tmp_path, DAYS[0])
        load_rows(store, "factories", [public], tmp_path, DAYS[1], whole=True)

        assert open_ends(store, INDUSTRIES) == {"ksic11:26299"}
        assert open_ends(store, REGIONS) == {"41285"}
        assert "valid_to" in node(store, "Company", "name:다라식품@41280")


class TestInTheEmbeddedStore(OmittedContract):
    """The contract on DuckDB."""

    @pytest.fixture
    def store(self, store: EmbeddedStore) -> EmbeddedStore:
        return store


@pytest.mark.neo4j
class TestInNeo4j(OmittedContract):
    """The contract on a real Neo4j server."""

    @pytest.fixture
    def store(self, neo4j_store: Neo4jStore) -> Neo4jStore:
        return neo4j_store
