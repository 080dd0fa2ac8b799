"""What serves is named by its settings, and comes back from them as it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from graph_schema.errors import ModelError
from recommender.bench.contender import config_of
from recommender.knowledge.known import Estimator
from recommender.knowledge.stages import build_stage
from recommender.models.served import LEARNED, EngineSize, simple_rows
from recommender.models.stored import estimator_of
from recommender.models.stored_triples import triple_estimator_of
from recommender.models.triples import engine_contenders, simple_contenders
from tests.recommender.engine.small_engine import clubs, known_of
from tests.recommender.triples.graphs import families


def every_estimator(folder: Path) -> list[Estimator]:
    known, _ = known_of(clubs(), folder)
    stage = build_stage(known.dataset, "valid", {})
    simple = [each for variants in simple_rows(stage.known).values() for each in variants]
    return [*simple, *(each for rows in LEARNED.values() for each in rows(stage, EngineSize()))]


def test_settings_that_went_through_json_make_an_equal_estimator(tmp_path: Path) -> None:
    for each in every_estimator(tmp_path):
        config = json.loads(json.dumps(config_of(each)))
        assert estimator_of(config) == each
        assert config_of(estimator_of(config)) == config


@pytest.mark.parametrize("config", [{"type": "Oracle"}, {"type": "Popularity", "speed": 1}, {"type": "Mix"}, "engine"])
def test_settings_of_another_version_are_refused_with_the_remedy(config: object) -> None:
    with pytest.raises(ModelError, match="made by another version: train again"):
        estimator_of(config)


def test_every_row_on_triples_is_made_again_of_its_settings() -> None:
    triples = families()
    rows = [*simple_contenders(triples).values(), *engine_contenders(triples, 1.0).values()]
    assert len(rows) > 6
    for each in (variant for row in rows for variant in row):
        assert triple_estimator_of(json.loads(json.dumps(config_of(each)))) == each
    with pytest.raises(ModelError, match="made by another version: train again"):
        triple_estimator_of({"type": "Ease"})
