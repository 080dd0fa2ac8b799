"""What lies between a question and a candidate."""

from __future__ import annotations

import numpy as np
import pytest

from recommender.scorers import common_neighbours
from recommender.scorers.baskets import blocks
from recommender.scorers.common_neighbours import CommonNeighbours
from tests.recommender.scorers.small import ask, edges, partners, taken

RNG = np.random.default_rng(0)


def test_adamic_adar_of_partners_counts_rare_partners_more() -> None:
    """Company 0 knows 1 (of 2 partners) and 2 (of 3); through 1 comes 3, through 2 come 3 and 4."""
    known = partners([(0, 1), (0, 2), (1, 3), (2, 3), (2, 4)])
    asked = known.history_of(np.array([0]))
    scores = CommonNeighbours("log", "partners").fit(known, RNG).score(asked)[0]
    through = 1 / np.log(2) + 1 / np.log(3)
    assert scores[4] / scores[3] == pytest.approx((1 / np.log(3)) / through, abs=2e-3)


@pytest.mark.parametrize(
    ("rarity", "share"), [("count", 0.5), ("inverse", 0.4), ("root", 3**-0.5 / (3**-0.5 + 2**-0.5))]
)
def test_co_participation_weighs_sets_by_size(rarity: str, share: float) -> None:
    """Item 0 is in a set of 2 with 1, and in one of 3 with 1 and 2."""
    known = taken([(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)])
    scores = CommonNeighbours(rarity).fit(known, RNG).score(ask(known, [4], [(0, 0)]))[0]
    assert scores[2] / scores[1] == pytest.approx(share, abs=2e-3)


def test_other_relations_join_candidates() -> None:
    links = [edges(("Item", "IN", "Field"), [(0, 0), (2, 0), (3, 1)])]
    known = taken([(0, 1)], links=links)
    scores = CommonNeighbours(via="links").fit(known, RNG).score(ask(known, [4], [(0, 0)]))[0]
    assert set(scores.argsort()[-2:].tolist()) == {0, 2}


def test_questions_times_baskets_are_held_in_blocks_that_change_no_score(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten relations that halve four items in turn make 20 baskets: a block of 40 cells has two of five questions."""
    halves = [[(0, 0), (1, 0), (2, 1), (3, 1)], [(0, 0), (2, 0), (1, 1), (3, 1)]]
    links = [edges(("Item", f"IN_{at}", "Field"), halves[at % 2]) for at in range(10)]
    known = taken([(0, 1)], links=links)
    asked = ask(known, [0, 1, 2, 3, 4], [(at, at % 4) for at in range(5)])
    scorer = CommonNeighbours(via="links").fit(known, RNG)
    at_once = scorer.score(asked)
    sizes: list[int] = []

    def small_blocks(size: int, width: int) -> list[slice]:
        parts = list(blocks(size, width, cells=40))
        sizes.extend(part.stop - part.start for part in parts)
        return parts

    monkeypatch.setattr(common_neighbours, "blocks", small_blocks)
    np.testing.assert_array_equal(scorer.score(asked), at_once)
    assert sizes == [2, 2, 1]
