"""What every graph store must find: the same nodes for the same query, and nothing personal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from graph_schema.catalog import node_type
from graph_schema.errors import NotFoundError
from graph_schema.model import NodeRef
from loaders.resolve.finding import node_called, search_called
from stores.base import GraphStore
from stores.search_text import in_text, search_terms, search_text
from tests.stores.contract import COMPANY, TECHNOLOGY, companies, rows_of

INSTITUTION = node_type("Institution")
PROGRAM = node_type("Program")
CENTER = node_type("Center")
EXPERT = node_type("Expert")

_ODD = (
    "㈜두레정밀", "ＡＩ 로봇", "α형 저울", "大韓산업", "カタカナ 도구", "ㄱㄴ 자", "½컵", "µm 가공", "IoT·5G 모뎀",
    "R&D-기획", "café 연구", "ISO9001 인증", "1,000원", "No.1 빵집", "이름_둘", "그것은 IT 것", "Å 두께", "한글ABC한글",
    "🔩볼트", "a",
)  # fmt: skip


class SearchContract:
    """The behaviour of ``search`` that people and services rely on."""

    def test_korean_is_found_by_part_of_a_word(self, store: GraphStore) -> None:
        names = ["주식회사 두레정밀금속", "한빛 소프트웨어", "고양 AI 로봇"]
        store.upsert_nodes(COMPANY, companies("a", "b", "c", name=names, products=[None, "금속 공정 관리", None]))
        hits = store.search("정밀금속")
        assert (hits[0].ref, hits[0].caption) == (NodeRef("Company", "a"), "주식회사 두레정밀금속")
        assert all(hits[0].score >= hit.score for hit in hits)
        assert {hit.ref.id for hit in store.search("금속")} == {"a", "b"}
        assert [hit.ref.id for hit in store.search("로봇")] == ["c"]

    def test_latin_is_found_without_case(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b", name=["고양 AI 로봇", "Maintain Co"]))
        assert [hit.ref.id for hit in store.search("ai")] == ["a"]
        assert [hit.ref.id for hit in store.search("MAINTAIN")] == ["b"]

    def test_search_by_label_and_up_to_a_limit(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b", name=["고양 금속", "금속 가공"]))
        store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["t"], title=["금속 절삭 장치"]))
        assert {str(hit.ref) for hit in store.search("금속")} == {"Company:a", "Company:b", "Technology:t"}
        assert [str(hit.ref) for hit in store.search("금속", labels=["Technology"])] == ["Technology:t"]
        assert len(store.search("금속", limit=2)) == 2

    def test_an_organisation_is_found_by_the_names_that_resolving_knows(self, store: GraphStore) -> None:
        names = ["주식회사 케이티", "주식회사 케이티앤지", "LG전자(주)"]
        store.upsert_nodes(COMPANY, companies("kt", "ktng", "lg", name=names))
        bodies = ["한국전자기술연구원", "한국과학기술원"]
        store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=bodies, name=bodies))
        titles = ["KAIST 산학협력 지원사업", "광케이블 제조장치"]
        store.upsert_nodes(PROGRAM, rows_of(PROGRAM, id=["p", "q"], title=titles))

        def found(text: str, labels: Sequence[str] = ()) -> list[str]:
            return [str(hit.ref) for hit in search_called(store, text, labels=labels)]

        assert found("KETI") == ["Institution:한국전자기술연구원"]
        assert found("전자부품연구원")[0] == "Institution:한국전자기술연구원"
        assert found("kt") == ["Company:kt", "Company:ktng"]
        assert found("케이티")[:2] == ["Company:kt", "Company:ktng"]
        assert found("엘지전자")[0] == found("LG전자")[0] == "Company:lg"
        assert found("KAIST") == ["Institution:한국과학기술원", "Program:p"]
        assert found("KAIST", labels=["Program"]) == ["Program:p"]
        assert found("산학협력") == [str(hit.ref) for hit in store.search("산학협력")]

    def test_a_name_means_the_one_organisation_that_is_called_so(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", "b", "kt", name=["두레정밀", "(주)두레정밀", "주식회사 케이티"]))
        store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=["k", "e"], name=["한국전자기술연구원", "KETI"]))

        assert node_called(store, "KT") == NodeRef("Company", "kt")
        assert node_called(store, "KETI") == NodeRef("Institution", "e")
        with pytest.raises(NotFoundError, match="2 organisations are called '전자부품연구원'"):
            node_called(store, "전자부품연구원")
        assert node_called(store, "Company:nowhere") == NodeRef("Company", "nowhere")
        with pytest.raises(NotFoundError, match=r"2 organisations are called '두레정밀'.*\n  Company:[ab]"):
            node_called(store, "두레정밀")
        with pytest.raises(NotFoundError, match="no organisation is called '케이티앤'"):
            node_called(store, "케이티앤")

    @pytest.mark.parametrize("text", ["", "  ", "!?", '"금속', "금속 AND (", "title:금속~2 /x", "*", "없는말"])
    def test_any_text_may_be_searched(self, store: GraphStore, text: str) -> None:
        """No text is a syntax error, and only what holds a term is found."""
        store.upsert_nodes(COMPANY, companies("a", name=["고양 금속"]))
        assert [hit.ref.id for hit in store.search(text)] == (["a"] if "금속" in text else [])

    def test_personal_data_is_not_searched(self, store: GraphStore) -> None:
        """Not even under a property that another label makes searchable: a name, an address."""
        store.upsert_nodes(
            COMPANY,
            companies("a", representative=["홍길동"], phone=["031-000-1234"], address=["고양시 덕양구 비밀골로 77"]),
        )
        store.upsert_nodes(EXPERT, rows_of(EXPERT, id=["e"], headline=["세무사, 창업 세무"], name=["홍길동순"]))
        for text in ("홍길동", "홍길동순", "1234", "비밀골로", "비밀골로 77"):
            assert store.search(text) == []
        assert [hit.ref for hit in store.search("세무사")] == [NodeRef("Expert", "e")]

    @pytest.fixture
    def captions(self, store: GraphStore) -> GraphStore:
        """Captions as registers write them, scripts mixed within a word."""
        store.upsert_nodes(
            INSTITUTION, rows_of(INSTITUTION, id=["kdb", "dyetec"], name=["KDB산업은행", "DYETEC연구원"])
        )
        store.upsert_nodes(
            PROGRAM,
            rows_of(
                PROGRAM,
                id=["gpass", "voucher", "young"],
                title=["2026년 G-PASS 기업 지정", "AI바우처 지원", "청년 창업"],
            ),
        )
        store.upsert_nodes(CENTER, rows_of(CENTER, id=["dmc"], name=["DMC시티워크"]))
        store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["sensor"], title=["3D센서를 이용한 거리 측정 장치"]))
        names = ["한빛전자", "빛", "IT업종 조합", "ISO9001 컨설팅"]
        store.upsert_nodes(COMPANY, companies("inner", "alone", "it", "iso", name=names))
        return store

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("KDB산업은행", {"kdb"}),
            ("kdb", {"kdb"}),
            ("DYETEC", {"dyetec"}),
            ("2026년", {"gpass"}),
            ("G-PASS", {"gpass"}),
            ("AI", {"voucher"}),
            ("DMC", {"dmc"}),
            ("시티워크", {"dmc"}),
            ("3D", {"sensor"}),
            ("센서", {"sensor"}),
            ("빛", {"inner", "alone"}),
            ("IT", {"it"}),
            ("ISO", {"iso"}),
            ("iso 9001", {"iso"}),
            ("ISO9001", {"iso"}),
            ("9001", {"iso"}),
        ],
    )
    def test_words_of_several_scripts_are_found_by_their_parts(
        self, captions: GraphStore, text: str, found: set[str]
    ) -> None:
        """A word need not be typed as it is written: by its Korean, its Latin letters or its digits."""
        assert {hit.ref.id for hit in captions.search(text)} == found

    def test_what_is_typed_in_full_comes_first(self, captions: GraphStore) -> None:
        captions.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=["motie"], name=["산업통상부"]))
        assert [hit.ref.id for hit in captions.search("KDB산업은행")] == ["kdb", "motie"]

    def test_what_is_found_is_what_holds_a_term(self, store: GraphStore) -> None:
        """Whatever the script: every store finds exactly the nodes whose search text holds a term of the query."""
        store.upsert_nodes(COMPANY, companies(*map(str, range(len(_ODD))), name=list(_ODD)))
        texts = [f" {search_text([name])} " for name in _ODD]
        for query in _ODD:
            terms = [in_text(term) for term in search_terms(query)]
            expected = {str(i) for i, text in enumerate(texts) if any(term in text for term in terms)}
            assert {hit.ref.id for hit in store.search(query)} == expected, query

    def test_the_search_text_stays_inside(self, captions: GraphStore) -> None:
        assert "search_text" not in (captions.get_node(NodeRef("Center", "dmc")) or {})
        assert all("search_text" not in batch.schema.names for batch in captions.read_nodes(CENTER))

    def test_a_new_name_is_found_and_the_old_one_is_not(self, store: GraphStore) -> None:
        store.upsert_nodes(COMPANY, companies("a", name=["KDB캐피탈"]))
        store.upsert_nodes(COMPANY, companies("a", name=["두레정밀"]))
        assert store.search("KDB") == []
        assert [hit.ref.id for hit in store.search("정밀")] == ["a"]
