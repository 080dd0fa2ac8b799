"""The industry of a company is guessed from everyday words, or not at all."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from loaders.samples import FOLDER
from recommender.serve.industry_guess import guess_industries
from recommender.serve.trades import ENGLISH_TRADES, TRADES
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import SmallGraph


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Every code of KSIC 11, and one of an older revision that shares a name with it."""
    graph = SmallGraph()
    with (FOLDER / "ksic11_tree.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            graph.node("Industry", f"ksic11:{row['code']}", name=row["name"], code=row["code"], revision=11)
    graph.node("Industry", "ksic10:56191", name="제과점업", code="56191", revision=10)
    return graph.snapshot()


def test_every_trade_is_a_five_digit_name_of_ksic_11(snapshot: Snapshot) -> None:
    table = snapshot.nodes("Industry").to_pylist()
    assert {*TRADES.values(), *ENGLISH_TRADES.values()} <= {
        row["name"] for row in table if row["revision"] == 11 and len(row["code"]) == 5
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("고양시에서 동네빵집을 하는 개인사업자", "56150"),
        ("카페를 운영하는데 손님이 없다", "56221"),
        ("미용실", "96112"),
        ("일산에서 식당을 합니다", "56111"),
        ("치킨집", "56162"),
        ("편의점 점주", "47122"),
        ("온라인 쇼핑몰을 운영", "47912"),
        ("소프트웨어를 개발하는 법인", "58222"),
        ("금속가공 업체", "25929"),
        ("영어 학원", "85631"),
        ("쇼핑몰을 만들고 싶은 학원", "85501"),
        ("세탁소", "96912"),
        ("화장품을 만드는 회사", "20423"),
        ("게임 개발사", "58212"),
        ("드론을 만든다", "31312"),
        ("드론 촬영 업체", "73302"),
        ("버섯을 키워요", "01159"),
        ("게임 만들어요", "58212"),
        ("창호 시공", "42420"),
        ("반도체 장비 부품", "29271"),
        ("PC방", "91222"),
        ("떡류 제조업", "10601"),
        ("동물용 의약품 제조업을 합니다", "21230"),
        ("개인택시", "49231"),
        ("화훼 농장", "01122"),
        ("플라스틱 사출", "22299"),
        ("LED 조명 제조", "28422"),
        ("옷가게", "47419"),
        ("세제 제조", "20422"),
        ("프리랜서 번역가", "73902"),
        ("바이오 신약", "21211"),
        ("상추를 키우는 농가", "01121"),
        ("딸기를 재배합니다", "01151"),
        ("무인카페라 직원이 없습니다", "56221"),
        ("반려견 미용실", "96995"),
        ("카센터 하나 합니다", "95212"),
        ("자전거를 팝니다", "47632"),
        ("혼자 번역 일을 합니다", "73902"),
        ("유흥주점을 운영합니다", "56211"),
        ("나이트클럽", "56212"),
        ("동네 호프집", "56213"),
        ("중국음식점", "56121"),
        ("기계 가공", "25924"),
        ("CNC", "25924"),
        ("정밀기계 가공 업체", "25924"),
        ("영화 후반작업 스타트업", "59120"),
        ("VFX 스튜디오", "59120"),
        ("꽃 농사를 짓습니다", "01122"),
        ("대부업체", "64919"),
        ("코인거래소", "63992"),
        ("복권방", "91241"),
        ("콜라텍", "91291"),
        ("안마시술소", "96122"),
        ("점집", "96992"),
        ("상가 임대", "68112"),
        ("We are a bakery in Goyang", "56150"),
        ("I run a machine shop with 8 people", "25924"),
        ("A film post-production start-up", "59120"),
        ("We grow roses on a flower farm", "01122"),
        ("I am a taxi driver", "49231"),
        ("hostess bar", "56211"),
    ],
)
def test_everyday_words_and_names_of_the_list_are_known(snapshot: Snapshot, text: str, code: str) -> None:
    assert guess_industries(text, snapshot) == (NodeRef("Industry", f"ksic11:{code}"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "제조업",
        "대학원생",
        "고양이를 좋아한다",
        "식당에 납품하는 물수건",
        "쇼핑몰을 시작하고 싶다",
        "인테리어 업체를 찾는다",
        "카페, 식당, 미용실",
        "거래처는 카페입니다",
        "변호사 사무소를 찾고 있습니다",
        "카페는 아닙니다",
        "한 우물을 팠습니다",
        "쇼핑몰은 접었고",
        "공유오피스에 입주한 회사",
        "We deliver bread to a restaurant",
        "We make software for a dental clinic",
        "We want to open a cafe",
        "We are looking for a law firm",
        "barbecue grills",
    ],
)
def test_rather_nothing_than_nonsense(snapshot: Snapshot, text: str) -> None:
    assert guess_industries(text, snapshot) == ()


def test_what_founders_plan_is_what_they_will_do(snapshot: Snapshot) -> None:
    assert guess_industries("카페를 열고 싶다", snapshot) == ()
    assert guess_industries("카페를 열고 싶다", snapshot, plans=True) == (NodeRef("Industry", "ksic11:56221"),)


@settings(max_examples=100)
@given(
    words=st.lists(st.sampled_from([*sorted(TRADES), "를", "을 만드는", "하고 싶다", ".", " ", "Ω", "ﬁ"]), max_size=6)
)
def test_any_text_gives_at_most_two_codes(snapshot: Snapshot, words: list[str]) -> None:
    found = guess_industries("".join(words), snapshot)
    assert len(found) == len(set(found)) <= 2
    assert all(len(ref.id.removeprefix("ksic11:")) == 5 for ref in found)
