"""Queries are cut as Lucene's ``cjk`` analyzer cuts them, and rare terms weigh more."""

from __future__ import annotations

import pytest

from stores.embedded import EmbeddedStore
from stores.fulltext import search_terms
from tests.stores.contract import COMPANY, companies


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("정밀금속", ["정밀", "밀금", "금속"]),
        ("금속 금속", ["금속"]),
        ("빛", ["빛"]),
        ("AI기반 3D프린터", ["ai", "기반", "3d", "프린", "린터"]),
        ("ＡＩ", ["ai"]),
        ("a_b-c", ["a", "b", "c"]),
        (" !?*", []),
    ],
)
def test_a_query_is_cut_into_pairs_and_words(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


def test_a_long_query_is_cut_off() -> None:
    assert len(search_terms("".join(chr(0xAC00 + i) for i in range(200)))) == 32


def test_the_rare_term_decides(embedded: EmbeddedStore) -> None:
    """Among companies that hold one of two terms each, the one with the rare term comes first."""
    names = ["금속 가", "금속 나", "금속 다", "로봇 라"]
    embedded.upsert_nodes(COMPANY, companies("a", "b", "c", "d", name=names))
    assert [hit.ref.id for hit in embedded.search("금속 로봇")] == ["d", "a", "b", "c"]


def test_a_match_in_the_name_comes_before_one_in_the_products(embedded: EmbeddedStore) -> None:
    embedded.upsert_nodes(COMPANY, companies("a", "b", name=["가나다", "금속"], products=["금속", "가나다"]))
    assert [hit.ref.id for hit in embedded.search("금속")] == ["b", "a"]
