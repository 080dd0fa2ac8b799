"""The benchmarks on small cities: they end in figures and a picture, and what is finished is kept."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks import city_growth, city_training

pytestmark = pytest.mark.slow


def test_training_writes_curves_of_both_and_goes_on_where_it_stopped(tmp_path: Path) -> None:
    city_training.main(["--quick", "--threads", "1", "--out", str(tmp_path)])
    written = json.loads((tmp_path / "city-training.json").read_text())
    curves = {part["kind"]: part["points"] for part in written["parts"] if part["points"]}
    assert {"propagation-curve", "heteroconv-curve", "propagation-same-steps-curve"} == set(curves)
    assert all(points[-1]["cpu_seconds"] > points[0]["cpu_seconds"] for points in curves.values())
    assert (tmp_path / "city-training.svg").stat().st_size > 0
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*seed0.json")}
    lost = tmp_path / next(path.name for path in before if path.name.startswith("propagation-timing"))
    lost.unlink()
    city_training.main(["--quick", "--threads", "1", "--out", str(tmp_path)])
    assert [path for path, at in before.items() if path.stat().st_mtime_ns != at] == [lost]


def test_growth_writes_slopes_and_a_picture(tmp_path: Path) -> None:
    city_growth.main(["--quick", "--out", str(tmp_path)])
    written = json.loads((tmp_path / "city-growth.json").read_text())
    assert [size["companies"] for size in written["sizes"]] == [1_000, 2_000]
    assert {"total", "train", "peak_mib", "above_base_mib"} <= set(written["slopes"])
    assert (tmp_path / "city-growth.svg").stat().st_size > 0
