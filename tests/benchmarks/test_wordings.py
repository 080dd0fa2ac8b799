"""Companies' own words are scored as labelled, and none is read as a fact that it does not state."""

from __future__ import annotations

import csv

import pytest

from benchmarks.wordings import PARTS, WORDINGS, score, wordings
from loaders.samples import FOLDER
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import whole_country

_MISSED_IN_THE_NINTH = [
    ("작년에 공장에 불이 나", "employees", 12, None),
    ("저희집은기름짜는방앗간이", "region", "44810", None),
    # Read by weights alone, and less likely than they must be.
    ("서산서 문방구 하는디", "founded", ["2006-03-03", "2007-12-31"], None),
    ("Small tradin", "region", "28", "28185"),
]
"""Beginning of a wording of the ninth series, and which of its facts is missed: what is stated and what is read."""

_MISSED_IN_THE_TENTH = [
    # The district is abolished, or new, by the table.
    ("We make plastic cosmetic containers in Bucheon", "region", "41196", "41190"),
    # Plant and office, or head office and plant, are in two cities: in other series neither is told.
    ("섬유기계 부품 만드는", "region", "47290", None),
    # Read by weights alone, and less likely than they must be.
    ("세종 전의면 산업단지", "employees", 33, None),
    ("군산 새만금 쪽에", "region", "52110", None),
    # Elsewhere the ending says that one heard it.
    ("강원도 평창 대관령면", "employees", 16, None),
    ("인천 강화군 화도면", "employees", 5, None),
    # 서구 was cut in two in July 2026, and 검단 is a district of its own since: neither is told.
    ("안녕하세요, 저희는 인천 서구 검단산단에", "region", "28260", None),
    # Heard, as above.
    ("정선 사북읍에서", "employees", 3, None),
]
"""The same of the tenth series, with the reason where it is left so."""

_SIZES = [60, 30, 40, 60, 40, 80, 60, 160, 100, 100, 100, 100, 100, 100, 100, 70, 70, 227]
"""Wordings in each of the later parts."""
_READ_AT_LEAST = {
    "plain": 0.935,
    "eleventh": 0.98,
    "twelfth": 0.87,
    "thirteenth": 0.93,
    "fourteenth": 0.92,
    "fifteenth": 0.88,
}
"""Share of the facts of long parts that is read; which of them is left to the reader."""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Every region of the country and every industry of KSIC 11."""
    graph = whole_country()
    with (FOLDER / "ksic11_tree.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            graph.node("Industry", f"ksic11:{row['code']}", name=row["name"], code=row["code"], revision=11)
    return graph.snapshot()


def test_no_labelled_wording_is_read_as_a_false_fact(snapshot: Snapshot) -> None:
    found = {part: score(wordings(part), snapshot) for part in PARTS}
    assert sum(each.false.total() for each in found.values()) == 0
    assert [part for part, least in _READ_AT_LEAST.items() if found[part].recall < least] == []
    wrong = [wrong for part in PARTS if part not in _READ_AT_LEAST for wrong in found[part].wrong]
    facts = [each for each in wrong if not each[1].startswith("guess")]
    ninth = {row["text"] for row in wordings("ninth")}
    tenth = {row["text"] for row in wordings("tenth")}
    for series, named in ((ninth, _MISSED_IN_THE_NINTH), (tenth, _MISSED_IN_THE_TENTH)):
        missed = [wrong for wrong in facts if wrong[0] in series]
        told = [(text[: len(row[0])], *fact) for (text, *fact), row in zip(missed, named, strict=True)]
        assert told == named
        facts = [wrong for wrong in facts if wrong not in missed]
    assert facts == [
        # Whose the shop was before is told in the same breath, and nothing of another's is read.
        (
            "아버지가 하시던 방앗간을 2019년에 물려받아서 제 이름으로 사업자 냈습니다",
            "founded",
            ["2019-01-01", "2019-12-31"],
            None,
        ),
        # The department beside it is read too.
        (
            "소부장 관련 벤처확인 받아놓은 상태이며 연구전담부서 운영하고 있습니다",
            "certificates",
            ["벤처기업"],
            ["벤처기업", "연구개발전담부서"],
        ),
    ]


def test_each_wording_is_labelled_once_a_third_is_held_and_later_series_stand_apart() -> None:
    rows = wordings()
    assert len({row["text"] for row in rows}) == len(rows) == sum(len(wordings(part)) for part in PARTS)
    assert len(wordings("held")) * 2 == pytest.approx(len(wordings("dev")), abs=3)
    assert [len(wordings(part)) for part in PARTS[3:]] == _SIZES
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
