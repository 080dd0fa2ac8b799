"""Companies' own words are scored as labelled, and none is read as a fact that it does not state."""

from __future__ import annotations

import csv

import pytest

from benchmarks.wordings import PARTS, WORDINGS, score, wordings
from loaders.samples import FOLDER
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import whole_country

_MISSED_IN_THE_NINTH = [
    ("영주에서 사과 농사 지", "region", "47210", None),
    ("작년에 공장에 불이 나", "employees", 12, None),
    ("세종시 나성동에서 동물", "employees", 2, None),
    ("나운동에서 안경점을 한", "employees", 1, None),
    ("여보세요, 여기 구미 ", "legal_form", "corporation", None),
    ("거제 아주동에서 조선소", "region", "48310", None),
    ("서울 영등포구 문래동에", "founded", ["1994-01-01", "1994-12-31"], None),
    ("네일샵인데여 월세가 넘", "founded", ["2023-05-01", "2023-05-31"], None),
    ("저희집은기름짜는방앗간이", "region", "44810", None),
    ("울동네에 빵집 차린지 ", "employees", 2, None),
    ("폰수리점 6년차ㅋㅋ 대", "legal_form", "sole", None),
    ("폰수리점 6년차ㅋㅋ 대", "employees", 0, None),
    ("고깃집사장임니다 삼척이", "founded", ["2019-10-01", "2019-10-31"], None),
    ("서산서 문방구 하는디 ", "founded", ["2006-03-03", "2007-12-31"], None),
    ("서산서 문방구 하는디 ", "employees", 0, None),
    ("친구 둘은 벌써 법인을", "yet_to_found", True, None),
    ("My name is A", "founded", ["2023-08-01", "2023-08-31"], None),
    ("I teach yoga", "region", "50110", "50"),
    ("I teach yoga", "employees", 0, None),
    ("I teach yoga", "founded", ["2024-01-01", "2024-12-31"], None),
    ("Small tradin", "region", "28", "28185"),
]
"""Beginning of a wording of the ninth series, and which of its facts is missed: what is stated and what is read."""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Every region of the country and every industry of KSIC 11."""
    graph = whole_country()
    with (FOLDER / "ksic11_tree.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            graph.node("Industry", f"ksic11:{row['code']}", name=row["name"], code=row["code"], revision=11)
    return graph.snapshot()


def test_no_labelled_wording_is_read_as_a_false_fact(snapshot: Snapshot) -> None:
    found = score(wordings(), snapshot)
    assert found.false.total() == 0
    facts = [wrong for wrong in found.wrong if not wrong[1].startswith("guess")]
    ninth = {row["text"] for row in wordings("ninth")}
    missed = [wrong for wrong in facts if wrong[0] in ninth]
    assert [(text[: len(row[0])], *told) for (text, *told), row in zip(missed, _MISSED_IN_THE_NINTH, strict=True)] == (
        _MISSED_IN_THE_NINTH
    )
    assert [wrong for wrong in facts if wrong not in missed] == [
        # The department beside it is read too.
        (
            "소부장 관련 벤처확인 받아놓은 상태이며 연구전담부서 운영하고 있습니다",
            "certificates",
            ["벤처기업"],
            ["벤처기업", "연구개발전담부서"],
        ),
        # Whose the shop was before is told in the same breath, and nothing of another's is read.
        (
            "아버지가 하시던 방앗간을 2019년에 물려받아서 제 이름으로 사업자 냈습니다",
            "founded",
            ["2019-01-01", "2019-12-31"],
            None,
        ),
    ]


def test_each_wording_is_labelled_once_a_third_is_held_and_later_series_stand_apart() -> None:
    rows = wordings()
    assert len({row["text"] for row in rows}) == len(rows) == sum(len(wordings(part)) for part in PARTS)
    assert len(wordings("held")) * 2 == pytest.approx(len(wordings("dev")), abs=3)
    assert [len(wordings(part)) for part in PARTS[3:]] == [60, 30, 40, 60, 40, 80, 60, 160, 100, 70, 70]
    assert WORDINGS.suffix == ".jsonl"


def test_scores_count_what_is_read_missed_and_made_up(snapshot: Snapshot) -> None:
    rows = [
        {"text": "직원 3명", "stated": {"employees": 3}},
        {"text": "직원 4명", "stated": {"employees": 5, "legal_form": "sole"}},
        {"text": "개인사업자", "stated": {}},
        {"text": "개인사업자 직원 7명", "stated": {}, "either": {"legal_form": "sole", "employees": 7}},
        {"text": "빵집", "guessed": {"industry": ["56221"]}},
    ]
    found = score(rows, snapshot)
    assert (found.stated.total(), found.read.total(), found.false.total()) == (3, 1, 2)
    assert found.recall == pytest.approx(1 / 3)
    assert (found.guesses_read["industry"], found.false_guesses["industry"]) == (0, 1)
    assert ("직원 4명", "employees", 5, 4) in found.wrong
