"""Time left counts seconds of work, first as estimated, then as seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from recommender.bench.schedule import Part, Schedule, Window, Work


class Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _estimates(rows: dict[str, float]) -> dict[Work, float]:
    """Let a ranking take a tenth of a fit on valid, and two tenths on the others."""
    ranks: dict[Window, float] = {"valid": 0.1, "test": 0.2, "unseen": 0.2}
    parts: dict[Part, Callable[[float, Window], float]] = {
        "fit": lambda fit, _: fit,
        "rank": lambda fit, window: fit * ranks[window],
    }
    return {
        Work(row, window, part): seconds(fit, window)
        for row, fit in rows.items()
        for window in ranks
        for part, seconds in parts.items()
    }


def _take(schedule: Schedule, clock: Clock, row: str, window: Window, seconds: tuple[float, float]) -> None:
    schedule.begin(row, window)
    for part, each in zip(("fit", "rank"), seconds, strict=True):
        with schedule.at(Work(row, window, part)):
            clock.now += each


def test_a_row_that_takes_longer_weighs_more() -> None:
    """After the four short fits of five, nearly all is still left."""
    clock = Clock()
    schedule = Schedule(_estimates({"short": 10.0, "long": 1_000.0}), clock=clock)
    schedule.plan("short", "test", 4)
    schedule.plan("long", "test", 1)
    assert schedule.left == pytest.approx(4 * 12 + 1_200)
    for _ in range(4):
        _take(schedule, clock, "short", "test", (10, 2))
    assert schedule.left == pytest.approx(1_200)
    assert schedule.spent == 48


def test_what_was_seen_of_the_same_model_replaces_its_estimate() -> None:
    """A fit on test is expected to take as long as on valid, a ranking in proportion to what is ranked."""
    clock = Clock()
    schedule = Schedule(_estimates({"one": 10.0, "two": 10.0}), clock=clock)
    for row in ("one", "two"):
        schedule.plan(row, "valid", 1)
        schedule.plan(row, "test", 2)
    _take(schedule, clock, "one", "valid", (60, 3))
    assert schedule.left == pytest.approx(2 * (60 + 6) + 11 + 2 * 12)
    _take(schedule, clock, "one", "test", (40, 4))
    assert schedule.left == pytest.approx((40 + 4) + 11 + 2 * 12)


def test_a_fit_beyond_its_estimate_raises_what_is_left() -> None:
    """Of itself, and of the fits of the same model to come; while it keeps within, what is left falls."""
    clock = Clock()
    schedule = Schedule(_estimates({"slow": 100.0}), clock=clock)
    schedule.plan("slow", "test", 2)
    schedule.begin("slow", "test")
    told = []
    with schedule.at(Work("slow", "test", "fit")):
        for _ in range(6):
            told.append(round(schedule.left))
            clock.now += 60
    assert told[:2] == [240, 180]
    assert told[2:] == sorted(set(told[2:]))
    assert told[5] == pytest.approx(300 * 0.25 + 20 + 300 * 1.25 + 20)
    assert schedule.left == pytest.approx(360 + 20)


def test_variants_that_share_what_is_trained_take_its_time_once() -> None:
    """However long the first takes, the others add their rankings alone; the test is trained anew."""
    clock = Clock()
    schedule = Schedule(_estimates({"engine": 10.0}), clock=clock, sharing={"engine"})
    schedule.plan("engine", "valid", 14)
    schedule.plan("engine", "test", 1)
    assert schedule.left == pytest.approx(14 * (10 + 1) + 10 + 2)
    schedule.begin("engine", "valid")
    with schedule.at(Work("engine", "valid", "fit")):
        clock.now += 40
        assert schedule.left == pytest.approx(40 * 0.25 + 1 + 13 * 1 + 40 * 1.25 + 2)
    with schedule.at(Work("engine", "valid", "rank")):
        clock.now += 1
    assert schedule.left == pytest.approx(13 * 1 + 40 + 2)


def test_rows_of_a_kind_that_took_longer_than_estimated_raise_those_not_yet_seen() -> None:
    """A machine may be slower than the one the constants were measured on; simple models say nothing of the engine."""
    clock = Clock()
    kinds = {"simple": "simple", "engine": "engine", "control": "engine"}
    schedule = Schedule(_estimates({"simple": 1.0, "engine": 100.0, "control": 20.0}), kinds, clock)
    schedule.plan("control", "test", 1)
    _take(schedule, clock, "simple", "test", (50, 1))
    assert schedule.left == pytest.approx(20 + 4)
    _take(schedule, clock, "engine", "test", (300, 40))
    assert schedule.left == pytest.approx(3 * 20 + 2 * 4)


def test_a_row_that_is_done_or_failed_leaves_nothing() -> None:
    schedule = Schedule(_estimates({"gone": 100.0}), clock=Clock())
    schedule.plan("gone", "valid", 3)
    schedule.plan("gone", "test", 5)
    schedule.drop("gone")
    assert schedule.left == 0


def test_what_an_earlier_run_measured_counts_as_seen() -> None:
    schedule = Schedule(_estimates({"kept": 100.0}), clock=Clock())
    schedule.plan("kept", "test", 1)
    schedule.begin("kept", "valid")
    schedule.take_over("kept", "valid", 7.0, 1.0)
    assert schedule.left == pytest.approx(7 + 2)
