"""Running contenders on one bench."""

from __future__ import annotations

from pathlib import Path

import pytest

from recommender.experiments.contender import Contender
from recommender.experiments.parts import PartStore
from recommender.experiments.recommend_bench import RecommendBench
from recommender.experiments.run import Runner, Settings
from tests.recommender.experiments.folders import shop
from tests.recommender.experiments.models import CallList, Counted, Popular


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
