"""Popularity among queries that share facts."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers import conditional_popularity
from recommender.scorers.conditional_popularity import ConditionalPopularity
from tests.recommender.scorers.small import ask, edges, taken

RNG = np.random.default_rng(0)
TYPES = {"User": {"type": ("a", "a", "b", "a", "")}}


def test_it_is_the_smoothed_chance_within_the_fact() -> None:
    """Of the two known askers of type a both took item 1; the prior of item 1 is 2/3, of item 3 it is 1/3."""
    known = taken([(0, 1), (1, 1), (2, 3)], columns=TYPES)
    scores = ConditionalPopularity(smoothing=1.0).fit(known, RNG).score(ask(known, [3]))
    idf = np.log1p(3 / 2)
    assert scores[0] == pytest.approx([0, idf * (2 + 2 / 3) / 3, 0, idf * (1 / 3) / 3], abs=1e-5)


def test_linked_nodes_are_facts() -> None:
    links = [edges(("User", "IN", "Field"), [(0, 0), (1, 0), (2, 1), (3, 1)])]
    known = taken([(0, 1), (1, 1), (2, 3)], links=links)
    scores = ConditionalPopularity(facts="links", smoothing=0.1).fit(known, RNG).score(ask(known, [3]))
    assert scores[0].argmax() == 3


def test_facts_two_links_away_count_when_asked_for() -> None:
    """Field 0 belongs to the group of field 1, so who is in field 0 is near who is in field 1."""
    links = [
        edges(("User", "IN", "Field"), [(0, 1), (1, 1), (2, 1), (4, 0)]),
        edges(("Field", "OF", "Group"), [(0, 0), (1, 0)]),
    ]
    known = taken([(0, 1), (1, 3), (2, 3), (3, 1), (3, 2)], links=links)
    near = ConditionalPopularity(smoothing=0.1, hops=2).fit(known, RNG).score(ask(known, [4]))
    assert near[0].argmax() == 3


def test_within_a_region_what_was_taken_there_of_late_counts() -> None:
    """The asker's kind took item 1; its region took item 2 long ago, and item 3 lately."""
    columns = {"User": {"kind": ("a", "a", "b", "b", "a"), "region": ("s", "s", "n", "n", "n")}}
    known = taken(
        [(0, 1), (1, 1), (2, 2), (3, 3)], ["2020-01-01", "2020-01-02", "2020-01-03", "2023-01-01"], columns=columns
    )
    by_region = ConditionalPopularity(smoothing=0.1, half_life=100.0, only="region")
    scores = by_region.fit(known, RNG).score(ask(known, [4]))[0]
    assert scores.argmax() == 3
    assert scores[2] > scores[1]
    assert ConditionalPopularity(smoothing=0.1, only="kind").fit(known, RNG).score(ask(known, [4]))[0].argmax() == 1


def test_a_query_without_facts_gets_plain_popularity() -> None:
    known = taken([(0, 1), (1, 1), (2, 3)], columns=TYPES)
    scores = ConditionalPopularity().fit(known, RNG).score(ask(known, [4]))
    assert np.argsort(-scores[0], kind="stable").tolist()[:2] == [1, 3]


def test_without_any_fact_or_pair_scores_are_finite() -> None:
    known = taken([])
    assert np.isfinite(ConditionalPopularity().fit(known, RNG).score(ask(known, [0, 1]))).all()


def test_the_rarest_facts_are_left_out_where_memory_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Field 0 has one asker and two pairs, field 1 two askers and two pairs, of which there is room for one field."""
    links = [edges(("User", "IN", "Field"), [(0, 0), (1, 1), (2, 1)])]
    known = taken([(0, 0), (0, 1), (1, 2), (2, 3)], links=links)
    assert ConditionalPopularity().fit(known, RNG).facts.shape[1] == 2
    monkeypatch.setattr(conditional_popularity, "_MOST_CELLS", 3)
    assert ConditionalPopularity().fit(known, RNG).facts.toarray().reshape(-1).tolist() == [0, 1, 1, 0, 0]
