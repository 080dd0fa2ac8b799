"""Weights as a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from graph_schema.errors import ModelError
from recommender.engine.pretrained.weights import SHIPPED, read_weights, shipped_weights
from recommender.measure.arrays_file import write_arrays


def test_the_package_holds_a_megabyte_at_most() -> None:
    assert SHIPPED.stat().st_size <= 1_000_000


def test_weights_survive_being_written_to_the_byte(tmp_path: Path) -> None:
    write_arrays(tmp_path / "first", shipped_weights())
    again = read_weights(tmp_path / "first")
    assert (tmp_path / "first").read_bytes() == SHIPPED.read_bytes()
    for name, each in shipped_weights().items():
        np.testing.assert_array_equal(again[name], each)


def test_damaged_or_absent_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    with pytest.raises(ModelError, match="install the package anew"):
        read_weights(path)
    path.write_bytes(b"damaged")
    with pytest.raises(ModelError, match="install the package anew"):
        read_weights(path)


def test_a_network_of_another_form_is_refused(tmp_path: Path) -> None:
    arrays = {name: np.array(each) for name, each in shipped_weights().items()}
    save_file(arrays | {"skip.weight": np.zeros((1, 3), np.float32)}, tmp_path / "narrow")
    with pytest.raises(ModelError, match="reads 3 inputs"):
        read_weights(tmp_path / "narrow")
    save_file({name: each for name, each in arrays.items() if name != "skip.bias"}, tmp_path / "less")
    with pytest.raises(ModelError, match=r"skip\.bias"):
        read_weights(tmp_path / "less")
