"""Canonical features: one form for every set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.pretrained.canonical import (
    CANDIDATE,
    COLUMNS,
    KINDS,
    CanonicalFeaturizer,
    candidate_features,
    joined_pools,
    kind_of,
    pool_z_scores,
    shares_of,
)
from recommender.engine.seeds import Seeding
from recommender.knowledge.known import Known
from tests.recommender.scorers.small import WORLDS, ask, edges, taken

START = np.array([0, 3, 5])
ROW = np.array([0, 0, 0, 1, 1])


def test_shares_are_of_the_best_of_the_question() -> None:
    """Where nothing is above 0 all shares are 0."""
    values = np.array([1.0, 4.0, -2.0, 0.0, 0.0], np.float32)
    np.testing.assert_allclose(shares_of(values, ROW, START), [0.25, 1.0, -0.5, 0.0, 0.0])


def test_z_scores_are_within_the_question() -> None:
    """Where all are alike they are 0."""
    values = np.array([1.0, 2.0, 3.0, 7.0, 7.0], np.float32)
    np.testing.assert_allclose(pool_z_scores(values, ROW, START), [-(1.5**0.5), 0.0, 1.5**0.5, 0.0, 0.0], rtol=1e-6)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("knn:target", "knn"),
        ("knn:A__B__C__in+profile", "knn+profile"),
        ("ease:target", "ease"),
        ("walk:0.4", "walk:near"),
        ("walk:0.15", "walk:far"),
        ("together:A__B__C__in:lead", "together:lead"),
        ("given:size", "given"),
        ("match:kind", "match"),
        ("match:asked-by", "match:asked-by"),
        ("text:near", "text:near"),
        ("cosine:recent", "cosine:recent"),
        ("knn-recent", "knn-recent"),
        ("content-knn-0", None),
    ],
)
def test_a_score_has_its_kind_whatever_a_set_calls_its_relations(source: str, kind: str | None) -> None:
    assert kind_of(source) == kind


@pytest.mark.parametrize("known", WORLDS.values(), ids=WORLDS)
def test_every_world_has_the_same_columns(known: Known) -> None:
    """Kinds that a world lacks are NaN, and only whole kinds."""
    pools = CanonicalFeaturizer(known).pools(ask(known, [4, 0], [(1, 0)]), 100)
    assert pools.table.shape == (len(pools.candidate), len(COLUMNS))
    assert pools.table.dtype == np.float32
    pairs = pools.table[:, : 2 * len(KINDS)].reshape(len(pools.table), len(KINDS), 2)
    absent = np.isnan(pairs)
    assert (absent.all(axis=(0, 2)) | ~absent.any(axis=(0, 2))).all()
    assert np.isfinite(pairs[~absent]).all()


def test_a_world_with_text_and_attributes_has_what_one_without_lacks() -> None:
    def there(name: str) -> set[str]:
        known = WORLDS[name]
        table = CanonicalFeaturizer(known).pools(ask(known, [0]), 100).table
        return {kind for at, kind in enumerate(KINDS) if not np.isnan(table[:, 2 * at]).any()}

    more = there("rich") - there("bare")
    assert {"text:near", "given", "match", "like:given", "content"} <= more
    assert {"knn", "ease", "cosine:sum", "walk:near", "knn-recent"} <= there("bare")


def test_several_scores_of_a_kind_give_their_mean() -> None:
    """Item 0 has never been taken, but its links match; two relations are two scores of one kind."""
    links = [edges(("Item", "IN", "Field"), [(0, 0), (1, 0)]), edges(("Item", "OF", "Group"), [(2, 0), (3, 0)])]
    known = taken([(0, 1), (1, 2)], links=links)
    pools = CanonicalFeaturizer(known).pools(ask(known, [4], [(0, 1)]), 100)
    row = {int(candidate): each for candidate, each in zip(pools.candidate, pools.table, strict=True)}
    mean = COLUMNS.index("match/share")
    assert (row[0][mean], row[2][mean]) == (0.5, 0.0)


def test_popularity_is_relative_and_ages_are_years() -> None:
    """Item 1 was taken twice, item 0 once, two years ago; item 3 never."""
    known = taken([(0, 0), (1, 1), (2, 1)], ["2020-01-01", "2021-01-01", "2021-12-31"])
    table = candidate_features(replace(known, start=np.datetime64("2022-01-01", "s")), 365.25 * 86_400)
    of = {name: table[:, at] for at, name in enumerate(CANDIDATE)}
    np.testing.assert_allclose(of["popularity-inf/share"], [0.5, 1.0, 0.0, 0.0])
    np.testing.assert_allclose(of["popularity-inf/rank"], [0.625, 0.875, 0.25, 0.25])
    np.testing.assert_allclose(of["first"][:2], np.log1p([731 / 365.25, 365 / 365.25]), rtol=1e-5)
    np.testing.assert_allclose(of["last"][1], np.log1p(1 / 365.25), rtol=1e-4)
    assert np.isnan(of["last"][3])
    np.testing.assert_array_equal(of["unseen"], [0, 0, 1, 1])


def test_what_is_given_is_not_in_the_pool() -> None:
    known = WORLDS["rich"]
    pools = CanonicalFeaturizer(known).pools(ask(known, [4, 0], [(0, 2)]), 100)
    assert 2 not in pools.candidate[: pools.start[1]]
    assert len(joined_pools([])) == 0


def test_sources_and_features_tell_apart_what_was_never_taken() -> None:
    """Item 3 was never taken; by its text it is like item 0, which the asker took."""
    known = taken([(0, 0), (1, 1), (2, 2), (1, 2)])
    vectors = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.9, 0.1, 0]], np.float32)
    known = replace(known, vectors={"Item": vectors})
    assert Seeding(known, 0.0).candidate_text is not None
    pools = CanonicalFeaturizer(known).pools(ask(known, [4], [(0, 0)]), 100)
    row = dict(zip(pools.candidate.tolist(), pools.table, strict=True))
    for kind in ("like:most", "like:given"):
        at = COLUMNS.index(f"{kind}/z")
        assert row[3][at] > max(row[1][at], row[2][at])
