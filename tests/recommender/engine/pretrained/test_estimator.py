"""The pretrained engine: what it answers, and what it needs for it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import numpy as np
import pytest

from graph_schema.errors import EvaluationError
from recommender.engine.pretrained.estimator import FineTuning, PretrainedEstimator, carried_on
from recommender.engine.pretrained.weights import shipped_weights
from tests.recommender.engine.pretrained.small_episodes import episode
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
    assert carried_on(weights, [episode(5)], FineTuning(TIMELESS, least=6), 0) is weights
    tuned = carried_on(weights, [episode(6)], FineTuning(TIMELESS, least=6, epochs=1), 0)
    assert any((tuned[name] != each).any() for name, each in weights.items())


def test_over_newer_knowledge_it_scores_as_one_fitted_on_it() -> None:
    """Nothing was learned of what it is fitted to, so the weights go over as they are."""
    older, newer = taken([(0, 0), (1, 1)]), taken([(0, 0), (0, 1), (1, 1), (2, 0), (2, 1)])
    carried = PretrainedEstimator().fit(older, np.random.default_rng(0)).over(newer)
    fitted = PretrainedEstimator().fit(newer, np.random.default_rng(0))
    asked = ask(newer, [4], [(0, 0)])
    assert carried.score(asked).tobytes() == fitted.score(asked).tobytes()


def test_arrays_of_another_form_are_refused() -> None:
    with pytest.raises(EvaluationError, match="other arrays than expected"):
        PretrainedEstimator().restore(taken([(0, 0)]), {"trees/binary": np.zeros(3, np.uint8)})


def test_fitting_as_it_is_restoring_and_scoring_need_no_torch() -> None:
    code = (
        "import sys, numpy as np\n"
        "from recommender.engine.pretrained.estimator import PretrainedEstimator\n"
        "from tests.recommender.scorers.small import WORLDS, ask\n"
        "known = WORLDS['rich']\n"
        "before = 'torch' in sys.modules\n"
        "scorer = PretrainedEstimator().fit(known, np.random.default_rng(0))\n"
        "again = PretrainedEstimator().restore(known, scorer.arrays())\n"
        "assert np.isfinite(again.score(ask(known, [4, 0], [(1, 0)]))).all()\n"
        "sys.exit(before or 'torch' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
