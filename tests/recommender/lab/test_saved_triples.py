"""A saved model of triples completes questions, knows no answer by heart, and has vectors of its entities."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph_schema.errors import ConfigError, NotFoundError
from recommender.bench.catalogue import ModelChoice
from recommender.lab.experiment import NO_ENCODER, Experiment, Request
from recommender.lab.saved import open_model, save_model
from recommender.lab.saved_model import SavedModel
from recommender.lab.saved_triples import SavedTripleModel
from recommender.triples.complex import ComplexEstimator
from tests.recommender.bench.test_triple_bench import folder


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("towns") / "data")


def saved(data: Path, out: Path, name: str) -> Path:
    request = Request(data, out, ModelChoice((name,), only=True), seeds=1, budget_minutes=0.1, encoder=NO_ENCODER)
    return save_model(Experiment(request), name)


@pytest.fixture(scope="module")
def path(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(data, tmp_path_factory.mktemp("complex"), "complex")


@pytest.fixture(scope="module")
def model(path: Path) -> SavedTripleModel:
    found = open_model(path)
    assert isinstance(found, SavedTripleModel)
    return found


def test_what_it_names_is_of_the_right_label_and_known_to_no_split(model: SavedTripleModel) -> None:
    named = model.named
    known = {(each[0], each[1], each[2]) for each in named.triples.known.tolist()}
    found = model.predict(n=4)
    assert set(found["query"]) == set(named.texts(model._answers.queries))
    for query, candidate in zip(found["query"], found["candidate"], strict=True):
        ahead, relation, behind = query.split("|")
        head, tail = (candidate, behind) if ahead == "?" else (ahead, candidate)
        triple = named.entities.index(head), named.relations.index(relation), named.entities.index(tail)
        assert triple not in known
        assert tail.startswith("land") == (relation == "IN")


def test_a_question_in_words_is_answered_alone_best_first(model: SavedTripleModel) -> None:
    found = model.predict(["t3|IN|?", "?|IN|land 0"], n=50)
    assert found["query"].unique().tolist() == ["t3|IN|?", "?|IN|land 0"]
    assert (found.groupby("query")["score"].diff().dropna() <= 0).all()
    assert len(found[found["query"] == "t3|IN|?"]) == 2  # of three countries it is in one
    assert len(found[found["query"] == "?|IN|land 0"]) == 8  # of twelve towns four are in it


@pytest.mark.parametrize(
    ("question", "near"),
    [("t3|INN|?", "near are IN"), ("t99|IN|?", "near are t9"), ("t3", "head|relation|?"), ("land 0|IN|?", "land 0")],
)
def test_a_question_that_the_folder_does_not_have_is_named_with_what_is_near(
    model: SavedTripleModel, question: str, near: str
) -> None:
    with pytest.raises(NotFoundError) as told:
        model.predict([question])
    assert near in str(told.value)
    assert told.value.wording.ko.startswith(f"폴더에 없는 질의: {question!r}")


@pytest.mark.parametrize("name", ["distmult", "relation-popularity"])
def test_a_model_that_is_opened_again_answers_as_it_did(data: Path, tmp_path: Path, name: str) -> None:
    path = saved(data, tmp_path, name)
    first, second = open_model(path).predict(n=3), open_model(path).predict(n=3)
    assert len(first) > 100
    assert first.equals(second)


def test_what_was_learned_is_stored_and_not_learned_again(
    path: Path, model: SavedModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(ComplexEstimator, "fit")
    assert open_model(path).predict(n=2).equals(model.predict(n=2))


def test_entities_have_vectors_where_the_model_has_them(data: Path, tmp_path: Path, model: SavedTripleModel) -> None:
    vectors = model.embeddings()
    assert tuple(vectors.index) == model.named.entities
    assert np.isfinite(vectors.to_numpy()).all()
    assert vectors.to_numpy().std() > 0
    with pytest.raises(ConfigError, match="models that have: complex, distmult"):
        open_model(saved(data, tmp_path, "relation-popularity")).embeddings()


def test_a_saved_model_shows_in_a_line_what_it_is(model: SavedModel) -> None:
    assert repr(model) == "SavedTripleModel(name='complex')"


def test_data_that_were_moved_are_found_where_they_are_now(data: Path, path: Path, tmp_path: Path) -> None:
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for each in data.rglob("*.*"):
        place = moved / each.relative_to(data)
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(each.read_bytes())
    assert open_model(path, moved).predict(n=1).equals(open_model(path).predict(n=1))
