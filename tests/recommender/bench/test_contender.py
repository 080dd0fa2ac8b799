"""Settings as data: equal in every process, different where settings differ."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from recommender.bench.contender import config_of, hash_of
from recommender.report.plain import to_text


@dataclass(frozen=True)
class Inner:
    """Settings within settings."""

    rate: float = 0.1


@dataclass(frozen=True)
class Outer:
    """Settings of every kind."""

    inner: Inner = Inner()
    sizes: tuple[int, ...] = (1, 2)
    names: frozenset[str] = frozenset({"b", "a"})
    weights: np.ndarray = field(default_factory=lambda: np.arange(3.0))
    cache: dict[str, object] = field(default_factory=dict, compare=False)


def test_nested_settings_are_plain_values_with_their_types() -> None:
    config = config_of(Outer())
    assert isinstance(config, dict)
    assert config["inner"] == {"type": "Inner", "rate": 0.1}
    assert config["names"] == ["a", "b"]
    assert config["weights"]["array"] == [3]
    assert "cache" not in config


def test_equal_settings_have_equal_hashes_and_others_do_not() -> None:
    assert hash_of(config_of(Outer())) == hash_of(config_of(Outer()))
    assert hash_of(config_of(Outer(weights=np.arange(3.0) + 1))) != hash_of(config_of(Outer()))
    assert hash_of(config_of(Outer(Inner(0.2)))) != hash_of(config_of(Outer()))


def test_no_address_in_memory_and_no_folder_of_this_machine() -> None:
    assert config_of(object()) == "object"
    assert config_of(Path("/home/me/file.txt")) == "file.txt"
    assert config_of(max) == "max"
    assert config_of(np.float32(0.5)) == 0.5


@pytest.mark.parametrize(("value", "text"), [(math.inf, "inf"), (-math.inf, "-inf"), (math.nan, "nan")])
def test_a_setting_that_is_no_finite_number_is_text_that_a_file_can_hold(value: float, text: str) -> None:
    """Such as no limit."""
    for setting in (value, np.float64(value), np.float32(value)):
        config = config_of(Inner(setting))
        assert config == {"type": "Inner", "rate": text}
        assert f'"rate": "{text}"' in to_text({"config": config})
