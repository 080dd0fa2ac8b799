"""Which models there are for a dataset, and the bench that asks them, by the kind of its task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from graph_schema.wording import Wording
from recommender.bench.bench import Bench
from recommender.bench.catalogue import Variants, asks_for, asks_for_engine
from recommender.bench.model_names import PRETRAINED_ROWS, SERVED
from recommender.bench.recommend_bench import RecommendBench
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.device import resolve_device
from recommender.measure.arrays import Floats

Available = Callable[[Bench, "Resources"], tuple[Variants, Variants]]
"""From a bench and the resources at hand to simple models and all others, by name."""


@dataclass(frozen=True)
class Resources:
    """What rows may use: minutes for each of the engine, and a device; ``models`` are the names asked for."""

    models: tuple[str, ...]
    budget_minutes: float = 20.0
    device: str = "auto"


def open_bench(dataset: Dataset, vectors: Mapping[str, Floats], device: str) -> Bench:
    """Return the bench of a dataset, checked for leaks; ``device`` is one of ``knowledge.device.DEVICES``."""
    if dataset.spec.task.kind == "recommend":
        return RecommendBench(dataset, vectors)
    from recommender.bench.triple_bench import TripleBench

    return TripleBench(dataset, str(resolve_device(device)))


def size_notes(bench: Bench, budget_minutes: float) -> tuple[Wording, ...]:
    """Say what the engine for triples does without, for the size of the graph and the budget."""
    if bench.dataset.spec.task.kind != "triples":
        return ()
    from recommender.bench.triple_bench import TripleBench
    from recommender.triples.plan import parts_left_out

    assert isinstance(bench, TripleBench)
    note = parts_left_out(bench.triples, budget_minutes)
    return () if note is None else (note,)


def served_notes(bench: Bench) -> tuple[Wording, ...]:
    """Say what of ``served`` falls away where a folder lacks what it needs."""
    assert isinstance(bench, RecommendBench)
    dated = not np.isnat(bench.known("valid").start)
    season = (
        Wording("", "") if dated else Wording(", 날짜가 없어 철도 보지 않습니다", ", nor any season, for want of dates")
    )
    return (
        Wording(
            f"served: 폴더에는 서비스할 때의 자격 규칙이 없어 규칙을 적용하지 않고 순위를 매겼습니다{season.ko}",
            f"served: a folder has no rules of eligibility as a service has, so it ranks without them{season.en}",
        ),
    )


def available_models(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
    """Return the simple models that suit a dataset, and those asked for of the engine and of what learns beside it."""
    return (_for_triples if bench.dataset.spec.task.kind == "triples" else _for_recommending)(bench, resources)


def _for_recommending(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
    assert isinstance(bench, RecommendBench)
    from recommender.scorers.registry import simple_contenders

    known = bench.known("valid")
    simple, others = simple_contenders(known, device=resources.device), dict[str, tuple[Any, ...]]()
    if asks_for_engine(resources.models, simple):
        from recommender.models.engine import engine_contenders

        others |= engine_contenders(known, resources.budget_minutes, resources.device)
    if asks_for(PRETRAINED_ROWS, resources.models, simple):
        from recommender.models.pretrained import pretrained_contenders

        others |= pretrained_contenders(known)
    if asks_for((SERVED,), resources.models, simple):
        from recommender.models.served import EngineSize, learned_rows

        others[SERVED] = learned_rows(bench.stage("valid"), EngineSize())
    return simple, others


def _for_triples(bench: Bench, resources: Resources) -> tuple[Variants, Variants]:
    from recommender.bench.triple_bench import TripleBench
    from recommender.models.triples import engine_contenders, simple_contenders

    assert isinstance(bench, TripleBench)
    triples = bench.triples
    simple = _as_file_names(simple_contenders(triples, resources.budget_minutes))
    asked = asks_for_engine(resources.models, simple)
    return simple, _as_file_names(engine_contenders(triples, resources.budget_minutes)) if asked else {}


def _as_file_names(rows: Mapping[str, tuple[object, ...]]) -> Variants:
    """Write names of rows as they stand in files and on the command line: small letters joined by hyphens."""
    return {"-".join(name.lower().split()): variants for name, variants in rows.items()}
