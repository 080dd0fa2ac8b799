"""How long a run will take and how much memory, from the sizes of its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from recommender.bench.bench import Bench
from recommender.bench.contender import Contender, Role

_RANK_SECONDS: Final = 1.5e-7
"""Seconds to score, sort and list one pair of query and candidate."""
_FIT_SECONDS: Final = 1.2e-5
"""Seconds that a simple model takes for each edge it knows, in the mean over all of them."""
_CANDIDATE_SECONDS: Final = 5e-9
"""Seconds for each pair of candidates, where a model compares them all, as EASE does up to its limit."""
_DENSE_LIMIT: Final = 8_000
_BASE_MIB: Final = 700
"""An interpreter with its libraries and a block of scores."""
_EDGE_MIB: Final = 4e-4
_FEW_RUNS: Final = 2
"""Fits of a simple model on test: a second one shows that it does not depend on the seed."""
_LEARNED: Final = 5
"""Questions of the past that the engine learns from, for each of the valid window."""
_POOL: Final = 1_000
_LESSON_SECONDS: Final = 3e-7
"""Seconds to describe one learned question by one candidate."""
_TRAIN_SECONDS: Final = 2.5e-5
"""Seconds to train the engine on one candidate in the pool of a learned question."""
_POOL_MIB: Final = 3e-4
"""What is kept of one candidate in the pool of a learned question: features, and the messages to it."""
_STATES: Final = 6
"""States of knowledge that lessons are made for: valid and test, without the graph, shuffled, with queries unseen."""
_ENCODER_SHARE: Final = 0.6
"""Share of the budget that the graph encoder of triples takes at most."""
_ENCODER_MINUTES: Final = 1.3e-4
"""Minutes to train it for each edge and direction, with as many questions as it takes at most."""
_DECODER_MINUTES: Final = 8e-9
"""Minutes to train decoders for each edge and entity."""
_CHEAP: Final = 0.2
"""What a control takes that shares most of its parts with the engine."""


@dataclass(frozen=True)
class Estimate:
    """Minutes by kind of row, and MiB of memory at the highest."""

    simple_minutes: float
    engine_minutes: float
    memory_mib: float
    queries: int
    candidates: int
    edges: int
    fits: int

    @property
    def minutes(self) -> float:
        """All of it."""
        return self.simple_minutes + self.engine_minutes


def estimate_run(bench: Bench, contenders: Sequence[Contender], seeds: int, budget_minutes: float) -> Estimate:
    """Estimate a run without finished parts; the constants were measured on two cores, see docs/experiments.md."""
    valid, test = bench.questions("valid"), bench.questions("test")
    edges = sum(len(each) for each in bench.dataset.relations)
    simple = [each for each in contenders if each.role is Role.SIMPLE]
    others = [each for each in contenders if each.role is not Role.SIMPLE]
    dense = min(test.candidates, _DENSE_LIMIT)
    fit = _FIT_SECONDS * edges + _CANDIDATE_SECONDS * dense**2
    tries = sum(len(each.variants) for each in simple if len(each.variants) > 1)
    tests = _FEW_RUNS * len(simple) if seeds > 1 else len(simple)
    seconds = (tries + tests) * fit
    seconds += _RANK_SECONDS * (tries * len(valid) * valid.candidates + tests * len(test) * test.candidates)
    names = {each.name for each in contenders}
    engine_fits = sum(min(seeds, each.most_seeds or seeds) + each.tries(names) for each in others)
    memory = _BASE_MIB + _EDGE_MIB * edges + 3 * 4 * dense**2 / 2**20
    if bench.dataset.spec.task.kind == "triples":
        engine = _fits(others, seeds) * _completing(2 * edges, valid.candidates, budget_minutes)
    else:
        learned = _LEARNED * len(valid)
        pooled = learned * min(valid.candidates, _POOL)
        lessons = min(_STATES, 2 * len(others)) * _LESSON_SECONDS * learned * valid.candidates
        engine = (lessons + _fits(others, seeds) * _TRAIN_SECONDS * pooled) / 60
        memory += _POOL_MIB * pooled if others else 0
    return Estimate(
        seconds / 60,
        engine,
        memory,
        len(test),
        test.candidates,
        edges,
        tries + tests + engine_fits,
    )


def _completing(edges: int, entities: int, budget_minutes: float) -> float:
    """Minutes to train the graph encoder and the decoders of triples once."""
    encoder = min(_ENCODER_SHARE * budget_minutes, _ENCODER_MINUTES * edges)
    return encoder + min((1 - _ENCODER_SHARE) * budget_minutes, _DECODER_MINUTES * edges * entities)


def _fits(rows: Sequence[Contender], seeds: int) -> float:
    """Trainings of a whole engine; one to choose settings, and what controls train beside them."""
    whole = [each for each in rows if each.role is Role.ENGINE or each.most_seeds is not None]
    tests = sum(min(seeds, each.most_seeds or seeds) for each in whole)
    return tests + (1 if rows else 0) + _CHEAP * seeds * (len(rows) - len(whole))
