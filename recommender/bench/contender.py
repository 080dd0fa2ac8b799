"""One row of an experiment before it is run: its variants, what it stands for, and its settings as data."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np


class Role(StrEnum):
    """Why a row is in the report."""

    SIMPLE = "simple"
    ENGINE = "engine"
    CONTROL = "control"
    """The engine with a part taken away, or that part alone."""
    PRETRAINED = "pretrained"
    """The network that ships, as it is or carried on: a model of its own, nothing is taken away."""
    SERVED = "served"
    """What is trained to serve a task."""
    ORACLE = "oracle"
    """The rule that made-up choices follow; it competes with none."""


@dataclass(frozen=True)
class Contender:
    """One row: the best of ``variants`` on valid is tested; ``asked`` where the user named it.

    ``most_seeds``: with how many seeds at most, None for all of the run. ``follows``: the row whose choice among the
    same variants it takes over, if that is run before; empty where it chooses for itself.

    ``prefers_first``: variants stand in order of preference, and one further back must be better by more than one
    standard error to be chosen; else the best is.

    Variants are estimators of the bench's kind: those of ``known.Estimator`` where it recommends, triple estimators
    where it completes triples.
    """

    name: str
    variants: tuple[Any, ...]
    role: Role = Role.SIMPLE
    asked: bool = False
    most_seeds: int | None = None
    follows: str = ""
    prefers_first: bool = False

    def tries(self, run: Collection[str]) -> int:
        """Return how many variants are tried on valid where the rows ``run`` are run too."""
        return len(self.variants) if len(self.variants) > 1 and self.follows not in run else 0


def config_of(value: object) -> object:
    """Return settings as plain JSON values, with the type of every dataclass; the same in every process.

    Fields that do not count in comparisons, such as caches, are no settings. Floats that JSON has no number for are
    text: ``inf``, ``-inf``, ``nan``.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        counted = [field.name for field in dataclasses.fields(value) if field.compare]
        fields = {name: config_of(getattr(value, name)) for name in counted}
        return {"type": type(value).__name__} | fields
    if isinstance(value, str | bool | int | float | None):
        return str(float(value)) if isinstance(value, float) and not math.isfinite(value) else value
    if isinstance(value, Mapping):
        return {str(key): config_of(each) for key, each in value.items()}
    if isinstance(value, frozenset | set):
        return sorted((config_of(each) for each in value), key=str)
    if isinstance(value, Sequence):
        return [config_of(each) for each in value]
    return _described(value)


def _described(value: object) -> object:
    """Return a value that is no plain one: arrays by their content, paths without their folder."""
    if isinstance(value, np.floating):
        return config_of(float(value))
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, np.ndarray):
        return {
            "array": list(value.shape),
            "sha256": hashlib.sha256(np.ascontiguousarray(value).tobytes()).hexdigest()[:16],
        }
    if isinstance(value, Path):
        return value.name
    return getattr(value, "__qualname__", None) or _text(value)


def _text(value: object) -> str:
    """Return what an object says of itself, or only its type where that would hold an address in memory."""
    text = str(value)
    return type(value).__name__ if " at 0x" in text else text


def hash_of(config: object) -> str:
    """Return a short hash of plain values."""
    return hashlib.sha256(json.dumps(config, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]
