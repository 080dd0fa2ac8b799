"""Kinds of askers are led to kinds of candidates, newcomers and new candidates too, along trees of codes."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from recommender.knowledge.known import Estimator, Known
from recommender.knowledge.unseen import as_guests
from recommender.scorers.attribute_factors import AttributeFactors, Attributes
from tests.recommender.contracts.estimators import EstimatorContract
from tests.recommender.scorers.small import FIELDS, ask, edges, one_item, taken

QUICK = AttributeFactors(dimension=4, epochs=60, reg=0.0)


class TestAttributeFactors(EstimatorContract):
    """It keeps to the contract of estimators."""

    @pytest.fixture
    def estimator(self) -> Estimator:
        return AttributeFactors(dimension=2, epochs=2)


def fitted(known: Known) -> np.ndarray:
    return QUICK.fit(known, np.random.default_rng(0)).score(ask(known, range(len(known.queries))))


def test_a_newcomer_gets_what_its_kind_took() -> None:
    known = taken([(0, 0), (1, 0), (2, 1), (3, 1)], columns={"User": {"kind": list("aabbb")}})
    scores = fitted(known)
    assert scores[:2].argmax(axis=1).tolist() == [0, 0]
    assert scores[4].argmax() == 1
    assert scores[4, 1] > 2 * scores[4, 0]


def test_numbers_and_days_count_by_their_range() -> None:
    columns = {"User": {"staff": ["1", "1", "9", "9", ""], "since": ["2020-01-01"] * 2 + ["2021-01-01"] * 3}}
    scores = fitted(taken([(0, 0), (1, 0), (2, 1), (3, 1)], columns=columns))
    assert scores[4].argmax() == 1


def test_numbers_count_as_they_are_beside_their_range() -> None:
    """By logarithm, about the mean of the label; 0 where unknown, and never more than four deviations away."""
    known = taken([(0, 0)], columns={"User": {"staff": ["0", "9", "99", "", "-9"]}})
    measured = Attributes(known, "User").of_all().toarray()[:, -1]
    logs = np.log1p([0.0, 9.0, 99.0, 9.0]) * [1, 1, 1, -1]
    expected = (logs - logs.mean()) / logs.std()
    assert measured == pytest.approx([*expected[:3], 0.0, expected[3]], abs=1e-5)


def test_each_level_of_a_tree_counts_in_full() -> None:
    tree = edges(("Field", "PART_OF", "Field"), [(0, 1)])
    known = taken([(0, 0)], links=[edges(("User", "IN", "Field"), [(0, 0), (1, 0), (1, 1)]), tree])
    described = Attributes(known, "User").of_all().toarray()[:, 1:3]
    assert described.tolist() == [[1, 1], [0.5, 1], [0, 0], [0, 0], [0, 0]]


def test_a_candidate_that_nobody_took_gets_what_its_kind_gets() -> None:
    columns = {"User": {"kind": list("aabba")}, "Item": {"sort": list("xyxy")}}
    scores = fitted(taken([(0, 0), (1, 0), (2, 1), (3, 1)], columns=columns))
    assert scores[4, 2] > scores[4, 3]
    assert scores[2, 3] > scores[2, 2]


def test_a_code_shares_what_stands_above_it() -> None:
    """Who is in a wider field gets what those in a field within it took."""
    tree = edges(("Field", "PART_OF", "Field"), [(0, 1)])
    links = [edges(("User", "IN", "Field"), [(0, 0), (1, 0), (4, 1)]), tree]
    known = taken([(0, 0), (1, 0), (2, 1), (3, 1)], links=links)
    assert fitted(known)[4].argmax() == 0
    described = Attributes(known, "User").of_all().toarray()
    assert described[4] @ described[0] > described[4] @ described[2]


def test_a_guest_is_described_as_a_node_is() -> None:
    known = taken([(0, 0), (2, 1)], columns={"User": {"kind": list("aabba"), "staff": list("12345")}})
    guests = as_guests(known, np.array([1, 3]))
    attributes = Attributes(known, "User")
    assert (attributes.of(guests) != attributes.of_all()[[1, 3]]).nnz == 0


def test_what_is_not_ranked_teaches_and_takes_no_room() -> None:
    """Its pairs say of who took it, and however popular it is, those that are ranked are told apart."""
    pairs = [(user, 3) for user in range(5)] + [(0, 0), (1, 0), (2, 1)]
    known = taken(pairs, columns={"User": {"kind": list("aabba")}})
    known = replace(known, is_candidate=np.array([True, True, True, False]))
    scores = fitted(known)
    assert scores[:, :3].max(axis=1) == pytest.approx(np.ones(5))
    assert scores[4, :3].argmax() == 0


def test_one_candidate_is_ranked() -> None:
    known = one_item()
    assert QUICK.fit(known, np.random.default_rng(0)).score(ask(known, [2])).tolist() == [[1.0]]


def test_one_candidate_for_all_askers_is_retrieved_by_its_logits_and_by_their_place_in_each_list() -> None:
    """As from all logits, though only the mean and the covariance of the factors are looked at."""
    known = taken([(0, 0), (1, 0), (2, 1), (3, 1), (1, 2)], columns={"User": {"kind": list("aabbb")}})
    scorer = QUICK.fit(known, np.random.default_rng(0))
    logits = scorer.states @ scorer.factors.T + scorer.trained["bias"]
    own = (logits - logits.mean(axis=1, keepdims=True)) / logits.std(axis=1, keepdims=True)
    for item in range(4):
        over_askers = [(each - each.mean()) / each.std() for each in (logits[:, item], own[:, item])]
        assert scorer.retrieval_scores(item) == pytest.approx(np.mean(over_askers, axis=0), abs=1e-4)


def test_an_attribute_of_nobody_who_took_anything_weighs_nothing() -> None:
    """What chance would have drawn for it is no reason to recommend anything."""
    known = taken([(0, 0), (1, 0), (2, 1)], columns={"User": {"kind": list("aabcc")}})
    scorer = QUICK.fit(known, np.random.default_rng(0))
    of_everybody, a, b, c = scorer.trained["asker"]
    assert (c == 0).all()
    assert (np.abs([of_everybody, a, b]).max(axis=1) > 0).all()
    assert scorer.score(ask(known, [4]))[0].argmax() == 0


def test_a_pull_beyond_all_measure_leaves_popularity() -> None:
    columns = {"User": {"kind": list("aabbb")}}
    known = taken([(0, 0), (1, 0), (2, 1), (3, 1), (4, 1)], columns=columns)
    pulled = replace(QUICK, reg=1e9).fit(known, np.random.default_rng(0)).score(ask(known, range(5)))
    assert pulled.argmax(axis=1).tolist() == [1] * 5
    assert pulled == pytest.approx(np.tile(pulled[0], (5, 1)), abs=0.1)


def test_a_relation_back_to_nodes_of_one_alone_is_no_attribute() -> None:
    """Which groups are of a field says no more than which field it is; those of several fields do."""
    of_one, of_two = [(0, 0)], [(0, 0), (0, 1)]
    for groups, fields in ((of_one, 1 + FIELDS), (of_two, 1 + FIELDS + 1)):
        links = [edges(("User", "IN", "Field"), [(0, 0), (1, 1)]), edges(("Group", "OF", "Field"), groups)]
        assert Attributes(taken([(0, 0)], links=links), "User").of_all().shape[1] == fields


def test_training_needs_no_torch() -> None:
    """It is trained anew where a server leaves a relation out to explain what it does."""
    script = "import sys, recommender.engine.seasonal; assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", script], check=True)
