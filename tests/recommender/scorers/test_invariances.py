"""What must not change a score: names, order, what is not connected, and when it all happened."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.knowledge.known import Estimator, Known
from recommender.measure.arrays import Floats
from recommender.scorers.basket_knn import BasketKnn
from recommender.scorers.common_neighbours import CommonNeighbours
from recommender.scorers.conditional_popularity import ConditionalPopularity
from recommender.scorers.content_knn import ContentKnn, ContentMatch
from recommender.scorers.ease import Ease
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.popularity import Popularity
from recommender.scorers.svd_cosine import SvdCosine
from tests.recommender.scorers.small import FIELDS, ITEMS, USERS, ask, edges, nodes, taken
from tests.recommender.scorers.worlds import ASKED, DAYS, GIVEN, TYPES, World, drawn, questions

EACH: dict[str, Estimator] = {
    "popularity": Popularity(),
    "recent": Popularity(DAYS),
    "conditional": ConditionalPopularity(),
    "conditional by age": ConditionalPopularity(half_life=DAYS, hops=2),
    "content-knn": ContentKnn(),
    "content-knn over two hops": ContentKnn(hops=2),
    "content-match": ContentMatch(),
    "item-knn": ItemKnn(),
    "item-knn by links": ItemKnn("links"),
    "basket-knn": BasketKnn(content=2.0),
    "adamic-adar": CommonNeighbours(),
    "ease": Ease(),
    "graph-walk": GraphWalk(),
    "svd-cosine": SvdCosine(),
}
WORLD = drawn(11)


@pytest.fixture(params=EACH, ids=lambda each: each.replace(" ", "-"))
def estimator(request: pytest.FixtureRequest) -> Estimator:
    return EACH[request.param]


def scores(estimator: Estimator, known: Known) -> Floats:
    return estimator.fit(known, np.random.default_rng(0)).score(questions(known))


def alike(found: Floats, wanted: Floats) -> None:
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-5)


def test_scores_follow_candidates_that_change_places(estimator: Estimator) -> None:
    """Item i is at place order[i] in the other world, with all that is known of it."""
    order = np.array([2, 0, 3, 1])
    turned = World([(user, int(order[item])) for user, item in WORLD.pairs], WORLD.users, [])
    turned = replace(turned, items=[(int(order[item]), field) for item, field in WORLD.items])
    known = turned.known
    asked = ask(known, ASKED, [(row, int(order[item])) for row, item in GIVEN])
    there = estimator.fit(known, np.random.default_rng(0)).score(asked)
    alike(there[:, order], scores(estimator, WORLD.known))


def test_scores_do_not_depend_on_the_places_of_askers(estimator: Estimator) -> None:
    order = np.array([3, 4, 0, 2, 1])
    types = [""] * USERS
    for user, place in enumerate(order):
        types[place] = TYPES[user]
    days = [str(np.datetime64("2024-01-01") + 10 * at) for at in range(len(WORLD.pairs))]
    links = [
        edges(("User", "IN", "Field"), [(int(order[user]), field) for user, field in WORLD.users]),
        edges(("Item", "IN", "Field"), WORLD.items),
    ]
    pairs = [(int(order[user]), item) for user, item in WORLD.pairs]
    known = taken(pairs, days, links=links, columns={"User": {"type": types}})
    asked = ask(known, [int(order[user]) for user in ASKED], GIVEN)
    alike(estimator.fit(known, np.random.default_rng(0)).score(asked), scores(estimator, WORLD.known))


def test_scores_do_not_depend_on_the_order_of_rows(estimator: Estimator) -> None:
    """Pairs and relations are sets; the day stays with its pair."""
    known = WORLD.known
    order = np.random.default_rng(5).permutation(len(known.pairs))
    relations = tuple(each.take(np.random.default_rng(6).permutation(len(each))) for each in known.relations)
    mixed = replace(known, pairs=known.pairs.take(order), relations=relations)
    alike(scores(estimator, mixed), scores(estimator, known))


def test_relations_that_stand_there_twice_count_once(estimator: Estimator) -> None:
    twice = replace(WORLD, users=[*WORLD.users, *WORLD.users], items=[*WORLD.items, *WORLD.items[:1]])
    alike(scores(estimator, twice.known), scores(estimator, WORLD.known))


def test_everything_a_year_later_gives_the_same(estimator: Estimator) -> None:
    """Ages count to the moment that is asked about, not to a calendar."""
    known = WORLD.known
    later = replace(known, pairs=replace(known.pairs, time=known.pairs.time + np.timedelta64(400, "D")))
    alike(scores(estimator, later), scores(estimator, known))


def test_a_relation_among_others_that_touches_neither_side_changes_nothing(estimator: Estimator) -> None:
    """Groups are linked to one another alone."""
    known = WORLD.known
    more = edges(("Group", "NEAR", "Group"), [(0, 0)])
    alike(scores(estimator, replace(known, relations=(*known.relations, more))), scores(estimator, known))


def test_a_candidate_that_nobody_took_and_nothing_describes_moves_no_other(estimator: Estimator) -> None:
    known = WORLD.known
    every = dict(known.dataset.nodes) | {"Item": nodes("Item", ITEMS + 1)}
    larger = replace(known, dataset=replace(known.dataset, nodes=every), is_candidate=np.ones(ITEMS + 1, bool))
    found = scores(estimator, larger)
    order = np.argsort(-found[:, :ITEMS], axis=1, kind="stable")
    wanted = scores(estimator, known)
    for row in range(len(ASKED)):
        ranked = wanted[row, order[row]]
        assert (np.diff(ranked) <= 1e-4).all(), "they stand in the order in which they stood without it"
    assert (found[:, ITEMS] <= found[:, :ITEMS].max(axis=1) + 1e-6).all()


def test_what_two_candidates_have_alike_ties_them(estimator: Estimator) -> None:
    """Items 0 and 1 are taken by the same users on the same days and are in the same fields."""
    pairs = [(user, item) for user, first in WORLD.pairs if first > 1 for item in (first,)]
    pairs += [(user, item) for user in (1, 3) for item in (0, 1)]
    days = ["2024-01-01"] * len(pairs)
    items = [(item, field) for item, field in WORLD.items if item > 1] + [(0, 0), (1, 0)]
    links = [edges(("User", "IN", "Field"), WORLD.users), edges(("Item", "IN", "Field"), items)]
    known = taken(pairs, days, links=links, columns={"User": {"type": TYPES}})
    asked = ask(known, [4, 0], [(1, 2)])
    found = estimator.fit(known, np.random.default_rng(0)).score(asked)
    np.testing.assert_allclose(found[:, 0], found[:, 1], rtol=1e-4, atol=1e-5)


def test_fields_have_no_order(estimator: Estimator) -> None:
    turned = World(
        WORLD.pairs,
        [(user, FIELDS - 1 - field) for user, field in WORLD.users],
        [(item, FIELDS - 1 - field) for item, field in WORLD.items],
    )
    alike(scores(estimator, turned.known), scores(estimator, WORLD.known))


@pytest.mark.parametrize("name", ["item-knn", "adamic-adar", "basket-knn"])
def test_one_more_set_that_holds_two_candidates_brings_them_nearer(name: str) -> None:
    """User 4 takes items 0 and 3: given item 0, item 3 gains against item 1 where nothing else changes."""
    base = World([(0, 0), (0, 1), (1, 0), (1, 1), (2, 2), (2, 3)], [], [])
    more = replace(base, pairs=[*base.pairs, (3, 0), (3, 3)])
    ratios = []
    for world in (base, more):
        known = world.known
        found = EACH[name].fit(known, np.random.default_rng(0)).score(ask(known, [4], [(0, 0)]))[0]
        ratios.append(found[3] / found[1])
    assert ratios[1] > ratios[0] + 0.1
