"""Names of models that nobody has."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from graph_schema.errors import NotFoundError
from recommender.bench.catalogue import ModelChoice
from recommender.bench.model_names import MODEL_NAMES, refuse_unknown_models
from recommender.lab import run_experiment
from recommender.lab.experiment import Experiment, Request
from recommender.scorers.registry import MAKERS
from tests.recommender.bench.models import Popular
from tests.recommender.folders import shop

Asks = Callable[[Path], Any]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shop().write(tmp_path / "data")
    return tmp_path / "data"


@pytest.mark.parametrize(
    "ask",
    [
        lambda data: run_experiment(data, "ItemKNN", data / "out"),
        lambda data: run_experiment(data, ["ease", Popular(name="mine"), "ItemKNN"], data / "out"),
        lambda data: Experiment(Request(data, data / "out", ModelChoice(("ItemKNN",)))),
    ],
)
def test_a_slip_is_told_before_the_folder_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch, ask: Asks) -> None:
    """Texts take minutes to encode, and would be encoded for nothing."""
    monkeypatch.setattr("recommender.lab.experiment.read_dataset", _never)
    with pytest.raises(NotFoundError, match=r"^no model is called ItemKNN; near are item-knn"):
        ask(folder)


def _never(_folder: Path) -> Any:
    pytest.fail("the folder was read")


def test_a_name_without_a_near_one_is_answered_with_all() -> None:
    with pytest.raises(NotFoundError, match=r"^no model is called zzz; known are popularity, "):
        refuse_unknown_models(["ease", "zzz"], None)


def test_the_names_are_those_of_the_models_that_recommend(folder: Path) -> None:
    assert set(MODEL_NAMES["recommend"]) == _named(folder) | MAKERS.keys() | {"engine"}


def test_the_names_are_those_of_the_models_of_triples(tmp_path: Path) -> None:
    ring = [f"{one},{(one + step) % 40}" for step in (1, 2, 3) for one in range(40)]
    parts = [f"{pair},{'train' if at % 5 else ('valid', 'test')[at % 2]}" for at, pair in enumerate(ring)]
    (tmp_path / "edges").mkdir()
    (tmp_path / "edges/E__NEXT__E.csv").write_text("\n".join(["src,dst,split", *parts]), encoding="utf-8")
    (tmp_path / "dataset.toml").write_text('[task]\nkind = "triples"\n', encoding="utf-8")
    assert _named(tmp_path) | {"engine"} == set(MODEL_NAMES["triples"])


def _named(folder: Path) -> set[str]:
    """Return the names that a run of all models knows on a folder."""
    found = Experiment(Request(folder, folder / "out", ModelChoice(("all",)), encoder="none")).contenders
    return {"all", *(each.name for each in found)}


def test_a_task_of_the_graph_recommends() -> None:
    refuse_unknown_models(["auto", "pretrained"], None)
    with pytest.raises(NotFoundError, match="no model is called complex"):
        refuse_unknown_models(["complex"], None)


def test_every_name_stands_in_the_page_on_experiments() -> None:
    page = (Path(__file__).parents[3] / "docs/experiments.md").read_text(encoding="utf-8")
    assert [name for names in MODEL_NAMES.values() for name in names if f"`{name}`" not in page] == []


def test_the_names_bring_nothing_heavy_with_them() -> None:
    """The command line refuses a slip by them before it imports a model."""
    script = (
        "import sys; import recommender.bench.model_names; "
        "heavy = ('torch', 'scipy', 'pandas', 'lightgbm', 'recommender.scorers'); "
        "print([name for name in heavy if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
