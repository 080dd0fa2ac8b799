"""Names of devices."""

from __future__ import annotations

import pytest
import torch

from graph_schema.errors import ConfigError
from recommender.knowledge.device import resolve_device, torch_seed


def test_cpu_is_the_cpu() -> None:
    assert resolve_device("cpu") == torch.device("cpu")


@pytest.mark.parametrize(("there", "found"), [(True, "cuda"), (False, "cpu")])
def test_auto_takes_a_gpu_where_there_is_one(monkeypatch: pytest.MonkeyPatch, *, there: bool, found: str) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    assert resolve_device("auto").type == found


def test_a_gpu_that_is_not_there_is_an_error_with_a_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ConfigError, match="'auto' or 'cpu'"):
        resolve_device("cuda")


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises(ConfigError, match="tpu"):
        resolve_device("tpu")


def test_draws_from_a_seed_leave_those_of_the_process_as_they_were() -> None:
    before = torch.get_rng_state()
    with torch_seed(7):
        first = torch.rand(3)
    with torch_seed(7):
        second = torch.rand(3)
    assert torch.equal(first, second)
    assert torch.equal(torch.get_rng_state(), before)
