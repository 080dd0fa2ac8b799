"""Captions fit into the picture and tell nodes apart."""

from __future__ import annotations

from datetime import date

from graph_schema.captions import LENGTH
from graph_schema.model import NodeRef
from recommender.snapshot.view.captions import distinct_names
from tests.recommender.small_graph import SmallGraph


def names(graph: SmallGraph, *refs: str) -> list[tuple[str, str]]:
    return distinct_names(graph.snapshot(), [NodeRef(*ref.split(":", 1)) for ref in refs])


def test_a_long_name_keeps_its_beginning_and_its_end() -> None:
    graph = SmallGraph()
    graph.node("Institution", "i", name="기관")
    for number in (1, 2):
        graph.node("Program", f"p{number}", title=f"2026년 중소기업 해외 판로 개척 지원사업 참여기업 모집 {number}차")
    whole = names(graph, "Institution:i", "Program:p1", "Program:p2")
    assert whole[1] == ("2026년 중소기업 해외 판로 개척 지원사업 참여기업 모집 1차", "2026년 중소기업 해외…모집 1차")
    assert whole[2][1] == "2026년 중소기업 해외…모집 2차"


def test_what_bears_the_name_of_the_centre_is_called_by_the_rest() -> None:
    graph = SmallGraph()
    graph.node("Center", "c", name="현대테라타워 DMC")
    graph.node("Space", "s", title="현대테라타워 DMC 사무형 소형 호실")
    graph.node("Researcher", "r", headline="전력(H02N) 연구자, 현대테라타워 DMC")
    found = names(graph, "Center:c", "Space:s", "Researcher:r")
    assert [caption for _, caption in found] == ["현대테라타워 DMC", "사무형 소형 호실", "전력(H02N) 연구자"]
    assert found[1][0] == "현대테라타워 DMC 사무형 소형 호실"


def test_a_title_that_holds_the_title_of_the_centre_is_told_whole() -> None:
    graph = SmallGraph()
    graph.node("Technology", "c", title="광케이블 제조장치")
    graph.node("Technology", "t", title="추적가능한 광케이블 제조장치")
    assert names(graph, "Technology:c", "Technology:t")[1][1] == "추적가능한 광케이블 제조장치"


def test_no_mark_stands_alone_where_the_centres_name_was() -> None:
    graph = SmallGraph()
    graph.node("Industry", "c", name="제조업")
    graph.node("Industry", "i", name="섬유제품 제조업; 의복 제외")
    assert names(graph, "Industry:c", "Industry:i")[1][1] == "섬유제품; 의복 제외"


def test_a_name_that_only_begins_like_the_centres_stays_whole() -> None:
    graph = SmallGraph()
    graph.node("Company", "c", name="고양산업")
    graph.node("Institution", "i", name="고양산업진흥원")
    assert names(graph, "Company:c", "Institution:i")[1] == ("고양산업진흥원", "고양산업진흥원")


def test_nodes_of_one_name_say_what_differs_else_are_numbered() -> None:
    graph = SmallGraph()
    graph.node("Center", "c", name="센터")
    for id_, floor in (("a", 2), ("b", 3), ("d", 3)):
        graph.node("Space", id_, title="센터 사무형 호실", floor=floor, area_m2=33.0)
    found = names(graph, "Center:c", "Space:a", "Space:b", "Space:d")
    assert found[1] == ("센터 사무형 호실 (2층 33㎡)", "사무형 호실 2층 33㎡")
    assert found[2] == ("센터 사무형 호실 (3층 33㎡) #1", "사무형 호실 3층 33㎡ #1")
    assert found[3][1] == "사무형 호실 3층 33㎡ #2"


def test_long_names_that_are_alike_when_cut_say_what_differs_within_the_length() -> None:
    graph = SmallGraph()
    graph.node("Institution", "i", name="기관")
    for year in (2019, 2021):
        graph.node(
            "Technology",
            str(year),
            title=f"자율주행 차량의 라이다 센서 {year} 신호를 처리하는 방법 및 장치",
            applied_on=date(year, 5, 1),
        )
    captions = [caption for _, caption in names(graph, "Institution:i", "Technology:2019", "Technology:2021")]
    assert captions[1:] == ["자율주행 차량의…및 장치 19.05", "자율주행 차량의…및 장치 21.05"]
    assert all(len(caption) <= LENGTH for caption in captions)


def test_a_field_is_called_by_its_code_and_the_title_above() -> None:
    graph = SmallGraph()
    graph.node("TechField", "ipc:G", name="물리학", code="G", scheme="ipc", level=1)
    for code in ("G01", "G01N", "H04L"):
        graph.node("TechField", f"ipc:{code}", name=code, code=code, scheme="ipc", level=len(code) - 1)
    graph.node("TechField", "ipc:B24B", name="연삭", code="B24B", scheme="ipc", level=3)
    graph.node("TechField", "nst:ND01", name="에너지", code="ND01", scheme="nst", level=1)
    fields = ("ipc:G01N", "ipc:G", "ipc:H04L", "ipc:B24B", "nst:ND01")
    whole = [name for name, _ in names(graph, *(f"TechField:{field}" for field in fields))]
    assert whole == ["IPC G01N (G 물리학)", "IPC G (물리학)", "IPC H04L", "IPC B24B (연삭)", "에너지"]


def test_a_field_in_the_picture_is_a_code_with_a_title_that_fits() -> None:
    graph = SmallGraph()
    for code, title in (("C", "화학·야금"), ("F", "기계공학·조명·가열·무기·폭파")):
        graph.node("TechField", f"ipc:{code}", name=title, code=code, scheme="ipc", level=1)
    for code in ("C07C", "F22D"):
        graph.node("TechField", f"ipc:{code}", name=code, code=code, scheme="ipc", level=3)
    graph.node("Institution", "i", name="기관")
    found = names(graph, "Institution:i", "TechField:ipc:C07C", "TechField:ipc:F22D")
    assert [caption for _, caption in found] == ["기관", "IPC C07C (화학·야금)", "IPC F22D"]
    assert found[2][0] == "IPC F22D (F 기계공학·조명·가열·무기·폭파)"


def test_a_field_with_a_title_of_its_own_keeps_it_before_its_code() -> None:
    graph = SmallGraph()
    for code, title in (("H02G", "케이블·전선 설치"), ("G06Q", "상거래·행정·금융 ICT")):
        graph.node("TechField", f"ipc:{code}", name=title, code=code, scheme="ipc", level=3)
    graph.node("Institution", "i", name="기관")
    found = names(graph, "Institution:i", "TechField:ipc:H02G", "TechField:ipc:G06Q")
    assert [caption for _, caption in found[1:]] == ["IPC H02G (케이블·전선 설치)", "상거래·행정·금융 ICT"]
    assert found[2][0] == "IPC G06Q (상거래·행정·금융 ICT)"
