"""A saved model knows all of its folder, gives the same answers when it is opened again, and leaves known pairs out."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError, ModelError, NotFoundError
from recommender.bench.bench import Bench
from recommender.bench.catalogue import ModelChoice, Variants
from recommender.bench.model_names import WITH_VECTORS
from recommender.lab.available import Resources, available_models
from recommender.lab.experiment import NO_ENCODER, Experiment, Request
from recommender.lab.saved import SavedRecommender, open_model, save_model
from recommender.scorers.registry import simple_contenders
from tests.recommender.bench.models import Popular
from tests.recommender.folders import shop
from tests.recommender.scorers.small import WORLDS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("shop") / "data"
    shop().write(path)
    return path


def experiment(folder: Path, out: Path, name: str) -> Experiment:
    wanted = ModelChoice((name,), only=True)
    return Experiment(Request(folder, out, wanted, seeds=1, budget_minutes=0.1, encoder=NO_ENCODER))


@pytest.fixture(scope="module")
def ease(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> SavedRecommender:
    return opened(save_model(experiment(folder, tmp_path_factory.mktemp("ease"), "ease"), "ease"))


def opened(path: Path) -> SavedRecommender:
    model = open_model(path)
    assert isinstance(model, SavedRecommender)
    return model


@pytest.mark.parametrize("name", ["popularity", "svd-cosine", "auto"])
def test_a_model_that_is_opened_again_answers_as_it_did(folder: Path, tmp_path: Path, name: str) -> None:
    path = save_model(experiment(folder, tmp_path, name), name)
    first, second = open_model(path).predict(n=5), open_model(path).predict(n=5)
    assert len(first) > 100
    assert first.equals(second)
    assert (path / "arrays.safetensors").exists() == (name == "auto")


def test_it_knows_every_row_and_names_none_that_is_known(ease: SavedRecommender) -> None:
    known = ease.known
    assert len(known.pairs) == len(known.dataset.target)
    found = ease.predict(n=3)
    pairs = {(known.queries.ids[q], known.candidates.ids[c]) for q, c in zip(*known.history.nonzero(), strict=True)}
    assert not pairs & set(zip(found["query"], found["candidate"], strict=True))
    assert found.groupby("query")["rank"].agg(list).map(lambda ranks: ranks == [1, 2, 3]).all()
    assert (found.groupby("query")["score"].diff().dropna() <= 0).all()


def test_named_queries_are_asked_alone_and_an_unknown_one_is_told(ease: SavedRecommender) -> None:
    first = ease.known.queries.ids[0]
    assert set(ease.predict([first], 2)["query"]) == {first}
    with pytest.raises(NotFoundError, match="the folder has no User nobody"):
        ease.predict([first, "nobody"])


def test_models_that_are_said_to_have_vectors_have_them() -> None:
    known, rows = WORLDS["rich"], simple_contenders(WORLDS["rich"], device="cpu")
    assert {*WITH_VECTORS["recommend"]} <= {*rows}
    for name, variants in rows.items():
        scorer = variants[0].fit(known, np.random.default_rng(0))
        assert hasattr(scorer, "embeddings") == (name in WITH_VECTORS["recommend"])


def test_vectors_of_candidates_come_with_their_ids(folder: Path, tmp_path: Path, ease: SavedRecommender) -> None:
    model = opened(save_model(experiment(folder, tmp_path, "svd-cosine"), "svd-cosine"))
    vectors = model.embeddings()
    assert tuple(vectors.index) == model.known.candidates.ids
    lengths = np.linalg.norm(vectors.to_numpy(), axis=1)
    assert np.isclose(lengths[lengths > 0], 1.0, atol=1e-5).all()
    with pytest.raises(ConfigError, match="models that have: svd-cosine, lightgcn, attribute-factors"):
        ease.embeddings()


def test_a_folder_that_changed_since_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shop().write(data)
    path = save_model(experiment(data, tmp_path / "out", "popularity"), "popularity")
    with (data / "dataset.toml").open("a", encoding="utf-8") as file:
        file.write("\n# another word\n")
    with pytest.raises(ModelError, match="has changed since"):
        open_model(path)


def test_what_is_no_saved_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="holds no saved model"):
        open_model(tmp_path)


def test_a_model_of_ones_own_and_an_unknown_row_are_refused(folder: Path, tmp_path: Path) -> None:
    def with_own(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
        simple, engine = available_models(bench, Resources(("popularity",), resources.budget_minutes, resources.device))
        return {**simple, "mine": (Popular(name="mine"),)}, engine

    request = Request(folder, tmp_path, ModelChoice(("mine",), only=True), seeds=1, encoder=NO_ENCODER)
    read = Experiment(request, available=with_own)
    with pytest.raises(ConfigError, match="keep its code"):
        save_model(read, "mine")
    with pytest.raises(ConfigError, match="no row 'ease'"):
        save_model(read, "ease")
