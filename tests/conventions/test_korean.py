"""Korean sentences are polite (합쇼체) wherever they are said; labels and checks are nouns and end in no verb."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from tests.conventions.source import modules

_PLAIN = re.compile(r"(?<!니)다(?=\.|;|$)")
"""A predicate in the plain style at the end of a sentence, as in 한다 or 없다."""


def korean(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the Korean of each ``Wording`` with its line, a stand-in for what is filled in."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Wording" and node.args:
            parts = [node.args[0]] if isinstance(node.args[0], ast.Constant) else getattr(node.args[0], "values", [])
            text = "".join(str(each.value) if isinstance(each, ast.Constant) else "…" for each in parts)
            yield node.lineno, text


def test_no_sentence_is_in_the_plain_style() -> None:
    found = [(path, line, text) for path, tree in modules().items() for line, text in korean(tree)]
    assert len(found) > 1_000
    assert [each for each in found if _PLAIN.search(each[2])] == []
