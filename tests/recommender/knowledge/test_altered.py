"""A shuffled graph keeps what it must and moves the rest."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.knowledge.altered import shuffled
from recommender.knowledge.known import Known
from recommender.measure.arrays import Indices
from tests.recommender.folders import World, people, shop


def moved(before: Known, after: Known) -> float:
    """Share of the history that was not there before."""
    return 1.0 - before.history.multiply(after.history).nnz / after.history.nnz


def degrees(ends: Indices, size: int) -> list[int]:
    return list(np.bincount(ends, minlength=size))


def graph() -> World:
    rng = np.random.default_rng(9)
    world = shop()
    pairs = sorted({(int(one), int(other)) for one, other in rng.integers(60, size=(150, 2)) if one != other})
    world.add("edges/User__KNOWS__User", "src,dst", [(f"u{one:02}", f"u{other:02}") for one, other in pairs])
    world.add("edges/Item__IN__Genre", "src,dst", [(f"i{at:02}", f"g{rng.integers(6)}") for at in range(80)])
    return world


@pytest.fixture
def known(tmp_path: Path) -> Known:
    return graph().stage(tmp_path).known


def test_every_node_keeps_its_number_of_edges(known: Known) -> None:
    after = shuffled(known, np.random.default_rng(0))
    assert degrees(after.pairs.query, 60) == degrees(known.pairs.query, 60)
    assert degrees(after.pairs.candidate, 80) == degrees(known.pairs.candidate, 80)
    for old, new in zip(known.relations, after.relations, strict=True):
        assert old.key == new.key
        assert degrees(new.src, 80) == degrees(old.src, 80)
        assert degrees(new.dst, 80) == degrees(old.dst, 80)


def test_most_edges_move_and_none_repeats_or_joins_a_node_to_itself(known: Known) -> None:
    after = shuffled(known, np.random.default_rng(0))
    assert moved(known, after) > 0.8
    assert after.history.nnz == known.history.nnz
    assert [len(edges) for edges in after.relations] == [len(edges) for edges in known.relations]
    knows = next(edges for edges in after.relations if edges.name == "KNOWS")
    assert (knows.src != knows.dst).all()
    assert len(set(zip(knows.src, knows.dst, strict=True))) == len(knows)


def test_nothing_else_changes(known: Known) -> None:
    after = shuffled(known, np.random.default_rng(0))
    assert after.dataset is known.dataset
    assert after.vectors is known.vectors
    assert after.is_candidate is known.is_candidate
    assert after.start == known.start
    assert (np.sort(after.pairs.time) == np.sort(known.pairs.time)).all()


def test_one_seed_gives_one_graph_and_what_is_known_stays(known: Known) -> None:
    before = known.pairs.candidate.copy()
    one, other = (shuffled(known, np.random.default_rng(4)) for _ in range(2))
    assert (one.pairs.candidate == other.pairs.candidate).all()
    assert (known.pairs.candidate == before).all()
    assert not (shuffled(known, np.random.default_rng(5)).pairs.candidate == one.pairs.candidate).all()


def test_a_symmetric_relation_stays_symmetric(tmp_path: Path) -> None:
    world = people(back=0.0)
    world.task = "symmetric = true"
    world.target = [row for row in world.target if (row[1], row[0]) not in {each[:2] for each in world.target}]
    known = world.stage(tmp_path).known
    after = shuffled(known, np.random.default_rng(0))
    assert (after.history != after.history.T).nnz == 0
    assert after.history.diagonal().sum() == 0
    assert degrees(after.pairs.query, 80) == degrees(known.pairs.query, 80)
    assert moved(known, after) > 0.7


def test_dates_stay_with_ends_of_about_their_time(tmp_path: Path) -> None:
    """Items of one year each: with thousands of edges, no item is bought years before it was."""
    rng = np.random.default_rng(0)
    world = shop()
    years = np.repeat(np.arange(2001, 2011), 800)
    world.target = [
        (f"u{rng.integers(60):02}", f"i{(year - 2001) * 8 + rng.integers(8):02}", f"{year}-06-01", "train")
        for year in years
    ] + [("u00", "i00", "2021-01-01", "test"), ("u01", "i79", "2021-01-01", "valid")]
    world.mask = "known = false"
    known = world.stage(tmp_path).known
    after = shuffled(known, np.random.default_rng(0))
    year_of = after.pairs.time.astype("datetime64[Y]").astype(int) + 1970
    dated = year_of < 2021
    assert np.abs(after.pairs.candidate[dated] // 8 + 2001 - year_of[dated]).max() <= 2


def test_a_complete_graph_cannot_move_and_is_not_dropped(tmp_path: Path) -> None:
    world = graph()
    world.add(
        "edges/User__LIVES_IN__City", "src,dst", [(f"u{at:02}", f"c{city}") for at in range(60) for city in range(2)]
    )
    known = world.stage(tmp_path).known
    after = shuffled(known, np.random.default_rng(0))
    lives = next(edges for edges in after.relations if edges.name == "LIVES_IN")
    assert len(set(zip(lives.src, lives.dst, strict=True))) == len(lives) == 120
