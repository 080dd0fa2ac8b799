"""Every model is listed with what each of its settings means."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from recommender.bench.model_names import ALL, ENGINE, MODEL_NAMES
from recommender.models.settings import ESTIMATORS, Model, documented_models, field_meanings
from recommender.models.triples import engine_contenders, simple_contenders
from recommender.scorers.registry import simple_contenders as simple_scorers
from tests.recommender.scorers.small import WORLDS
from tests.recommender.triples.graphs import families

MODELS = {(each.kind, each.rows[0], each.estimator): each for each in documented_models()}


@pytest.mark.parametrize("kind", sorted(MODEL_NAMES))
def test_every_name_of_a_model_is_listed_once(kind: str) -> None:
    listed = [name for names in ESTIMATORS[kind] for name in names]
    assert sorted(listed) == sorted({*MODEL_NAMES[kind]} - {ALL, ENGINE})


def test_rows_are_made_by_the_estimators_that_are_listed() -> None:
    made = {("recommend", name): each for name, each in simple_scorers(WORLDS["rich"]).items()}
    triples = families()
    for name, each in (simple_contenders(triples) | engine_contenders(triples)).items():
        made["triples", "auto" if name == "engine" else "-".join(name.lower().split())] = each
    assert len(made) > 15
    for (kind, name), variants in made.items():
        (listed,) = (each for names, each in ESTIMATORS[kind].items() if name in names)
        assert {type(each) for each in variants} <= {*listed}, name


@pytest.mark.parametrize("model", MODELS.values(), ids=map("-".join, MODELS))
def test_every_setting_says_what_it_means(model: Model) -> None:
    assert model.summary
    assert [each.name for each in model.settings if not each.meaning] == []


@dataclass(frozen=True)
class Inner:
    """Settings within others."""

    rate: float = 0.5
    """How fast,
    on one line."""


@dataclass(frozen=True)
class Outer(Inner):
    """Settings that inherit one."""

    inner: Inner = field(default_factory=Inner)
    """What is within."""
    silent: int = 1
    cache: dict[str, int] = field(default_factory=dict, compare=False)
    """No setting."""


def test_a_meaning_is_the_docstring_below_the_field_on_one_line() -> None:
    assert field_meanings(Outer) == {
        "rate": "How fast, on one line.",
        "inner": "What is within.",
        "cache": "No setting.",
    }


def test_settings_within_settings_have_dotted_names_and_defaults_are_as_in_python() -> None:
    engine = {each.name: each for each in MODELS["recommend", "auto", "EngineEstimator"].settings}
    assert engine["config.network.heads"].default == "12"
    assert engine["config.trees.objective"].default == "'binary'"
    assert engine["config.style.span"].default == ""
    assert "cache" not in engine
    tuned = {each.name: each.default for each in MODELS["recommend", "pretrained", "PretrainedEstimator"].settings}
    assert (tuned["tuning"], tuned["tuning.epochs"]) == ("None", "25")
