"""Running contenders on one bench."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from recommender.bench.contender import Contender, Role
from recommender.bench.parts import PartStore
from recommender.bench.recommend_bench import RecommendBench
from recommender.bench.run import WORK, Runner
from recommender.bench.schedule import Schedule, Work
from recommender.bench.writing import UnwritableError
from recommender.knowledge.known import Known
from tests.recommender.bench.models import CallList, Counted, Popular, PopularScorer
from tests.recommender.bench.test_schedule import Clock
from tests.recommender.folders import shop


def test_a_part_is_not_taken_where_auto_is_another_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a row are alike with and without a GPU; what it learned there may not be."""
    bench, fits = RecommendBench(shop().write(tmp_path / "data"), {}), CallList([])
    runner = Runner(bench, PartStore(tmp_path / "parts", {}), (0,))
    found = []
    for has_gpu in (False, True, False):
        monkeypatch.setattr("torch.cuda.is_available", lambda has_gpu=has_gpu: has_gpu)
        runner.run([Contender("counted", (Counted(Popular(), fits),))])
        found.append(len(fits.calls))
    assert found == [1, 2, 2]


def test_a_full_disk_ends_the_run_at_once(tmp_path: Path) -> None:
    """A model that fails is a row that says so; where nothing can be kept, further fits are for nothing."""
    bench, fits = RecommendBench(shop().write(tmp_path / "data"), {}), CallList([])
    store = PartStore(tmp_path / "parts", {})
    (tmp_path / "parts/first").write_text("in the way", encoding="utf-8")
    contenders = [Contender(name, (Counted(Popular(), fits),)) for name in ("first", "second")]
    with pytest.raises(UnwritableError, match="make room"):
        Runner(bench, store, (0,)).run(contenders)
    assert len(fits.calls) == 1


def test_of_what_is_about_as_good_the_preferred_is_chosen_and_of_simple_models_the_best(tmp_path: Path) -> None:
    """The least popular first are too far behind, with some noise popularity is not, without it is best."""
    bench = RecommendBench(shop().write(tmp_path / "data"), {})
    runner = Runner(bench, PartStore(tmp_path / "parts", {}), (0,))
    variants = (Popular(-1.0), Popular(noise=0.3), Popular(2.0), Popular())
    steady, best = Contender("steady", variants, prefers_first=True), Contender("best", variants)
    for contender, place in ((steady, 1), (best, 2)):
        (row,) = runner.run([contender])
        assert runner.choose(contender) == row.chosen == place
    assert [each.behind for each in row.tried] == pytest.approx([1.48, 0.70, 0.0, 0.0], abs=0.01)
    means = [each.valid[bench.metrics[0]] for each in row.tried]
    assert means[0] < means[1] < means[2] == means[3]


class _Timed:
    """Moves a clock by what its fit takes, and keeps what is told while it learns."""

    def __init__(self, clock: Clock, seconds: float) -> None:
        self.clock, self.seconds = clock, seconds

    def fit(self, known: Known, rng: np.random.Generator) -> PopularScorer:
        self.clock.now += self.seconds
        return Popular(noise=1.0).fit(known, rng)


def test_seconds_of_work_are_told_whatever_the_number_of_fits(tmp_path: Path) -> None:
    """Half of the fits are done when a slow row begins, whose first fit shows what its second will take."""
    bench, clock = RecommendBench(shop().write(tmp_path / "data"), {}), Clock()
    told: list[tuple[str, int, int | None]] = []
    schedule = Schedule({Work("slow", "test", "fit"): 100.0, Work("quick", "test", "fit"): 1.0}, clock=clock)
    store = PartStore(tmp_path / "parts", {})
    runner = Runner(bench, store, (0, 1), lambda *step: told.append(step), schedule)
    runner.run([Contender("quick", (_Timed(clock, 1.0),)), Contender("slow", (_Timed(clock, 600.0),))])
    whole = [(done, total) for what, done, total in told if what == WORK]
    assert whole == [(0, 202), (1, 202), (2, 202), (602, 1_202)]
    assert ("slow, test, seconds", 0, 100) in told


def test_other_rows_of_another_budget_are_taken_as_they_are(tmp_path: Path) -> None:
    """A budget is in the settings that it changes; a row that it leaves alone is not fitted again."""
    bench, fits = RecommendBench(shop().write(tmp_path / "data"), {}), CallList([])
    store = PartStore(tmp_path / "parts", {})
    for power in (1.0, 2.0):
        rows = [
            Contender(name, (Counted(Popular(each), fits),), role=Role.ENGINE)
            for name, each in (("same", 1.0), ("sized", power))
        ]
        Runner(bench, store, (0,)).run(rows)
    assert len(fits.calls) == 3
