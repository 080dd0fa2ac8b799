"""Numbers and days of nodes that were worked out after the cut."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from tests.recommender.bench.leak_checks.planting import WINDOWS, is_refused, passes, with_column
from tests.recommender.folders import World, columns, consortia, shop


def counted(world: World, splits: tuple[str, ...], end: int = 1) -> list[int]:
    label = "nodes/Item" if end else "nodes/User"
    counts = Counter(row[end] for row in world.of(*splits))
    return [counts[row[0]] for row in world.files[label][1]]


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("form", ["exact", "log", "noisy"])
def test_a_count_that_holds_the_test_is_refused(tmp_path: Path, form: str, window: str) -> None:
    world = shop(n_users=150)
    counts = np.array(counted(world, ("train", "valid", "test")), dtype=float)
    forms = {"exact": counts, "log": np.log1p(counts).round(4), "noisy": counts * 2 + np.linspace(0, 0.3, len(counts))}
    world = with_column(world, "Item", "popularity", [f"{value:g}" for value in forms[form]])
    is_refused(world, tmp_path, "column 'popularity' (is|follows) the number of rows User__BUYS__Item", window)


@pytest.mark.parametrize("splits", [("train",), ("train", "valid")])
def test_a_count_of_what_was_known_passes(tmp_path: Path, splits: tuple[str, ...]) -> None:
    world = shop(n_users=150)
    passes(with_column(world, "Item", "popularity", list(counted(world, splits))), tmp_path)


def test_a_number_that_goes_along_with_activity_passes(tmp_path: Path) -> None:
    world = shop(n_users=150)
    counts = np.array(counted(world, ("train", "valid", "test")))
    revenue = counts * np.random.default_rng(4).lognormal(0, 0.4, len(counts))
    passes(with_column(world, "Item", "revenue", [f"{value:.2f}" for value in revenue]), tmp_path)


def test_the_planned_size_of_a_new_query_passes(tmp_path: Path) -> None:
    world = consortia()
    sizes = Counter(row[0] for row in world.target)
    sizes["p00"] += 1
    passes(with_column(world, "Project", "planned", [sizes[f"p{at:02}"] + at % 2 for at in range(90)]), tmp_path)


def test_a_count_over_the_whole_of_another_relation_is_refused(tmp_path: Path) -> None:
    world = shop()
    rng = np.random.default_rng(5)
    views = [
        (f"u{rng.integers(60):02}", f"i{rng.integers(80):02}", f"202{year}-02-15")
        for year in (0, 1)
        for _ in range(400)
    ]
    world.add("edges/User__VIEWED__Item", "src,dst,time", views)
    counts = Counter(row[1] for row in views)
    world = with_column(world, "Item", "views", [counts[f"i{at:02}"] for at in range(80)])
    is_refused(world, tmp_path, "'views' is the number of rows User__VIEWED__Item")


def last_days(world: World, splits: tuple[str, ...], end: int) -> dict[object, str]:
    found: dict[object, str] = {}
    for row in world.of(*splits):
        found[row[end]] = max(found.get(row[end], ""), str(row[2]))
    return found


@pytest.mark.parametrize("form", ["day", "day after", "year"])
def test_a_last_day_in_the_window_is_refused(tmp_path: Path, form: str) -> None:
    world = shop(n_items=150)
    last = last_days(world, ("train", "valid", "test"), 1)
    if form != "day":
        # In January 2021 as in 2020, so that a year tells who is active in the window.
        world.target = [row for row in world.target if row[3] != "valid"] + [
            (*row[:2], f"2020-12-{20 + at % 9}", "valid") for at, row in enumerate(world.of("valid"))
        ]
        last = last_days(world, ("train", "valid", "test"), 1)
    days = [last.get(f"i{at:0>2}", "2020-01-01") for at in range(150)]
    values: dict[str, list[object]] = {
        "day": list(days),
        "day after": [str(np.datetime64(day) + 1) for day in days],
        "year": [day[:4] for day in days],
    }
    world = with_column(world, "Item", "last_seen", values[form])
    is_refused(world, tmp_path, "column 'last_seen' lies in or after the test window")


def test_days_that_were_planned_and_the_day_of_an_export_pass(tmp_path: Path) -> None:
    world = shop(n_items=150)
    rng = np.random.default_rng(6)
    ends = [str(np.datetime64("2020-06-01") + int(day)) for day in rng.integers(500, size=150)]
    rows = columns([f"i{at:0>2}" for at in range(150)], ends, ["2021-02-26"] * 150)
    passes(world.add("nodes/Item", "id,licence_until,updated_at", rows), tmp_path)


def test_the_start_of_new_queries_in_the_window_passes(tmp_path: Path) -> None:
    world = consortia()
    starts = {row[0]: row[2] for row in world.target}
    passes(with_column(world, "Project", "start_date", [starts[f"p{at:02}"] for at in range(90)]), tmp_path)
