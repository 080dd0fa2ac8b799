"""Neighbours by facts and text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.scorers.content import centred, content_of
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from tests.recommender.scorers.small import ask, edges, taken

RNG = np.random.default_rng(0)
PAIRS = [(0, 0), (1, 1), (2, 2)]


def test_the_nearest_past_queries_by_text_lend_what_they_took() -> None:
    """About their mean the texts of users 0 and 4 point one way, those of 1 and 3 another."""
    texts = np.array([[1, 0], [0, 1], [0.5, 0.5], [0.1, 0.9], [0.9, 0.1]], dtype=np.float32)
    known = replace(taken(PAIRS), vectors={"User": texts})
    scores = ContentKnn(k=1).fit(known, RNG).score(ask(known, [4, 3]))
    assert scores.argmax(axis=1).tolist() == [0, 1]


def test_nearer_ones_weigh_more_by_the_temperature() -> None:
    columns = {"User": {"type": ("a", "a", "b", "b", "a"), "size": ("s", "t", "t", "s", "s")}}
    known = taken([(0, 0), (1, 1)], columns=columns)
    scores = ContentKnn(k=2, temperature=0.5).fit(known, RNG).score(ask(known, [4]))[0]
    cosine = content_of(known, "User", text_share=0.0).nodes.facts.toarray()
    assert scores[1] / scores[0] == pytest.approx(np.exp((cosine[4] @ cosine[1] - 1) / 0.5), abs=2e-3)


def test_what_neighbours_took_long_ago_counts_less_by_its_half_life() -> None:
    """Users 0 and 1 are alike; what 1 took a hundred days before the newest pair counts a quarter."""
    columns = {"User": {"type": ("a", "a", "a", "b", "a")}}
    known = taken([(0, 0), (1, 1)], ["2020-04-10", "2020-01-01"], columns=columns)
    plain, aged = (ContentKnn(half_life=each).fit(known, RNG).score(ask(known, [4]))[0] for each in (None, 50.0))
    assert plain[1] / plain[0] == pytest.approx(1.0, abs=2e-3)
    assert aged[1] / aged[0] == pytest.approx(0.25, abs=2e-3)


def test_who_asks_is_no_neighbour_of_his_own() -> None:
    columns = {"User": {"type": ("a", "a", "b", "b", "a")}}
    known = taken(PAIRS, columns=columns)
    assert ContentKnn(k=1).fit(known, RNG).score(ask(known, [0]))[0].argmax() == 1


def test_candidates_like_those_given_are_found_by_their_links() -> None:
    links = [edges(("Item", "IN", "Field"), [(0, 0), (3, 0), (1, 1)])]
    known = taken(PAIRS, links=links)
    scores = ContentMatch().fit(known, RNG).score(ask(known, [4], [(0, 0)]))[0]
    assert scores[[0, 3]].min() > 0.9
    assert scores[[1, 2]].max() < 0.1


def test_a_query_is_compared_with_candidates_by_text() -> None:
    vectors = {"User": np.eye(5, 4, dtype=np.float32), "Item": np.eye(4, dtype=np.float32)}
    known = replace(taken(PAIRS), vectors=vectors)
    assert ContentMatch().fit(known, RNG).score(ask(known, [3]))[0].argmax() == 3


def test_centring_leaves_rows_without_text_alone() -> None:
    vectors = np.array([[1, 1], [0, 0], [1, 0]], dtype=np.float32)
    assert centred(vectors).dense() == pytest.approx(np.array([[0, 1], [0, 0], [0, -1]]))
