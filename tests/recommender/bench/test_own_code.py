"""Code of a model from outside the project: changed code has another hash, code that moved has the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.bench.own_code import own_code
from recommender.lab.available import Resources
from recommender.lab.experiment import Experiment, Request
from recommender.scorers.popularity import Popularity
from tests.recommender.folders import shop

MODEL = """
from dataclasses import dataclass
from functools import cache
import numpy as np

WEIGHT = 2.0
KINDS = frozenset({"one", "two", "three"})

@cache
def scale(known):
    return WEIGHT * (1 if "one" in KINDS else 0)

@dataclass(frozen=True)
class Mine:
    power: float = 1.0
    name: str = "mine"

    def fit(self, known, rng):
        counts = np.bincount(known.pairs.candidate, minlength=len(known.candidates))
        return MineScorer(counts * scale(1))

class MineScorer:
    share = 0.5

    def __init__(self, scores):
        self.scores = scores

    def score(self, asked):
        return np.tile(self.scores.astype(np.float32), (len(asked), 1))
"""


def mine(text: str = MODEL) -> object:
    """Define the model as a cell of a notebook does: in a module without a file."""
    names: dict[str, object] = {"__name__": "__main__"}
    exec(compile(text, "<cell>", "exec"), names)  # noqa: S102 - a text of this test
    made = names["Mine"]
    assert isinstance(made, Callable)
    return made()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("counts * scale(1)", "counts * scale(1) + 1"),
        ("np.tile(self.scores", "np.tile(-self.scores"),
        ("WEIGHT = 2.0", "WEIGHT = 3.0"),
        ("(1 if", "(2 if"),
        ("share = 0.5", "share = 0.6"),
        (', "three"', ', "four"'),
    ],
)
def test_a_change_anywhere_in_what_the_model_runs_is_seen(old: str, new: str) -> None:
    assert own_code(mine(MODEL.replace(old, new))) != own_code(mine())


def test_comments_and_places_do_not_count() -> None:
    moved = "# A remark.\n\n" + MODEL.replace("share = 0.5", "share = 0.5  # of the whole")
    assert own_code(mine(moved)) == own_code(mine())


def test_the_project_s_own_models_have_none() -> None:
    assert own_code(Popularity()) == ""


@dataclass(frozen=True)
class Wrapper:
    """A model whose settings hold a function, or another model."""

    inner: object


def test_functions_and_models_among_the_settings_count() -> None:
    plus, minus = Wrapper(lambda value: value + 1), Wrapper(lambda value: value - 1)
    assert own_code(plus) != own_code(minus)
    assert own_code(Wrapper(mine())) != own_code(Wrapper(mine(MODEL.replace("= 0.5", "= 0.6"))))
    assert own_code(Wrapper(Popularity())) == own_code(Wrapper(Popularity(rows=True)))


def test_another_process_finds_the_same(tmp_path: Path) -> None:
    (tmp_path / "model.py").write_text(MODEL, encoding="utf-8")
    told = "import model; from recommender.bench.own_code import own_code; print(own_code(model.Mine()))"
    answers = {
        subprocess.run(
            [sys.executable, "-c", told],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONPATH": f"{tmp_path}:{Path.cwd()}", "PYTHONHASHSEED": seed},
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert len(answers) == 1
    assert answers != {""}


def run(folder: Path, text: str) -> float:
    model = mine(text)

    def available(_bench: Bench, _resources: Resources) -> tuple[Variants, Variants]:
        return {"mine": (model,)}, {}

    request = Request(folder / "data", folder / "out", ModelChoice(("mine",), only=True), seeds=1, encoder="none")
    figures = Experiment(request, available=available).run().test.models[0].slices["all"]["mrr"]
    return float(figures.mean)


def test_a_run_fits_a_changed_model_anew_and_takes_what_an_unchanged_one_finished(tmp_path: Path) -> None:
    shop().write(tmp_path / "data")
    first, parts = run(tmp_path, MODEL), tmp_path / "out" / "parts" / "mine"
    finished = set(parts.glob("*.npz"))
    assert run(tmp_path, MODEL) == first
    assert set(parts.glob("*.npz")) == finished
    turned = run(tmp_path, MODEL.replace("np.tile(self.scores", "np.tile(-self.scores"))
    assert not np.isclose(turned, first)
    assert len(set(parts.glob("*.npz"))) == 2 * len(finished)
