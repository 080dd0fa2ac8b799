"""Every setting of an estimator says beside itself what it is."""

from __future__ import annotations

import ast
import dataclasses
import inspect
import textwrap
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest

from recommender.engine.estimator import EngineEstimator
from recommender.engine.pretrained.estimator import PretrainedEstimator
from recommender.scorers.registry import simple_contenders
from tests.recommender.scorers.small import WORLDS

CONTENDERS = simple_contenders(WORLDS["rich"]).values()
ESTIMATORS = {type(each) for variants in CONTENDERS for each in variants} | {EngineEstimator, PretrainedEstimator}


def of_settings(kind: Any) -> Iterator[type]:
    """Yield a class of settings, those it inherits from, and those that its settings hold."""
    for part in get_args(kind):
        yield from of_settings(part)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        yield from (each for each in kind.__mro__ if dataclasses.is_dataclass(each))
        hints = get_type_hints(kind)
        for field in dataclasses.fields(kind):
            if field.compare:
                yield from of_settings(hints[field.name])


def undocumented(kind: type) -> list[str]:
    """Names of the fields of a dataclass that no docstring follows."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    assert isinstance(tree, ast.ClassDef)
    return [
        one.target.id
        for one, following in zip(tree.body, [*tree.body[1:], None], strict=True)
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name) and not is_docstring(following)
    ]


def is_docstring(node: ast.stmt | None) -> bool:
    """Whether a statement is a text alone."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


SETTINGS = sorted({each for kind in ESTIMATORS for each in of_settings(kind)}, key=lambda each: each.__name__)


def test_settings_within_settings_are_found() -> None:
    assert {"LightGcn", "LightGcnShape", "EngineConfig", "Style", "TreesConfig", "Mix"} <= {
        each.__name__ for each in SETTINGS
    }


@pytest.mark.parametrize("kind", SETTINGS, ids=lambda kind: kind.__name__)
def test_every_setting_has_a_docstring(kind: type) -> None:
    assert undocumented(kind) == []
