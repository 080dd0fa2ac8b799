"""A setting that the user gives stands in every variant of a row; valid chooses the others."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_schema.errors import ConfigError
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.lab import run_experiment
from recommender.lab.fixed_settings import FixedSetting, fix_settings, read_fixed_settings, refuse_absent_rows
from recommender.scorers.ease import Ease
from recommender.scorers.graph_walk import GraphWalk
from recommender.scorers.item_knn import ItemKnn
from recommender.triples.complex import ComplexEstimator
from recommender.triples.tuning import TunedEstimator
from tests.recommender.engine.small_engine import quick
from tests.recommender.folders import shop

EASE = (Ease(regularisation=5.0), Ease(regularisation=20.0), Ease(item_power=0.2))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("ease.regularisation=20", FixedSetting("ease", "regularisation", 20)),
        (" ease.item_power = 0.5 ", FixedSetting("ease", "item_power", 0.5)),
        ("graph-walk.restart=.2", FixedSetting("graph-walk", "restart", 0.2)),
        ("graph-walk.restart=1.", FixedSetting("graph-walk", "restart", 1.0)),
        ("graph-walk.over=links", FixedSetting("graph-walk", "over", "links")),
        ('graph-walk.over="links"', FixedSetting("graph-walk", "over", "links")),
        ("engine.config.pool=200", FixedSetting("auto", "config.pool", 200)),
        ("auto.mix.newcomers=true", FixedSetting("auto", "mix.newcomers", True)),  # noqa: FBT003 - the value that is set
    ],
)
def test_a_setting_is_read_with_its_value(text: str, read: FixedSetting) -> None:
    assert read_fixed_settings(text) == (read,)
    assert isinstance(read_fixed_settings([text])[0].value, type(read.value))


def test_what_serves_is_measured_as_it_is() -> None:
    with pytest.raises(ConfigError, match="served is what `dure train` trains, as it is; leave it out"):
        read_fixed_settings("served.windows=3")


def test_it_stands_in_every_variant_and_those_that_are_left_are_chosen_among() -> None:
    fixed = read_fixed_settings("ease.regularisation=7")
    found = fix_settings({"ease": EASE, "item-knn": (ItemKnn(),)}, fixed, distinct=True)
    assert found == {
        "ease": (Ease(regularisation=7.0), Ease(regularisation=7.0, item_power=0.2)),
        "item-knn": (ItemKnn(),),
    }
    assert [type(each.regularisation) for each in found["ease"]] == [float, float]


def test_a_setting_within_another_is_named_by_its_path_and_the_engine_keeps_its_variants() -> None:
    row = tuple(EngineEstimator("engine", quick(), Mix(network=share)) for share in (0.5, 1.0))
    found = fix_settings(
        {"engine": row}, read_fixed_settings(["auto.config.pool=33", "auto.mix.network=1"]), distinct=False
    )
    assert [(each.config.pool, each.mix.network) for each in found["engine"]] == [(33, 1.0), (33, 1.0)]
    assert found["engine"][0].cache is row[0].cache


def test_a_row_that_chooses_for_itself_chooses_among_what_is_left() -> None:
    row = TunedEstimator((ComplexEstimator(8), ComplexEstimator(16)), (ComplexEstimator(4), ComplexEstimator(4)))
    (found,) = fix_settings({"complex": (row,)}, read_fixed_settings("complex.rank=2"), distinct=True)["complex"]
    assert {each.rank for each in (*found.variants, *found.pilots)} == {2}


@pytest.mark.parametrize(
    ("text", "en", "ko"),
    [
        ("ease", "is not a setting; write ROW.SETTING=VALUE", "설정을 읽을 수 없습니다"),
        ("ease.regularization=3", "no setting regularization; .*near: regularisation", "없는 설정: regularization"),
        ("ease.name=x", "no setting name", "없는 설정: name"),
        ("ease.regularisation.x=3", "no setting regularisation.x", "없는 설정"),
        ("ease.regularisation=lots", "cannot be 'lots'; what fits: such as 5.0", "5.0 같은 값"),
        ("graph-walk.over=sideways", "what fits: all, target, links", "적을 수 있는 값: all, target, links"),
        ("auto.mix={}", "an estimator from Python alone", "파이썬에서 추정기로만"),
    ],
)
def test_what_a_row_cannot_take_is_refused_with_what_it_can(text: str, en: str, ko: str) -> None:
    rows = {"ease": EASE, "graph-walk": (GraphWalk(),), "engine": (EngineEstimator("engine", quick(), Mix()),)}
    with pytest.raises(ConfigError, match=en) as told:
        fix_settings(rows, read_fixed_settings(text), distinct=True)
    assert ko in told.value.wording.ko


def test_a_row_that_is_not_run_is_named() -> None:
    with pytest.raises(ConfigError, match="svd-cosine is not run; the models of this run are ease"):
        refuse_absent_rows(read_fixed_settings("svd-cosine.dimension=3"), ["ease"])


def test_a_run_uses_it_and_its_report_says_so(tmp_path: Path) -> None:
    shop().write(tmp_path / "data")
    options = {"seeds": 1, "only": True, "cold": False, "encoder": "none"}
    found = run_experiment(tmp_path / "data", "ease", tmp_path / "out", set=["ease.regularisation=7"], **options)
    tried = found.findings.test.models[0].row.tried
    assert {each.config["regularisation"] for each in tried} == {7.0}  # type: ignore[index] # settings are a mapping
    notes = json.loads((tmp_path / "out" / "metrics.json").read_text(encoding="utf-8"))["notes"]
    assert "given, and not chosen on valid: ease.regularisation=7" in notes
    again = run_experiment(tmp_path / "data", "ease", tmp_path / "other", **options)
    assert again.findings.hashes["config"] != found.findings.hashes["config"]
