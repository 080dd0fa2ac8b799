"""What the words of a company without a history are worth is learned from those whose history is hidden."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.knowledge.known import Known
from recommender.knowledge.stages import Stage, build_stage
from recommender.measure.arrays import Floats
from recommender.measure.standard_scores import with_text
from recommender.publish.text_share import TEXT_SHARES, chosen_text_share
from recommender.scorers.popularity import Popularity, PopularityScorer
from tests.recommender.folders import World, shop


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Stage:
    world: World = shop()
    return build_stage(world.write(tmp_path_factory.mktemp("shop")), "valid", {})


def with_texts(stage: Stage, askers: Floats) -> Stage:
    items = np.eye(len(stage.known.candidates), dtype=np.float32)
    return replace(stage, known=replace(stage.known, vectors={"User": askers, "Item": items}))


def popular(known: Known) -> PopularityScorer:
    return Popularity().fit(known, np.random.default_rng(0))


def test_texts_that_name_what_is_taken_count_in_full(silent: Stage) -> None:
    texts = np.zeros((len(silent.known.queries), len(silent.known.candidates)), np.float32)
    texts[silent.questions.query] = silent.positives.toarray()
    found = chosen_text_share(with_texts(silent, texts), Popularity(), popular(silent.known), 0)
    assert found is not None
    assert found.chosen == TEXT_SHARES[0]
    assert found.askers == len(silent.questions)
    assert found.ndcg[0] > found.ndcg[-1]


def test_texts_that_name_what_is_not_taken_count_for_nothing(silent: Stage) -> None:
    texts = np.zeros((len(silent.known.queries), len(silent.known.candidates)), np.float32)
    texts[silent.questions.query] = 1 - silent.positives.toarray()
    found = chosen_text_share(with_texts(silent, texts), Popularity(), popular(silent.known), 0)
    assert found is not None
    assert found.chosen == 0.0
    assert found.ndcg[-1] == max(found.ndcg)


def test_it_is_learned_from_those_who_are_described(silent: Stage) -> None:
    """Names of others say nothing of what a description is worth."""
    texts = np.zeros((len(silent.known.queries), len(silent.known.candidates)), np.float32)
    texts[silent.questions.query] = 1 - silent.positives.toarray()
    some = silent.questions.query[:10]
    texts[some] = silent.positives[:10].toarray()
    described = np.zeros(len(texts), bool)
    described[some] = True
    stage = with_texts(silent, texts)
    found = chosen_text_share(stage, Popularity(), popular(silent.known), 0, described)
    assert found is not None
    assert (found.chosen, found.askers) == (TEXT_SHARES[0], 10)
    described[:] = False
    assert chosen_text_share(stage, Popularity(), popular(silent.known), 0, described) is None


def test_without_texts_there_is_nothing_to_learn(silent: Stage) -> None:
    assert chosen_text_share(silent, Popularity(), popular(silent.known), 0) is None


def test_who_asks_is_known_to_nobody_while_it_is_asked(silent: Stage) -> None:
    """Else its own pairs would answer for it."""
    texts = np.ones((len(silent.known.queries), len(silent.known.candidates)), np.float32)
    asked, places = [], silent.questions.query

    class Watching(Popularity):
        def fit(self, known: Known, rng: np.random.Generator) -> PopularityScorer:
            asked.append(set(places.tolist()) - set(known.pairs.query.tolist()))
            return super().fit(known, rng)

    chosen_text_share(with_texts(silent, texts), Watching(), popular(silent.known), 0)
    assert set().union(*asked) == set(places.tolist())


def test_the_less_the_words_count_the_farther_does_the_model() -> None:
    """At a small share two favourites must not be ties that noise decides."""
    model = np.array([[9.0, 6.0, 0.0]], np.float32)
    text = np.array([[-1.0, 1.0, 0.0]], np.float32)
    assert with_text(model, text)[0].argmax() == 1, "at the full share both are as far as the model counts"
    assert with_text(model, text, 0.1)[0].argmax() == 0
    np.testing.assert_array_equal(with_text(model, text, 0.0), 0.5 * model)
