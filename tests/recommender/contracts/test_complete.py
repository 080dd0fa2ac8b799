"""No estimator goes without its contract."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import chain

from tests.conventions.source import modules
from tests.recommender.engine.pretrained.test_contract import VARIANTS as PRETRAINED
from tests.recommender.engine.test_contract import VARIANTS as ENGINES
from tests.recommender.scorers.test_contract import EACH


def estimators_of(room: str) -> Iterator[str]:
    """Yield the names of classes with ``fit(self, known, …)``."""
    for path, tree in modules().items():
        for each in tree.body if path.startswith(room) else ():
            if isinstance(each, ast.ClassDef) and not any("Protocol" in ast.unparse(base) for base in each.bases):
                members = (member for member in each.body if isinstance(member, ast.FunctionDef))
                if any(member.name == "fit" and member.args.args[1].arg == "known" for member in members):
                    yield each.name


def test_every_estimator_is_held_by_the_contract() -> None:
    held = {type(each).__name__ for each in chain(EACH.values(), ENGINES.values(), PRETRAINED.values())}
    assert {*estimators_of("recommender/")} == held | {"GraphWalk", "Seasonal"}, "these two have classes of their own"
