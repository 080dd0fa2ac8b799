"""Words that two texts share, of texts that are read once for many pairs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recommender.reasons.shared_words import DistinctiveWords, Stems

_TEXTS = st.lists(
    st.sampled_from(
        ["온라인", "온라인판매", "판매", "자동차부품은", "자동차", "부품을", "지원", "3D", "led", "LEDs", "수출바우처"]
    )
).map(" ".join)
_CAPTIONS = ("온라인판매 지원", "온라인 판로", "자동차부품 개발", "수출바우처", *("수출 상담",) * 20)


@given(one=_TEXTS, other=_TEXTS)
def test_stems_read_before_share_the_same_words(one: str, other: str) -> None:
    words = DistinctiveWords(_CAPTIONS, {"led"})
    assert words.among(Stems.of(one), Stems.of(other)) == words.shared(one, other)
