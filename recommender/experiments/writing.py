"""Failures to write results, told with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph_schema.errors import ConfigError


@contextmanager
def written_to(out: Path) -> Iterator[None]:
    """Raise ``ConfigError`` for what cannot be written into the folder of results ``out``."""
    try:
        yield
    except OSError as error:
        raise ConfigError(f"{out} cannot be written ({error}); make room there, or name another with --out") from error
