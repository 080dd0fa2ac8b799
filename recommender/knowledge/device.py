"""Where tensors are computed: which device, and by how many threads of the processor."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from graph_schema.errors import ConfigError

if TYPE_CHECKING:
    import torch

DEVICES: Final = ("auto", "cpu", "cuda")


def resolve_device(name: str) -> torch.device:
    """Return the device ``name``; ``auto`` takes a GPU where there is one, else the CPU.

    Raises ``ConfigError`` for a name that is not known, and for ``cuda`` where no GPU can be used.
    """
    import torch

    if name not in DEVICES:
        raise ConfigError(f"unknown device {name!r}; known are {', '.join(DEVICES)}")
    if name == "cpu":
        return torch.device("cpu")
    if torch.cuda.is_available():
        return torch.device("cuda")
    if name == "cuda":
        raise ConfigError(
            "device 'cuda' was asked for, but PyTorch finds no GPU it can use; take 'auto' or 'cpu', or install a "
            "driver and a build of PyTorch that fit the GPU"
        )
    return torch.device("cpu")


@contextmanager
def torch_threads(count: int) -> Iterator[None]:
    """Let torch use ``count`` threads: on busy cores more of them wait for each other longer than they compute."""
    import torch

    before = torch.get_num_threads()
    torch.set_num_threads(count)
    try:
        yield
    finally:
        torch.set_num_threads(before)
