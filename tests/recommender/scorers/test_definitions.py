"""Each scorer gives what its definition says, computed cell by cell over worlds that are drawn by chance."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.knowledge.known import Estimator
from recommender.scorers.basket_knn import BasketKnn
from recommender.scorers.baskets import Source
from recommender.scorers.common_neighbours import CommonNeighbours, Rarity
from recommender.scorers.conditional_popularity import ConditionalPopularity, FactKind
from recommender.scorers.content_knn import ContentKnn
from recommender.scorers.ease import Ease
from recommender.scorers.graph_walk import GraphWalk, Over
from recommender.scorers.item_knn import ItemKnn
from recommender.scorers.popularity import Popularity
from recommender.scorers.simple_blend import SimpleBlend
from tests.recommender.scorers.small import FIELDS, ITEMS, USERS, ask
from tests.recommender.scorers.worlds import (
    ASKED,
    DAYS,
    GIVEN,
    World,
    baskets,
    close,
    conditional,
    drawn,
    fact_cosines,
    given,
    over_prior,
    questions,
)

RNG = np.random.default_rng(0)
SOURCES: tuple[Source, ...] = ("target", "links")


@pytest.fixture(params=range(4))
def world(request: pytest.FixtureRequest) -> World:
    return drawn(request.param)


@pytest.mark.parametrize("half_life", [None, DAYS])
def test_popularity_counts_pairs_by_age(world: World, half_life: float | None) -> None:
    known = world.known
    wanted = np.zeros(ITEMS)
    for (_, item), age in zip(world.pairs, world.ages, strict=True):
        wanted[item] += 1 if half_life is None else 2 ** (-age / half_life)
    found = Popularity(half_life).fit(known, RNG).score(questions(known))
    close(found, np.tile(wanted, (len(ASKED), 1)))


@pytest.mark.parametrize("kind", ["attributes", "links", "all"])
@pytest.mark.parametrize(("smoothing", "half_life"), [(10.0, None), (0.5, DAYS)])
def test_conditional_popularity(world: World, kind: FactKind, smoothing: float, half_life: float | None) -> None:
    known = world.known
    scorer = ConditionalPopularity(kind, smoothing, half_life).fit(known, RNG)
    close(scorer.score(questions(known)), conditional(world, kind, smoothing, half_life)[ASKED])


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("b", "p", "r", "s"), [(0.3, 0.65, 1.0, 0.5), (1.0, 0.2, 0.9, 2.0), (0.0, 0.5, 1.0, 0.0)])
def test_item_neighbours(world: World, source: Source, b: float, p: float, r: float, s: float) -> None:
    rows, _ = baskets(world, source)
    size, degree = rows.sum(axis=1), rows.sum(axis=0)
    wanted = np.zeros((len(ASKED), ITEMS))
    for question, here in enumerate(given()):
        for held in np.flatnonzero(here):
            for item in range(ITEMS):
                shared = sum(size[u] ** -b for u in range(len(rows)) if rows[u, held] and rows[u, item])
                if shared:
                    wanted[question, item] += shared / (degree[held] ** p * degree[item] ** (r - p) + s)
    known = world.known
    found = ItemKnn(source, b, p, r, s).fit(known, RNG).score(questions(known))
    close(found, over_prior(world, wanted))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(
    "knn",
    [
        BasketKnn(),
        BasketKnn(power=1.0, member_power=0.75, size_power=0.25, candidate_power=0.2, content=2.0),
        BasketKnn(power=2.0, member_power=0.0, size_power=1.0, candidate_power=0.5, content=5.0),
    ],
)
def test_basket_neighbours(world: World, source: Source, knn: BasketKnn) -> None:
    """Only baskets of past queries have content."""
    rows, owners = baskets(world, source)
    size, degree = rows.sum(axis=1), rows.sum(axis=0)
    cosine = fact_cosines(world, 0.75)
    wanted = np.zeros((len(ASKED), ITEMS))
    for question, here in enumerate(given()):
        for place, basket in enumerate(rows):
            shared = [item for item in range(ITEMS) if here[item] and basket[item]]
            near = sum(degree[item] ** -knn.member_power for item in shared) / size[place] ** knn.size_power
            alike = max(cosine[ASKED[question], owners[place]], 0) if source == "target" else 0
            for item in np.flatnonzero(basket):
                lift = degree[item] ** -knn.candidate_power
                wanted[question, item] += near**knn.power * (1 + knn.content * alike) * lift
    known = world.known
    close(replace(knn, source=source).fit(known, RNG).score(questions(known)), over_prior(world, wanted))


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("rarity", ["count", "log", "inverse", "root"])
def test_common_neighbours(world: World, source: Source, rarity: Rarity) -> None:
    """A set of one joins nobody, so each has two members or more."""
    rows, _ = baskets(world, source)
    weigh = {
        "count": lambda _: 1.0,
        "log": lambda d: 1 / np.log(d),
        "inverse": lambda d: 1 / d,
        "root": lambda d: d**-0.5,
    }
    weight = np.array([weigh[rarity](each) for each in rows.sum(axis=1)])
    wanted = given() @ rows.T @ (weight[:, None] * rows)
    known = world.known
    found = CommonNeighbours(rarity, source).fit(known, RNG).score(questions(known))
    close(found, over_prior(world, wanted))


@pytest.mark.parametrize(("k", "temperature"), [(50, 0.1), (50, 0.5), (2, 0.3), (1, 1.0)])
def test_content_neighbours(world: World, k: int, temperature: float) -> None:
    """The asker is no neighbour of its own, nor is one that has nothing in common; of equally near ones any may do."""
    history, cosine = world.history, fact_cosines(world)
    wanted, sure = np.zeros((len(ASKED), ITEMS)), []
    for question, user in enumerate(ASKED):
        others = [each for each in range(USERS) if each != user and history[each].any() and cosine[user, each] > 1e-9]
        near = sorted(others, key=lambda each: -cosine[user, each])
        for each in near[:k]:
            wanted[question] += np.exp((cosine[user, each] - 1) / temperature) * history[each]
        if len(near) <= k or cosine[user, near[k - 1]] - cosine[user, near[k]] > 1e-5:
            sure.append(question)
    known = world.known
    found = ContentKnn(k, temperature).fit(known, RNG).score(questions(known))
    close(found[sure], over_prior(world, wanted)[sure])


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize(("regularisation", "power"), [(5.0, 0.0), (0.5, 0.3), (50.0, 0.0)])
def test_ease(world: World, source: Source, regularisation: float, power: float) -> None:
    """B = I − P · diag(P)⁻¹ with P = (XᵀX + λI)⁻¹; what is in no basket gets nothing."""
    rows, _ = baskets(world, source)
    degree = rows.sum(axis=0)
    scale = np.where(degree > 0, np.maximum(degree, 1) ** -power, 0)
    scaled = rows * scale
    inverse = np.linalg.inv(scaled.T @ scaled + regularisation * np.eye(ITEMS))
    weights = -inverse / np.diagonal(inverse)
    np.fill_diagonal(weights, 0)
    wanted = (given() * scale) @ weights
    known = world.known
    found = Ease(source, regularisation, power).fit(known, RNG).score(questions(known))
    np.testing.assert_allclose(found, over_prior(world, wanted), rtol=2e-3, atol=2e-5)


@pytest.mark.parametrize("over", ["all", "target", "links"])
@pytest.mark.parametrize("walk", [GraphWalk(), GraphWalk(0.7, 2, 0.5, 0.4), GraphWalk(0.15, 1, 0.0)])
@pytest.mark.parametrize("crowd", [1, 3])
def test_walks(world: World, over: Over, walk: GraphWalk, crowd: int) -> None:
    """Users, items and fields in one matrix; many questions are walked back from the candidates."""
    size = USERS + ITEMS + FIELDS
    both = np.zeros((size, size))
    ends = [] if over == "links" else [(user, USERS + item) for user, item in world.pairs]
    if over != "target":
        ends += [(user, USERS + ITEMS + field) for user, field in world.users]
        ends += [(USERS + item, USERS + ITEMS + field) for item, field in world.items]
    for one, other in ends:
        both[one, other] = both[other, one] = 1
    degree = both.sum(axis=0)
    step = both / np.where(degree > 0, degree, 1)
    wanted = np.zeros((len(ASKED), ITEMS))
    for question, here in enumerate(given()):
        start = np.zeros(size)
        start[ASKED[question]] = walk.own
        start[USERS : USERS + ITEMS] += here
        start /= start.sum() or 1
        at, total = start, walk.restart * start
        for number in range(1, walk.steps + 1):
            at = step @ at
            total = total + walk.restart * (1 - walk.restart) ** number * at
        mine = np.maximum(degree[USERS : USERS + ITEMS], 1)
        wanted[question] = total[USERS : USERS + ITEMS] * mine**-walk.degree_power
    known = world.known
    scorer = replace(walk, over=over).fit(known, RNG)
    asked = ask(known, ASKED * crowd, [(row + len(ASKED) * turn, item) for turn in range(crowd) for row, item in GIVEN])
    close(scorer.score(asked), np.tile(over_prior(world, wanted), (crowd, 1)))


@pytest.mark.parametrize("weights", [(1.0, 1.0, 1.0), (0.25, 1.0, 0.5), (1.0, 0.0, 2.0), (0.0, 1.0, 0.0)])
def test_blends(world: World, weights: tuple[float, float, float]) -> None:
    """Standard scores over those who are candidates; the last item is none, moves neither mean nor deviation, has 0.

    Who is told the prior by all parts but popularity gets the same order between 0 and .001.
    """
    is_candidate = np.arange(ITEMS) < ITEMS - 1
    known = replace(world.known, is_candidate=is_candidate)
    popularity, ease, content = Popularity(DAYS), Ease(regularisation=5.0), ContentKnn(20)
    parts: tuple[Estimator, ...] = (popularity, ease, content)
    wanted = np.zeros((len(ASKED), ITEMS))
    unknown = np.ones(len(ASKED), dtype=bool)
    for part, weight in zip(parts, weights, strict=True):
        scores = part.fit(known, RNG).score(questions(known)).astype(np.float64)
        for question, row in enumerate(scores):
            spread = row[is_candidate].std()
            wanted[question] += weight * (row - row[is_candidate].mean()) / spread if spread > 1e-12 else 0
            unknown[question] &= part is popularity or not weight or row[is_candidate].max() < 0.002
    low, high = (bound(wanted[:, is_candidate], axis=1, keepdims=True) for bound in (np.min, np.max))
    wanted = np.where(unknown[:, None], 0.001 * (wanted - low) / (high - low), wanted)
    wanted[:, ~is_candidate] = 0
    found = SimpleBlend(popularity, ease, content, *weights).fit(known, RNG).score(questions(known))
    np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-4)


def test_a_part_of_a_blend_that_tells_nobody_apart_says_nothing(world: World) -> None:
    known = replace(world.known, pairs=world.known.pairs.take(np.zeros(0, np.int64)))
    assert (SimpleBlend().fit(known, RNG).score(questions(known)) == 0).all()
