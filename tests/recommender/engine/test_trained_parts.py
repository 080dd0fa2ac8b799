"""What rows of the engine share: episodes, networks, trees."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.engine import trained_parts
from recommender.engine.episodes import make_episodes
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.featurizer import Featurizer
from recommender.engine.trained_network import network_scores
from recommender.engine.trained_parts import TrainedParts, TrainedPartsCache, standardised
from tests.recommender.bench.models import Popular
from tests.recommender.engine.small_engine import ROWS, TIMELESS, clubs, known_of, quick
from tests.recommender.folders import shop
from tests.recommender.scorers.small import ask, taken


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> TrainedParts:
    known, _ = known_of(clubs(), tmp_path_factory.mktemp("clubs"))
    return TrainedParts(known, quick())


def test_networks_of_a_seed_differ_and_score_together(shared: TrainedParts) -> None:
    asked = shared.episodes[-1].examples.questions
    over = shared.over(shared.featurizer.known)
    start = over.examples(asked).pool.start
    alone = [
        standardised(network_scores(each, over.featurizer, over.examples(asked)), start) for each in over.networks(0)
    ]
    assert len(alone) == 2
    assert not np.allclose(alone[0], alone[1], atol=1e-3)
    assert over.network_part(asked, 0) == pytest.approx((alone[0] + alone[1]) / 2, abs=1e-5)


def test_episodes_are_the_same_for_every_seed_and_trained_parts_are_kept(shared: TrainedParts) -> None:
    assert shared.networks(5) is shared.networks(5)
    assert shared.trees(5, "binary") is shared.trees(5, "binary")
    assert shared.trees(5, "lambdarank") is not shared.trees(5, "binary")


def test_labels_are_the_answers_of_the_episode(shared: TrainedParts) -> None:
    for episode in shared.episodes:
        assert episode.labels.any()
        assert len(episode.labels) == len(episode.examples.pool.candidate)
        club = episode.examples.questions.query[episode.examples.pool.question] % 6
        assert (episode.examples.pool.candidate[episode.labels] % 6 == club[episode.labels]).all()


def test_episodes_let_go_of_what_described_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sources of a featurizer take most of the memory of training, and nothing is learned from them."""
    made: list[weakref.ref[Featurizer]] = []

    class Noted(Featurizer):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            super().__init__(*arguments, **options)
            made.append(weakref.ref(self))

    monkeypatch.setattr(trained_parts, "Featurizer", Noted)
    parts = TrainedParts(known_of(clubs(), tmp_path)[0], quick())
    gc.collect()
    assert len(made) == 1 + len(parts.episodes) > 1
    assert [each() for each in made if each() is not None] == [parts.featurizer]


def test_too_few_questions_make_no_episode() -> None:
    assert TrainedParts(taken(ROWS), quick()).episodes == []


def test_small_windows_are_learned_from_where_there_are_no_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known, _ = known_of(clubs(n_users=36), tmp_path)
    sizes = [len(each.questions) for each in make_episodes(known, TIMELESS, quick().episodes, np.random.default_rng(0))]
    assert max(sizes) < 20 <= sum(sizes)
    assert len(TrainedParts(known, quick()).episodes) == len(sizes)
    monkeypatch.setattr(trained_parts, "_LEAST_QUESTIONS", max(sizes))
    monkeypatch.setattr(trained_parts, "_ENOUGH", max(sizes))
    assert len(TrainedParts(known, quick()).episodes) == sizes.count(max(sizes)) < len(sizes)


def test_scores_of_a_question_are_standardised() -> None:
    scores = standardised(np.array([1, 3, 5, 5, 7], np.float32), np.array([0, 2, 4, 4, 5]))
    assert scores.tolist() == pytest.approx([-1, 1, 0, 0, 0])


def test_rows_of_a_report_share_their_trained_parts(tmp_path: Path) -> None:
    known, _ = known_of(clubs(), tmp_path)
    shared, config = TrainedPartsCache(), quick()
    first = shared.of(known, config)
    assert shared.of(known, quick()) is first
    assert shared.of(known, replace(config, pool=30)) is not first
    assert shared.of(replace(known), config) is not first
    assert len(shared.kept) == 2


def test_other_scorers_become_features_and_the_graph_can_go(tmp_path: Path) -> None:
    known, asked = known_of(shop(), tmp_path)
    made = TrainedParts(known, replace(quick(), more=(Popular(),), graph="none"))
    made.examples(asked)
    assert "popular-0/log" in made.featurizer.pair_names
    assert made.featurizer.families == ()


def test_the_last_questions_are_remembered(shared: TrainedParts) -> None:
    for at in range(20):
        asked = ask(shared.featurizer.known, [at])
        assert shared.examples(asked) is shared.examples(asked)
    assert len(shared._examples) <= trained_parts._KEPT_BATCHES


def test_what_serves_keeps_the_features_of_a_few_questions_alone(tmp_path: Path) -> None:
    """Those of 200 askers of one candidate take 40 MB for each task, and come once."""
    known, _ = known_of(shop(), tmp_path)
    row = EngineEstimator("engine", quick(), Mix({"binary": 1.0}, newcomers=True))
    served = row.restore(known, row.fit(known, np.random.default_rng(0)).arrays())
    for askers, kept in (([0], 1), ([1, 2], 3), (list(range(40)), 0)):
        asked = ask(known, askers)
        np.testing.assert_array_equal(served.score(asked), served.score(asked))
        assert sum(map(len, served.parts._examples.values())) == kept


def test_the_same_pairs_with_other_weights_or_days_are_other_questions(shared: TrainedParts) -> None:
    """What was last asked is not mistaken for what has the same candidates given."""
    asked = ask(shared.featurizer.known, [0, 1], [(0, 1), (0, 7)])
    given = asked.given
    others = [
        replace(asked, given=replace(given, weight=np.array([1, 50], np.float32))),
        replace(asked, given=replace(given, time=np.array(["2020-01-01"] * 2, "datetime64[s]"))),
        replace(asked, n_candidates=asked.n_candidates - 1),
    ]
    assert len({trained_parts._key(each) for each in (asked, *others)}) == 4
    plain = shared.examples(asked).touched[0].features
    assert not np.array_equal(plain, shared.examples(others[0]).touched[0].features)
