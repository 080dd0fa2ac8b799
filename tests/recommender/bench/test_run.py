"""Running contenders on one bench."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.bench.contender import Contender
from recommender.bench.parts import PartStore
from recommender.bench.recommend_bench import RecommendBench
from recommender.bench.run import Runner, Settings
from recommender.bench.writing import UnwritableError
from tests.recommender.bench.models import CallList, Counted, Popular
from tests.recommender.folders import shop


def test_a_part_is_not_taken_where_auto_is_another_device(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings of a row are alike with and without a GPU; what it learned there may not be."""
    bench, fits = RecommendBench(shop().write(tmp_path / "data"), {}), CallList([])
    runner = Runner(bench, PartStore(tmp_path / "parts", {}), Settings(seeds=(0,)))
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
        Runner(bench, store, Settings(seeds=(0,))).run(contenders)
    assert len(fits.calls) == 1


def test_of_what_is_about_as_good_the_preferred_is_chosen_and_of_simple_models_the_best(tmp_path: Path) -> None:
    """The least popular first are too far behind, with some noise popularity is not, without it is best."""
    bench = RecommendBench(shop().write(tmp_path / "data"), {})
    runner = Runner(bench, PartStore(tmp_path / "parts", {}), Settings(seeds=(0,)))
    variants = (Popular(-1.0), Popular(noise=0.3), Popular(2.0), Popular())
    steady, best = Contender("steady", variants, prefers_first=True), Contender("best", variants)
    for contender, place in ((steady, 1), (best, 2)):
        (row,) = runner.run([contender])
        assert runner.choose(contender) == row.chosen == place
    assert [each.behind for each in row.tried] == pytest.approx([1.48, 0.70, 0.0, 0.0], abs=0.01)
    means = [each.valid[bench.metrics[0]] for each in row.tried]
    assert means[0] < means[1] < means[2] == means[3]
