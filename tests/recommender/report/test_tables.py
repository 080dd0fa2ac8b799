"""What the tables of a report show."""

from __future__ import annotations

from recommender.bench.contender import config_of
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.report.tables import differing_settings, settings_text
from tests.recommender.bench.models import Popular
from tests.recommender.engine.small_engine import quick


def test_variants_of_an_engine_row_are_told_apart_by_their_mix() -> None:
    """What all have alike, such as the settings of its parts, is left out."""
    mixes = (Mix(network=1.0), Mix({"binary": 0.15}, 0.85), Mix(simple={"knn:target": 1.0}))
    configs = [config_of(EngineEstimator("engine", quick(), mix)) for mix in mixes]
    differing = differing_settings(configs)
    assert [settings_text(each, differing) for each in configs] == [
        "EngineEstimator(mix.network=1.0)",
        "EngineEstimator(mix.trees.binary=0.15, mix.network=0.85)",
        "EngineEstimator(mix.network=0.0, mix.simple.knn:target=1.0)",
    ]


def test_plain_settings_are_shown_whether_they_differ_or_not() -> None:
    assert settings_text(config_of(Popular(2.0))) == "Popular(power=2.0, noise=0.0)"
    assert differing_settings([config_of(Popular()), config_of(Popular(2.0))]) == {"power"}


def test_settings_in_lists_are_told_apart_by_their_place() -> None:
    configs = [{"type": "Walk", "weights": each} for each in ([1, 2], [1, 3])]
    assert settings_text(configs[1], differing_settings(configs)) == "Walk(weights.1=3)"
