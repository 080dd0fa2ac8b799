"""A name means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict

from tests.conventions.source import modules


def test_no_two_public_classes_share_a_name() -> None:
    """Whoever reads or searches for a class finds one."""
    places = defaultdict(list)
    for path, tree in modules().items():
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef) and not statement.name.startswith("_"):
                places[statement.name].append(path)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
