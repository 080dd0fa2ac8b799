"""The filled-in examples of the CSV templates."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from loaders.samples import FOLDER

_TEMPLATES: Final = (
    *("companies", "annual-figures", "institutions", "experts"),
    *("spaces", "courses", "technologies", "needs"),
)


def template_examples() -> list[tuple[str, Path]]:
    """Return (source name, file) of the templates' examples; every row of them is made up and says so."""
    return [(source, FOLDER / "templates" / f"{source}.csv") for source in _TEMPLATES]
