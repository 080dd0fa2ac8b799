"""Every phrase runs on a real server before it is handed out; what will not do is named and nothing is written."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bloom.actions import ACTIONS
from bloom.phrases import PHRASES
from bloom.saved_cypher import Phrase
from bloom.trial import require_sound, try_all
from graph_schema.catalog import node_type, relation_type
from graph_schema.errors import ValidationError
from graph_schema.model import NodeRef
from stores.bolt import Neo4jStore
from stores.hubs import mark_hubs
from stores.recommendations import Recommended, replace_all
from stores.recommendations import Run as Lists
from tests.bloom.city import fill, settle
from tests.bloom.days import AS_OF
from tests.command_line import Run
from tests.neo4j_fixtures import Neo4jAccess
from tests.stores.contract import COMPANY, LOCATED, REGION, companies, relationships, rows_of

pytestmark = pytest.mark.neo4j

INDUSTRY, INSTITUTION, TECHNOLOGY = node_type("Industry"), node_type("Institution"), node_type("Technology")


_IN_THE_VILLAGE = {
    "기업 찾기: 지역 $district 업종 $industry",
    "기업 한눈에 보기: $company",
    "지역 기업의 특허: $district",
    "두 기관 사이의 길: $one 에서 $other 까지",
    "두 기업 사이의 길, 허브 빼고: $one 에서 $other 까지",
    "추천 결과: $company 종류 $task",
    "아직 연락하지 않은 유력한 추천: 종류 $task",
    "이 사업을 권할 기업: $program",
    *(action.name for action in ACTIONS if action.types or action.labels),
    "허브를 뺀 길",
}
"""What the village has for phrases and actions to find, if they are tried with what fits."""


@pytest.fixture
def village(neo4j_store: Neo4jStore) -> Neo4jStore:
    """Give a few nodes of each label, joined in each way but one."""
    settle(neo4j_store, leaving_out="Institution__LOCATED_IN__Region")
    return neo4j_store


def test_every_phrase_enters_by_its_index_in_a_small_city_too(village: Neo4jStore) -> None:
    """Where a label has three nodes the planner would rather scan it; how quick they are is asked of the other city.

    What the village has is found, whatever is suggested first: of lists one of a single company.
    """
    one = Recommended(NodeRef("Company", "Company2"), NodeRef("Program", "Program2"), {"rank": 1, "grade": "high"})
    replace_all(village, Lists("programs", [one]))
    outcomes = try_all(village, most_seconds=60.0, day=AS_OF)
    assert {o.name: o.fault for o in outcomes if o.fault} == {}
    untried = {o.name: o.untried for o in outcomes if o.kind != "suggestion"}
    assert {name for name in _IN_THE_VILLAGE if untried[name]} == set()
    assert untried["처리한 추천: 결과 $decision"]


def _ids(graph: Neo4jAccess, begin: str, **typed: object) -> set[str]:
    phrase = next(phrase for phrase in PHRASES if phrase.text.startswith(begin))
    found: set[str] = set()
    for record in graph.run(phrase.cypher, **typed):
        for value in filter(None, record):
            found |= {node["id"] for node in getattr(value, "nodes", None) or (value,)}
    return found


@pytest.fixture
def known(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> Neo4jAccess:
    """Give a company, a university and a district whose names people shorten."""
    seoul, named_like_it = "서울대학교산학협력단", "서울대학교산학협력단 분원"
    neo4j_store.upsert_nodes(
        COMPANY, companies("c", "d", name=["튼실 매디자인(가상)", "다른 회사"], products=["김치", None])
    )
    neo4j_store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=["i", "j"], name=[seoul, named_like_it]))
    neo4j_store.upsert_nodes(REGION, rows_of(REGION, id=["41", "41281"], name=["경기도", "고양시 덕양구"]))
    neo4j_store.upsert_nodes(
        INDUSTRY, rows_of(INDUSTRY, id=["58", "582"], name=["출판업", "소프트웨어 개발 및 공급업"])
    )
    for relation, pairs in (
        (LOCATED, [("c", "41281")]),
        (relation_type("Company", "IN_INDUSTRY", "Industry"), [("c", "582")]),
        (relation_type("Region", "PART_OF", "Region"), [("41281", "41")]),
        (relation_type("Company", "CO_FILED_WITH", "Institution"), [("c", "i"), ("d", "j")]),
    ):
        neo4j_store.upsert_relationships(relation, relationships(relation, *pairs))
    return neo4j_graph


def test_a_name_may_be_typed_in_part_and_without_blanks(known: Neo4jAccess) -> None:
    """The whole name of one wins over a longer one that holds it."""
    assert "c" in _ids(known, "기업 한눈에", company="튼실매디자인")
    assert _ids(known, "기업의 공동 출원", company="튼실") == {"c", "i"}
    assert _ids(known, "공동 출원 네트워크", institution="서울대 산학협력단") == {"c", "i"}
    assert _ids(known, "공동 출원 네트워크", institution="서울대학교산학협력단 분원") == {"d", "j"}
    assert _ids(known, "기업 한눈에", company="없는 이름") == set()


@pytest.mark.parametrize("company", ["(주)튼실매디자인", "㈜튼실 매디자인", "튼실매디자인(주)"])
def test_a_legal_form_may_be_typed_as_people_write_it(known: Neo4jAccess, company: str) -> None:
    assert "c" in _ids(known, "기업 한눈에", company=company)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("KETI", "keti"),
        ("전자부품연구원", "keti"),
        ("카이스트", "kaist"),
        ("kaist", "kaist"),
        ("KAIST ", "kaist"),
        ("포스텍", "postech"),
        ("한국전자통신연구원", "etri"),
    ],
)
def test_an_organisation_may_be_called_as_dure_find_knows_it(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, typed: str, found: str
) -> None:
    """By former, short and present names, either way, before what only holds the letters."""
    names = {
        "keti": "한국전자기술연구원",
        "kaist": "한국과학기술원",
        "postech": "포항공과대학교",
        "etri": "ETRI",
        "other": "KAIST 창업원",
        "longer": "한국과학기술원 부설 고등과학원",
    }
    neo4j_store.upsert_nodes(INSTITUTION, rows_of(INSTITUTION, id=list(names), name=list(names.values())))
    assert _ids(neo4j_graph, "기관이 운영하는", institution=typed) == {found}


@pytest.mark.parametrize(
    ("typed", "found"),
    [("KT", "kt"), ("케이티", "kt"), ("엘지전자", "lg"), ("KT&G", "ktng"), ("SK하이닉스", "sk"), ("DKT", "dkt")],
)
def test_a_company_may_be_called_by_letters_or_by_their_sounds(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, typed: str, found: str
) -> None:
    names = {
        "kt": "주식회사 케이티",
        "ktng": "주식회사 케이티앤지",
        "dkt": "DKT정밀",
        "lg": "LG전자(주)",
        "sk": "에스케이하이닉스(주)",
        "g": "g누스",
    }
    neo4j_store.upsert_nodes(COMPANY, companies(*names, name=list(names.values())))
    assert _ids(neo4j_graph, "기업의 공동 출원", company=typed) == {found}
    assert _ids(neo4j_graph, "기업의 공동 출원", company="지누스") == set()  # one sound is no letters


def test_paths_lead_through_no_marked_hub_and_along_nothing_that_has_ended(
    known: Neo4jAccess, neo4j_store: Neo4jStore
) -> None:
    """By all other relations, as in ``/v1/paths``: a trade that few share joins two, a district of all does not."""
    names = [f"이웃 {number}" for number in range(20)]
    neo4j_store.upsert_nodes(COMPANY, companies(*names, name=names))
    neo4j_store.upsert_relationships(LOCATED, relationships(LOCATED, *((id_, "41281") for id_ in ("d", *names))))
    trade = relation_type("Company", "IN_INDUSTRY", "Industry")
    ways = partial(_ids, known, "두 기업 사이의 길", one="튼실매디자인", other="다른 회사")
    assert ways() == {"c", "41281", "d"}
    mark_hubs(neo4j_store)
    assert ways() == set()
    neo4j_store.upsert_relationships(trade, relationships(trade, ("d", "582")))
    assert ways() == {"c", "582", "d"}
    neo4j_store.upsert_relationships(trade, relationships(trade, ("d", "582"), valid_to=[date(2026, 3, 1)]))
    assert ways() == set()


_ONE = {
    "company": (COMPANY, "name"),
    "institution": (INSTITUTION, "name"),
    "program": (node_type("Program"), "title"),
    "technology": (TECHNOLOGY, "title"),
    "center": (node_type("Center"), "name"),
    "need": (node_type("Need"), "title"),
}
"""What phrases about one node ask for first."""


def test_what_is_asked_about_is_drawn_alone_where_nothing_is_known_of_it(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess
) -> None:
    """Nothing at all means that nothing is called so."""
    for name, (node, caption) in _ONE.items():
        neo4j_store.upsert_nodes(node, rows_of(node, id=[name], **{caption: [name]}))
    others = {"day": date(2026, 3, 2), "task": "지원사업"}
    about_one = [phrase for phrase in PHRASES if phrase.parameters and phrase.parameters[0].name in _ONE]
    assert len(about_one) == 18
    for phrase in about_one:
        first, *more = (parameter.name for parameter in phrase.parameters)
        typed = {name: others[name] for name in more}
        assert _ids(neo4j_graph, phrase.text, **{first: first}, **typed) == {first}, phrase.text
        assert _ids(neo4j_graph, phrase.text, **{first: "없는 이름"}, **typed) == set(), phrase.text


def test_the_shortest_name_is_that_without_its_legal_form(known: Neo4jAccess, neo4j_store: Neo4jStore) -> None:
    neo4j_store.upsert_nodes(COMPANY, companies("kt", "ktng", name=["주식회사 케이티", "케이티앤지(주)"]))
    assert _ids(known, "기업 한눈에", company="케이티") == {"kt"}


@pytest.mark.parametrize("blank", ["", "  ", "(주)"])
def test_a_blank_means_nobody(known: Neo4jAccess, blank: str) -> None:
    """Else it would be answered for whoever has the shortest name, or for the whole city."""
    assert _ids(known, "기업 한눈에", company=blank) == set()
    assert _ids(known, "기업 찾기", district=blank, industry="소프트웨어") == set()
    assert _ids(known, "인증을 가진", district="덕양구", certificate=blank) == set()
    assert _ids(known, "기술 찾기", words=blank) == set()


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3D센서", {"t1"}),
        ("센서 3D", {"t1"}),
        ("스캐너 센서", {"t1"}),
        ("센서", {"t1", "t2"}),
        ("IT", {"t2"}),
        ("ＩＴ센서", {"t2"}),
        ("제빵", {"t3"}),
        ("빵", {"t3"}),
        ('"센서" \\', {"t1", "t2"}),
        ("센서 없음", set()),
        pytest.param("센서 " * 2_000, {"t1", "t2"}, id="a page that was pasted"),
    ],
)
def test_words_are_parted_as_what_they_are_sought_in(
    neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess, words: str, found: set[str]
) -> None:
    """All of them, in any order, wherever the script changes within one."""
    titles = ["3D센서를 이용한 스캐너", "IT센서 패치", "급속 제빵 장치"]
    neo4j_store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["t1", "t2", "t3"], title=titles))
    assert _ids(neo4j_graph, "기술 찾기", words=words) == found


def test_what_other_labels_hold_hides_nothing(neo4j_store: Neo4jStore, neo4j_graph: Neo4jAccess) -> None:
    """The index is one for all labels, and shorter texts come before longer ones."""
    need, ids = node_type("Need"), [f"n{i}" for i in range(5_001)]
    neo4j_store.upsert_nodes(need, rows_of(need, id=ids, title=["센서", *(f"센서 {id_}" for id_ in ids[1:])]))
    neo4j_store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["t"], title=["손목에 차는 혈압 측정용 센서 모듈"]))
    assert _ids(neo4j_graph, "기술 찾기", words="센서") == {"t"}
    assert _ids(neo4j_graph, "이 수요와", need="센서") == {"n0", "t"}


def test_what_lies_beneath_is_found_with_a_field_and_a_region(known: Neo4jAccess, neo4j_store: Neo4jStore) -> None:
    """Only sections have Korean names, and no patent is in a section itself."""
    field, program = node_type("TechField"), node_type("Program")
    neo4j_store.upsert_nodes(field, rows_of(field, id=["H", "H02", "H02G"], name=["전기", "H02", "H02G"]))
    neo4j_store.upsert_nodes(TECHNOLOGY, rows_of(TECHNOLOGY, id=["t"], title=["케이블"]))
    neo4j_store.upsert_nodes(program, rows_of(program, id=["p"], title=["지원사업"]))
    for ends, pairs in (
        (("TechField", "PART_OF", "TechField"), [("H02", "H"), ("H02G", "H02")]),
        (("Technology", "IN_FIELD", "TechField"), [("t", "H02G")]),
        (("Institution", "FILED", "Technology"), [("i", "t")]),
        (("Program", "TARGETS", "Region"), [("p", "41281")]),
    ):
        relation = relation_type(*ends)
        neo4j_store.upsert_relationships(relation, relationships(relation, *pairs))
    assert _ids(known, "기술 분야의", field="전기") == {"H02G", "t", "i"}
    assert _ids(known, "지역 기업을 위한", region="경기도") == {"p", "41281"}


def test_topics_and_certificates_may_be_typed_in_part(known: Neo4jAccess, neo4j_store: Neo4jStore) -> None:
    program = node_type("Program")
    in_a_week = [datetime.now(ZoneInfo("Asia/Seoul")).date() + timedelta(days=7)]
    neo4j_store.upsert_nodes(program, rows_of(program, id=["p"], title=["온라인판로 지원사업"], apply_until=in_a_week))
    neo4j_store.upsert_nodes(COMPANY, companies("c", name=["튼실 매디자인(가상)"], certificates=[["ISO 9001"]]))
    assert _ids(known, "곧 마감하는", days=30, topic="온라인 판로") == {"p"}
    assert _ids(known, "인증을 가진", district="덕양구", certificate="iso9001") == {"c", "41281"}


@pytest.mark.parametrize("district", ["덕양구", "고양시덕양구", "경기도"])
def test_a_district_and_a_trade_may_be_typed_as_people_say_them(known: Neo4jAccess, district: str) -> None:
    """What lies in the region is found as well."""
    assert _ids(known, "기업 찾기", district=district, industry="소프트웨어") == {"c", "582", "41281"}


def test_what_has_ended_is_found_no_more(known: Neo4jAccess, neo4j_store: Neo4jStore) -> None:
    """A company has moved and changed its trade, and left its room; that it applied once stays so."""
    center, space, program = node_type("Center"), node_type("Space"), node_type("Program")
    neo4j_store.upsert_nodes(center, rows_of(center, id=["k"], name=["테크노타운"]))
    neo4j_store.upsert_nodes(space, rows_of(space, id=["s", "t"], title=["501호", "502호"]))
    neo4j_store.upsert_nodes(program, rows_of(program, id=["p"], title=["판로 지원"]))
    ended = {"valid_to": [date(2026, 3, 1)]}
    for ends, pair, columns in (
        (("Company", "LOCATED_IN", "Region"), ("d", "41281"), ended),
        (("Company", "IN_INDUSTRY", "Industry"), ("d", "582"), ended),
        (("Company", "OCCUPIES", "Space"), ("d", "s"), ended),
        (("Company", "OCCUPIES", "Space"), ("c", "t"), {}),
        (("Company", "APPLIED_TO", "Program"), ("d", "p"), ended),
        (("Space", "PART_OF", "Center"), ("s", "k"), {}),
        (("Space", "PART_OF", "Center"), ("t", "k"), {}),
    ):
        neo4j_store.upsert_relationships(relation_type(*ends), relationships(relation_type(*ends), pair, **columns))
    assert _ids(known, "기업 찾기", district="덕양구", industry="소프트웨어") == {"c", "582", "41281"}
    assert _ids(known, "센터의 빈", center="테크노타운") == {"s", "k"}
    assert _ids(known, "센터에 입주한", center="테크노타운") == {"c", "t", "k"}
    assert _ids(known, "사업에 신청한", program="판로 지원") == {"d", "p"}
    assert _ids(known, "기업 한눈에", company="다른 회사") == {"d", "j", "p"}


def test_companies_are_found_by_what_they_make(known: Neo4jAccess) -> None:
    assert _ids(known, "생산품으로", district="덕양구", words="김치") == {"c", "41281"}
    assert _ids(known, "생산품으로", district="덕양구", words="된장") == set()


def test_the_command_writes_the_file_only_where_all_is_well(
    run: Run,
    neo4j_store: Neo4jStore,
    neo4j_graph: Neo4jAccess,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All are tried at first, then only those on needs, whose index is lost at the end."""
    fill(neo4j_store)
    monkeypatch.setenv("DURE_NEO4J_USER", neo4j_graph.user)
    monkeypatch.setenv("DURE_NEO4J_PASSWORD", neo4j_graph.password)
    made, report = tmp_path / "dure.json", tmp_path / "phrases.csv"
    asked = ("bloom", "export", "--store", neo4j_store.uri, "--as-of", "2026-03-02")
    result = run(*asked, "--out", made, "--report", report)
    assert result.exit_code == 0, result.output
    assert "지금 신청할 수 있는 사업" in result.stdout
    assert len(json.loads(made.read_text(encoding="utf-8"))["templates"]) == len(PHRASES)
    tried = list(csv.DictReader(report.read_text(encoding="utf-8-sig").splitlines()))
    assert list(tried[0]) == ["kind", "phrase", "rows", "milliseconds", "indexes", "fault", "untried"]
    untried = {row["phrase"] for row in tried if row["untried"]}
    assert "지역 기업의 특허: $district" in untried
    assert "한 번도 닿지 않은 기업: 지역 $district" not in untried
    told = next(line for line in result.stdout.splitlines() if "not tried" in line or "시험하지 못한" in line)
    assert "지역 기업의 특허: $district" in told
    first = made.read_bytes()
    assert b'"basedOn": "degree_number"' in first
    assert neo4j_graph.run("MATCH (n:Company) WHERE n.degree IS NULL RETURN count(n)")[0][0] == 0
    of_needs = [phrase for phrase in PHRASES if phrase.text.startswith("새로 접수된 애로")]
    assert of_needs
    monkeypatch.setattr("bloom.trial.try_all", partial(try_all, phrases=of_needs, actions=()))
    assert run(*asked, "--out", made).exit_code == 0
    assert made.read_bytes() == first
    neo4j_graph.run("DROP INDEX Need_raised_on")
    try:
        failed = run(*asked, "--out", tmp_path / "none.json")
        assert isinstance(failed.exception, ValidationError)
        assert "새로 접수된 애로" in str(failed.exception)
        assert not (tmp_path / "none.json").exists()
    finally:
        neo4j_graph.run("CREATE INDEX Need_raised_on FOR (x:Need) ON (x.raised_on)")


def test_the_embedded_store_is_refused_with_the_way_to_a_server(run: Run, tmp_path: Path) -> None:
    assert run("migrate").exit_code == 0
    failed = run("bloom", "export", "--out", tmp_path / "dure.json")
    assert "dure graph copy" in str(failed.exception)


def test_what_is_slow_is_at_fault_of_time_alone_and_passes_with_more(neo4j_store: Neo4jStore) -> None:
    """On a busy machine nothing else is wrong, and nobody at the city can change a phrase."""
    neo4j_store.upsert_nodes(COMPANY, companies("c0"))
    phrase = Phrase("기업", "", "MATCH (c:Company {id: 'c0'}) RETURN c")
    (outcome,) = try_all(neo4j_store, [phrase], [], most_seconds=0)
    assert outcome.slow
    with pytest.raises(ValidationError, match="higher --most-seconds"):
        require_sound([outcome])
    require_sound(try_all(neo4j_store, [phrase], [], most_seconds=60))
