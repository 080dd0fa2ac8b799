"""How long a run will take and how much memory, from the sizes of its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from recommender.bench.bench import Bench, WindowQuestions
from recommender.bench.contender import Contender, Role
from recommender.bench.schedule import Window, Work

_RANK_SECONDS: Final = 1.5e-7
"""Seconds to score, sort and list one pair of query and candidate."""
_FIT_SECONDS: Final = 1.2e-5
"""Seconds that a simple model takes for each edge it knows, in the mean over all of them."""
_LEAST_FIT: Final = 0.15
"""Seconds of a fit of a simple model on hardly any data, in the mean: those with tensors take one or more each."""
_CANDIDATE_SECONDS: Final = 5e-9
"""Seconds for each pair of candidates, where a model compares them all, as EASE does up to its limit."""
_DENSE_LIMIT: Final = 8_000
"""Candidates up to which EASE compares them all, as ``scorers.ease`` has it."""
_BASE_MIB: Final = 700
"""An interpreter with its libraries and a block of scores."""
_EDGE_MIB: Final = 4e-4
"""What an edge takes in all forms that a run keeps of it."""
_FEW_RUNS: Final = 2
"""Fits of a simple model on test: a second one shows that it does not depend on the seed."""
_LEARNED: Final = 5
"""Questions of the past that the engine learns from, for each of the valid window."""
_POOL: Final = 1_000
"""Candidates of a question that the engine looks at, at most."""
_EPISODE_SECONDS: Final = 3e-7
"""Seconds to describe one learned question by one candidate."""
_TRAIN_SECONDS: Final = 2.5e-5
"""Seconds to train the engine on one candidate in the pool of a learned question."""
_LEAST_ENGINE: Final = {"recommend": 8.0, "triples": 20.0}
"""Seconds to train a whole engine on hardly any data, by kind of task: its parts learn in many small steps."""
_POOL_MIB: Final = 3e-4
"""What is kept of one candidate in the pool of a learned question: features, and the messages to it."""
_STATES: Final = 6
"""States of knowledge that episodes are made for: valid and test, without the graph, shuffled, with queries unseen."""
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
    edges = _edges(bench)
    simple = [each for each in contenders if each.role is Role.SIMPLE]
    others = [each for each in contenders if each.role is not Role.SIMPLE]
    dense = min(test.candidates, _DENSE_LIMIT)
    tries = sum(len(each.variants) for each in simple if len(each.variants) > 1)
    tests = sum(expected_tests(each, seeds) for each in simple)
    seconds = (tries + tests) * _simple_seconds(bench)
    seconds += tries * _rank_seconds(valid) + tests * _rank_seconds(test)
    names = {each.name for each in contenders}
    engine_fits = sum(expected_tests(each, seeds) + each.tries(names) for each in others)
    memory = _BASE_MIB + _EDGE_MIB * edges + 3 * 4 * dense**2 / 2**20
    engine = _fits(others, seeds) * _engine_seconds(bench, budget_minutes)
    if bench.dataset.spec.task.kind != "triples":
        engine += min(_STATES, 2 * len(others)) * _EPISODE_SECONDS * _learned(bench) * valid.candidates
        memory += _POOL_MIB * _pooled(bench) if others else 0
    return Estimate(
        seconds / 60,
        engine / 60,
        memory,
        len(test),
        test.candidates,
        edges,
        tries + tests + engine_fits,
    )


def estimate_work(
    bench: Bench, contenders: Sequence[Contender], budget_minutes: float, unseen: Bench | None = None
) -> dict[Work, float]:
    """Estimate the seconds of each fit and ranking, by row and window.

    Variants of one engine row share what is trained, so that together they take one fit on valid.
    """
    windows: dict[Window, WindowQuestions] = {"valid": bench.questions("valid"), "test": bench.questions("test")}
    windows |= {} if unseen is None else {"unseen": unseen.questions("test")}
    simple, engine = _simple_seconds(bench), _engine_seconds(bench, budget_minutes)
    found: dict[Work, float] = {}
    for each in contenders:
        fit = simple if each.role is Role.SIMPLE else engine * (1.0 if _is_whole(each) else _CHEAP)
        for window, questions in windows.items():
            shared = len(each.variants) if window == "valid" and each.role is not Role.SIMPLE else 1
            found[Work(each.name, window, "fit")] = fit / shared
            found[Work(each.name, window, "rank")] = _rank_seconds(questions)
    return found


def expected_tests(contender: Contender, seeds: int) -> int:
    """Return how many seeds a row is expected to be tested with: a simple one seldom depends on them."""
    most = min(seeds, contender.most_seeds or seeds)
    return min(most, _FEW_RUNS) if contender.role is Role.SIMPLE else most


def _edges(bench: Bench) -> int:
    return sum(len(each) for each in bench.dataset.relations)


def _simple_seconds(bench: Bench) -> float:
    dense = min(bench.questions("test").candidates, _DENSE_LIMIT)
    return _LEAST_FIT + _FIT_SECONDS * _edges(bench) + _CANDIDATE_SECONDS * dense**2


def _rank_seconds(questions: WindowQuestions) -> float:
    return _RANK_SECONDS * len(questions) * questions.candidates


def _learned(bench: Bench) -> int:
    return _LEARNED * len(bench.questions("valid"))


def _pooled(bench: Bench) -> int:
    return _learned(bench) * min(bench.questions("valid").candidates, _POOL)


def _engine_seconds(bench: Bench, budget_minutes: float) -> float:
    """Seconds to train a whole engine once, without the episodes that several trainings share."""
    kind = bench.dataset.spec.task.kind
    if kind == "triples":
        learning = 60 * _completing(2 * _edges(bench), bench.questions("valid").candidates, budget_minutes)
    else:
        learning = min(_TRAIN_SECONDS * _pooled(bench), 60 * budget_minutes)
    return _LEAST_ENGINE[kind] + learning


def _is_whole(row: Contender) -> bool:
    """Whether a row trains a whole engine; others share most of their parts with it."""
    return row.role is Role.ENGINE or row.most_seeds is not None


def _completing(edges: int, entities: int, budget_minutes: float) -> float:
    """Minutes to train the graph encoder and the decoders of triples once."""
    encoder = min(_ENCODER_SHARE * budget_minutes, _ENCODER_MINUTES * edges)
    return encoder + min((1 - _ENCODER_SHARE) * budget_minutes, _DECODER_MINUTES * edges * entities)


def _fits(rows: Sequence[Contender], seeds: int) -> float:
    """Trainings of a whole engine; one to choose settings, and what controls train beside them."""
    whole = [each for each in rows if _is_whole(each)]
    tests = sum(expected_tests(each, seeds) for each in whole)
    return tests + (1 if rows else 0) + _CHEAP * seeds * (len(rows) - len(whole))
