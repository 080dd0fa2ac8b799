"""Every scorer keeps the contract."""

from __future__ import annotations

from recommender.served.scorers.content import ContentNeighbours
from recommender.served.scorers.families import FAMILIES
from recommender.served.scorers.gnn import Gnn
from recommender.served.scorers.items import ItemNeighbours
from recommender.served.scorers.peers import PeerPopularity
from recommender.served.scorers.popularity import Popularity
from recommender.served.scorers.walk import GraphWalk
from tests.recommender.served.scorers.contract import ScorerContract, city

__all__ = ["city"]


class TestPopularity(ScorerContract):
    estimator = Popularity()


class TestContent(ScorerContract):
    estimator = ContentNeighbours()


class TestPeers(ScorerContract):
    estimator = PeerPopularity()


class TestItems(ScorerContract):
    estimator = ItemNeighbours()


class TestWalk(ScorerContract):
    estimator = GraphWalk()


class TestGnn(ScorerContract):
    estimator = Gnn(hidden=8, text_dimension=8, periods=2, epochs=2)


def test_no_family_is_left_out() -> None:
    tested = {contract.estimator.name for contract in ScorerContract.__subclasses__()}
    assert tested == set(FAMILIES)
