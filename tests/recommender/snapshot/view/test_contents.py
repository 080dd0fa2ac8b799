"""A page holds each node's own facts, and each relationship with its source."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from graph_schema.model import NodeRef
from recommender.language.answers import Audience
from tests.recommender.small_graph import SmallGraph, goyang
from tests.recommender.snapshot.view.pages import SOFT, busy, data_of, evil, page_of


def centre_facts(page: str) -> dict[str, list[str]]:
    return {name[0]: value for name, value in data_of(page)["nodes"][0]["facts"]}


def test_the_centre_tells_its_own_facts_in_both_languages(tmp_path: Path) -> None:
    graph = goyang()
    graph.node(
        "Center",
        "c",
        name="센터",
        address="고양시 향기로 180",
        stage="completed",
        land_area_m2=9489.5,
        developer="신탁",
    )
    facts = centre_facts(page_of(graph, tmp_path, NodeRef("Center", "c")))
    assert facts == {
        "주소": ["고양시 향기로 180"] * 2,
        "시행자": ["신탁"] * 2,
        "단계": ["완공", "completed"],
        "용지 면적(㎡)": ["9,489.5"] * 2,
    }


def test_when_a_node_came_and_last_changed_are_days_in_korea(tmp_path: Path) -> None:
    graph = goyang()
    evening = datetime(2026, 3, 4, 16, tzinfo=UTC)
    graph.node("Center", "c", name="센터", loaded_at=evening, first_seen=date(2026, 3, 2))
    node = data_of(page_of(graph, tmp_path, NodeRef("Center", "c")))["nodes"][0]
    assert (node["firstSeen"], node["loaded"]) == ("2026-03-02", "2026-03-05")


def test_lists_yes_and_no_and_days_are_words(tmp_path: Path) -> None:
    graph = goyang()
    graph.node(
        "Program", "p", title="사업", targets=["micro", "startup"], nationwide=True, apply_until=date(2026, 4, 30)
    )
    facts = centre_facts(page_of(graph, tmp_path, NodeRef("Program", "p")))
    assert facts["지원 대상"] == ["소상공인, 창업기업", "micro enterprises, start-ups"]
    assert facts["전국 대상"] == ["예", "yes"]
    assert facts["접수 마감일"] == ["2026-04-30"] * 2


def test_codes_of_patents_are_told_with_the_title_of_their_subclass(tmp_path: Path) -> None:
    graph = goyang()
    graph.node("TechField", "ipc:G01N", name="재료의 조사·분석", name_en="Analysing materials", code="G01N")
    graph.node("Technology", "t", title="기술", ipc=["G01N 21/00", "H99X 1/00"])
    facts = centre_facts(page_of(graph, tmp_path, NodeRef("Technology", "t")))
    assert facts["국제특허분류"] == [
        "G01N 21/00 (재료의 조사·분석), H99X 1/00",
        "G01N 21/00 (Analysing materials), H99X 1/00",
    ]


def test_a_point_keeps_its_four_decimals_and_says_what_it_stands_for(tmp_path: Path) -> None:
    graph = goyang()
    graph.node("Center", "c", name="센터", lat=37.6011, lon=126.892, point_of="neighbourhood")
    facts = centre_facts(page_of(graph, tmp_path, NodeRef("Center", "c")))
    assert facts == {
        "위도": ["37.6011"] * 2,
        "경도": ["126.8920"] * 2,
        "좌표 기준": ["읍면동", "neighbourhood"],
    }


def test_certificates_have_their_english_name_beside_the_korean_one(tmp_path: Path) -> None:
    graph = goyang()
    graph.node("Company", "c", name="두레정밀", certificates=["여성기업", "ISO 9001"])
    facts = centre_facts(page_of(graph, tmp_path, NodeRef("Company", "c")))
    assert facts["인증"] == ["여성기업, ISO 9001", "women-owned enterprise (여성기업), ISO 9001"]


def test_a_label_is_told_without_the_remark_for_who_fills_it_in(tmp_path: Path) -> None:
    graph = goyang()
    graph.node("Program", "p", title="사업", targets=["micro"])
    page = page_of(graph, tmp_path, NodeRef("Program", "p"))
    assert "kinds of applicant" in [name[1] for name, _ in data_of(page)["nodes"][0]["facts"]]


def test_a_companys_figures_and_numbers_are_for_the_city_alone(tmp_path: Path) -> None:
    graph = SmallGraph()
    graph.node(
        "Company",
        "brn:1234567891",
        name="두레정밀",
        business_number="1234567891",
        employees=25,
        revenue_krw=3e9,
        founded_on=date(2015, 6, 1),
        source_id="1234567891",
    )
    ref = NodeRef("Company", "brn:1234567891")
    public = page_of(graph, tmp_path, ref)
    assert list(centre_facts(public)) == ["설립일"]
    assert "1234567891" not in public
    internal = centre_facts(page_of(graph, tmp_path, ref, audience=Audience.CITY))
    assert internal["매출액(원)"] == ["3,000,000,000"] * 2
    assert internal["사업자등록번호"] == ["1234567891"] * 2


def test_each_relationship_has_its_day_source_and_details(tmp_path: Path) -> None:
    graph = goyang()
    graph.node("Program", "P", title="2026 판로 지원")
    graph.link(
        "Company:soft", "AWARDED", "Program:P", on=date(2025, 5, 1), amount_krw=5e6, source="awards", synthetic=True
    )
    data = data_of(page_of(graph, tmp_path, audience=Audience.CITY))
    fact = next(each for each in data["facts"] if each["relation"] == "AWARDED")
    assert data["nodes"][fact["to"]]["name"][0] == "2026 판로 지원"
    assert (fact["from"], fact["on"], fact["source"], fact["madeUp"]) == (0, "2025-05-01", "awards", True)
    assert fact["loaded"] == "2026-01-01"
    assert fact["facts"] == [[["금액(원)", "amount in KRW"], ["5,000,000", "5,000,000"]]]


def test_what_is_not_drawn_stands_as_a_node_and_a_fact_with_its_number(tmp_path: Path) -> None:
    data = data_of(page_of(busy(), tmp_path))
    left = next(node for node in data["nodes"] if node["kind"] == "surplus")
    assert left["name"] == ["그 밖의 기술 48건 (출원)", "48 more: technology (filed)"]
    assert any(data["nodes"][fact["to"]] == left for fact in data["facts"])


def test_a_source_has_its_name_and_an_unknown_one_its_own(tmp_path: Path) -> None:
    graph = goyang()
    graph.node("Technology", "t", title="기술", source="kipris")
    graph.link("Company:soft", "FILED", "Technology:t", source="elsewhere")
    assert data_of(page_of(graph, tmp_path))["sources"] == {"kipris": ["KIPRIS 특허", "KIPRIS patents"]}


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    nodes = data_of(page_of(evil(), tmp_path))["nodes"]
    assert [node["url"] for node in nodes if node["kind"] == "Technology"] == [None]


def test_a_larger_limit_shows_more_of_one_kind(tmp_path: Path) -> None:
    """With 500 nodes of which 400 are patents an eighth of them is drawn of one kind, and not a dozen."""
    data = data_of(page_of(busy(400), tmp_path, SOFT, limit=500))
    assert sum(node["kind"] == "Technology" for node in data["nodes"]) == 62
