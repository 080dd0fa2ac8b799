"""Plain text of a notice: markup stripped, entities unescaped, the parts behind ☞ told apart."""

from __future__ import annotations

import html
import re

_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li|/tr)\b[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<!--.*?-->|</?[a-zA-Z][^<>]*>", re.DOTALL)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\s*\n\s*")
_UNESCAPE_ROUNDS = 2
"""Some portals escape a text that was escaped before (``&amp;lt;``), none a third time."""


def plain(text: str) -> str:
    """Return ``text`` without tags and entities, blanks single, lines kept; entities may be escaped twice."""
    for _ in range(_UNESCAPE_ROUNDS):
        text = html.unescape(text)
    text = _TAG.sub("", _BREAK.sub("\n", text))
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def one_line(text: str) -> str:
    """Return ``plain(text)`` on one line, as titles are kept."""
    return " ".join(plain(text).split())


def pointed_sections(text: str) -> list[str]:
    """Return what stands behind each ☞ of a plain text: by Bizinfo's habit the target first, then the benefit."""
    return [part.strip() for part in text.split("☞")[1:] if part.strip()]
