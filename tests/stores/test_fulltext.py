"""The embedded store ranks what it finds: rare terms weigh more, and so do those of the caption."""

from __future__ import annotations

from stores.embedded import EmbeddedStore
from tests.stores.contract import COMPANY, companies


def test_the_rare_term_decides(embedded: EmbeddedStore) -> None:
    """Among companies that hold one of two terms each, the one with the rare term comes first."""
    names = ["금속 가", "금속 나", "금속 다", "로봇 라"]
    embedded.upsert_nodes(COMPANY, companies("a", "b", "c", "d", name=names))
    assert [hit.ref.id for hit in embedded.search("금속 로봇")] == ["d", "a", "b", "c"]


def test_a_match_in_the_name_comes_before_one_in_the_products(embedded: EmbeddedStore) -> None:
    embedded.upsert_nodes(COMPANY, companies("a", "b", name=["가나다", "금속"], products=["금속", "가나다"]))
    assert [hit.ref.id for hit in embedded.search("금속")] == ["b", "a"]
