"""A number says why it is what it is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.conventions.source import PRODUCT, ROOT, described, modules

_CONSTANT = re.compile(r"_?[A-Z][A-Z0-9_]*")


def _is_number(value: ast.expr | None) -> bool:
    """Whether a value is a number, numbers in a tuple, or arithmetic of numbers."""
    if isinstance(value, ast.Tuple):
        return bool(value.elts) and all(map(_is_number, value.elts))
    if isinstance(value, ast.UnaryOp):
        return _is_number(value.operand)
    if isinstance(value, ast.BinOp):
        return _is_number(value.left) and _is_number(value.right)
    return isinstance(value, ast.Constant) and type(value.value) in (int, float)


def _constants(body: list[ast.stmt]) -> Iterator[tuple[str, int, bool]]:
    """Yield name, line and whether a docstring stands below, of each constant that is a number."""
    for statement, has_docstring in described(body):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and _is_number(statement.value):
            target = statement.target if isinstance(statement, ast.AnnAssign) else statement.targets[0]
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            if all(isinstance(name, ast.Name) and _CONSTANT.fullmatch(name.id) for name in names):
                yield ast.unparse(target), statement.lineno, has_docstring


def _is_commented(lines: list[str], number: int) -> bool:
    """Whether a comment stands above a line, with nothing but further constants between."""
    if "  # " in lines[number - 1]:
        return True
    above = iter(reversed(lines[: number - 1]))
    return any(line.startswith("#") for line in _until(above))


def _until(above: Iterator[str]) -> Iterator[str]:
    """Yield lines of the paragraph up to its first comment."""
    for line in above:
        if not line.strip() or line.endswith('"""'):
            return
        yield line


def test_every_number_of_a_module_has_its_reason() -> None:
    """A docstring below it, or a comment above it or above the paragraph that it is part of."""
    bare = []
    for path, tree in modules().items():
        if path.startswith(PRODUCT):
            lines = (ROOT / path).read_text(encoding="utf-8").splitlines()
            for name, number, has_docstring in _constants(tree.body):
                if not has_docstring and not _is_commented(lines, number):
                    bare.append(f"{path}:{number}: {name}")
    assert bare == []


def test_every_setting_of_an_estimator_has_a_docstring() -> None:
    """Each field of a dataclass with ``fit``, and of each configuration, says its meaning and range below it."""
    bare = []
    for path, tree in modules().items():
        for each in tree.body:
            if path.startswith("recommender/") and isinstance(each, ast.ClassDef) and _is_settings(each):
                for statement, has_docstring in described(each.body):
                    if isinstance(statement, ast.AnnAssign) and statement.value is not None and not has_docstring:
                        bare.append(f"{path}:{statement.lineno}: {each.name}.{ast.unparse(statement.target)}")
    assert bare == []


def _is_settings(each: ast.ClassDef) -> bool:
    """Whether a class is a dataclass of settings: it is fitted, or its name says so."""
    decorated = any("dataclass" in ast.unparse(decorator) for decorator in each.decorator_list)
    is_fitted = any(isinstance(member, ast.FunctionDef) and member.name == "fit" for member in each.body)
    return decorated and (is_fitted or each.name.endswith(("Config", "Settings", "Estimator")))
