"""The project's own modules, parsed."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
PRODUCT: Final = ("graph_schema", "stores", "loaders", "recommender", "bloom", "api", "cli")
PACKAGES: Final = (*PRODUCT, "benchmarks")


@cache
def modules() -> dict[str, ast.Module]:
    """Return the syntax tree of each module of the packages, by its path from the root."""
    paths = (path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")))
    return {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def described(body: list[ast.stmt]) -> Iterator[tuple[ast.stmt, bool]]:
    """Yield each statement with whether a docstring stands right below it."""
    for statement, below in zip(body, [*body[1:], None], strict=True):
        is_text = isinstance(below, ast.Expr) and isinstance(below.value, ast.Constant)
        yield statement, is_text and isinstance(below.value.value, str)
