"""How long a run will take and how much memory, from the sizes of its data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from recommender.experiments.bench import Bench
from recommender.experiments.contender import Contender, Role

_RANK_SECONDS: Final = 1.5e-7
"""Seconds to score, sort and list one pair of query and candidate."""
_FIT_SECONDS: Final = 4e-5
"""Seconds that a simple model takes for each edge it knows, in the mean over all of them."""
_CANDIDATE_SECONDS: Final = 5e-10
"""Seconds for each pair of candidates, where a model compares them all, as EASE does up to its limit."""
_DENSE_LIMIT: Final = 20_000
_BASE_MIB: Final = 700
"""An interpreter with its libraries and a block of scores."""
_EDGE_MIB: Final = 4e-4
_FEW_RUNS: Final = 2
"""Fits of a simple model on test: a second one shows that it does not depend on the seed."""


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
    engine_fits = sum(seeds + (len(each.variants) if len(each.variants) > 1 else 0) for each in others)
    memory = _BASE_MIB + _EDGE_MIB * edges + 3 * 8 * dense**2 / 2**20
    return Estimate(
        seconds / 60,
        budget_minutes * len(others),
        memory,
        len(test),
        test.candidates,
        edges,
        tries + tests + engine_fits,
    )
