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


def _is_part(part: str, whole: str) -> bool:
    return len(part) >= 3 and not part.isascii() and whole.startswith(part)


@given(one=_TEXTS, other=_TEXTS)
def test_words_are_shared_that_equal_or_begin_each_other(one: str, other: str) -> None:
    words = DistinctiveWords(_CAPTIONS)
    pairs = ((a, b) for a in Stems.of(one).whole for b in Stems.of(other).whole)
    begun = {min(a, b, key=len) for a, b in pairs if a == b or _is_part(a, b) or _is_part(b, a)}
    assert set(words.shared(Stems.of(one), Stems.of(other))) == begun
    places = DistinctiveWords(_CAPTIONS, {"led"})
    assert set(places.shared(Stems.of(one), Stems.of(other))) == begun - {"led"}
