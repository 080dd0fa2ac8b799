"""A page for the city shows what a company was recommended beside its facts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from graph_schema.model import NodeRef
from recommender.snapshot.neighbourhood import ListedResult
from recommender.snapshot.view.write import write_recommended
from tests.recommender.snapshot.view.pages import SOFT, data_of, dealings, names_of

_SAID = {"task": "programs", "rank": 1, "grade": "high", "as_of": date(2026, 3, 2), "run": "8f", "score": 0.7}


def _page(tmp_path: Path, *results: NodeRef) -> str:
    graph = dealings()
    graph.node("Program", "Q", title="2026 융자")
    said = _SAID | {"reason_ko": "업종이 같습니다.", "reason_en": "same industry", "to_be_checked": ["매출 증빙"]}
    listed = [ListedResult(result, said) for result in results]
    return write_recommended(graph.snapshot(), SOFT, tmp_path / "view.html", listed).read_text(encoding="utf-8")


def test_a_recommendation_says_what_why_and_what_is_to_be_checked(tmp_path: Path) -> None:
    page = _page(tmp_path, NodeRef("Program", "Q"))
    data = data_of(page)
    [fact] = [fact for fact in data["facts"] if fact["relation"] == "RECOMMENDED"]
    assert (fact["from"], names_of(page)[fact["to"]]) == (0, "2026 융자")
    assert {name[0]: value[0] for name, value in fact["facts"]} == {
        "추천 종류": "지원사업",
        "순위": "1",
        "가능성": "높음",
        "확인할 것": "매출 증빙",
        "기준일": "2026-03-02",
        "추천 이유": "업종이 같습니다.",
    }
    assert data["relations"]["RECOMMENDED"] == ["추천", "recommended"]
    assert "추천 1건은 점선입니다." in page
    assert "시 내부용" in page


def test_what_is_known_already_is_drawn_once_and_what_the_snapshot_lacks_not_at_all(tmp_path: Path) -> None:
    page = _page(tmp_path, NodeRef("Program", "P"), NodeRef("Program", "gone"))
    assert names_of(page).count("2026 판로 지원") == 1
    relations = [fact["relation"] for fact in data_of(page)["facts"]]
    assert relations.count("RECOMMENDED") == 1
    assert "APPLIED_TO" in relations
