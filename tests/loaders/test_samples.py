"""Tests of the sample: it loads in order, holds facts only, stays small, and is what the full files give."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from loaders.frame import load
from loaders.registry import SOURCES
from loaders.report import LoadReport
from loaders.samples import FOLDER, cut, sample_loads
from stores.embedded import EmbeddedStore
from tests.loaders.examples import template_examples
from tests.loaders.graphs import everything

MEGABYTE = 1 << 20


class Loaded(NamedTuple):
    """What files gave, loaded one after another: a report of each, and all rows of the graph by table."""

    reports: list[LoadReport]
    graph: dict[str, list[dict[str, Any]]]


def loaded(files: Iterable[tuple[str, Path]], empty: Path, folder: Path) -> Loaded:
    shutil.copyfile(empty, folder / empty.name)
    with EmbeddedStore(folder / empty.name) as store:
        reports = [load(SOURCES[name], [path], store, quarantine_dir=folder) for name, path in files]
        return Loaded(reports, everything(store))


@pytest.fixture(scope="module")
def sample(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(sample_loads(), migrated_file, tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def examples(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Loaded:
    return loaded(template_examples(), migrated_file, tmp_path_factory.mktemp("examples"))


def test_the_sample_loads_without_a_bad_row(sample: Loaded) -> None:
    graph = sample.graph

    assert sum(report.quarantined for report in sample.reports) == 0
    assert {name: len(graph[name]) for name in ("Center", "Technology", "Region")} == {
        "Center": 29,
        "Technology": 1325,
        "Region": 280,
    }
    assert len(graph["Program"]) > 500
    assert not any(row["synthetic"] for rows in graph.values() for row in rows)


def test_nothing_of_the_sample_is_a_summary_an_abstract_or_a_contact(sample: Loaded) -> None:
    assert not [row["id"] for row in sample.graph["Program"] if row["summary"]]
    assert not [row["id"] for row in sample.graph["Technology"] if row["abstract"]]
    texts = [path.read_text(encoding="utf-8") for _, path in sample_loads()]
    assert not [text for text in texts if "prch_cnpl_no" in text or "refrncNm" in text or "@gmail" in text]


def test_the_sample_is_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 2 * MEGABYTE


def test_examples_of_templates_are_made_up_and_say_so(examples: Loaded) -> None:
    reports, graph = examples

    assert [report.quarantined for report in reports] == [0] * len(reports)
    for label in ("Company", "Expert", "Space", "Program", "Need"):
        assert all(row["synthetic"] for row in graph[label]), label
    assert not any(row["synthetic"] for label in ("Region", "Industry", "Topic") for row in graph[label])


def test_needs_and_figures_of_the_examples_are_those_of_their_companies(examples: Loaded) -> None:
    """By number, or by name and city."""
    graph = examples.graph
    meant = {row["src"] for name in ("NEEDS__Need", "REPORTED__AnnualFigures") for row in graph[f"Company__{name}"]}

    assert len(meant) == 3
    assert {row["source"] for row in graph["Company"] if row["id"] in meant} == {"companies"}


@pytest.mark.shared
def test_cutting_again_gives_the_same_files(shared_data: Path, tmp_path: Path) -> None:
    cut.cut(shared_data, tmp_path)
    files = sorted(str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file())

    assert len(files) == 15
    assert filecmp.cmpfiles(FOLDER, tmp_path, files, shallow=False) == (files, [], [])
