"""A name means one thing."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from tests.conventions.source import modules


def test_no_two_classes_share_a_name() -> None:
    """Whoever reads or searches for a class finds one."""
    places = defaultdict(list)
    for path, tree in modules().items():
        for statement in tree.body:
            if isinstance(statement, ast.ClassDef):
                places[statement.name].append(path)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def names(tree: ast.Module) -> Iterator[str]:
    """Yield what a module names: classes, functions, parameters, variables, attributes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


def test_names_are_words_of_the_field() -> None:
    """A reader knows what *reported* or *stated* is; what was *told*, by whom to whom, nobody knows."""
    private = {"told", "untold", "tell", "tells", "telling", "heard", "heed", "lesson", "lessons", "workshop", "vain"}
    assert {
        (path, name)
        for path, tree in modules().items()
        for name in names(tree)
        if private & set(name.lower().split("_"))
    } == set()


def test_a_kind_of_array_has_one_name_throughout_the_recommender() -> None:
    """Whoever reads ``Codes`` need not look which of several it is."""
    places = defaultdict(list)
    for path, tree in modules().items():
        for each in tree.body:
            if isinstance(each, ast.Assign) and "npt.NDArray" in ast.unparse(each.value):
                name = ast.unparse(each.targets[0])
                if path.startswith("recommender/") and name != "__all__":
                    places[name].append(path)
    assert {name: found for name, found in places.items() if len(found) > 1} == {}
    assert len(places) > 10
