"""Models by the kind of task, under names that files and the command line can carry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from recommender.knowledge.dataset import Dataset
from recommender.knowledge.folder.read import read_dataset
from recommender.lab.available import Resources, available_models, open_bench
from tests.recommender.bench.test_triple_bench import folder
from tests.recommender.folders import shop


def towns(path: Path) -> Dataset:
    return read_dataset(folder(path))


@pytest.mark.parametrize(("dataset", "first"), [(shop().write, "popularity"), (towns, "relation-popularity")])
def test_names_fit_files_and_the_engine_is_made_only_where_asked(tmp_path: Path, dataset: object, first: str) -> None:
    assert callable(dataset)
    bench = open_bench(dataset(tmp_path / "data"), {}, "cpu")
    simple, engine = available_models(bench, Resources((first,)))
    assert first in simple
    assert not engine
    simple, engine = available_models(bench, Resources(("auto",), 1.0, "cpu"))
    assert "engine" in engine
    assert all(re.fullmatch(r"[a-z0-9-]+", name) for name in (*simple, *engine))


@pytest.mark.parametrize("device", ["auto", "cpu"])
def test_a_simple_model_trains_on_the_device_asked_for(tmp_path: Path, device: str) -> None:
    bench = open_bench(shop().write(tmp_path), {}, device)
    simple, _ = available_models(bench, Resources(("lightgcn",), device=device))
    assert {vars(each)["device"] for each in simple["lightgcn"]} == {device}
