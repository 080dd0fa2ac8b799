"""Relations that give the answers away: mirrors, ways round, the target turned round, what repeats the context."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.recommender.bench.leak_checks.planting import is_refused, noise, passes
from tests.recommender.folders import Row, consortia, people, shop


@pytest.mark.parametrize(
    ("window", "splits"),
    [
        ("valid", ("train", "valid", "test")),
        ("test", ("train", "valid", "test")),
        ("valid", ("valid", "test")),
        ("test", ("valid", "test")),
        ("test", ("test",)),
    ],
)
@pytest.mark.parametrize("day", ["", "2019-05-05"])
def test_a_mirror_of_the_target_is_refused(tmp_path: Path, splits: tuple[str, ...], window: str, day: str) -> None:
    """Whatever rows it holds, undated or with an early date, and turned round."""
    world = shop()
    rows: list[Row] = [(row[1], row[0], day) for row in world.of(*splits)]
    world.add("edges/Item__BOUGHT_BY__User", "src,dst,time", rows)
    is_refused(world, tmp_path, r"Item__BOUGHT_BY__User.csv: it joins .*answers.*one of u\d+ with i\d+", window)


def test_a_mirror_with_noise_is_refused(tmp_path: Path) -> None:
    world = shop()
    rows = [row[:2] for row in world.of("test")] + noise(world, 120)
    world.add("edges/User__SAW__Item", "src,dst", rows)
    is_refused(world, tmp_path, r"User__SAW__Item.csv: it joins 100% of 120 answers, but \d% of the learned pairs")


def test_a_static_relation_between_the_labels_passes(tmp_path: Path) -> None:
    """It holds much of what was and will be bought, among as much else."""
    world = shop()
    rng = np.random.default_rng(2)
    liked = [row[:2] for row in world.target if rng.random() < 0.5]
    passes(world.add("edges/User__LIKES__Item", "src,dst", liked + noise(world, 600)), tmp_path)


def test_a_relation_that_holds_a_part_of_what_was_and_is_bought_alike_passes(tmp_path: Path) -> None:
    world = shop()
    rng = np.random.default_rng(2)
    certified = [row[:2] for row in world.target if rng.random() < 0.25]
    passes(world.add("edges/User__CERTIFIED_FOR__Item", "src,dst", certified), tmp_path)


def test_a_log_of_views_that_began_shortly_before_the_window_passes(tmp_path: Path) -> None:
    """It holds answers far more often than old pairs, for views lead to purchases; but most views lead to none."""
    world = shop()
    views = [(*row[:2], "2020-12-30") for row in world.of("valid", "test")]
    rows = views + [(*pair, "2020-12-30") for pair in noise(world, 1500)]
    passes(world.add("edges/User__VIEWED__Item", "src,dst,time", rows), tmp_path)


def test_the_answers_by_way_of_a_third_node_are_refused(tmp_path: Path) -> None:
    """Each purchase has an order of its own, whose rows lost their dates."""
    world = shop()
    world.add("edges/User__PLACED__Order", "src,dst", [(row[0], f"o{at}") for at, row in enumerate(world.target)])
    world.add("edges/Order__OF__Item", "src,dst", [(f"o{at}", row[1]) for at, row in enumerate(world.target)])
    is_refused(world, tmp_path, r"User__PLACED__Order.csv with edges/Order__OF__Item.csv: it joins \d+ of \d+ answers")


def test_dated_orders_pass(tmp_path: Path) -> None:
    world = shop()
    placed = [(row[0], f"o{at}", row[2]) for at, row in enumerate(world.target)]
    world.add("edges/User__PLACED__Order", "src,dst,time", placed)
    world.add("edges/Order__OF__Item", "src,dst", [(f"o{at}", row[1]) for at, row in enumerate(world.target)])
    passes(world, tmp_path)


@pytest.mark.parametrize("back", [0.0, 0.3, 0.6])
def test_following_back_passes(tmp_path: Path, back: float) -> None:
    passes(people(back=back), tmp_path)


def test_a_relation_without_direction_that_is_declared_with_one_is_refused(tmp_path: Path) -> None:
    is_refused(people(back=1.0), tmp_path, "known the other way round.*100% of all pairs.*set symmetric = true")


def test_both_directions_in_one_split_pass(tmp_path: Path) -> None:
    """Friends who find each other on one day: the other direction is not known when one is asked."""
    world = people(back=0.0)
    world.target = [turned for row in world.target for turned in (row, (row[1], row[0], *row[2:]))]
    world.target = list(dict.fromkeys(world.target))
    seen: dict[frozenset[object], Row] = {}
    for row in world.target:
        seen.setdefault(frozenset(row[:2]), row)
    world.target = [(*row[:2], *seen[frozenset(row[:2])][2:]) for row in world.target]
    passes(world, tmp_path)


def test_answers_hidden_the_other_way_round_in_train_are_refused(tmp_path: Path) -> None:
    world = people(back=0.0)
    world.target += [(row[1], row[0], "2019-01-01", "train") for row in world.of("test")]
    is_refused(world, tmp_path, "known the other way round")


@pytest.mark.parametrize("place", [0, 1])
def test_an_undated_relation_that_repeats_the_context_is_refused(tmp_path: Path, place: int) -> None:
    """The first member of each project leads it; that is known with its own question only."""
    world = consortia()
    leads = [(row[1], row[0]) for row in world.target[place::5]]
    world.add("edges/Member__LEADS__Project", "src,dst", leads)
    is_refused(world, tmp_path, "Member__LEADS__Project.csv: 15 of its rows repeat the context of questions")


def test_a_dated_relation_of_context_and_one_that_is_something_else_pass(tmp_path: Path) -> None:
    world = consortia()
    world.add("edges/Member__LEADS__Project", "src,dst,time", [(row[1], row[0], row[2]) for row in world.target[::5]])
    world.add("edges/Project__NEAR__Member", "src,dst", noise(world, 900))
    passes(world, tmp_path)


def test_a_nearly_complete_graph_passes(tmp_path: Path) -> None:
    """Where nearly everyone follows everyone, pairs are returned and named without any knowledge of them."""
    world = people(n_people=10, back=0.5)
    passes(world.add("edges/Person__KNOWS__Person", "src,dst", [row[:2] for row in world.target[::2]]), tmp_path)
