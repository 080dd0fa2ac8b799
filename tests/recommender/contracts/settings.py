"""Settings as JSON and back, and whether something is still what it was."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
from scipy import sparse

from recommender.bench.contender import config_of


def assert_settings_survive_json(estimator: Any) -> None:
    """Written and read, the settings are the same, and make an equal estimator."""
    config = json.loads(json.dumps(config_of(estimator), allow_nan=False))
    again = rebuilt(config, estimator)
    assert again == estimator
    assert config_of(again) == config


def rebuilt(config: Any, like: Any) -> Any:
    """Make from plain values what ``like`` is; only its types are looked at, and the classes of its dataclasses."""
    if dataclasses.is_dataclass(like):
        assert config["type"] == type(like).__name__
        counted = [field.name for field in dataclasses.fields(like) if field.compare]
        assert set(config) == {"type", *counted}
        return type(like)(**{name: rebuilt(config[name], getattr(like, name)) for name in counted})
    if isinstance(like, Mapping):
        assert set(config) == set(like)
        return {name: rebuilt(config[name], each) for name, each in like.items()}
    if isinstance(like, tuple):
        return tuple(rebuilt(one, each) for one, each in zip(config, like, strict=True))
    assert like is None or isinstance(like, str | bool | int | float), f"{like!r} is no plain setting"
    return float(config) if isinstance(like, float) else config


def assert_same_content(now: Any, before: Any, where: str = "it") -> None:
    """All that ``before``, a deep copy, holds is held by ``now``, to the byte.

    What was computed since may be new: attributes, and entries of a mapping that is no field, such as matrices made
    once for each label that was asked for.
    """
    assert type(now) is type(before), where
    if isinstance(before, np.ndarray):
        assert (now.shape, now.dtype) == (before.shape, before.dtype), where
        same = now.tolist() == before.tolist() if before.dtype == object else now.tobytes() == before.tobytes()
        assert same, f"{where} was changed"
    elif dataclasses.is_dataclass(before) or sparse.issparse(before):
        told = dataclasses.fields(before) if dataclasses.is_dataclass(before) else ()
        fields = {field.name for field in told if field.compare}
        for name, each in vars(before).items():
            held = vars(now)[name]
            if isinstance(each, dict) and name not in fields:
                held = {key: held[key] for key in each}
            assert_same_content(held, each, f"{where}.{name}")
    elif isinstance(before, Mapping):
        assert list(now) == list(before), where
        for name, each in before.items():
            assert_same_content(now[name], each, f"{where}[{name!r}]")
    elif isinstance(before, tuple | list):
        assert len(now) == len(before), where
        for at, (one, each) in enumerate(zip(now, before, strict=True)):
            assert_same_content(one, each, f"{where}[{at}]")
    else:
        assert str(now) == str(before), where
