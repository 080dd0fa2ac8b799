"""A bare trade finds what it works with among real titles of patents, by the classes that the patent office gave."""

from __future__ import annotations

import csv

import numpy as np
import pytest

from graph_schema.model import NodeRef
from loaders.samples import FOLDER
from recommender.knowledge.profile import Profile
from recommender.measure.arrays import Floats
from recommender.serve.industry_guess import guess_industries, is_bare_trade
from recommender.serve.request_text import RequestParts, request_nearness, with_trades
from recommender.serve.trade_words import LINES, industries_of, works_with
from recommender.snapshot.dated_facts import DatedFacts
from recommender.text.encoder import load_encoder
from recommender.text.protocol import TextEncoder
from tests.recommender.fixtures import near_to
from tests.recommender.small_graph import SmallGraph

EVERY = 6
"""A sixth of the sample's titles: enough to tell, and quick to encode."""
FIRST = 10
JUDGED = {
    "빵집": "A21 A23",
    "떡집": "A21 A23",
    "두부 제조": "A23",
    "정육점": "A22 A23",
    "카페": "A47J A23F A23L",
    "맥주 양조": "C12",
    "펫푸드": "A23K A01K",
    "건강기능식품": "A23L A61K A61P",
    "화훼농장": "A01",
    "스마트팜": "A01",
    "기계 가공": "B21 B23 B24 B25 G05B",
    "CNC": "B21 B23 B24 B25 G05B",
    "도금": "C25D C23C",
    "플라스틱 사출": "B29 C08",
    "자동차 부품": "B60 F16 B62D F02",
    "카센터": "B60 F01 F02 B62 F16",
    "택시 기사": "B60 G08G G01C B62D G06Q",
    "이차전지": "H01M",
    "반도체 장비": "H01L H10 C23C B24B G03F H01J",
    "드론": "B64",
    "조명 제조": "F21 H05B",
    "의료기기": "A61",
    "바이오 신약": "A61K A61P C07 C12",
    "화장품 제조": "A61K A61Q A45D",
    "미용실": "A45D A61Q B26B A61K",
    "치과": "A61",
    "소프트웨어 개발": "G06 H04L",
    "게임 개발": "A63F G06",
    "영화 후반작업": "H04N G06T G11B G03B G10L G06V",
}
"""Everyday names of trades and the classes of IPC in which what they work with lies, judged by hand."""


@pytest.fixture(scope="module")
def facts() -> DatedFacts:
    graph = SmallGraph()
    with (FOLDER / "ksic11_tree.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            graph.node("Industry", f"ksic11:{row['code']}", name=row["name"], code=row["code"], revision=11)
    return DatedFacts(graph.snapshot())


@pytest.fixture(scope="module")
def encoder() -> TextEncoder:
    return load_encoder()


@pytest.fixture(scope="module")
def patents(encoder: TextEncoder) -> tuple[Floats, list[tuple[str, ...]]]:
    with (FOLDER / "patents.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))[::EVERY]
    return encoder.encode([row["inventionTitle"] for row in rows], "passage"), [
        tuple(part.strip().replace(" ", "") for part in row["ipc"].split("|")) for row in rows
    ]


def share_found(
    parts: RequestParts, classes: str, patents: tuple[Floats, list[tuple[str, ...]]], by: TextEncoder
) -> float:
    """How many of the first ten lie in the classes, of those that could."""
    vectors, given = patents
    right = np.array([any(one.startswith(tuple(classes.split())) for one in each) for each in given])
    near = request_nearness(parts, near_to(vectors), by)
    assert near is not None
    return float(right[np.argsort(-near.scores, kind="stable")[:FIRST]].sum() / min(FIRST, right.sum()))


def parts_of(text: str, facts: DatedFacts) -> RequestParts:
    profile = Profile(text, guesses={"IN_INDUSTRY": guess_industries(text, facts.snapshot)})
    return with_trades("technologies", (text,), industries_of(profile, facts))


def test_trades_find_what_they_work_with(
    facts: DatedFacts, encoder: TextEncoder, patents: tuple[Floats, list[tuple[str, ...]]]
) -> None:
    """By their bare names a third of what could be found was; over all titles .34, and .46 with these words."""
    found, bare = (
        np.mean([share_found(parts, classes, patents, encoder) for parts, classes in each])
        for each in (
            [(parts_of(text, facts), classes) for text, classes in JUDGED.items()],
            [(RequestParts((text,)), classes) for text, classes in JUDGED.items()],
        )
    )
    assert found > 0.4
    assert found > bare + 0.1


def test_every_line_is_of_a_code_of_ksic_11(facts: DatedFacts) -> None:
    codes = set(facts.ksic_codes.tolist())
    assert all(works_with(code) for code in codes if code[:2].isdigit() and code[:2] not in NO_LINE)
    assert set(LINES) <= codes


NO_LINE = {"05", "06", "07", "08", "46", "84", "94", "97", "98", "99"}
"""Divisions whose industries go by their names: mining, wholesale, the state, associations, households."""


@pytest.mark.parametrize(
    ("code", "word"), [("56150", "오븐"), ("10602", "빵"), ("25924", "수치제어"), ("01122", "꽃"), ("49231", "배차")]
)
def test_the_longest_code_that_begins_an_industrys_own_counts(code: str, word: str) -> None:
    assert word in works_with(code)


def test_an_industry_without_a_line_goes_by_its_name() -> None:
    assert works_with("46333") == works_with("C") == ""
    assert with_trades("technologies", (), {"담배 도매업": "46333"}).trades == {"담배 도매업": "담배 도매업"}


def test_other_tasks_are_asked_with_names_alone_and_where_nothing_was_said() -> None:
    assert with_trades("programs", ("온라인 판매",), {"제과점업": "56150"}) == RequestParts(("온라인 판매",))
    assert with_trades("programs", (), {"제과점업": "56150"}) == RequestParts((), {"제과점업": "제과점업"})


def test_a_name_with_commas_stays_one_name() -> None:
    name = "영화, 비디오물 및 방송 프로그램 제작 관련 서비스업"
    assert list(with_trades("programs", (), {name: "59120"}).trades) == [name]


@pytest.mark.parametrize(
    "text",
    ["빵집", "CNC", "고양시 일산동구 빵집", "빵집을 합니다", "일산에서 기계 가공 업체를 운영", "We run a bakery"],
)
def test_a_part_that_only_names_the_trade_gives_way(text: str) -> None:
    assert is_bare_trade(text)
    assert with_trades("researchers", (text,), {"제과점업": "56150"}).said == ()


@pytest.mark.parametrize(
    "text",
    [
        "온라인으로 빵집을 알리고 싶다",
        "알루미늄 부품을 5축 CNC 가공하는 회사",
        "고양시의 회사",
        "We machine aluminium parts",
    ],
)
def test_a_part_that_tells_more_stays(text: str) -> None:
    assert not is_bare_trade(text)
    assert with_trades("researchers", (text,), {"제과점업": "56150"}).said == (text,)


def test_industries_of_a_profile_are_facts_and_guesses(facts: DatedFacts) -> None:
    links = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:56150"),)}
    guesses = {"IN_INDUSTRY": (NodeRef("Industry", "ksic11:47912"), NodeRef("Industry", "ksic11:0"))}
    found = industries_of(Profile("", links, guesses=guesses), facts)
    assert found == {"제과점업": "56150", "전자상거래 소매업": "47912"}
