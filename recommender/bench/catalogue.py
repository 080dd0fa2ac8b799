"""Which rows a run has: the models asked for, the simple ones they must beat, and the engine with parts taken away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_schema.errors import NotFoundError
from recommender.bench.contender import Contender, Role

AUTO: Final = "auto"
"""The engine as it is served; its files carry this name."""
ALL: Final = "all"
_ENGINE: Final = "engine"
_FEW_SEEDS: Final = {"engine-shuffled-graph": 2}
"""A control that costs as much as the engine and answers yes or no; a second seed shows how far chance goes."""

_FOLLOWS: Final = {"engine-shuffled-graph": AUTO}
"""A control that differs in the graph alone, so that nothing but the graph explains the difference."""


@dataclass(frozen=True)
class ModelChoice:
    """Models by name; ``only`` leaves out those that were not named."""

    models: tuple[str, ...] = (AUTO,)
    only: bool = False


Variants = Mapping[str, tuple[Any, ...]]


def choose_contenders(wanted: ModelChoice, simple: Variants, engine: Variants) -> tuple[Contender, ...]:
    """Return the rows of a run, simple ones first; raises ``NotFoundError`` for a name that is not there.

    Whoever asks for the engine gets its controls; whoever asks for a simple model gets the other simple ones.
    """
    engine = {AUTO if name == _ENGINE else name: variants for name, variants in engine.items()}
    names = {AUTO if name == _ENGINE else name for name in wanted.models}
    unknown = sorted(names - {ALL} - simple.keys() - engine.keys())
    if unknown:
        known = ", ".join([AUTO, ALL, *simple, *(name for name in engine if name != AUTO)])
        raise NotFoundError(f"no model is called {', '.join(unknown)} on this dataset; known are {known}")
    if ALL in names:
        names |= simple.keys() | engine.keys()
    rows = [
        Contender(
            name,
            tuple(variants),
            _role(name, simple),
            name in names,
            _FEW_SEEDS.get(name),
            _FOLLOWS.get(name, ""),
            prefers_first=name in engine,
        )
        for name, variants in [*simple.items(), *engine.items()]
        if variants
    ]
    with_engine = any(row.asked and row.role is not Role.SIMPLE for row in rows)
    return tuple(row for row in rows if row.asked or (not wanted.only and (row.role is Role.SIMPLE or with_engine)))


def asks_for_engine(models: Sequence[str], simple: Variants) -> bool:
    """Tell whether any of the names is not that of a simple model."""
    return any(name not in simple for name in models)


def _role(name: str, simple: Variants) -> Role:
    if name in simple:
        return Role.SIMPLE
    return Role.ENGINE if name == AUTO else Role.CONTROL
