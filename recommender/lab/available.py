"""Which models there are for a dataset, and the bench that asks them, by the kind of its task."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from recommender.bench.bench import Bench
from recommender.bench.catalogue import ALL, Variants, asks_for_engine
from recommender.bench.recommend_bench import RecommendBench
from recommender.knowledge.dataset import Dataset
from recommender.knowledge.device import resolve_device
from recommender.measure.arrays import Floats

Available = Callable[[Bench, "Means"], tuple[Variants, Variants]]
"""From a bench and the means at hand to simple models and those of the engine, by name."""


@dataclass(frozen=True)
class Means:
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


def available_models(bench: Bench, means: Means) -> tuple[Variants, Variants]:
    """Return the simple models that suit a dataset, and those of the engine where any other is asked for."""
    simple, engine = (_for_triples if bench.dataset.spec.task.kind == "triples" else _for_recommending)(bench, means)
    return simple, engine() if asks_for_engine(means.models, simple) else {}


def _for_recommending(bench: Bench, means: Means) -> tuple[Variants, Callable[[], Variants]]:
    assert isinstance(bench, RecommendBench)
    from recommender.scorers.registry import simple_contenders

    known = bench.known("valid")

    def engine() -> Variants:
        from recommender.models.engine import engine_contenders
        from recommender.models.pretrained import pretrained_contenders

        rows = engine_contenders(known, means.budget_minutes, means.device)
        more = pretrained_contenders(known)
        # They are no control of the engine, so they run where they are named alone.
        return rows | (more if {ALL, *more} & set(means.models) else {})

    return simple_contenders(known, device=means.device), engine


def _for_triples(bench: Bench, means: Means) -> tuple[Variants, Callable[[], Variants]]:
    from recommender.bench.triple_bench import TripleBench
    from recommender.models.triples import engine_contenders, simple_contenders

    assert isinstance(bench, TripleBench)
    triples = bench.triples
    simple = simple_contenders(triples, means.budget_minutes)
    return _as_file_names(simple), lambda: _as_file_names(engine_contenders(triples, means.budget_minutes))


def _as_file_names(rows: Mapping[str, tuple[object, ...]]) -> Variants:
    """Write names of rows as they stand in files and on the command line: small letters joined by hyphens."""
    return {"-".join(name.lower().split()): variants for name, variants in rows.items()}
