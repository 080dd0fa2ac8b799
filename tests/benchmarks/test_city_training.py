"""The benchmarks on small cities: they end in figures and a picture, and what is finished is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest
import torch

from benchmarks import city_growth, city_parts, city_training

pytestmark = pytest.mark.slow


@pytest.fixture
def _threads() -> Iterator[None]:
    threads = torch.get_num_threads()
    yield
    torch.set_num_threads(threads)


def _within_this_process(command: Sequence[str], **_: object) -> None:
    """Stand for ``subprocess.run``: peaks of memory, which parts have processes for, are not looked at here."""
    assert command[1:3] == ["-m", "benchmarks.city_training"]
    city_training.main(command[3:])


@pytest.mark.usefixtures("_threads")
def test_training_writes_curves_of_both_and_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All parts at first; in a process of its own the one that was lost."""
    monkeypatch.setattr(city_training, "QUICK", 100)
    with monkeypatch.context() as patched:
        patched.setattr(city_parts, "subprocess", SimpleNamespace(run=_within_this_process))
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
    assert [size["companies"] for size in written["sizes"]] == [500, 1_000]
    assert {"total", "train", "peak_mib", "above_base_mib"} <= set(written["slopes"])
    assert (tmp_path / "city-growth.svg").stat().st_size > 0
