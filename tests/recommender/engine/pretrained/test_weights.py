"""Weights as files."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import save_file

from graph_schema.errors import ModelError
from recommender.engine.pretrained.weights import read_weights, shipped_weights, write_weights

FOLDER = Path(str(files("recommender.engine.pretrained") / "weights"))


def test_the_package_holds_a_megabyte_at_most() -> None:
    assert sum(each.stat().st_size for each in FOLDER.iterdir()) <= 1_000_000
    assert {each.name for each in FOLDER.iterdir()} == {"trees.txt.gz", "network.safetensors"}


def test_weights_survive_being_written_to_the_byte(tmp_path: Path) -> None:
    write_weights(shipped_weights(), tmp_path / "first")
    again = read_weights(tmp_path / "first")
    write_weights(again, tmp_path / "second")
    for each in (tmp_path / "first").iterdir():
        assert each.read_bytes() == (tmp_path / "second" / each.name).read_bytes()
    for name, each in shipped_weights().network.items():
        np.testing.assert_array_equal(again.network[name], each)


@pytest.mark.parametrize("name", ["trees.txt.gz", "network.safetensors"])
def test_damaged_or_absent_files_are_refused(name: str, tmp_path: Path) -> None:
    write_weights(shipped_weights(), tmp_path)
    (tmp_path / name).write_bytes(b"damaged")
    with pytest.raises(ModelError, match="cannot be read"):
        read_weights(tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(ModelError, match="cannot be read"):
        read_weights(tmp_path)


def test_a_network_of_another_form_is_refused(tmp_path: Path) -> None:
    write_weights(shipped_weights(), tmp_path)
    save_file({"skip.weight": np.zeros((1, 3), np.float32)}, tmp_path / "network.safetensors")
    with pytest.raises(ModelError, match="reads 3 inputs"):
        read_weights(tmp_path)
