"""The industry of a company is guessed from everyday words, or not at all."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from loaders.samples import FOLDER
from recommender.serve import trades
from recommender.serve.industry_guess import guess_industries
from recommender.serve.trades import ENGLISH_GOODS, ENGLISH_TRADES, GOODS, TRADES
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.small_graph import SmallGraph

TABLES = Path(trades.__file__).parent / "trade_tables"


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    """Every code of KSIC 11, and one of an older revision that shares a name with it."""
    graph = SmallGraph()
    with (FOLDER / "ksic11_tree.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            graph.node("Industry", f"ksic11:{row['code']}", name=row["name"], code=row["code"], revision=11)
    graph.node("Industry", "ksic10:56191", name="제과점업", code="56191", revision=10)
    return graph.snapshot()


def _lines(kind: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for path in sorted(TABLES.glob(f"{kind}_*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += csv.DictReader(file, delimiter="\t", restval="")
    return found


def test_every_trade_is_a_five_digit_code_and_name_of_ksic_11(snapshot: Snapshot) -> None:
    table = snapshot.nodes("Industry").to_pylist()
    names = {row["code"]: row["name"] for row in table if row["revision"] == 11 and len(row["code"]) == 5}
    assert [row["code"] for row in _lines("names") if names.get(row["code"]) != row["name"]] == []
    assert {trade.code for trade in (*TRADES.values(), *ENGLISH_TRADES.values())} <= {*names}
    assert {code for goods in (*GOODS.values(), *ENGLISH_GOODS.values()) for code in goods.values()} <= {*names}


SECTIONS = {
    "make": ("01", "03", "1", "2", "30", "31", "32", "33", "56", "58", "59", "62", "63", "7330"),
    "factory": ("1", "58", "62", "63", "59"),
    "process": ("10", "11", "15", "16", "2", "30"),
    "wholesale": ("45", "46"),
    "retail": ("45", "47", "46791"),
    "grow": ("01", "032", "07"),
    "sea": ("032",),
    "catch": ("031",),
    "rent": ("76", "42600"),
    "repair": ("34", "95", "29293", "31113", "42203"),
    "install": ("42", "33910"),
    "eat": ("56",),
    "dish": ("56", "10601", "474", "47223"),
}
"""Divisions of KSIC 11 in which what is done with goods may lie."""


def test_what_is_done_with_goods_lies_in_its_divisions() -> None:
    wrong = [
        (word, kind, code)
        for words in (GOODS, ENGLISH_GOODS)
        for word, codes in words.items()
        for kind, code in codes.items()
        if kind in SECTIONS and not code.startswith(SECTIONS[kind])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", ["korean", "english"])
def test_no_word_stands_in_two_lines_with_two_meanings(language: str) -> None:
    names = Counter(word.lstrip("~?").lower() for row in _lines("names") for word in _words(row[language], language))
    assert [word for word, times in names.items() if times > 1] == []
    meant: dict[tuple[str, str], set[str]] = {}
    for row in _lines("goods"):
        for word in _words(row[language], language):
            for kind, _, code in (each.partition(":") for each in row["activities"].split()):
                meant.setdefault((word.lower(), kind), set()).add(code)
    assert {each: codes for each, codes in meant.items() if len(codes) > 1} == {}


def _words(cell: str, language: str) -> list[str]:
    return cell.split() if language == "korean" else [word for word in cell.split(", ") if word]


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
        ("We make software for a dental clinic", "58222"),
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
        "We want to open a cafe",
        "We are looking for a law firm",
        "barbecue grills",
    ],
)
def test_rather_nothing_than_nonsense(snapshot: Snapshot, text: str) -> None:
    assert guess_industries(text, snapshot) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # a dish, and where it is eaten
        ("마포에서 막창집 하고 있습니다", "56113"),
        ("순두부찌개 전문점 운영해요", "56111"),
        ("흑돼지 식당", "56113"),
        ("꼼장어 장사 20년", "56114"),
        ("혼자 텐동집 하는 사장입니다", "56122"),
        ("안산에서 베트남 음식점을 차렸어요", "56129"),
        ("I run a Thai restaurant", "56129"),
        # goods that are made, worked on or bred
        ("바이올린 만드는 공방", "33209"),
        ("선글라스 제조", "27195"),
        ("우리는 볼트를 직접 깎아요", "25941"),
        ("PCB 검사장비를 만드는 법인", "27213"),
        ("가죽 가공하는 공장이에요", "15110"),
        ("원두 볶아서 카페에 납품해요", "10891"),
        ("오리 2천 마리 키웁니다", "01239"),
        ("전복을 양식하는 어가", "03211"),
        ("광천 김 굽는 공장", "10220"),
        ("업종: 고등어 가공", "10219"),
        ("국수 뽑는 공장", "10820"),
        ("비닐하우스에서 상추 키워요", "01151"),
        ("battery pack manufacturer", "28202"),
        ("승강기 부품 제조", "29162"),
        ("지역 신문사", "58121"),
        ("handmade leather bags", "15121"),
        # goods that are traded
        ("의료기기를 수입해서 병원에 납품합니다", "46592"),
        ("식당에 식자재를 납품하는 유통업체", "46329"),
        ("이불 가게", "47421"),
        ("인터넷으로 신발 팝니다", "47912"),
        ("We export cosmetics", "46443"),
        # goods that are repaired, lent and put in
        ("구두 수선", "95392"),
        ("웨딩드레스 대여", "76292"),
        ("욕실 타일 시공", "42491"),
        ("포크레인 기사입니다", "42600"),
        # the longer word is the trade
        ("떡방앗간을 해요", "10601"),
        ("화물운송 주선업", "52992"),
        ("드론 방제 하는 업체", "01411"),
        ("김치 담가서 택배로 보내요", "10301"),
        # the last noun is the trade
        ("식당 간판 제작합니다", "33910"),
        ("카페 의자 만드는 공방입니다", "32029"),
        ("식당이랑 사무실 청소를 해주는 업체입니다", "74211"),
        ("I am the owner of a small hair salon", "96112"),
        ("충주에서 선박 부품을 만드는 협력업체입니다", "31114"),
    ],
)
def test_what_is_done_with_goods_tells_the_trade(snapshot: Snapshot, text: str, code: str) -> None:
    assert guess_industries(text, snapshot) == (NodeRef("Industry", f"ksic11:{code}"),)


def test_who_sells_to_both_does_both(snapshot: Snapshot) -> None:
    assert guess_industries("조명 도소매를 합니다", snapshot) == tuple(
        NodeRef("Industry", f"ksic11:{code}") for code in ("46432", "47591")
    )


@pytest.mark.parametrize(
    "text",
    [
        "카페거리 근처에 삽니다",
        "공장을 양산으로 옮겼어요",
        "매장 인테리어 비용이 걱정입니다",
        "홍보 영상 제작 지원을 받고 싶어요",
        "상품 사진 촬영 스튜디오가 필요합니다",
        "홍보 영상 제작 서비스를 찾습니다",
        "영상 제작을 배우고 있어요",
        "온라인 판매를 배우고 싶어요",
        "세무사 사무실에 기장을 맡깁니다",
        "저희 직원이 카페에서 다쳤어요",
        "건물 1층에 약국이 있는 건물입니다",
        "건물 임대료가 비싸요",
        "학원 강사로 일하다 나왔어요",
        "치킨집 사장님들이 주 고객입니다",
        "예전에 치킨집을 하다가 접었어요",
        "택배 상자가 비쌉니다",
        "사과드립니다",
        "제주도 자기 집에서 일합니다",
        "Our customers are bakeries",
        "I used to run a cafe",
    ],
)
def test_needs_places_and_former_jobs_are_no_trade(snapshot: Snapshot, text: str) -> None:
    assert guess_industries(text, snapshot) == ()


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("부동산 임대업", "6811"),
        ("업태: 부동산업 종목: 부동산 임대업", "6811"),
        ("작물 재배업을 합니다", "011"),
        ("제과점업이 아니라 부동산 임대업입니다", "6811"),
    ],
)
def test_a_group_of_trades_counts_where_no_trade_of_it_is_named(snapshot: Snapshot, text: str, group: str) -> None:
    assert guess_industries(text, snapshot) == (NodeRef("Industry", f"ksic11:{group}"),)


@pytest.mark.parametrize(
    "text",
    [
        "우리 거래처는 부동산 임대업입니다",
        "부동산 임대업을 시작하고 싶습니다",
        "거래처가 치과의원입니다",
        "제과점업은 아닙니다",
        "부동산업",
    ],
)
def test_the_name_of_another_s_industry_is_not_the_asker_s(snapshot: Snapshot, text: str) -> None:
    assert guess_industries(text, snapshot) == ()


def test_what_founders_plan_is_what_they_will_do(snapshot: Snapshot) -> None:
    assert guess_industries("카페를 열고 싶다", snapshot) == ()
    assert guess_industries("카페를 열고 싶다", snapshot, plans=True) == (NodeRef("Industry", "ksic11:56221"),)


AROUND = ["를", "을 만드는", " 도소매", " 팔아요", "하고 싶다", ".", " ", "Ω", "ﬁ"]


@settings(max_examples=100)
@given(words=st.lists(st.sampled_from([*sorted(TRADES), *sorted(GOODS), *AROUND]), max_size=6))
def test_any_text_gives_at_most_two_codes(snapshot: Snapshot, words: list[str]) -> None:
    found = guess_industries("".join(words), snapshot)
    assert len(found) == len(set(found)) <= 2
    assert all(len(ref.id.removeprefix("ksic11:")) == 5 for ref in found)
