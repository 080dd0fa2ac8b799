"""Words are parted where the script changes, so that Lucene's ``cjk`` analyzer cuts them as queries are cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.catalog import node_type
from stores.search_text import in_text, lucene_query, search_terms, search_text, search_texts
from tests.stores.contract import companies


@pytest.mark.parametrize(
    ("values", "text"),
    [
        (["KDB산업은행"], "kdb 산업은행"),
        (["3D센서를 이용한 G-PASS"], "3 d 센서를 이용한 g pass"),
        (["ＡＩ㈜ 두레"], "ai 주 두레"),
        (["IT업종"], "it_ 업종"),
        (["α형 大韓민국"], "α 형 大韓민국"),
        (["두레정밀", "금속 가공"], "두레정밀\n금속 가공"),
        (["두레정밀", None], "두레정밀"),
        ([None, "금속"], "\n금속"),
        ([12, None], ""),
    ],
)
def test_the_text_of_a_node_has_its_caption_first(values: list[object], text: str) -> None:
    """NFKC, without case, one line for each property; a word that Lucene drops keeps an underscore."""
    assert search_text(values) == text


def test_the_texts_of_a_batch_leave_personal_values_out() -> None:
    rows = companies("a", "b", name=["두레정밀", "DMC"], address=["비밀골로 1", None], products=[None, "3D센서"])
    assert search_texts(node_type("Company"), rows).to_pylist() == ["두레정밀", "dmc\n3 d 센서"]


@given(st.lists(st.none() | st.text(st.characters(exclude_categories=["Cs"])), max_size=5))
def test_the_texts_of_a_batch_are_those_of_its_rows(products: list[str | None]) -> None:
    """Whatever is beside them: accents, final letters and the character that parts them among it."""
    names = ["Σ", *(f"{text}Σ" for text in products)]
    rows = companies(*map(str, range(len(names))), name=names, products=["\u0301", *products])
    expected = [search_text(values) for values in zip(names, ["\u0301", *products], strict=True)]
    assert search_texts(node_type("Company"), rows).to_pylist() == expected


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("정밀금속", ["정밀", "밀금", "금속"]),
        ("금속 금속", ["금속"]),
        ("빛", ["빛"]),
        ("2026년", ["2026"]),
        ("AI기반 3D프린터", ["ai", "기반", "3 d", "프린", "린터"]),
        ("ＡＩ", ["ai"]),
        ("IT", ["it_"]),
        ("a_b-c", ["a_", "b", "c"]),
        (" !?*", []),
    ],
)
def test_a_query_is_cut_into_pairs_and_words(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


def test_a_long_query_is_cut_off() -> None:
    assert len(search_terms("".join(chr(0xAC00 + i) for i in range(200)))) == 32


@pytest.mark.parametrize(
    ("term", "contained", "query"),
    [("kdb", " kdb ", '"kdb"'), ("3 d", " 3 d ", '"3 d"'), ("산업", "산업", '"산업"'), ("빛", "빛", "빛* *빛")],
)
def test_both_stores_ask_for_a_term_in_their_own_way(term: str, contained: str, query: str) -> None:
    """A pair or a single syllable anywhere in a word, all else as a whole word."""
    assert in_text(term) == contained
    assert lucene_query([term]) == query
