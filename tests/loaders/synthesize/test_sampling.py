"""Quotas are exact, choices respect what is forbidden, streams are independent and repeatable."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.synthesize.sampling import draw, gumbel, numbered, quota, stream, subsets, top_choices, top_share


def test_quota_by_largest_remainder() -> None:
    """7 in thirds and a half: exact 2, 2, 3 after rounding 1.75, 1.75, 3.5 by hand."""
    assert quota([1, 1, 2], 7).tolist() == [2, 2, 3]


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=20), st.integers(0, 10_000))
def test_quota_adds_up_and_is_never_off_by_one_or_more(shares: list[float], total: int) -> None:
    counts = quota(shares, total)
    exact = np.array(shares) / sum(shares) * total
    assert counts.sum() == total
    assert (np.abs(counts - exact) < 1 + 1e-6).all()


@pytest.mark.parametrize(("count", "share"), [(20_000, 0.9447), (37, 0.5), (10, 0.0), (10, 1.0)])
def test_top_share_marks_exactly_the_share(count: int, share: float) -> None:
    scores = stream(1, "scores").random(count)
    marked = top_share(scores, share)
    assert marked.sum() == round(share * count)
    if 0 < marked.sum() < count:
        assert scores[marked].min() > scores[~marked].max()


def test_top_choices_take_the_best_allowed() -> None:
    scores = np.array([[1, 3, 2], [-np.inf, 5, -np.inf], [0, 0, 9]], np.float32)
    rows, columns = top_choices(scores, np.array([2, 2, 0]))
    assert list(zip(rows.tolist(), columns.tolist(), strict=True)) == [(0, 1), (0, 2), (1, 1)]


def test_top_choices_of_nobody_are_empty() -> None:
    rows, columns = top_choices(np.zeros((2, 3), np.float32), np.zeros(2, np.int64))
    assert len(rows) == len(columns) == 0


def test_draw_follows_the_softmax() -> None:
    """Odds of 3 to 1 give three quarters, within four standard errors of 40,000 draws."""
    scores = np.tile(np.array([np.log(3), 0], np.float32), (40_000, 1))
    assert (draw(stream(3, "draw"), scores) == 0).mean() == pytest.approx(0.75, abs=0.009)


def test_gumbel_is_finite() -> None:
    assert np.isfinite(gumbel(stream(2, "gumbel"), 1_000, 100)).all()


def test_streams_repeat_and_differ_by_name_and_seed() -> None:
    first = stream(7, "a").random(3)
    assert (first == stream(7, "a").random(3)).all()
    assert (first != stream(7, "b").random(3)).all()
    assert (first != stream(8, "a").random(3)).all()


def test_numbered_ids_keep_their_width() -> None:
    assert numbered("syn-c-", 2).tolist() == ["syn-c-000000", "syn-c-000001"]


def test_subsets_list_the_marked_words() -> None:
    member = np.array([[True, True], [False, False], [False, True]])
    assert subsets(member, np.array(["가", "나"], np.object_)).to_pylist() == [["가", "나"], [], ["나"]]
