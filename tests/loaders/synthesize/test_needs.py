"""Needs: Korean, varied yet few distinct, dated, about topics the registers use too."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pytest

from loaders.synthesize.city import City
from loaders.synthesize.needs import SPAN, Needs, raised_before
from loaders.synthesize.sampling import numbered
from loaders.synthesize.themes import THEME_INDEX, THEMES


def test_texts_are_korean_varied_and_few(tables: dict[str, pa.Table]) -> None:
    table = tables["Need"]
    pairs = set(zip(table["title"].to_pylist(), table["text"].to_pylist(), strict=True))
    assert 300 < len(pairs) <= 1_500
    assert all(re.search("[가-힣]", title) and re.search("[가-힣]", text) for title, text in pairs)
    assert not any("{" in title + text for title, text in pairs)


def test_dates_follow_founding(city: City) -> None:
    needs = city.players.needs
    assert (needs.day >= city.players.companies.founded[needs.company]).all()
    assert needs.day.min() >= city.until - SPAN
    assert needs.day.max() < city.until


def test_topics_are_the_registers_own_where_there_are_any(tables: dict[str, pa.Table]) -> None:
    topics = set(tables["Need__ABOUT__Topic"]["dst"].to_pylist())
    assert {"수출", "금융", "융자", "창업"} <= topics
    assert {topic for topic in topics if not topic.startswith("syn-t-")} == {"수출", "금융", "융자", "창업"}


def test_only_technical_needs_lie_in_a_field(city: City, tables: dict[str, pa.Table]) -> None:
    with_field = set(tables["Need__IN_FIELD__TechField"]["src"].to_pylist())
    kinds = dict(zip(tables["Need"]["id"].to_pylist(), tables["Need"]["kind"].to_pylist(), strict=True))
    assert {kinds[id_] for id_ in with_field} == {"technology"}
    assert len(with_field) == sum(kind == "technology" for kind in kinds.values())
    assert len(with_field) < len(city.players.needs)


def test_old_needs_fade_and_later_ones_do_not_count() -> None:
    """One need a half-life ago weighs one half, one on the day itself nothing."""
    theme = THEME_INDEX["export"]
    needs = Needs(
        numbered("n", 2), np.array([1, 1]), np.array([theme, theme]), np.zeros(2, np.int64), np.array([820, 1_000])
    )
    summed = raised_before(needs, 2, 1_000)
    assert summed[1, theme] == pytest.approx(0.5)
    assert summed.sum() == pytest.approx(0.5)


def test_every_theme_is_asked_for(city: City) -> None:
    assert (np.bincount(city.players.needs.theme, minlength=len(THEMES)) > 50).all()
