"""Paths of many pairs at once are the best of all that there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import pytest

from graph_schema.catalog import RELATION_TYPES
from graph_schema.model import NodeRef
from graph_schema.wording import Wording
from recommender.language.answers import Audience
from recommender.reasons.chains import Chains, ManyPaths, _heaviest
from recommender.reasons.explain import Explainer
from recommender.reasons.path_words import PathWords
from recommender.snapshot.dated_facts import DatedFacts
from recommender.snapshot.network import Network
from tests.recommender.small_graph import goyang, with_crowd

TODAY = date(2026, 3, 2)
NAMES = ("가게 {0} %s", "마을(주)", "떡집", "LED", "odd \ue000가", "(주)")
"""Ends of every kind, and what means something where sentences are put together."""


def network() -> Network:
    """Draw a trade whose companies filed, applied and worked with each other, few among many."""
    graph = with_crowd(goyang(), 200)
    rng = np.random.default_rng(4)
    for number in range(6):
        graph.node("Program", f"P{number}", title=f"판로 지원 {number}")
        graph.node("Company", f"c{number}", name=NAMES[number])
        graph.link(f"Company:c{number}", "IN_INDUSTRY", f"Industry:ksic11:1071{rng.integers(1, 3)}")
    for _ in range(14):
        one, other = rng.permutation(6)[:2]
        day = date(2025, 1 + int(one), 1 + int(other))
        graph.link(f"Company:c{one}", "APPLIED_TO", f"Program:P{other}", on=day)
        graph.link(f"Company:c{one}", "CO_FILED_WITH", f"Company:c{other}", on=day)
    return Network(DatedFacts(graph.snapshot()))


NETWORK = network()
STARTS = [NodeRef("Company", f"c{number}") for number in range(6)]
ENDS = [*(NodeRef("Program", f"P{number}") for number in range(6)), *STARTS]


def read(chains: Chains, start: int, end: int) -> list[tuple[tuple[int, ...], tuple[str, ...], float]]:
    """Return nodes, relations with their way, and weight of each path of one pair."""
    found = []
    for nodes, hops, weight in zip(chains.nodes.tolist(), chains.hops.tolist(), chains.weight.tolist(), strict=True):
        steps = tuple(f"{RELATION_TYPES[hop // 2].name}{'>' if hop % 2 else '<'}" for hop in hops if hop >= 0)
        found.append(((start, *(node for node in nodes if node >= 0), end), steps, round(weight, 9)))
    return found


def walks(start: int, end: int) -> Iterator[tuple[tuple[int, ...], tuple[tuple[int, bool], ...]]]:
    """Walk everywhere within three relationships, one by one: nodes, and relation and way of each hop."""
    today = np.datetime64(TODAY)
    ahead: list[tuple[tuple[int, ...], tuple[tuple[int, bool], ...]]] = [((start,), ())]
    while ahead:
        nodes, hops = ahead.pop()
        edges = NETWORK.incident(np.array([nodes[-1]]), today)
        for far, relation, outgoing in zip(
            edges.far.tolist(), edges.relation.tolist(), edges.outgoing.tolist(), strict=True
        ):
            onward = (*nodes, far), (*hops, (relation, outgoing))
            if far == end:
                yield onward
            elif len(hops) < 2 and far not in nodes and not NETWORK.hubs[far]:
                ahead.append(onward)


def is_told(hops: tuple[tuple[int, bool], ...]) -> bool:
    """Whether a walk of three does not go by a condition from what others share to them."""
    for_whom = [RELATION_TYPES[relation].type in {"TARGETS", "ADMITS"} for relation, _ in hops]
    return len(hops) < 3 or not (for_whom[1] and (for_whom[0] or for_whom[2]))


def weight(nodes: tuple[int, ...]) -> float:
    return float(np.prod(1 / np.log(np.e - 1 + NETWORK.degree(np.array(nodes[1:-1], dtype=np.int64)))))


def expected(every: set[tuple[int, ...]]) -> list[float]:
    """Weights of at most three: the best through each kind of nodes, then more of the same."""
    kinds: dict[tuple[str, ...], list[float]] = {}
    for nodes in every:
        kinds.setdefault(tuple(NETWORK.ref(node).label for node in nodes), []).append(weight(nodes))
    first = sorted((max(of_kind) for of_kind in kinds.values()), reverse=True)[:3]
    more = sorted(each for of_kind in kinds.values() for each in sorted(of_kind)[:-1])[::-1]
    return [round(each, 9) for each in sorted([*first, *more][:3], reverse=True)]


@pytest.mark.parametrize("start", STARTS, ids=str)
def test_the_paths_of_each_pair_are_the_best_of_all_walks(start: NodeRef) -> None:
    place = NETWORK.find(start)
    ends = np.array([NETWORK.find(end) for end in ENDS if end != start])
    together = ManyPaths(NETWORK, TODAY).best(np.array([place]), np.zeros(len(ends), dtype=np.int64), ends)
    for pair, end in enumerate(ends.tolist()):
        every = {nodes for nodes, hops in walks(place, end) if is_told(hops)}
        found = read(together.take(together.pair == pair), place, end)
        assert {nodes for nodes, _, _ in found} <= every
        assert [heavy for _, _, heavy in found] == expected(every)
        assert all(round(weight(nodes), 9) == heavy for nodes, _, heavy in found)


def test_some_pair_has_several_paths_and_pairs_come_in_order() -> None:
    places = np.array([NETWORK.find(start) for start in STARTS])
    pairs = np.repeat(np.arange(6), 6)
    ends = np.tile([NETWORK.find(end) for end in ENDS[:6]], 6)
    found = ManyPaths(NETWORK, TODAY).best(places, pairs, ends)
    assert (np.diff(found.pair) >= 0).all()
    assert np.bincount(found.pair).max() == 3
    assert set(found.length.tolist()) <= {1, 2, 3}


def test_starts_asked_together_have_the_paths_that_they_have_alone() -> None:
    places = np.array([NETWORK.find(start) for start in STARTS])
    end = np.array([NETWORK.find(ENDS[0])])
    many = ManyPaths(NETWORK, TODAY)
    together = many.best(places, np.arange(6), np.repeat(end, 6))
    for row, place in enumerate(places.tolist()):
        alone = many.best(np.array([place]), np.zeros(1, dtype=np.int64), end)
        mine = together.take(together.pair == row)
        assert read(mine, place, int(end[0])) == read(alone, place, int(end[0]))


def test_paths_are_worded_as_those_of_one_search_are() -> None:
    """Whatever names end in and hold, and though one sentence is kept for all paths of a kind."""
    starts = np.array([NETWORK.find(start) for start in STARTS])
    at = [(row, NETWORK.find(end)) for row, start in enumerate(STARTS) for end in ENDS if end != start]
    rows, ends = np.array(at).T
    found = ManyPaths(NETWORK, TODAY).best(starts, rows, ends)
    told = PathWords(NETWORK).of_chains(found, starts[rows[found.pair]], ends[found.pair])
    explainer = Explainer(NETWORK)
    searches = [explainer.search(start, TODAY, Audience.CITY) for start in STARTS]
    one_by_one = [reason for row, end in at for reason in explainer.reasons(searches[row], [NETWORK.ref(end)])[0]]
    assert told == [Wording(reason.ko, reason.en) for reason in one_by_one]
    assert {len(reason.steps) for reason in one_by_one} == {1, 2, 3}


def test_what_came_after_the_day_joins_nothing() -> None:
    places = np.array([NETWORK.find(start) for start in STARTS])
    ends = np.repeat(NETWORK.find(ENDS[0]), 6)
    before = ManyPaths(NETWORK, date(2024, 12, 31)).best(places, np.arange(6), ends)
    assert len(before) == 0


def test_the_heaviest_of_each_pair_are_kept_with_all_that_weigh_as_much() -> None:
    rng = np.random.default_rng(0)
    pair, weight = rng.integers(0, 6, 400) * 3, rng.integers(1, 9, 400) / 7
    kept = set(_heaviest(pair, weight, 20).tolist())
    for each in np.unique(pair):
        places = np.flatnonzero(pair == each)
        least = np.sort(weight[places])[-20]
        assert kept & set(places.tolist()) == set(places[weight[places] >= least].tolist())


def test_of_few_all_are_kept() -> None:
    assert _heaviest(np.array([0, 0, 2]), np.array([0.1, 0.2, 0.3]), 2).tolist() == [0, 1, 2]
    assert _heaviest(np.zeros(0, dtype=np.int64), np.zeros(0), 2).tolist() == []
