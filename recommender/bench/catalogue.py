"""Which rows a run has: the models asked for, the simple ones they must beat, and the engine with parts taken away."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from graph_schema.errors import ConfigError, NotFoundError
from graph_schema.wording import Wording
from recommender.bench.contender import Contender, Role
from recommender.bench.model_names import ALL, AUTO, ENGINE, PRETRAINED_ROWS, SERVED

_NAME: Final = re.compile(r"[^\s/\\|]+")
"""One word of a run file, in the name of a file, and before the ``|`` of a column."""
_FEW_SEEDS: Final = {"engine-shuffled-graph": 2}
"""A control that costs as much as the engine and answers yes or no; a second seed shows how far chance goes."""

_FOLLOWS: Final = {"engine-shuffled-graph": AUTO}
"""A control that differs in the graph alone, so that nothing but the graph explains the difference."""
_BESIDE: Final = {**dict.fromkeys(PRETRAINED_ROWS, Role.PRETRAINED), SERVED: Role.SERVED}
"""Models of their own, which come where they are named and bring no row of the engine with them."""


@dataclass(frozen=True)
class ModelChoice:
    """Models by name; ``only`` leaves out those that were not named."""

    models: tuple[str, ...] = (AUTO,)
    only: bool = False


Variants = Mapping[str, tuple[Any, ...]]


def choose_contenders(wanted: ModelChoice, simple: Variants, engine: Variants) -> tuple[Contender, ...]:
    """Return the rows of a run, simple ones first; raises ``NotFoundError`` for a name that is not there.

    Simple models come with all; with the engine or a control of it come both. ``engine`` holds the rows
    of ``_BESIDE`` too. Raises ``ConfigError`` for names that no
    file of the results can have.
    """
    if unfit := [name for name in (*simple, *engine) if not _NAME.fullmatch(name)]:
        raise ConfigError(
            Wording(
                f"모델의 이름으로 쓸 수 없습니다: {', '.join(map(repr, unfit))}. 결과 파일의 이름이 되므로 빈칸, 빗금, "
                "|가 없는 이름을 붙이십시오",
                f"{', '.join(map(repr, unfit))} cannot name a model; files of the results are named so: leave out "
                "blanks, slashes and |",
            )
        )
    engine = {AUTO if name == ENGINE else name: variants for name, variants in engine.items()}
    names = {AUTO if name == ENGINE else name for name in wanted.models}
    unknown = sorted(names - {ALL} - simple.keys() - engine.keys())
    if unknown:
        known = ", ".join([AUTO, ALL, *simple, *(name for name in engine if name != AUTO)])
        absent = ", ".join(unknown)
        raise NotFoundError(
            Wording(
                f"이 자료에 없는 모델: {absent}. 있는 모델: {known}",
                f"no model is called {absent} on this dataset; known are {known}",
            )
        )
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
    engine_rows = (Role.ENGINE, Role.CONTROL)
    with_engine = any(row.asked and row.role in engine_rows for row in rows)
    beside = () if wanted.only else (Role.SIMPLE, *engine_rows) if with_engine else (Role.SIMPLE,)
    return tuple(row for row in rows if row.asked or row.role in beside)


def asks_for_engine(models: Sequence[str], simple: Variants) -> bool:
    """Tell whether any of the names is that of the engine or of a control of it, or brings them."""
    return any(name not in simple and name not in _BESIDE for name in models)


def asks_for(rows: Collection[str], models: Sequence[str], simple: Variants) -> bool:
    """Tell whether any of the names is one of ``rows``, which are models of their own, or brings them."""
    return any(name not in simple and name in (ALL, *rows) for name in models)


def _role(name: str, simple: Variants) -> Role:
    if name in simple:
        return Role.SIMPLE
    return _BESIDE.get(name, Role.ENGINE if name == AUTO else Role.CONTROL)
