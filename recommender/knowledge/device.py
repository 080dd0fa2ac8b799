"""Where tensors are computed: which device, by how many threads of the processor, and what their chance is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from graph_schema.errors import ConfigError
from graph_schema.wording import Wording

if TYPE_CHECKING:
    import torch

DEVICES: Final = ("auto", "cpu", "cuda")


def resolve_device(name: str) -> torch.device:
    """Return the device ``name``; ``auto`` takes a GPU where there is one, else the CPU.

    Raises ``ConfigError`` for a name that is not known, and for ``cuda`` where no GPU can be used.
    """
    import torch

    if name not in DEVICES:
        raise ConfigError(
            Wording(
                f"알 수 없는 장치입니다: {name!r}. 다음 가운데 하나를 적으십시오: {', '.join(DEVICES)}",
                f"unknown device {name!r}; known are {', '.join(DEVICES)}",
            )
        )
    if name == "cpu":
        return torch.device("cpu")
    if torch.cuda.is_available():
        return torch.device("cuda")
    if name == "cuda":
        raise ConfigError(
            Wording(
                "장치를 'cuda'로 지정했으나 PyTorch가 쓸 수 있는 GPU가 없습니다. 'auto'나 'cpu'로 지정하거나, "
                "GPU에 맞는 드라이버와 PyTorch를 설치하십시오",
                "device 'cuda' was asked for, but PyTorch finds no GPU it can use; take 'auto' or 'cpu', or install a "
                "driver and a build of PyTorch that fit the GPU",
            )
        )
    return torch.device("cpu")


@contextmanager
def torch_seed(seed: int, device: torch.device | str = "cpu") -> Iterator[None]:
    """Let torch draw from ``seed``, on the processor and on ``device``; what the process drew from before goes on.

    For what knows only the generators of the process, such as the layers of torch when they are made.
    """
    import torch

    gpus = [torch.cuda.current_device()] if torch.device(device).type == "cuda" else []
    with torch.random.fork_rng(devices=gpus):
        # Not torch.manual_seed: it seeds every GPU as well, and those are not put back.
        torch.default_generator.manual_seed(seed)
        if gpus:
            torch.cuda.manual_seed(seed)
        yield


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
