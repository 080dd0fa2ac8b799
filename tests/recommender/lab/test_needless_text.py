"""Text becomes vectors only where a model of the run may read it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.catalogue import ModelChoice
from recommender.bench.model_names import MODEL_NAMES, WITHOUT_TEXT
from recommender.lab import run_experiment
from recommender.lab.experiment import Experiment, Request
from recommender.lab.saved import open_model, save_model
from recommender.scorers.registry import simple_contenders
from recommender.text import encoder
from recommender.text.vector_cache import VectorCache
from tests.recommender.bench.test_triple_bench import folder
from tests.recommender.fixtures import WordEncoder
from tests.recommender.folders import shop
from tests.recommender.scorers.small import WORLDS, ask


@pytest.mark.parametrize("name", sorted(WITHOUT_TEXT))
def test_a_model_without_text_scores_the_same_with_vectors_and_without(name: str) -> None:
    known = WORLDS["rich"]
    rng = np.random.default_rng(0)
    vectors = {label: rng.normal(size=(len(each), 3)).astype(np.float32) for label, each in known.dataset.nodes.items()}
    asked = ask(known, [0, 1], [(0, 0)])
    with_text, without = replace(known, vectors=vectors), replace(known, vectors={})
    variants = simple_contenders(with_text, [name], "cpu").get(name, ())
    assert variants == simple_contenders(without, [name], "cpu").get(name, ())
    assert variants
    for each in variants[:2]:
        scores = [each.fit(one, np.random.default_rng(1)).score(asked) for one in (with_text, without)]
        np.testing.assert_array_equal(*scores)


def test_names_of_models_without_text_are_names_of_models() -> None:
    assert set(MODEL_NAMES["recommend"]) >= WITHOUT_TEXT


@pytest.fixture
def words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a shop's items a text, which nothing may encode."""
    world = shop()
    world.files["nodes/Item"] = ("id,about", [(f"i{item:02}", f"thing number {item} of many") for item in range(80)])
    world.write(tmp_path / "data")
    monkeypatch.setattr(encoder, "load_encoder", _refused)
    return tmp_path / "data"


def _refused(*_: object) -> None:
    raise AssertionError("nothing here reads text")


def test_a_quick_look_at_models_without_text_encodes_nothing(words: Path, tmp_path: Path) -> None:
    wanted = ModelChoice(("ease", "popularity"), only=True)
    quick = Experiment(Request(words, tmp_path / "out", wanted, seeds=1))
    assert quick.vectors == {}
    path = save_model(quick, "ease")
    assert len(open_model(path).predict(["u01"], 2)) == 2
    found = run_experiment(words, "popularity", tmp_path / "py", seeds=1, only=True, cold=False)
    assert found.findings.settings["encoder"] == "none"


def test_triples_encode_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = folder(tmp_path / "data")
    (path / "nodes").mkdir()
    towns = "\n".join(f"t{number},the town with the number {number}" for number in range(12))
    (path / "nodes" / "Town.csv").write_text(f"id,about\n{towns}\n", encoding="utf-8")
    monkeypatch.setattr(encoder, "load_encoder", _refused)
    request = Request(path, tmp_path / "out", ModelChoice(("relation-popularity",)), seeds=1)
    assert Experiment(request).vectors == {}


@pytest.mark.parametrize("wanted", [ModelChoice(("content-knn",), only=True), ModelChoice(("ease",))])
def test_where_any_row_may_read_it_text_is_encoded_and_counted_together(
    words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wanted: ModelChoice
) -> None:
    """All labels in one call, each with its own rows."""
    (words / "nodes" / "User.csv").write_text(
        "id,about\n" + "\n".join(f"u{user:02},somebody called {user} here" for user in range(60)), encoding="utf-8"
    )
    told: list[tuple[str, int, int | None]] = []
    monkeypatch.setattr(encoder, "load_encoder", lambda *_: WordEncoder())
    request = Request(words, tmp_path / "out", wanted, seeds=1)
    read = Experiment(request, lambda what, done, total: told.append((what, done, total)))
    assert [each for each in told if each[0] == "encode text"] == [("encode text", 140, 140)]
    assert {label: len(each) for label, each in read.vectors.items()} == {"User": 60, "Item": 80}


def test_a_cache_of_vectors_is_named_as_text_or_as_a_path(
    words: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In both calls from Python; the second finds what the first encoded."""
    model, places = WordEncoder(), list[Path | None]()

    def loaded(_: str, cache: Path | None = None) -> encoder.CachedEncoder:
        places.append(cache)
        return encoder.CachedEncoder(model, VectorCache(cache))

    monkeypatch.setattr(encoder, "load_encoder", loaded)
    cache = tmp_path / "vectors.sqlite"
    options = {"seeds": 1, "only": True, "cold": False}
    run_experiment(words, "content-knn", tmp_path / "out", text_cache=str(cache), **options)
    read = Experiment(Request(words, tmp_path / "out", ModelChoice(("content-knn",), only=True), text_cache=cache))
    path = save_model(read, "content-knn")
    assert len(open_model(path, text_cache=str(cache)).predict(["u01"], 2)) == 2
    assert places == [cache] * 3
    assert len(model.asked) == 80
