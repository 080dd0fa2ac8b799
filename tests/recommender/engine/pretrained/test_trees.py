"""Trees over canonical features."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from graph_schema.errors import ModelError
from recommender.engine.pretrained.canonical import COLUMNS, KINDS
from recommender.engine.pretrained.trees import (
    OF_A_SET,
    RankerConfig,
    ranked_table,
    ranker_of,
    ranker_scores,
    ranker_text,
    train_ranker,
    without_kinds,
)
from tests.recommender.engine.pretrained.small_lessons import lesson

QUICK = RankerConfig(rounds=10, kinds_dropped=0.0, feature_fraction=1.0)


def test_what_tells_sets_apart_is_not_read() -> None:
    table = ranked_table(lesson().pools)
    for name in (*OF_A_SET, "knn/share"):
        assert np.isnan(table[:, COLUMNS.index(name)]).all()
    assert not np.isnan(table[:, COLUMNS.index("knn/z")]).any()


def test_a_better_score_of_a_kind_never_lowers_the_outcome() -> None:
    model = train_ranker([[lesson(40)]], QUICK, 0)
    pools = lesson(1).pools
    better = pools.table.copy()
    better[:, COLUMNS.index("knn/z")] += 1.0
    assert (ranker_scores(model, replace(pools, table=better)) >= ranker_scores(model, pools)).all()


def test_trees_are_added_to_those_that_are_there() -> None:
    """The first ones stay as they are."""
    first = train_ranker([[lesson(40)]], QUICK, 0)
    more = train_ranker([[lesson(40, seed=1)]], QUICK, 0, first)
    assert (first.num_trees(), more.num_trees()) == (10, 20)
    table = ranked_table(lesson().pools)
    np.testing.assert_allclose(
        more.predict(table, raw_score=True, num_iteration=10), first.predict(table, raw_score=True)
    )


def test_trees_survive_being_written() -> None:
    model = train_ranker([[lesson(40)]], QUICK, 0)
    pools = lesson(seed=5).pools
    np.testing.assert_array_equal(ranker_scores(ranker_of(ranker_text(model)), pools), ranker_scores(model, pools))


def test_text_that_is_no_trees_is_refused() -> None:
    with pytest.raises(ModelError, match="install the package anew"):
        ranker_of("no trees")


def test_kinds_are_taken_from_whole_questions() -> None:
    pools = lesson(50).pools
    out = without_kinds(pools.table, pools.question, 0.5, np.random.default_rng(0))
    gone = np.isnan(out[:, : 4 * len(KINDS)]).reshape(50, 10, len(KINDS), 4)
    assert (gone.all(axis=(1, 3)) | ~gone.any(axis=(1, 3))).all()
    assert 0.3 < gone.mean() < 0.7
    assert not np.isnan(pools.table).any()
