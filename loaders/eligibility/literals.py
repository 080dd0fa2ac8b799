"""Finds the letters without which a pattern cannot match, so that most texts need not be searched for it.

Looking for a word in a text takes a hundredth of a search by a pattern of many branches. What is found stays the same:
where no such letters are certain, the pattern is always asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

_MOST: Final = 64
"""Words of which one is needed; with more of them looking for each would take as long as the search."""
_NOTHING: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Sought:
    """A pattern, and words of which each of its matches holds one; the empty word, which all hold, where none is known.

    The words are looked for in each method by itself: a call more takes as long as the look.
    """

    pattern: re.Pattern[str]
    words: tuple[str, ...]

    def search(self, text: str) -> re.Match[str] | None:
        """Return the first match."""
        for word in self.words:
            if word in text:
                return self.pattern.search(text)
        return None

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Return all matches."""
        for word in self.words:
            if word in text:
                return self.pattern.finditer(text)
        return ()

    def sub(self, by: str | Callable[[re.Match[str]], str], text: str) -> str:
        """Return the text with all matches replaced."""
        for word in self.words:
            if word in text:
                return self.pattern.sub(by, text)
        return text


def sought(pattern: str) -> Sought:
    """Compile a pattern, and find the words that it needs."""
    return Sought(re.compile(pattern), tuple(sorted(needed(pattern))) or ("",))


def needed(pattern: str) -> frozenset[str]:
    """Return words of which every match of a pattern, without flags, holds one; none where that is not known."""
    words = _of_sequence(_parser().parse(pattern))
    return words if len(words) <= _MOST else _NOTHING


def _parser() -> Any:
    """Return the library's own parser of patterns, which has no public name."""
    return import_module("re._parser")


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str]:
    """Return the best of what the parts of a sequence need, letters in a row taken together."""
    found, run = [_NOTHING], ""
    for operation, argument in items:
        if str(operation) == "LITERAL":
            run += chr(argument)
            continue
        found += [frozenset({run})] * bool(run)
        run = ""
        found.append(_of_item(str(operation), argument))
    found += [frozenset({run})] * bool(run)
    return max(found, key=_worth)


def _of_item(operation: str, argument: Any) -> frozenset[str]:
    if operation == "BRANCH":
        return _joined(map(_of_sequence, argument[1]))
    if operation == "SUBPATTERN":
        _, added, dropped, items = argument
        return _NOTHING if added or dropped else _of_sequence(items)
    if operation in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] > 0:
        return _of_sequence(argument[2])
    if operation == "IN" and all(str(kind) == "LITERAL" for kind, _ in argument):
        return frozenset(chr(letter) for _, letter in argument)
    return _NOTHING


def _joined(branches: Iterable[frozenset[str]]) -> frozenset[str]:
    """Return what one of several branches needs: what each does, nothing where one needs nothing."""
    all_ = [*branches]
    return frozenset().union(*all_) if all(all_) else _NOTHING


def _worth(words: frozenset[str]) -> tuple[bool, int, int]:
    """Order words by what they are worth: long ones are rare, and few are soon looked for."""
    return 0 < len(words) <= _MOST, min(map(len, words), default=0), -len(words)
