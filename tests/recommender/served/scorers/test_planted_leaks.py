"""Whatever gives the answer of a later window away, planted in a graph, leaves the scores before it as they were."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from recommender.knowledge.tasks import get_task
from recommender.measure.arrays import Floats
from recommender.served.scorer_protocols import Estimator
from recommender.served.scorers.content import ContentNeighbours
from recommender.served.scorers.gnn import Gnn
from recommender.served.scorers.items import ItemNeighbours
from recommender.served.scorers.peers import PeerPopularity
from recommender.served.scorers.popularity import Popularity
from recommender.served.scorers.walk import GraphWalk
from recommender.served.task_data import TaskData
from recommender.snapshot.snapshot import Snapshot
from tests.recommender.served.evaluation.graphs import file_together, two_circles
from tests.recommender.small_graph import SmallGraph

CUT = date(2017, 6, 1)
LATER = date(2017, 9, 1)
LAST = "pzzz"
"""A patent that sorts after the others, so that a network adds these up in the same order."""
ASKER, ANSWER = "Company:c00", "Company:c15"
SCORERS: tuple[Estimator, ...] = (
    Popularity(),
    ContentNeighbours(),
    PeerPopularity(),
    ItemNeighbours(),
    GraphWalk(),
    # One more node draws one more number: with dropout, even a node without links would change the noise.
    Gnn(hidden=8, text_dimension=4, epochs=2, periods=2, dropout=0.0),
)


def future_edge(graph: SmallGraph, on: date | None) -> None:
    graph.link(ASKER, "CO_FILED_WITH", ANSWER, on=on, key="new")


def edge_that_only_holds_from_later(graph: SmallGraph, on: date | None) -> None:
    graph.link(ASKER, "CO_FILED_WITH", ANSWER, valid_from=on, key="new")


def reverse_edge(graph: SmallGraph, on: date | None) -> None:
    graph.link(ANSWER, "CO_FILED_WITH", ASKER, on=on, key="new")


def duplicate_edges(graph: SmallGraph, on: date | None) -> None:
    for key in ("new", "new-again"):
        graph.link(ASKER, "CO_FILED_WITH", ANSWER, on=on, key=key)
        graph.link(ANSWER, "CO_FILED_WITH", ASKER, on=on, key=key)


def later_patent_of_both(graph: SmallGraph, on: date | None) -> None:
    """Filings without a day of their own: the patent's day tells."""
    graph.node("Technology", LAST, title="장치", applied_on=on)
    for company in (ASKER, ANSWER):
        graph.link(company, "FILED", f"Technology:{LAST}")


def joint_patent(graph: SmallGraph, on: date | None) -> None:
    file_together(graph, LAST, on, ASKER, ANSWER)


Plant = Callable[[SmallGraph, date | None], None]
PLANTS: tuple[Plant, ...] = (
    future_edge,
    edge_that_only_holds_from_later,
    reverse_edge,
    duplicate_edges,
    later_patent_of_both,
    joint_patent,
)


def vectors_of(snapshot: Snapshot, *labels: str) -> dict[str, Floats]:
    """Two made-up numbers for each node, the same however many nodes follow."""
    return {
        label: np.random.default_rng(place).normal(size=(len(snapshot.nodes(label)), 2)).astype(np.float32)
        for place, label in enumerate(labels)
    }


def partner_scores(estimator: Estimator, plant: Plant | None = None, on: date | None = LATER) -> Floats:
    graph = two_circles(patents=40)
    if plant is not None:
        plant(graph, on)
    snapshot = graph.snapshot()
    vectors = vectors_of(snapshot, "Company") | {"Technology": np.zeros((len(snapshot.nodes("Technology")), 2), "f4")}
    data = TaskData(snapshot, get_task("partners"), vectors, before=CUT)
    return estimator.fit(data, np.random.default_rng(0)).score(data.queries_at(np.arange(data.n_queries)))


@pytest.mark.parametrize("estimator", SCORERS, ids=lambda each: each.name)
@pytest.mark.parametrize("plant", PLANTS, ids=lambda each: each.__name__)
def test_later_partnership_changes_no_score(estimator: Estimator, plant: Plant) -> None:
    np.testing.assert_allclose(partner_scores(estimator, plant), partner_scores(estimator), rtol=0, atol=1e-4)


@pytest.mark.parametrize("plant", PLANTS, ids=lambda each: each.__name__)
def test_the_same_facts_before_the_cut_do_change_scores(plant: Plant) -> None:
    """Without this the test above would pass for scorers that see nothing."""
    earlier = CUT - timedelta(days=1)
    assert np.abs(partner_scores(GraphWalk(), plant, earlier) - partner_scores(GraphWalk())).max() > 1e-3


def space_scores(estimator: Estimator, *, moved: bool) -> Floats:
    """Scores of spaces in three centres; with ``moved``, company c5 goes to the third one after the cut."""
    graph = SmallGraph()
    for number in range(6):
        graph.node("Company", f"c{number}", name=f"회사 {number}")
        graph.node("Space", f"s{number}", title=f"호실 {number}")
    for number in range(3):
        graph.node("Center", f"center{number}", name=f"센터 {number}")
    for number in range(6):
        graph.link(f"Space:s{number}", "PART_OF", f"Center:center{number // 2}")
    moves = {number: CUT - timedelta(days=100 - 10 * number) for number in range(5)}
    if moved:
        moves[5] = LATER
    for number, day in moves.items():
        graph.link(f"Company:c{number}", "OCCUPIES", f"Space:s{number}", on=day)
        # The register of centres has no days.
        graph.link(f"Company:c{number}", "LOCATED_IN", f"Center:center{number // 2}")
    snapshot = graph.snapshot()
    data = TaskData(snapshot, get_task("spaces"), vectors_of(snapshot, "Company", "Space", "Center"), before=CUT)
    return estimator.fit(data, np.random.default_rng(0)).score(data.queries_at(np.arange(6)))


@pytest.mark.parametrize("estimator", SCORERS, ids=lambda each: each.name)
def test_an_undated_mirror_of_a_later_move_changes_no_score(estimator: Estimator) -> None:
    np.testing.assert_array_equal(space_scores(estimator, moved=True), space_scores(estimator, moved=False))
