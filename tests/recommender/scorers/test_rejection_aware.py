"""What was turned down stands lower for who turned it down, and for those like it."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.knowledge.known import NO_TIME, Known, Pairs, Retriever
from recommender.measure.arrays import Floats, Values
from recommender.scorers.attribute_factors import AttributeFactors
from recommender.scorers.popularity import Popularity
from recommender.scorers.rejection_aware import STRENGTH, with_rejections
from tests.recommender.scorers.small import ask, taken

TYPES = ("a", "a", "b", "", "b")
KNOWN = taken([(0, 0), (1, 0), (2, 0), (0, 1), (1, 1), (0, 2)], columns={"User": {"type": TYPES}})
PLAIN = Popularity().fit(KNOWN, np.random.default_rng(0))


def rejected(*rows: tuple[int, int]) -> Pairs:
    ends = np.array(rows, dtype=np.int64).reshape(-1, 2)
    time = np.full(len(rows), NO_TIME, dtype="datetime64[s]")
    return Pairs(ends[:, 0], ends[:, 1], time, np.ones(len(rows), np.float32))


def lost(*rows: tuple[int, int], query: int, known: Known = KNOWN) -> Values:
    """Return by how much each item falls for one who asks, in standard deviations."""
    asked = ask(known, [query])
    plain = Popularity().fit(known, np.random.default_rng(0))
    before, after = plain.score(asked)[0], with_rejections(plain, known, rejected(*rows)).score(asked)[0]
    return np.asarray((before - after) / before.std())


def test_the_asker_itself_loses_the_whole_strength_on_that_item_alone() -> None:
    assert lost((0, 1), query=0) == pytest.approx([0, STRENGTH, 0, 0], abs=1e-5)
    assert lost((3, 2), query=3) == pytest.approx([0, 0, STRENGTH, 0], abs=1e-5), "nothing is known of it"


def test_one_like_it_loses_by_the_square_of_the_likeness_and_others_nothing() -> None:
    """Users 0 and 1 are alike in all that is known; 2 and 4 are of another type, and of 3 nothing is known."""
    assert lost((0, 1), query=1) == pytest.approx([0, STRENGTH, 0, 0], abs=1e-4)
    for other in (2, 3, 4):
        assert lost((0, 1), query=other) == pytest.approx([0, 0, 0, 0], abs=1e-5)


@pytest.mark.parametrize(("asker", "fall"), [(1, STRENGTH * (2 / 3) ** 2), (2, 0.0)])
def test_likeness_counts_by_its_square_from_one_half(asker: int, fall: float) -> None:
    """Each column has the same say: user 1 shares two of three values with user 0, user 2 one."""
    columns = {
        "type": ("a", "a", "a", "b", "b"),
        "size": ("x", "x", "y", "y", "z"),
        "kind": ("k", "l", "m", "m", "k"),
    }
    known = taken([(0, 0), (1, 1)], columns={"User": columns})
    assert lost((0, 3), query=asker, known=known) == pytest.approx([0, 0, 0, fall], abs=1e-4)


def test_however_many_turned_it_down_no_more_than_the_strength_is_lost() -> None:
    assert lost((0, 1), (1, 1), query=0) == pytest.approx([0, STRENGTH, 0, 0], abs=1e-5)
    assert lost((0, 1), (0, 1), (0, 2), query=0) == pytest.approx([0, STRENGTH, STRENGTH, 0], abs=1e-5)


def test_nothing_turned_down_leaves_the_scorer_as_it_is() -> None:
    assert with_rejections(PLAIN, KNOWN, rejected()) is PLAIN


def test_a_guest_is_lowered_by_its_likeness_alone() -> None:
    """A guest has no number of its own: one in the first place is not user 0."""
    rows = KNOWN.rows_of("User")
    asked = ask(KNOWN, [0, 2])
    guests = type(asked)(asked.query, asked.given, asked.n_candidates, rows)
    scorer = with_rejections(PLAIN, KNOWN, rejected((3, 1)))
    found: Floats = PLAIN.score(guests) - scorer.score(guests)
    assert found == pytest.approx(np.zeros((2, 4)), abs=1e-5), "nothing is known of who turned it down"


def test_the_order_of_what_nobody_turned_down_stays() -> None:
    asked = ask(KNOWN, [0])
    before, after = PLAIN.score(asked)[0], with_rejections(PLAIN, KNOWN, rejected((0, 0))).score(asked)[0]
    assert np.argsort(-before[1:], kind="stable").tolist() == np.argsort(-after[1:], kind="stable").tolist()
    assert after.argmin() == 0


def test_where_all_scores_are_equal_what_was_turned_down_is_still_the_last() -> None:
    known = taken([(0, 0), (0, 1), (0, 2), (0, 3)], columns={"User": {"type": TYPES}})
    plain = Popularity().fit(known, np.random.default_rng(0))
    scores = with_rejections(plain, known, rejected((1, 2))).score(ask(known, [1]))[0]
    assert scores.argmin() == 2
    assert np.ptp(np.delete(scores, 2)) == 0


def test_retrieval_scores_are_the_scorers_own() -> None:
    factors = AttributeFactors(dimension=2, epochs=2).fit(KNOWN, np.random.default_rng(0))
    lowered = with_rejections(factors, KNOWN, rejected((0, 1)))
    assert isinstance(lowered, Retriever)
    assert np.array_equal(lowered.retrieval_scores(1), factors.retrieval_scores(1))
    plain = with_rejections(PLAIN, KNOWN, rejected((0, 1)))
    assert isinstance(plain, Retriever)
    assert plain.retrieval_scores(1) is None
