"""Ids as the words of a run file."""

from __future__ import annotations

from urllib.parse import quote


def run_id(name: str) -> str:
    """Return an id as one word from which ``urllib.parse.unquote`` makes the id again.

    White space is written by its UTF-8 bytes in percent, as in an address, and so is the percent sign itself: otherwise
    ``a b`` and ``a%20b`` would be one word.
    """
    return "".join(quote(each) if each == "%" or each.isspace() else each for each in name)
