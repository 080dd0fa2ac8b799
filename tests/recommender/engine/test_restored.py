"""A scorer of the engine stored, restored and laid over newer knowledge."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from graph_schema.errors import EvaluationError
from recommender.engine import trained_parts
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.knowledge.known import Known
from tests.recommender.engine.small_engine import clubs, known_of, quick
from tests.recommender.scorers.small import WORLDS, ask, nodes

MIX = Mix({"binary": 0.3, "lambdarank": 0.2}, 0.5)
RESTORE = """
import sys
class Blocked:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("torch", "torch_geometric"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocked())
import hashlib
from pathlib import Path
from safetensors.numpy import load_file
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.paths import PathFinder
from tests.recommender.engine.small_engine import clubs, known_of, quick
known, asked = known_of(clubs(), Path(sys.argv[1]))
mix = Mix({"binary": 0.3, "lambdarank": 0.2}, 0.5)
scorer = EngineEstimator("engine", quick(), mix).restore(known, load_file(sys.argv[2]))
assert PathFinder(scorer, asked).strongest(0, int(scorer.score(asked)[0].argmax()), 1)
print(hashlib.sha256(scorer.score(asked).tobytes()).hexdigest())
"""
FIT = """
import hashlib, sys
from pathlib import Path
import numpy as np
from recommender.engine.estimator import EngineEstimator, Mix
from tests.recommender.engine.small_engine import clubs, known_of, quick
known, asked = known_of(clubs(), Path(sys.argv[1]))
if sys.argv[2] == "busy":
    import torch
    torch.manual_seed(5)
    torch.set_num_threads(3)
    np.random.default_rng().random((500, 500)) @ np.ones((500, 500))
    EngineEstimator("engine", quick(), Mix({"binary": 1.0})).fit(known, np.random.default_rng(9))
estimator = EngineEstimator("engine", quick(epochs=2), Mix({"binary": 0.3, "lambdarank": 0.2}, 0.5))
scorer = estimator.fit(known, np.random.default_rng(3))
print(hashlib.sha256(scorer.score(asked).tobytes()).hexdigest())
"""


def child(code: str, *arguments: str, threads: int = 1) -> str:
    """Run code in a process of its own and return what it printed last."""
    environment = os.environ | {"OMP_NUM_THREADS": str(threads), "OPENBLAS_NUM_THREADS": str(threads)}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Known:
    return known_of(clubs(), tmp_path_factory.mktemp("clubs"))[0]


def test_restoring_scoring_and_explaining_need_no_torch(tmp_path: Path) -> None:
    """A process in which torch cannot be imported gives the scores of the one that trained, to the bit."""
    known, asked = known_of(clubs(), tmp_path / "here")
    scorer = EngineEstimator("engine", quick(), MIX).fit(known, np.random.default_rng(3))
    save_file(scorer.arrays(), tmp_path / "engine.safetensors")
    there = child(RESTORE, str(tmp_path / "there"), str(tmp_path / "engine.safetensors"))
    assert there == hashlib.sha256(scorer.score(asked).tobytes()).hexdigest()


def test_scores_depend_neither_on_threads_nor_on_what_else_the_process_ran(tmp_path: Path) -> None:
    alone = child(FIT, str(tmp_path / "one"), "alone", threads=1)
    assert child(FIT, str(tmp_path / "three"), "busy", threads=3) == alone


def test_restoring_makes_no_episodes(known: Known, monkeypatch: pytest.MonkeyPatch) -> None:
    estimator = EngineEstimator("engine", quick(), MIX)
    arrays = estimator.fit(known, np.random.default_rng(3)).arrays()

    def refused(*_: object) -> None:
        pytest.fail("episodes were made")

    monkeypatch.setattr(trained_parts, "make_episodes", refused)
    monkeypatch.setattr(trained_parts, "chosen_newcomer", refused)
    scorer = estimator.restore(known, arrays)
    assert scorer.parts.learned
    assert np.isfinite(scorer.score(ask(known, [0, 1], [(1, 4)]))).all()


def test_over_newer_knowledge_it_scores_as_restored_there(known: Known) -> None:
    estimator = EngineEstimator("engine", quick(), MIX)
    scorer = estimator.fit(known, np.random.default_rng(3))
    newer = known.without(np.arange(len(known.pairs)) % 5 == 0)
    asked = ask(known, [0, 1, 2], [(0, 6), (1, 4)])
    there = scorer.over(newer).score(asked)
    assert there.tobytes() == estimator.restore(newer, scorer.arrays()).score(asked).tobytes()
    assert not np.allclose(there, scorer.score(asked))


def test_other_features_are_refused(known: Known) -> None:
    """A column that is new has no weights: the engine says what differs, and does not score by chance."""
    estimator = EngineEstimator("engine", quick(), MIX)
    scorer = estimator.fit(known, np.random.default_rng(3))
    size = len(known.candidates)
    items = nodes("Item", size, {"kind": list("xy") * (size // 2)})
    other = replace(known, dataset=replace(known.dataset, nodes=known.dataset.nodes | {"Item": items}))
    for laid_over in (scorer.over, lambda there: estimator.restore(there, scorer.arrays())):
        with pytest.raises(EvaluationError, match=r"learned from \d+ features .* kind"):
            laid_over(other)


UNLEARNED = """
import sys
class Blocked:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in ("torch", "torch_geometric"):
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Blocked())
import hashlib
from safetensors.numpy import load_file
from recommender.engine.estimator import EngineEstimator, Mix
from tests.recommender.engine.small_engine import quick
from tests.recommender.scorers.small import WORLDS, ask
known = WORLDS["rich"]
scorer = EngineEstimator("engine", quick(), Mix({"binary": 1.0}, 0.5)).restore(known, load_file(sys.argv[1]))
print(hashlib.sha256(scorer.score(ask(known, [4, 0], [(0, 1), (1, 0)])).tobytes()).hexdigest())
"""


def test_what_answers_in_place_of_learning_is_stored_and_served_without_torch(tmp_path: Path) -> None:
    known = WORLDS["rich"]
    scorer = EngineEstimator("engine", quick(), Mix({"binary": 1.0}, 0.5)).fit(known, np.random.default_rng(3))
    arrays = scorer.arrays()
    assert "pretrained/skip.weight" in arrays
    save_file(arrays, tmp_path / "engine.safetensors")
    scores = scorer.score(ask(known, [4, 0], [(0, 1), (1, 0)]))
    assert child(UNLEARNED, str(tmp_path / "engine.safetensors")) == hashlib.sha256(scores.tobytes()).hexdigest()
    altered = arrays | {"pretrained/skip.weight": -arrays["pretrained/skip.weight"]}
    other = EngineEstimator("engine", quick(), Mix({"binary": 1.0}, 0.5)).restore(known, altered)
    assert (other.score(ask(known, [0], [(0, 1)])) != scorer.score(ask(known, [0], [(0, 1)]))).any()
