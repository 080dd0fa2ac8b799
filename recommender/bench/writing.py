"""Failures to write results, told with a remedy."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph_schema.errors import ConfigError
from graph_schema.system_errors import system_reason
from graph_schema.wording import Wording


class UnwritableError(ConfigError):
    """The results folder cannot be written (full disk, permissions): the run ends. A failing model is a failed row."""


@contextmanager
def written_to(out: Path) -> Iterator[None]:
    """Raise ``UnwritableError`` for what cannot be written into the folder of results ``out``."""
    try:
        yield
    except OSError as error:
        raise UnwritableError(
            Wording(
                f"{out}에 쓸 수 없습니다({system_reason(error).ko}). 공간을 비우거나 --out으로 다른 폴더를 "
                "지정하십시오",
                f"{out} cannot be written ({error}); make room there, or name another with --out",
            )
        ) from error
