"""Each score by hand, on two users who took some of four items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from recommender.engine import sources
from recommender.engine.baskets import basket_families
from recommender.engine.seeds import Seeding
from recommender.engine.sources import (
    Affinity,
    AttributeMatch,
    BasketSource,
    CandidateSource,
    EaseSource,
    PastTexts,
    ScorerSource,
    TextLikeness,
    Together,
    ValueSource,
    Walk,
    make_sources,
    popularity,
)
from recommender.knowledge.known import Known, Questions
from recommender.measure.arrays import Floats
from recommender.scorers.facts import products
from tests.recommender.bench.models import PopularScorer
from tests.recommender.engine.small_engine import ROWS, two_baskets
from tests.recommender.scorers.small import ask, edges, partners, taken

DAY = 86_400.0
HALF = 2**-0.5


def scores_of(source: CandidateSource, known: Known, questions: Questions) -> dict[str, Floats]:
    return dict(source.scores(Seeding(known, 0.0)(questions), questions))


def asks_item_1(known: Known) -> Questions:
    """User 4, of kind b, comes with item 1."""
    return ask(known, [4], [(0, 1)])


def test_basket_knn_sums_powers_of_likeness() -> None:
    known = taken(ROWS)
    scores = scores_of(BasketSource(basket_families(known)[0]), known, asks_item_1(known))
    first, second = 0.5**1.5, (HALF / 3**0.5) ** 1.5
    assert list(scores) == ["knn:target"]
    assert scores["knn:target"][0] == pytest.approx([first, first + second, second, second])


def test_basket_knn_lifts_baskets_of_the_same_kind() -> None:
    known = two_baskets()
    scores = scores_of(BasketSource(basket_families(known)[0]), known, asks_item_1(known))
    first, second = 0.5**1.5, 6 * (HALF / 3**0.5) ** 1.5
    assert scores["knn:target+profile"][0] == pytest.approx([first, first + second, second, second])


def test_conditional_popularity_is_the_smoothed_share_among_those_of_a_kind() -> None:
    known = two_baskets()
    source = ValueSource(known, Seeding(known, 0.0).query_blocks, 0, np.ones(5, np.float32))
    assert scores_of(source, known, asks_item_1(known))["given:kind"][0] == pytest.approx([0, 1 / 8, 1 / 8, 1 / 8])
    assert scores_of(source, known, ask(known, [2]))["given:kind"][0] == pytest.approx([1 / 7, 1 / 7, 0, 0])


def test_attribute_match_is_the_mean_cosine_with_what_is_given() -> None:
    known = two_baskets()
    (block,) = Seeding(known, 0.0).candidate_blocks
    scores = scores_of(AttributeMatch(block), known, ask(known, [4, 3, 2], [(0, 1), (1, 1), (1, 2)]))["match:kind"]
    assert scores.tolist() == [[1, 1, 0, 0], [0.5] * 4, [0] * 4]


def test_affinity_knows_who_took_a_candidate_and_what_it_went_with() -> None:
    known = two_baskets()
    source = Affinity(known, Seeding(known, 0.0), basket_families(known), np.ones(5, np.float32))
    scores = scores_of(source, known, asks_item_1(known))
    assert scores["match:asked-by"][0] == pytest.approx([0, HALF, 1, 1])
    assert scores["match:gone-with"][0] == pytest.approx([1, 3 / 13**0.5, 5**-0.5, 5**-0.5])


def test_together_counts_shared_baskets_and_old_ones_less() -> None:
    known = taken(ROWS)
    source = Together(basket_families(known)[0], np.array([1, 0.5, 1, 1, 1], np.float32))
    scores = scores_of(source, known, ask(known, [4], [(0, 1), (0, 0)]))
    assert scores["together:target:ever"][0].tolist() == [2, 2, 1, 1]
    second = 0.5 / 3**0.5
    assert scores["together:target:recent"][0] == pytest.approx([2 * HALF, 2 * HALF + second, second, second])


def test_together_with_the_lead_looks_at_the_heaviest_alone() -> None:
    known = taken(ROWS)
    questions = ask(known, [4], [(0, 0), (0, 3)])
    questions = replace(questions, given=replace(questions.given, weight=np.array([5, 1], np.float32)))
    source = Together(basket_families(known)[0], np.ones(5, np.float32))
    assert scores_of(source, known, questions)["together:target:lead"][0] == pytest.approx([HALF, HALF, 0, 0])


def test_one_step_of_the_walk() -> None:
    """From item 1 to either basket by half, on to two and to three members, with .4 of the way back."""
    known = taken(ROWS)
    scores = scores_of(Walk(basket_families(known), 0.4, steps=1), known, asks_item_1(known))
    assert scores["walk:0.4"][0] == pytest.approx([0.15, 0.4 + 0.6 * (0.25 + 1 / 6), 0.1, 0.1])


def test_a_walk_made_beforehand_is_the_one_by_the_baskets(monkeypatch: pytest.MonkeyPatch) -> None:
    known = taken(ROWS)
    beforehand = Walk(basket_families(known), 0.15)
    monkeypatch.setattr(sources, "_MOST_WALKED", 15)
    by_baskets = Walk(basket_families(known), 0.15)
    assert (beforehand.visits is not None, beforehand.width) == (True, 4)
    assert (by_baskets.visits, by_baskets.width) == (None, 5)
    one, other = (scores_of(each, known, asks_item_1(known))["walk:0.15"][0] for each in (beforehand, by_baskets))
    assert one == pytest.approx(other, abs=1e-6)
    assert one.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    "made",
    [
        lambda rows, setting: Walk(basket_families(taken(rows)), setting).visits,
        lambda rows, setting: EaseSource(basket_families(taken(rows))[0], setting).weights,
    ],
    ids=["walk", "ease"],
)
def test_what_is_made_of_the_same_baskets_is_held_once_and_no_longer_than_it_is_used(
    made: Callable[[list[tuple[int, int]], float], Floats],
) -> None:
    """Tasks of one kind of candidate have the same; what differs in a basket or a setting is made anew."""
    before = len(sources._held)
    first = made(ROWS, 0.15)
    assert made(ROWS, 0.15) is first
    others = [made(ROWS[1:], 0.15), made(ROWS, 0.4)]
    assert all(each is not first for each in others)
    assert len(sources._held) == before + 3
    del first, others
    assert len(sources._held) == before


def test_ease_is_the_ridge_regression_of_each_item_on_the_others() -> None:
    known = taken([*ROWS, (2, 0), (2, 2), (3, 2)])
    (family,) = basket_families(known)
    source = EaseSource(family, reg=2.0)
    x = family.members.toarray() * source.scale
    penalty = 2.0 * float(np.mean(source.scale**2)) * np.eye(3)
    for item in range(4):
        others = [each for each in range(4) if each != item]
        fitted = np.linalg.solve(x[:, others].T @ x[:, others] + penalty, x[:, others].T @ x[:, item])
        assert source.weights[others, item] == pytest.approx(fitted, abs=1e-5)
    scores = scores_of(source, known, asks_item_1(known))["ease:target"][0]
    assert scores == pytest.approx(source.scale[1] * source.weights[1] / source.scale, abs=1e-6)


def test_what_no_basket_held_says_nothing_in_the_autoencoder() -> None:
    """Item 3 was never taken: given beside item 1 it changes nothing, and its own score is 0."""
    known = taken([(0, 0), (0, 1), (1, 1), (1, 2)])
    source = EaseSource(basket_families(known)[0])
    given = [(0, 1)], [(0, 1), (0, 3)]
    alone, beside = (scores_of(source, known, ask(known, [4], each))["ease:target"][0] for each in given)
    assert alone[[0, 2]].all()
    assert alone[3] == 0
    assert np.array_equal(alone, beside)


def test_text_is_compared_with_candidates_and_with_those_who_took_them() -> None:
    vectors = {
        "User": np.array([[1, 0], [0, 1], [1, 0], [0, 1], [0.6, 0.8]], np.float32),
        "Item": np.array([[1, 0], [0, 1], [0, 0], [0, 0]], np.float32),
    }
    known = replace(taken(ROWS), vectors=vectors)
    scores = scores_of(TextLikeness(known, Seeding(known, 0.0)), known, asks_item_1(known))
    assert scores["text:candidate"][0] == pytest.approx([0.6, 0.8, 0, 0])
    assert scores["text:given"][0] == pytest.approx([0, 1, 0, 0])
    assert scores["text:profile"][0] == pytest.approx([0.6, 1.4 * HALF, 0.8, 0.8])
    assert scores["text:knn"][0] == pytest.approx([0.02, 1.04, 1.02, 1.02], abs=1e-5)


def test_who_asks_is_not_his_own_neighbour_by_text() -> None:
    known = replace(taken(ROWS), vectors={"User": np.eye(5, 3, dtype=np.float32)})
    scores = scores_of(TextLikeness(known, Seeding(known, 0.0)), known, ask(known, [0]))["text:knn"][0]
    assert scores[0] < scores[2]


@pytest.mark.parametrize(("askers", "texts", "most"), [(400, 30, 60), (400, 400, 60), (80, 1, 60), (20, 5, 60)])
def test_the_nearest_past_askers_are_those_of_all_askers_compared_one_by_one(
    askers: int, texts: int, most: int
) -> None:
    rng = np.random.default_rng(askers + texts)
    distinct = rng.random((texts, 8), dtype=np.float32)
    vectors = distinct[rng.integers(texts, size=askers)]
    past = np.flatnonzero(rng.random(askers) < 0.8)
    asker = np.arange(0, askers, 3)
    near, alike = PastTexts(vectors, past).nearest(vectors[asker], asker, most)
    for at, own in enumerate(asker):
        every = products(vectors[[own]], vectors, past)[0]
        every[past == own] = -1.0
        first = np.lexsort((past, -every))[: min(most, len(past))]
        assert near[at].tolist() == first.tolist()
        assert alike[at].tolist() == every[first].tolist()


def test_texts_that_many_share_are_kept_once() -> None:
    found = PastTexts(np.array([[1, 0], [0, 1], [1, 0], [0, 1]], np.float32), np.array([1, 2, 3]))
    assert found.text.tolist() == [[0, 1], [1, 0]]


def test_popularity_halves_with_age() -> None:
    known = taken([(0, 0), (1, 0), (1, 1)], ["2020-01-01", "2020-01-21", "2020-01-11"])
    known = replace(known, start=np.datetime64("2020-01-21", "s"))
    table = popularity(known, 10 * DAY)
    assert table[:, 0].tolist() == [2, 1, 0, 0]
    assert table[:, 1] == pytest.approx([1 + 2 ** (-2 / 3), 2 ** (-1 / 3), 0, 0])
    assert table[:, 3] == pytest.approx([1.25, 0.5, 0, 0])


def test_a_scorer_of_the_bench_is_shifted_above_zero() -> None:
    source = ScorerSource("pop", PopularScorer(np.array([-2, 0, 3, 1], np.float32)))
    assert scores_of(source, taken(ROWS), asks_item_1(taken(ROWS)))["pop"].tolist() == [[0, 2, 5, 3]]


@pytest.mark.parametrize("rows", [ROWS, []])
def test_the_same_sources_speak_whether_anything_is_known_or_not(rows: list[tuple[int, int]]) -> None:
    vectors = {"User": np.ones((5, 2), np.float32), "Item": np.ones((4, 2), np.float32)}
    links = [edges(("Item", "IN", "Field"), [(0, 0)] if rows else [])]
    columns = {"User": {"kind": list("abaab")}, "Item": {"kind": list("xxyy")}}
    full = replace(taken(ROWS, links=[edges(("Item", "IN", "Field"), [(0, 0)])], columns=columns), vectors=vectors)
    known = full if rows else replace(full, pairs=full.pairs.take(np.zeros(0, int)), relations=tuple(links))
    seeding, families = Seeding(known, 0.0), basket_families(known)
    questions = asks_item_1(known)
    found = {}
    for source in make_sources(known, seeding, families, 0.0):
        found |= dict(source.scores(seeding(questions), questions))
    assert len(found) == 23
    assert all(np.isfinite(each).all() and each.shape == (1, 4) for each in found.values())


def test_partners_find_partners_of_partners() -> None:
    known = partners([(0, 1), (1, 2)])
    scores = scores_of(BasketSource(basket_families(known)[0]), known, known.history_of(np.array([0])))["knn:target"][0]
    assert scores[2] > 0
    assert scores[3] == scores[4] == 0


def test_baskets_too_large_for_memory_do_not_say_what_goes_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """User 1 took three items, nine pairs; user 0 took two, four pairs."""
    known = taken(ROWS)
    family = basket_families(known)[0]
    ever = scores_of(Together(family, np.ones(5, np.float32)), known, asks_item_1(known))["together:target:ever"]
    monkeypatch.setattr("recommender.engine.sources._MOST_CELLS", 5)
    small = scores_of(Together(family, np.ones(5, np.float32)), known, asks_item_1(known))["together:target:ever"]
    assert ever[0].tolist() == [1, 1, 1, 1]
    assert small[0].tolist() == [1, 1, 0, 0]
