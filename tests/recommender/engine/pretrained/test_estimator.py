"""The pretrained engine: what it answers, and what it needs for it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np

from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator, carried_on
from recommender.engine.pretrained.weights import shipped_weights
from tests.recommender.engine.pretrained.small_lessons import lesson
from tests.recommender.engine.small_engine import TIMELESS
from tests.recommender.scorers.small import ask, taken


def test_who_shares_a_past_gets_what_the_others_took() -> None:
    """Users 0 to 2 took items 0 and 1, users 3 and 4 items 2 and 3; the asker brings item 0."""
    known = taken([(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1), (3, 2), (3, 3)])
    scores = PretrainedEstimator().fit(known, np.random.default_rng(0)).score(ask(known, [4], [(0, 0)]))
    assert int(np.argmax(np.where(np.arange(4) == 0, -np.inf, scores[0]))) == 1


def test_a_candidate_never_seen_is_found_by_its_text() -> None:
    """Item 3 was never taken; it reads like item 0, which is given, and item 1 does not."""
    known = taken([(0, 0), (1, 1), (2, 2), (3, 1), (0, 2)])
    text = np.array([[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 0.1, 0]], np.float32)
    known = replace(known, vectors={"Item": text}, is_candidate=np.array([False, False, False, True]))
    far = replace(known, vectors={"Item": text[[0, 1, 2, 1]]})
    near, other = (
        PretrainedEstimator()
        .fit(replace(each, is_candidate=np.ones(4, bool)), np.random.default_rng(0))
        .score(ask(each, [4], [(0, 0)]))[0]
        for each in (known, far)
    )
    assert near[3] > other[3]


def test_too_few_questions_leave_the_weights_as_they_are() -> None:
    weights = shipped_weights()
    assert carried_on(weights, [lesson(5)], FineTuning(TIMELESS, least=6), 0) is weights
    tuned = carried_on(weights, [lesson(6)], FineTuning(TIMELESS, least=6, rounds=2, epochs=1), 0)
    assert tuned.trees.num_trees() == weights.trees.num_trees() + 2
    assert any((tuned.network[name] != each).any() for name, each in weights.network.items())


def test_scoring_needs_no_torch() -> None:
    code = (
        "import sys, numpy as np\n"
        "from recommender.engine.pretrained.estimator import PretrainedEstimator\n"
        "from recommender.knowledge.known import Asked, Known, Pairs\n"
        "from recommender.engine.pretrained.weights import shipped_weights\n"
        "from recommender.engine.pretrained.network import network_forward\n"
        "from recommender.engine.pretrained.canonical import COLUMNS\n"
        "network_forward(shipped_weights().network, np.zeros((2, len(COLUMNS)), np.float32))\n"
        "shipped_weights().trees.predict(np.zeros((2, len(COLUMNS))))\n"
        "sys.exit('torch' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
