"""The engine, whole and with parts taken away, keeps to the contract of estimators."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator
from recommender.knowledge.known import Known, Questions
from recommender.scorers.simple_blend import SimpleBlend
from tests.recommender.contracts.estimators import GIVEN, SMALL, EstimatorContract
from tests.recommender.engine.small_engine import clubs, known_of, quick
from tests.recommender.scorers.small import WORLDS, ask

TREES = Mix({"binary": 0.3, "lambdarank": 0.2})
BESIDE = PretrainedEstimator("fine-tuned", 0.0, tuning=FineTuning(quick().style, least=1, epochs=2))
VARIANTS = {
    "whole": EngineEstimator("engine", quick(), replace(TREES, network=0.5)),
    "without network": EngineEstimator("engine-without-gnn", quick(), TREES),
    "network alone": EngineEstimator("gnn", quick(), Mix(network=1.0)),
    "fine-tuned beside": EngineEstimator(
        "engine", replace(quick(), beside=(BESIDE,)), replace(TREES, beside={"fine-tuned": 1.0})
    ),
    "blend beside": EngineEstimator(
        "engine", replace(quick(), beside=(SimpleBlend(),)), replace(TREES, beside={"simple-blend": 0.3})
    ),
    "without graph": EngineEstimator("engine-without-graph", replace(quick(), graph="none"), TREES),
    "shuffled graph": EngineEstimator("engine-shuffled-graph", replace(quick(), graph="shuffled"), TREES),
}


@pytest.fixture(scope="module")
def learnable(tmp_path_factory: pytest.TempPathFactory) -> tuple[Known, Questions]:
    """Clubs with texts, of which there are enough pairs to learn from."""
    known, questions = known_of(clubs(), tmp_path_factory.mktemp("clubs"))
    rng = np.random.default_rng(0)
    text = {label: rng.standard_normal((len(nodes), 16), np.float32) for label, nodes in known.dataset.nodes.items()}
    unit = {label: each / np.linalg.norm(each, axis=1, keepdims=True) for label, each in text.items()}
    return replace(known, vectors=unit), questions.take(np.arange(24))


class TestEngine(EstimatorContract):
    """The engine keeps to it, where it learns and where there is too little to learn from."""

    @pytest.fixture(params=VARIANTS)
    def estimator(self, request: pytest.FixtureRequest) -> EngineEstimator:
        return VARIANTS[request.param]

    @pytest.fixture(params=["learnable", *SMALL])
    def known(self, request: pytest.FixtureRequest, learnable: tuple[Known, Questions]) -> Known:
        return learnable[0] if request.param == "learnable" else WORLDS[request.param]

    def test_a_guest_that_equals_a_node_gets_the_scores_of_the_node(
        self, estimator: EngineEstimator, known_of_guests: Known
    ) -> None:
        if estimator.config.graph == "shuffled":
            pytest.skip("the control gives nodes others' links, so that no guest equals one")
        super().test_a_guest_that_equals_a_node_gets_the_scores_of_the_node(estimator, known_of_guests)

    @pytest.fixture
    def questions(self, known: Known, learnable: tuple[Known, Questions]) -> Questions:
        return learnable[1] if known is learnable[0] else ask(known, [4, 0, 2], GIVEN)
