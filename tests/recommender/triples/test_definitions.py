"""Counting scorers of triples and filtered ranks give what they are defined by, over graphs drawn by chance."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from recommender.measure.arrays import Floats, Indices, Values
from recommender.triples.data import Answers, Queries, Triples, both_sides
from recommender.triples.evaluate import mean_reciprocal_rank, rank_split
from recommender.triples.neighbours import NeighboursEstimator
from recommender.triples.popularity import PopularityEstimator
from recommender.triples.protocols import FitContext, TripleEstimator
from recommender.triples.rules import PathRule, RulesEstimator
from tests.recommender.triples.graphs import two_labels, untyped

N, R = 7, 3
EVERY = Queries(np.repeat(np.arange(N), 2 * R), np.tile(np.arange(2 * R), N))
Pair = tuple[int, int]


@pytest.fixture(params=range(4))
def graph(request: pytest.FixtureRequest) -> Triples:
    """Draw triples of which one stands there twice, and some to be predicted."""
    rng = np.random.default_rng(request.param)
    every = np.array(list(product(range(N), range(R), range(N))))
    chosen = every[rng.permutation(len(every))[:32]]
    train = np.concatenate([chosen[:24], chosen[:1]])
    return untyped(N, R, train, chosen[24:28], chosen[28:])


def pairs_of(triples: Indices) -> dict[int, set[Pair]]:
    """Return the pairs of each directed relation."""
    found: dict[int, set[Pair]] = {relation: set() for relation in range(2 * R)}
    for head, relation, tail in triples.tolist():
        found[relation].add((head, tail))
        found[relation + R].add((tail, head))
    return found


def mined(graph: Triples, support: int, confidence: float) -> dict[tuple[int, tuple[int, ...]], tuple[int, float]]:
    """Mine all rules pair by pair: relation and body to support and confidence."""
    pairs = pairs_of(graph.train)
    bodies: dict[tuple[int, ...], set[Pair]] = {(first,): pairs[first] for first in range(2 * R)}
    for first, second in product(range(2 * R), repeat=2):
        bodies[first, second] = {(x, z) for x, y in pairs[first] for other, z in pairs[second] if y == other}
    found = {}
    for body, reached in bodies.items():
        for relation in range(2 * R):
            right = len(reached & pairs[relation])
            if body != (relation,) and right >= support and right / max(len(reached), 1) >= confidence:
                found[relation, body] = (right, right / len(reached))
    return found


def as_found(rules: tuple[PathRule, ...]) -> dict[tuple[int, tuple[int, ...]], tuple[int, float]]:
    return {(each.relation, each.body): (each.support, pytest.approx(each.confidence)) for each in rules}


def fitted(estimator: TripleEstimator, graph: Triples, queries: Queries = EVERY) -> Floats:
    return estimator.fit(graph, FitContext()).score(queries)


@pytest.mark.parametrize(("support", "confidence"), [(1, 0.004), (2, 0.004), (2, 0.5), (3, 0.25)])
def test_rules_are_those_whose_pairs_hold_often_enough(graph: Triples, support: int, confidence: float) -> None:
    """At the least support and the least confidence they are still kept; a relation does not explain itself."""
    scorer = RulesEstimator(support, confidence).fit(graph, FitContext())
    assert as_found(scorer.rules) == mined(graph, support, confidence)


def test_the_score_of_rules_is_the_noisy_or_of_those_that_lead_there(graph: Triples) -> None:
    pairs, rules = pairs_of(graph.train), mined(graph, 2, 0.004)
    wanted = np.zeros((len(EVERY), N))
    for row, (anchor, asked) in enumerate(zip(EVERY.anchor, EVERY.relation, strict=True)):
        for (relation, body), (_, confidence) in rules.items():
            at = {int(anchor)}
            for step in body:
                at = {z for x, z in pairs[step] if x in at}
            if relation == asked:
                wanted[row, list(at)] += -np.log(1 - min(confidence, 0.99))
    np.testing.assert_allclose(fitted(RulesEstimator(), graph), wanted, rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("most", [1, 2])
def test_the_most_confident_rules_of_each_relation_stay(graph: Triples, most: int) -> None:
    scorer = RulesEstimator(per_relation=most).fit(graph, FitContext())
    every = mined(graph, 2, 0.004)
    for relation in range(2 * R):
        wanted = sorted((found[1], found[0]) for (mine, _), found in every.items() if mine == relation)[::-1][:most]
        kept = [(each.confidence, each.support) for each in scorer.rules if each.relation == relation]
        assert kept == wanted


def test_bodies_with_fewest_paths_are_looked_at_first(graph: Triples) -> None:
    """With room for so many paths, each body that is left out has no fewer than any that is looked at."""
    pairs = pairs_of(graph.train)
    paths = {
        (one, two): sum(y == other for _, y in pairs[one] for other, _ in pairs[two])
        for one, two in product(range(2 * R), repeat=2)
    }
    budget = sum(paths.values()) // 2
    rules = RulesEstimator(1, 1e-9, 10**6, budget).fit(graph, FitContext()).rules
    looked_at = {each.body for each in rules if len(each.body) > 1}
    fruitful = {body for _, body in mined(graph, 1, 1e-9) if len(body) > 1}
    left_out = fruitful - looked_at
    assert looked_at
    assert left_out
    assert looked_at <= fruitful
    assert max(paths[each] for each in looked_at) <= min(paths[each] for each in left_out)
    assert sum(paths[each] for each in looked_at) <= budget


@pytest.mark.parametrize("weighed", [True, False])
def test_common_neighbours(graph: Triples, *, weighed: bool) -> None:
    """Directions and repeats do not count; a neighbour of one counts as one of two, whose logarithm is not 0."""
    near = np.zeros((N, N))
    for head, _, tail in graph.train.tolist():
        near[head, tail] = near[tail, head] = 1
    weight = 1 / np.log(np.maximum(near.sum(axis=0), 2)) if weighed else np.ones(N)
    wanted = np.einsum("ai,i,ib->ab", near, weight, near)
    np.testing.assert_allclose(fitted(NeighboursEstimator(weighed), graph), wanted[EVERY.anchor], rtol=1e-5)


def test_popularity_counts_answers_of_the_relation(graph: Triples) -> None:
    counts = np.zeros((2 * R, N))
    for head, relation, tail in graph.train.tolist():
        counts[relation, tail] += 1
        counts[relation + R, head] += 1
    np.testing.assert_allclose(fitted(PopularityEstimator(), graph), np.log1p(counts)[EVERY.relation], rtol=1e-6)


@pytest.mark.parametrize(
    "estimator", [RulesEstimator(), NeighboursEstimator(), PopularityEstimator()], ids=lambda each: type(each).__name__
)
def test_scores_follow_entities_and_relations_that_change_their_numbers(
    graph: Triples, estimator: TripleEstimator
) -> None:
    entity, relation = np.random.default_rng(8).permutation(N), np.random.default_rng(9).permutation(R)

    def turned(triples: Indices) -> Indices:
        return np.stack([entity[triples[:, 0]], relation[triples[:, 1]], entity[triples[:, 2]]], axis=1)

    other = untyped(N, R, turned(graph.train), turned(graph.valid), turned(graph.test))
    both = np.concatenate([relation, relation + R])
    there = fitted(estimator, other, Queries(entity[EVERY.anchor], both[EVERY.relation]))
    np.testing.assert_allclose(there[:, entity], fitted(estimator, graph), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize(
    "estimator", [RulesEstimator(), NeighboursEstimator(), PopularityEstimator()], ids=lambda each: type(each).__name__
)
def test_what_is_to_be_predicted_is_not_learned_from(graph: Triples, estimator: TripleEstimator) -> None:
    blind = replace(graph, valid=graph.valid[:0], test=graph.test[:0])
    np.testing.assert_array_equal(fitted(estimator, graph), fitted(estimator, blind))


def test_asking_the_tail_is_asking_the_head_of_the_turned_relation(graph: Triples) -> None:
    """With every triple turned round, r and r + R change places."""
    turned = replace(graph, **{name: getattr(graph, name)[:, ::-1] for name in ("train", "valid", "test")})
    swapped = Queries(EVERY.anchor, (EVERY.relation + R) % (2 * R))
    for estimator in (RulesEstimator(), NeighboursEstimator(), PopularityEstimator()):
        np.testing.assert_allclose(fitted(estimator, turned, swapped), fitted(estimator, graph), rtol=1e-5, atol=1e-6)


def ranks_of(graph: Triples, scores: Values) -> list[float]:
    """Rank each answer of the test split among those that no split knows, ties in the middle."""
    queries, answers = both_sides(graph.test, R)
    known = pairs_of(graph.known)
    found = []
    for anchor, relation, answer in zip(queries.anchor, queries.relation, answers, strict=True):
        mine = scores[anchor, relation]
        rivals = [each for each in range(N) if each != answer and (int(anchor), each) not in known[int(relation)]]
        above = sum(mine[each] > mine[answer] for each in rivals)
        tied = sum(mine[each] == mine[answer] for each in rivals)
        # The mean of 1 / rank over the places that the answer may have within its tie.
        found.append(float(np.mean([1 / (above + 1 + place) for place in range(tied + 1)])))
    return found


def test_ranks_are_filtered_by_all_splits_and_ties_are_means(graph: Triples) -> None:
    scores = np.random.default_rng(3).integers(0, 4, size=(N, 2 * R, N)).astype(np.float64)

    def score(queries: Queries) -> Floats:
        return scores[queries.anchor, queries.relation].astype(np.float32)

    found = mean_reciprocal_rank(rank_split(graph, graph.test, score))
    assert found == pytest.approx(np.mean(ranks_of(graph, scores)))


def test_blocks_change_no_rank(graph: Triples, monkeypatch: pytest.MonkeyPatch) -> None:
    scores = np.random.default_rng(3).integers(0, 4, size=(N, 2 * R, N)).astype(np.float32)
    sizes: list[int] = []

    def score(queries: Queries) -> Floats:
        sizes.append(len(queries))
        return scores[queries.anchor, queries.relation]

    whole = mean_reciprocal_rank(rank_split(graph, graph.test, score))
    monkeypatch.setattr("recommender.triples.evaluate.BLOCK_CELLS", 3 * N + 1)
    assert mean_reciprocal_rank(rank_split(graph, graph.test, score)) == whole
    assert sizes == [8, 3, 3, 2]


def test_only_entities_of_the_label_are_rivals() -> None:
    """Person 5 works in town 8: of three towns none is above it, of six people as many as score higher."""
    graph = two_labels()

    def score(queries: Queries) -> Floats:
        return np.tile(np.arange(9, dtype=np.float32)[::-1], (len(queries), 1))

    # Tail: towns 6 and 7 score higher, 1 / 3. Head of town 8: people 0, 1, 3 and 4, of whom none works there; 2 does.
    assert mean_reciprocal_rank(rank_split(graph, graph.test, score)) == pytest.approx((1 / 3 + 1 / 5) / 2)


def test_answers_are_found_by_query(graph: Triples) -> None:
    answers, known = Answers.of(graph.known, N, R), pairs_of(graph.known)
    rows = answers.rows(EVERY).toarray()
    for row, anchor, relation in zip(rows, EVERY.anchor, EVERY.relation, strict=True):
        assert set(np.flatnonzero(row)) == {z for x, z in known[int(relation)] if x == anchor}
    assert rows.max() == 1
    place, found = answers.find(EVERY)
    assert found.tolist() == rows.any(axis=1).tolist()
    there = answers.queries
    assert there.anchor[place[found]].tolist() == EVERY.anchor[found].tolist()
    assert there.relation[place[found]].tolist() == EVERY.relation[found].tolist()


def test_queries_are_cut_into_blocks_in_their_order() -> None:
    blocks = list(EVERY.blocks(10))
    assert [len(each) for each in blocks] == [10, 10, 10, 10, 2]
    assert np.concatenate([each.anchor for each in blocks]).tolist() == EVERY.anchor.tolist()
    assert np.concatenate([each.relation for each in blocks]).tolist() == EVERY.relation.tolist()
    assert not untyped(2, 1, np.array([[0, 0, 1]]), np.empty((0, 3), int), np.empty((0, 3), int)).several_types
    assert two_labels().several_types
