"""Names of models that nobody has."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from cli.model_names import MODEL_NAMES, refuse_unknown_models
from graph_schema.errors import NotFoundError
from recommender.bench.catalogue import ModelChoice
from recommender.lab.experiment import Experiment, Request
from recommender.models.pretrained import FINE_TUNED, PRETRAINED
from recommender.scorers.registry import MAKERS
from tests.cli.conftest import Run
from tests.recommender.folders import shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop().write(tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize("command", ["run", "predict", "explain"])
def test_a_slip_is_told_before_the_folder_is_read(
    run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    """Texts take minutes to encode, and would be encoded for nothing."""
    monkeypatch.setattr("recommender.lab.experiment.read_dataset", _never)
    answer = run("experiment", command, folder, "--model", "ItemKNN")
    assert str(answer.exception).startswith("no model is called ItemKNN; near are item-knn")


def _never(_folder: Path) -> Any:
    pytest.fail("the folder was read")


def test_a_name_without_a_near_one_is_answered_with_all() -> None:
    with pytest.raises(NotFoundError, match=r"^no model is called zzz; known are popularity, "):
        refuse_unknown_models(["ease", "zzz"], None)


def test_the_names_are_those_of_the_models_that_recommend(folder: Path) -> None:
    """The run tells neither the engine's second name nor the rows that run where they are named."""
    known = _named(folder) | MAKERS.keys() | {"engine", PRETRAINED, FINE_TUNED}
    assert set(MODEL_NAMES["recommend"]) == known


def test_the_names_are_those_of_the_models_of_triples(tmp_path: Path) -> None:
    ring = [f"{one},{(one + step) % 40}" for step in (1, 2, 3) for one in range(40)]
    parts = [f"{pair},{'train' if at % 5 else ('valid', 'test')[at % 2]}" for at, pair in enumerate(ring)]
    (tmp_path / "edges").mkdir()
    (tmp_path / "edges/E__NEXT__E.csv").write_text("\n".join(["src,dst,split", *parts]), encoding="utf-8")
    (tmp_path / "dataset.toml").write_text('[task]\nkind = "triples"\n', encoding="utf-8")
    assert _named(tmp_path) | {"engine"} == set(MODEL_NAMES["triples"])


def _named(folder: Path) -> set[str]:
    """Return the names that the run itself knows on a folder."""
    request = Request(folder, folder / "out", ModelChoice(("no such model",)), encoder="none")
    with pytest.raises(NotFoundError) as caught:
        Experiment(request)
    return set(re.sub(".*known are ", "", str(caught.value)).split(", "))


def test_a_task_of_the_graph_recommends() -> None:
    refuse_unknown_models(["auto", "pretrained"], None)
    with pytest.raises(NotFoundError, match="no model is called complex"):
        refuse_unknown_models(["complex"], None)


def test_every_name_stands_in_the_page_on_experiments() -> None:
    page = (Path(__file__).parents[2] / "docs/experiments.md").read_text(encoding="utf-8")
    assert [name for names in MODEL_NAMES.values() for name in names if f"`{name}`" not in page] == []
