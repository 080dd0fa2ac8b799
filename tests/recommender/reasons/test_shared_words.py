"""Words that two texts share, of texts that are read once for many pairs."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_schema.model import NodeRef
from recommender.knowledge.profile import Profile
from recommender.reasons.shared_words import DistinctiveWords, Stems
from recommender.reasons.similarity import Likeness
from recommender.snapshot.dated_facts import DatedFacts
from tests.recommender.small_graph import goyang

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


@pytest.mark.parametrize(
    ("wish", "title", "said"),
    [
        ("스마트공장구축 상담이 필요하다", "스마트공장 구축", "‘스마트공장’"),
        ("온라인판매 상담이 필요하다", "온라인판매와 온라인 판로", "‘온라인판매’"),
        ("AI 학습이 필요하다", "초거대 AI 학습 바우처", "‘AI’, ‘학습’"),
        ("iot 센서가 필요하다", "IoT 센서 개발", "‘IoT’, ‘센서’"),
    ],
)
def test_words_are_told_as_the_result_writes_them_and_none_twice(wish: str, title: str, said: str) -> None:
    graph = goyang()
    graph.node("Program", "P", title=title)
    alike = Likeness(DatedFacts(graph.snapshot()), date(2026, 3, 2), DistinctiveWords())
    reason = alike.reason(Profile(wish), NodeRef("Program", "P"))
    assert reason.ko == f"요청과 맞는 점: 같은 낱말 {said}."
