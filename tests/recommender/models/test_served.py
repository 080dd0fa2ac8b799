"""What competes to serve a task suits its data, and its size."""

from __future__ import annotations

import pytest

from recommender.models import served
from recommender.models.served import SIMPLE, simple_rows
from recommender.scorers.registry import simple_contenders
from tests.recommender.scorers.small import WORLDS


def test_all_simple_scorers_compete_where_the_data_let_them() -> None:
    known = WORLDS["rich"]
    rows = simple_rows(known)
    assert tuple(rows) == SIMPLE
    assert rows["simple-blend"] == simple_contenders(known)["simple-blend"], "as many settings as experiments try"


def test_the_blend_does_not_compete_over_more_candidates_than_its_linear_model_is_quick_with(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = WORLDS["rich"]
    candidates = int(known.is_candidate.sum())
    for most, competes in ((candidates, True), (candidates - 1, False)):
        monkeypatch.setattr(served, "MOST_BLENDED", most)
        assert ("simple-blend" in simple_rows(known)) is competes
