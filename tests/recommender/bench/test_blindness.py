"""No model sees what it is asked for: other answers of a window leave every score as it was, to the bit."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recommender.bench.recommend_bench import RecommendBench
from recommender.engine.estimator import EngineEstimator, Mix
from recommender.engine.trained_parts import Graph
from recommender.knowledge.known import Known
from recommender.knowledge.stages import StageName
from recommender.measure.arrays import Floats
from recommender.scorers.lightgcn import LightGcn
from recommender.scorers.registry import MAKERS, simple_contenders
from tests.recommender.bench.models import PopularScorer
from tests.recommender.engine.small_engine import quick
from tests.recommender.folders import Row, World, columns

USERS, ITEMS = 40, 50
STARTS = {"valid": "2021-01-01", "test": "2021-02-01"}
VIEWED = "edges/User__VIEWED__Item"


def world(changed: StageName | None = None) -> World:
    """Users buy eight items, two in each window, and view twelve at any time; both have a kind, users a region.

    From the window ``changed`` on they buy and view other items at other days, and nothing before differs.
    """
    rng, other = np.random.default_rng(0), np.random.default_rng(1)
    rows: list[Row] = []
    views: list[Row] = []
    for user in range(USERS):
        order = rng.permutation(ITEMS)
        bought, free = order[:8], iter(order[8:])
        for place, item in enumerate(bought):
            split = "train" if place < 4 else "valid" if place < 6 else "test"
            start = np.datetime64(STARTS.get(split, "2020-01-01"))
            day = start + int(rng.integers(27))
            late = changed is not None and day >= np.datetime64(STARTS[changed])
            taken, moved = (next(free), start + int(other.integers(27))) if late else (item, day)
            rows.append((f"u{user:02}", f"i{taken:02}", moved, split))
        for item, after in zip(rng.integers(ITEMS, size=12), rng.integers(410, size=12), strict=True):
            day = np.datetime64("2020-01-01") + int(after)
            seen = other.integers(ITEMS) if changed is not None and day >= np.datetime64(STARTS[changed]) else item
            views.append((f"u{user:02}", f"i{seen:02}", day))
    found = World(rows).add(VIEWED, "src,dst,time", views)
    kinds = [f"k{at % 3}" for at in range(max(USERS, ITEMS))]
    users, regions = [f"u{at:02}" for at in range(USERS)], [f"r{at % 2}" for at in range(USERS)]
    found.add("nodes/User", "id,kind,region", columns(users, kinds[:USERS], regions))
    return found.add("nodes/Item", "id,kind", columns([f"i{at:02}" for at in range(ITEMS)], kinds[:ITEMS]))


@dataclass(frozen=True)
class Worlds:
    """A world, and those in which it goes on otherwise from a window on."""

    as_it_is: RecommendBench
    otherwise: dict[StageName, RecommendBench]

    def scores(self, estimator: Any, stage: StageName) -> tuple[Floats, Floats]:
        """Return the scores of a window as it is, and as it might have been."""
        benches = self.as_it_is, self.otherwise[stage]
        asked = self.as_it_is.given_questions(stage)
        # Copies, since an engine keeps what it has trained.
        one, other = (bench.fit(copy.deepcopy(estimator), stage, 0).score(asked) for bench in benches)
        return one, other


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    def opened(changed: StageName | None = None) -> RecommendBench:
        folder: Path = tmp_path_factory.mktemp(str(changed))
        return RecommendBench(world(changed).write(folder), {})

    return Worlds(opened(), {"valid": opened("valid"), "test": opened("test")})


@dataclass(frozen=True)
class Peeping:
    """Counts how often each candidate is viewed at all, also after the window began."""

    name: str = "peeping"

    def fit(self, known: Known, _rng: np.random.Generator) -> PopularScorer:
        (viewed,) = (each for each in known.dataset.relations if each.name == "VIEWED")
        return PopularScorer(np.bincount(viewed.dst, minlength=len(known.candidates)).astype(np.float32))


STAGES: tuple[StageName, ...] = ("valid", "test")


@pytest.mark.parametrize("stage", STAGES)
def test_the_answers_of_the_window_do_differ(worlds: Worlds, stage: StageName) -> None:
    one, other = worlds.as_it_is.stage(stage), worlds.otherwise[stage].stage(stage)
    assert one.questions.query.tolist() == other.questions.query.tolist() == list(range(USERS))
    assert one.positives.nnz == other.positives.nnz == 2 * USERS
    assert one.positives.multiply(other.positives).nnz == 0
    assert one.known.pairs.candidate.tolist() == other.known.pairs.candidate.tolist()


@pytest.mark.parametrize("stage", STAGES)
def test_a_model_that_looks_beyond_the_window_is_found_out(worlds: Worlds, stage: StageName) -> None:
    one, other = worlds.scores(Peeping(), stage)
    assert not np.array_equal(one, other)


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", MAKERS)
def test_no_simple_model_sees_the_window(worlds: Worlds, name: str, stage: StageName) -> None:
    """In all variants that are tried; two steps of training are enough to see."""
    for found in simple_contenders(worlds.as_it_is.known("valid"), [name], "cpu")[name]:
        variant = replace(found, steps=2) if isinstance(found, LightGcn) else found
        one, other = worlds.scores(variant, stage)
        np.testing.assert_array_equal(one, other, str(variant))


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("graph", ["real", "none", "shuffled"])
def test_no_row_of_the_engine_sees_the_window(worlds: Worlds, graph: Graph, stage: StageName) -> None:
    """Network and trees together, and the controls by the same parts on no graph and on a shuffled one."""
    engine = EngineEstimator("engine", replace(quick(), graph=graph), Mix({"binary": 0.5}, 0.5))
    one, other = worlds.scores(engine, stage)
    np.testing.assert_array_equal(one, other)
