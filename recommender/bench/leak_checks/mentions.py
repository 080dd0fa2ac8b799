"""Finds which of many names stand in a text, at a cost that grows with the text and hardly with the names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Final

_START: Final = re.compile(r"(?<!\w).", re.DOTALL)
"""A letter at which a name may begin: none or no other letter or digit stands before it."""
_WORD: Final = re.compile(r"\w")
_FIRST_LOOK: Final = 32
"""Letters compared first, in which most texts differ already; doubled until they do."""


class Mentions:
    """Names in order, each with the longest other name that it begins with.

    The last name that is not greater than what follows in a text begins with every name that stands there: it and
    the names that it begins with are all that has to be compared, however many share their first words.
    """

    def __init__(self, names: Mapping[str, int]) -> None:
        """Take names, none of them empty, and the node of each."""
        self._names = sorted(names)
        self._nodes = [names[name] for name in self._names]
        self._shorter = _prefixes(self._names)

    def within(self, text: str) -> set[int]:
        """Return the nodes of the names that stand in ``text`` where no letter, digit or underscore adjoins them."""
        return {node for start in _START.finditer(text) for node in self._at(text, start.start())}

    def _at(self, text: str, start: int) -> Iterator[int]:
        """Return the nodes of the names that stand at one place."""
        at = self._last_not_after(text, start)
        while at >= 0:
            name = self._names[at]
            if text.startswith(name, start) and not _WORD.match(text, start + len(name)):
                yield self._nodes[at]
            at = self._shorter[at]

    def _last_not_after(self, text: str, start: int) -> int:
        """Return the place of the last name that is not greater than the rest of ``text``, -1 where there is none.

        Looks as far ahead as names agree with the text, since the whole rest at every place would be quadratic.
        """
        width = _FIRST_LOOK
        while True:
            ahead = text[start : start + width]
            after = bisect_right(self._names, ahead)
            if len(ahead) < width or after == len(self._names) or not self._names[after].startswith(ahead):
                return after - 1
            width *= 2


def _prefixes(names: list[str]) -> list[int]:
    """Return, for each of sorted names, the place of the longest other one that it begins with, -1 for none."""
    found: list[int] = []
    for at, name in enumerate(names):
        shorter = at - 1
        while shorter >= 0 and not name.startswith(names[shorter]):
            shorter = found[shorter]
        found.append(shorter)
    return found
